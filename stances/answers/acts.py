"""The register of acts on a day: what binds, what falls due, what was before and what came after.

`acts_on` has the columns of `acts.csv`, then status and deadline_passed; all else here takes or
gives its rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers.events import folded, searched_texts, sought_parts
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.days import first_day, last_day
from stances.dataset.schema import ALL_ACTORS, LIST_SEPARATOR, REMOVAL
from stances.dataset.tables import Dataset
from stances.model import groups
from stances.model.register import ENDED, IN_FORCE, NO_ACT_YET, NOT_YET, Register, binds_from
from stances.words import Dated

# Addresses name the statuses so; ALL of them, and an act with ANY deadline, can be asked for too.
STATUSES = {"in_force": IN_FORCE, "not_yet": NOT_YET, "ended": ENDED}
ALL, ANY = "all", "any"
# The orders in which acts are listed, the first one where none is asked for.
ORDERS = ("name", "date", "deadline")
SEARCHED = ("name", "obligation", "legal_reference", "deadline_what", "used", "note")


def acts_on(data: Dataset, day: date) -> pd.DataFrame:
    """The acts that were adopted by a day, in the order of the register: its columns, the status
    on that day (not yet, in force or ended) and deadline_passed, whether an act in force is past
    its deadline.
    """
    rows = _register_on(data, day)
    return rows[rows["status"] != NO_ACT_YET].reset_index(drop=True)


def act_on(data: Dataset, day: date, act_id: str) -> Any:
    """An act with its columns as attributes, as in `acts_on`; before its adoption without a
    status.
    """
    register = _register_on(data, day)
    rows: list[Any] = list(register[register["act_id"] == act_id].itertuples(index=False))
    return rows[0]


@lru_cache(maxsize=2)
def _register(data: Dataset) -> Register:
    return Register(data.acts)


def _register_on(data: Dataset, day: date) -> pd.DataFrame:
    register = _register(data)
    return data.acts.assign(
        status=register.status(day), deadline_passed=register.deadline_passed(day)
    )


# -- finding ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ActQuery:
    """What is looked for; a part left out lets every act through, and all parts must hold.

    `text`: words that must all occur in the texts of SEARCHED, as in a search for events. `actors`,
    `scopes`, `aims`: codes, one of which the act must have (nobody among `actors`: no act).
    `domain`: a code; `status`: of STATUSES, or ALL; `deadline`: a kind, ANY, or ALL.
    """

    text: str = ""
    actors: Collection[str] | None = None
    domain: str = OVERALL
    scopes: Collection[str] = ()
    aims: Collection[str] = ()
    status: str = ALL
    deadline: str = ALL

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than whose acts, in which domain and of which status."""
        return bool(self.text or self.scopes or self.aims or self.deadline != ALL)


def actors_of(data: Dataset, day: date, who: Sequence[str]) -> list[str] | None:
    """The actors that codes stand for on a day, a group for its members; None: no code is given."""
    standing = groups.standing_for(data.memberships, who, day, day)
    return sorted({actor for actors in standing.values() for actor in actors}) if who else None


def find_acts(data: Dataset, day: date, query: ActQuery, order: str = ORDERS[0]) -> pd.DataFrame:
    """The acts adopted by a day that fit a query, in an order of ORDERS: by actor and name, the
    newest in force first, or the latest deadline first and those without one last.
    """
    rows = acts_on(data, day)
    for column, allowed in _allowed(query).items():
        rows = rows[rows[column].isin(allowed)]
    if query.deadline != ALL:
        kind = rows["deadline_kind"]
        rows = rows[kind != "" if query.deadline == ANY else kind == query.deadline]
    if query.scopes:
        covered = rows["scope"].str.split(LIST_SEPARATOR)
        rows = _where(rows, (not set(query.scopes).isdisjoint(codes) for codes in covered))
    if parts := sought_parts(query.text):
        texts = searched_texts(rows, SEARCHED)
        rows = _where(rows, (all(part in text for part in parts) for text in texts))
    return _sorted(data, rows, order)


def _allowed(query: ActQuery) -> dict[str, Collection[str]]:
    """The columns that a query narrows to some values, with these."""
    return {
        **({} if query.actors is None else {"actor": query.actors}),
        **({} if query.domain == OVERALL else {"domain": [query.domain]}),
        **({"aim": query.aims} if query.aims else {}),
        **({} if query.status == ALL else {"status": [STATUSES[query.status]]}),
    }


def _where(rows: pd.DataFrame, fits: Iterable[bool]) -> pd.DataFrame:
    return rows[np.fromiter(fits, bool)]


def _sorted(data: Dataset, rows: pd.DataFrame, order: str) -> pd.DataFrame:
    shown = rows["actor"].map(data.actors.set_index("actor")["short_name"])
    by_name = {"who": shown.map(folded), "called": rows["name"].map(folded)}
    rows = rows.assign(**by_name).sort_values(list(by_name)).drop(columns=list(by_name))
    if order != ORDERS[0]:
        days = [_day_in_order(row, order) for row in rows.itertuples(index=False)]
        rows = rows.iloc[sorted(range(len(rows)), key=lambda place: -days[place])]
    return rows.reset_index(drop=True)


def _day_in_order(row: Any, order: str) -> int:
    """The day that an act is sorted by, as a number; 0: it has none."""
    if order == "date":
        return first_day(since(row)).toordinal()
    return last_day(row.deadline).toordinal() if row.deadline else 0


def since(row: Any) -> str:
    """From when an act binds, no more exactly than it is known."""
    return binds_from(row.adopted, row.in_force_from)


def own_day(act: Any, level_since: Dated | None) -> str:
    """The day on which an act was adopted, where the level that it holds is of another."""
    if not act.adopted or words.dated(act.adopted) == level_since:
        return ""
    return words.short_day(words.dated(act.adopted))


# -- what falls due -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Deadline:
    """A deadline of an act that binds or will: from `start`, the day from which on it binds, to
    `end`, the last day of what is known of the deadline.
    """

    act: Any
    start: date
    end: date
    passed: bool

    @property
    def told(self) -> str:
        """The deadline in words, no more exactly than it is known."""
        return words.day(words.dated(self.act.deadline))


def deadlines(codebook: Codebook, rows: pd.DataFrame) -> list[Deadline]:
    """The deadlines of acts as `acts_on` has them, by their kinds in the order of the codebook, the
    latest first. What has ended sets none any more.
    """
    kinds, due = list(codebook.acts.deadline_kind), rows[rows["deadline"] != ""]
    acts: list[Any] = list(due[due["status"] != ENDED].itertuples(index=False))
    found = [
        Deadline(act, first_day(since(act)), last_day(act.deadline), bool(act.deadline_passed))
        for act in acts
    ]
    latest = sorted(found, key=lambda each: each.end, reverse=True)
    return sorted(latest, key=lambda each: kinds.index(each.act.deadline_kind))


# -- what was before and what came after --------------------------------------------------------


@dataclass(frozen=True)
class Around:
    """The acts before and after an act, by their ids in the order of the register."""

    before: list[str]
    after: list[str]


def around_act(data: Dataset, act_id: str, day: date | None = None) -> Around:
    """What an act took the place of, and what took its place: acts that rest on the event by which
    the earlier one ended, and acts of the same actor in the same domain that were adopted, or bind,
    from the day on which it ended. `day`: only what had ended and was adopted by then.
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
    """The same of rows with their status on a day."""
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
_TOLD = {
    "in_force": ("is in force", "are in force"),
    "not_yet": ("is adopted and not yet in force", "are adopted and not yet in force"),
    "ended": ("has ended", "have ended"),
    ALL: ("is in the register", "are in the register"),
}
_BESIDE = {"in_force": "in force", "not_yet": "not yet in force", "ended": "ended"}
_ORDERED = {
    "name": "by actor and name",
    "date": "the newest in force first",
    "deadline": "the latest deadline first",
}
# So many of those looked for are named in a headline.
_NAMED = 3


def status_words(status: str, passed: bool = False) -> str:
    """A status as a reader takes it."""
    told = {NO_ACT_YET: "Not yet adopted", NOT_YET: "Not yet in force", ENDED: "Ended"}
    return told.get(status) or f"In force{', deadline passed' if passed else ''}"


def standing_words(codebook: Codebook, row: Any, day: date) -> str:
    """Where an act stands on a day, in a sentence."""
    if row.status == NO_ACT_YET:
        return f"Not yet adopted on {words.day(day)}."
    if row.status == ENDED:
        how = codebook.acts.ended_how[row.ended_how].lower()
        return f"Ended {words.on_day(words.dated(row.ended))}: {how}."
    begin = words.day(words.dated(since(row)))
    if row.status == NOT_YET:
        return f"Adopted, not yet in force: it binds from {begin}."
    return f"In force since {begin}{_due_words(row)}."


def _due_words(row: Any) -> str:
    if not row.deadline:
        return ""
    due = words.day(words.dated(row.deadline))
    return f"; its deadline, {due}, has passed" if row.deadline_passed else f"; deadline {due}"


def act_sentence(codebook: Codebook, row: Any, whose: str, day: date) -> str:
    """An act to be quoted: whose it is, where it stands on a day, and what it asks."""
    standing = standing_words(codebook, row, day)
    standing = f"{standing[0].lower()}{standing[1:]}"
    return f"{whose}, {words.quoted(row.name)}, {words.day(day)}: {standing} {row.obligation}."


def covers(codebook: Codebook, row: Any) -> str:
    """What an act covers."""
    return ", ".join(codebook.acts.scope[code] for code in row.scope.split(LIST_SEPARATOR))


def deadline_words(codebook: Codebook, row: Any) -> str:
    """A deadline with its kind and what falls due; empty where an act has none."""
    if not row.deadline:
        return ""
    what = f": {row.deadline_what}" if row.deadline_what else ""
    passed = " (passed)" if row.deadline_passed else ""
    kind = codebook.acts.deadline_kind[row.deadline_kind]
    return f"{words.day(words.dated(row.deadline))}{passed}. {kind}{what}"


def acts_headline(
    codebook: Codebook,
    query: ActQuery,
    counts: tuple[int, int],
    group: str = "",
    named: Sequence[str] = (),
) -> str:
    """How many acts there are. `counts`: of acts and of their actors; `group`: whose members alone
    are looked for; `named`: the names of those looked for where they are others.
    """
    acts, actors = counts
    found = words.plural(acts, "act") if acts else "no act"
    if named:
        who = words.listed(named) if len(named) <= _NAMED else f"{len(named)} actors and groups"
        found = f"{who}: {found}"
    elif acts or group:
        found = f"{found} of {whose_members(actors, group) if acts else f'{group} members'}"
    where = "" if query.domain == OVERALL else f" {words.about_domain(codebook, query.domain)}"
    fits = f" and fit{'' if acts > 1 else 's'} the filters" if query.narrowed else ""
    return f"{found[0].upper()}{found[1:]} {_TOLD[query.status][acts > 1]}{where}{fits}"


def whose_members(actors: int, group: str) -> str:
    """Actors by their number, as members of a group if it is one: 27 EU members, 94 actors."""
    return words.plural(actors, f"{group} member" if group not in ("", ALL_ACTORS) else "actor")


def acts_subtitle(
    codebook: Codebook,
    domain: str,
    day: date,
    filters: Sequence[str],
    others: Mapping[str, int],
) -> str:
    """What is shown: day, domain, other filters in words, and how many acts that fit them have
    `others` of the statuses.
    """
    where = "in all domains" if domain == OVERALL else words.about_domain(codebook, domain)
    shown = "; ".join([f"On {words.day(day)}, {where}", *filters])
    told = [f"{words.number(n)} {_BESIDE[status]}" for status, n in others.items() if n]
    return f"{shown}.{f' Besides: {words.listed(told)}.' if told else ''}"


def deadlines_headline(
    codebook: Codebook,
    found: Sequence[Deadline],
    names: Mapping[str, str],
    group: str = "",
    among: bool = False,
) -> str:
    """How many acts set a date by which the subject must be out, and which date is next. Only
    removal is told so. `names`: of the actors; `group`: whose members alone are looked for;
    `among`: not all of their acts are.
    """
    removals = [each for each in found if each.act.deadline_kind == REMOVAL]
    what = f"a date by which {codebook.subject} must be out"
    if not removals:
        return f"None of these acts sets {what}"
    of_these = "Of these, " if among else ""
    count = words.plural(len(removals), "act", start=not among)
    actors = list(dict.fromkeys(names[each.act.actor] for each in removals))
    if len(removals) == 1:
        passed = ", which has passed" if removals[0].passed else ""
        return f"{of_these}{count}, that of {actors[0]}, sets {what}: {removals[0].told}{passed}"
    whose = actors[0] if len(actors) == 1 else whose_members(len(actors), group)
    return f"{of_these}{count} of {whose} set {what}; {_next_words(removals, names)}"


def _next_words(removals: Sequence[Deadline], names: Mapping[str, str]) -> str:
    ahead = [each for each in removals if not each.passed]
    if not ahead:
        last = max(removals, key=lambda each: each.end)
        return f"the last passed {words.on_day(words.dated(last.act.deadline))}"
    soonest = min(each.end for each in ahead)
    those = [each for each in ahead if each.end == soonest]
    who = list(dict.fromkeys(names[each.act.actor] for each in those))
    are = "is that" if len(those) == 1 else "are those"
    return f"the next {are} of {words.listed(who)}, {those[0].told}"


def ahead_told(
    codebook: Codebook, found: Sequence[Deadline], names: Mapping[str, str], group: str = ""
) -> str:
    """How many deadlines of all kinds are still to come, at how many of them the subject must be
    out, which is next, and how many have passed. `names`, `group`: as for the headline.
    """
    ahead = [each for each in found if not each.passed]
    passed = _passed_told(len(found) - len(ahead), bool(ahead))
    if not ahead:
        return f"No deadline is ahead{passed}"
    actors = list(dict.fromkeys(names[each.act.actor] for each in ahead))
    whose = actors[0] if len(actors) == 1 else whose_members(len(actors), group)
    are = "is" if len(ahead) == 1 else "are"
    count = f"{words.plural(len(ahead), 'deadline', start=True)} of {whose} {are} ahead"
    removals = sum(each.act.deadline_kind == REMOVAL for each in ahead)
    which = "" if removals == len(ahead) == 1 else f"{words.some(removals)} "
    out = f", {which}for {codebook.subject} to be out"
    return f"{count}{out}; {_next_words(ahead, names)}{passed}"


def _passed_told(gone: int, beside: bool) -> str:
    if not gone:
        return ""
    more = " more" if beside else ""
    which, acts = ("has", "its act is") if gone == 1 else ("have", "their acts are")
    return f"; {words.number(gone)}{more} {which} passed, and {acts} still in force"


def deadlines_subtitle(found: Sequence[Deadline], day: date) -> str:
    """What the chart shows, and how many of its dates have passed."""
    gone = sum(each.passed for each in found)
    shown = f"From the day on which each act binds to its deadline, as of {words.day(day)}"
    if not gone:
        return f"{shown}. No deadline has passed."
    passed = "has passed, and its act stays" if gone == 1 else "have passed, and their acts stay"
    return f"{shown}. {_which_passed(gone, len(found))} {passed} in force."


def _which_passed(gone: int, count: int) -> str:
    if gone < count:
        return f"Of {words.plural(count, 'deadline')} {words.number(gone)}"
    few = {1: "The one deadline", 2: "Both deadlines"}
    return few.get(count, f"All {words.plural(count, 'deadline')}")


def deadlines_alt(
    found: Sequence[Deadline], names: Mapping[str, str], day: date, table: bool
) -> str:
    """The chart for those who cannot see it: its first rows, as they are sorted. `table`: one below
    it has all of them.
    """
    told = [
        f"{names[each.act.actor]}, {each.act.name}: {each.told}{' (passed)' if each.passed else ''}"
        for each in found[: words.TOLD]
    ]
    more = len(found) - len(told)
    rest = f"; and {words.number(more)} more" if more else ""
    twin = " All stand in the table below, each with what falls due." if table else ""
    count = words.plural(len(found), "act", start=True)
    return (
        f"{count} from force to deadline, by kind of deadline, the latest first, with a line at "
        f"{words.day(day)}: {'; '.join(told)}{rest}.{twin}"
    )


def acts_listed(shown: int, found: int, order: str) -> str:
    """How many of the acts found stand in the table, in an order of ORDERS."""
    told = words.plural(found, "act", start=True)
    if shown < found:
        told = f"The first {shown:,} of {found:,} acts"
    return f"{told}, {_ORDERED[order]}."


def acts_shown(count: int, order: str) -> str:
    """The same of all, and how a row is opened."""
    told = acts_listed(count, count, order)
    return f"{told} Choose a row to read it (by keyboard: Shift and Space)."
