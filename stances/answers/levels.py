"""The levels of every actor on every day, as the days on which they change: what a map that follows
a drag needs to be drawn on any day without asking.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stances.answers.practice import outline_days, outlines_by
from stances.answers.standing import act_rows_on, is_old
from stances.answers.tracker import Tracker, memoize
from stances.dataset.days import ONE_DAY, day_number
from stances.model.lifetimes import Ints, pick
from stances.model.stance import level_of

# Days whose stances are computed at a time: all of sixteen years at once would take 300 MB.
_DAYS = 366
# Of a cell: no position, else the level above the lowest, from 1; old, an act and an outline
# besides.
_OLD, _ACT, _OUTLINE = 64, 128, 256


class LevelChange(NamedTuple):
    """A position that an actor takes on a day and has until the next. `level`: None: no position;
    `old`: whether the position rests on old statements; `act_in_force`: whether an act binds, by
    the act shown; `outline`: see `practice.outlines`.
    """

    day: date
    level: int | None
    old: bool
    act_in_force: bool
    outline: int


def level_changes(tracker: Tracker, domain: str) -> Mapping[str, tuple[LevelChange, ...]]:
    """Return the changes of every actor from the first day that has stances to the last, in a
    domain or overall; the first one tells how it stood on the first day. In the model's order.
    """
    return _changes(tracker)[domain]


@memoize
def _changes(tracker: Tracker) -> dict[str, dict[str, tuple[LevelChange, ...]]]:
    """Return the changes by domain. All at once, since the domains make up the overall stance:
    6,000 days of 100 actors take a second.
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
    above = code % _OLD
    level = above - 1 + lowest if above else None
    return LevelChange(day, level, bool(code & _OLD), bool(code & _ACT), code // _OUTLINE)


def _codes(tracker: Tracker) -> NDArray[np.uint16]:
    """Return a number for each day, actor and domain (overall first): all that is shown there."""
    days = [*_days(tracker)]
    parts = [days[at : at + _DAYS] for at in range(0, len(days), _DAYS)]
    lowest = tracker.codebook.scale.min
    parts_of = zip(*(_of_part(tracker, part, lowest) for part in parts), strict=True)
    codes, acts = map(np.concatenate, parts_of)
    bound = _bound_codes(tracker, days, acts)
    numbers = np.array([*map(day_number, days)])[:, np.newaxis, np.newaxis]
    old = is_old(codes > 0, (bound & _ACT) > 0, _newest(tracker, days), numbers)
    return np.asarray(codes | bound | np.where(old, _OLD, 0), np.uint16)


def _newest(tracker: Tracker, days: list[date]) -> Ints:
    """Return the day, as a number, of the newest event of each actor, overall and by domain, on
    each of `days`, which follow one another; one long before where there is none.
    """
    events, width = tracker.model.lifetimes, len(tracker.model.domains)
    newest = np.full((len(days), len(tracker.model.actors), 1 + width), np.iinfo(np.int32).min)
    place = np.maximum(events.day - day_number(days[0]), 0)
    known = place < len(days)
    actor, domain = events.cell[known] // width, 1 + events.cell[known] % width
    np.maximum.at(newest, (place[known], actor, domain), events.day[known])
    newest[:, :, 0] = newest.max(axis=2)
    return np.maximum.accumulate(newest, axis=0)


def _days(tracker: Tracker) -> Iterator[date]:
    day = tracker.codebook.first_date
    while day <= tracker.data.today:
        yield day
        day += ONE_DAY


def _of_part(
    tracker: Tracker, days: list[date], lowest: int
) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
    """Return the levels of some days, and the rows of the acts in force."""
    arrays = tracker.model.arrays(days)
    level = level_of(arrays.stance)
    above = np.where(np.isnan(level), 0, level - lowest + 1).astype(np.uint8)
    return above, arrays.act.astype(np.int16)


def _bound_codes(tracker: Tracker, days: list[date], acts: NDArray[np.int16]) -> NDArray[np.uint16]:
    """Return, of each actor overall and in each domain, whether an act binds and the outline, on
    each of `days`: asked of the days alone on which that can change, when another act is the latest
    or the register says so.
    """
    new = np.any(acts[1:] != acts[:-1], axis=(1, 2))
    text = np.concatenate([tracker.acts_shown.days, outline_days(tracker)])
    changed = np.isin(np.array(days[1:], "datetime64[D]"), text)
    places = np.flatnonzero(np.concatenate([[True], new | changed]))
    codes = np.array([_binding_codes(tracker, days[at], acts[at]) for at in places])
    since = np.searchsorted(places, np.arange(len(days)), side="right") - 1
    return np.asarray(codes[since], np.uint16)


def _binding_codes(tracker: Tracker, day: date, acts: NDArray[np.int16]) -> NDArray[np.uint16]:
    """Say whether an act binds on a day, and the outline: actors x (overall, then the domains)."""
    shown_acts = tracker.acts_shown.by_latest(acts, day)
    columns = [
        ~pick(shown_acts["pending"], rows, True).astype(bool)
        for rows in (
            act_rows_on(tracker, shown_acts, column) for column in tracker.codebook.columns
        )
    ]
    outlined = outlines_by(tracker, day, shown_acts).astype(np.uint16)
    return np.where(np.array(columns).T, _ACT, 0).astype(np.uint16) | outlined * _OUTLINE
