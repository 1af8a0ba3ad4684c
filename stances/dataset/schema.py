"""The tables of a data folder, as `schema.toml` declares them, and what their cells may be."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stances.dataset.codebook import Codebook
from stances.dataset.days import EARLIEST, is_partial
from stances.dataset.faults import inline, not_one_of
from stances.dataset.toml import FORMS

# That of tables without any later column; columns are never renamed or removed.
_FIRST_VERSION = "1.0"
LIST_SEPARATOR = ";"
# Stands in links for every actor with a position, so no group may have this name.
ALL_ACTORS = "all"
# Single cells are read often, which takes several times as long in Arrow's memory.
TEXT = pd.StringDtype("python", na_value=np.nan)
# What a cell of each kind is, by a test and in words. Of a text anything is.
_KINDS: dict[str, tuple[Callable[[str], object], str]] = {
    "text": (bool, "a text"),
    "day": (lambda cell: len(cell) == 10 and is_partial(cell), "a day such as 2019-03-04"),
    "partial": (is_partial, "a day, month or year such as 2019-03-04, 2019-03 or 2019"),
    "whole": (re.compile("-?[0-9]{1,9}").fullmatch, "a whole number, - before it if negative"),
    "number": (re.compile(r"-?[0-9]+(?:\.[0-9]+)?").fullmatch, "a number with a decimal point"),
    "truth": (("yes", "no").__contains__, "yes or no"),
    "list": (
        lambda cell: all(parts := cell.split(LIST_SEPARATOR)) and len({*parts}) == len(parts),
        "texts with ; between them, none empty, none twice",
    ),
}


@dataclass(frozen=True)
class Column:
    """A column of a table, as `schema.toml` has it. `codes`: the allowed ones with their labels;
    those of the codebook, and its bounds, where the tables were asked for with one.
    """

    name: str
    about: str
    kind: str = "text"
    key: bool = False
    optional: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    to: str = ""
    form: str = ""
    range: Sequence[float] = ()
    scale: bool = False
    most: int = 0
    until: str = ""
    later: str = ""
    default: str = ""
    like: str = ""

    @property
    def allowed(self) -> str:
        """What a valid cell is, in words; empty: any of its kind."""
        limits = []
        if self.to:
            table, name = self.to.split(".")
            limits.append(f"{name} of {table}.csv")
        elif self.form:
            limits.append(FORMS[self.form].words)
        if self.codes:
            limits.append(", ".join(self.codes))
        if self.range:
            low, high = self.range
            limits.append(f"{low:g} to {high:g}")
        if self.most:
            limits.append(f"at most {self.most} characters")
        if self.until:
            limits.append(f"not after {self.until}")
        return "; ".join(limits)


@dataclass(frozen=True)
class Table:
    """A table, named as its file; where that is not `needed` it has no row without it."""

    name: str
    about: str
    columns: Sequence[Column]
    needed: bool = True

    @property
    def file(self) -> str:
        """The name of the file in the data folder."""
        return f"{self.name}.csv"

    @property
    def header(self) -> list[str]:
        """The names of the columns, in the order of the file."""
        return [column.name for column in self.columns]

    @property
    def key(self) -> list[str]:
        """The names of the columns that together are unique."""
        return [column.name for column in self.columns if column.key]


@cache
def _declared() -> dict[str, Table]:
    """Return the tables of `schema.toml`, whose own codes have no labels."""
    text = Path(__file__).with_name("schema.toml").read_text(encoding="utf-8")
    declared = {}
    for name, entry in tomllib.loads(text).items():
        columns = []
        for cells in entry.pop("columns"):
            codes = dict.fromkeys(cells.pop("codes", ()), "")
            columns.append(Column(codes=codes, **cells))
        declared[name] = Table(name, columns=columns, **entry)
    return declared


TABLE_NAMES = tuple(_declared())


def tables(codebook: Codebook | None = None) -> dict[str, Table]:
    """Return the tables by name; with a codebook their columns have its codes and bounds."""
    if codebook is None:
        return _declared()

    scale = codebook.scale
    bound = {}
    for name, table in _declared().items():
        columns = []
        for column in table.columns:
            limits: dict[str, Any] = {}
            if column.of:
                limits["codes"] = codebook.codes(column.of)
            if column.scale:
                limits["range"] = (scale.min, scale.max)
            columns.append(replace(column, **limits))
        bound[name] = replace(table, columns=columns)
    return bound


def version_of(headers: Mapping[str, Sequence[str]]) -> str:
    """Return the version of the schema in which tables are written: that of the newest column that
    one of them has. `headers`: the columns of each file, by the name of its table.
    """
    version = _FIRST_VERSION
    for name, header in headers.items():
        for column in _declared()[name].columns:
            if column.name in header:
                version = max(version, column.later)
    return version


def cell_fault(column: Column, text: str, today: date) -> str:
    """Return what is wrong with the text of a cell, whatever its row; empty: nothing."""
    if not text:
        return "" if column.optional else "is empty"

    cell = inline(text)
    if not text.isprintable() or not text.strip():
        return f"{cell} has a character that cannot be seen"
    is_of_kind, words = _KINDS[column.kind]
    if not is_of_kind(text):
        return f"{cell} is not {words}"

    parts = text.split(LIST_SEPARATOR) if column.kind == "list" else [text]
    form = FORMS.get(column.form)
    for part in parts:
        if column.codes and part not in column.codes:
            return not_one_of(part, list(column.codes))
        if form and not form.fits(part):
            return f"{cell} is not {form.words}"
    return _limit_fault(column, text, today)


def _limit_fault(column: Column, text: str, today: date) -> str:
    """Return beyond which limit of its column a cell of the right kind is; empty: none."""
    cell = inline(text)
    if column.range:
        low, high = column.range
        if not low <= float(text) <= high:
            return f"{cell} is outside {low:g}..{high:g}"
    if column.most and len(text) > column.most:
        return f"longer than {column.most} characters: {cell}"

    if column.until:
        last = today
        if column.until == "tomorrow":
            last += timedelta(days=1)
        # ISO days sort as texts.
        if text > last.isoformat():
            return f"{text} is after {column.until}, {last}"
        if column.kind == "day" and text < EARLIEST.isoformat():
            return f"{text} is before {EARLIEST}"
    return ""


def typed_table(table: Table, texts: pd.DataFrame) -> pd.DataFrame:
    """Return a checked table with its types: day datetime64, whole Int64, number float64, truth
    bool, the others str. Empty days and numbers are missing.
    """
    frame = texts.reset_index(drop=True)
    for column in table.columns:
        cells = frame[column.name]
        if column.like:
            cells = cells.mask(cells == "", texts[column.like].to_numpy())
        match column.kind:
            case "day":
                cells = pd.to_datetime(cells, format="%Y-%m-%d").astype("datetime64[s]")
            case "whole":
                cells = pd.to_numeric(cells).astype("Int64")
            case "number":
                cells = pd.to_numeric(cells).astype("float64")
            case "truth":
                cells = cells == "yes"
        frame[column.name] = cells
    return frame
