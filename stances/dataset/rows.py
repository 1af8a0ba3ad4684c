"""Rows put into the bytes of a table: no other row changes by a byte.

A valid table has no line break inside a cell, so a row is a line of its file.
"""

from __future__ import annotations

import codecs
import csv
import io
from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING

from stances.dataset.schema import Table

if TYPE_CHECKING:
    from _csv import Reader

# The order in which the rows of a table are kept, where it is not that of the key.
_ORDERS = {"events": ["date", "event_id"]}

Cells = Mapping[str, str]


def complete_table(table: Table, content: bytes) -> bytes:
    """Return a valid table with all its columns, where it was written before the later ones came;
    with its header alone where there is no file.
    """
    if not content:
        return ",".join(table.header).encode() + b"\n"
    missing = table.missing_cells(header_of(content))
    if not missing:
        return content
    first, *others = content.splitlines(keepends=True)
    quoted = _is_quoted(first)
    names = table.header[-len(missing) :]
    return b"".join([_longer(first, names, quoted), *(_longer(r, missing, quoted) for r in others)])


def header_of(content: bytes) -> list[str]:
    """Return the names of the columns of a valid table, as its file has them."""
    return next(_reader(content))


def _longer(line: bytes, cells: list[str], quoted: bool) -> bytes:
    """Return a line of a table with cells more at its end, which need no quotation marks."""
    row = line.rstrip(b"\r\n")
    more = "".join(f',"{cell}"' if quoted else f",{cell}" for cell in cells)
    return row + more.encode() + line[len(row) :]


def rows_of(table: Table, content: bytes) -> list[dict[str, str]]:
    """Return the rows of a valid table, each as its cells by column, in the order of the file."""
    rows = _reader(complete_table(table, content))
    return [dict(zip(table.header, cells, strict=True)) for cells in rows][1:]


def rows_by_line(table: Table, content: bytes) -> dict[int, dict[str, str]]:
    """Return the rows of a table by the line on which they start; the header is line 1.

    One that is to be judged yet may have a line break in a cell.
    """
    rows, line = {}, 1
    reader = _reader(content)
    for cells in reader:
        rows[line] = dict(zip(table.header, cells, strict=False))
        line = reader.line_num + 1
    return rows


def has_row(table: Table, content: bytes, cells: Cells) -> bool:
    """Say whether a row of the table has the key of `cells`."""
    key = [cells[name] for name in table.key]
    return any([row[name] for name in table.key] == key for row in rows_of(table, content))


def with_row(table: Table, content: bytes, cells: Cells) -> bytes:
    """Return a valid table with a row more, written as the others are.

    It comes where the order of the rows has it; in a table without order, after the rows of the
    same first key, else at the end.
    """
    lines = complete_table(table, content).splitlines(keepends=True)
    lines[-1] = lines[-1].rstrip(b"\r\n") + _line_end(lines[0])
    lines.insert(1 + _place(table, rows_of(table, content), cells), _line(table, lines[0], cells))
    return b"".join(lines)


def with_row_replaced(
    table: Table, content: bytes, cells: Cells, old: Cells | None = None
) -> bytes:
    """Return a table with other cells in the row with the key of `old` (by default theirs)."""
    lines = complete_table(table, content).splitlines(keepends=True)
    lines[_line_of(table, content, old or cells)] = _line(table, lines[0], cells)
    return b"".join(lines)


def without_row(table: Table, content: bytes, cells: Cells) -> bytes:
    """Return a valid table without the row that has the key of `cells`."""
    lines = complete_table(table, content).splitlines(keepends=True)
    del lines[_line_of(table, content, cells)]
    return b"".join(lines)


def _line_of(table: Table, content: bytes, cells: Cells) -> int:
    """Return the place among the lines of the row that has the key of `cells`."""
    keys = [[row[name] for name in table.key] for row in rows_of(table, content)]
    return 1 + keys.index([cells[name] for name in table.key])


def _place(table: Table, rows: list[dict[str, str]], cells: Cells) -> int:
    order = _ORDERS.get(table.name, table.key)
    sorted_by = [[row[name] for name in order] for row in rows]
    if sorted_by == sorted(sorted_by):
        return bisect_right(sorted_by, [cells[name] for name in order])
    first = table.key[0]
    same = [place for place, row in enumerate(rows, 1) if row[first] == cells[first]]
    return same[-1] if same else len(rows)


def _reader(content: bytes) -> Reader:
    return csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))


def _line(table: Table, header: bytes, cells: Cells) -> bytes:
    quoted = _is_quoted(header)
    line, end = io.StringIO(), _line_end(header).decode()
    plain = csv.writer(line, lineterminator=end)
    every = csv.writer(line, lineterminator=end, quoting=csv.QUOTE_ALL)
    (every if quoted else plain).writerow(cells[name] for name in table.header)
    return line.getvalue().encode()


def _is_quoted(header: bytes) -> bool:
    return header.removeprefix(codecs.BOM_UTF8).startswith(b'"')


def _line_end(header: bytes) -> bytes:
    return b"\r\n" if header.endswith(b"\r\n") else b"\n"
