"""What was done between two days, and who moved by it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from stances import words
from stances.answers import stance
from stances.answers.tracker import EVERYONE, Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.dataset.days import day_number
from stances.model import changes
from stances.model.stance import level_of

# Points of the scale: moves under the first are told nowhere, under the second by the dot alone.
LEAST = 0.1
HALF = 0.5
# Sums in floats are off by less: who moved by 0.1 exactly has moved by LEAST.
_NOISE = 1e-9


@cached
def _moves(
    tracker: Tracker,
    first: date,
    last: date,
    domain: str,
    group: str,
) -> pd.DataFrame:
    """Return the moves between two days of those who are members of a group on the last, by actor:
    the columns of `model.changes`, and `weak`: all that came in for it is one event of the lowest
    confidence.
    """
    moves = changes.changes(tracker.model, first, last, domain)
    moves = moves.loc[tracker.members(group, last)]

    events = events_between(tracker, first, last, domain)
    scored = events[events["score"].notna()]
    # keep=False: of who has several none is left.
    only_events = scored.drop_duplicates("actor", keep=False)

    # The confidence that a score may be the farthest off by.
    tolerance = tracker.codebook.model.tolerance
    lowest_confidence = max(tolerance, key=tolerance.__getitem__)
    weak_events = only_events[only_events["confidence"] == lowest_confidence]
    moves["weak"] = moves.index.isin(weak_events["actor"])
    return moves


def moved(
    tracker: Tracker,
    first: date,
    last: date,
    domain: str,
    group: str = EVERYONE,
) -> pd.DataFrame:
    """Return the members who moved by LEAST or more between two days, the largest first, by actor:
    then, now (stances), level_then, level_now, shift, done, time (done + time = shift), by_age
    (time alone did it), weak (it rests on one report of the lowest confidence), position (whether
    one was gained or lost, see `model.changes`).

    Raises BadInput where `last` is before `first`, and for an unknown domain or group.
    """
    rows = _moves(tracker, first, last, domain, group)
    rows = rows.rename(columns={"move": "shift"})
    # Who had or has no position has no move, which compares as false: see `lapsed`.
    rows = rows[rows["shift"].abs() >= LEAST - _NOISE]
    rows = rows.sort_values("shift", key=abs, ascending=False, kind="stable")
    return rows.assign(
        level_then=level_of(rows["then"]),
        level_now=level_of(rows["now"]),
        # With one decimal what was done would be told as 0.0.
        by_age=rows["done"].abs() < LEAST / 2,
    )


def lapsed(
    tracker: Tracker,
    first: date,
    last: date,
    domain: str,
    group: str = EVERYONE,
) -> pd.DataFrame:
    """Return the members who lost or gained a position between two days, by actor: change ("lost"
    or "gained"), level (the one lost or gained), by_age (lost by time alone), weak (gained by one
    event of the lowest confidence).
    """
    rows = _moves(tracker, first, last, domain, group)
    lost_or_gained = [changes.GAINED, changes.LOST, changes.FADED_AWAY]
    rows = rows[rows["position"].isin(lost_or_gained)]
    is_gained = rows["position"] == changes.GAINED
    stances = rows["now"].where(is_gained, rows["then"])
    return pd.DataFrame(
        {
            "change": np.where(is_gained, "gained", "lost"),
            "level": level_of(stances),
            "by_age": rows["position"] == changes.FADED_AWAY,
            "weak": is_gained & rows["weak"],
        }
    )


def done(
    tracker: Tracker,
    first: date,
    last: date,
    domain: str,
    group: str = EVERYONE,
) -> pd.DataFrame:
    """Return what the members of a group did after the first day up to the last, newest first:
    rows of `Tracker.events`, unscored ones too, with level_before and level_after in the event's
    own field (NaN: no position, or not scored) and direction (see `event_directions`).
    """
    members = tracker.members(group, last)
    rows = events_between(tracker, first, last, domain)
    rows = rows[rows["actor"].isin(members)]
    # Both are indexed by event_id; what is not scored has no direction.
    rows = rows.join(event_directions(tracker))
    rows = rows.fillna({"direction": ""})
    return rows.iloc[::-1]


@cached
def event_directions(tracker: Tracker) -> pd.DataFrame:
    """Return what every scored event of the days that there are did in its own field, by event_id,
    as the ribbon shows it.

    level_before: the level of the day before (NaN: no position); level_after: the one that an act
    sets, of words that of their day; direction: of acts alone, "Stricter", "Softer", "New" (there
    was no position before), or empty where the level stayed.
    """
    levels = stance.daily(tracker).level
    lifetimes = tracker.model.lifetimes
    day_indices = lifetimes.day - day_number(tracker.codebook.first_date)
    is_covered = (day_indices >= 0) & (day_indices < len(levels))
    # One element an event: its place on the axes of `levels`. Column 0 is overall.
    day_index = day_indices[is_covered]
    actor_place = lifetimes.actor[is_covered]
    column = 1 + lifetimes.domain[is_covered]

    # Before the first day there is no level: day_index - 1 would be the last of all.
    eve_level = levels[day_index - 1, actor_place, column]
    level_before = np.where(day_index > 0, eve_level, np.nan)
    is_act = lifetimes.binding[is_covered]
    score = lifetimes.score[is_covered]
    level_after = np.where(is_act, score, levels[day_index, actor_place, column])

    # The first that holds counts.
    cases = [
        ~is_act,
        np.isnan(level_before),
        level_after < level_before,
        level_after > level_before,
    ]
    directions = np.select(cases, ["", "New", "Stricter", "Softer"], "")
    figures = {
        "level_before": level_before,
        "level_after": level_after,
        # As texts are in other frames, of any length.
        "direction": directions.astype(object),
    }
    return pd.DataFrame(figures, lifetimes.ids[is_covered])


def events_between(
    tracker: Tracker,
    first: date,
    last: date,
    domain: str,
) -> pd.DataFrame:
    """Return the events after the first day up to the last, in a domain or in all (OVERALL), by
    date: of all, also of those who take no position.
    """
    events = tracker.events
    days = (pd.Timestamp(first), pd.Timestamp(last))
    chosen = events["date"].between(*days, inclusive="right")
    if domain != OVERALL:
        chosen &= events["domain"] == domain
    return events[chosen]


# -- in words -----------------------------------------------------------------------------------


def headline(
    tracker: Tracker,
    first: date,
    last: date,
    domain: str,
    group: str = EVERYONE,
) -> str:
    """Say who moved by half a level or more by what was done; of several in one field, which way:
    overall, the mean of several fields can rise while what was done is strict.
    """
    field = tracker.in_field(domain)
    moves = moved(tracker, first, last, domain, group)

    # Moved by what was done (negative: stricter), and still to be seen: age did not undo it. The
    # shift counts as negative where it goes the other way.
    shift_that_way = moves["shift"] * np.sign(moves["done"])
    size = np.minimum(moves["done"].abs(), shift_that_way)
    far = moves[size >= HALF - _NOISE]
    clause = f"moved by half a level or more {field} {_when(first, last)}"
    # Others did so by age.
    if (moves["shift"].abs() >= HALF - _NOISE).sum() > len(far):
        clause = f"moved by half a level or more through what was done {field} {_when(first, last)}"
    if far.empty:
        # Moves under LEAST, and of those who came to a position or lost it, can change a level too.
        all_moves = _moves(tracker, first, last, domain, group)
        level_then = level_of(all_moves["then"])
        level_now = level_of(all_moves["now"])
        if level_then.equals(level_now):
            return f"No level changed {field} {words.between(first, last)}"
        # Who moved most by what was done; a size under LEAST is told nowhere.
        largest = moves[size >= LEAST - _NOISE]
        if largest.empty:
            return f"Nobody {clause}"
        actor = size[largest.index].idxmax()
        return f"Nobody {clause}; {tracker.called[actor]} moved most"

    if len(far) == 1:
        actor = far.index[0]
        return f"Only {tracker.called[actor]} {clause}"

    who = str(len(tracker.members(group, last)))
    if group != EVERYONE:
        who += f" {tracker.members_called(group)}"
    count = words.number(len(far), start=True)
    text = f"{count} of {who} {clause}"
    if domain == OVERALL:
        return text

    # "Towards": the end of a strict rule raises a level, and nobody becomes friendly by it.
    lower_count = int((far["done"] < 0).sum())
    higher_count = len(far) - lower_count
    scale = tracker.codebook.scale
    strictest = scale.labels[scale.min]
    friendliest = scale.labels[scale.max]
    if not higher_count:
        return f"{text}, each towards {strictest}"
    if not lower_count:
        return f"{text}, each towards {friendliest}"
    toward_strictest = f"{lower_count} towards {strictest}"
    return f"{text}, {toward_strictest} and {higher_count} towards {friendliest}"


def _when(first: date, last: date) -> str:
    """Return two days in words: in the year to July 2026, else between 2 Jan and 2 Jul 2026."""
    year_later = pd.Timestamp(first) + pd.DateOffset(years=1)
    if last == year_later.date():
        return f"in the year to {last:%B %Y}"
    return words.between(first, last)


def acts_heading(tracker: Tracker, rows: pd.DataFrame) -> str:
    """Return the heading of the acts among rows of `done`: 9 acts by 9 countries."""
    decisions = rows[rows["binding"]]
    actors = decisions["actor"].unique()
    if not len(actors):
        return "No act"

    count = words.plural(len(decisions), "act")
    if len(actors) == 1:
        return f"{count} by {tracker.called[actors[0]]}"

    called = tracker.actors_called(actors)
    return f"{count} by {len(actors)} {called}"
