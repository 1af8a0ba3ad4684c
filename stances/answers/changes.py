"""What was done between two days, and who moved by it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from stances import words
from stances.answers import stance
from stances.answers.tracker import EVERYONE, Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.model import changes
from stances.model.stance import level_of

# Moves under this are told nowhere, under the other by the dot alone.
LEAST = 0.1
HALF = 0.5


@cached
def _moves(tracker: Tracker, first: date, last: date, domain: str, group: str) -> pd.DataFrame:
    """Return the moves of a group's members on the last day: see `model.changes`, and `weak`, that
    all that came in for an actor is one report of the lowest confidence.
    """
    rows = changes.changes(tracker.model, first, last, domain)
    rows = rows.loc[tracker.members(group, last)]
    came = _between(tracker, first, last, domain)
    came = came[came["score"].notna()]
    tolerance = tracker.codebook.model.tolerance
    unsure = came["confidence"] == max(tolerance, key=tolerance.__getitem__)
    alone = came["actor"].map(came["actor"].value_counts()) == 1
    return rows.assign(weak=rows.index.isin(came.loc[unsure & alone, "actor"]))


def moved(
    tracker: Tracker, first: date, last: date, domain: str, group: str = EVERYONE
) -> pd.DataFrame:
    """Return the members who moved by LEAST or more between two days, the largest first, by actor:
    then, now (stances), level_then, level_now, shift, done, time (done + time = shift), by_age
    (time alone did it), weak (it rests on one report of the lowest confidence).

    Raises BadInput where `last` is before `first`, and for an unknown domain or group.
    """
    rows = _moves(tracker, first, last, domain, group)
    rows = rows[rows["move"].abs() >= LEAST - 1e-9].rename(columns={"move": "shift"})
    rows = rows.assign(
        level_then=level_of(rows["then"].to_numpy()),
        level_now=level_of(rows["now"].to_numpy()),
        by_age=rows["done"].abs() < LEAST / 2,
        size=-rows["shift"].abs(),
    )
    columns = [
        "then", "now", "level_then", "level_now", "shift", "done", "time", "by_age", "weak",
    ]  # fmt: skip
    return rows.sort_values("size", kind="stable")[columns]


def lapsed(
    tracker: Tracker, first: date, last: date, domain: str, group: str = EVERYONE
) -> pd.DataFrame:
    """Return the members who lost or gained a position between two days, by actor: change ("lost"
    or "gained"), level (before or after it), by_age (lost by time alone), weak (see `moved`).
    """
    rows = _moves(tracker, first, last, domain, group)
    rows = rows[rows["position"].isin([changes.GAINED, changes.LOST, changes.FADED_AWAY])]
    gained = rows["position"] == changes.GAINED
    return pd.DataFrame(
        {
            "change": np.where(gained, "gained", "lost"),
            "level": level_of(rows["now"].where(gained, rows["then"]).to_numpy()),
            "by_age": rows["position"] == changes.FADED_AWAY,
            "weak": gained & rows["weak"],
        },
        index=rows.index,
    )


def done(
    tracker: Tracker, first: date, last: date, domain: str, group: str = EVERYONE
) -> pd.DataFrame:
    """Return what the members of a group did after the first day up to the last, newest first:
    rows of `Tracker.events`, unscored ones too, with level_before and level_after in the event's
    own field (NaN: no position, or not scored) and direction (see `event_directions`).
    """
    rows = _between(tracker, first, last, domain)
    rows = rows[rows["actor"].isin(tracker.members(group, last))]
    return rows.join(event_directions(tracker)).fillna({"direction": ""}).iloc[::-1]


@cached
def event_directions(tracker: Tracker) -> pd.DataFrame:
    """Return what every scored event did in its own field, by event_id, as the ribbon shows it.

    level_before: the level of the day before (NaN: no position); level_after: the one that an act
    sets, of words that of their day; direction: of acts alone, "Stricter", "Softer", "New" to the
    field, or empty where the level stayed.
    """
    events = tracker.model.events
    level = stance.daily(tracker).level
    day = (events["date"] - pd.Timestamp(tracker.codebook.first_date)).dt.days
    events = events[day.between(0, len(level) - 1)]
    place = day[events.index].to_numpy()
    actor = pd.Index(tracker.actors).get_indexer(pd.Index(events["actor"]))
    column = pd.Index(tracker.codebook.columns).get_indexer(pd.Index(events["domain"]))
    before = np.where(place > 0, level[place - 1, actor, column], np.nan)
    kinds = tracker.codebook.instruments
    is_act = np.array([kinds[code].binding for code in events["instrument"]], bool)
    after = np.where(is_act, events["score"].astype(float), level[place, actor, column])
    cases = [~is_act, np.isnan(before), after < before, after > before]
    direction = np.select(cases, ["", "New", "Stricter", "Softer"], "")
    figures = {"level_before": before, "level_after": after, "direction": direction.astype(object)}
    return pd.DataFrame(figures, pd.Index(events["event_id"], dtype=object))


def _between(tracker: Tracker, first: date, last: date, domain: str) -> pd.DataFrame:
    """Return the events of all who take positions after one day up to another."""
    events = tracker.events
    chosen = (events["date"] > pd.Timestamp(first)) & (events["date"] <= pd.Timestamp(last))
    chosen &= events["actor"].isin(tracker.actors)
    if domain != OVERALL:
        chosen &= events["domain"] == domain
    return events[chosen]


# -- in words -----------------------------------------------------------------------------------


def headline(tracker: Tracker, first: date, last: date, domain: str, group: str = EVERYONE) -> str:
    """Say who moved by half a level or more by what was done; of several, which way, in a field: a
    mean of several fields can rise while what was done is strict.
    """
    rows = moved(tracker, first, last, domain, group)
    where = tracker.in_field(domain)
    when = _when(first, last)
    # Moved by what was done (negative: stricter), and still to be seen: age did not undo it.
    still = rows["shift"] * np.sign(rows["done"])
    far = rows[np.minimum(rows["done"].abs(), still) >= HALF - 1e-9]
    if not len(far):
        every = _moves(tracker, first, last, domain, group)
        before, after = (level_of(every[side].to_numpy()) for side in ("then", "now"))
        if np.array_equal(before, after, equal_nan=True):
            return f"No level changed {where} {_when(first, last, between=True)}"
        return f"Nobody moved by half a level or more {where} {when}"
    moved_by = f"moved by half a level or more {where}"
    if len(far) == 1:
        return f"Only {tracker.called[far.index[0]]} {moved_by} {when}"
    members = len(tracker.members(group, last))
    stricter = int((far["done"] < 0).sum())
    softer = len(far) - stricter
    if stricter and softer:
        ways = f"{words.number(stricter)} stricter, {words.number(softer)} softer"
    else:
        ways = f"each became {'stricter' if stricter else 'softer'}"
    whose = "" if group == EVERYONE else f" {tracker.members_called(group)}"
    text = f"{words.number(len(far), start=True)} of {members}{whose} {moved_by} {when}"
    return text if domain == OVERALL else f"{text}; {ways}"


def _when(first: date, last: date, between: bool = False) -> str:
    """Return two days in words: in the year to July 2026, else between 2 Jan and 2 Jul 2026."""
    if not between and last == (pd.Timestamp(first) + pd.DateOffset(years=1)).date():
        return f"in the year to {last:%B %Y}"
    return words.between(first, last)


def acts_heading(tracker: Tracker, rows: pd.DataFrame) -> str:
    """Return the heading of the acts among rows of `done`: 9 acts by 9 countries."""
    acts = rows[rows["binding"]]
    text = words.plural(len(acts), "act")
    actors = acts["actor"].unique()
    if len(actors) < 2:
        return f"{text} by {tracker.called[actors[0]]}" if len(actors) else "No act"
    kinds = tracker.data.actors.set_index("actor")["kind"].reindex(actors)
    states = (kinds == tracker.codebook.position_kinds[0]).all() and tracker.about.members
    return f"{text} by {len(actors)} {states or tracker.members_called(EVERYONE)}"
