"""Tables in and out of a test: events as the model takes them, rows as a test reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from stances.model.band import BLIND_COLUMNS
from tests.oracle import Event

# Half a unit of the fourth decimal, and a little.
PUBLISHED = 0.51e-4


def table_of(events: Sequence[Event]) -> pd.DataFrame:
    """Events as the typed table that the model takes, with the ends of their blind codings."""
    columns = [name for name in Event.__dataclass_fields__ if name != "blind"]
    table = pd.DataFrame([vars(event) for event in events], columns=columns)
    for name, end in zip(BLIND_COLUMNS, (min, max), strict=True):
        ends = [end(event.blind) if event.blind else np.nan for event in events]
        table[name] = np.array(ends, np.float64)
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
