"""The table of stances: the map as a table."""

import math
from dataclasses import replace
from datetime import date

from stances import escapes, words
from stances.answers.events import fold
from stances.answers.history import LineEnd
from stances.answers.position_sum import HOW_MADE
from stances.answers.rows import known_figure
from stances.answers.standing import Standing
from stances.answers.tracker import Tracker
from stances.markup.chip import swatch
from stances.model.stance import level_of
from stances.tables.table import RowsTable, TableColumn

# A link to it in each row would be a fifth of the table, which goes with every step of the date.
_HOW_MADE = f"A name opens beside the map, with “{HOW_MADE}” for its label."


def stances_table() -> RowsTable:
    """Return stances with their band, and how old what they rest on is."""

    def label(row: Standing) -> str:
        return f"{swatch(row.level, row.old)}{escapes.html(row.label)}"

    further = (
        _margin_column("Low", "low"),
        _margin_column("High", "high"),
        _day_column("Level of what binds since", "level_since", "since", "8rem"),
        _day_column("Last scored event", "last_event_date", "last", "9rem"),
    )
    return RowsTable(
        caption="The positions on the map as a table",
        columns=(
            TableColumn(words.WHO, lambda row: row.name, orders={"name": "ascending"}),
            TableColumn(
                "Label",
                lambda row: row.label,
                width="10rem",
                html=label,
                orders={"label": "ascending"},
                key=_by_label,
            ),
            TableColumn(
                words.POSITION,
                lambda row: _figure(row, row.stance),
                kind="number",
                width="5rem",
                orders={"stance": "ascending"},
                labelled=True,
            ),
            *(replace(column, labelled=True, folded=True) for column in further),
        ),
        title=words.WHO,
        parameter="actor",
        code=lambda row: row.actor,
        legend=lambda _: _HOW_MADE,
        first="stance",
        part="positions",
    )


def _by_label(row: Standing) -> tuple[float, str]:
    """Return the place of a row by its label, those without a position last, and by its name."""
    return math.inf if math.isnan(row.level) else row.level, fold(row.name)


def _margin_column(name: str, end: str) -> TableColumn:
    """Return the column of an end of the margin of doubt, the most restrictive first in its order,
    which has the same name.
    """

    def text(row: Standing) -> str:
        return _figure(row, getattr(row, end))

    def key(row: Standing) -> float | None:
        return known_figure(getattr(row, end))

    return TableColumn(name, text, "number", "5rem", orders={end: "ascending"}, key=key)


def _day_column(name: str, of: str, order: str, width: str) -> TableColumn:
    """Return the column of the day that rows have as `of`, the newest first in its order."""

    def text(row: Standing) -> str:
        return words.iso_day(getattr(row, of)) if getattr(row, of) else ""

    def key(row: Standing) -> date | None:
        return getattr(row, of).day if getattr(row, of) else None

    return TableColumn(name, text, "partial", width, orders={order: "descending"}, key=key)


def _figure(row: Standing, value: float) -> str:
    """Return a figure of a stance; empty where there is none."""
    return "" if row.stance != row.stance else words.figure(value, 2)


def ends_table(tracker: Tracker, day: date) -> RowsTable:
    """Return where lines end and how far their shading reaches there. Rows: of `ends_on`."""

    def position(row: LineEnd) -> str:
        return words.with_label(tracker.codebook, row.stance)

    def with_swatch(row: LineEnd) -> str:
        return f"{swatch(float(level_of(row.stance)))}{escapes.html(position(row))}"

    def shading(row: LineEnd) -> str:
        return words.DASH if math.isnan(row.stance) else words.band(row.low, row.high)

    return RowsTable(
        caption=f"Positions on {words.day(day)}",
        columns=(
            TableColumn("Line", lambda row: tracker.names[row.whose]),
            TableColumn(words.POSITION, position, html=with_swatch),
            TableColumn("Shading", shading),
        ),
        kind="figures",
    )
