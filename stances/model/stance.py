"""The stance model: events -> stance on a date, over time, and the explanation of either.

The only place that computes a stance; its constants are the codebook's. In short, for an actor, a
domain and a day: the latest binding act holds with full weight until it ends; the non-binding
events since its day fade by half-lives; the stance is the weighted mean of their scores. The
overall stance is the mean over all domains, each by its weight and by how much evidence it has, so
that one that fades out of it never drops out of it; who is known in domains of little weight alone
is drawn to 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.days import day_number
from stances.dataset.faults import BadInput
from stances.model.evidence import Thresholds
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
ALL: Final = "all"
ACTS: Final = "acts"
BASES = (ALL, ACTS)
# Stances are published, and labelled, to this many decimals.
STANCE_DECIMALS = 4
# Sums in another order differ by less than this many decimals: rounding there first makes them one.
_NOISE_DECIMALS = 9

ROLE_ACT, ROLE_SPENT, ROLE_WORD = "act in force", "spent act", "word"
EXPLANATION_COLUMNS = (
    "event_id", "domain", "date", "instrument", "role", "score", "counted_score", "confirms",
    "weight", "share", "contribution",
)  # fmt: skip


def round_stance(stance: Any) -> Any:
    """Return stances to four decimals, without a negative zero; missing stays missing."""
    return np.round(np.round(stance, _NOISE_DECIMALS), STANCE_DECIMALS) + 0.0


def level_of(stance: Any) -> Any:
    """Return the point of the scale that labels a stance; halves go to the point nearer to 0."""
    exact = round_stance(stance)
    return np.sign(exact) * np.ceil(np.abs(exact) - 0.5) + 0.0


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


class Model:
    """The scored events of a dataset, prepared once so that any day can be derived fast.

    `actors`: codes, in the order of all results. `events`: a table with EVENT_COLUMNS, of which
    events without a score or of other actors are left out, and all other columns but those of
    `model.band`: without these the band rests on confidence alone. `basis`: ALL, or
    ACTS for the level of the act in force alone. Read-only once made: threads share it.
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
        """The scored events of the actors, by date and id: a table of one's own."""
        return self.lifetimes.events.copy(deep=False)

    def on(self, basis: str) -> Model:
        """Return the model of the same events on another basis, one of BASES. Raises BadInput."""
        if basis not in BASES:
            raise BadInput(f"basis {basis!r} is not one of: {', '.join(BASES)}", "basis")
        if basis == self.basis:
            return self
        other, constants = copy(self), self.codebook.model
        # An act in force is all there is to its domain: a position, certain and present in full.
        alone = Thresholds(0.0, constants.binding_weight, constants.full_breadth)
        other.basis = basis
        other.thresholds = alone if basis == ACTS else Thresholds.of(self.codebook)
        return other

    # -- stances -------------------------------------------------------------------------------

    def arrays(self, days: Sequence[date]) -> StanceArrays:
        """Return the stances on each of `days`, which must ascend."""
        return self._arrays(days, self.lifetimes.living_on([*map(day_number, days)]))

    def position(self, day: date) -> pd.DataFrame:
        """Return the stance table of a day: one row per actor and domain, `overall` first.

        Columns: actor, domain, stance, low, high (-3 to 3, missing where there is no current
        position), level, label, evidence, in_force_event_id and in_force_since (the act that set
        the level), latest_act_event_id (the act in force itself), last_event_id, last_event_date
        and events (of the scored events up to the day), certainty (0 to 1).
        """
        arrays, events = self.arrays([day]), self.lifetimes
        act, stance = arrays.act.ravel(), arrays.stance.ravel()
        first = pick(events.run_start, act, -1)
        last, count = self._last_and_count(day)
        columns = self.codebook.columns
        return pd.DataFrame(
            {
                "actor": np.repeat(np.array(self.actors, object), len(columns)),
                "domain": np.tile(np.array(columns, object), len(self.actors)),
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
        )

    def panel(self, days: Sequence[date]) -> pd.DataFrame:
        """Return the stances on `days` (ascending), long: date, actor, domain, stance, low, high,
        evidence, certainty; exact, not rounded. T x actors x (1 + domains) rows.
        """
        arrays = self.arrays(days)
        times, actors, columns = arrays.stance.shape
        names = pd.Index(self.actors), pd.Index(self.codebook.columns)
        codes = np.tile(np.repeat(np.arange(actors), columns), times)
        kinds = np.tile(np.arange(columns), times * actors)
        figures = ("stance", "low", "high", "evidence", "certainty")
        return pd.DataFrame(
            {
                "date": np.repeat(np.array(days, "datetime64[s]"), actors * columns),
                "actor": pd.Categorical.from_codes(codes, names[0]),
                "domain": pd.Categorical.from_codes(kinds, names[1]),
                **{name: getattr(arrays, name).ravel() for name in figures},
            }
        )

    # -- why -----------------------------------------------------------------------------------

    def explain(self, actor: str, domain: str, day: date) -> pd.DataFrame:
        """Return the events that make the stance of an actor in a domain, or overall, on a day.

        One row an event, the heaviest first, with EXPLANATION_COLUMNS: its role, `score`,
        `counted_score` (that of the act where a milder word `confirms` it), `weight`, `share` (of
        the stance; they add up to 1, overall to less where little is known) and `contribution`
        (share x counted score; they add up to the stance). Empty where there is no current
        position. Raises BadInput for an unknown actor or domain.
        """
        cells, events = self._cells_of(actor, domain), self.lifetimes
        living = self.living(day)
        share = self.shares(living, domain)
        has_one = self.has_position(living, domain)[self.place(actor)]
        chosen = np.isin(events.cell[living.row], cells) & (share > 0) & has_one
        row, weight, counted, share = (of[chosen] for of in (*living, share))
        order = np.lexsort((events.ids[row], -events.day[row], -share))
        row, weight, counted, share = (of[order] for of in (row, weight, counted, share))
        score = events.score[row]
        names = ("event_id", "domain", "date", "instrument", "score")
        cases = [~events.binding[row], score == 0]
        derived = {
            "role": np.select(cases, [ROLE_WORD, ROLE_SPENT], ROLE_ACT),
            "counted_score": counted,
            "confirms": counted != score,
            "weight": weight,
            "share": share,
            "contribution": share * counted,
        }
        cells_of = {name: events.events[name].array[row] for name in names}
        return pd.DataFrame(cells_of | derived, columns=list(EXPLANATION_COLUMNS))

    def living(self, day: date) -> Living:
        """Return what counts on a day, on the basis of the model."""
        return self._on_basis(self.lifetimes.living(day_number(day)))

    def has_position(self, living: Living, domain: str = OVERALL) -> Bools:
        """Say of each actor whether what counts gives it a position in a domain, or in any."""
        known = self.thresholds.has_position(self._evidence(living)) & (self.weights(domain) > 0)
        return np.array(known.any(axis=1))

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

    def acts(self, actor: str, domain: str) -> pd.DataFrame:
        """Return the binding acts of an actor in a domain, or in all: see `Lifetimes.acts`."""
        return self.lifetimes.acts(self._cells_of(actor, domain))

    # -- places --------------------------------------------------------------------------------

    def place(self, actor: str) -> int:
        """Return the place of an actor in all results. Raises BadInput for one that has none."""
        if actor not in self.actors:
            raise BadInput(f"actor {actor!r} takes no position here; see actors.csv", "actor")
        return self.actors.index(actor)

    def column(self, domain: str) -> int:
        """Return the column of a domain in all results: 0 is overall. Raises BadInput."""
        columns = self.codebook.columns
        if domain not in columns:
            raise BadInput(f"domain {domain!r} is not one of: {', '.join(columns)}", "domain")
        return columns.index(domain)

    def weights(self, domain: str) -> Floats:
        """Return the weight of each domain: overall the codebook's, of one domain 1 there and 0
        elsewhere. Raises BadInput.
        """
        column = self.column(domain)
        if domain != OVERALL:
            return np.array(np.arange(len(self.domains)) == column - 1, np.float64)
        return np.array([domain.weight for domain in self.codebook.domains.values()])

    def _cells_of(self, actor: str, domain: str) -> Ints:
        first, column = self.place(actor) * len(self.domains), self.column(domain)
        if column == 0:
            return np.arange(first, first + len(self.domains))
        return np.array([first + column - 1])

    # -- sums ----------------------------------------------------------------------------------

    def _on_basis(self, living: Living) -> Living:
        """Keep those of the events that count that the stances rest on."""
        if self.basis == ALL:
            return living
        holds = self.lifetimes.holds[living.row]
        return Living(living.row[holds], living.weight[holds], living.counted[holds])

    def _arrays(self, days: Sequence[date], living_on: Iterable[Living]) -> StanceArrays:
        """Sum what counts by day and cell (actor x domain), and put the overall figures before."""
        shape = (len(days), len(self.actors), len(self.domains))
        cells, lifetimes = shape[1] * shape[2], self.lifetimes
        # Sums of weights, of weights x counted scores, and of weights x both ends of these.
        sums, act = np.zeros((4, len(days), cells)), np.full((len(days), cells), -1)
        for at, of_day in enumerate(living_on):
            living = self._on_basis(of_day)
            rows, weight, counted = living
            cell, lasting = lifetimes.cell[rows], rows[lifetimes.holds[rows]]
            act[at, lifetimes.cell[lasting]] = lasting  # of a cell the last, as rows ascend
            sums[0, at] = sum_by_cell(cell, weight, cells)
            for place, values in enumerate((counted, *lifetimes.ends(living)), start=1):
                sums[place, at] = sum_by_cell(cell, weight * values, cells)
        # From here on days x actors x domains; the overall figures come before the domains'.
        evidence, *totals = sums.reshape(4, *shape)
        means = [_quotient(total, evidence) for total in totals]
        weights, thresholds = self.weights(OVERALL), self.thresholds
        presence = thresholds.presence(evidence)
        part, divisor = weights * presence, thresholds.divisor(weights, presence)
        known = thresholds.has_position(evidence)
        known = _with_overall(np.any(known & (weights > 0), axis=-1), known)
        stance, low, high = (
            np.where(
                known, _with_overall(_quotient((part * mean).sum(axis=2), divisor), mean), np.nan
            )
            for mean in means
        )
        certainty = thresholds.certainty(evidence)
        return StanceArrays(
            tuple(days),
            stance,
            np.maximum(low, self.codebook.scale.min),
            np.minimum(high, self.codebook.scale.max),
            _with_overall((evidence * (part > 0)).sum(axis=2), evidence),
            _with_overall((certainty * (weights > 0)).max(axis=2), certainty),
            _with_overall(np.full(divisor.shape, -1), act.reshape(shape)),
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
        last = np.full(shape[0] * shape[1], -1)
        np.maximum.at(last, self.lifetimes.cell[:known], np.arange(known))
        count = np.bincount(self.lifetimes.cell[:known], minlength=last.size).reshape(shape)
        last = last.reshape(shape)
        overall = last.max(axis=1, initial=-1)
        return _with_overall(overall, last).ravel(), _with_overall(count.sum(axis=1), count).ravel()


def _with_overall(overall: NDArray[Any], domains: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([overall[..., np.newaxis], domains], axis=-1)


def _quotient(values: Floats, by: Floats) -> Floats:
    """Return `values` / `by`, and 0 where there is nothing to divide by."""
    shape = np.broadcast_shapes(values.shape, by.shape)
    quotient: Floats = np.divide(values, by, out=np.zeros(shape), where=by > 0)
    return quotient
