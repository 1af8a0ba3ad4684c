"""Tables checked against `schema.toml` and the rules: every fault with file, line and column."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

import pandas as pd

from stances.dataset import schema
from stances.dataset.codebook import Codebook
from stances.dataset.faults import DataFaults, Fault, did_you_mean, inline
from stances.dataset.rules import RULES
from stances.dataset.schema import LIST_SEPARATOR, Table

# Tables as texts; the index of each is the line of the row in its file.
Texts = dict[str, pd.DataFrame]
# What is told of a table, by line and column.
Told = Iterator[tuple[Any, str, str]]


def check_tables(
    files: Mapping[str, bytes], codebook: Codebook, today: date, folder: str
) -> tuple[Texts, list[Fault]]:
    """Return the tables that can be read, as texts by line, and all that is wrong with them."""
    tables = schema.tables(codebook)
    texts, faults, told = Texts(), list[Fault](), dict[tuple[str, int, str], str]()
    for name, table in tables.items():
        file = f"{folder}/{table.file}"
        try:
            texts[name] = read_table(table, files.get(table.file), file)
        except DataFaults as refused:
            faults += refused.faults
    # A cell with several faults is told the first.
    finds: tuple[Any, ...] = (_cell_faults, _repeated_keys, _unresolved, _broken_rules)
    for name, find in product(texts, finds):
        for line, column, text in find(tables[name], texts, codebook, today):
            told.setdefault((name, line, column), text)
    faults += [Fault(f"{folder}/{n}.csv", line, at, text) for (n, line, at), text in told.items()]
    return texts, faults


def read_table(table: Table, content: bytes | None, file: str) -> pd.DataFrame:
    """Return the rows of a table as texts, by their lines. Raises DataFaults for what is none."""
    if content is None:
        if table.needed:
            raise DataFaults([Fault(file, 0, "", "the file is missing")])
        return pd.DataFrame([], columns=table.header, dtype=schema.TEXT)
    rows, lines, uneven, line = list[list[str]](), list[int](), list[Fault](), 1
    try:
        text = content.decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(reader, [])
        # Rows older than some of the later columns have the default of those.
        absent = table.columns[len(header) :]
        missing = [column.default for column in absent]
        if header != table.header[: len(header)] or not all(column.later for column in absent):
            raise DataFaults([Fault(file, 1, "", _wrong_header(header, table))])
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(header):
                told = f"has {len(cells)} cells, the header has {len(header)}"
                uneven.append(Fault(file, line, "", told))
            rows.append(cells + missing)
            lines.append(line)
            line = reader.line_num + 1
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataFaults([Fault(file, line, "", "the file is not UTF-8")]) from None
    except csv.Error as error:
        raise DataFaults([Fault(file, line, "", f"cannot be read as CSV: {error}")]) from None
    if uneven:
        raise DataFaults(uneven)
    return pd.DataFrame(rows, lines, table.header, dtype=schema.TEXT)


def _wrong_header(header: list[str], table: Table) -> str:
    missing = ", ".join(name for name in table.header if name not in header)
    unknown = ", ".join(inline(name) for name in header if name not in table.header)
    text = f"missing {missing}; " if missing else ""
    text += f"unknown {unknown}; " if unknown else ""
    text = text or "the columns are in another order; "
    return f"wrong header: {text}it must be {','.join(table.header)}"


def _cell_faults(table: Table, texts: Texts, _: Codebook, today: date) -> Told:
    for column in table.columns:
        cells = texts[table.name][column.name]
        wrong = {text: schema.cell_fault(column, text, today) for text in set(cells)}
        rows = zip(cells.index, cells, strict=True) if any(wrong.values()) else ()
        yield from ((line, column.name, wrong[text]) for line, text in rows if wrong[text])


def _repeated_keys(table: Table, texts: Texts, *_: object) -> Told:
    first: dict[Any, int] = {}
    for line, *key in texts[table.name][table.key].itertuples(name=None):
        if (stands := first.setdefault(tuple(key), line)) != line:
            said = f"{inline(' '.join(key))} stands already in line {stands}"
            yield line, " + ".join(table.key), said


def _unresolved(table: Table, texts: Texts, *_: object) -> Told:
    """Yield the cells that name what the table that they refer to does not have."""
    for column in table.columns:
        other, target = column.to.partition(".")[::2]
        if other in texts:
            known, cells = set(texts[other][target]), texts[table.name][column.name]
            parts = cells.str.split(LIST_SEPARATOR).explode() if column.kind == "list" else cells
            for line, part in parts[(parts != "") & ~parts.isin(known)].items():
                meant = did_you_mean(part, known)
                yield line, column.name, f"{inline(part)} is not in {other}.csv{meant}"


def _broken_rules(table: Table, texts: Texts, codebook: Codebook, _: date) -> Told:
    for rule in RULES:
        if rule.table == table.name and all(name in texts for name in rule.others):
            yield from ((line, rule.column, text) for line, text in rule.faults(texts, codebook))
