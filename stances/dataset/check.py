"""Tables checked against `schema.toml` and the rules: every fault with file, line and column."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

import pandas as pd

from stances.dataset import schema
from stances.dataset.codebook import Codebook
from stances.dataset.faults import DataFaults, Fault, did_you_mean, inline, unusable
from stances.dataset.rules import RULES
from stances.dataset.schema import LIST_SEPARATOR, Row, Table

# Tables as texts; the index of each is the line of the row in its file.
Texts = dict[str, pd.DataFrame]
# What is wrong in a table: the line of a row (an int), its column and the message.
WrongCells = Iterator[tuple[Any, str, str]]


def check_tables(
    files: Mapping[str, bytes],
    codebook: Codebook,
    today: date,
    folder: str,
) -> tuple[Texts, list[Fault]]:
    """Return the tables that can be read, as texts by line, and all that is wrong with them."""
    tables = schema.tables(codebook)
    texts = Texts()
    faults: list[Fault] = []
    for name, table in tables.items():
        try:
            texts[name] = read_table(table, files, folder)
        except DataFaults as refused:
            faults += refused.faults

    for name in texts:
        table = tables[name]
        wrong = chain(
            _wrong_cells(table, texts, today),
            _repeated_keys(table, texts),
            _unresolved(table, texts),
            _broken_rules(table, texts, codebook),
        )
        messages: dict[tuple[int, str], str] = {}
        for line, column, message in wrong:
            # Of several faults in a cell the first is told; those after it often follow from it.
            messages.setdefault((line, column), message)
        file = f"{folder}/{table.file}"
        for (line, column), message in messages.items():
            faults.append(Fault(file, message, line=line, column=column))
    return texts, faults


def read_table(table: Table, files: Mapping[str, bytes], folder: str) -> pd.DataFrame:
    """Return the rows of a table as texts, by their lines in its file; without a file none, where
    it is not needed. Raises DataFaults, which name the file as one of `folder`.
    """
    file = f"{folder}/{table.file}"
    content = files.get(table.file)
    if content is None:
        if table.needed:
            raise unusable(file, "the file is missing")
        return pd.DataFrame([], columns=table.header, dtype=schema.TEXT)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise unusable(file, "the file is not UTF-8", line) from None

    rows = {}
    uneven = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        width = len(header)
        absent = table.columns[width:]
        # A table may end before columns that came later; no other can be missing.
        if header != table.header[:width] or not all(column.later for column in absent):
            raise unusable(file, _wrong_header(header, table), 1)

        # Rows older than some of the later columns have the default of those.
        defaults = [column.default for column in absent]
        # A cell can hold line breaks: a row stands where the one before it ended.
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != width:
                message = f"has {len(cells)} cells, the header has {width}"
                uneven.append(Fault(file, message, line=line))
            rows[line] = cells + defaults
            line = reader.line_num + 1
    except csv.Error as error:
        raise unusable(file, f"cannot be read as CSV: {error}", line) from None

    if uneven:
        raise DataFaults(uneven)
    return pd.DataFrame.from_dict(
        rows,
        orient="index",
        columns=table.header,
        dtype=schema.TEXT,
    )


def rows_of(table: Table, files: Mapping[str, bytes]) -> list[Row]:
    """Return the rows of a valid table as texts, with all columns that it has today."""
    rows: Any = read_table(table, files, folder="").to_dict("records")
    return list(rows)


def _wrong_header(header: list[str], table: Table) -> str:
    """Say how a header differs from that of its table."""
    columns = {
        "missing": [name for name in table.header if name not in header],
        "unknown": [inline(name) for name in header if name not in table.header],
    }
    differences = [f"{kind} {', '.join(names)}" for kind, names in columns.items() if names]
    if not differences:
        differences = ["the columns are in another order"]
    return f"wrong header: {'; '.join(differences)}; it must be {','.join(table.header)}"


def _wrong_cells(table: Table, texts: Texts, today: date) -> WrongCells:
    """Yield the cells that their own column does not allow; each text is judged once."""
    for column in table.columns:
        cells = texts[table.name][column.name]
        for text in cells.unique():
            message = schema.cell_fault(column, text, today)
            if message:
                for line in cells.index[cells == text]:
                    yield line, column.name, message


def _repeated_keys(table: Table, texts: Texts) -> WrongCells:
    """Yield the rows whose key an earlier row has."""
    columns = " + ".join(table.key)
    keys = texts[table.name][table.key]
    first_lines: dict[Any, int] = {}
    for line, *cells in keys.itertuples(name=None):
        # Its own line, if no row before it has the key.
        first_line = first_lines.setdefault(tuple(cells), line)
        if first_line != line:
            key = inline(" ".join(cells))
            yield line, columns, f"{key} stands already in line {first_line}"


def _unresolved(table: Table, texts: Texts) -> WrongCells:
    """Yield the cells that name what the table that they refer to does not have."""
    for column in table.columns:
        target, _, target_column = column.to.partition(".")
        # It refers to none, or to one that cannot be read.
        if target not in texts:
            continue
        # An empty cell names nothing.
        known = {"", *texts[target][target_column]}
        cells = texts[table.name][column.name]
        if column.kind == "list":
            cells = cells.str.split(LIST_SEPARATOR).explode()
        unknown = cells[~cells.isin(known)]
        for line, text in unknown.items():
            nearest = did_you_mean(text, known)
            message = f"{inline(text)} is not in {target}.csv{nearest}"
            yield line, column.name, message


def _broken_rules(table: Table, texts: Texts, codebook: Codebook) -> WrongCells:
    """Yield the rows that break a rule, of those whose tables can all be read."""
    for rule in RULES:
        if rule.table == table.name and texts.keys() >= set(rule.others):
            for line, message in rule.faults(texts, codebook):
                yield line, rule.column, message
