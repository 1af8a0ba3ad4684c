"""Directions of events, each in its own domain.

A mean of several domains can rise while an actor does something strict, so a direction is never
read off the overall stance. An act is held against the level in force before it; where none was,
against the label of the stance of the day before. A word is held against what else counts in its
domain on its day: by the level of the stance with it and without it. One that leaves the level
leaves it as before, however far the stance moves within it.
"""

import numpy as np
import pandas as pd

from stances.model.lifetimes import Bools, Floats, Ints, Lifetimes, Living
from stances.model.stance import ALL, Model, level_of

STRICTER, SOFTER, NEW, EASED = "stricter", "softer", "new", "eased"
# Words that move a stance by less, a twentieth of a point, leave it as before, over a border too.
_LEAST_MOVE = 0.05


def directions(model: Model) -> pd.DataFrame:
    """Return which way the scored events of a model went, indexed by event_id: direction (empty: as
    before), before and after (the level of an act, the stance with words; NaN: no position).

    Words count, whatever the stances rest on.
    """
    model = model.on(ALL)
    events = model.lifetimes
    previous = _previous_acts(events)
    in_force = (previous >= 0) & events.holds[previous] & (events.force_end[previous] >= events.day)
    day_before, without, with_it = _means(model)
    of_act = np.where(in_force, events.score[previous], level_of(day_before))
    before = np.where(events.binding, of_act, without)
    after = np.where(events.binding, events.score, with_it)
    move = np.where(level_of(before) == level_of(after), 0, after - before)
    cases = [np.isnan(before), move <= -_LEAST_MOVE, move >= _LEAST_MOVE]
    direction = np.select(cases, [NEW, STRICTER, SOFTER], "").astype(object)
    still = (direction == "") & events.binding
    # The first act that holds is new, though words may have asked for its level before.
    direction[still & ~in_force & events.holds] = NEW
    kinds = model.codebook.instruments
    easing = np.array([kinds[code].easing for code in events.events["instrument"]], bool)
    direction[still & in_force & easing] = EASED
    index = pd.Index(events.ids, name="event_id", dtype=object)
    return pd.DataFrame({"direction": direction, "before": before, "after": after}, index)


def _previous_acts(events: Lifetimes) -> Ints:
    """Return the row of the latest act before each event in its cell, -1 where there is none."""
    rows = pd.Series(np.where(events.binding, np.arange(len(events.cell)), np.nan))
    previous = rows.groupby(events.cell).transform(lambda acts: acts.ffill().shift())
    return previous.fillna(-1).to_numpy(np.int64)


def _means(model: Model) -> Floats:
    """Return, in rows, the stance of each event's domain on the day before, and, of words, that of
    their day without them and with them, what came later that day left out; NaN: no position.
    """
    events = model.lifetimes
    means = np.full((3, len(events.day)), np.nan)
    days = np.unique(events.day)
    both = zip(events.living_on((days - 1).tolist()), events.living_on(days.tolist()), strict=True)
    first = np.searchsorted(events.day, [*days, days[-1] + 1 if len(days) else 0])
    for start, end, (eve, living) in zip(first, first[1:], both, strict=False):
        for row in range(start, end):
            cell = events.cell[row]
            means[0, row] = _mean(model, eve, events.cell[eve.row] == cell)
            if not events.binding[row]:
                those = events.cell[living.row] == cell
                those &= events.binding[living.row] | (living.row <= row)
                means[1, row] = _mean(model, living, those & (living.row != row))
                means[2, row] = _mean(model, living, those)
    return means


def _mean(model: Model, living: Living, those: Bools) -> float:
    """Return the stance that some of the events that count would make; NaN where that is none."""
    weight = living.weight[those]
    evidence = weight.sum()
    if not model.thresholds.has_position(evidence):
        return float("nan")
    return float((weight * living.counted[those]).sum() / evidence)
