"""Distances between actors: of two over time, and of all among themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd

from stances.dataset.codebook import OVERALL
from stances.dataset.days import months_before
from stances.dataset.faults import BadInput
from stances.model.lifetimes import Bools, Floats, Ints
from stances.model.stance import Model, StanceArrays

# Under so many common months and domains a distance says nothing.
FEWEST_PAIRS = 6


_MONTHS_OF_NEAREST = 12
# Of the domain weight of the actor asked about, what others must share to be ranked.
_LEAST_SHARED = 0.5


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
            "domain": model.codebook.columns,
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
    """Return the days that `table` (of `gaps`, in order) leaves out beside those on which two
    actors are nearly as far apart as ever.

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
    """Return where a gap is no smaller than those beside it, and nearly the largest of all."""
    before, after = np.append(-1.0, size[:-1]), np.append(size[1:], -1.0)
    level = (size == before) & (size == after)
    high = size >= np.maximum(np.maximum(before, after), size.max(initial=0.0) - _NEAR_WIDEST)
    return np.array(high & ~level)


@dataclass(frozen=True)
class Distances:
    """The distances between actors, in points of the scale.

    `distance`: actors x actors, mean absolute difference of their stances over the month ends and
    domains in which both have a position, each by the weight of its domain times the smaller of the
    two certainties; missing (NaN) under FEWEST_PAIRS of these. `pairs`: their number. `domains`:
    actors x actors x domains, whether both have a position there in any of the months.
    """

    actors: tuple[str, ...]
    distance: Floats
    pairs: Ints
    domains: Bools

    def only(self, places: Ints) -> Distances:
        """Return the distances of the actors at some places, in that order."""
        square = np.ix_(places, places)
        actors = tuple(self.actors[place] for place in places.tolist())
        return Distances(actors, self.distance[square], self.pairs[square], self.domains[square])


@dataclass(frozen=True)
class _Window:
    """Stances and certainties, actors x months (ends) x domains, and the domains' weights."""

    stance: Floats
    certainty: Floats
    weights: Floats


def distances(
    model: Model, arrays: StanceArrays, actors: Sequence[str], start: date, end: date
) -> Distances:
    """Return the distances of actors over the month ends from `start` to `end`, both included,
    ordered so that near ones stand together (`leaf_order`). `arrays`: the monthly panel.

    Raises BadInput for an unknown actor, and where `end` is before `start`.
    """
    codes = sorted(set(actors))
    window = _in_window(model, arrays, codes, start, end)
    rows = [_distances_from(window, place) for place in range(len(codes))]
    size = len(codes)
    result = Distances(
        tuple(codes),
        np.array([row[0] for row in rows]).reshape(size, size),
        np.array([row[1] for row in rows], np.int64).reshape(size, size),
        np.array([row[2] for row in rows], bool).reshape(size, size, len(model.domains)),
    )
    return result.only(np.array(leaf_order(result.distance), np.int64))


def nearest(
    model: Model, arrays: StanceArrays, actor: str, among: Sequence[str], day: date
) -> pd.DataFrame:
    """Return who was nearest to an actor in the 12 months up to a day, and in the 12 months before
    these: actor, distance, pairs, domains (codes of those that the distance rests on), enough, and
    all of these once more with `_before`.

    `enough`: whether the two share at least half of the domain weight of the actor asked about, and
    a distance can be told. Those come first, the nearest before others. The actor itself is left
    out. Raises BadInput for an unknown actor.
    """
    others = sorted(set(among) - {actor})
    middle = months_before(day, _MONTHS_OF_NEAREST)
    windows = {"": (middle, day), "_before": (months_before(middle, _MONTHS_OF_NEAREST), middle)}
    table = pd.DataFrame({"actor": np.array(others, object)})
    for name, (after, last) in windows.items():
        window = _in_window(model, arrays, [actor, *others], after + timedelta(days=1), last)
        rows = _from_one(model, window)
        table = table.join(rows.iloc[1:].reset_index(drop=True).add_suffix(name))
    table["last"] = ~table["enough"]
    table = table.sort_values(["last", "distance", "actor"], ignore_index=True, na_position="last")
    return table.drop(columns="last")


def _from_one(model: Model, window: _Window) -> pd.DataFrame:
    """Return the distances of all from a window's first actor: distance, pairs, domains, enough."""
    distance, pairs, common = _distances_from(window, 0)
    shared = common.astype(np.float64) @ window.weights
    enough = (shared >= _LEAST_SHARED * shared[0]) & ~np.isnan(distance)
    codes = np.array(model.domains, object)
    domains = [tuple(codes[pair].tolist()) for pair in common]
    return pd.DataFrame(
        {
            "distance": distance,
            "pairs": pairs,
            "domains": pd.Series(domains, dtype=object),
            "enough": enough,
        }
    )


def _in_window(
    model: Model, arrays: StanceArrays, actors: Sequence[str], start: date, end: date
) -> _Window:
    """Return what actors stood for by domain at the month ends of a window."""
    if end < start:
        raise BadInput(f"{end} is before {start}; allowed is the same day or a later one")
    # The panel ends with today, which is seldom the end of a month.
    inside = [start <= day <= end and (day + timedelta(days=1)).day == 1 for day in arrays.days]
    places = [model.place(actor) for actor in actors]
    stance, certainty = (
        np.moveaxis(values[inside][:, places, 1:], 1, 0)
        for values in (arrays.stance, arrays.certainty)
    )
    return _Window(stance, certainty, model.weights(OVERALL))


def _distances_from(window: _Window, place: int) -> tuple[Floats, Ints, Bools]:
    """Return an actor's distances from all, on how many pairs, and in which domains."""
    apart = np.abs(window.stance - window.stance[place])
    both = ~np.isnan(apart) & (window.weights > 0)
    weight = np.minimum(window.certainty, window.certainty[place]) * window.weights * both
    total, pairs = weight.sum(axis=(1, 2)), both.sum(axis=(1, 2))
    text = (pairs >= FEWEST_PAIRS) & (total > 0)
    sums = (weight * np.where(both, apart, 0.0)).sum(axis=(1, 2))
    return np.where(text, sums / np.where(text, total, 1.0), np.nan), pairs, both.any(axis=1)


def leaf_order(distance: Floats) -> list[int]:
    """Return an order in which near ones stand together.

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
        clusters[one] = _join(clusters[one], clusters.pop(other), distance)
        for sums in (total, number):
            sums[one] += sums[other]
            sums[:, one] += sums[:, other]
    return next(iter(clusters.values()), [])


def _nearest_clusters(total: Floats, number: Floats, clusters: list[int]) -> tuple[int, int]:
    one, other = np.triu_indices(len(clusters), 1)
    first, second = np.array(clusters)[one], np.array(clusters)[other]
    text = number[first, second]
    mean = np.full(len(first), np.inf)
    np.divide(total[first, second], text, out=mean, where=text > 0)
    # Sums in another order must not decide between equals.
    nearest_pair = int(np.argmin(np.round(mean, 9)))
    return int(first[nearest_pair]), int(second[nearest_pair])


def _join(one: list[int], other: list[int], distance: Floats) -> list[int]:
    orders = [(a, b) for a in (one, one[::-1]) for b in (other, other[::-1])]
    meeting = [np.nan_to_num(distance[a[-1], b[0]], nan=np.inf) for a, b in orders]
    first, second = orders[int(np.argmin(meeting))]
    return first + second
