"""The events that opened or closed the gap between two actors, apart from what time alone did.

On a day on which something comes in or an act ends, the stance of its actor is taken twice: as it
would be if nothing had happened on that day (what counted the day before, a day older), and as it
is then. What lies between is the effect of what happened, and all else is fading. Of several on one
day an act that ended comes first and the others follow by their ids: each has those before it.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd

from stances.dataset.days import day_number
from stances.model.stance import Model

PARTING_COLUMNS = ("date", "actor", "event_id", "ended", "before", "after", "other")


class _Happening(NamedTuple):
    """Something of a day: an event that came in, or an act that `ended` by itself. `row`: of the
    event in the model's events; `place`: of its actor.
    """

    day: int
    came: bool
    row: int
    place: int


def parting(
    model: Model, pair: tuple[str, str], domain: str, period: tuple[date, date]
) -> pd.DataFrame:
    """Return what happened to two actors in a domain, or overall, after the first day of a period
    and up to the last, oldest first, with PARTING_COLUMNS.

    `ended`: an act that ended or lapsed, where it is no event that came in; `before`, `after`: the
    stance of its `actor` without it and with it; `other`: that of the other one then; missing where
    there is no position. Raises BadInput for an unknown actor or domain.
    """
    places, column = tuple(map(model.place, pair)), model.column(domain)
    happened = sorted(_happenings(model, places, domain, period))
    days = [date.fromordinal(_EPOCH + day) for day in sorted({step.day for step in happened})]
    then, now = (
        made.stance[:, :, column] for made in (model.undisturbed_stances(days), model.arrays(days))
    )
    rows = []
    for number, (_, step) in enumerate(groupby(happened, key=lambda step: step.day)):
        stance, of_day = then[number].copy(), list(step)
        for rank, one in enumerate(of_day):
            other = places[one.place == places[0]]
            before = stance[one.place]
            more = any(later.place == one.place for later in of_day[rank + 1 :])
            stance[one.place] = _with(model, one, domain) if more else now[number, one.place]
            rows.append((one, before, stance[one.place], stance[other]))
    return _table(model, rows)


_EPOCH = date(1970, 1, 1).toordinal()


def _happenings(
    model: Model, places: tuple[int, ...], domain: str, period: tuple[date, date]
) -> Iterator[_Happening]:
    events, (first, last) = model.lifetimes, map(day_number, period)
    place, column = np.divmod(events.cell, len(model.domains))
    chosen = np.isin(place, places) & (model.weights(domain) > 0)[column]
    ended = chosen & events.holds & (events.force_end < events.until)
    for came, days, those in ((True, events.day, chosen), (False, events.force_end, ended)):
        for row in np.flatnonzero(those & (first < days) & (days <= last)).tolist():
            yield _Happening(int(days[row]), came, row, int(place[row]))


def _with(model: Model, one: _Happening, domain: str) -> float:
    """Return the stance of an actor on a day with no more than what had happened by then."""
    events = model.lifetimes
    known = one.row + 1 if one.came else int(np.searchsorted(events.day, one.day))
    actor = model.actors[one.place]
    only = Model(model.codebook, (actor,), model.events[:known]).on(model.basis)
    day = date.fromordinal(_EPOCH + one.day)
    return float(only.arrays([day]).stance[0, 0, only.column(domain)])


def _table(model: Model, rows: list[tuple[_Happening, float, float, float]]) -> pd.DataFrame:
    events = [one for one, *_ in rows]
    figures = np.array([stances for _, *stances in rows], float).reshape(len(rows), 3)
    days = np.array([one.day for one in events], "datetime64[D]")
    columns = (
        days.astype("datetime64[s]"),
        np.array([model.actors[one.place] for one in events], object),
        model.lifetimes.ids[[one.row for one in events]],
        np.array([not one.came for one in events], bool),
        *figures.T,
    )
    return pd.DataFrame(dict(zip(PARTING_COLUMNS, columns, strict=True)))
