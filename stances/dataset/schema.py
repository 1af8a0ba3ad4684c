"""The tables of a data folder, as `schema.toml` declares them, and what one of their cells may be.

Tables are read as text; `cell_fault` judges a cell, `typed` converts a checked table.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances.dataset import codebook as book
from stances.dataset.about import ADDRESS
from stances.dataset.codebook import Codebook
from stances.dataset.days import EARLIEST, is_partial
from stances.dataset.faults import inline, not_one_of

# Raised by one when a column is added; columns are never renamed or removed.
SCHEMA_VERSION = "1.3"
# That of tables whose codings do not say when they were given.
UNDATED_VERSION = "1.2"
LIST_SEPARATOR = ";"
# Whether an act has been applied to the subject: `unknown` is what nothing was found about.
APPLIED, EASED, NOT_APPLIED, UNKNOWN = "yes", "eased", "no", "unknown"
# Stands in links for every actor with a position, so no group may have this name.
ALL_ACTORS = "all"
SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
# Latin script is spelt out, as engines of regular expressions differ on what a letter is.
_WORD = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f0-9]+"
# Breaks, controls, and the marks that turn the direction of a text: no cell has them.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# What takes no room: a text may need some of it, a name or an address does not.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f]"
    "|[\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]"
)


class Form(NamedTuple):
    """A form of texts: the pattern of a whole one, and the form in words."""

    pattern: str
    words: str


FORMS = {
    "slug": Form(SLUG, "lower-case letters, digits and single hyphens"),
    "actor": Form(
        r"[A-Z]{2,}(?:-[A-Z]{2,})*", "capital letters, in parts of two or more with hyphens between"
    ),
    "language": Form("[a-z]{2}", "a code of ISO 639-1, two lower-case letters"),
    "hash": Form("[0-9a-f]{8}", "eight digits or letters from a to f"),
    "name": Form(r"\S+(?: \S+)*", "words with single spaces between"),
    "group": Form(
        f"{_WORD}(?:[ -]{_WORD})*", "Latin letters and digits with single spaces or hyphens between"
    ),
    "coder": Form(
        book.CODER.pattern,
        "letters and digits with single spaces, hyphens, apostrophes, full stops or low lines "
        "between",
    ),
    "address": Form(ADDRESS.pattern, "an http or https address without a user"),
    "scoreless": Form(
        r"(?!.*(?<![\w-])[-+\u2212][0-3](?:\.[0-9]+)?(?!\w)).*", "a text without a score"
    ),
}
_SEEN = {"name", "address"}
KINDS = {
    "text": "any text",
    "day": "a day such as 2019-03-04",
    "partial": "a day, month or year such as 2019-03-04, 2019-03 or 2019",
    "whole": "a whole number, - before it if negative, no decimals",
    "number": "a number with a decimal point, no exponent",
    "truth": "yes or no",
    "list": "texts with ; between them, no spaces, none twice",
}
_NUMBERS = {"whole": re.compile("-?[0-9]{1,9}"), "number": re.compile(r"-?[0-9]+(?:\.[0-9]+)?")}


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
        words = []
        if self.to:
            table, _, name = self.to.partition(".")
            words.append(f"{name} of {table}.csv")
        elif self.form:
            words.append(FORMS[self.form].words)
        if self.codes:
            words.append(", ".join(self.codes))
        if self.range:
            words.append(f"{self.range[0]:g} to {self.range[1]:g}")
        if self.most:
            words.append(f"at most {self.most} characters")
        if self.until:
            words.append(f"not after {self.until}")
        return "; ".join(words)


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
    made = {}
    for name, of in tomllib.loads(text).items():
        columns = tuple(_column(**cells) for cells in of["columns"])
        made[name] = Table(name, of["about"], columns, of.get("needed", True))
    return made


def _column(codes: Any = (), range: Any = (), **cells: Any) -> Column:
    """Return a column, of which the codes and the range may be those of the codebook."""
    if isinstance(codes, str):
        cells["of"] = codes
    else:
        cells["codes"] = dict.fromkeys(codes, "")
    bounds = {"scale": True} if range == "scale" else {"range": tuple(range)}
    return Column(**cells, **bounds)


def tables(codebook: Codebook | None = None) -> dict[str, Table]:
    """Return the nine tables by name; with a codebook their columns have its codes and bounds."""
    if codebook is None:
        return _declared()
    bound = {}
    for name, table in _declared().items():
        columns = []
        for column in table.columns:
            if column.of:
                column = replace(column, codes=codebook.codes(column.of))
            if column.scale:
                column = replace(column, range=(codebook.scale.min, codebook.scale.max))
            columns.append(column)
        bound[name] = replace(table, columns=tuple(columns))
    return bound


TABLE_NAMES = tuple(_declared())


def cell_fault(column: Column, text: str, today: date) -> str:  # noqa: PLR0911
    """Return what is wrong with the text of a cell, whatever its row; empty: nothing."""
    if not text:
        return "" if column.optional else "is empty"
    if not text.strip() or not _UNSEEN.sub("", text).strip():
        return f"{inline(text)} is empty"
    if _UNPRINTABLE.search(text):
        return f"{inline(text)} has a line break or a control character"
    if column.form in _SEEN and _UNSEEN.search(text):
        return f"{inline(text)} has a character that cannot be seen"
    if not _is_of_kind(column.kind, text):
        return f"{inline(text)} is not {KINDS[column.kind]}"
    parts = text.split(LIST_SEPARATOR) if column.kind == "list" else [text]
    for part in parts:
        if column.codes and part not in column.codes:
            return not_one_of(part, list(column.codes))
        if column.form and not re.fullmatch(FORMS[column.form].pattern, part):
            return f"{inline(part)} is not {FORMS[column.form].words}"
        if not part:
            return f"{inline(text)} has an empty part"
    if len({*parts}) < len(parts):
        return f"{inline(text)} names one twice"
    if column.range and not column.range[0] <= float(text) <= column.range[1]:
        return f"{inline(text)} is outside {column.range[0]:g}..{column.range[1]:g}"
    if column.most and len(text) > column.most:
        return f"longer than {column.most} characters: {inline(text)}"
    return _day_fault(column, text, today) if column.until else ""


def _is_of_kind(kind: str, text: str) -> bool:
    match kind:
        case "day":
            return len(text) == len("2019-03-04") and is_partial(text)
        case "partial":
            return is_partial(text)
        case "whole" | "number":
            return bool(_NUMBERS[kind].fullmatch(text))
        case "truth":
            return text in ("yes", "no")
    return True


def _day_fault(column: Column, text: str, today: date) -> str:
    # ISO days sort as texts.
    if column.kind == "day" and text < EARLIEST.isoformat():
        return f"{text} is before {EARLIEST}"
    last = today + timedelta(days=column.until == "tomorrow")
    return f"{text} is after {column.until}, {last}" if text > last.isoformat() else ""


def typed(table: Table, texts: pd.DataFrame) -> pd.DataFrame:
    """Return a checked table with its types: day datetime64, whole Int64 (nullable), number
    float64, truth bool; text, partial and list are str. Empty days and numbers are missing.
    """
    frame = pd.DataFrame({c.name: _convert(c.kind, texts[c.name]) for c in table.columns})
    return frame.reset_index(drop=True)


# Single cells are read often, which takes several times as long in Arrow's memory.
TEXT = pd.StringDtype("python", na_value=np.nan)


def _convert(kind: str, texts: pd.Series) -> pd.Series:
    if kind == "day":
        return pd.to_datetime(texts.where(texts != ""), format="%Y-%m-%d").astype("datetime64[s]")
    if kind == "whole":
        return pd.to_numeric(texts.where(texts != "")).astype("Int64")
    if kind == "number":
        return pd.to_numeric(texts).astype("float64")
    if kind == "truth":
        return texts == "yes"
    return texts
