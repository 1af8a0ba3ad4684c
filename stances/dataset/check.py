"""Tables read from bytes and checked against `schema.toml` and the rules between columns and
tables: every fault at once, with file, line and column.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePath

import pandas as pd

from stances.dataset import schema
from stances.dataset.codebook import Codebook
from stances.dataset.faults import DataFaults, Fault, did_you_mean, inline, one_form
from stances.dataset.rules import RULES
from stances.dataset.schema import LIST_SEPARATOR, Table

# What spreadsheets of some countries write in place of commas.
_SEPARATORS = {";": "semicolons", "\t": "tabs"}
# Tables as texts; the index of each is the line of the row in its file.
Texts = dict[str, pd.DataFrame]


def check(
    files: Mapping[str, bytes], codebook: Codebook, today: date, folder: str
) -> tuple[Texts, list[Fault]]:
    """Return the tables as texts, by line, and everything that is wrong with them. `folder`: how
    faults call it. A table that cannot be read at all is left out.
    """
    tables = schema.tables(codebook)
    texts, faults = Texts(), list[Fault]()
    for table in tables.values():
        file = str(PurePath(folder, table.file))
        if table.file not in files:
            faults += [Fault(file, 0, "", "the file is missing")] if table.needed else []
            if not table.needed:
                texts[table.name] = pd.DataFrame([], columns=table.header, dtype=schema.TEXT)
            continue
        try:
            texts[table.name] = read(table, files[table.file], file)
        except DataFaults as refused:
            faults += refused.faults
            continue
        found = texts[table.name]
        told = {(line, name): text for line, name, text in _cell_faults(table, found, today)}
        told = dict(_repeated_keys(table, found)) | told
        faults += [Fault(file, line, name, text) for (line, name), text in told.items()]
    places = {(fault.file, fault.line, fault.column) for fault in faults}
    for name, line, column, text in _between(tables, texts, codebook):
        fault = Fault(str(PurePath(folder, f"{name}.csv")), line, column, text)
        # A cell with several faults is told the first.
        if (fault.file, line, column) not in places:
            places.add((fault.file, line, column))
            faults.append(fault)
    return texts, faults


def read(table: Table, content: bytes, file: str) -> pd.DataFrame:
    """Return the rows of a table as texts, by their lines. Raises DataFaults where it cannot be
    read: no UTF-8, no CSV, another header, rows of another length.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataFaults([Fault(file, line, "", "the file is not UTF-8")]) from None
    if not text.strip():
        raise DataFaults([Fault(file, 0, "", "the file is empty")])
    rows, lines, uneven, line = list[list[str]](), list[int](), list[Fault](), 1
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader)
        missing = table.missing_cells(header)
        if header != table.header and not missing:
            raise DataFaults([Fault(file, 1, "", _wrong_header(header, table))])
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(header):
                told = f"has {len(cells)} cells, the header has {len(header)}"
                uneven.append(Fault(file, line, "", told))
            rows.append(cells + missing)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataFaults([Fault(file, line, "", f"cannot be read as CSV: {error}")]) from None
    if uneven:
        raise DataFaults(uneven)
    return pd.DataFrame(rows, lines, table.header, dtype=schema.TEXT)


def _wrong_header(header: list[str], table: Table) -> str:
    for separator, name in _SEPARATORS.items():
        if len(header) == 1 and header[0].replace('"', "").split(separator)[0] == table.header[0]:
            return f"the columns are separated by {name}; it must be commas"
    missing = [name for name in table.header if name not in header]
    unknown = [inline(name) for name in header if name not in table.header]
    text = f"missing {', '.join(missing)}; " if missing else ""
    text += f"unknown {', '.join(unknown)}; " if unknown else ""
    text = text or "the columns are in another order; "
    return f"wrong header: {text}it must be {','.join(table.header)}"


def _cell_faults(table: Table, texts: pd.DataFrame, today: date) -> Iterator[tuple[int, str, str]]:
    for column in table.columns:
        cells = texts[column.name]
        wrong = {text: schema.cell_fault(column, text, today) for text in set(cells)}
        if any(wrong.values()):
            for line, text in cells.items():
                if wrong[text]:
                    yield int(str(line)), column.name, wrong[text]


def _repeated_keys(table: Table, texts: pd.DataFrame) -> Iterator[tuple[tuple[int, str], str]]:
    first: dict[tuple[str, ...], int] = {}
    keys = zip(*(texts[name] for name in table.key), strict=True)
    for line, cells in zip(texts.index, keys, strict=True):
        key = tuple(map(one_form, cells))
        if (stands := first.setdefault(key, line)) != line:
            text = f"{inline(' '.join(key))} stands already in line {stands}"
            yield (line, " + ".join(table.key)), text


def _between(
    tables: Mapping[str, Table], texts: Texts, codebook: Codebook
) -> Iterator[tuple[str, int, str, str]]:
    """Yield what is wrong between columns and tables: table, line, column and what."""
    for name, table in tables.items():
        for column in table.columns:
            other, _, target = column.to.partition(".")
            if other in texts and name in texts:
                known = set(texts[other][target])
                many = column.kind == "list"
                for line, text in _unresolved(texts[name][column.name], known, many):
                    meant = did_you_mean(text, known)
                    yield name, line, column.name, f"{inline(text)} is not in {other}.csv{meant}"
    for rule in RULES:
        if all(name in texts for name in (rule.table, *rule.others)):
            yield from (
                (rule.table, line, rule.column, text) for line, text in rule.faults(texts, codebook)
            )


def _unresolved(cells: pd.Series, known: set[str], many: bool) -> Iterator[tuple[int, str]]:
    for line, cell in cells[~cells.isin(known) & (cells != "")].items():
        for part in str(cell).split(LIST_SEPARATOR) if many else [str(cell)]:
            if part and part not in known:
                yield int(str(line)), part
