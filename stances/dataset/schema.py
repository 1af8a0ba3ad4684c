"""The form of a valid table, column by column.

Every table is read as text. A `Column` says what its text may be; `cell_faults` finds all cells
that are not so; `typed_table` then converts each column explicitly. The same columns describe the
tables in `datapackage.json`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial

import pandas as pd

from stances.dataset.characters import UNPRINTABLE, UNSEEN, is_blank, one_form
from stances.dataset.codebook import Codebook, Domain, Instrument, Kind
from stances.dataset.days import EARLIEST_REST, PARTIAL_DATE
from stances.dataset.faults import MOST_FAULTS, Fault, inline
from stances.dataset.first_schema import UNCLASSED
from stances.dataset.names import (
    ACTOR_CODE,
    CODER_NAME,
    PLAIN_NAME,
    SLUG,
    WEB_ADDRESS,
    Form,
    names_user,
)

# Raised by one when a column is added; columns are never renamed or removed.
SCHEMA_VERSION = "1.3"
# That of tables whose codings do not say when they were given.
UNDATED_VERSION = "1.2"

EARLIEST_DATE = date(2000, 1, 1)
LONGEST_TITLE = 90
# Servers and browsers take no longer one.
_LONGEST_ADDRESS = 8_000
LIST_SEPARATOR = ";"
_DAY, _PARTIAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile(PARTIAL_DATE)

TABLE_NAMES = (
    "events", "sources", "acts", "deadlines", "actors", "profiles", "memberships", "codings",
    "external_codings",
)  # fmt: skip
# Those of them that a folder written before they came has not: there they are empty.
LATER_TABLES = ("deadlines", "profiles")
PRECISIONS = ("day", "month", "year")
CHECKED = ("read", "cited")
# Two names of coders have a meaning: `first` coded the event while it was researched, and a
# `review`, alone or before the name of who made it, corrects the codings before it.
FIRST, REVIEW = "first", "review"
# One tier too: a page of this kind republishes the text of another.
COPY = "copy"
QUALITIES = ("weak",)
LONGEST_ACT_NAME = 60
LONGEST_OBLIGATION = 170
# Whether an act has been applied to the subject: `unknown` is what nothing was found about.
APPLIED, EASED, NOT_APPLIED, UNKNOWN = "yes", "eased", "no", "unknown"
PRACTICE = (APPLIED, EASED, NOT_APPLIED, UNKNOWN)
ARTICLES = ("the",)
LONGEST_PRACTICE, LONGEST_DOUBT, LONGEST_STEP, LONGEST_PROFILE = 110, 140, 80, 320

# What a codebook calls its subject: short enough for titles that say more than that.
LONGEST_SUBJECT = 40
# Stands in links for every actor with a position, so no group may have this name.
ALL_ACTORS = "all"

Key = tuple[str, ...]
Labels = Mapping[str, str]
# What is not empty, zero, False or None says that a text passes.
Test = Callable[[str], object]


@dataclass(frozen=True)
class Rule:
    """A test of the text of a cell and what a cell that fails it is told."""

    test: Test
    message: str


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `kind` is how the text is converted: text, day, partial (a day, month or year), whole, number,
    truth (yes or no) or list (parts between semicolons; `allowed` and `pattern` are of a part).
    `names`: what readers call the allowed codes. `optional` cells may be empty. `key` columns
    together are unique. `later` ones came after the first release: in a table that has none of them
    each cell is the `default`.
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
    later: bool = False
    default: str = ""
    names: Labels = field(default_factory=dict, compare=False)

    @property
    def form(self) -> str:
        """The pattern of a whole cell; empty where any text will do."""
        if self.kind == "partial":
            return PARTIAL_DATE
        if self.kind == "list":
            part = self.pattern or "|".join(self.allowed) or f"[^{LIST_SEPARATOR}]+"
            return f"(?:{part})(?:{LIST_SEPARATOR}(?:{part}))*"
        return self.pattern


# A column whose cells may be empty.
optional = partial(Column, optional=True)


@dataclass(frozen=True)
class Reference:
    """A column whose values must stand in a column of another table; `many`: a cell has a list."""

    column: str
    table: str
    target: str
    many: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its name (that of its file without .csv), what it holds, and its columns; whether it
    is `needed`, or has no row where its file is missing.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
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

    def missing_cells(self, header: list[str]) -> list[str]:
        """Return what rows older than the later columns lack at their end; else nothing."""
        later = [column for column in self.columns if column.later]
        earlier = self.header[: len(self.header) - len(later)]
        return [column.default for column in later] if header == earlier else []

    def around(self, added: Sequence[Column]) -> tuple[Column, ...]:
        """Return the columns of a file that has more than the table: those that the table had
        first, those that are `added`, and those that it got later, which came after them.
        """
        first, later = ([c for c in self.columns if c.later is late] for late in (False, True))
        return (*first, *added, *later)


def tables(codebook: Codebook, today: date) -> dict[str, Table]:
    """All tables of a data folder, in the order in which they are read and described."""
    made = (
        _events(codebook, today),
        _sources(codebook),
        _acts(codebook, today),
        _deadlines(codebook),
        _actors(codebook),
        _profiles(today),
        _memberships(),
        _codings(codebook, today),
        _external_codings(codebook),
    )
    return {table.name: table for table in made}


def _code_column(name: str, description: str, labels: Labels, kind: str = "text") -> Column:
    """Return a column of codes of the codebook, which have these labels."""
    return Column(name, kind, description, allowed=tuple(labels), names=labels)


def _labels(coded: Mapping[str, Domain] | Mapping[str, Instrument] | Mapping[str, Kind]) -> Labels:
    return {code: entry.label for code, entry in coded.items()}


def _score(codebook: Codebook, description: str) -> Column:
    low, high = codebook.scale.min, codebook.scale.max
    return optional("score", "whole", description, low=low, high=high)


def _recording_column(today: date) -> Column:
    # Where a row is recorded it may be tomorrow already.
    rules = _day_up_to(today + timedelta(days=1), "tomorrow")
    return Column("recorded", "day", "Day on which the row entered or last changed", rules=rules)


def _confidence(codebook: Codebook) -> Column:
    allowed = tuple(codebook.model.tolerance)
    return Column("confidence", "text", "How sure the coding is", allowed=allowed)


def _events(codebook: Codebook, today: date) -> Table:
    columns = (
        Column("event_id", "text", "<actor>-<yyyymmdd>-<slug>", key=True),
        Column("actor", "text", "Who acted: a code of actors.csv"),
        Column("date", "day", "Day of the act", rules=_day_up_to(today)),
        Column("date_precision", "text", "How exact the date is", allowed=PRECISIONS),
        optional("end_date", "day", "Day on which a binding act ended"),
        _code_column("domain", "What the act is about", _labels(codebook.domains)),
        _code_column("instrument", "How it was taken", _labels(codebook.instruments)),
        _score(codebook, "Position that the act expresses or leaves in force; empty: context"),
        _confidence(codebook),
        Column("landmark", "truth", "Whether trend charts label the event"),
        Column("title", "text", "What happened, in a line", rules=(_at_most(LONGEST_TITLE),)),
        Column("summary", "text", "What happened, in one to three sentences"),
        Column("speaker", "text", "Person or body that acted"),
        optional("note", "text", "What is uncertain, or where sources disagree"),
        Column("source_ids", "list", "Sources of the event: ids of sources.csv", pattern=SLUG),
        _recording_column(today),
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


def _sources(codebook: Codebook) -> Table:
    tier = _code_column("tier", "What kind of page it is", codebook.tiers)
    columns = (
        Column("source_id", "text", "Name of the source", key=True, pattern=SLUG),
        Column("url", "text", "Address of the page", rules=_ADDRESS),
        Column("publisher", "text", "Who published it", rules=_NAME),
        Column("title", "text", "Its headline; in [square brackets] a description"),
        optional("published", "partial", "When it was published"),
        Column("language", "text", "ISO 639-1 code of its language", pattern="[a-z]{2}"),
        Column("checked", "text", "Whether its text was read", allowed=CHECKED),
        replace(tier, later=True, default=UNCLASSED),
    )
    return Table("sources", "The pages that back the events and the acts", columns)


def _acts(codebook: Codebook, today: date) -> Table:
    columns = (
        Column("act_id", "text", "<actor>-<slug>", key=True),
        Column("actor", "text", "Who is bound by it, or made it: a code of actors.csv"),
        optional("event_id", "text", "Event that brought it; empty: none is recorded"),
        _code_column("domain", "What the act is about", _labels(codebook.domains)),
        Column(
            "name", "text", "What the act is called", rules=(*_NAME, _at_most(LONGEST_ACT_NAME))
        ),
        Column(
            "obligation",
            "text",
            "What must be done or is forbidden, for whom",
            rules=(_at_most(LONGEST_OBLIGATION),),
        ),
        _code_column("scope", "What it covers", codebook.acts.scope, "list"),
        _code_column("aim", "How it meets the subject", codebook.acts.aim),
        *_act_dates(codebook, today),
        optional("legal_reference", "text", "Where the law has it"),
        optional("legal_url", "text", "Its address", rules=_ADDRESS),
        optional("penalty", "text", "What a breach costs"),
        optional("used", "text", "How it was applied, as far as known"),
        _confidence(codebook),
        optional("note", "text", "What is uncertain, or where sources disagree"),
        Column("source_ids", "list", "Sources of the act: ids of sources.csv", pattern=SLUG),
        _recording_column(today),
        *_practice(),
    )
    references = (
        Reference("actor", "actors", "actor"),
        Reference("event_id", "events", "event_id"),
        Reference("ended_by", "events", "event_id"),
        Reference("source_ids", "sources", "source_id", many=True),
    )
    # A codebook without the words of a register was written before there was one.
    needed = bool(codebook.acts.scope)
    return Table("acts", "The register: what binds, act by act", columns, references, needed)


def _act_dates(codebook: Codebook, today: date) -> tuple[Column, ...]:
    """Return the life of an act: when it came, what falls due, and how it ended."""
    terms = codebook.acts
    kind = _code_column("deadline_kind", "What the deadline is for", terms.deadline_kind)
    adopted = Rule(lambda date: date <= today.isoformat(), f"{{}} is after today, {today}")
    return (
        optional("adopted", "partial", "When it was adopted", rules=(adopted,)),
        optional("in_force_from", "partial", "From when it binds"),
        optional("deadline", "partial", "Its last deadline"),
        replace(kind, optional=True),
        optional("deadline_what", "text", "What falls due"),
        optional("ended", "partial", "When it ended; empty: it has not"),
        replace(_code_column("ended_how", "How it ended", terms.ended_how), optional=True),
        optional("ended_by", "text", "Event that ended it"),
    )


def _practice() -> tuple[Column, ...]:
    """Return what has become of an act, and how sure it is that it holds."""
    return (
        Column(
            "applied",
            "text",
            "Whether it has been applied to the subject",
            allowed=PRACTICE,
            later=True,
            default=UNKNOWN,
        ),
        optional(
            "applied_what", "text", "What was done", rules=(_at_most(LONGEST_PRACTICE),), later=True
        ),
        optional("applied_since", "partial", "Since when it is applied", later=True),
        optional(
            "doubt",
            "text",
            "Why its status is not certain; empty: it is",
            rules=(_at_most(LONGEST_DOUBT),),
            later=True,
        ),
    )


def _deadlines(codebook: Codebook) -> Table:
    terms = codebook.acts
    kind = _code_column("kind", "What the date is for", terms.deadline_kind)
    part = _code_column("part", "What part it is about", terms.part)
    columns = (
        Column("act_id", "text", "Act that sets the date", key=True),
        Column("deadline", "partial", "Last day on which the duty may be met", key=True),
        replace(kind, key=True),
        replace(part, key=True),
        Column("what", "text", "What falls due", rules=(_at_most(LONGEST_STEP),)),
        optional("note", "text", "What is uncertain, or where sources disagree"),
    )
    references = (Reference("act_id", "acts", "act_id"),)
    return Table("deadlines", "Every dated step of every act", columns, references, needed=False)


def _actors(codebook: Codebook) -> Table:
    columns = (
        Column("actor", "text", "ISO 3166-1 alpha-3, or a code", key=True, pattern=ACTOR_CODE),
        Column("name", "text", "Full name", rules=_NAME),
        Column("short_name", "text", "Name where space is short", rules=_NAME),
        _code_column("kind", "What it is", _labels(codebook.kinds)),
        Column("region", "text", "Part of the world", rules=_NAME),
        Column("lon", "number", "Longitude of its marker, degrees east", low=-180, high=180),
        Column("lat", "number", "Latitude of its marker, degrees north", low=-90, high=90),
        optional(
            "article", "text", "Article before its name in a sentence", allowed=ARTICLES, later=True
        ),
    )
    return Table("actors", "Who can take a position, and the subject itself", columns)


def _profiles(today: date) -> Table:
    days = _day_up_to(today)
    columns = (
        Column("actor", "text", "Whose profile it is: a code of actors.csv", key=True),
        Column("as_of", "day", "Day on which it is true", key=True, rules=days),
        Column(
            "text",
            "text",
            "Where the actor stands, in a sentence or two",
            rules=(_at_most(LONGEST_PROFILE), _SCORELESS),
        ),
        optional("act_ids", "list", "Acts that it rests on: ids of acts.csv"),
        optional("event_ids", "list", "Events that it rests on: ids of events.csv"),
        _recording_column(today),
    )
    references = (
        Reference("actor", "actors", "actor"),
        Reference("act_ids", "acts", "act_id", many=True),
        Reference("event_ids", "events", "event_id", many=True),
    )
    text = "Where an actor stands, in words to be printed"
    return Table("profiles", text, columns, references, needed=False)


def _memberships() -> Table:
    columns = (
        Column("group", "text", "Name of the group", key=True, rules=(_form_rule(PLAIN_NAME),)),
        Column("actor", "text", "Member: a code of actors.csv", key=True),
        Column("joined", "day", "First day of the membership", key=True),
        optional("left", "day", "First day on which it is over; empty: it goes on"),
    )
    references = (Reference("actor", "actors", "actor"),)
    return Table("memberships", "Who belonged to which group when", columns, references)


def review_name(coder: str) -> str:
    """Return the name under which a coder reviews."""
    return coder if is_review(coder) else f"{REVIEW} {coder}"


def is_review(coder: str) -> bool:
    """Say whether who is named corrected codings, instead of giving one more."""
    return coder == REVIEW or coder.startswith(f"{REVIEW} ")


def _codings(codebook: Codebook, today: date) -> Table:
    columns = (
        Column("event_id", "text", "Event that was coded", key=True),
        Column("coder", "text", "Who coded it", key=True, rules=(_form_rule(CODER_NAME),)),
        _score(codebook, "The coder's score; empty: context"),
        optional("why", "text", "The coder's reason, where the case was not plain"),
        replace(
            _recording_column(today),
            description="Day on which the coding was given; empty: not known",
            optional=True,
            later=True,
        ),
        optional(
            "codebook",
            "text",
            "Start of the SHA-256 of the codebook.toml coded by; empty: not known",
            pattern="[0-9a-f]{8}",
            later=True,
        ),
    )
    references = (Reference("event_id", "events", "event_id"),)
    return Table("codings", "Every score that a coder gave", columns, references)


def _external_codings(codebook: Codebook) -> Table:
    columns = (
        Column("source", "text", "Name of the list's publisher", key=True, rules=_NAME),
        Column("url", "text", "Address of the list", key=True, rules=_ADDRESS),
        Column("as_of", "partial", "When the list was true"),
        Column("actor", "text", "Code of the state", key=True, pattern=ACTOR_CODE),
        Column("category", "text", "The list's own word", key=True),
        _score(codebook, "The word mapped to the scale; empty: it has no place there"),
        Column("list", "text", "Copies of one list share this name", rules=_NAME),
        _code_column("basis", "What the list rests on", codebook.bases),
        optional("quality", "text", "Empty, or weak", allowed=QUALITIES),
    )
    return Table("external_codings", "Lists that others published, mapped to the scale", columns)


def _day_up_to(last: date, named: str = "today") -> tuple[Rule, ...]:
    # ISO days sort as texts, so no conversion is needed here.
    return (
        Rule(lambda day: day >= EARLIEST_DATE.isoformat(), f"{{}} is before {EARLIEST_DATE}"),
        Rule(lambda day: day <= last.isoformat(), f"{{}} is after {named}, {last}"),
    )


def _at_most(length: int) -> Rule:
    return Rule(lambda text: len(text) <= length, f"longer than {length} characters: {{}}")


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_partial(text: str) -> bool:
    """Say whether a text is a day, a month or a year, as 2019-03-04, 2019-03 or 2019."""
    return bool(_PARTIAL.fullmatch(text)) and _is_day(text + EARLIEST_REST[len(text) :])


def are_partial(texts: pd.Series) -> pd.Series:
    """Say of each text whether it is a day, a month or a year."""
    return texts.map(is_partial).astype(bool)


def _in_form(pattern: str) -> Test:
    """Return the test whether the whole of a text has a form."""
    return re.compile(pattern).fullmatch


def _without(pattern: str) -> Test:
    """Return the test whether there is nothing of a form in a text."""
    search = re.compile(pattern).search
    return lambda text: search(text) is None


_PRINTABLE = Rule(_without(UNPRINTABLE), "{} has a line break or a control character")
_FILLED = Rule(lambda text: not is_blank(text), "{} is empty")
# Of a name, which is compared with others and so must be what it looks like.
_VISIBLE = Rule(_without(UNSEEN), "{} has a character that cannot be seen")
_SPACED = Rule(
    lambda name: name == " ".join(name.split()),
    "{} has a blank that is no single space between words",
)
_NAME = (_VISIBLE, _SPACED)
# A point of the scale has a sign before it, and stands for no number of things.
_SCORELESS = Rule(
    _without(r"(?<![\w-])[-+\u2212][0-3](?:\.[0-9]+)?(?!\w)"), "{} has the figure of a score"
)


SUBJECT = Column(
    "subject", "text", "What positions are about", rules=(*_NAME, _at_most(LONGEST_SUBJECT))
)


def _form_rule(form: Form) -> Rule:
    return Rule(_in_form(form.pattern), f"{{}} is not of {form.text}")


_ADDRESS = (
    _VISIBLE,
    Rule(_in_form(WEB_ADDRESS.pattern), f"{{}} is not {WEB_ADDRESS.text}"),
    Rule(lambda url: not names_user(url), "{} names a user before its host"),
    Rule(
        lambda url: len(url) <= _LONGEST_ADDRESS,
        f"{{}} has more than {_LONGEST_ADDRESS:,} characters",
    ),
)


def _between(column: Column) -> Rule:
    low, high = column.low, column.high
    assert low is not None
    assert high is not None
    return Rule(lambda text: low <= float(text) <= high, f"{{}} is outside {low:g}..{high:g}")


_KIND_RULES: dict[str, tuple[Rule, ...]] = {
    "text": (),
    "list": (),
    "day": (Rule(_is_day, "{} is not a day such as 2019-03-04"),),
    "partial": (Rule(is_partial, "{} is not a day, month or year such as 2019-03-04"),),
    "whole": (Rule(_in_form("-?[0-9]{1,9}"), "{} is not a whole number"),),
    "number": (Rule(_in_form(r"-?[0-9]+(?:\.[0-9]+)?"), "{} is not a number"),),
    "truth": (Rule(lambda text: text in ("yes", "no"), "{} is not yes or no"),),
}


def _rules(column: Column) -> Iterator[Rule]:
    """Yield the rules of a column, in the order in which a cell meets them."""
    yield _FILLED
    yield _PRINTABLE
    yield from _KIND_RULES[column.kind]
    if column.allowed:
        yield _one_of(column)
    if column.pattern:
        yield _pattern(column)
    if column.low is not None:
        yield _between(column)
    yield from column.rules


def _one_of(column: Column) -> Rule:
    allowed = ", ".join(column.allowed)
    if column.kind == "list":
        text = f"{{}} is not one or more, with {LIST_SEPARATOR} between, of: {allowed}"
        return Rule(_in_form(column.form), text)
    return Rule(lambda text: text in column.allowed, f"{{}} is not one of: {allowed}")


def _pattern(column: Column) -> Rule:
    text = "{} is not of the form " + column.pattern
    return Rule(_in_form(column.form), text)


def cell_faults(table: Table, texts: pd.DataFrame, lines: Sequence[int], file: str) -> list[Fault]:
    """Return the first fault of every cell of a table, row by row, as many as are told.

    `texts`: all columns as str, in the order of the header; `lines`: the line in `file` of each
    row, by the index of `texts`.
    """
    failures = [
        (row, place, message)
        for place, column in enumerate(table.columns)
        for row, message in _failures(column, texts[column.name])
    ]
    return [
        Fault(file, lines[row], table.columns[place].name, message)
        for row, place, message in sorted(failures)[: MOST_FAULTS + 1]
    ]


def _failures(column: Column, texts: pd.Series) -> Iterator[tuple[int, str]]:
    """Yield the row of each cell that fails a rule, and what it is told of the first such rule."""
    rules, cells = [*_rules(column)], {*texts}
    if column.optional:
        cells.discard("")
    failed = {text: fault for text in cells if (fault := _fault(rules, text))}
    for row, text in texts.items() if failed else ():
        if text in failed:
            yield int(str(row)), failed[text]


def _fault(rules: Sequence[Rule], text: str) -> str:
    """Return what is told of the first rule that a text fails; nothing where it passes all."""
    first = next((rule for rule in rules if not rule.test(text)), None)
    return first.message.replace("{}", inline(text)) if first else ""


def column_fault(column: Column, text: str) -> str:
    """Return what is wrong with the text of one cell, whatever its row; empty where it is valid."""
    return "" if column.optional and not text else _fault([*_rules(column)], text)


def repeated_keys(
    table: Table, texts: pd.DataFrame, lines: Sequence[int], file: str, first_lines: dict[Key, int]
) -> Iterator[Fault]:
    """Yield a fault for every row whose key stands before it. Arguments as of `cell_faults`;
    `first_lines`: of the keys before these rows, to which theirs are added.
    """
    if not table.key:
        return
    keys = zip(*(texts[column] for column in table.key), strict=True)
    for row, cells in zip(texts.index, keys, strict=True):
        key = tuple(map(one_form, cells))
        stands = first_lines.setdefault(key, lines[row])
        if stands != lines[row]:
            message = f"{inline(' '.join(key))} stands already in line {stands}"
            yield Fault(file, lines[row], " + ".join(table.key), message)


def typed_table(table: Table, texts: pd.DataFrame) -> pd.DataFrame:
    """Return a checked table with each column converted: day to datetime64, whole to Int64
    (nullable), number to float64, truth to bool; text, partial and list stay str. Empty days and
    numbers are missing.
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
