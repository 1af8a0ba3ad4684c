"""Status of an act on a day: before, on and after each of its dates."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from stances.dataset.days import first_day, last_day
from stances.dataset.load import Dataset
from stances.model.acts import ENDED, IN_FORCE, NO_ACT_YET, NOT_YET, Register
from tests.conftest import SIX
from tests.oracle import paper_tables

PAPER = next(t for t in paper_tables(SIX / "README.md") if "status" in t[0])

# What is known of an act (adopted, in force from, ended), and its status on days.
CASES = {
    ("2020-01-10", "2020-02-01", "2020-03-05"): {
        "2020-01-09": NO_ACT_YET, "2020-01-10": NOT_YET, "2020-01-31": NOT_YET,
        "2020-02-01": IN_FORCE, "2020-03-04": IN_FORCE, "2020-03-05": ENDED,
    },
    # Without a beginning of its own it binds from its adoption.
    ("2020-01-10", "", ""): {"2020-01-09": NO_ACT_YET, "2020-01-10": IN_FORCE},
    # Months count from their first day and end with their last.
    ("2019-12", "2020-02", "2020-02"): {
        "2019-12-01": NOT_YET, "2020-02-01": IN_FORCE, "2020-02-28": IN_FORCE, "2020-02-29": ENDED,
    },
    # Nothing binds before it is adopted.
    ("2023-06-22", "2023", ""): {"2023-06-21": NO_ACT_YET, "2023-06-22": IN_FORCE},
    # Of an act whose adoption is not known the beginning is.
    ("", "2020-02", ""): {"2020-01-31": NO_ACT_YET, "2020-02-01": IN_FORCE},
    # What ended before it began was never in force.
    ("2020-01-01", "2021-01-01", "2020-06-01"): {"2020-05-31": NOT_YET, "2021-01-01": ENDED},
    # Nothing is known of its beginning, so nothing is told.
    ("", "", "2020-06-01"): {"2020-05-31": NO_ACT_YET, "2020-06-01": NO_ACT_YET},
}  # fmt: skip


@pytest.mark.parametrize("dates", CASES)
def test_the_status_on_a_day(dates: tuple[str, str, str]) -> None:
    cells = dict(zip(("adopted", "in_force_from", "ended"), dates, strict=True))
    register = Register(pd.DataFrame([cells | {"applied": "no", "applied_since": ""}]))
    told = {day: register.status(date.fromisoformat(day))[0] for day in CASES[dates]}
    assert told == CASES[dates]


@pytest.mark.parametrize(
    ("applied", "since", "first"),
    [
        ("yes", "2020-02", "2020-02-01"),
        ("eased", "2020", "2020-01-01"),
        ("yes", "", "0001-01-01"),
        ("no", "", "NaT"),
        ("unknown", "", "NaT"),
    ],
)
def test_the_day_from_which_an_act_had_been_used(applied: str, since: str, first: str) -> None:
    cells = {"adopted": "2019", "in_force_from": "", "ended": ""}
    used = cells | {"applied": applied, "applied_since": since}
    assert [str(day) for day in Register(pd.DataFrame([used])).used_from] == [first]


@pytest.mark.parametrize("paper", PAPER, ids=lambda row: f"{row['as_of']} {row['act']}")
def test_the_acts_worked_out_on_paper(six: Dataset, paper: dict[str, str]) -> None:
    row = six.acts["act_id"].tolist().index(paper["act"])
    assert Register(six.acts).status(date.fromisoformat(paper["as_of"]))[row] == paper["status"]


def test_every_act_goes_one_way(real: Dataset) -> None:
    """No act is before an earlier status once it has a later one, and each changes on its dates."""
    register, order = Register(real.acts), [NO_ACT_YET, NOT_YET, IN_FORCE, ENDED]
    for row, act in enumerate(real.acts.itertuples(index=False)):
        dates = [first_day(text) for text in (act.adopted, act.in_force_from) if text]
        dates += [last_day(act.ended)] if act.ended else []
        around = sorted({day + timedelta(step) for day in dates for step in (-1, 0, 1)})
        ranks = [order.index(register.status(day)[row]) for day in around]
        assert ranks == sorted(ranks), act.act_id
        assert order[ranks[-1]] == (ENDED if act.ended else IN_FORCE), act.act_id
        moves = {day for day, step in zip(around[1:], np.diff(ranks), strict=True) if step}
        assert moves <= set(dates), act.act_id
