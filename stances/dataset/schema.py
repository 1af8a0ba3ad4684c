"""What a valid table is, column by column.

Every table is read as text. A `Column` says what its text may be; pandera checks all cells of a
table at once; `typed` then converts each column explicitly. The same columns describe the tables
in `datapackage.json`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from stances.dataset.codebook import Codebook
from stances.dataset.faults import Fault, shown

# Raised by one when a column is added; columns are never renamed or removed.
SCHEMA_VERSION = "1.0"

EARLIEST_DATE = date(2000, 1, 1)
LONGEST_TITLE = 90
LIST_SEPARATOR = ";"

TABLE_NAMES = ("events", "sources", "actors", "memberships", "codings", "external_codings")
ACTOR_KINDS = ("state", "eu_institution", "company")
# A company is the subject's own voice: its events are context, it takes no position on itself.
POSITION_KINDS = ("state", "eu_institution")
PRECISIONS = ("day", "month", "year")
CHECKED = ("read", "cited")
CODERS = ("first", "A", "B", "review")
BASES = ("state", "operator", "us-claim", "expert", "practice", "forecast", "vendor-share")
QUALITIES = ("weak",)

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ACTOR_CODE = r"[A-Z]{2,}(?:-[A-Z]{2,})*"
# Stands in links for every actor with a position, so no group may have this name.
ALL_ACTORS = "all"

# Line breaks, other control characters, the marks that turn the direction of a text around, and the
# rest of what XML, and so the feed, cannot hold.
_UNPRINTABLE = (
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

Test = Callable[[pd.Series], pd.Series]


@dataclass(frozen=True)
class Rule:
    """A test of the cells of a column (all at once) and what a cell that fails it is told."""

    test: Test
    message: str


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `kind` is how the text is converted: text, day, whole, number, truth (yes or no) or list
    (parts between semicolons). `optional` cells may be empty. `key` columns together are unique.
    """

    name: str
    kind: str
    description: str
    optional: bool = False
    key: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    low: float | None = None
    high: float | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Reference:
    """A column whose values must stand in a column of another table; `many`: a cell has a list."""

    column: str
    table: str
    target: str
    many: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its name (that of its file without .csv), what it holds, and its columns."""

    name: str
    description: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()

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


def tables(codebook: Codebook, today: date) -> dict[str, Table]:
    """All tables of a data folder, in the order in which they are read and described."""
    made = (
        _events(codebook, today),
        _sources(),
        _actors(),
        _memberships(),
        _codings(codebook),
        _external_codings(codebook),
    )
    return {table.name: table for table in made}


def _score(codebook: Codebook, description: str) -> Column:
    low, high = codebook.scale.min, codebook.scale.max
    return Column("score", "whole", description, optional=True, low=low, high=high)


def _events(codebook: Codebook, today: date) -> Table:
    columns = (
        Column("event_id", "text", "<actor>-<yyyymmdd>-<slug>", key=True),
        Column("actor", "text", "Who acted: a code of actors.csv"),
        Column("date", "day", "Day of the act", rules=_day_between(EARLIEST_DATE, today)),
        Column("date_precision", "text", "How exact the date is", allowed=PRECISIONS),
        Column("end_date", "day", "Day on which a binding act ended", optional=True),
        Column("domain", "text", "What the act is about", allowed=tuple(codebook.domains)),
        Column("instrument", "text", "How it was taken", allowed=tuple(codebook.instruments)),
        _score(codebook, "Position that the act expresses or leaves in force; empty: context"),
        Column(
            "confidence", "text", "How sure the coding is", allowed=tuple(codebook.model.tolerance)
        ),
        Column("landmark", "truth", "Whether trend charts label the event"),
        Column("title", "text", "What happened, in a line", rules=(_at_most(LONGEST_TITLE),)),
        Column("summary", "text", "What happened, in one to three sentences"),
        Column("speaker", "text", "Person or body that acted"),
        Column("note", "text", "What is uncertain, or where sources disagree", optional=True),
        Column("source_ids", "list", "Sources of the event: ids of sources.csv", pattern=SLUG),
        Column(
            "recorded",
            "day",
            "Day on which the row entered or last changed",
            # Where a row is recorded it may be tomorrow already.
            rules=_day_between(EARLIEST_DATE, today + timedelta(days=1), "tomorrow"),
        ),
    )
    return Table(
        "events",
        "What one actor said or did, on one date",
        columns,
        (
            Reference("actor", "actors", "actor"),
            Reference("source_ids", "sources", "source_id", many=True),
        ),
    )


def _sources() -> Table:
    columns = (
        Column("source_id", "text", "Name of the source", key=True, pattern=SLUG),
        Column("url", "text", "Address of the page", rules=(_WEB_ADDRESS,)),
        Column("publisher", "text", "Who published it"),
        Column("title", "text", "Its headline; in [square brackets] a description"),
        Column("published", "text", "ISO day, month or year", optional=True, rules=(_DATE_LIKE,)),
        Column("language", "text", "ISO 639-1 code of its language", pattern="[a-z]{2}"),
        Column("checked", "text", "Whether its text was read", allowed=CHECKED),
    )
    return Table("sources", "The pages that back the events", columns)


def _actors() -> Table:
    columns = (
        Column("actor", "text", "ISO 3166-1 alpha-3, or a code", key=True, pattern=ACTOR_CODE),
        Column("name", "text", "Full name"),
        Column("short_name", "text", "Name where space is short"),
        Column("kind", "text", "What it is; a company takes no position", allowed=ACTOR_KINDS),
        Column("region", "text", "Part of the world"),
        Column("lon", "number", "Longitude of its marker, degrees east", low=-180, high=180),
        Column("lat", "number", "Latitude of its marker, degrees north", low=-90, high=90),
    )
    return Table("actors", "Who can take a position, and the subject itself", columns)


def _memberships() -> Table:
    columns = (
        Column("group", "text", "Name of the group", key=True, rules=(_GROUP_NAME,)),
        Column("actor", "text", "Member: a code of actors.csv", key=True),
        Column("joined", "day", "First day of the membership", key=True),
        Column("left", "day", "First day on which it is over; empty: it goes on", optional=True),
    )
    references = (Reference("actor", "actors", "actor"),)
    return Table("memberships", "Who belonged to which group when", columns, references)


def _codings(codebook: Codebook) -> Table:
    columns = (
        Column("event_id", "text", "Event that was coded", key=True),
        Column("coder", "text", "Who coded it", key=True, allowed=CODERS),
        _score(codebook, "The coder's score; empty: context"),
        Column("why", "text", "The coder's reason, where the case was not plain", optional=True),
    )
    references = (Reference("event_id", "events", "event_id"),)
    return Table("codings", "Every score that a coder gave", columns, references)


def _external_codings(codebook: Codebook) -> Table:
    columns = (
        Column("source", "text", "Name of the list's publisher", key=True),
        Column("url", "text", "Address of the list", key=True, rules=(_WEB_ADDRESS,)),
        Column("as_of", "text", "ISO day, month or year of the list", rules=(_DATE_LIKE,)),
        Column("actor", "text", "Code of the state", key=True, pattern=ACTOR_CODE),
        Column("category", "text", "The list's own word", key=True),
        _score(codebook, "The word mapped to the scale; empty: vendor shares"),
        Column("list", "text", "Copies of one list share this name"),
        Column("basis", "text", "What the list rests on", allowed=BASES),
        Column("quality", "text", "Empty, or weak", optional=True, allowed=QUALITIES),
    )
    return Table("external_codings", "Lists that others published, mapped to the scale", columns)


def _day_between(first: date, last: date, named: str = "today") -> tuple[Rule, ...]:
    # ISO days sort as texts, so no conversion is needed here.
    return (
        Rule(lambda days: days >= first.isoformat(), f"{{}} is before {first}"),
        Rule(lambda days: days <= last.isoformat(), f"{{}} is after {named}, {last}"),
    )


def _at_most(length: int) -> Rule:
    return Rule(lambda texts: texts.str.len() <= length, f"longer than {length} characters: {{}}")


def _is_day(texts: pd.Series) -> pd.Series:
    shaped = texts.str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
    days = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce")
    # There is no year 0, whatever numpy says.
    return shaped & days.notna() & (texts >= "0001")


def _is_date_like(texts: pd.Series) -> pd.Series:
    rest = "0001-01-01"
    padded = texts.str.cat(texts.str.len().map(lambda length: rest[length:]))
    return texts.str.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}") & _is_day(padded)


_WEB_ADDRESS = Rule(
    lambda urls: urls.str.fullmatch(r"https?://[^\s/?#\[\]]+(?:[/?#]\S*)?"),
    "{} is not an http or https address",
)
# A group has no code: its name stands between commas in links, and in menus and headings. Latin
# script is spelt out, as engines of regular expressions differ on what a letter is.
_WORD = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f0-9]+"
_GROUP_NAME = Rule(
    lambda names: names.str.fullmatch(f"{_WORD}(?:[ -]{_WORD})*"),
    "{} is not of Latin letters and digits with single spaces or hyphens between",
)
_DATE_LIKE = Rule(_is_date_like, "{} is not a day, month or year such as 2019-03-04")
_PRINTABLE = Rule(
    lambda texts: ~texts.str.contains(_UNPRINTABLE),
    "{} has a line break or a control character",
)
_FILLED = Rule(lambda texts: texts.str.strip() != "", "{} is empty")


def _between(column: Column) -> Rule:
    low, high = column.low, column.high
    assert low is not None
    assert high is not None
    return Rule(
        lambda texts: pd.to_numeric(texts, errors="coerce").between(low, high),
        f"{{}} is outside {low:g}..{high:g}",
    )


_KIND_RULES: dict[str, tuple[Rule, ...]] = {
    "text": (),
    "list": (),
    "day": (Rule(_is_day, "{} is not a day such as 2019-03-04"),),
    "whole": (Rule(lambda texts: texts.str.fullmatch("-?[0-9]{1,9}"), "{} is not a whole number"),),
    "number": (
        Rule(lambda texts: texts.str.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?"), "{} is not a number"),
    ),
    "truth": (Rule(lambda texts: texts.isin(["yes", "no"]), "{} is not yes or no"),),
}


def _rules(column: Column) -> Iterator[Rule]:
    """The rules of a column, in the order in which a cell meets them."""
    if not column.optional:
        yield _FILLED
    yield _PRINTABLE
    yield from _KIND_RULES[column.kind]
    if column.allowed:
        allowed = ", ".join(column.allowed)
        yield Rule(lambda texts: texts.isin(column.allowed), f"{{}} is not one of: {allowed}")
    if column.pattern:
        yield _pattern(column)
    if column.low is not None:
        yield _between(column)
    yield from column.rules


def _pattern(column: Column) -> Rule:
    pattern = column.pattern
    if column.kind == "list":
        pattern = f"{pattern}(?:{LIST_SEPARATOR}{pattern})*"
    return Rule(
        lambda texts: texts.str.fullmatch(pattern), "{} is not of the form " + column.pattern
    )


def _check(column: Column, rule: Rule) -> pa.Check:
    def passes(texts: pd.Series) -> pd.Series:
        passed = rule.test(texts).astype(bool)
        return passed | (texts == "") if column.optional else passed

    return pa.Check(passes, error=rule.message)


def _pandera(table: Table) -> pa.DataFrameSchema:
    columns = {
        column.name: pa.Column(str, [_check(column, rule) for rule in _rules(column)])
        for column in table.columns
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def cell_faults(table: Table, texts: pd.DataFrame, lines: Sequence[int], file: str) -> list[Fault]:
    """The first fault of every cell of a table, and every row whose key is not unique.

    `texts`: all columns as str, in the order of the header; `lines`: the line of each row in
    `file`.
    """
    faults = list(_repeated_keys(table, texts, lines, file))
    try:
        _pandera(table).validate(texts, lazy=True)
    except SchemaErrors as errors:
        failures = errors.failure_cases.drop_duplicates(["column", "index"])
        for column, row, value, message in failures[
            ["column", "index", "failure_case", "check"]
        ].itertuples(index=False):
            faults.append(Fault(file, lines[int(row)], column, message.replace("{}", shown(value))))
    return faults


def _repeated_keys(
    table: Table, texts: pd.DataFrame, lines: Sequence[int], file: str
) -> Iterator[Fault]:
    if not table.key:
        return
    keys = texts[table.key].agg(" ".join, axis=1) if len(table.key) > 1 else texts[table.key[0]]
    for row in keys.index[keys.duplicated()]:
        first = keys.index[keys == keys[row]][0]
        message = f"{shown(keys[row])} stands already in line {lines[first]}"
        yield Fault(file, lines[row], " + ".join(table.key), message)


def typed(table: Table, texts: pd.DataFrame) -> pd.DataFrame:
    """A checked table with each column converted: day to datetime64, whole to Int64 (nullable),
    number to float64, truth to bool; text and list stay str. Empty days and numbers are missing.
    """
    return pd.DataFrame({c.name: _convert(c.kind, texts[c.name]) for c in table.columns})


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


def event_id_pattern(actor: str, day: str) -> str:
    """The pattern of the ids of the events of an actor on an ISO day."""
    return f"{re.escape(actor)}-{re.escape(day.replace('-', ''))}-{SLUG}"
