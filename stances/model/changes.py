"""Changes of stances between two days, and what made them: actions, and time alone.

Three states of an actor are compared: as it stood *then*; as it would stand *now* if nothing had
been done since (what counted then, only older: no act ended, none came); and as it stands *now*.
The way from the first to the second is what **time** did, that from the second to the third what
was **done**. The two add up to the move.

A stance is the sum of share x counted score over the events that count, with shares that add up to
1. So for any figure *m* both ways are sums over the events of

    share after x (score after - m)  -  share before x (score before - m)

An overall stance that rests on little is drawn to 0: there the shares add up to less than 1, as if
the rest stood at 0. Where that rest changes by d, the way is longer by *m* x d than the sums say,
and this goes to the events whose own shares changed in that direction, in proportion.

`changes` measures from the middle of the move, *m* = (stance then + stance now) / 2: an event that
says what the stance says anyway has no part in its move. (Griliches and Regev split the growth of
an industry by its firms in this way: those that stay, that enter and that leave.)

On the way that time makes no event enters, leaves or changes its score: shares fall as an event's
own weight fades, or grow as others fade. On the way that actions make an event enters, leaves, or
stays with a share that fell (what came in diluted it) or grew (others left), and perhaps with
another score: then its part is split into

    mean share x change of its counted score        it confirms its act no more
    change of its share x (mean score - m)          dilution, or room that others left

An act that a later one replaced is one with it: before, the old one; after, the new one. If they
have one score and one weight, the new act only renews the old and has a part as if it had been
there all along; else what actions made of it is the replacement's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import OVERALL
from stances.dataset.days import day_number
from stances.dataset.faults import BadInput
from stances.model.explain import Counting, with_shares
from stances.model.lifetimes import ENDED, REPLACED, Bools, Floats, Ints, sum_by_cell
from stances.model.stance import Model

CAME_IN, CONFIRMS, SUPERSEDED, OWN_SCORE = "came in", "confirms", "set aside", "own score"
DILUTED, FREED, FADED, GREW = "diluted", "freed", "faded", "grew"

# The causes in the order in which they are told: first what was done, then what time did.
DONE = (CAME_IN, CONFIRMS, REPLACED, SUPERSEDED, ENDED, OWN_SCORE, DILUTED, FREED)
TIME = (FADED, GREW)
CAUSES = DONE + TIME

# What became of the position of an actor between two days.
LASTING, GAINED, LOST, FADED_AWAY, NEVER_HAD = "held", "gained", "lost", "faded away", "none"

# A part under this is a sum in another order, and no part.
_NOISE = 1e-12
_THEN, _ALONE, _NOW = range(3)


@dataclass(frozen=True)
class Changes:
    """The changes of stances between two days.

    `moves`: actor, then, now, move, done, time (points of the scale, exact; done + time = move) and
    position. One row an actor, in the order of the model. `position`: LASTING (on both days),
    GAINED, LOST (by what was done), FADED_AWAY (by time alone) or NEVER_HAD (on neither); but for
    LASTING there is no figure for the move.
    `causes`: actor, domain, event_id, cause (of `CAUSES`), part. One row for each event and cause,
    the largest part of each actor first; the parts of an actor add up to its move, those of `DONE`
    to what was done. Where a position was gained or lost the events that made it so, the heaviest
    first; they have no part (missing).
    """

    moves: pd.DataFrame
    causes: pd.DataFrame


@dataclass(frozen=True)
class _Events:
    """Events that count on one of two days or on both. `share`, `weight` and `counted` (scores):
    3 x events: then, now by time alone, now. Where `replaced`, what was before is of the act that
    this one replaced.
    """

    row: Ints
    weight: Floats
    counted: Floats
    share: Floats
    replaced: Bools

    def only(self, chosen: Bools) -> _Events:
        return _Events(*(values[..., chosen] for values in vars(self).values()))


class _Parts(NamedTuple):
    """The part of each event and cause, in arrays of one length: a table of each cause would cost
    more than all figures. `size`: by which they are put in order.
    """

    row: Ints
    cause: NDArray[np.object_]
    part: Floats
    size: Floats


def changes(model: Model, then: date, now: date, domain: str = OVERALL) -> Changes:
    """Return how the stance of every actor moved between two days, and the part of each event in
    it.

    Raises BadInput where `now` is before `then`, and for an unknown domain.
    """
    if now < then:
        raise BadInput(f"{now} is before {then}; allowed is the same day or a later one")
    stance = model.arrays([then, now]).stance[:, :, model.column(domain)]
    before, after = (model.counting(day, domain) for day in (then, now))
    alone = model.lifetimes.age(before.row, before.counted, day_number(now))
    events = _on_both(before, with_shares(alone, model.shares(alone, domain)), after)
    events = _replacing(model, events)
    position = _positions(stance, model.positions(alone, domain))
    lasting = (position == LASTING)[_actors(model, events.row)]
    parts = _parts(model, now, events.only(lasting), stance.mean(axis=0))
    moves = _moves(model, stance, position, parts)
    of_positions = _of_positions(model, (then, now), events.only(~lasting), position)
    return Changes(moves, _in_order(model, _together([parts, of_positions])))


# -- what counted ------------------------------------------------------------------------------


def _on_both(then: Counting, alone: Counting, now: Counting) -> _Events:
    row = np.union1d(then.row, now.row)
    weight, counted, share = np.zeros((3, 3, len(row)))
    for state, counting in ((_THEN, then), (_ALONE, alone), (_NOW, now)):
        place = np.searchsorted(row, counting.row)
        weight[state, place], share[state, place] = counting.weight, counting.share
        counted[state, place] = counting.counted
    return _Events(row, weight, counted, share, np.zeros(len(row), bool))


def _replacing(model: Model, events: _Events) -> _Events:
    """Return the parts of moves with each act that another replaced put into that other's past.
    Where no act was in force for a while between the two, none was replaced.
    """
    binds = model.lifetimes.binding[events.row]
    # An actor and a domain have one act at a time, so these are the old one and the new one.
    cell = model.lifetimes.cell[events.row]
    before, after = events.share[_THEN] > 0, events.share[_NOW] > 0
    old, new = np.flatnonzero(binds & before & ~after), np.flatnonzero(binds & after & ~before)
    _, of_old, of_new = np.intersect1d(cell[old], cell[new], return_indices=True)
    took_over = model.took_over(events.row[old[of_old]], events.row[new[of_new]])
    old, new = old[of_old[took_over]], new[of_new[took_over]]
    for column in (events.weight, events.counted, events.share):
        column[:_NOW, new] = column[:_NOW, old]
    events.replaced[new] = True
    return events.only(~np.isin(np.arange(len(events.row)), old))


def _actors(model: Model, row: Ints) -> Ints:
    """Return the places of the actors of events."""
    return model.lifetimes.cell[row] // len(model.domains)


# -- the parts of a move -----------------------------------------------------------------------


def _parts(model: Model, now: date, events: _Events, middle: Floats) -> _Parts:
    """Return the part of each event and cause. `middle`: of the move of each actor."""
    actor = _actors(model, events.row)
    rest = [
        _of_the_rest(actor, share, middle) for share in (events.share[:_NOW], events.share[_ALONE:])
    ]
    middle = middle[actor]
    pull = events.share * (events.counted - middle)
    time, done = (pull[state + 1] - pull[state] + rest[state] for state in (_THEN, _ALONE))
    before, after = events.share[[_THEN, _NOW]] > 0
    same = (events.counted[_THEN] == events.counted[_NOW]) & (
        events.weight[_THEN] == events.weight[_NOW]
    )
    came, left, replaced = after & ~before, before & ~after, events.replaced & ~same
    stayed = before & after & ~replaced
    return _together(
        [
            _of(events.row[replaced], REPLACED, done[replaced]),
            _of(events.row[came], _why_in(model, events.only(came)), done[came]),
            _of(events.row[left], _why_out(model, events.row[left], now), done[left]),
            *_of_those_that_stayed(events.only(stayed), middle[stayed], rest[_ALONE][stayed]),
            _shifts(events, time, (_THEN, _ALONE), (FADED, GREW)),
        ]
    )


def _of_the_rest(actor: Ints, share: Floats, middle: Floats) -> Floats:
    """Share out the change of the rest that stands at 0 among the events.

    `actor`: the place of that of each; `share`: 2 x events, before and after; `middle`: of the move
    of each actor.
    """
    change, actors = share[1] - share[0], len(middle)
    whole = sum_by_cell(actor, change, actors)
    whole[np.abs(whole) <= _NOISE] = 0.0
    alike = np.where(np.sign(change) == np.sign(whole)[actor], change, 0.0)
    total = sum_by_cell(actor, alike, actors)
    by_actor = np.divide(whole * middle, total, out=np.zeros(actors), where=total != 0)
    part: Floats = alike * by_actor[actor]
    return part


def _of(row: Ints, cause: str | NDArray[np.object_], part: Floats) -> _Parts:
    kinds = np.broadcast_to(np.asarray(cause, object), len(row))
    return _Parts(row, kinds, part, np.abs(part))


def _together(several: Sequence[_Parts]) -> _Parts:
    return _Parts(*map(np.concatenate, zip(*several, strict=True)))


def _why_in(model: Model, events: _Events) -> NDArray[np.object_]:
    confirms = events.counted[_NOW] != model.lifetimes.score[events.row]
    return np.where(confirms, CONFIRMS, CAME_IN).astype(object)


def _why_out(model: Model, row: Ints, now: date) -> NDArray[np.object_]:
    """Return why events that counted then count no more: FADED where they became too little."""
    reasons = model.departures(row, now)
    reasons[(reasons == REPLACED) & ~model.lifetimes.binding[row]] = SUPERSEDED
    reasons[reasons == ""] = FADED
    return reasons


def _of_those_that_stayed(events: _Events, middle: Floats, rest: Floats) -> list[_Parts]:
    """Return what actions made of events of both days. `rest`: what they have of its change."""
    share, counted = events.share[[_ALONE, _NOW]], events.counted[[_ALONE, _NOW]]
    by_score = share.mean(axis=0) * (counted[1] - counted[0])
    shift = (share[1] - share[0]) * (counted.mean(axis=0) - middle) + rest
    tells = np.abs(by_score) > _NOISE
    return [
        _of(events.row[tells], OWN_SCORE, by_score[tells]),
        _shifts(events, shift, (_ALONE, _NOW), (DILUTED, FREED)),
    ]


def _shifts(
    events: _Events, part: Floats, states: tuple[int, int], causes: tuple[str, str]
) -> _Parts:
    """Return the parts of shares that fell or grew between two states; `causes`: of either."""
    before, after = (events.share[state] for state in states)
    tells = np.abs(part) > _NOISE
    cause = np.where(after < before, *causes).astype(object)
    return _of(events.row[tells], cause[tells], part[tells])


# -- what became of each actor -----------------------------------------------------------------


def _positions(stance: Floats, alone: Bools) -> NDArray[np.object_]:
    """Return what became of each position. `alone`: whether by time alone there would be one."""
    then, now = ~np.isnan(stance)
    states = [then & now, now, then & alone, then]
    return np.select(states, [LASTING, GAINED, LOST, FADED_AWAY], NEVER_HAD).astype(object)


def _moves(
    model: Model, stance: Floats, position: NDArray[np.object_], parts: _Parts
) -> pd.DataFrame:
    move, time = stance[1] - stance[0], np.zeros(len(model.actors))
    of_time = np.fromiter((cause in TIME for cause in parts.cause), bool, len(parts.cause))
    np.add.at(time, _actors(model, parts.row[of_time]), parts.part[of_time])
    time[position != LASTING] = np.nan
    return pd.DataFrame(
        {
            "actor": np.array(model.actors, object),
            "then": stance[0],
            "now": stance[1],
            "move": move,
            "done": move - time,
            "time": time,
            "position": position,
        }
    )


def _of_positions(
    model: Model, days: tuple[date, date], events: _Events, position: NDArray[np.object_]
) -> _Parts:
    """Return the events that gained an actor its position, or by which it was lost."""
    came = events.share[_NOW] > 0
    cause = _why_out(model, events.row, days[1])
    cause[came] = _why_in(model, events.only(came))
    became = position[_actors(model, events.row)]
    new = model.lifetimes.day[events.row] > day_number(days[0])
    tells = np.select([became == GAINED, became == LOST], [new, cause != FADED], True)
    events, cause = events.only(tells), cause[tells]
    none = np.full(len(events.row), np.nan)
    return _Parts(events.row, cause, none, events.share.max(axis=0))


def _in_order(model: Model, causes: _Parts) -> pd.DataFrame:
    ids, cell = model.lifetimes.ids[causes.row], model.lifetimes.cell[causes.row]
    place, domain = np.divmod(cell, len(model.domains))
    order = np.lexsort((causes.cause.astype(str), ids.astype(str), -causes.size, place))
    named = {
        "actor": np.array(model.actors, object)[place],
        "domain": np.array(model.domains, object)[domain],
        "event_id": ids.astype(object),
        "cause": causes.cause,
    }
    # Plain objects, of which views take some one by one.
    texts = {name: pd.Series(of[order], dtype=object) for name, of in named.items()}
    return pd.DataFrame({**texts, "part": causes.part[order]})
