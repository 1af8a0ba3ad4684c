"""Tables taken row by row: of a thousand rows that is faster than to group, join or select them."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pandas as pd


def column_rows(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Take some columns of a table, row by row, in the order in which they are named."""
    return zip(*(table[name].tolist() for name in columns), strict=True)


def named_rows(table: pd.DataFrame) -> list[Any]:
    """Return the rows of a table with its columns as attributes, as `itertuples` does, but without
    making a class at each call, which costs more than the rows.
    """
    return [*map(_row_class(tuple(table))._make, column_rows(table, *table))]


@lru_cache(maxsize=16)
def _row_class(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns)
