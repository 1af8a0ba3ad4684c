"""The register of acts as it leaves: its columns, and its rows for each kind of file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from stances.answers.acts import STATUSES
from stances.answers.typed import Typed, about
from stances.dataset.descriptions import file_stem
from stances.dataset.schema import Column, tables
from stances.dataset.tables import Dataset

# What a day adds to the columns of `acts.csv`. Frozen: columns are only ever added, at the end.
ON_A_DAY = (
    Column("status", "text", "Where the act stands on the day", allowed=tuple(STATUSES)),
    Column("deadline_passed", "truth", "Whether an act in force is past its deadline"),
)


def act_columns(data: Dataset) -> tuple[Column, ...]:
    """Return the columns of the file, as they came: those that `acts.csv` had first, what a day
    adds, and those that `acts.csv` got later.
    """
    columns = tables(data.codebook, data.today)["acts"].columns
    first, later = ([each for each in columns if each.later is late] for late in (False, True))
    return (*first, *ON_A_DAY, *later)


def acts_name(data: Dataset, day: date) -> str:
    """Return what the file is called, without its ending."""
    return f"{file_stem(data)}_acts_{day}"


def acts_table(
    data: Dataset, rows: pd.DataFrame, day: date, query: Mapping[str, str | None]
) -> Typed:
    """Acts as `acts_on` has them, in their order, the status as addresses name it. `query`: what
    they are narrowed to.
    """
    codes = {status: code for code, status in STATUSES.items()}
    return Typed(
        title="Acts",
        name=acts_name(data, day),
        columns=act_columns(data),
        parts=[rows.assign(status=rows["status"].map(codes))],
        about=about(data, f"register of acts on {day}", day, {"as_of": str(day), **query}),
    )
