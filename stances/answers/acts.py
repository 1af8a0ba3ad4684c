"""The register of acts on a day: what binds, what falls due, what was before and what came after.

`acts_on` has the columns of `acts.csv`, then status and deadline_passed; all else here takes or
gives its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers.events import OF_SOURCES, fold, fold_by_id, searched_texts, sought_parts
from stances.answers.events import SEARCHED as OF_EVENTS
from stances.answers.rows import column_rows
from stances.dataset.about import About
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.days import first_day, last_day
from stances.dataset.schema import ALL_ACTORS, LIST_SEPARATOR, NOT_APPLIED, PRACTICE, UNKNOWN
from stances.dataset.tables import Dataset, once_of
from stances.model import groups
from stances.model.register import (
    ENDED,
    IN_FORCE,
    NO_ACT_YET,
    NOT_YET,
    Register,
    binds_from,
)
from stances.words import Dated

# Addresses name the statuses so; ALL of them, and an act with ANY deadline, can be asked for too.
STATUSES = {"in_force": IN_FORCE, "not_yet": NOT_YET, "ended": ENDED}
ALL, ANY = "all", "any"
STATUS_LABELS = {code: text.capitalize() for code, text in STATUSES.items()} | {ALL: "All"}
# The orders in which acts are listed, with what controls call them.
BY_NAME = "name"
ORDERS = {
    BY_NAME: "By name",
    "date": "Newest first",
    "deadline": "Next deadline first",
    "used": "Used first",
    "status": "In force first",
    "aim": "By aim",
}
SEARCHED = (
    "name", "obligation", "legal_reference", "deadline_what", "used", "note", "applied_what",
    "doubt",
)  # fmt: skip


def acts_on(data: Dataset, day: date) -> pd.DataFrame:
    """Return the acts that were adopted by a day, in the order of the register: its columns, the
    status on that day (not yet, in force or ended) and deadline_passed, whether an act in force is
    past its deadline. What it was applied to is told from the day on which it first was.
    """
    rows = _register_on(data, day)
    return rows[rows["status"] != NO_ACT_YET].reset_index(drop=True)


def act_on(data: Dataset, day: date, act_id: str) -> Any:
    """Return an act with its columns as attributes, as in `acts_on`; before adoption no status."""
    register = _register_on(data, day)
    rows: list[Any] = list(register[register["act_id"] == act_id].itertuples(index=False))
    return rows[0]


@once_of
def _register(data: Dataset) -> Register:
    return Register(data.acts)


def _register_on(data: Dataset, day: date) -> pd.DataFrame:
    register = _register(data)
    return data.acts.assign(
        **register.practice(day),
        status=register.status(day),
        deadline_passed=register.deadline_passed(day),
    )


# -- law and practice ---------------------------------------------------------------------------

# Beside the codes of PRACTICE an address can ask for powers: acts that limit the subject by their
# level and are not known to have been used.
POWER = "power"


def is_of_cases(codebook: Codebook, domain: str) -> bool:
    """Say whether what binds in a domain are open cases, not rules."""
    return domain != OVERALL and codebook.domains[domain].open_case


def least_level(codebook: Codebook, domain: str) -> int:
    """Return the mildest level that limits the subject; any case not in its favour does."""
    return -1 if is_of_cases(codebook, domain) else codebook.scale.restricting


def act_levels(data: Dataset) -> NDArray[np.float64]:
    """Return the score of the event that brought each act of the register; NaN: none recorded."""
    scores = data.acts["event_id"].map(data.events.set_index("event_id")["score"])
    return scores.to_numpy(np.float64, na_value=np.nan)


def limiting_lines(data: Dataset) -> NDArray[np.bool_]:
    """Return, for each act of the register, whether it limits the subject by its level."""
    least = [least_level(data.codebook, domain) for domain in data.acts["domain"]]
    return np.asarray(act_levels(data) <= np.array(least), bool)


@once_of
def _powers(data: Dataset) -> frozenset[str]:
    """Return the acts that limit by level and are no cases: those are at work, not in wait."""
    lines = data.acts[limiting_lines(data)]
    cases = [is_of_cases(data.codebook, domain) for domain in lines["domain"]]
    return frozenset(lines["act_id"][~np.array(cases, bool)])


def has_practice(data: Dataset, row: Any, wanted: Collection[str]) -> bool:
    """Say whether the practice of an act (of `acts_on`) by a day is one of those wanted."""
    is_power = row.applied in (NOT_APPLIED, UNKNOWN) and row.act_id in _powers(data)
    return row.applied in wanted or (POWER in wanted and is_power)


def is_general(codebook: Codebook, texts: str, applied: str) -> bool:
    """Say whether the `texts` of an act do not name the subject and no use against it is known."""
    return codebook.subject.casefold() not in texts.casefold() and applied in (NOT_APPLIED, UNKNOWN)


# -- finding ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ActQuery:
    """A search for acts; a part left out lets every act through, and all parts must hold.

    `text`: words that must all occur in the texts of SEARCHED, in those of the event that brought
    it, or in its sources, as in a search for events. `actors`,
    `scopes`, `aims`, `applied`: codes, one of which the act must have (nobody among `actors`: no
    act; `applied`: whether it has been applied to the subject by the day, of FILTER_WORDS).
    `domain`: a code; `status`: of STATUSES, or ALL; `deadline`: a kind, ANY, or ALL.
    """

    text: str = ""
    actors: Collection[str] | None = None
    domain: str = OVERALL
    scopes: Collection[str] = ()
    aims: Collection[str] = ()
    status: str = ALL
    deadline: str = ALL
    applied: Collection[str] = ()

    @property
    def is_narrowed(self) -> bool:
        """Say whether more is looked for than actors, a domain and a status."""
        lists = self.scopes or self.aims or self.applied
        return bool(self.text or lists or self.deadline != ALL)


def actors_of(data: Dataset, day: date, who: Sequence[str]) -> list[str] | None:
    """Return the actors that codes stand for on a day, of a group its members; None: no code."""
    standing = groups.standing_for(data.memberships, who, day, day)
    return sorted({actor for actors in standing.values() for actor in actors}) if who else None


def find_acts(data: Dataset, day: date, query: ActQuery, order: str = BY_NAME) -> pd.DataFrame:
    """Return the acts adopted by a day that fit a query, in one of ORDERS, those without a deadline
    last by these; equals by actor and name. A kind of deadline is that of any of their steps.
    """
    rows = acts_on(data, day)
    for column, allowed in _values_by_column(query).items():
        rows = rows[rows[column].isin(allowed)]
    if query.deadline != ALL:
        steps = step_rows(data)
        dated = ({step.kind for step in steps.get(act, ())} for act in rows["act_id"])
        fits = (
            bool(kinds) if query.deadline == ANY else query.deadline in kinds for kinds in dated
        )
        rows = _where(rows, fits)
    if query.applied:
        every: Iterable[Any] = rows.itertuples(index=False)
        rows = _where(rows, (has_practice(data, row, query.applied) for row in every))
    if query.scopes:
        covered = rows["scope"].str.split(LIST_SEPARATOR)
        rows = _where(rows, (not set(query.scopes).isdisjoint(codes) for codes in covered))
    if parts := sought_parts(query.text):
        beside, of_rows = _texts_beside(data), searched_texts(rows, SEARCHED)
        pairs = zip(rows["act_id"], of_rows, strict=True)
        texts = (f"{text}\n{beside[act]}" for act, text in pairs)
        rows = _where(rows, (all(part in text for part in parts) for text in texts))
    return _sort(data, rows, order, day)


@once_of
def _texts_beside(data: Dataset) -> dict[str, str]:
    """Return what acts are found by beside their own texts: their sources and their events."""
    events = data.acts[["act_id", "event_id"]].merge(data.events, on="event_id")
    return fold_by_id("act_id", (data.act_sources, OF_SOURCES), (events, OF_EVENTS))


def _values_by_column(query: ActQuery) -> dict[str, Collection[str]]:
    """Return the columns that a query narrows to some values, with these."""
    return {
        **({} if query.actors is None else {"actor": query.actors}),
        **({} if query.domain == OVERALL else {"domain": [query.domain]}),
        **({"aim": query.aims} if query.aims else {}),
        **({} if query.status == ALL else {"status": [STATUSES[query.status]]}),
    }


def _where(rows: pd.DataFrame, fits: Iterable[bool]) -> pd.DataFrame:
    return rows[np.fromiter(fits, bool)]


def _sort(data: Dataset, rows: pd.DataFrame, order: str, day: date) -> pd.DataFrame:
    names = rows["actor"].map(data.actors.set_index("actor")["short_name"])
    by_name = {"who": names.map(fold), "called": rows["name"].map(fold)}
    rows = rows.assign(**by_name).sort_values(list(by_name)).drop(columns=list(by_name))
    steps = step_rows(data)
    statuses, aims = [*STATUSES.values()], [*data.codebook.acts.aim]
    keys: dict[str, Callable[[Any], Any]] = {
        "date": lambda row: -first_day(since(row)).toordinal(),
        "deadline": lambda row: _by_next(steps.get(row.act_id, ()), row.status, day),
        "used": lambda row: PRACTICE.index(row.applied),
        "status": lambda row: statuses.index(row.status),
        "aim": lambda row: aims.index(row.aim),
    }
    if order in keys:
        rows = _by(rows, keys[order])
    return rows.reset_index(drop=True)


def _by(rows: pd.DataFrame, key: Callable[[Any], Any]) -> pd.DataFrame:
    keys = [key(row) for row in rows.itertuples(index=False)]
    return rows.iloc[sorted(range(len(rows)), key=keys.__getitem__)]


def _by_next(steps: Sequence[StepRow], status: str, day: date) -> tuple[bool, bool, int]:
    """Return the place of an act by its next step; one that has ended or sets none comes last."""
    if not steps or status == ENDED:
        return True, True, 0
    ends = [last_day(step.deadline) for step in steps]
    return False, *min(next_first(end, end < day) for end in ends)


def since(row: Any) -> str:
    """Return when an act begins to bind, no more exactly than it is known."""
    return binds_from(row.adopted, row.in_force_from)


class Use(NamedTuple):
    """The practice of an act up to a day. `applied`: a code of PRACTICE; `what`: what was done,
    maybe empty; `since`: when it first was, None where it was not or nothing is known.
    """

    applied: str
    what: str
    since: Dated | None


NO_USE_KNOWN = Use(UNKNOWN, "", None)


def use_of(row: Any) -> Use:
    """Return what has become of an act, a row of `acts_on` or a line of the register."""
    since_day = words.partial_date(row.applied_since) if row.applied_since else None
    return Use(str(row.applied), str(row.applied_what), since_day)


# -- what falls due -----------------------------------------------------------------------------


class StepRow(NamedTuple):
    """A line of `deadlines.csv` without its act."""

    deadline: str
    kind: str
    part: str
    what: str
    note: str


@once_of
def step_rows(data: Dataset) -> dict[str, list[StepRow]]:
    """Return every act's steps in the order of the file; without one, its own deadline."""
    rows: dict[str, list[StepRow]] = defaultdict(list)
    for act_id, *row in column_rows(data.deadlines, "act_id", *StepRow._fields):
        rows[act_id].append(StepRow(*row))
    columns = ("act_id", "deadline", "deadline_kind", "deadline_what")
    for act_id, deadline, kind, what in column_rows(data.acts, *columns):
        if deadline and act_id not in rows:
            rows[act_id].append(StepRow(deadline, kind, "", what, ""))
    return dict(rows)


def next_first(end: date, passed: bool) -> tuple[bool, int]:
    """Rank a deadline by its last day: what is ahead, the next first; then passed, newest first."""
    return passed, -end.toordinal() if passed else end.toordinal()


# -- what was before and what came after --------------------------------------------------------


@dataclass(frozen=True)
class Around:
    """The acts before and after an act, by their ids in the order of the register."""

    before: list[str]
    after: list[str]


def around_act(data: Dataset, act_id: str, day: date | None = None) -> Around:
    """Return what an act took the place of, and what took its place: acts that rest on the event by
    which the earlier one ended, and acts of the same actor in the same domain that were adopted, or
    bind, from the day on which it ended. `day`: only what had ended and was adopted by then.
    """
    register = data.acts if day is None else _register_on(data, day)
    rows: list[Any] = list(register.itertuples(index=False))
    [act] = [row for row in rows if row.act_id == act_id]
    others = [row for row in rows if row.act_id != act_id]
    follows = _follows if day is None else _has_followed
    return Around(
        [other.act_id for other in others if follows(act, other)],
        [other.act_id for other in others if follows(other, act)],
    )


def _has_followed(later: Any, earlier: Any) -> bool:
    """Say of rows of the register on a day whether one is an act that took the place of another."""
    so_far = earlier.status == ENDED and later.status != NO_ACT_YET
    return so_far and _follows(later, earlier)


def _follows(later: Any, earlier: Any) -> bool:
    if not earlier.ended:
        return False
    if earlier.ended_by and later.event_id == earlier.ended_by:
        return True
    if (later.actor, later.domain) != (earlier.actor, earlier.domain):
        return False
    first, last = first_day(earlier.ended), last_day(earlier.ended)
    begun = [first_day(known) for known in (later.adopted, since(later)) if known]
    return any(first <= begin <= last for begin in begun)


# -- in words -----------------------------------------------------------------------------------

# What is told of acts of each status, of one and of several.
_STATUS_WORDS = {
    "in_force": ("is in force", "are in force"),
    "not_yet": ("is adopted and not yet in force", "are adopted and not yet in force"),
    "ended": ("has ended", "have ended"),
    ALL: ("is in the register", "are in the register"),
}
_BESIDE = {
    "in_force": ("is in force", "are in force"),
    "not_yet": ("is not yet in force", "are not yet in force"),
    "ended": ("has ended", "have ended"),
}
# The orders of ORDERS within a sentence.
ORDERED = {
    "name": "by country and name",
    "date": "the newest in force first",
    "deadline": "the next deadline first",
    "used": "those used first",
    "status": "those in force first",
    "aim": "by what they aim at",
}
# So many of those looked for are named in a headline.
_MOST_NAMED = 3


IN_DOUBT = "in doubt"


def in_doubt_words(known: str) -> str:
    """Return that a rule is in doubt. `known`: as of which day, where later (`known_later`)."""
    return f"{IN_DOUBT} on {known}" if known else IN_DOUBT


def status_words(status: str, passed: bool = False, doubt: str = "") -> str:
    """Return a status as a reader takes it. `doubt`: why it is not certain; empty: it is."""
    text = {NO_ACT_YET: "Not yet adopted", NOT_YET: "Not yet in force", ENDED: "Ended"}
    state = text.get(status) or f"In force{', deadline passed' if passed else ''}"
    return f"{state}, {IN_DOUBT}" if doubt else state


def doubt_words(doubt: str, known: str = "") -> str:
    """Say why the status of an act is not certain, as a sentence; empty where it is. `known`: the
    day on which it was in doubt, where that is later than the one shown (`known_later`).
    """
    on = f" on {known}" if known else ""
    return f"In doubt{on}: {doubt.rstrip('.')}." if doubt else ""


def standing_words(codebook: Codebook, row: Any, day: date) -> str:
    """Say where an act stands on a day, in a sentence."""
    if row.status == NO_ACT_YET:
        return f"Not yet adopted on {words.day(day)}."
    if row.status == ENDED:
        how = codebook.acts.ended_how[row.ended_how].lower()
        return f"Ended {words.on_day(words.partial_date(row.ended))}: {how}."
    begin = words.day(words.partial_date(since(row)))
    if row.status == NOT_YET:
        return f"Adopted, not yet in force: it binds from {begin}."
    return f"In force since {begin}."


def covers(codebook: Codebook, row: Any) -> str:
    """Return what an act covers."""
    return ", ".join(codebook.acts.scope[code] for code in row.scope.split(LIST_SEPARATOR))


class ActCount(NamedTuple):
    """Acts that are found, and how many actors they are of. `group`: whose members alone are looked
    for; `others`: how many that fit as well have other statuses; `doubted`: of how many the status
    is in doubt; `known`: as of `doubt_words`.
    """

    acts: int
    actors: int
    group: str = ""
    others: Mapping[str, int] = MappingProxyType({})
    doubted: int = 0
    known: str = ""


def acts_headline(
    codebook: Codebook, about: About, query: ActQuery, count: ActCount, named: Sequence[str] = ()
) -> str:
    """Say how many acts there are. `named`: those looked for, if not members of a group."""
    if not codebook.has_register:
        return words.sentence_start(words.NO_REGISTER)
    acts, group = count.acts, count.group
    # The filters are named beside it: without a word on them it would be said of all rules.
    noun = "such rule" if query.is_narrowed else "rule"
    rules = words.plural(acts, noun) if acts else f"no {noun}"
    if named:
        who = words.listing(named) if len(named) <= _MOST_NAMED else f"{len(named)} of those chosen"
        rules = f"{who}: {rules}"
    elif acts or group:
        rules = (
            f"{rules} of {whose(about, count.actors, group) if acts else about.members_of(group)}"
        )
    where = "" if query.domain == OVERALL else f" {words.about_domain(codebook, query.domain)}"
    text = f"{rules[0].upper()}{rules[1:]} {_STATUS_WORDS[query.status][acts > 1]}{where}"
    return f"{text}{_doubted_words(count)}{_others_words(count.others)}"


def _doubted_words(count: ActCount) -> str:
    """Say of how many acts the status is in doubt, for the end of a clause."""
    if not count.doubted:
        return ""
    state = in_doubt_words(count.known)
    if count.doubted < count.acts:
        return f", {words.number(count.doubted)} of them {state}"
    every = {1: "which is", 2: "both of them"}.get(count.acts, "all of them")
    return f", {every} {state}"


def _others_words(others: Mapping[str, int]) -> str:
    """Say how many acts have other statuses, for the end of a sentence."""
    text = [f"{words.number(n)} {_BESIDE[status][n > 1]}" for status, n in others.items() if n]
    return f"; {', '.join(text)}" if text else ""


def whose(about: About, count: int, group: str = ALL_ACTORS) -> str:
    """Name so many members of a group, or actors, as the data calls them: 27 EU countries, one of
    the towns. Where it does not, members and actors.
    """
    of_group = group not in ("", ALL_ACTORS)
    named = about.members if of_group else about.actors
    if not named or (of_group and count == 1):
        return words.plural(count, f"{group} member" if of_group else "actor")
    if count == 1:
        return f"one of the {named}"
    return " ".join([words.number(count), *([group] if of_group else []), named])


def acts_subtitle(codebook: Codebook, domain: str, day: date, filters: Sequence[str]) -> str:
    """Return what is shown: day, domain and other filters in words."""
    where = "in all fields" if domain == OVERALL else words.about_domain(codebook, domain)
    subtitle = "; ".join([f"On {words.day(day)}, {where}", *filters])
    return f"{subtitle}."
