"""Tables taken row by row: of a thousand rows that is faster than to group, join or select them."""

import math
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pandas as pd

from stances.words import Dated

Row = TypeVar("Row")
Key = TypeVar("Key")


def column_rows(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Take some columns of a table, row by row, in the order in which they are named."""
    return zip(*(table[name].tolist() for name in columns), strict=True)


def named_rows(table: pd.DataFrame) -> list[Any]:
    """Return the rows of a table with its columns as attributes, faster than `itertuples` does."""
    return [*map(_row_class([*table])._make, column_rows(table, *table))]


def _row_class(columns: list[str]) -> Any:
    return namedtuple("Row", columns)


def day_of(event: Any) -> Dated:
    """Return the day of a row of an event, no more exactly than it is known."""
    return Dated(event.date.date(), event.date_precision)


def group_rows(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """Return rows by a key, each group and the groups in the order in which they come."""
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def known_figure(figure: float) -> float | None:
    """Return a figure; None where it is missing, which is last in each order."""
    return None if math.isnan(figure) else figure


def missing_last(
    rows: Iterable[Row], key: Callable[[Row], Any], *, falling: bool = False
) -> list[Row]:
    """Return rows in the order of a key, those last of which it is None; equals stay in theirs."""
    keys = [(key(row), row) for row in rows]
    known = [pair for pair in keys if pair[0] is not None]
    ordered = sorted(known, key=lambda pair: pair[0], reverse=falling)
    return [row for _, row in ordered] + [row for of, row in keys if of is None]
