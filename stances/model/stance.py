"""The stance model: events -> stance on a date, over time, and the explanation of either.

The only place that computes a stance. The formula stands in the design of the model and is told in
README.md; its constants are the codebook's. In short, for an actor, a domain and a day: the latest
binding act holds with full weight until it ends; the non-binding events since its day fade by
half-lives; the stance is the weighted mean of their scores. The overall stance is the mean over all
domains, each by its weight and by how much evidence it has, so that one that fades out of it never
drops out of it; who is known in domains of little weight alone is drawn to 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.days import day_number
from stances.dataset.faults import BadInput, inline
from stances.model.evidence import Thresholds
from stances.model.explain import Counting, explanation, with_shares
from stances.model.lifetimes import (
    NO_DAY,
    Bools,
    Floats,
    Ints,
    Lifetimes,
    Living,
    pick,
    sum_by_cell,
)

# What a stance rests on: all that counts, or the level of the act in force alone.
Basis = Literal["all", "acts"]
ALL: Final = "all"
ACTS: Final = "acts"
BASES: tuple[Basis, ...] = (ALL, ACTS)
# Stances are published, and labelled, to this many decimals.
STANCE_DECIMALS = 4
# Sums in another order differ by less than this many decimals: rounding there first makes them one.
_NOISE_DECIMALS = 9


def round_stance(stance: Any) -> Any:
    """Stances to four decimals, without a negative zero; missing stays missing."""
    if isinstance(stance, float):
        return _round_one(stance)
    return np.round(np.round(stance, _NOISE_DECIMALS), STANCE_DECIMALS) + 0.0


def _round_one(stance: float) -> float:
    """Return one stance to four decimals, without a negative zero, by the same sums as of many: a
    page writes thousands, and numpy takes ten times as long for one.
    """
    if math.isnan(stance):
        return math.nan
    for decimals in (_NOISE_DECIMALS, STANCE_DECIMALS):
        stance = round(stance * 10.0**decimals) / 10.0**decimals
    return stance + 0.0


def level_of(stance: Any) -> Any:
    """Return the point of the scale that labels a stance; halves go to the point nearer to 0."""
    exact = round_stance(stance)
    if isinstance(exact, float):
        return exact if math.isnan(exact) else _whole(exact)
    return np.sign(exact) * np.ceil(np.abs(exact) - 0.5) + 0.0


def _whole(stance: float) -> float:
    return math.copysign(math.ceil(abs(stance) - 0.5), stance) + 0.0


def labels_of(codebook: Codebook, stance: Floats) -> NDArray[np.object_]:
    """Return the label of each stance; a missing one is so labelled, never as the middle."""
    names = np.array([codebook.scale.labels[level] for level in codebook.scale.levels], object)
    known = ~np.isnan(stance)
    labels = np.full(stance.shape, NO_POSITION, object)
    labels[known] = names[level_of(stance[known]).astype(int) - codebook.scale.min]
    return labels


@dataclass(frozen=True)
class StanceArrays:
    """Stances on T days: arrays of T x actors x (overall, then the domains).

    `stance`, `low`, `high`: missing (NaN) where there is no current position.
    `evidence`: sum of the weights; `certainty`: 0 (no position) to 1. `act`: row of the act in
    force in the model's events, -1 where none is; `overall` has none.
    """

    days: tuple[date, ...]
    stance: Floats
    low: Floats
    high: Floats
    evidence: Floats
    certainty: Floats
    act: Ints


@dataclass(frozen=True)
class _Sums:
    """The sums of one day, by cell (actor x domain): weights, weights x counted scores, weights x
    the lowest and highest scores meant, and the row of the act in force (-1: none).
    """

    weight: Floats
    score: Floats
    low: Floats
    high: Floats
    act: Ints


class Model:
    """The scored events of a dataset, prepared once so that any day can be derived fast.

    `actors`: codes, in the order of all results. `events`: a table with EVENT_COLUMNS, of which
    events without a score or of other actors are left out, and all other columns but those of
    `model.band`: without these the band rests on confidence alone. `basis`: ALL, or
    ACTS for the level of the act in force alone. Read-only once made: sessions and threads share
    it.
    """

    basis: str = ALL

    def __init__(self, codebook: Codebook, actors: Sequence[str], events: pd.DataFrame) -> None:
        self.codebook = codebook
        self.actors = tuple(actors)
        self.domains = tuple(codebook.domains)
        self.thresholds = Thresholds.of(codebook)
        self.lifetimes = Lifetimes(codebook, self.actors, events)

    @property
    def events(self) -> pd.DataFrame:
        """The scored events of the actors: a table of one's own, that changes no figure."""
        return self.lifetimes.events.copy(deep=False)

    def on(self, basis: str) -> Model:
        """Return the model of the same events on another basis, one of BASES. Raises BadInput."""
        if basis not in BASES:
            raise BadInput(f"basis {inline(basis)} is not one of: {', '.join(BASES)}")
        if basis == self.basis:
            return self
        other = copy(self)
        other.basis, constants = basis, self.codebook.model
        # An act in force is all there is to its domain: a position, certain and present in full.
        alone = Thresholds(0.0, constants.binding_weight, constants.full_breadth)
        other.thresholds = alone if basis == ACTS else Thresholds.of(self.codebook)
        return other

    def arrays(self, days: Sequence[date]) -> StanceArrays:
        """Return the stances on each of `days`, which must ascend."""
        return self._arrays(days, self.lifetimes.living_on([*map(day_number, days)]))

    def undisturbed_stances(self, days: Sequence[date]) -> StanceArrays:
        """Return the stances on each of `days`, which must ascend, as they would be if nothing had
        come in or ended on that day: of what counted the day before, a day older.
        """
        numbers = [*map(day_number, days)]
        before = self.lifetimes.living_on([day - 1 for day in numbers])
        aged = (
            self.lifetimes.age(living.row, living.counted, day)
            for living, day in zip(before, numbers, strict=True)
        )
        return self._arrays(days, aged)

    def _arrays(self, days: Sequence[date], living_on: Iterable[Living]) -> StanceArrays:
        sums = [self._sum(living) for living in living_on]
        shape = (len(days), len(self.actors), len(self.domains))
        weight, score, low, high, act = (
            np.array([getattr(s, name) for s in sums]).reshape(shape)
            for name in ("weight", "score", "low", "high", "act")
        )
        # A sum over no events is a whole number to numpy.
        evidence = weight.astype(np.float64)
        means = tuple(_quotient(sum_, evidence) for sum_ in (score, low, high))
        return self._with_overall(days, evidence, means, act)

    def position(self, day: date) -> pd.DataFrame:
        """Return the stance table of a day: one row per actor and domain, `overall` first.

        Columns: actor, domain, stance, low, high (-3 to 3, missing where there is no current
        position), level, label, evidence, in_force_event_id and in_force_since (the act that set
        the level), latest_act_event_id (the act in force itself), last_event_id, last_event_date
        and events (of the scored events up to the day), certainty (0 to 1).
        """
        return pd.DataFrame(self.position_columns(day))

    def position_columns(self, day: date) -> dict[str, NDArray[Any]]:
        """Return the columns of `position` as arrays: fast, where only some are needed."""
        arrays, events = self.arrays([day]), self.lifetimes
        act = arrays.act.ravel()
        first = pick(events.run_start, act, -1)
        last, count = self._last_and_count(day)
        columns = 1 + len(self.domains)
        stance = arrays.stance.ravel()
        return {
            "actor": np.repeat(np.array(self.actors, object), columns),
            "domain": np.tile(np.array(self.codebook.columns, object), len(self.actors)),
            "stance": round_stance(stance),
            "low": round_stance(arrays.low.ravel()),
            "high": round_stance(arrays.high.ravel()),
            "level": level_of(stance),
            "label": labels_of(self.codebook, stance),
            "evidence": arrays.evidence.ravel(),
            "in_force_event_id": pick(events.ids, first, ""),
            "in_force_since": pick(events.dates, first, NO_DAY),
            "latest_act_event_id": pick(events.ids, act, ""),
            "last_event_id": pick(events.ids, last, ""),
            "last_event_date": pick(events.dates, last, NO_DAY),
            "events": count,
            "certainty": arrays.certainty.ravel(),
        }

    def panel(self, days: Sequence[date]) -> pd.DataFrame:
        """Return the stances on `days` (ascending), long: date, actor, domain, stance, low, high,
        evidence, certainty; exact, not rounded. T x actors x (1 + domains) rows.
        """
        arrays = self.arrays(days)
        times, actors, domains = arrays.stance.shape
        codes = np.tile(np.repeat(np.arange(actors), domains), times)
        kinds = np.tile(np.arange(domains), times * actors)
        return pd.DataFrame(
            {
                "date": np.repeat(np.array(days, "datetime64[s]"), actors * domains),
                "actor": pd.Categorical.from_codes(codes, pd.Index(self.actors)),
                "domain": pd.Categorical.from_codes(kinds, pd.Index(self.codebook.columns)),
                "stance": arrays.stance.ravel(),
                "low": arrays.low.ravel(),
                "high": arrays.high.ravel(),
                "evidence": arrays.evidence.ravel(),
                "certainty": arrays.certainty.ravel(),
            }
        )

    def explain(self, actor: str, domain: str, day: date) -> pd.DataFrame:
        """Return the events that make the stance of an actor in a domain, or overall, on a
        day.

        One row an event, the heaviest first: its role, `score`, `counted_score` (that of the act
        where a milder word `confirms` it), `weight`, `share` (of the stance; they add up to 1,
        overall to less where little is known) and `contribution` (share x counted score; they add
        up to the stance). Empty where there is no current position. Raises BadInput for an unknown
        actor or domain.
        """
        cells, counting = self._cells_of(actor, domain), self.counting(day, domain)
        counting = counting.only(np.isin(self.lifetimes.cell[counting.row], cells))
        return explanation(self.lifetimes, counting)

    def counting(self, day: date, domain: str = OVERALL) -> Counting:
        """Return the events that make the stances of all actors in a domain, or overall, on
        a day.

        Raises BadInput for an unknown domain.
        """
        living = self._on_basis(self.lifetimes.living(day_number(day)))
        actor = self.lifetimes.cell[living.row] // len(self.domains)
        share = self.shares(living, domain) * self.positions(living, domain)[actor]
        return with_shares(living, share)

    def positions(self, living: Living, domain: str = OVERALL) -> Bools:
        """Say whether what counts gives each actor a position in a domain, or overall: in any of
        its domains. Raises BadInput for an unknown domain.
        """
        known = self.thresholds.has_position(self._evidence(living))
        return _any(known & (self.weights(domain) > 0))

    def shares(self, living: Living, domain: str = OVERALL) -> Floats:
        """Return the share of each event in the stance of its actor in a domain, or overall, as if
        all had enough evidence for a position: one part of its domain's evidence, times the part of
        that domain. They add up to 1 for each actor, or to less overall where little is known: what
        is missing draws it to 0. Raises BadInput for an unknown domain.
        """
        evidence, weights = self._evidence(living), self.weights(domain)
        presence = self.thresholds.presence(evidence)
        part = presence * weights
        by = self.thresholds.divisor(weights, presence) if domain == OVERALL else part.sum(axis=-1)
        part = _quotient(part, by[:, np.newaxis])
        unit = _quotient(part, evidence).ravel()
        shares: Floats = living.weight * unit[self.lifetimes.cell[living.row]]
        return shares

    def departures(self, rows: Ints, day: date) -> NDArray[np.object_]:
        """Return why events count no more on a day: see `Lifetimes.departures`."""
        return self.lifetimes.departures(rows, day_number(day))

    def took_over(self, old: Ints, new: Ints) -> Bools:
        """Say whether each new act took the place of the old one: see `Lifetimes.took_over`."""
        return self.lifetimes.took_over(old, new)

    def place(self, actor: str) -> int:
        """Return the place of an actor in all results. Raises BadInput for one that has none."""
        if actor not in self.actors:
            raise BadInput(f"actor {inline(actor)} takes no position here; see actors.csv")
        return self.actors.index(actor)

    def column(self, domain: str) -> int:
        """Return the column of a domain in all results: 0 is overall. Raises BadInput."""
        columns = self.codebook.columns
        if domain not in columns:
            raise BadInput(f"domain {inline(domain)} is not one of: {', '.join(columns)}")
        return columns.index(domain)

    def weights(self, domain: str) -> Floats:
        """Return the domains' weights overall, or of one that one alone. Raises BadInput."""
        column = self.column(domain)
        if column:
            return np.array(np.arange(len(self.domains)) == column - 1, np.float64)
        return np.array([domain.weight for domain in self.codebook.domains.values()])

    def acts(self, actor: str, domain: str) -> pd.DataFrame:
        """Return the binding acts of an actor in a domain, or in all: see `Lifetimes.acts`."""
        return self.lifetimes.acts(self._cells_of(actor, domain))

    def _on_basis(self, living: Living) -> Living:
        """Keep those of the events that count that the stances rest on."""
        if self.basis == ALL:
            return living
        holds = self.lifetimes.holds[living.row]
        return Living(living.row[holds], living.weight[holds], living.counted[holds])

    # -- a day ---------------------------------------------------------------------------------

    def _sum(self, living: Living) -> _Sums:
        living = self._on_basis(living)
        rows, weight, counted = living
        events = self.lifetimes
        cell, cells = events.cell[rows], len(self.actors) * len(self.domains)
        act = np.full(cells, -1)
        lasting = rows[events.holds[rows]]
        act[events.cell[lasting]] = lasting
        score, low, high = (
            sum_by_cell(cell, weight * values, cells) for values in (counted, *events.ends(living))
        )
        return _Sums(sum_by_cell(cell, weight, cells), score, low, high, act)

    def _with_overall(
        self, days: Sequence[date], evidence: Floats, means: tuple[Floats, ...], act: Ints
    ) -> StanceArrays:
        """Put the overall figures before those of the domains. `means`: stance, low and high of
        each domain, whatever its evidence.

        A reader's settings may give a domain the weight 0: then it has no part in them.
        """
        weights, sure = self.weights(OVERALL), self.thresholds
        presence = sure.presence(evidence)
        part, by = weights * presence, sure.divisor(weights, presence)
        known = sure.has_position(evidence)
        known = _before(_any(known & (weights > 0)), known)
        stance, low, high = (
            np.where(known, _before(_quotient((part * mean).sum(axis=2), by), mean), np.nan)
            for mean in means
        )
        # Ends that are even about the stance may lie beyond the scale.
        scale, certainty = self.codebook.scale, sure.certainty(evidence)
        return StanceArrays(
            tuple(days),
            stance,
            np.maximum(low, scale.min),
            np.minimum(high, scale.max),
            _before((evidence * (part > 0)).sum(axis=2), evidence),
            _before((certainty * (weights > 0)).max(axis=2), certainty),
            _before(np.full(by.shape, -1), act),
        )

    def _evidence(self, living: Living) -> Floats:
        """Return the evidence of a day: actors x domains."""
        shape = len(self.actors), len(self.domains)
        sums = sum_by_cell(self.lifetimes.cell[living.row], living.weight, shape[0] * shape[1])
        return np.array(sums.reshape(shape))

    def _last_and_count(self, day: date) -> tuple[Ints, Ints]:
        """Per actor and (overall, domains): row of the last scored event to a day; their number."""
        known = self.lifetimes.count_up_to(day_number(day))
        shape = (len(self.actors), len(self.domains))
        cells = shape[0] * shape[1]
        last = np.full(cells, -1)
        np.maximum.at(last, self.lifetimes.cell[:known], np.arange(known))
        count = np.bincount(self.lifetimes.cell[:known], minlength=cells).reshape(shape)
        last = last.reshape(shape)
        overall = last.max(axis=1, initial=-1)
        return _before(overall, last).ravel(), _before(count.sum(axis=1), count).ravel()

    # -- one actor -----------------------------------------------------------------------------

    def _cells_of(self, actor: str, domain: str) -> Ints:
        first, column = self.place(actor) * len(self.domains), self.column(domain)
        if column == 0:
            return np.arange(first, first + len(self.domains))
        return np.array([first + column - 1])


def _before(overall: NDArray[Any], domains: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([overall[..., np.newaxis], domains], axis=-1)


def _quotient(values: Floats, by: Floats) -> Floats:
    """Return `values` / `by`, and 0 where there is nothing to divide by."""
    shape = np.broadcast_shapes(values.shape, by.shape)
    quotient: Floats = np.divide(values, by, out=np.zeros(shape), where=by > 0)
    return quotient


def _any(domains: Bools) -> Bools:
    """Say whether something holds in any domain: the last axis goes."""
    return np.array(domains.any(axis=-1))
