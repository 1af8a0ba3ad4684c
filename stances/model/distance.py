"""How far actors are apart: two over time, and all among themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.model.lifetimes import Bools, Floats, Ints
from stances.model.stance import Model, StanceArrays

# Under so many common months and domains a distance says nothing.
FEWEST_PAIRS = 6


_MONTHS_OF_NEAREST = 12


# Between two days of a line a gap is never so much larger than on both, in points.
_NEAR_WIDEST = 0.02


def side_by_side(model: Model, day: date, first: str, second: str) -> pd.DataFrame:
    """Two actors on a day: domain (overall first), first, second (their stances), gap (first -
    second; missing where one has no position). Raises BadInput for an unknown actor.
    """
    places = [model.place(first), model.place(second)]
    stances = model.arrays([day]).stance[0, places]
    return pd.DataFrame(
        {
            "domain": [OVERALL, *model.domains],
            "first": stances[0],
            "second": stances[1],
            "gap": stances[0] - stances[1],
        }
    )


def gaps(
    model: Model, arrays: StanceArrays, first: str, second: str, domain: str = OVERALL
) -> pd.DataFrame:
    """Two actors over time: date, first, second, gap, as in `side_by_side`, one row a day of
    `arrays`. Raises BadInput for an unknown actor or domain.
    """
    column = model.column(domain)
    one, other = (arrays.stance[:, model.place(actor), column] for actor in (first, second))
    days = np.array(arrays.days, "datetime64[s]")
    return pd.DataFrame({"date": days, "first": one, "second": other, "gap": one - other})


def days_around_widest(table: pd.DataFrame) -> list[date]:
    """The days that `table` (of `gaps`, in order) leaves out beside those on which two actors are
    nearly as far apart as ever.

    Where it has all days on which a stance steps, stances only fade between two of them, and a gap
    is nowhere much larger than on both.
    """
    days = table["date"].dt.date.tolist()
    size = table["gap"].abs().round(9).fillna(-1.0).to_numpy(np.float64)
    around = {
        lower + timedelta(days=n)
        for place in np.flatnonzero(_is_peak(size)).tolist()
        for lower, upper in pairwise(days[max(place - 1, 0) : place + 2])
        for n in range(1, (upper - lower).days)
    }
    return sorted(around)


def _is_peak(size: Floats) -> Bools:
    """Where a gap is no smaller than those beside it, and nearly the largest of all."""
    before, after = np.append(-1.0, size[:-1]), np.append(size[1:], -1.0)
    level = (size == before) & (size == after)
    high = size >= np.maximum(np.maximum(before, after), size.max(initial=0.0) - _NEAR_WIDEST)
    return np.array(high & ~level)


@dataclass(frozen=True)
class Distances:
    """How far apart actors are, in points of the scale.

    `distance`: actors x actors, mean absolute difference of their stances over the month ends and
    domains in which both have a position; missing (NaN) under FEWEST_PAIRS of these. `pairs`: their
    number. All domains count alike.
    """

    actors: tuple[str, ...]
    distance: Floats
    pairs: Ints


def distances(
    model: Model, arrays: StanceArrays, actors: Sequence[str], start: date, end: date
) -> Distances:
    """The distances of actors over the month ends from `start` to `end`, both included, ordered so
    that near ones stand together (`leaf_order`). `arrays`: the monthly panel.

    Raises BadInput for an unknown actor, and where `end` is before `start`.
    """
    codes = sorted(set(actors))
    stances = _in_window(model, arrays, codes, start, end)
    pairs = [_distances_from(stances, place) for place in range(len(codes))]
    distance = np.array([row for row, _ in pairs]).reshape(len(codes), len(codes))
    number = np.array([row for _, row in pairs], np.int64).reshape(len(codes), len(codes))
    order = leaf_order(distance)
    square = np.ix_(order, order)
    return Distances(tuple(codes[place] for place in order), distance[square], number[square])


def nearest(
    model: Model, arrays: StanceArrays, actor: str, among: Sequence[str], day: date
) -> pd.DataFrame:
    """Who was nearest to an actor in the 12 months up to a day, and in the 12 months before these:
    actor, distance, pairs, distance_before, pairs_before; the nearest first, those whose distance
    cannot be told last. The actor itself is left out. Raises BadInput for an unknown actor.
    """
    others = sorted(set(among) - {actor})
    middle = _months_before(day, _MONTHS_OF_NEAREST)
    windows = [(middle, day), (_months_before(middle, _MONTHS_OF_NEAREST), middle)]
    columns: dict[str, NDArray[np.generic]] = {"actor": np.array(others, object)}
    for name, (after, last) in zip(("", "_before"), windows, strict=True):
        start = after + timedelta(days=1)
        stances = _in_window(model, arrays, [actor, *others], start, last)
        distance, pairs = _distances_from(stances, 0)
        columns |= {f"distance{name}": distance[1:], f"pairs{name}": pairs[1:]}
    table = pd.DataFrame(columns)
    return table.sort_values(["distance", "actor"], ignore_index=True, na_position="last")


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last day of a shorter one."""
    return (pd.Timestamp(day) - pd.DateOffset(months=months)).date()


def _in_window(
    model: Model, arrays: StanceArrays, actors: Sequence[str], start: date, end: date
) -> Floats:
    """The stances of actors by domain at the month ends of a window: actors x (days x domains)."""
    if end < start:
        raise BadInput(f"{end} is before {start}; allowed is the same day or a later one")
    # The panel ends with today, which is seldom the end of a month.
    inside = [start <= day <= end and _ends_month(day) for day in arrays.days]
    stances = arrays.stance[inside][:, [model.place(actor) for actor in actors], 1:]
    return np.moveaxis(stances, 1, 0).reshape(len(actors), stances.shape[0] * stances.shape[2])


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _distances_from(stances: Floats, place: int) -> tuple[Floats, Ints]:
    """The distances of the actor at a place from all, and on how many pairs each rests."""
    apart = np.abs(stances - stances[place])
    pairs = (~np.isnan(apart)).sum(axis=1)
    total = np.nansum(apart, axis=1)
    told = pairs >= FEWEST_PAIRS
    return np.where(told, total / np.maximum(pairs, 1), np.nan), pairs


def leaf_order(distance: Floats) -> list[int]:
    """An order in which near ones stand together.

    `distance`: symmetric, n x n, NaN where it cannot be told. Average linkage: the two nearest
    clusters are joined until one is left, by the mean of the distances that can be told between
    their members (none: they are furthest); of equally near ones the first in order. When two are
    joined, each may be turned around so that the two ends that meet are as near as can be.
    """
    known = ~np.isnan(distance)
    total, number = np.where(known, distance, 0.0), known.astype(float)
    clusters = {place: [place] for place in range(len(distance))}
    while len(clusters) > 1:
        one, other = _nearest_clusters(total, number, list(clusters))
        clusters[one] = _joined(clusters[one], clusters.pop(other), distance)
        for sums in (total, number):
            sums[one] += sums[other]
            sums[:, one] += sums[:, other]
    return next(iter(clusters.values()), [])


def _nearest_clusters(total: Floats, number: Floats, clusters: list[int]) -> tuple[int, int]:
    one, other = np.triu_indices(len(clusters), 1)
    first, second = np.array(clusters)[one], np.array(clusters)[other]
    told = number[first, second]
    mean = np.full(len(first), np.inf)
    np.divide(total[first, second], told, out=mean, where=told > 0)
    # Sums in another order must not decide between equals.
    nearest_pair = int(np.argmin(np.round(mean, 9)))
    return int(first[nearest_pair]), int(second[nearest_pair])


def _joined(one: list[int], other: list[int], distance: Floats) -> list[int]:
    turns = [(a, b) for a in (one, one[::-1]) for b in (other, other[::-1])]
    meeting = [np.nan_to_num(distance[a[-1], b[0]], nan=np.inf) for a, b in turns]
    first, second = turns[int(np.argmin(meeting))]
    return first + second
