"""The table of the members of a group through the years."""

from stances import words
from stances.answers.tracker import Tracker
from stances.answers.years import (
    GroupYears,
    YearRow,
    cell_sign,
    cell_words,
    column_name,
    spoken_cell,
)
from stances.figures.theme import BOTH
from stances.markup.links import page_here
from stances.tables.table import Place, RowsTable, TableColumn

# No narrower, however many years there are, than its sign and a finger need.
_LEAST = "1.65rem"


def years_table(tracker: Tracker, years: GroupYears, place: Place) -> RowsTable:
    """Return members' levels, a column a year; cells lead to that day. `place`: of its page."""
    return RowsTable(
        caption="Through the years",
        columns=(
            TableColumn(words.WHO, lambda row: row.short_name),
            *(_column(tracker, years, number, place) for number in range(len(years.days))),
        ),
        title=words.WHO,
        code=lambda row: row.actor,
        link=lambda row: place.link(row.short_name, actor=row.actor),
        kind="years",
        row_heads=True,
    )


def _column(tracker: Tracker, years: GroupYears, number: int, place: Place) -> TableColumn:
    codebook = tracker.codebook

    def text(row: YearRow) -> str:
        return cell_words(codebook, years.domain, row.cells[number])

    def html(row: YearRow) -> str:
        cell = row.cells[number]
        query = {**place.query, "actor": row.actor, "as_of": str(cell.day)}
        spoken = spoken_cell(codebook, years.domain, cell)
        link = page_here(place.page, query, cell_sign(cell), title=text(row), spoken=spoken)
        if cell.level is None:
            return link
        colors = f"--class:{BOTH.level_color(cell.level)};--on-class:{BOTH.on_level(cell.level)}"
        return f'<span class="chip{" fading" * cell.old}" style="{colors}">{link}</span>'

    return TableColumn(column_name(years.days[number]), text, width=_LEAST, html=html)
