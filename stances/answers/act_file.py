"""The register of acts as it leaves: its columns, and its rows for each kind of file."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from stances.answers.acts import ALL, ANY, STATUSES
from stances.answers.steps import dates_text, steps_of_act, steps_of_ended
from stances.answers.tracker import Tracker
from stances.answers.typed_table import TypedTable, about
from stances.dataset.descriptions import file_stem
from stances.dataset.schema import Column, optional, tables
from stances.dataset.tables import Dataset

# What a day adds to the columns of `acts.csv`. Frozen: columns are only ever added, at the end.
ON_A_DAY = (
    Column("status", "text", "Where the act stands on the day", allowed=tuple(STATUSES)),
    Column("deadline_passed", "truth", "Whether an act in force is past its deadline"),
)
DEADLINES = optional(
    "deadlines",
    "text",
    "All deadlines of the act by their days, each with what falls due; where the acts are narrowed "
    "to a kind of deadline, those of that kind, as on screen (column deadline is always the one of "
    "acts.csv); empty: none. deadlines.csv has them with a row each",
)


def act_columns(data: Dataset) -> tuple[Column, ...]:
    """Return the columns: those `acts.csv` had first, a day's, its later ones, and deadlines."""
    return (*tables(data.codebook, data.today)["acts"].around(ON_A_DAY), DEADLINES)


def acts_name(data: Dataset, day: date) -> str:
    """Return what the file is called, without its ending."""
    return f"{file_stem(data)}_acts_{day}"


def with_deadlines(tracker: Tracker, rows: pd.DataFrame, day: date, deadline: str) -> pd.DataFrame:
    """Return acts of `acts_on` with their deadlines, of one kind where `deadline` names one."""
    every: Iterable[Any] = rows.itertuples(index=False)
    dates = [
        dates_text(
            tracker.codebook,
            (
                step
                for step in steps_of_act(tracker, row.act_id, day)
                or steps_of_ended(tracker, row, day)
                if deadline in (ALL, ANY, step.kind)
            ),
        )
        for row in every
    ]
    return rows.assign(**{DEADLINES.name: dates})


def acts_table(
    tracker: Tracker,
    rows: pd.DataFrame,
    day: date,
    query: Mapping[str, str | None],
    deadline: str = ALL,
) -> TypedTable:
    """Acts as `acts_on` has them, in their order, the status as addresses name it, with their
    deadlines. `query`: what they are narrowed to; `deadline`: as in `with_deadlines`.
    """
    data, rows = tracker.data, with_deadlines(tracker, rows, day, deadline)
    codes = {status: code for code, status in STATUSES.items()}
    return TypedTable(
        title="Acts",
        name=acts_name(data, day),
        columns=act_columns(data),
        parts=[rows.assign(status=rows["status"].map(codes))],
        about=about(data, f"register of acts on {day}", day, {"as_of": str(day), **query}),
    )
