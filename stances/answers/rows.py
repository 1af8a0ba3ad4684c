"""Tables taken row by row: of a thousand rows that is faster than to group, join or select them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def each_row(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Take some columns of a table, row by row, in the order in which they are named."""
    return zip(*(table[name].tolist() for name in columns), strict=True)
