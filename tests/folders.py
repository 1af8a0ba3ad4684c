"""Data folders of a test's own: a copy of the six-event dataset with cells edited."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

import stances
from stances.dataset import store, tables

ROOT = Path(__file__).resolve().parents[1]
# A copy that was added to and released can stand in for the real data: see tests/test_growth.py.
REAL = Path(os.environ.get("STANCES_TESTED_DATA") or ROOT / "data")
SIX = Path(__file__).resolve().parent / "data" / "six"
HOSTILE = SIX.with_name("hostile")
TODAY = date(2023, 1, 31)

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Asked(stances.Dataset):
    """A dataset, as the code takes it, that also answers what the face of the package does."""

    @cached_property
    def face(self) -> stances.Stances:
        return stances.Stances(self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.face, name)


def load(folder: str | Path | None = None, today: date | None = None) -> Asked:
    """The dataset of a folder, to be handed to the code and asked by the test."""
    return Asked(**vars(tables.load(folder, today)))


def up_to_today(folder: Path) -> Asked:
    """The dataset of a folder up to the real today, as the pages have it: loaded once a day, so
    that tests which run past midnight go on to the new day with the pages."""
    return _up_to(folder, date.today())


@cache
def _up_to(folder: Path, day: date) -> Asked:
    return load(folder, day)


@cache
def _six() -> Asked:
    return load(SIX, TODAY)


def _contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, by their names in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


class Folder:
    """A copy of the six-event dataset. Lines are counted as in a fault: the header is line 1."""

    def __init__(self, path: Path) -> None:
        shutil.copytree(SIX, path)
        self.path = path

    def load(self) -> stances.Dataset:
        return load(self.path, today=TODAY)

    def start(self) -> stances.Dataset:
        """Return the dataset of the six: an untouched copy holds the same, and is not read."""
        if _contents(self.path) == _contents(SIX):
            return replace(_six(), folder=self.path)
        return self.load()

    def faults(self) -> list[str]:
        """Return the faults that `load` finds, as a user reads them, without the folder's name."""
        try:
            self.load()
        except stances.DataFaults as faults:
            return [line.removeprefix(f"{self.path}/") for line in str(faults).splitlines()]
        return []

    def edit(self, table: str, line: int, **cells: str) -> None:
        """Put other texts into cells of a row."""
        rows = self.rows(table)
        rows[line - 1] |= cells
        self._write(table, rows)

    def add(self, table: str, line: int, **cells: str) -> int:
        """Add a copy of a row with other texts in some cells; return its line in the file."""
        rows = self.rows(table)
        self._write(table, [*rows, rows[line - 1] | cells])
        broken = sum(len(_LINE_BREAK.findall("".join(row.values()))) for row in rows)
        return len(rows) + 1 + broken

    def remove(self, table: str, line: int) -> None:
        """Leave a row out."""
        rows = self.rows(table)
        self._write(table, [*rows[: line - 1], *rows[line:]])

    def keep(self, table: str, lines: int) -> None:
        """Keep only the first lines of a table, the header included."""
        self._write(table, self.rows(table)[:lines])

    def cut(self, table: str, columns: int) -> None:
        """Leave the last columns of a table out."""
        rows = [dict(list(row.items())[:-columns]) for row in self.rows(table)]
        self._write(table, rows)

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` in a file, which must have it."""
        text = (self.path / file).read_text(encoding="utf-8")
        assert old in text
        (self.path / file).write_bytes(text.replace(old, new, 1).encode())

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of a table by heading; the first is the header itself."""
        text = (self.path / f"{table}.csv").read_bytes().decode()
        reader = csv.DictReader(io.StringIO(text, newline=""))
        names = list(reader.fieldnames or [])
        return [dict(zip(names, names, strict=True)), *reader]

    def _write(self, table: str, rows: list[dict[str, str]]) -> None:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows(row.values() for row in rows)
        (self.path / f"{table}.csv").write_bytes(buffer.getvalue().encode())


def every_call_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever asks a store look at the files, and wait for what comes of it alone."""
    for name, seconds in (("RELOAD", 0.0), ("STILL", 0.0), ("PATIENCE", 60.0)):
        monkeypatch.setattr(store, f"_{name}_SECONDS", seconds)


def markdown_tables(path: Path) -> list[list[dict[str, str]]]:
    """The tables of a Markdown file, each as its rows by heading."""
    tables: list[list[list[str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            tables[-1].append([cell.strip() for cell in line.strip("|").split(" |")])
        elif tables[-1]:
            tables.append([])
    return [
        [dict(zip(table[0], row, strict=True)) for row in table[2:]] for table in tables if table
    ]
