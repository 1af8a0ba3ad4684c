"""From the bytes of a table to its cells as text, each with its line in the file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from stances.dataset import schema
from stances.dataset.faults import DataFaults, Fault, shown

# What spreadsheets of some countries write in place of commas.
_SEPARATORS = {";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True)
class Texts:
    """A table as it was read: cells as text, and the line of each row in the file."""

    cells: pd.DataFrame
    lines: list[int]
    file: str

    @property
    def parts(self) -> tuple[pd.DataFrame, list[int], str]:
        """Cells, lines and file."""
        return self.cells, self.lines, self.file

    def faults(self, rows: pd.Series, column: str, messages: pd.Series) -> Iterator[Fault]:
        """A fault for every row that is True in `rows`."""
        for row in rows.index[rows]:
            yield Fault(self.file, self.lines[row], column, messages[row])


def read_texts(
    tables: dict[str, schema.Table], contents: dict[str, bytes], name: str, faults: list[Fault]
) -> dict[str, Texts]:
    """The tables that can be read at all; the faults of the others are added to `faults`."""
    texts = {}
    for table in tables.values():
        if table.file not in contents:
            continue
        try:
            texts[table.name] = _read(table, contents[table.file], f"{name}/{table.file}")
        except DataFaults as found:
            faults.extend(found.faults)
    return texts


def _read(table: schema.Table, content: bytes, file: str) -> Texts:
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise DataFaults([Fault(file, 0, "", "the file is empty")])
    text = _decoded(content, file)
    if separator := _other_separator(text, table.header):
        told = f"the columns are separated by {separator}; it must be commas"
        raise DataFaults([Fault(file, 1, "", told)])
    rows = _rows(text, file)
    _, header = rows[0]
    if header != table.header:
        raise DataFaults([Fault(file, 1, "", _wrong_header(header, table.header))])
    width = len(header)
    uneven = [
        Fault(file, line, "", f"has {len(cells)} cells, the header has {width}")
        for line, cells in rows[1:]
        if len(cells) != width
    ]
    if uneven:
        raise DataFaults(uneven)
    cells = pd.DataFrame([cells for _, cells in rows[1:]], columns=header, dtype="str")
    return Texts(cells, [line for line, _ in rows[1:]], file)


def _decoded(content: bytes, file: str) -> str:
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataFaults([Fault(file, line, "", "the file is not UTF-8")]) from None


def _other_separator(text: str, header: list[str]) -> str | None:
    """What the columns are separated by, where that makes more sense of the header than commas."""
    first = text.partition("\n")[0].rstrip("\r").replace('"', "")
    known = {s: len({*first.split(s)} & {*header}) for s in (",", *_SEPARATORS)}
    most = max(known, key=lambda separator: known[separator])
    return _SEPARATORS.get(most)


def _rows(text: str, file: str) -> list[tuple[int, list[str]]]:
    """Every row with the line on which it starts (a cell may run over several lines)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataFaults([Fault(file, line, "", f"cannot be read as CSV: {error}")]) from None
    return rows


def _wrong_header(found: list[str], expected: list[str]) -> str:
    missing = [column for column in expected if column not in found]
    unknown = [shown(column) for column in found if column not in expected]
    parts = [
        f"missing {', '.join(missing)}" if missing else "",
        f"unknown {', '.join(unknown)}" if unknown else "",
    ]
    wrong = "; ".join(part for part in parts if part) or "the columns are in another order"
    return f"wrong header: {wrong}; it must be {','.join(expected)}"
