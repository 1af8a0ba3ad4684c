"""The table of stances: the map as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from stances import escapes, words
from stances.answers.standing import Standing
from stances.links.parameters import STANCE_SORTS
from stances.markup.swatch import swatch
from stances.tables.table import Place, RowsTable, TableColumn, pager_html, part_of, rows_html

# By what each order of the address puts the rows; those that have nothing there stand last.
_KEYS: dict[str, Callable[[Standing], Any]] = {
    "name": lambda row: row.name,
    "since": lambda row: row.level_since and row.level_since.day,
    "last": lambda row: row.last_event_date and row.last_event_date.day,
}
_NEWEST = ("since", "last")


def stances_rows_html(
    rows: Sequence[Standing], order: str, number: int, place: Place, opened: str | None, mode: str
) -> str:
    """Return the stances of a day, a hundred at a time. `rows`: by stance; `order`: of
    STANCE_SORTS; `number`: of the page of the table; `opened`: the actor that is chosen.
    """
    ordered = _ordered(rows, order)
    part = part_of(place, len(rows), number)
    table = rows_html(stances_table(mode), ordered[part], place, ("sort", order), opened)
    return f"{table}{pager_html(place, len(rows), part)}"


def _ordered(rows: Sequence[Standing], order: str) -> list[Standing]:
    key = _KEYS.get(order)
    if key is None:
        return list(rows)
    known = [row for row in rows if key(row)]
    missing = [row for row in rows if not key(row)]
    return sorted(known, key=key, reverse=order in _NEWEST) + missing


def stances_table(mode: str) -> RowsTable:
    """Stances with their band, and how old what they rest on is."""

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
            TableColumn("Low", low, kind="number", width="5rem", labelled=True),
            TableColumn("High", high, kind="number", width="5rem", labelled=True),
            TableColumn("Level since", since, width="8rem", orders=by["since"], labelled=True),
            TableColumn("Last scored event", last, width="9rem", orders=by["last"], labelled=True),
        ),
        title=words.WHO,
        parameter="actor",
        code=lambda row: row.actor,
    )


def _figure(row: Standing, value: float) -> str:
    """Return a figure of a stance; empty where there is none."""
    return "" if row.stance != row.stance else words.figure(value, 2)
