"""On which days a profile may be told, and what ends it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from stances.dataset import profiles
from stances.dataset.load import Dataset, load
from tests.conftest import TODAY


def test_profiles_hold_as_worked_out_on_paper(six: Dataset) -> None:
    terms = profiles.profile_terms(six).set_index("actor")
    assert terms.loc["BOR", "until"] is pd.NaT and terms.loc["BOR", "ended"] == ""
    assert terms.loc["CAL", "until"].date() == date(2021, 10, 1)
    assert [*profiles.ended_lines(six).values()] == [
        "profile CAL@2021-08-01 holds no longer: a step of CAL-bridge-rule ended with 2021-09"
    ]


def test_a_row_that_was_recorded_after_it_ends_it(folder: Path) -> None:
    file = folder / "events.csv"
    lines = file.read_text().splitlines()
    lines = [
        line[: -len("2022-01-31")] + "2022-02-01" if "ring-road" in line else line for line in lines
    ]
    file.write_text("\n".join(lines) + "\n")
    told = [*profiles.ended_lines(load(folder, TODAY)).values()]
    ring = "profile BOR@2021-04-01 holds no longer: BOR-20200601-ring-road-plan was recorded on"
    assert any(line.startswith(ring) for line in told)
