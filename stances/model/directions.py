"""Directions of events, each in its own domain.

A mean of several domains can rise while an actor does something strict, so a direction is never
read off the overall stance. An act is held against the level in force before it; where none was,
against the label of the stance of the day before. A word is held against what else counts in its
domain on its day: by the level of the stance with it and without it. One that leaves the level
leaves it as before, however far the stance moves within it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stances.model.lifetimes import Bools, Floats, Ints, Living
from stances.model.stance import ALL, Model, level_of

STRICTER, SOFTER, NEW, AS_BEFORE, EASED = "stricter", "softer", "new", "as before", "eased"
# In the order in which they are told.
DIRECTIONS = (STRICTER, SOFTER, EASED, NEW, AS_BEFORE)

# Words that move a stance by less, a twentieth of a point, leave it as before, over a border too.
_LEAST_MOVE = 0.05


class Directions(NamedTuple):
    """The directions of the events of a model, one element an event in the order of its events.

    `direction`: of DIRECTIONS; `before`: the level (an act) or the stance (words) that the domain
    had before it, NaN: none; `after`: what the event made of it.
    """

    direction: NDArray[np.object_]
    before: Floats
    after: Floats


def directions(model: Model) -> Directions:
    """Return which way the events of a model went. Words count, whatever the stances rest on."""
    model = model.on(ALL)
    of_acts, of_words = _acts(model), _words(model)
    before, after = (
        np.where(model.lifetimes.binding, act, word)
        for act, word in zip(of_acts[:2], of_words, strict=True)
    )
    move = np.where(level_of(before) == level_of(after), 0, after - before)
    cases = [np.isnan(before), move <= -_LEAST_MOVE, move >= _LEAST_MOVE]
    direction = np.select(cases, [NEW, STRICTER, SOFTER], AS_BEFORE).astype(object)
    still = (direction == AS_BEFORE) & model.lifetimes.binding
    in_force = of_acts[2]
    # The first act that holds is new, though words may have asked for its level before.
    direction[still & ~in_force & model.lifetimes.holds] = NEW
    kinds = model.codebook.instruments
    easing = np.array([kinds[code].easing for code in model.events["instrument"]], bool)
    direction[still & in_force & easing] = EASED
    return Directions(direction, before, after)


def _acts(model: Model) -> tuple[Floats, Floats, Bools]:
    """Return each act's level before and after, and if one was in force; words: nothing."""
    events = model.lifetimes
    previous = _previous_acts(events.cell, events.binding)
    known = previous >= 0
    in_force = known & events.holds[previous] & (events.force_end[previous] >= events.day)
    words = _day_before(model)
    before = np.where(in_force, events.score[previous], level_of(words))
    return before, events.score, in_force


def _previous_acts(cell: Ints, binding: Bools) -> Ints:
    """Return the row of the latest act before each event in its cell, -1 where there is none."""
    latest: dict[int, int] = {}
    previous = np.full(len(cell), -1)
    for row, (of, binds) in enumerate(zip(cell.tolist(), binding.tolist(), strict=True)):
        previous[row] = latest.get(of, -1)
        if binds:
            latest[of] = row
    return previous


def _day_before(model: Model) -> Floats:
    """Return each event's domain's stance at the end of the day before; NaN: no position."""
    events, stance = model.lifetimes, np.full(len(model.lifetimes.day), np.nan)
    days = np.unique(events.day)
    for day, living in zip(days, events.living_on((days - 1).tolist()), strict=True):
        for row in np.flatnonzero(events.day == day).tolist():
            stance[row] = _mean(model, living, events.cell[living.row] == events.cell[row])
    return stance


def _words(model: Model) -> tuple[Floats, Floats]:
    """Return the stance without and with each word on its day, later ones left out."""
    events = model.lifetimes
    without, with_it = np.full((2, len(events.day)), np.nan)
    days = np.unique(events.day[~events.binding])
    for day, living in zip(days, events.living_on(days.tolist()), strict=True):
        of_day = np.flatnonzero((events.day == day) & ~events.binding)
        for row in of_day.tolist():
            those = events.cell[living.row] == events.cell[row]
            those &= events.binding[living.row] | (living.row <= row)
            with_it[row] = _mean(model, living, those)
            without[row] = _mean(model, living, those & (living.row != row))
    return without, with_it


def _mean(model: Model, living: Living, those: Bools) -> float:
    """Return the stance that some of the events that count would make; NaN where that is none."""
    weight = living.weight[those]
    evidence = weight.sum()
    if not model.thresholds.has_position(evidence):
        return float("nan")
    return float((weight * living.counted[those]).sum() / evidence)
