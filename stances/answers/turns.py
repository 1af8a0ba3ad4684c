"""The events that moved the lines of a chart most, with names that are whole."""

import math
from collections.abc import Iterator
from operator import attrgetter
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import escapes
from stances.answers.gaps import Period
from stances.answers.history import all_landmarks, chosen_events, hovers, landmark_name
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL
from stances.model.parting import parting

# A chart has room for about so many names, and for so many letters on either side of its middle.
_MOST, _LETTERS = 6, 90
_UNEVEN = 8  # by how many letters a line may be longer than the others
# What is said of them, and where there are groups.
TURNS = "Dotted lines: what moved each line most."
TURNS_OF_GROUPS = f"{TURNS[:-1]}; for a group, key events of members."


class _Turn(NamedTuple):
    """An event and by how much it moved a line; one of a member by its score."""

    size: float
    event: Any


@memoize
def turns(tracker: Tracker, codes: tuple[str, ...], domain: str, period: Period) -> pd.DataFrame:
    """Return the events of a period that moved the lines of actors most, of each as many, and the
    landmarks of the members of groups, oldest first: event_id, date, hover and name (both escaped).
    """
    most = max(1, _MOST // max(1, len(codes)))
    events: dict[str, Any] = {}
    for code in codes:
        moves_of = _of_members if code in tracker.groups else _of_actor
        moves = moves_of(tracker, code, domain, period)
        largest = sorted(moves, key=lambda turn: (turn.size, turn.event.date), reverse=True)[:most]
        events |= {turn.event.event_id: turn.event for turn in largest}
    rows = sorted(events.values(), key=attrgetter("date", "event_id"))
    return pd.DataFrame(
        {
            "event_id": np.array([row.event_id for row in rows], object),
            "date": np.array([row.date for row in rows], "datetime64[s]"),
            "hover": np.array([hovers(tracker)[row.event_id] for row in rows], object),
            "name": np.array([_whole_name(tracker, row) for row in rows], object),
        }
    )


def _of_actor(tracker: Tracker, code: str, domain: str, period: Period) -> Iterator[_Turn]:
    """Yield the events of an actor by what its stance moved on their days apart from fading, of
    several on a day the one with the score furthest from 0.
    """
    happened = parting(tracker.model_of(code), (code, code), domain, period)
    moves = (happened["after"] - happened["before"]).groupby(happened["date"]).sum(skipna=False)
    events = chosen_events(tracker, [code], domain, period)
    furthest = events.assign(far=events["score"].abs()).sort_values("far", kind="stable")
    rows: Iterator[Any] = furthest.drop_duplicates("date", keep="last").itertuples(index=False)
    for row in rows:
        if (size := abs(moves.get(row.date, math.nan))) > 0:
            yield _Turn(size, row)


def _of_members(tracker: Tracker, group: str, domain: str, period: Period) -> Iterator[_Turn]:
    """Yield the landmarks of those that are members of a group on their days."""
    for row in all_landmarks(tracker):
        day = row.date.date()
        inside = period[0] <= day <= period[1] and domain in (OVERALL, row.domain)
        if inside and row.actor in tracker.members(group, day):
            yield _Turn(0.0 if pd.isna(row.score) else abs(float(row.score)), row)


def _whole_name(tracker: Tracker, row: Any) -> str:
    """Return whose event it is and what, in lines of like lengths where one has no room for it."""
    text = landmark_name(tracker, row)
    lines = math.ceil(len(text) / _LETTERS)
    most = _LETTERS if lines == 1 else math.ceil(len(text) / lines) + _UNEVEN
    return "<br>".join(map(escapes.html, wrap(text, most)))
