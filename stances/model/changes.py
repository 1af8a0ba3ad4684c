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

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.model.explain import Counting
from stances.model.lifetimes import ENDED, REPLACED, Bools, Floats, Ints
from stances.model.stance import Model

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


# -- many actors -------------------------------------------------------------------------------
