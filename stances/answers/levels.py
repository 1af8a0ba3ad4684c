"""Where every actor stands on every day, as the days on which that changes: what a map that follows
the hand needs to be drawn on any day without asking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stances.answers.standing import FADING, shown_act_rows
from stances.answers.tracker import Tracker
from stances.model.lifetimes import Bools, pick
from stances.model.stance import level_of

# Days whose stances are computed at a time: all of sixteen years at once would take 300 MB.
_DAYS = 366
_ONE_DAY = timedelta(days=1)
# Of a cell: no position, else the level above the lowest, from 1; fading and an act besides.
_FADING, _ACT = 64, 128


class LevelChange(NamedTuple):
    """From `day` on an actor stands so, until its next change. `level`: None: no position;
    `act_in_force`: whether an act binds, by the act shown.
    """

    day: date
    level: int | None
    fading: bool
    act_in_force: bool


def level_changes(tracker: Tracker, domain: str) -> Mapping[str, tuple[LevelChange, ...]]:
    """The changes of every actor from the first day that has stances to the last, in a domain or
    overall; the first one tells how it stood on the first day. In the order of the model's actors.
    """
    return tracker.remember(_changes)[domain]


def _changes(tracker: Tracker) -> dict[str, dict[str, tuple[LevelChange, ...]]]:
    """The changes by domain; for `Tracker.remember`. All at once, since the domains make up the
    overall stance: 6,000 days of 100 actors take a third of a second.
    """
    codes = _codes(tracker)
    first, lowest = tracker.codebook.first_date, tracker.codebook.scale.min
    changed = np.diff(codes, axis=0, prepend=~codes[:1]) != 0
    return {
        domain: {
            actor: tuple(
                _change(first + timedelta(int(day)), int(codes[day, row, column]), lowest)
                for day in np.flatnonzero(changed[:, row, column])
            )
            for row, actor in enumerate(tracker.model.actors)
        }
        for column, domain in enumerate(tracker.codebook.columns)
    }


def _change(day: date, code: int, lowest: int) -> LevelChange:
    above = code % _FADING
    return LevelChange(
        day, above - 1 + lowest if above else None, bool(code & _FADING), code >= _ACT
    )


def _codes(tracker: Tracker) -> NDArray[np.uint8]:
    """What each actor and domain shows on each day, in one number: days x actors x (overall, then
    the domains).
    """
    days = [*_days(tracker)]
    parts = [days[at : at + _DAYS] for at in range(0, len(days), _DAYS)]
    lowest = tracker.codebook.scale.min
    codes, acts = zip(*(_of_part(tracker, part, lowest) for part in parts), strict=True)
    binds = _acts_in_force(tracker, days, np.concatenate(acts))
    return np.asarray(np.concatenate(codes) | np.where(binds, _ACT, 0), np.uint8)


def _days(tracker: Tracker) -> Iterator[date]:
    day = tracker.codebook.first_date
    while day <= tracker.data.today:
        yield day
        day += _ONE_DAY


def _of_part(
    tracker: Tracker, days: list[date], lowest: int
) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
    """The levels of some days, fading ones marked, and the rows of the acts in force."""
    arrays = tracker.model.arrays(days)
    level = level_of(arrays.stance)
    fading = ~np.isnan(level) & (arrays.certainty < FADING)
    above = np.where(np.isnan(level), 0, level - lowest + 1).astype(np.uint8)
    return above | np.where(fading, _FADING, 0).astype(np.uint8), arrays.act.astype(np.int16)


def _acts_in_force(tracker: Tracker, days: list[date], acts: NDArray[np.int16]) -> Bools:
    """Whether an act binds each actor, in each domain and overall, on each of `days`: asked of the
    days alone on which that can change, when another act is the latest or the register says so.
    """
    new = np.any(acts[1:] != acts[:-1], axis=(1, 2))
    told = np.isin(np.array(days[1:], "datetime64[D]"), tracker.acts_shown.days)
    asked = np.flatnonzero(np.concatenate([[True], new | told]))
    bound = np.array([_bound(tracker, days[at]) for at in asked])
    since = np.searchsorted(asked, np.arange(len(days)), side="right") - 1
    return np.asarray(bound[since], bool)


def _bound(tracker: Tracker, day: date) -> Bools:
    """The same of one day: actors x (overall, then the domains)."""
    shown = tracker.acts_shown.on(day)
    columns = [
        ~pick(shown["pending"], rows, True).astype(bool)
        for rows in (shown_act_rows(tracker, shown, each) for each in tracker.codebook.columns)
    ]
    return np.array(columns).T
