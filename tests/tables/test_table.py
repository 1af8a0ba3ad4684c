"""A table by its columns as a file."""

from __future__ import annotations

from stances import words
from stances.pages.block import TableBlock
from stances.render.table import table_html
from stances.tables.table import Place, RowsTable, TableColumn, rows_csv
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
