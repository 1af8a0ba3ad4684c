"""The table of stances: the map as a table."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from stances import escapes, words
from stances.answers.history import LineEnd
from stances.answers.rows import missing_last
from stances.answers.standing import Standing
from stances.answers.summed import HOW_MADE
from stances.answers.tracker import Tracker
from stances.links.parameters import STANCE_SORTS
from stances.markup.chip import swatch
from stances.model.stance import level_of
from stances.tables.table import RowsTable, TableColumn

# By what each order of the address puts the rows; those that have nothing there stand last.
_KEYS: dict[str, Callable[[Standing], Any]] = {
    "name": lambda row: row.name,
    "since": lambda row: row.level_since and row.level_since.day,
    "last": lambda row: row.last_event_date and row.last_event_date.day,
}
_NEWEST = ("since", "last")
# A link to it in each row would be a fifth of the table, which goes with every step of the date.
_HOW_MADE = f"A name opens beside the map, with “{HOW_MADE}” for its label."


def in_order(rows: Sequence[Standing], order: str) -> list[Standing]:
    """Return stances, which come by stance, in an order of STANCE_SORTS."""
    key = _KEYS.get(order)
    if key is None:
        return list(rows)
    return missing_last(rows, key, falling=order in _NEWEST)


def stances_table(mode: str) -> RowsTable:
    """Return stances with their band, and how old what they rest on is."""

    def label(row: Standing) -> str:
        return f"{swatch(row.level, mode, row.old)}{escapes.html(row.label)}"

    def low(row: Standing) -> str:
        return _figure(row, row.low)

    def high(row: Standing) -> str:
        return _figure(row, row.high)

    def since(row: Standing) -> str:
        return words.iso_day(row.level_since) if row.level_since else ""

    def last(row: Standing) -> str:
        return words.iso_day(row.last_event_date) if row.last_event_date else ""

    by = {name: {name: "descending" if name in _NEWEST else "ascending"} for name in STANCE_SORTS}
    further = (
        TableColumn("Low", low, kind="number", width="5rem"),
        TableColumn("High", high, kind="number", width="5rem"),
        TableColumn("Level of what binds since", since, "partial", "8rem", orders=by["since"]),
        TableColumn("Last scored event", last, "partial", "9rem", orders=by["last"]),
    )
    return RowsTable(
        caption="The positions on the map as a table",
        columns=(
            TableColumn(words.WHO, lambda row: row.name, orders=by["name"]),
            TableColumn("Label", lambda row: row.label, width="10rem", html=label),
            TableColumn(
                words.POSITION,
                lambda row: _figure(row, row.stance),
                kind="number",
                width="5rem",
                orders=by["stance"],
                labelled=True,
            ),
            *(replace(column, labelled=True, folded=True) for column in further),
        ),
        title=words.WHO,
        parameter="actor",
        code=lambda row: row.actor,
        legend=lambda _: _HOW_MADE,
    )


def _figure(row: Standing, value: float) -> str:
    """Return a figure of a stance; empty where there is none."""
    return "" if row.stance != row.stance else words.figure(value, 2)


def ends_table(tracker: Tracker, day: date, mode: str) -> RowsTable:
    """Return where lines end, and how far their shading reaches there: a margin of doubt, or a
    spread. Rows: of `ends_on`.
    """

    def position(row: LineEnd) -> str:
        return words.labelled(tracker.codebook, row.stance)

    def colored(row: LineEnd) -> str:
        return f"{swatch(float(level_of(row.stance)), mode)}{escapes.html(position(row))}"

    def shading(row: LineEnd) -> str:
        return words.DASH if math.isnan(row.stance) else words.band(row.low, row.high)

    return RowsTable(
        caption=f"Positions on {words.day(day)}",
        columns=(
            TableColumn("Line", lambda row: tracker.names[row.code]),
            TableColumn(words.POSITION, position, html=colored),
            TableColumn("Shading", shading),
        ),
        kind="figures",
    )
