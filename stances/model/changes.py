"""What changed between two days and why; how far apart actors are.

A stance is the sum of share x counted score over the events that count, with shares that add up to
1. So for any figure *m* the move of a stance between two days is the sum over the events of

    share now x (score now - m)  -  share then x (score then - m)

`changes` measures from the middle of the move, *m* = (stance then + stance now) / 2: an event that
says what the stance says anyway has no part in its move, and the same two days the other way round
give the same parts with the other sign. (Griliches and Regev split the growth of an industry by
its firms in this way: those that stay, that enter and that leave.)

An act that a later one replaced is one with it: then the old, now the new. If they have one score
and one weight, the new act only renews the old and has a part as if it had been there all along;
else the whole part is the replacement's.

An event that counts on one day only has one part. One that counts on both has up to three, which
add up to its own:

    mean share x change of its counted score        it confirms its act no more
    change of its share x (mean score - m)          the share grew: others faded or left; or it
                                                    fell: by fading and by dilution

With share = weight x worth of a unit of weight, a share falls because the event's own weight faded,
because a unit is worth less (what came in took a part of the whole: dilution), or both; then the
fall is split in the proportion of the logarithms of the two ratios.
"""

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
from stances.model.stance import ENDED, REPLACED, Bools, Counting, Floats, Ints, Model, StanceArrays

CAME_IN, CONFIRMS, AGAIN, SET_ASIDE = "came in", "confirms", "counts again", "set aside"
OWN_SCORE, FADED, DILUTED, GREW = "own score", "faded", "diluted", "grew"

# What each cause says of its event, in the order in which causes are told.
CAUSES: dict[str, str] = {
    CAME_IN: "came in between the two days",
    CONFIRMS: "came in and confirms the act in force, so it counts with the act's score",
    AGAIN: "was there before, but what its domain had was too little to count",
    REPLACED: "took the place of an earlier act; or was replaced by one that counts no more",
    SET_ASIDE: "was said before a later act, which sets it aside",
    ENDED: "was an act that ended or lapsed",
    OWN_SCORE: "counts with its own score again, as the act that it confirmed ended",
    FADED: "faded, or what is left in its domain is too little to count",
    DILUTED: "has a smaller share, diluted by what came in",
    GREW: "has a larger share, as others faded or left",
}

# Under so many common months and domains a distance says nothing.
FEWEST_PAIRS = 6
_MONTHS_OF_NEAREST = 12
# Between two days of a line a gap is never so much larger than on both, in points.
_NEAR_WIDEST = 0.02
# A part under this is a sum in another order, and no part.
_NOISE = 1e-12


@dataclass(frozen=True)
class Changes:
    """What changed between two days.

    `moves`: actor, then, now, move (points of the scale, exact), missing. One row an actor, in the
    order of the model. `missing` names the days without a current position ("then", "now", "then
    and now", else empty); then `move` is missing and no cause can be told.
    `causes`: actor, domain, event_id, cause (of `CAUSES`), part. One row for each event and cause,
    the largest part of each actor first; the parts of an actor add up to its move.
    """

    moves: pd.DataFrame
    causes: pd.DataFrame


@dataclass(frozen=True)
class _Events:
    """Events that count on one of two days or on both: `weight`, `counted` and `share` are arrays
    of 2 (then, now) x events. Where `replaced`, what was then is of the act that this one replaced.
    """

    row: Ints
    weight: Floats
    counted: Floats
    share: Floats
    replaced: Bools

    def only(self, chosen: Bools) -> _Events:
        """Those of the events that are True in `chosen`."""
        return _Events(*(column[..., chosen] for column in vars(self).values()))


def changes(model: Model, then: date, now: date, domain: str = OVERALL) -> Changes:
    """How the stance of every actor moved between two days, and the part of each event in it.

    Raises BadInput where `now` is before `then`, and for an unknown domain.
    """
    if now < then:
        raise BadInput(f"{now} is before {then}; allowed is the same day or a later one")
    stance = model.arrays([then, now]).stance[:, :, model.column(domain)]
    moves = _moves(model, stance)
    events = _on_both(model.counting(then, domain), model.counting(now, domain))
    events = _replacing(model, events)
    actor = pd.Index(model.actors).get_indexer(pd.Index(model.events["actor"].iloc[events.row]))
    known = ~moves["move"].isna().to_numpy()[actor]
    middle = stance.mean(axis=0)[actor[known]]
    return Changes(moves, _causes(model, (then, now), events.only(known), middle))


def _moves(model: Model, stance: Floats) -> pd.DataFrame:
    then, now = np.isnan(stance)
    missing = np.select([then & now, then, now], ["then and now", "then", "now"], "")
    return pd.DataFrame(
        {
            "actor": np.array(model.actors, object),
            "then": stance[0],
            "now": stance[1],
            "move": stance[1] - stance[0],
            "missing": missing.astype(object),
        }
    )


def _on_both(then: Counting, now: Counting) -> _Events:
    row = np.union1d(then.row, now.row)
    weight, counted, share = np.zeros((3, 2, len(row)))
    for day, counting in enumerate((then, now)):
        place = np.searchsorted(row, counting.row)
        weight[day, place], share[day, place] = counting.weight, counting.share
        counted[day, place] = counting.counted
    return _Events(row, weight, counted, share, np.zeros(len(row), bool))


def _replacing(model: Model, events: _Events) -> _Events:
    """The same with each act that another replaced put into that other's past. Where no act was in
    force for a while between the two, none was replaced.
    """
    binds = _binds(model, events.row)
    # An actor and a domain have one act at a time, so these are the old one and the new one.
    table = model.events.iloc[events.row]
    cell = table.groupby(["actor", "domain"], sort=False).ngroup().to_numpy()
    before, after = events.share > 0
    old, new = np.flatnonzero(binds & before & ~after), np.flatnonzero(binds & after & ~before)
    _, of_old, of_new = np.intersect1d(cell[old], cell[new], return_indices=True)
    took_over = model.took_over(events.row[old[of_old]], events.row[new[of_new]])
    old, new = old[of_old[took_over]], new[of_new[took_over]]
    for column in (events.weight, events.counted, events.share):
        column[0, new] = column[0, old]
    events.replaced[new] = True
    return events.only(~np.isin(np.arange(len(events.row)), old))


def _causes(model: Model, days: tuple[date, date], events: _Events, middle: Floats) -> pd.DataFrame:
    pull = events.share * (events.counted - middle)
    part = pull[1] - pull[0]
    then, now = events.share > 0
    same = (events.counted[0] == events.counted[1]) & (events.weight[0] == events.weight[1])
    came, left, replaced = now & ~then, then & ~now, events.replaced & ~same
    stayed = then & now & ~replaced
    tables = [
        _table(model, events.row[replaced], REPLACED, part[replaced]),
        _table(model, events.row[came], _why_in(model, events.only(came), days[0]), part[came]),
        _table(model, events.row[left], _why_out(model, events.row[left], days[1]), part[left]),
        *_of_those_that_stayed(model, events.only(stayed), middle[stayed]),
    ]
    table = pd.concat(tables, ignore_index=True)
    table["size"] = -table["part"].abs()
    table = table.sort_values(["place", "size", "event_id", "cause"], ignore_index=True)
    return table[["actor", "domain", "event_id", "cause", "part"]]


def _table(model: Model, row: Ints, cause: str | NDArray[np.object_], part: Floats) -> pd.DataFrame:
    table = model.events.iloc[row][["actor", "domain", "event_id"]].reset_index(drop=True)
    table["place"] = pd.Index(model.actors).get_indexer(pd.Index(table["actor"]))
    table["cause"], table["part"] = cause, part
    return table


def _why_in(model: Model, events: _Events, then: date) -> NDArray[np.object_]:
    table = model.events.iloc[events.row]
    confirms = events.counted[1] != np.array(table["score"], np.float64)
    old = (table["date"] <= np.datetime64(then, "s")).to_numpy()
    return np.select([old, confirms], [AGAIN, CONFIRMS], CAME_IN).astype(object)


def _why_out(model: Model, row: Ints, now: date) -> NDArray[np.object_]:
    reasons = model.departures(row, now)
    reasons[(reasons == REPLACED) & ~_binds(model, row)] = SET_ASIDE
    reasons[reasons == ""] = FADED
    return reasons


def _binds(model: Model, row: Ints) -> Bools:
    binding = [code for code, kind in model.codebook.instruments.items() if kind.binding]
    return model.events["instrument"].iloc[row].isin(binding).to_numpy(bool)


def _of_those_that_stayed(model: Model, events: _Events, middle: Floats) -> list[pd.DataFrame]:
    change = events.share[1] - events.share[0]
    pull = change * (events.counted.mean(axis=0) - middle)
    fading, dilution = _ways_to_fall(events)
    parts = {
        OWN_SCORE: events.share.mean(axis=0) * (events.counted[1] - events.counted[0]),
        FADED: pull * fading * (change < 0),
        DILUTED: pull * dilution * (change < 0),
        GREW: pull * (change > 0),
    }
    tables = []
    for cause, part in parts.items():
        tells = np.abs(part) > _NOISE
        tables.append(_table(model, events.row[tells], cause, part[tells]))
    return tables


def _ways_to_fall(events: _Events) -> tuple[Floats, Floats]:
    """How much of the fall of each share is the event's own fading, and how much dilution; they
    add up to 1.
    """
    fade = np.log(events.weight[0] / events.weight[1])
    # What is left of the fall of the share; below 0 a unit of weight became worth more.
    dilution = np.maximum(np.log(events.share[0] / events.share[1]) - fade, 0.0)
    total = fade + dilution
    part = np.divide(dilution, total, out=np.zeros_like(total), where=total > 0)
    return 1.0 - part, part


# -- two actors --------------------------------------------------------------------------------


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


# -- many actors -------------------------------------------------------------------------------


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
