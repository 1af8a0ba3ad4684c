"""A table as a workbook of a spreadsheet (.xlsx): the rows, what the columns are, what it is.

Texts have the apostrophe that they have in a CSV, before what a spreadsheet would run: a cell is a
text here and no formula, but would be one where a reader saves the sheet as CSV and opens that.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from stances import escapes
from stances.answers.typed import Typed, values
from stances.dataset.faults import BadInput
from stances.dataset.schema import Column

# Rows go to a file beside as they are written, so that a long table takes no more memory.
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
# What a sheet has room for, the head not counted; a cell; and the first day that it knows.
MOST_ROWS, _MOST_LETTERS, _FIRST_DAY = 1_048_575, 32_767, date(1900, 1, 1)
_CUT = " [cut: a cell has no room for more]"
# Letters that fit, and more beside the button of a filter.
_NARROWEST, _WIDEST, _BUTTON = 8, 48, 3


def workbook(table: Typed) -> bytes:
    """Return the workbook of a table; the same table gives the same bytes. Raises BadInput where it
    has more rows than a sheet has room for.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties(_properties(table))
        bold = book.add_format({"bold": True, "bottom": 1})
        formats = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
        _rows(book.add_worksheet(table.title), table, bold, formats)
        wraps = book.add_format({"text_wrap": True, "valign": "top"})
        kinds = [(each.name, _kind(each), each.description) for each in table.columns]
        _texts(
            book.add_worksheet("Columns"), ("Column", "Type", "What it tells"), kinds, bold, wraps
        )
        _texts(book.add_worksheet("About"), ("What", "Value"), [*table.about.items()], bold, wraps)
    return buffer.getvalue()


def _properties(table: Typed) -> dict[str, Any]:
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


def _kind(column: Column) -> str:
    return _KINDS.get(column.kind, "text")


def _rows(sheet: Worksheet, table: Typed, bold: Format, formats: dict[str, Format]) -> None:
    """Write the table itself, under a head that stays and can be filtered by."""
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, bold)
    sheet.freeze_panes(1, 0)
    writers = [_writer(sheet, place, each, formats) for place, each in enumerate(table.columns)]
    line = 0
    for line, row in enumerate(_cells(sheet, table), start=1):
        if line > MOST_ROWS:
            raise BadInput(
                f"a sheet has room for {MOST_ROWS:,} rows, and here are more; allowed are fewer: "
                "narrow the table, or take it as CSV or Parquet"
            )
        for write, value in zip(writers, row, strict=True):
            if value is not None:
                write(line, value)
    sheet.autofilter(0, 0, max(line, 1), len(table.columns) - 1)


def _cells(sheet: Worksheet, table: Typed) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of all parts; the columns are as wide as the first part needs."""
    for number, part in enumerate(table.parts):
        columns = values(table.columns, part)
        if not number:
            _widths(sheet, table.columns, columns)
        yield from zip(*columns, strict=True)


def _widths(sheet: Worksheet, columns: Sequence[Column], cells: Sequence[Sequence[Any]]) -> None:
    for place, (column, own) in enumerate(zip(columns, cells, strict=True)):
        longest = max((len(str(cell)) for cell in own if cell is not None), default=0)
        needed = max(longest, len(column.name) + _BUTTON, _NARROWEST)
        sheet.set_column(place, place, min(needed, _WIDEST) + 1)


def _writer(
    sheet: Worksheet, place: int, column: Column, formats: dict[str, Format]
) -> Callable[[int, Any], object]:
    """Return what writes a value into a line of a column."""
    look = formats.get(column.kind)
    if column.kind == "day":
        return partial(_write_day, sheet, place, look)
    if column.kind == "truth":
        return lambda line, value: sheet.write_boolean(line, place, value)
    if look:
        return lambda line, value: sheet.write_number(line, place, value, look)
    return lambda line, value: sheet.write_string(line, place, _text(value))


def _write_day(sheet: Worksheet, place: int, look: Format, line: int, value: date) -> None:
    if value < _FIRST_DAY:
        sheet.write_string(line, place, str(value))
    else:
        sheet.write_datetime(line, place, value, look)


def _text(value: str) -> str:
    """Return a text as the cell of a sheet."""
    harmless = _harmless(value)
    if len(harmless) <= _MOST_LETTERS:
        return harmless
    return f"{harmless[: _MOST_LETTERS - len(_CUT)]}{_CUT}"


@lru_cache(maxsize=4096)
def _harmless(value: str) -> str:
    return escapes.cell(value)


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
            sheet.write_string(line, place, _text(text), bold if line == 0 else wraps)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 2, 24)
    sheet.set_column(len(head) - 1, len(head) - 1, 90)
