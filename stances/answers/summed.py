"""One stance as the sum that it is, for whoever looks before they read."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np

from stances.answers.tracker import Tracker
from stances.model.explain import ROLE_ACT, Counting

# An example has so many events: enough to be a sum, and few enough to be seen at a glance.
FEWEST, MOST = 2, 6


class Summand(NamedTuple):
    """An event that counts. `score`: as it was scored; `counted`: as it counts; `share`: of 1."""

    event_id: str
    role: str
    score: float
    counted: float
    weight: float
    share: float


class Summed(NamedTuple):
    """A stance with all that makes it, the heaviest first, and its coding band."""

    actor: str
    domain: str
    summands: tuple[Summand, ...]
    stance: float
    low: float
    high: float


def summed_example(tracker: Tracker, day: date) -> Summed | None:
    """Return the stance of a day in one domain that shows most of the formula: of those of a few
    events, one with an act in force, and then the one in which what counts differs most. None:
    where no stance is of a few events.
    """
    model, lifetimes = tracker.model, tracker.model.lifetimes
    counting = model.counting(day)
    cell = lifetimes.cell[counting.row]
    examples: list[tuple[bool, float, int]] = []
    for each in np.unique(cell).tolist():
        own = counting.only(cell == each)
        enough = bool(model.thresholds.has_position(np.array(own.weight.sum())))
        if enough and FEWEST <= len(own.row) <= MOST:
            # Of two alike the first in the order of the model.
            examples.append((bool(lifetimes.holds[own.row].any()), _differ(own), -each))
    if not examples:
        return None
    actor, domain = divmod(-max(examples)[2], len(model.domains))
    return _summed(tracker, model.actors[actor], model.domains[domain], day)


def _differ(own: Counting) -> float:
    """Return how far what counts differs: the variance of its scores by weight."""
    mean = np.average(own.counted, weights=own.weight)
    return round(float(np.average((own.counted - mean) ** 2, weights=own.weight)), 9)


def _summed(tracker: Tracker, actor: str, domain: str, day: date) -> Summed:
    table = tracker.model.explain(actor, domain, day)
    rows: list[Any] = list(table.itertuples(index=False))
    summands = [
        Summand(r.event_id, r.role, float(r.score), r.counted_score, r.weight, r.share)
        for r in rows
    ]
    columns = tracker.position_columns(day)
    places = tracker.model.place(actor), tracker.model.column(domain)
    place = places[0] * (1 + len(tracker.model.domains)) + places[1]
    stance, low, high = (float(columns[name][place]) for name in ("stance", "low", "high"))
    # The act first, as in every list of reasons.
    summands.sort(key=lambda each: each.role != ROLE_ACT)
    return Summed(actor, domain, tuple(summands), stance, low, high)
