"""A table as a workbook of a spreadsheet (.xlsx): the rows, what the columns are, what it is.

Texts have the apostrophe that they have in a CSV, before what a spreadsheet would run: a cell is a
text here and no formula, but would be one where a reader saves the sheet as CSV and opens that.
"""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from stances.answers.sheet import MOST_ROWS, cell_text, rows_xml
from stances.answers.typed_table import TypedTable, values
from stances.dataset.faults import BadInput
from stances.dataset.schema import Column

# The table is the first sheet.
_SHEET = "xl/worksheets/sheet1.xml"
# Texts stand in the rows themselves.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMATS = {"day": "yyyy-mm-dd", "whole": "0", "number": "0.0000", "truth": "General"}
_KINDS = {
    "day": "date",
    # A cell with a date has a day, and that is more than is known.
    "partial": "text: day, month or year, as far as it is known",
    "whole": "whole number",
    "number": "number",
    "truth": "true or false",
}
# Letters that fit, and more beside the button of a filter.
_NARROWEST, _WIDEST, _BUTTON = 8, 48, 3


def workbook(table: TypedTable) -> bytes:
    """Return a table's workbook, always the same bytes. Raises BadInput for too many rows."""
    widths, styles = _widths(table.columns, [()] * len(table.columns)), _styles(table)
    with TemporaryFile() as rows:
        last = 0
        for part in table.parts:
            cells = values(table.columns, part)
            if not last:
                widths = _widths(table.columns, cells)
            last += len(part)
            if last > MOST_ROWS:
                raise BadInput(
                    f"a sheet has room for {MOST_ROWS:,} rows, and here are more; allowed are "
                    "fewer: narrow the table, or take it as CSV or Parquet"
                )
            for row in rows_xml(table.columns, cells, last - len(part) + 2, styles):
                rows.write(row.encode())
        rows.seek(0)
        return _fill(_frame(table, widths, last), last, rows)


def _frame(table: TypedTable, widths: Sequence[int], last: int) -> bytes:
    """Return the workbook with the last row of the table alone, a sample in its place."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties(_properties(table))
        bold = book.add_format({"bold": True, "bottom": 1})
        formats = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
        sheet = book.add_worksheet(table.title)
        _head(sheet, table, bold, widths, last)
        for place, column in enumerate(table.columns if last else ()):
            cell_format = formats.get(column.kind)
            sheet.write_blank(last, place, None, cell_format or formats["truth"])
        wraps = book.add_format({"text_wrap": True, "valign": "top"})
        kinds = [
            (column.name, _KINDS.get(column.kind, "text"), column.description)
            for column in table.columns
        ]
        _texts(
            book.add_worksheet("Columns"), ("Column", "Type", "What it tells"), kinds, bold, wraps
        )
        _texts(book.add_worksheet("About"), ("What", "Value"), [*table.about.items()], bold, wraps)
    return buffer.getvalue()


def _styles(table: TypedTable) -> dict[str, str]:
    """Return the number of the look of each kind of column, as the frame has it."""
    frame = _frame(table, [_NARROWEST] * len(table.columns), 1)
    with ZipFile(io.BytesIO(frame)) as book:
        _, sample, _ = _around_sample(book.read(_SHEET).decode(), 1)
    looks = re.findall(r'<c r="[A-Z]+2" s="([0-9]+)"', sample)
    return {
        column.kind: cell_format
        for column, cell_format in zip(table.columns, looks, strict=True)
        if column.kind in _FORMATS
    }


def _around_sample(sheet: str, last: int) -> tuple[str, str, str]:
    """Return what stands before the sample, the sample, and what stands after it."""
    head, opening, rest = sheet.partition(f'<row r="{last + 1}"')
    sample, closing, tail = rest.partition("</row>")
    return head, f"{opening}{sample}{closing}", tail


def _fill(frame: bytes, last: int, rows: IO[bytes]) -> bytes:
    """Return the workbook with all rows where the frame has its sample."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(frame)) as book, ZipFile(buffer, "w") as whole:
        for entry in book.infolist():
            # The times of the frame, which are no times of writing.
            info = ZipInfo(entry.filename, entry.date_time)
            info.compress_type = ZIP_DEFLATED
            with whole.open(info, "w") as file:
                if last and entry.filename == _SHEET:
                    head, _, tail = _around_sample(book.read(entry).decode(), last)
                    file.write(head.encode())
                    copyfileobj(rows, file)
                    file.write(tail.encode())
                else:
                    file.write(book.read(entry))
    return buffer.getvalue()


def _properties(table: TypedTable) -> dict[str, Any]:
    text = table.about
    created = datetime.fromisoformat(text["dataset_recorded"])
    return {
        "title": text["title"],
        "subject": f"Dataset {text['dataset_version']}",
        "author": text.get("authors", ""),
        "comments": text["citation"],
        # Else it is the time of writing, and no two files are the same.
        "created": created,
    }


def _head(
    sheet: Worksheet, table: TypedTable, bold: Format, widths: Sequence[int], last: int
) -> None:
    """Write the head, which stays and can be filtered by."""
    for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.write_string(0, place, column.name, bold)
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)


def _widths(columns: Sequence[Column], cells: Sequence[Sequence[Any]]) -> list[int]:
    """Return how wide each column is, by cells of it and its name."""
    longest = [
        max((len(str(cell)) for cell in values if cell is not None), default=0) for values in cells
    ]
    needed = [len(column.name) + _BUTTON for column in columns]
    return [min(max(*both, _NARROWEST), _WIDEST) + 1 for both in zip(longest, needed, strict=True)]


def _texts(
    sheet: Worksheet,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    bold: Format,
    wraps: Format,
) -> None:
    """Write a sheet of texts, the last column of them the longest."""
    for line, row in enumerate([head, *rows]):
        for place, text in enumerate(row):
            sheet.write_string(line, place, cell_text(text), bold if line == 0 else wraps)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 2, 24)
    sheet.set_column(len(head) - 1, len(head) - 1, 90)
