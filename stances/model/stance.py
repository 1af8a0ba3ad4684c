"""The stance model: events -> stance on a date, over time, and the explanation of either.

The only place that computes a stance. The formula stands in the design of the model and is told in
README.md; its constants are the codebook's. In short, for an actor, a domain and a day: the latest
binding act holds with full weight until it ends; the non-binding events since its day fade by
half-lives; the stance is the weighted mean of their scores.

Every scored event has a lifetime in which it can count: from its day until the day of the next
binding act of the same actor and domain. Within it nothing about an event changes but its age and
whether the act that governs it is still in force, so one pass over the living events gives all
stances of a day, and the monthly panel visits each event only in the months in which it lives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.days import day_number
from stances.dataset.faults import BadInput, shown

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Evidence is a sum of floats: this much under the minimum still reaches it.
EVIDENCE_TOLERANCE = 1e-9
# Stances are published, and labelled, to this many decimals.
STANCE_DECIMALS = 4
# Sums in another order differ by less than this many decimals: rounding there first makes them one.
_NOISE_DECIMALS = 9
# A day after every other day.
_NEVER = np.iinfo(np.int64).max

# What the model reads of an event, and keeps.
EVENT_COLUMNS = (
    "event_id", "actor", "date", "end_date", "domain", "instrument", "score", "confidence",
)  # fmt: skip
EXPLANATION_COLUMNS = (
    "event_id", "domain", "date", "instrument", "role", "score", "counted_score", "confirms",
    "weight", "share", "contribution",
)  # fmt: skip
ROLE_ACT, ROLE_SPENT, ROLE_WORD = "act in force", "spent act", "word"
# Why an event counts no more: a later act took its place, or it ended or lapsed by itself.
REPLACED, ENDED = "replaced", "ended"


def rounded(stance: Any) -> Any:
    """Stances to four decimals, without a negative zero; missing stays missing."""
    return np.round(np.round(stance, _NOISE_DECIMALS), STANCE_DECIMALS) + 0.0


def level_of(stance: Any) -> Any:
    """The point of the scale that labels a stance; halves go to the point nearer to 0."""
    exact = rounded(stance)
    return np.sign(exact) * np.ceil(np.abs(exact) - 0.5) + 0.0


def labels_of(codebook: Codebook, stance: Floats) -> NDArray[np.object_]:
    """The label of each stance; no stance is labelled so, never as the middle of the scale."""
    names = np.array([codebook.scale.labels[level] for level in codebook.scale.levels], object)
    known = ~np.isnan(stance)
    labels = np.full(stance.shape, NO_POSITION, object)
    labels[known] = names[level_of(stance[known]).astype(int) - codebook.scale.min]
    return labels


@dataclass(frozen=True)
class StanceArrays:
    """Stances on T days: arrays of T x actors x (overall, then the domains).

    `stance`, `low`, `high`: missing (NaN) where there is no current position.
    `act`: row of the act in force in the model's events, -1 where none is; `overall` has none.
    """

    days: tuple[date, ...]
    stance: Floats
    low: Floats
    high: Floats
    evidence: Floats
    act: Ints


@dataclass(frozen=True)
class Counting:
    """The events that count for the stances of all actors on a day, one element an event.

    `row`: in the model's events, ascending; `weight`: on that day; `counted`: the score that it
    counts with; `share`: of the stance of its actor (above 0, they add up to 1 for each actor with
    a position, and the sum of share x counted is the stance).
    """

    row: Ints
    weight: Floats
    counted: Floats
    share: Floats

    def only(self, chosen: Bools | Ints) -> Counting:
        """Those of the events that are True in `chosen`, or at its places, in their order."""
        return Counting(
            self.row[chosen], self.weight[chosen], self.counted[chosen], self.share[chosen]
        )


@dataclass(frozen=True)
class _Sums:
    """What one day adds up to, by cell (actor x domain)."""

    weight: Floats
    score: Floats
    tolerance: Floats
    act: Ints


class Model:
    """The scored events of a dataset, prepared once so that any day can be derived fast.

    `actors`: codes, in the order of all results. `events`: a table with EVENT_COLUMNS, of which
    events without a score or of other actors are left out, and all other columns. Read-only once
    made: sessions and threads share it.
    """

    def __init__(self, codebook: Codebook, actors: Sequence[str], events: pd.DataFrame) -> None:
        self.codebook = codebook
        self.actors = tuple(actors)
        self.domains = tuple(codebook.domains)
        scored = events["score"].notna() & events["actor"].isin(self.actors)
        self.events = _in_order(events.loc[scored, list(EVENT_COLUMNS)])
        self._prepare()

    def arrays(self, days: Sequence[date]) -> StanceArrays:
        """The stances on each of `days`, which must ascend."""
        sums = list(self._sums(days))
        shape = (len(days), len(self.actors), len(self.domains))
        weight, score, tolerance, act = (
            np.array([getattr(s, name) for s in sums]).reshape(shape)
            for name in ("weight", "score", "tolerance", "act")
        )
        known = weight >= self.codebook.model.minimum_evidence - EVIDENCE_TOLERANCE
        with np.errstate(invalid="ignore", divide="ignore"):
            stance = np.where(known, score / weight, np.nan)
            half = np.where(known, tolerance / weight, np.nan)
        # A sum over no events is a whole number to numpy.
        return self._with_overall(days, stance, half, weight.astype(np.float64), act)

    def position(self, day: date) -> pd.DataFrame:
        """The stance table of a day: one row per actor and domain, `overall` first.

        Columns: actor, domain, stance, low, high (-3 to 3, missing where there is no current
        position), level, label, evidence, in_force_event_id and in_force_since (the act that set
        the level), latest_act_event_id (the act in force itself), last_event_id, last_event_date
        and events (of the scored events up to the day).
        """
        return pd.DataFrame(self.position_columns(day))

    def position_columns(self, day: date) -> dict[str, NDArray[Any]]:
        """The columns of `position` as arrays, for those who need only some of them, fast."""
        arrays = self.arrays([day])
        act = arrays.act.ravel()
        first = _pick(self._run_start, act, -1)
        last, count = self._last_and_count(day)
        columns = 1 + len(self.domains)
        stance = arrays.stance.ravel()
        return {
            "actor": np.repeat(np.array(self.actors, object), columns),
            "domain": np.tile(np.array([OVERALL, *self.domains], object), len(self.actors)),
            "stance": rounded(stance),
            "low": rounded(arrays.low.ravel()),
            "high": rounded(arrays.high.ravel()),
            "level": level_of(stance),
            "label": labels_of(self.codebook, stance),
            "evidence": arrays.evidence.ravel(),
            "in_force_event_id": _pick(self._ids, first, ""),
            "in_force_since": _pick(self._dates, first, np.datetime64("NaT", "s")),
            "latest_act_event_id": _pick(self._ids, act, ""),
            "last_event_id": _pick(self._ids, last, ""),
            "last_event_date": _pick(self._dates, last, np.datetime64("NaT", "s")),
            "events": count,
        }

    def panel(self, days: Sequence[date]) -> pd.DataFrame:
        """The stances on `days` (ascending), long: date, actor, domain, stance, low, high,
        evidence; exact, not rounded. T x actors x (1 + domains) rows.
        """
        arrays = self.arrays(days)
        times, actors, domains = arrays.stance.shape
        codes = np.tile(np.repeat(np.arange(actors), domains), times)
        kinds = np.tile(np.arange(domains), times * actors)
        return pd.DataFrame(
            {
                "date": np.repeat(np.array(days, "datetime64[s]"), actors * domains),
                "actor": pd.Categorical.from_codes(codes, pd.Index(self.actors)),
                "domain": pd.Categorical.from_codes(kinds, pd.Index([OVERALL, *self.domains])),
                "stance": arrays.stance.ravel(),
                "low": arrays.low.ravel(),
                "high": arrays.high.ravel(),
                "evidence": arrays.evidence.ravel(),
            }
        )

    def explain(self, actor: str, domain: str, day: date) -> pd.DataFrame:
        """The events that make the stance of an actor in a domain, or overall, on a day.

        One row an event, the heaviest first: its role, `score`, `counted_score` (that of the act
        where a milder word `confirms` it), `weight`, `share` (of the stance; they add up to 1) and
        `contribution` (share x counted score; they add up to the stance). Empty where there is no
        current position. Raises BadInput for an unknown actor or domain.
        """
        cells, counting = self._cells_of(actor, domain), self.counting(day, domain)
        counting = counting.only(np.isin(self._cell[counting.row], cells))
        order = np.lexsort((self._ids[counting.row], -self._day[counting.row], -counting.share))
        counting = counting.only(order)
        rows, counted, share = counting.row, counting.counted, counting.share
        given = {
            name: self.events[name].array[rows]
            for name in ("event_id", "domain", "date", "instrument", "score")
        }
        roles = np.select(
            [~self._binding[rows], self._score[rows] == 0], [ROLE_WORD, ROLE_SPENT], ROLE_ACT
        )
        derived = {
            "role": roles,
            "counted_score": counted,
            "confirms": counted != self._score[rows],
            "weight": counting.weight,
            "share": share,
            "contribution": share * counted,
        }
        return pd.DataFrame(given | derived, columns=list(EXPLANATION_COLUMNS))

    def counting(self, day: date, domain: str = OVERALL) -> Counting:
        """The events that make the stances of all actors in a domain, or overall, on a day.

        Raises BadInput for an unknown domain.
        """
        column = self.column(domain)
        rows, weight, counted = self._living(day_number(day))
        share = weight * self._share_of_unit(rows, weight, column)
        counts = share > 0
        return Counting(rows[counts], weight[counts], counted[counts], share[counts])

    def departures(self, rows: Ints, day: date) -> NDArray[np.object_]:
        """Why events that counted before count no more on a day: REPLACED (a later act of their
        domain took their place, or set them aside), ENDED, or "" for neither.
        """
        number = day_number(day)
        replaced = self._until[rows] <= number
        ends = np.where(self._holds[rows], self._force_end[rows], _NEVER)
        ended = (ends <= number) & (ends < self._until[rows])
        reasons = np.select([ended, replaced], [ENDED, REPLACED], "")
        return reasons.astype(object)

    def took_over(self, old: Ints, new: Ints) -> Bools:
        """Whether each new act took the place of the old one beside it, at once or with others
        between, none of which left nothing in force: no day without an act in force lies between.
        """
        spent_between = self._spent_acts[new] - ~self._holds[new] - self._spent_acts[old]
        return np.array((self._series[old] == self._series[new]) & (spent_between == 0))

    def place(self, actor: str) -> int:
        """The place of an actor in all results. Raises BadInput for one that has none."""
        if actor not in self.actors:
            raise BadInput(f"actor {shown(actor)} takes no position here; see actors.csv")
        return self.actors.index(actor)

    def column(self, domain: str) -> int:
        """The column of a domain in all results: 0 is overall. Raises BadInput."""
        columns = (OVERALL, *self.domains)
        if domain not in columns:
            raise BadInput(f"domain {shown(domain)} is not one of: {', '.join(columns)}")
        return columns.index(domain)

    def acts(self, actor: str, domain: str) -> pd.DataFrame:
        """The binding acts of an actor in a domain, or in all, oldest first: event_id, domain,
        date, score, and `until`: the day on which the act is replaced, ends or lapses (missing: it
        holds).
        """
        mine = np.isin(self._cell, self._cells_of(actor, domain))
        rows = np.flatnonzero(self._binding & mine)
        ends = np.minimum(self._until[rows], self._force_end[rows])
        names = ("event_id", "domain", "date", "score")
        given = {name: self.events[name].array[rows] for name in names}
        return pd.DataFrame(given | {"until": _days_as_dates(ends)})

    # -- preparation ---------------------------------------------------------------------------

    def _prepare(self) -> None:
        """The arrays of the scored events, in order of date and id."""
        events, codebook = self.events, self.codebook
        actor = pd.Index(self.actors).get_indexer(pd.Index(events["actor"]))
        domain = pd.Index(self.domains).get_indexer(pd.Index(events["domain"]))
        self._cell: Ints = (actor * len(self.domains) + domain).astype(np.int64)
        self._dates = events["date"].to_numpy("datetime64[s]")
        self._day: Ints = self._dates.astype("datetime64[D]").astype(np.int64)
        self._ids = events["event_id"].to_numpy(object)
        self._score: Floats = np.array(events["score"], np.float64)
        tolerance = events["confidence"].map(dict(codebook.model.tolerance))
        self._tolerance: Floats = np.array(tolerance, np.float64)
        self._by_instrument()
        self._force_end: Ints = self._ends()
        self._govern()
        self._freeze()

    def _by_instrument(self) -> None:
        """Whether each event binds, and its weight and half-life; an act does not fade."""
        model = self.codebook.model
        kinds = self.codebook.instruments
        code = pd.Index(list(kinds)).get_indexer(pd.Index(self.events["instrument"]))
        binding = np.array([kind.binding for kind in kinds.values()], bool)
        weight = np.array([kind.weight or model.binding_weight for kind in kinds.values()], float)
        half = np.array([kind.half_life_days or np.inf for kind in kinds.values()], float)
        self._binding: Bools = binding[code]
        spent = self._binding & (self._score == 0)
        self._holds: Bools = self._binding & ~spent
        self._weight: Floats = np.where(spent, model.spent_weight, weight[code])
        self._half_life: Floats = np.where(spent, model.spent_half_life_days, half[code])

    def _ends(self) -> Ints:
        """The first day on which each act is no longer in force by itself."""
        lapses = self.events["instrument"].map(
            {k: i.lapses_after_days for k, i in self.codebook.instruments.items()}
        )
        days = pd.to_numeric(lapses).to_numpy(np.float64)
        lapsing = ~np.isnan(days) & (self._score > 0)
        ends = np.where(lapsing, self._day + np.nan_to_num(days).astype(np.int64), _NEVER)
        given = self.events["end_date"].to_numpy("datetime64[D]")
        return np.where(np.isnat(given), ends, given.astype(np.int64))

    def _govern(self) -> None:
        """Which act governs each event, until when the event lives, and what it counts then."""
        by_cell = np.argsort(self._cell, kind="stable")
        acts = by_cell[self._binding[by_cell]]
        latest, following = self._latest_and_following(acts)
        place = np.full(len(self._cell), -1)
        place[acts] = np.arange(len(acts))
        # An act lives until the next act in order, which may be of the same day.
        following = np.where(self._binding, place + 1, following)
        self._until: Ints = self._start_of(acts, following)
        end, next_day = self._force_end[acts[:-1]], self._day[acts[1:]]
        alike = self._score[acts[:-1]] == self._score[acts[1:]]
        self._run_start: Ints = self._series_of(acts, alike & (end > next_day))
        self._series: Ints = self._series_of(acts, end >= next_day)
        # Of the acts up to each in order, those that left nothing in force.
        self._spent_acts: Ints = np.zeros(len(self._cell), np.int64)
        self._spent_acts[acts] = np.cumsum(~self._holds[acts])
        self._confirm(np.where(latest >= 0, acts[latest], -1) if len(acts) else latest)

    def _latest_and_following(self, acts: Ints) -> tuple[Ints, Ints]:
        """For each event the place in `acts` of the latest act of its cell up to its day (-1:
        none), and of the first one after its day.
        """
        span = int(np.ptp(self._day)) + 1 if len(self._day) else 1
        key = self._cell * span + (self._day - self._day.min(initial=_NEVER))
        following = np.searchsorted(key[acts], key, side="right")
        latest = following - 1
        if len(acts):
            latest = np.where(self._cell[acts[latest]] == self._cell, latest, -1)
        return latest, following

    def _start_of(self, acts: Ints, place: Ints) -> Ints:
        """The day of the act at each place, where it is one of the event's own cell."""
        if not len(acts):
            return np.full(len(place), _NEVER)
        act = acts[np.minimum(place, len(acts) - 1)]
        same = (place < len(acts)) & (self._cell[act] == self._cell)
        return np.where(same, self._day[act], _NEVER)

    def _series_of(self, acts: Ints, goes_on: Bools) -> Ints:
        """For each act the first of the series in its cell that it ends, each of which goes on
        with the next. `goes_on`: of each act but the last in order.
        """
        starts = np.full(len(self._cell), -1)
        goes_on = goes_on & (self._cell[acts[:-1]] == self._cell[acts[1:]])
        opens = np.concatenate([np.ones(min(1, len(acts)), bool), ~goes_on])
        first = np.maximum.accumulate(np.where(opens, np.arange(len(acts)), 0))
        starts[acts] = acts[first]
        return starts

    def _confirm(self, act: Ints) -> None:
        """A word with the sign of its act, but milder, counts with the act's score in force."""
        score, governed = self._score, act >= 0
        act_score = np.where(governed, score[act], 0.0) if len(score) else score
        milder = (np.sign(score) == np.sign(act_score)) & (np.abs(score) < np.abs(act_score))
        confirms = governed & ~self._binding & milder
        self._confirmed: Floats = np.where(confirms, act_score, score)
        self._confirmed_until: Ints = np.where(confirms, self._force_end[act], _NEVER)

    def _freeze(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    # -- a day ---------------------------------------------------------------------------------

    def _sums(self, days: Sequence[date]) -> Iterator[_Sums]:
        """The sums of each day; only events that live are carried from one day to the next."""
        rows, seen = np.empty(0, np.int64), 0
        for day in map(day_number, days):
            known = int(np.searchsorted(self._day, day, side="right"))
            rows = np.concatenate([rows, np.arange(seen, known)])
            rows = rows[self._until[rows] > day]
            seen = known
            yield self._sum(*self._counting(rows, day))

    def _sum(self, rows: Ints, weight: Floats, counted: Floats) -> _Sums:
        cell, cells = self._cell[rows], len(self.actors) * len(self.domains)
        act = np.full(cells, -1)
        holding = rows[self._holds[rows]]
        act[self._cell[holding]] = holding
        return _Sums(
            _added(cell, weight, cells),
            _added(cell, weight * counted, cells),
            _added(cell, weight * self._tolerance[rows], cells),
            act,
        )

    def _living(self, day: int) -> tuple[Ints, Floats, Floats]:
        """Rows of the events that count on a day, with their weight then and counted score."""
        known = int(np.searchsorted(self._day, day, side="right"))
        return self._counting(np.flatnonzero(self._until[:known] > day), day)

    def _counting(self, rows: Ints, day: int) -> tuple[Ints, Floats, Floats]:
        # An act that has ended counts no more, and nothing takes its place.
        rows = rows[~self._holds[rows] | (day < self._force_end[rows])]
        weight = self._weight[rows] * np.exp2((self._day[rows] - day) / self._half_life[rows])
        in_force = day < self._confirmed_until[rows]
        return rows, weight, np.where(in_force, self._confirmed[rows], self._score[rows])

    def _with_overall(
        self, days: Sequence[date], stance: Floats, half: Floats, evidence: Floats, act: Ints
    ) -> StanceArrays:
        """Put the overall figures before those of the domains; a reader's settings may give a
        domain the weight 0, and then it makes no overall position.
        """
        known = ~np.isnan(stance)
        weight = self._domain_weights() * known
        total = weight.sum(axis=2)
        with np.errstate(invalid="ignore"):
            overall = (weight * np.nan_to_num(stance)).sum(axis=2) / total
            half_overall = (weight * np.nan_to_num(half)).sum(axis=2) / total
        stance = _before(overall, stance)
        half = _before(half_overall, half)
        scale = self.codebook.scale
        return StanceArrays(
            tuple(days),
            stance,
            np.maximum(stance - half, scale.min),
            np.minimum(stance + half, scale.max),
            _before((evidence * (weight > 0)).sum(axis=2), evidence),
            _before(np.full(overall.shape, -1), act),
        )

    def _domain_weights(self) -> Floats:
        return np.array([domain.weight for domain in self.codebook.domains.values()])

    def _last_and_count(self, day: date) -> tuple[Ints, Ints]:
        """Per actor and (overall, domains): row of the last scored event up to a day, and their
        number.
        """
        known = int(np.searchsorted(self._day, day_number(day), side="right"))
        shape = (len(self.actors), len(self.domains))
        cells = shape[0] * shape[1]
        last = np.full(cells, -1)
        np.maximum.at(last, self._cell[:known], np.arange(known))
        count = np.bincount(self._cell[:known], minlength=cells).reshape(shape)
        last = last.reshape(shape)
        overall = last.max(axis=1, initial=-1)
        return _before(overall, last).ravel(), _before(count.sum(axis=1), count).ravel()

    # -- one actor -----------------------------------------------------------------------------

    def _cells_of(self, actor: str, domain: str) -> Ints:
        first, column = self.place(actor) * len(self.domains), self.column(domain)
        if column == 0:
            return np.arange(first, first + len(self.domains))
        return np.array([first + column - 1])

    def _share_of_unit(self, rows: Ints, weight: Floats, column: int) -> Floats:
        """What a unit of weight of each row is worth in the stance of its actor: one part of its
        domain's evidence, times the part of the domain among those that have a position; 0 where
        it counts for nothing.
        """
        shape = len(self.actors), len(self.domains)
        evidence = _added(self._cell[rows], weight, shape[0] * shape[1])
        known = evidence >= self.codebook.model.minimum_evidence - EVIDENCE_TOLERANCE
        alone = np.arange(shape[1]) == column - 1
        parts = known.reshape(shape) * (alone if column else self._domain_weights())
        total = parts.sum(axis=1, keepdims=True)
        part = (parts / np.where(total > 0, total, 1.0)).ravel()
        unit: Floats = part / np.where(known, evidence, 1.0)
        return unit[self._cell[rows]]


def _in_order(events: pd.DataFrame) -> pd.DataFrame:
    """By date, then event_id: the order in which acts replace one another and sums are made."""
    return events.sort_values(["date", "event_id"], kind="stable").reset_index(drop=True)


def _added(cell: Ints, values: Floats, cells: int) -> Floats:
    """The sum of the values of each cell, 0 for a cell without any."""
    sums: Floats = np.bincount(cell, values, cells).astype(np.float64)
    return sums


def _before(overall: NDArray[Any], domains: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([overall[..., np.newaxis], domains], axis=-1)


def _pick(values: NDArray[Any], rows: Ints, missing: Any) -> NDArray[Any]:
    """`values` at `rows`, and `missing` where a row is -1."""
    picked = np.full(len(rows), missing, values.dtype)
    picked[rows >= 0] = values[rows[rows >= 0]]
    return picked


def _days_as_dates(days: Ints) -> NDArray[np.datetime64]:
    """Day numbers as dates; a day that never comes is missing."""
    never = days == _NEVER
    dates = np.where(never, 0, days).astype("datetime64[D]")
    return np.where(never, np.datetime64("NaT", "D"), dates)
