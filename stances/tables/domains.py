"""The table of actors by domain."""

from datetime import date

from stances import words
from stances.answers.domains import DomainRow
from stances.answers.tracker import Tracker
from stances.markup.chip import made_chip
from stances.tables.table import Place, RowsTable, TableColumn


def domains_table(tracker: Tracker, place: Place, day: date, domain: str) -> RowsTable:
    """Return actors' levels, a column a domain; a name leads to its page. Rows: in the order of
    `domain`, and the head of each other shows that.
    """
    return RowsTable(
        caption="Positions by field",
        columns=(
            TableColumn(words.WHO, lambda row: row.short_name, orders={"name": "ascending"}),
            *(_column(tracker, code, day) for code in tracker.codebook.columns),
        ),
        title=words.WHO,
        parameter="actor",
        code=lambda row: row.actor,
        link=lambda row: place.link(row.short_name, actor=row.actor, sort=None),
        first=domain,
    )


def _column(tracker: Tracker, code: str, day: date) -> TableColumn:
    def text(row: DomainRow) -> str:
        return row.standings[code].label

    def html(row: DomainRow) -> str:
        return made_chip(tracker, row.standings[code], day, code)

    label = tracker.codebook.domain_label(code)
    first = {code: "ascending"}
    return TableColumn(label, text, html=html, orders=first, parameter="domain", labelled=True)
