"""What actors did, newest first: the acts and statements that carry a score."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL
from stances.model.stance import ACTS
from stances.words import Dated


class Count(NamedTuple):
    """How many acts and how many statements."""

    acts: int
    statements: int


@remembered
def _deeds(tracker: Tracker) -> pd.DataFrame:
    """The scored events with their day as datetime64[D] and whether they bind, newest first."""
    events = tracker.data.events
    found = events[events["score"].notna()].sort_values(["date", "event_id"], ascending=False)
    binds = {code: kind.binding for code, kind in tracker.codebook.instruments.items()}
    return found.assign(
        day=found["date"].to_numpy("datetime64[D]"), binding=found["instrument"].map(binds)
    ).reset_index(drop=True)


def _between(
    tracker: Tracker, after: date | None, until: date, domain: str, actors: Collection[str] | None
) -> pd.DataFrame:
    deeds = _deeds(tracker)
    kept = deeds["day"].to_numpy() <= np.datetime64(until)
    if after is not None:
        kept &= deeds["day"].to_numpy() > np.datetime64(after)
    if tracker.model.basis == ACTS:
        kept &= deeds["binding"].to_numpy(bool)
    if domain != OVERALL:
        kept &= (deeds["domain"] == domain).to_numpy(bool)
    if actors is not None:
        kept &= deeds["actor"].isin(actors).to_numpy(bool)
    return deeds[kept]


def latest_deeds(
    tracker: Tracker, day: date, domain: str, count: int, actors: Collection[str] | None = None
) -> list[Any]:
    """The last `count` deeds up to a day, the newest first; of all actors, or of some: the columns
    of the events as attributes, and `binding`.
    """
    rows = _between(tracker, None, day, domain, actors).head(count)
    return list(rows.itertuples(index=False))


def deeds_between(
    tracker: Tracker, after: date, until: date, domain: str, actors: Collection[str]
) -> Count:
    """How much some actors did after one day until another, that one included."""
    binding = _between(tracker, after, until, domain, actors)["binding"].to_numpy(bool)
    return Count(int(binding.sum()), int((~binding).sum()))


def acting(tracker: Tracker, after: date, until: date, domain: str, actors: Collection[str]) -> int:
    """How many of some actors did anything after one day until another, that one included."""
    return int(_between(tracker, after, until, domain, actors)["actor"].nunique())


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
