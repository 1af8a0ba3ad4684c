"""The cells of a table as text, read from its bytes, each with its line in the file."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from graphlib import TopologicalSorter
from itertools import islice
from typing import Any

import pandas as pd

from stances.dataset import schema
from stances.dataset.faults import MOST_FAULTS, DataFaults, Fault, first_of, inline

# What spreadsheets of some countries write in place of commas.
_SEPARATORS = {";": "semicolons", "\t": "tabs"}
# In characters; the longest cell is that of the CSV reader.
_LONGEST_HEADER, LONGEST_CELL = 10_000, 131_072
_MOST_COLUMNS = 10
_ROWS_AT_ONCE = 5_000

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Texts:
    """A table as it was read: cells as text, and the line of each row in the file."""

    cells: pd.DataFrame
    lines: list[int]
    file: str

    def faults(
        self, rows: pd.Series, column: str, message: Callable[[Any], str]
    ) -> Iterator[Fault]:
        """Yield a fault for every row that is True in `rows`; `message`: what is told of its
        cells, which are attributes, as their `Index` is.
        """
        records: Iterator[Any] = self.cells[rows].itertuples() if rows.any() else iter(())
        for row in records:
            yield Fault(self.file, self.lines[row.Index], column, message(row))


def read_texts(
    tables: dict[str, schema.Table], contents: Mapping[str, bytes], name: str, faults: list[Fault]
) -> dict[str, Texts]:
    """Return the tables that can be read at all, and have no more faults than are told. What is
    wrong in their cells, and with the others, is added to `faults`.
    """
    texts: dict[str, Texts] = {}
    for table in _in_reference_order(tables):
        file = f"{name}/{table.file}"
        if table.file not in contents:
            # One that could not be read is a fault already.
            if not table.needed:
                texts[table.name] = _without_rows(table, file)
            continue
        try:
            read, new = _read(table, contents[table.file], file, texts)
        except DataFaults as refused:
            new = list(refused.faults)
        else:
            texts[table.name] = read
        faults += new
    return texts


def _without_rows(table: schema.Table, file: str) -> Texts:
    return Texts(pd.DataFrame([], columns=table.header, dtype="str"), [], file)


def _in_reference_order(tables: dict[str, schema.Table]) -> list[schema.Table]:
    """Return the tables in an order in which each comes after those that its cells refer to."""
    before = {
        name: {reference.table for reference in table.references} for name, table in tables.items()
    }
    return [tables[name] for name in TopologicalSorter(before).static_order()]


def _read(
    table: schema.Table, content: bytes, file: str, others: dict[str, Texts]
) -> tuple[Texts, list[Fault]]:
    """Return a table, and what is wrong in its cells. Raises DataFaults where it cannot be read."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise DataFaults([Fault(file, 0, "", "the file is empty")])
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        _refuse_other_separator(table, next(_lines(content, file, _LONGEST_HEADER)), file)
        rows = _rows(content, file, len(table.header) * LONGEST_CELL)
        header = next(rows)
        missing = table.missing_cells(header[1])
        _check_header(table, (header[0], header[1] if not missing else table.header), file)
        even = _even(rows, file, len(table.header) - len(missing))
        return _judge(table, ((line, cells + missing) for line, cells in even), file, others)
    except UnicodeDecodeError:
        line = content.count(b"\n", 0, _first_bad_byte(content)) + 1
        raise DataFaults([Fault(file, line, "", "the file is not UTF-8")]) from None


def _check_header(table: schema.Table, row: Row, file: str) -> None:
    line, header = row
    if header != table.header:
        raise DataFaults([Fault(file, line, "", _wrong_header(header, table.header))])


def _even(rows: Iterator[Row], file: str, width: int) -> Iterator[Row]:
    """Yield the rows as long as each has a cell for each column. Raises DataFaults with all others
    after the last, or when they are more than are told.
    """
    uneven: list[Fault] = []
    for line, cells in rows:
        if len(cells) != width:
            text = f"has {len(cells)} cells, the header has {width}"
            uneven.append(Fault(file, line, "", text))
            if len(uneven) > MOST_FAULTS:
                break
        elif not uneven:
            yield line, cells
    if uneven:
        raise DataFaults(uneven)


def _judge(
    table: schema.Table, rows: Iterator[Row], file: str, others: dict[str, Texts]
) -> tuple[Texts, list[Fault]]:
    """Return the cells of a table, judged some rows after the others: one at fault takes as much
    time and memory as many that are right, so of junk not much is read. `others`: the tables that
    are read already. Raises DataFaults.
    """
    known = [
        (reference, {*others[reference.table].cells[reference.target]})
        for reference in table.references
        if reference.table in others
    ]
    blocks = list[pd.DataFrame]()
    lines, faults, first_lines = list[int](), list[Fault](), dict[schema.Key, int]()
    while block := list(islice(rows, _ROWS_AT_ONCE)):
        places = range(len(lines), len(lines) + len(block))
        lines += [line for line, _ in block]
        texts = [cells for _, cells in block]
        blocks.append(pd.DataFrame(texts, places, table.header, dtype="str"))
        faults += schema.cell_faults(table, blocks[-1], lines, file)
        faults += first_of(schema.repeated_keys(table, blocks[-1], lines, file, first_lines))
        for reference, ids in known:
            faults += first_of(_unresolved_cells(Texts(blocks[-1], lines, file), reference, ids))
        if len(faults) > MOST_FAULTS:
            raise DataFaults(faults)
    if not blocks:
        return _without_rows(table, file), faults
    return Texts(pd.concat(blocks) if len(blocks) > 1 else blocks[0], lines, file), faults


def _unresolved_cells(
    texts: Texts, reference: schema.Reference, known: set[str]
) -> Iterator[Fault]:
    """Yield the cells that name what the table that they refer to does not have."""
    cells = texts.cells[reference.column]
    if known.issuperset(cells):
        return
    for row, cell in cells[~cells.isin(known)].items():
        for part in str(cell).split(schema.LIST_SEPARATOR) if reference.many else [str(cell)]:
            if part.strip() and part not in known:
                message = f"{inline(part)} is not in {reference.table}.csv"
                yield Fault(texts.file, texts.lines[int(str(row))], reference.column, message)


def _first_bad_byte(content: bytes) -> int:
    """Return the place where bytes stop being UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return error.start
    return len(content)


def _refuse_other_separator(table: schema.Table, first: str, file: str) -> None:
    """Raise DataFaults where another separator than commas makes more sense of the first line."""
    first = first.rstrip("\r\n").replace('"', "")
    known = {s: len({*first.split(s)} & {*table.header}) for s in (",", *_SEPARATORS)}
    most = max(known, key=lambda separator: known[separator])
    if most in _SEPARATORS:
        text = f"the columns are separated by {_SEPARATORS[most]}; it must be commas"
        raise DataFaults([Fault(file, 1, "", text)])


def _rows(content: bytes, file: str, most: int) -> Iterator[Row]:
    """Every row with its first line (cells may run over several), of at most `most` characters."""
    reader, line = csv.reader(_lines(content, file, most), strict=True), 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataFaults([Fault(file, line, "", f"cannot be read as CSV: {error}")]) from None


def _lines(content: bytes, file: str, most: int) -> Iterator[str]:
    """Yield the lines of a file, decoded one after the other."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")
    for number, line in enumerate(iter(partial(text.readline, most), ""), 1):
        if len(line) == most:
            note = f"the line has {most:,} characters or more"
            raise DataFaults([Fault(file, number, "", note)])
        yield line


def _wrong_header(header: list[str], expected: list[str]) -> str:
    missing = [column for column in expected if column not in {*header}]
    unknown = [column for column in header if column not in expected]
    text = [inline(column) for column in unknown[:_MOST_COLUMNS]]
    text += ["…"] if len(unknown) > _MOST_COLUMNS else []
    parts = [
        f"missing {', '.join(missing)}" if missing else "",
        f"unknown {', '.join(text)}" if text else "",
    ]
    wrong = "; ".join(part for part in parts if part) or "the columns are in another order"
    return f"wrong header: {wrong}; it must be {','.join(expected)}"
