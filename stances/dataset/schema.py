"""The tables of a data folder, as `schema.toml` declares them, and what their cells may be."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

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
# A row as texts, by column.
Row = dict[str, str]
_WHOLE = re.compile("-?[0-9]{1,9}")
_TRUTH = re.compile("yes|no")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def _is_day(cell: str) -> bool:
    """Say whether a cell is a whole day; `is_partial` takes months and years too."""
    return len(cell) == len("2019-03-04") and is_partial(cell)


def _is_list(cell: str) -> bool:
    """Say whether the parts of a cell are all there, and each once."""
    parts = cell.split(LIST_SEPARATOR)
    return all(parts) and len(set(parts)) == len(parts)


# What a cell of each kind is, by a test and in words. Of a text anything is.
_KINDS: dict[str, tuple[Callable[[str], object], str]] = {
    "text": (bool, "a text"),
    "day": (_is_day, "a day such as 2019-03-04"),
    "partial": (is_partial, "a day, month or year such as 2019-03-04, 2019-03 or 2019"),
    "whole": (_WHOLE.fullmatch, "a whole number, - before it if negative"),
    "number": (_NUMBER.fullmatch, "a number with a decimal point"),
    "truth": (_TRUTH.fullmatch, "yes or no"),
    "list": (_is_list, "texts with ; between them, none empty, none twice"),
}


@dataclass(frozen=True)
class Column:
    """A column of a table, as `schema.toml` has it. `label`: what readers call it; `codes`: the
    allowed ones with their labels; those of the codebook, and its bounds, where the tables were
    asked for with one; `codebook`: the table of it that they are from; `to`: the "table.column"
    that its cells refer to; `form`: one of FORMS; `range`: the lowest and the highest number, of
    the `scale` those of the codebook; `most`: characters; `until`: "today" or "tomorrow", after
    which no day may be, nor a whole one before EARLIEST; `later`: the version of the schema that it
    came with; `default`: its cell where none is given; `like`: the column whose cell it has where
    its own is empty.
    """

    name: str
    label: str
    about: str
    kind: str = "text"
    key: bool = False
    optional: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    codebook: str = ""
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
    """A table, named as its file; where that is not `needed` it has no row without it. `later`: the
    version of the schema that it came with.
    """

    name: str
    about: str
    columns: Sequence[Column]
    needed: bool = True
    later: str = ""

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
            codes = column.codes
            if column.codebook:
                codes = codebook.codes(column.codebook)
            bounds = column.range
            if column.scale:
                bounds = (scale.min, scale.max)
            columns.append(replace(column, codes=codes, range=bounds))
        bound[name] = replace(table, columns=columns)
    return bound


def header_of(content: bytes) -> list[str]:
    """Return the names of the columns that the file of a table has."""
    text = content.decode("utf-8-sig")
    first_line, _, _ = text.partition("\n")
    # Some programs write names in quotes; no name has one, or a comma.
    return first_line.strip().replace('"', "").split(",")


def version_of(files: Mapping[str, bytes]) -> str:
    """Return the version of the schema in which tables are written: that of the newest table or
    column that there is. `files`: those of a folder, by name.
    """
    versions = [_FIRST_VERSION]
    for table in _declared().values():
        if table.file not in files:
            continue
        header = header_of(files[table.file])
        versions += [column.later for column in table.columns if column.name in header]
        versions.append(table.later)
    return max(versions, key=version_order)


def version_order(version: str) -> list[int]:
    """Return what versions of the schema sort by: 1.10 comes after 1.9, an empty one first."""
    return [int(number) for number in version.split(".") if number]


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
            return not_one_of(part, column.codes)
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
        # Dates known in part may be older: a law may be of 1978.
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
        # From the texts: of the frame the other column may have its type already.
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
