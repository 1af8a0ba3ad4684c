"""The acts and statements of actors that carry a score, newest first."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from stances import words
from stances.answers.directions import NetMove, net_move_of
from stances.answers.events import EventQuery
from stances.answers.firm import is_firm
from stances.answers.rows import day_of
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL
from stances.dataset.days import ONE_DAY, first_day, last_day
from stances.model.lifetimes import Ints
from stances.model.stance import ACTS


class Count(NamedTuple):
    """A number of acts and one of statements."""

    acts: int
    statements: int


class Latest(NamedTuple):
    """The last that was done or said. `action`: of what can lead, see `is_firm`; `weaker`: the
    last of all, where it cannot lead and is of a later day. None: there is none.
    """

    action: Any | None = None
    weaker: Any | None = None


def _action_places(
    tracker: Tracker,
    after: date | None,
    until: date,
    domain: str,
    actors: Collection[str] | None = None,
) -> Ints:
    """Return the places of the scored events after one day (None: from the beginning) and up to
    another, the newest first; where stances rest on acts alone, words are left out.
    """
    first = after and after + ONE_DAY
    if first and first > until:
        return np.array([], np.int64)
    domains = None if domain == OVERALL else [domain]
    query = EventQuery(actors=actors, domains=domains, first=first, last=until, counted=True)
    places = tracker.find(query, "oldest")[::-1]
    return places[tracker.event_binds[places]] if tracker.model.basis == ACTS else places


def latest_actions(
    tracker: Tracker,
    day: date,
    domain: str,
    count: int,
    actors: Collection[str] | None = None,
    firm: bool = False,
) -> list[Any]:
    """Return the last `count` actions up to a day, the newest first; of all actors, or of some: the
    columns of the events as attributes, and `binding`. `firm`: only those that can lead, see
    `is_firm`.
    """
    places = _action_places(tracker, None, day, domain, actors)
    chosen = places[is_firm(tracker)[places]] if firm else places
    return [tracker.event_rows[place] for place in chosen[:count]]


def latest_firm(tracker: Tracker, day: date, domain: str, actors: Collection[str]) -> Latest:
    """Return what any of some actors did or said last up to a day."""
    return _latest(tracker, _action_places(tracker, None, day, domain, actors).tolist())


@memoize
def latest_of_each(tracker: Tracker, day: date, domain: str) -> dict[str, Latest]:
    """Return what each actor did or said last up to a day."""
    actors, of_each = tracker.event_columns["actor"], defaultdict[str, list[int]](list)
    for place in _action_places(tracker, None, day, domain).tolist():
        of_each[str(actors[place])].append(place)
    return {actor: _latest(tracker, places) for actor, places in of_each.items()}


def _latest(tracker: Tracker, places: Sequence[int]) -> Latest:
    """Return the last event that can lead, and a newer one. `places`: of events, newest first."""
    if not places:
        return Latest()
    firm, newest = is_firm(tracker), tracker.event_rows[places[0]]
    action = next((tracker.event_rows[place] for place in places if firm[place]), None)
    passes_over = action is None or newest.date > action.date
    return Latest(action, newest if passes_over else None)


@memoize
def count_actions(
    tracker: Tracker, after: date, until: date, domain: str
) -> Counter[tuple[str, bool]]:
    """Count what each actor did after one day and up to another, by whether it binds."""
    places = _action_places(tracker, after, until, domain)
    who = map(str, tracker.event_columns["actor"][places])
    return Counter(zip(who, tracker.event_binds[places].tolist(), strict=True))


def actions_between(
    tracker: Tracker, after: date, until: date, domain: str, actors: Collection[str]
) -> Count:
    """Count what some actors did after one day until another, that one included."""
    done = count_actions(tracker, after, until, domain)
    acts, statements = (sum(done[actor, binds] for actor in actors) for binds in (True, False))
    return Count(acts, statements)


def net_move_between(
    tracker: Tracker, after: date, until: date, domain: str, actor: str
) -> NetMove:
    """Return what an actor made of its domains after one day until another, that one included."""
    rows = (tracker.event_rows[p] for p in _action_places(tracker, after, until, domain, [actor]))
    return net_move_of(tracker, ((str(row.event_id), str(row.domain)) for row in rows))


def acting(tracker: Tracker, after: date, until: date, domain: str, actors: Collection[str]) -> int:
    """Count those of some actors who did anything after one day until another, that included."""
    return len(
        {actor for actor, _ in count_actions(tracker, after, until, domain)}.intersection(actors)
    )


# -- in words -----------------------------------------------------------------------------------


def latest_word(passes_over: bool) -> str:
    """Return what a last action is called. `passes_over`: a weaker report is newer."""
    return f"latest{' well sourced' if passes_over else ''}"


def weaker_note(latest: Latest) -> str:
    """Say that a weaker report is newer than the last that leads, or is alone; else empty."""
    action, weaker = latest
    if weaker is None:
        return ""
    if action is None:
        only = words.short_day(day_of(weaker))
        return f"None well sourced; a weaker report: {only}"
    last, newer = day_of(action), day_of(weaker)
    # A month is counted from its first day on.
    surely = first_day(words.iso_day(newer)) > last_day(words.iso_day(last))
    verb = "is" if surely else "may be"
    return f"A weaker report {verb} newer: {words.short_day(newer)}"


def latest_words(
    action: Any | None, day: date, passes_over: bool = False, names: Sequence[str] = ()
) -> str:
    """Return what an actor did or said last up to a day, and when. `passes_over`: a weaker report
    is newer; `names`: of the actor, where it is one of several; the last of them is told, unless
    the title begins with one.
    """
    if action is None:
        return f"No {'well sourced ' if passes_over else ''}decision or statement is recorded yet"
    who = f"{names[-1]}: " if names and not action.title.startswith(tuple(names)) else ""
    dated = day_of(action)
    when = f"{words.short_day(dated)}{words.unknown_day_note(dated, day)}"
    return f"{latest_word(passes_over).capitalize()}, {when}: {who}{action.title}"


def past_year(count: Count, direction: str, ended: bool) -> str:
    """Return what an actor did in twelve months, and which way it went by it. `direction`: in
    words, empty where it went none; `ended`: whether something that bound it ended or lapsed.
    """
    if count == (0, 0) and not ended:
        return "Nothing recorded in the past year."
    done = count_words(count) or "no decision or statement recorded"
    end = words.ACT_ENDED if ended else ""
    text = filter(None, [done, direction or ("" if end else "no change"), end])
    return f"Past year: {'; '.join(text)}."


def count_words(count: Count) -> str:
    """Say how many acts and statements there are: one decision, two statements."""
    parts = [(count.acts, "decision"), (count.statements, "statement")]
    return ", ".join(words.plural(number, noun) for number, noun in parts if number)
