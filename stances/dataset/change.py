"""A change of the files of a data folder: judged as a whole before a byte of it is written."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stances.dataset.faults import BadInput, DataFaults, Fault, inline
from stances.dataset.files import codebook_hash
from stances.dataset.names import did_you_mean
from stances.dataset.rows import (
    complete_table,
    has_row,
    rows_by_line,
    rows_of,
    with_row,
    with_row_replaced,
    without_row,
)
from stances.dataset.schema import LIST_SEPARATOR, Table, tables
from stances.dataset.tables import Dataset, load
from stances.dataset.writing import place_of, write_all

# What the schema says of an empty cell that must not be.
_EMPTY = f"{inline('')} is empty"


class BadEntry(DataFaults):
    """An entry that cannot be put into the data: every fault of it, named as it was given."""


@dataclass(frozen=True)
class Row:
    """A row to be: its table, what it is called where it was given, and its cells by column.

    `input_columns`: those that the user named; the others were made, or are empty.
    """

    table: Table
    name: str
    cells: Mapping[str, str]
    input_columns: frozenset[str] = frozenset()

    def column_name(self, column: str) -> str:
        """Return what a column of the row is called where it was given."""
        return ".".join(filter(None, [self.name, column]))


@dataclass
class Change:
    """Files of a data folder as they are to be. `source`: the file or id that changes them."""

    data: Dataset
    source: str
    after: dict[str, bytes] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables of the folder, by name."""
        return tables(self.data.codebook, self.data.today)

    @property
    def coding(self) -> dict[str, str]:
        """Return the day and the codebook of a coding that is made now."""
        day = self.data.today.isoformat()
        return {"recorded": day, "codebook": codebook_hash(self.data.files)}

    def content(self, file: str) -> bytes:
        """Return a file as it is to be; empty where there is none."""
        return self.after.get(file, self.data.files.get(file, b""))

    def add(self, row: Row) -> None:
        """Put a new row into its table."""
        file = row.table.file
        self.after[file] = with_row(row.table, self.content(file), row.cells)
        self.rows.append(row)

    def replace(self, row: Row, old: Mapping[str, str] | None = None) -> None:
        """Put a row in place of that with the key of `old` (by default its own), or add it."""
        content = self.content(row.table.file)
        if not has_row(row.table, content, old or row.cells):
            self.add(row)
            return
        self.after[row.table.file] = with_row_replaced(row.table, content, row.cells, old)
        self.rows.append(row)

    def remove(self, table: Table, row: Mapping[str, str]) -> None:
        """Take the row out that has the key of this one."""
        self.after[table.file] = without_row(table, self.content(table.file), row)

    def judge(self, faults: list[Fault]) -> Change:
        """Return the change itself, where the whole folder would be valid with it. Raises BadEntry
        with every fault, those in `faults` included.
        """
        judged = [*self._faults(), *faults]
        by_place = {(fault.file, fault.line, fault.column): fault for fault in judged}
        if by_place:
            raise BadEntry(by_place.values())
        return self

    def _faults(self) -> list[Fault]:
        """Return the faults of the folder as it is to be. What was made of a cell at fault is so
        too, and is told only where nothing else is.
        """
        try:
            _ = self.result
        except DataFaults as refused:
            text = [fault for fault in refused.faults if not self._was_made(fault)]
            return [self._as_written(fault) for fault in text or refused.faults]
        return []

    @cached_property
    def result(self) -> Dataset:
        """The dataset as it is to be, once all is put in. Raises DataFaults."""
        return load(self.data.folder, self.data.today, self.after)

    def _was_made(self, fault: Fault) -> bool:
        row = self._at.get((fault.file, fault.line))
        # A key of several columns has no cell of its own.
        return (
            row is not None
            and fault.column not in row.input_columns
            and row.cells.get(fault.column) != ""
        )

    def _as_written(self, fault: Fault) -> Fault:
        """Return a fault named by where the user gave the cell, not by a line that is to be."""
        row = self._at.get((fault.file, fault.line))
        if row is None:
            return fault
        message = f"{fault.message}{self._suggestion(row, fault.column)}"
        if fault.message == _EMPTY:
            message = "is empty" if fault.column in row.input_columns else "is missing"
            message += "".join(
                f"; it must be one of: {', '.join(column.allowed)}"
                for column in row.table.columns
                if column.name == fault.column and column.allowed
            )
        return Fault(self.source, 0, row.column_name(fault.column), message)

    def _suggestion(self, row: Row, column: str) -> str:
        """Ask whether a code was meant that there is, where a cell has one that is much like it."""
        names = self._codes(row.table, column)
        parts = row.cells.get(column, "").split(LIST_SEPARATOR)
        questions = (did_you_mean(part, list(names), names) for part in parts if part not in names)
        return next(questions, "") if names else ""

    def _codes(self, table: Table, column: str) -> Mapping[str, str]:
        """Return the codes that a column can have, those of the codebook and of actors with what
        readers call them; none where it has another form.
        """
        for reference in table.references:
            if reference.column == column:
                other = self.tables[reference.table]
                rows = rows_of(other, self.content(other.file))
                return {
                    row[reference.target]: row.get("short_name", row[reference.target])
                    for row in rows
                }
        allowed = next((field for field in table.columns if field.name == column), None)
        return {code: allowed.names.get(code, code) for code in allowed.allowed} if allowed else {}

    @cached_property
    def _at(self) -> dict[tuple[str, int], Row]:
        """The rows of the change by the file and the line on which they are to be."""
        return {
            (f"{self.data.folder}/{row.table.file}", line): row
            for row in self.rows
            for line, cells in rows_by_line(row.table, self.content(row.table.file)).items()
            if cells == row.cells
        }

    def diff(self) -> str:
        """Return the lines that come and go, file by file, as a unified diff. Columns that all rows
        of a table get are told in a line instead.
        """
        return "".join(
            line
            for file, content in self.after.items()
            for line in (
                *self._longer(file),
                *difflib.unified_diff(
                    _lines(self._complete(file)),
                    _lines(content),
                    f"{self.data.folder}/{file}",
                    f"{self.data.folder}/{file}",
                    n=0,
                ),
            )
        )

    def _complete(self, file: str) -> bytes:
        """Return a file as it lies, a table with the columns that came after it was written."""
        content = self.data.files.get(file, b"")
        table = next((other for other in self.tables.values() if other.file == file), None)
        return complete_table(table, content) if table and content else content

    def _longer(self, file: str) -> list[str]:
        """Say which columns all rows of a table get; nothing where it has them."""
        before, after = (
            _lines(content) for content in (self.data.files.get(file, b""), self._complete(file))
        )
        if before == after:
            return []
        more = after[0].strip()[len(before[0].strip()) + 1 :]
        return [
            f"{self.data.folder}/{file}: every row gets the columns {more}, empty or by default\n"
        ]

    def write(self) -> None:
        """Write all files or none. Raises BadInput where one is no longer what was changed."""
        for file in self.after:
            path = place_of(self.data.folder, file)
            if (path.read_bytes() if path.exists() else b"") != self.data.files.get(file, b""):
                raise BadInput(f"{path} has changed meanwhile; nothing was written, try again")
        write_all(self.data.folder, self.after)


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines(keepends=True)
