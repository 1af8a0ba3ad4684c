"""The stance model: events -> stance on a date, over time, and the explanation of either.

The only place that computes a stance; its constants are the codebook's. In short, for an actor, a
domain and a day: the latest binding act holds with full weight until it ends; the non-binding
events since its day fade by half-lives; the stance is the weighted mean of their scores. The
overall stance is the mean over all domains, each by its weight and by how much evidence it has, so
that one that fades out of it never drops out of it; who is known in domains of little weight alone
is drawn to 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.days import day_number
from stances.dataset.faults import BadInput, not_one_of
from stances.model.evidence import Thresholds
from stances.model.lifetimes import (
    NEVER,
    NO_DAY,
    Bools,
    Floats,
    Ints,
    Lifetimes,
    Living,
    pick,
    sum_by_cell,
)

# What a stance rests on (`basis`): all that counts, or the level of the act in force alone.
ALL: Final = "all"
ACTS: Final = "acts"
BASES = (ALL, ACTS)
# Stances are published, and labelled, to this many decimals.
STANCE_DECIMALS = 4
# Sums in another order differ by less than this many decimals: rounding there first makes them one.
_NOISE_DECIMALS = 9

ROLE_ACT = "act in force"
# Scored 0: it took back what was there, and leaves nothing in force.
ROLE_SPENT = "spent act"
ROLE_WORD = "word"


def round_stance(stance: Any) -> Any:
    """Return stances to four decimals, without a negative zero; missing stays missing."""
    without_noise = np.round(stance, _NOISE_DECIMALS)
    # -0.0 + 0.0 is 0.0.
    return np.round(without_noise, STANCE_DECIMALS) + 0.0


def level_of(stance: Any) -> Any:
    """Return the point of the scale that labels a stance; halves go to the point nearer to 0."""
    rounded = round_stance(stance)
    # 1.5 is of 1, and so is -1.5 of -1: numpy's own rounding takes halves to the even point.
    distance = np.ceil(np.abs(rounded) - 0.5)
    return np.sign(rounded) * distance + 0.0


def labels_of(codebook: Codebook, stance: Floats) -> NDArray[np.object_]:
    """Return the label of each stance, NO_POSITION of a missing one."""
    scale = codebook.scale
    labels = [scale.labels[level] for level in scale.levels]
    label_by_place = np.array(labels, object)

    # The place of a level in the order of `levels`; -1: it is missing.
    place = level_of(stance) - scale.min
    place = np.nan_to_num(place, nan=-1)
    place = place.astype(int)
    return pick(label_by_place, place, NO_POSITION)


@dataclass(frozen=True)
class StanceArrays:
    """Stances on T days: arrays of T x actors x (overall, then the domains).

    `stance`, `low`, `high`: missing (NaN) where there is no current position.
    `evidence`: sum of the weights; `certainty`: 0 (no position) to 1. `act`: the row in
    `Model.lifetimes` of the act in force, -1 where none is, and in the overall column.
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
    events without a score or of other actors are left out. `basis`: one of BASES. `_shape`: how
    many actors and domains there are. Read-only once made: threads share it.
    """

    basis: str = ALL

    def __init__(
        self,
        codebook: Codebook,
        actors: Sequence[str],
        events: pd.DataFrame,
    ) -> None:
        self.codebook = codebook
        self.actors = tuple(actors)
        self.thresholds = Thresholds.of(codebook)
        self.lifetimes = Lifetimes(codebook, self.actors, events)
        self._shape = (
            len(self.actors),
            len(codebook.domains),
        )

    @property
    def events(self) -> pd.DataFrame:
        """The scored events of the actors, by date and id, with EVENT_COLUMNS: a table of one's
        own.
        """
        return self.lifetimes.events.copy(deep=False)

    def on(self, basis: str) -> Model:
        """Return the model of the same events on another basis, one of BASES. Raises BadInput."""
        if basis not in BASES:
            raise BadInput(f"basis {basis!r} is not one of: {', '.join(BASES)}", "basis")
        if basis == self.basis:
            return self

        model = copy(self)
        model.basis = basis
        if basis == ACTS:
            model.thresholds = Thresholds.of_acts(self.codebook)
        else:
            model.thresholds = Thresholds.of(self.codebook)
        return model

    # -- stances -------------------------------------------------------------------------------

    def arrays(self, days: Sequence[date]) -> StanceArrays:
        """Return the stances on each of `days`."""
        # Days x actors x domains, three times in `totals` and `means`: of stance, low and high.
        sums, act = self._sums_and_acts(days)
        evidence = sums[0]
        totals = sums[1:]
        weights = self.weights(OVERALL)
        thresholds = self.thresholds
        presence = thresholds.presence(evidence)
        divisor = thresholds.divisor(weights, presence)
        # The stance of a domain is the mean of its scores by weight.
        means = _quotient(totals, evidence)
        # The overall stance is the sum of weight x presence x stance over the domains, / divisor.
        products = weights * presence * means
        total = products.sum(axis=-1)
        overall = _quotient(total, divisor)

        # From here on the overall figures stand before the domains'. One domain's position makes an
        # overall one.
        known_domains = thresholds.has_position(evidence)
        any_known = np.any(known_domains, axis=2)
        known = _with_overall(any_known, known_domains)
        stances = _with_overall(overall, means)
        # Sums may leave the scale by their noise.
        scale = self.codebook.scale
        stances = stances.clip(scale.min, scale.max)
        stance, low, high = np.where(known, stances, np.nan)
        # One domain that is certain makes an overall position certain; evidence of all adds up.
        certainty = thresholds.certainty(evidence)
        largest_certainty = certainty.max(axis=2)
        total_evidence = evidence.sum(axis=2)
        # Overall no act is in force.
        no_act = np.full(divisor.shape, -1)
        return StanceArrays(
            days=tuple(days),
            stance=stance,
            low=low,
            high=high,
            evidence=_with_overall(total_evidence, evidence),
            certainty=_with_overall(largest_certainty, certainty),
            act=_with_overall(no_act, act),
        )

    def position(self, day: date) -> pd.DataFrame:
        """Return the stance table of a day: one row per actor and domain, `overall` first, with the
        columns of `columns`.
        """
        arrays = self.arrays([day])
        return pd.DataFrame(self.columns(arrays))

    def columns(self, arrays: StanceArrays) -> dict[str, NDArray[Any]]:
        """Return the columns of the stance table of the one day of `arrays`, by name.

        actor, domain, stance, low, high (-3 to 3, missing where there is no current position),
        level, label, evidence, in_force_event_id and in_force_since (the act that set the level),
        latest_act_event_id (the act in force itself), last_event_id, last_event_date and events (of
        the scored events up to the day), certainty (0 to 1).
        """
        lifetimes = self.lifetimes
        codes = self.codebook.columns
        actor = np.array(self.actors, object)
        domain = np.array(codes, object)
        stance = arrays.stance.ravel()
        # From here on one element a row of the table; -1: there is no such event. The act that set
        # the level is the first of its run.
        act_row = arrays.act.ravel()
        first_act_row = pick(lifetimes.run_start, act_row, -1)
        [day] = arrays.days
        last_row, event_count = self._last_and_count(day)
        return {
            "actor": np.repeat(actor, len(codes)),
            "domain": np.tile(domain, len(actor)),
            "stance": round_stance(stance),
            "low": round_stance(arrays.low.ravel()),
            "high": round_stance(arrays.high.ravel()),
            "level": level_of(stance),
            "label": labels_of(self.codebook, stance),
            "evidence": arrays.evidence.ravel(),
            "in_force_event_id": pick(lifetimes.ids, first_act_row, ""),
            "in_force_since": pick(lifetimes.dates, first_act_row, NO_DAY),
            "latest_act_event_id": pick(lifetimes.ids, act_row, ""),
            "last_event_id": pick(lifetimes.ids, last_row, ""),
            "last_event_date": pick(lifetimes.dates, last_row, NO_DAY),
            "events": event_count,
            "certainty": arrays.certainty.ravel(),
        }

    def panel(self, days: Sequence[date]) -> pd.DataFrame:
        """Return the stances on T `days`, long: date, actor, domain, stance, low, high, evidence,
        certainty; exact, not rounded. T x actors x (1 + domains) rows.
        """
        arrays = self.arrays(days)
        # The place of each row of the table on the three axes: days, actors, columns.
        indices = np.indices(arrays.stance.shape)
        day_index, actor_place, column = indices.reshape(3, -1)
        dates = np.array(days, "datetime64[s]")
        actors = pd.Index(self.actors)
        columns = pd.Index(self.codebook.columns)
        panel = {
            "date": dates[day_index],
            "actor": pd.Categorical.from_codes(actor_place, actors),
            "domain": pd.Categorical.from_codes(column, columns),
        }
        for name in ("stance", "low", "high", "evidence", "certainty"):
            values = getattr(arrays, name)
            panel[name] = values.ravel()
        return pd.DataFrame(panel)

    # -- why -----------------------------------------------------------------------------------

    def explain(self, actor: str, domain: str, day: date) -> pd.DataFrame:
        """Return the events that make the stance of an actor in a domain, or overall, on a day.

        One row an event, the heaviest first: event_id, domain, date, instrument, role, `score`,
        `counted_score` (that of the act where a milder word `confirms` it), `weight`, `share` (of
        the stance; they add up to 1, overall to less where little is known) and `contribution`
        (share x counted score; they add up to the stance). Empty where there is no current
        position. Raises BadInput for an unknown actor or domain.
        """
        lifetimes = self.lifetimes
        actor_place = self.place(actor)
        living = self.living(day)
        shares = self.shares(living, domain)
        is_own = lifetimes.actor[living.row] == actor_place
        # Evidence that is too little for a position has shares all the same.
        has_position = self.has_position(living, domain)[actor_place]
        is_part = is_own & (shares > 0) & has_position

        # Places in `living`. Of equal shares the newer comes first, then by id: lexsort sorts by
        # its last key first.
        chosen = np.flatnonzero(is_part)
        rows = living.row[chosen]
        keys = (
            lifetimes.ids[rows],
            -lifetimes.day[rows],
            -shares[chosen],
        )
        chosen = chosen[np.lexsort(keys)]

        row = living.row[chosen]
        score = lifetimes.score[row]
        counted = living.counted[chosen]
        share = shares[chosen]
        # The first that holds counts.
        role_cases = [~lifetimes.binding[row], score == 0]
        events = lifetimes.events
        columns = {
            "event_id": events["event_id"].array[row],
            "domain": events["domain"].array[row],
            "date": events["date"].array[row],
            "instrument": events["instrument"].array[row],
            "role": np.select(role_cases, [ROLE_WORD, ROLE_SPENT], ROLE_ACT),
            "score": events["score"].array[row],
            "counted_score": counted,
            "confirms": counted != score,
            "weight": living.weight[chosen],
            "share": share,
            "contribution": share * counted,
        }
        return pd.DataFrame(columns)

    def living(self, day: date) -> Living:
        """Return what counts on a day, on the basis of the model: on ACTS acts in force alone."""
        living = self.lifetimes.living(day_number(day))
        if self.basis == ALL:
            return living
        holds = self.lifetimes.holds[living.row]
        return Living(
            row=living.row[holds],
            weight=living.weight[holds],
            counted=living.counted[holds],
        )

    def has_position(self, living: Living, domain: str = OVERALL) -> Bools:
        """Say of each actor whether what counts gives it a position in a domain, or in any."""
        known = self.thresholds.has_position(self._evidence(living))
        # Of one domain the others weigh nothing.
        known &= self.weights(domain) > 0
        return np.array(known.any(axis=1))

    def shares(self, living: Living, domain: str = OVERALL) -> Floats:
        """Return the share of each event in the stance of its actor in a domain, or overall, as if
        all had enough evidence for a position: one part of its domain's evidence, times the part of
        that domain. They add up to 1 for each actor, or to less overall where little is known: what
        is missing draws it to 0. Raises BadInput for an unknown domain.
        """
        evidence = self._evidence(living)
        # The part of each domain in the stance; of one domain 1 there and 0 elsewhere: its evidence
        # is all that there is to share.
        weights = self.weights(domain)
        part = weights
        if domain == OVERALL:
            # As in `arrays`.
            presence = self.thresholds.presence(evidence)
            divisor = self.thresholds.divisor(weights, presence)
            part = _quotient(weights * presence, divisor[:, np.newaxis])

        # The share of one unit of weight in each cell.
        share_of_unit = _quotient(part, evidence)
        share_by_cell = share_of_unit.ravel()
        cell = self.lifetimes.cell[living.row]
        return living.weight * share_by_cell[cell]

    def acts(self, actor: str, domain: str) -> pd.DataFrame:
        """Return the binding acts of an actor in a domain, or in all, oldest first: event_id,
        domain, date, score, and `until`: the day on which the act is replaced, ends or lapses
        (missing: it holds). Raises BadInput.
        """
        lifetimes = self.lifetimes
        column = self.column(domain)
        is_own = lifetimes.actor == self.place(actor)
        is_chosen = lifetimes.binding & is_own
        if domain != OVERALL:
            # Column 0 is overall.
            is_chosen &= lifetimes.domain == column - 1
        rows = np.flatnonzero(is_chosen)

        end_day = np.minimum(lifetimes.until, lifetimes.force_end)[rows]
        until = end_day.astype("datetime64[D]")
        # NEVER, and what is added to it, is no day.
        until[end_day >= NEVER] = NO_DAY
        table = lifetimes.events.take(rows)
        acts = table[["event_id", "domain", "date", "score"]]
        return acts.assign(until=until).reset_index(drop=True)

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
            raise BadInput(not_one_of(domain, columns), "domain")
        return columns.index(domain)

    def weights(self, domain: str) -> Floats:
        """Return the weight of each domain: overall the codebook's, of one domain 1 there and 0
        elsewhere. Raises BadInput.
        """
        # Refuses a domain that is unknown.
        self.column(domain)
        domains = self.codebook.domains
        if domain == OVERALL:
            weights = [entry.weight for entry in domains.values()]
        else:
            weights = [float(code == domain) for code in domains]
        return np.array(weights, np.float64)

    # -- sums ----------------------------------------------------------------------------------

    def _sums_and_acts(self, days: Sequence[date]) -> tuple[Floats, Ints]:
        """Return what counts on each of `days`, summed up, and the row of the act in force, -1 for
        none: days x actors x domains, four times in the sums: of the weights (the evidence), of
        weight x counted score, and of weight x lowest and x highest score.
        """
        lifetimes = self.lifetimes
        # One element a cell (`Lifetimes.cell`), which become actors x domains at the end.
        cells = math.prod(self._shape)
        sums = np.zeros((4, len(days), cells))
        act = np.full((len(days), cells), -1)

        for day_index, day in enumerate(days):
            living = self.living(day)
            low, high = lifetimes.ends(living)
            weight = living.weight
            cell = lifetimes.cell[living.row]
            summands = (
                weight,
                weight * living.counted,
                weight * low,
                weight * high,
            )
            for place, values in enumerate(summands):
                sums[place, day_index] = sum_by_cell(cell, values, cells)

            # A cell has one act at most that counts: the next one sets it aside (`until`).
            holds = lifetimes.holds[living.row]
            cell_in_force = cell[holds]
            act[day_index, cell_in_force] = living.row[holds]
        shape = (len(days), *self._shape)
        return sums.reshape(4, *shape), act.reshape(shape)

    def _evidence(self, living: Living) -> Floats:
        """Return the evidence of a day: actors x domains."""
        cell = self.lifetimes.cell[living.row]
        evidence = sum_by_cell(cell, living.weight, math.prod(self._shape))
        return evidence.reshape(self._shape)

    def _last_and_count(self, day: date) -> tuple[Ints, Ints]:
        """Return of each row of `position` the row of the last scored event up to a day, -1 for
        none, and how many there are: on any basis, whether they count on the day or not.
        """
        known_count = self.lifetimes.count_up_to(day_number(day))
        cell = self.lifetimes.cell[:known_count]
        cells = math.prod(self._shape)
        count_by_cell = np.bincount(cell, minlength=cells)
        last_by_cell = np.full(cells, -1)
        # Rows ascend: of a cell the last is written last, and stays.
        last_by_cell[cell] = np.arange(known_count)

        # Actors x domains.
        count = count_by_cell.reshape(self._shape)
        last_row = last_by_cell.reshape(self._shape)
        total = count.sum(axis=1)
        newest_row = last_row.max(axis=1)
        counts = _with_overall(total, count)
        last_rows = _with_overall(newest_row, last_row)
        return last_rows.ravel(), counts.ravel()


def _with_overall(overall: NDArray[Any], domains: NDArray[Any]) -> NDArray[Any]:
    """Return the figures of the domains, on the last axis, behind the overall ones, which lack that
    axis.
    """
    return np.concatenate([overall[..., np.newaxis], domains], axis=-1)


def _quotient(values: Floats, by: Floats) -> Floats:
    """Return `values` / `by`, in the shape of both, and 0 where there is nothing to divide by."""
    shape = np.broadcast_shapes(values.shape, by.shape)
    zeros = np.zeros(shape)
    return np.divide(
        values,
        by,
        out=zeros,
        where=by > 0,
    )
