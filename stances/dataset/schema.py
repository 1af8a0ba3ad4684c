"""The tables of a data folder, as `schema.toml` declares them, and what one of their cells may be.

Tables are read as text; `cell_fault` judges a cell, `typed_table` converts a checked table.
"""

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
from stances.dataset.forms import FORMS

# Raised by one when a column is added; columns are never renamed or removed.
SCHEMA_VERSION = "1.3"
# That of tables whose codings do not say when they were given.
UNDATED_VERSION = "1.2"
LIST_SEPARATOR = ";"
# Whether an act has been applied to the subject: `unknown` is what nothing was found about.
APPLIED, EASED, NOT_APPLIED, UNKNOWN = "yes", "eased", "no", "unknown"
# Stands in links for every actor with a position, so no group may have this name.
ALL_ACTORS = "all"
# Single cells are read often, which takes several times as long in Arrow's memory.
TEXT = pd.StringDtype("python", na_value=np.nan)
# Breaks, controls, and the marks that turn the direction of a text: no cell has them.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# What takes no room: a text may need some of it, a name or an address does not.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2060-\u206f\u2800]"
)
KINDS = {
    "text": "any text",
    "day": "a day such as 2019-03-04",
    "partial": "a day, month or year such as 2019-03-04, 2019-03 or 2019",
    "whole": "a whole number, - before it if negative, no decimals",
    "number": "a number with a decimal point, no exponent",
    "truth": "yes or no",
    "list": "texts with ; between them, no spaces, none twice",
}
_IS_OF: dict[str, Callable[[str], object]] = {
    "day": lambda text: len(text) == len("2019-03-04") and is_partial(text),
    "partial": is_partial,
    "whole": re.compile("-?[0-9]{1,9}").fullmatch,
    "number": re.compile(r"-?[0-9]+(?:\.[0-9]+)?").fullmatch,
    "truth": ("yes", "no").__contains__,
}


@dataclass(frozen=True)
class Column:
    """A column of a table, as `schema.toml` has it. `codes`: the allowed ones with their labels,
    those of the codebook where the tables were asked for with one; `of`: its table in there.
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
    range: tuple[float, ...] = ()
    scale: bool = False
    most: int = 0
    until: str = ""
    later: bool = False
    default: str = ""

    @property
    def allowed(self) -> str:
        """What a valid cell is, in words; empty: any of its kind."""
        table, _, name = self.to.partition(".")
        form = FORMS[self.form].words if self.form else ""
        return "; ".join(filter(None, [
            f"{name} of {table}.csv" if table else form,
            ", ".join(self.codes),
            f"{self.range[0]:g} to {self.range[1]:g}" if self.range else "",
            f"at most {self.most} characters" if self.most else "",
            f"not after {self.until}" if self.until else "",
        ]))  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table: its name (that of its file without .csv), what it holds, and its columns; whether it
    is `needed`, or has no row where its file is missing.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
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

    def column(self, name: str) -> Column:
        """Return a column by its name. Raises KeyError."""
        return {column.name: column for column in self.columns}[name]

    def missing_cells(self, header: Sequence[str]) -> list[str]:
        """Return what rows older than the later columns lack at their end; else nothing."""
        later = [column.default for column in self.columns if column.later]
        return later if [*header] == self.header[: len(self.header) - len(later)] else []


@cache
def _declared() -> dict[str, Table]:
    text = Path(__file__).with_name("schema.toml").read_text(encoding="utf-8")
    return {
        name: Table(
            name, of["about"], tuple(_column(**c) for c in of["columns"]), of.get("needed", True)
        )
        for name, of in tomllib.loads(text).items()
    }


def _column(codes: Any = (), range: Any = (), **cells: Any) -> Column:
    """Return a column, of which the codes and the range may be those of the codebook."""
    if isinstance(codes, str):
        return Column(of=codes, **cells)
    bounds = {"scale": True} if range == "scale" else {"range": tuple(range)}
    return Column(codes=dict.fromkeys(codes, ""), **bounds, **cells)


TABLE_NAMES = tuple(_declared())


def tables(codebook: Codebook | None = None) -> dict[str, Table]:
    """Return the nine tables by name; with a codebook their columns have its codes and bounds."""
    if codebook is None:
        return _declared()

    def bound(column: Column) -> Column:
        if column.of:
            return replace(column, codes=codebook.codes(column.of))
        ends = (codebook.scale.min, codebook.scale.max)
        return replace(column, range=ends) if column.scale else column

    declared = _declared().items()
    return {n: replace(table, columns=tuple(map(bound, table.columns))) for n, table in declared}


def cell_fault(column: Column, text: str, today: date) -> str:
    """Return what is wrong with the text of a cell, whatever its row; empty: nothing."""
    if not text:
        return "" if column.optional else "is empty"
    told = inline(text)
    parts = text.split(LIST_SEPARATOR) if column.kind == "list" else [text]
    of_kind, form = _IS_OF.get(column.kind), FORMS[column.form] if column.form else None
    code = next((part for part in parts if column.codes and part not in column.codes), None)
    low, high = column.range or (0, 0)
    wrong = {
        f"{told} is empty": not _UNSEEN.sub("", text).strip(),
        f"{told} has a line break or a control character": _UNPRINTABLE.search(text),
        f"{told} has a character that cannot be seen": (
            column.form in ("name", "address") and _UNSEEN.search(text)
        ),
        f"{told} is not {KINDS[column.kind]}": of_kind and not of_kind(text),
        not_one_of(code, list(column.codes)) if code is not None else "": code is not None,
        f"{told} is not {form and form.words}": form and not all(map(form.fits, parts)),
        f"{told} has an empty part": "" in parts,
        f"{told} names one twice": len({*parts}) < len(parts),
    }
    for message, holds in wrong.items():
        if holds:
            return message
    if column.range and not low <= float(text) <= high:
        return f"{told} is outside {low:g}..{high:g}"
    if column.most and len(text) > column.most:
        return f"longer than {column.most} characters: {told}"
    # ISO days sort as texts.
    if column.until and column.kind == "day" and text < EARLIEST.isoformat():
        return f"{text} is before {EARLIEST}"
    last = today + timedelta(days=column.until == "tomorrow")
    if column.until and text > last.isoformat():
        return f"{text} is after {column.until}, {last}"
    return ""


def typed_table(table: Table, texts: pd.DataFrame) -> pd.DataFrame:
    """Return a checked table with its types: day datetime64, whole Int64 (nullable), number
    float64, truth bool; text, partial and list are str. Empty days and numbers are missing.
    """
    frame = pd.DataFrame({c.name: _convert(c.kind, texts[c.name]) for c in table.columns})
    return frame.reset_index(drop=True)


def _convert(kind: str, texts: pd.Series) -> pd.Series:
    match kind:
        case "day":
            days = pd.to_datetime(texts.where(texts != ""), format="%Y-%m-%d")
            return days.astype("datetime64[s]")
        case "whole":
            return pd.to_numeric(texts.where(texts != "")).astype("Int64")
        case "number":
            return pd.to_numeric(texts).astype("float64")
        case "truth":
            return texts == "yes"
    return texts
