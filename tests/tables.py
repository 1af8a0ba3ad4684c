"""Tables in and out of a test: events as the model takes them, rows as a test reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tests.oracle import Event

# Half a unit of the fourth decimal, and a little.
PUBLISHED = 0.51e-4


def table_of(events: Sequence[Event]) -> pd.DataFrame:
    """Events as the typed table that the model takes."""
    columns = list(Event.__dataclass_fields__)
    table = pd.DataFrame([vars(event) for event in events], columns=columns)
    for day in ("date", "end_date"):
        table[day] = pd.to_datetime(table[day]).astype("datetime64[s]")
    return table.astype({"score": "Int64"})


def rows_of(table: pd.DataFrame) -> list[Any]:
    """The rows of a table, with its columns as attributes."""
    return list(table.itertuples(index=False))


def row_at(table: pd.DataFrame, actor: str, domain: str) -> Any:
    """The row of an actor and a domain in a stance table."""
    [row] = rows_of(table[(table["actor"] == actor) & (table["domain"] == domain)])
    return row
