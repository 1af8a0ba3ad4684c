"""What actors did, newest first: the acts and statements that carry a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from stances import words
from stances.answers.events import EventQuery
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL
from stances.model.lifetimes import Ints
from stances.model.stance import ACTS
from stances.words import Dated

_ONE_DAY = timedelta(days=1)


class Count(NamedTuple):
    """How many acts and how many statements."""

    acts: int
    statements: int


def _deeds(
    tracker: Tracker,
    after: date | None,
    until: date,
    domain: str,
    actors: Collection[str] | None = None,
) -> Ints:
    """The places of the scored events after one day (None: from the beginning) and up to another,
    the newest first; where stances rest on acts alone, words are left out.
    """
    first = after and after + _ONE_DAY
    if first and first > until:
        return np.array([], np.int64)
    domains = None if domain == OVERALL else [domain]
    query = EventQuery(actors=actors, domains=domains, first=first, last=until, counted=True)
    found = tracker.find(query, "oldest")[::-1]
    return found[tracker.event_binds[found]] if tracker.model.basis == ACTS else found


def latest_deeds(
    tracker: Tracker, day: date, domain: str, count: int, actors: Collection[str] | None = None
) -> list[Any]:
    """The last `count` deeds up to a day, the newest first; of all actors, or of some: the columns
    of the events as attributes, and `binding`.
    """
    return [
        tracker.event_rows[place] for place in _deeds(tracker, None, day, domain, actors)[:count]
    ]


@remembered
def done_by(tracker: Tracker, after: date, until: date, domain: str) -> Counter[tuple[str, bool]]:
    """How much each actor did after one day and up to another, by whether it binds."""
    places = _deeds(tracker, after, until, domain)
    who = map(str, tracker.event_columns["actor"][places])
    return Counter(zip(who, tracker.event_binds[places].tolist(), strict=True))


def deeds_between(
    tracker: Tracker, after: date, until: date, domain: str, actors: Collection[str]
) -> Count:
    """How much some actors did after one day until another, that one included."""
    done = done_by(tracker, after, until, domain)
    acts, statements = (sum(done[actor, binds] for actor in actors) for binds in (True, False))
    return Count(acts, statements)


def acting(tracker: Tracker, after: date, until: date, domain: str, actors: Collection[str]) -> int:
    """How many of some actors did anything after one day until another, that one included."""
    return len({actor for actor, _ in done_by(tracker, after, until, domain)}.intersection(actors))


# -- in words -----------------------------------------------------------------------------------


def last_acted(deed: Any | None, names: Sequence[str] = ()) -> str:
    """When an actor last acted, and by what. `names`: of the actor, where it is one of several; the
    last of them is told, unless the title begins with one.
    """
    if deed is None:
        return "No act or statement yet"
    who = f"{names[-1]}: " if names and not deed.title.startswith(tuple(names)) else ""
    return f"Last acted {words.short_day(Dated(deed.date, deed.date_precision))}: {who}{deed.title}"


def done_in_year(count: Count, done: float) -> str:
    """What an actor did in twelve months, and how far deeds moved it: what came in, took the place
    of others, or ended. `done`: the move (NaN: there is none).
    """
    acted = count != (0, 0)
    told = f"In 12 months {counted(count)}" if acted else "No act or statement in 12 months"
    if np.isnan(done) or not words.printed(done):
        return f"{told}: no change" if acted and not np.isnan(done) else told
    moved = words.figure(done, 2)
    return f"{told}: {moved} by what was done" if acted else f"{told}; {moved} as an act ended"


def counted(count: Count) -> str:
    """How many acts and statements: one act, two statements."""
    parts = [(count.acts, "act"), (count.statements, "statement")]
    return ", ".join(words.plural(number, noun) for number, noun in parts if number)
