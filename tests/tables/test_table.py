"""A table by its columns as a file."""

from __future__ import annotations

import stances
from stances import words
from stances.links.view import view_at
from stances.pages.block import TableBlock
from stances.render.table import table_html
from stances.tables.table import Place, RowsTable, TableColumn, place_of, rows_csv
from tests.ui.pages import table_in

TABLE = RowsTable(
    caption="Things",
    columns=(
        TableColumn("Name", lambda row: row[0]),
        TableColumn("+", lambda row: row[1], kind="number"),
    ),
)
ROWS = [("=1", f"{words.MINUS}0.12"), ("B", ""), ("C", "+1.50")]


def test_a_file_has_figures_as_numbers_and_no_formulas() -> None:
    assert rows_csv(TABLE, ROWS) == b"Name,'+\n'=1,-0.12\nB,\nC,1.50\n"
    html = table_html(TableBlock(TABLE, ROWS, Place("things", {})))
    assert list(table_in(html, "Name")["+"]) == [f"{words.MINUS}0.12", words.DASH, "+1.50"]


def test_a_row_is_cited_however_its_reader_has_the_page_drawn(six: stances.Dataset) -> None:
    view = view_at(six, "domains", {"group": "Pact", "live": "1"})
    place = place_of(view)
    assert place.query["live"] == "1"
    assert "live" not in place.address
    assert place.address == place_of(view.shared).address == view.shared.address("domains")
