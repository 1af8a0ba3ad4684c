"""The events of a model, prepared: which act governs each, until when it counts, and as what.

Every scored event has a lifetime in which it can count: from its day until the day of the next
binding act of the same actor and domain. Within it nothing about an event changes but its age and
whether the act that governs it is still in force, so one pass over the living events gives all
stances of a day, and the monthly panel visits each event only in the months in which it lives.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import Codebook
from stances.model.band import BLIND_COLUMNS, band_ends

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# A day after every other day.
NEVER = np.iinfo(np.int64).max
# What stands for a day where there is none.
NO_DAY = np.datetime64("NaT", "s")

# What the model reads of an event, and keeps.
EVENT_COLUMNS = (
    "event_id", "actor", "date", "end_date", "domain", "instrument", "score", "confidence",
)  # fmt: skip


class Living(NamedTuple):
    """The events that count on a day: their rows, ascending, weights then, scores as counted."""

    row: Ints
    weight: Floats
    counted: Floats


class Lifetimes:
    """The scored events of some actors in order of date and id, one element of each array an event.

    `events`: the table, with EVENT_COLUMNS. `cell`: actor x domain as one number; `day`, `until`
    and `force_end`: numbers of days, the last two the first day on which an event counts no more
    since a later act came, and on which an act ends or lapses by itself; `binding`: acts, `holds`:
    those that leave something in force; `run_start`: of each act the first of the unbroken run of
    acts with its score; `low`, `high`: the lowest and the highest score that its coding may have
    meant. Read-only once made.
    """

    def __init__(self, codebook: Codebook, actors: Sequence[str], events: pd.DataFrame) -> None:
        scored = events["score"].notna() & events["actor"].isin(actors)
        columns = [*EVENT_COLUMNS, *(name for name in BLIND_COLUMNS if name in events)]
        self.events = _in_order(events.loc[scored, columns])
        actor = pd.Index(actors).get_indexer(pd.Index(self.events["actor"]))
        domain = pd.Index(list(codebook.domains)).get_indexer(pd.Index(self.events["domain"]))
        self.cell: Ints = (actor * len(codebook.domains) + domain).astype(np.int64)
        self.dates = self.events["date"].to_numpy("datetime64[s]")
        self.day: Ints = self.dates.astype("datetime64[D]").astype(np.int64)
        self.ids = self.events["event_id"].to_numpy(object)
        self.score: Floats = np.array(self.events["score"], np.float64)
        self.low, self.high = band_ends(codebook, self.events)
        self._by_instrument(codebook)
        self.force_end: Ints = self._ends(codebook)
        self._govern()
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    # -- what is asked of them -----------------------------------------------------------------

    def count_up_to(self, day: int) -> int:
        """Return how many of the events are of a day or before it: they are the first ones."""
        return int(np.searchsorted(self.day, day, side="right"))

    def living(self, day: int) -> Living:
        """Return the events that count on a day."""
        return self._counting(np.flatnonzero(self.until[: self.count_up_to(day)] > day), day)

    def living_on(self, days: Sequence[int]) -> Iterator[Living]:
        """Yield what counts on each of `days`, which ascend; only the living are carried on."""
        rows, before = np.empty(0, np.int64), 0
        for day in days:
            known = self.count_up_to(day)
            rows = np.concatenate([rows, np.arange(before, known)])
            rows = rows[self.until[rows] > day]
            before = known
            yield self._counting(rows, day)

    def _counting(self, rows: Ints, day: int) -> Living:
        # An act that has ended counts no more, and nothing takes its place.
        rows = rows[~self.holds[rows] | (day < self.force_end[rows])]
        in_force = day < self._confirmed_until[rows]
        counted = np.where(in_force, self._confirmed[rows], self.score[rows])
        return self.age(rows, counted, day)

    def age(self, rows: Ints, counted: Floats, day: int) -> Living:
        """Events as they would count on a day if nothing had set them aside or ended by then."""
        weight = self._weight[rows] * np.exp2((self.day[rows] - day) / self._half_life[rows])
        return Living(rows, weight, counted)

    def ends(self, living: Living) -> tuple[Floats, Floats]:
        """Return the lowest and the highest score of each event that counts; one that confirms its
        act has those of the act.
        """
        confirms = living.counted != self.score[living.row]
        of = np.where(confirms, self._governor[living.row], living.row)
        return self.low[of], self.high[of]

    def acts(self, cells: Ints) -> pd.DataFrame:
        """Return the binding acts of some cells, oldest first: event_id, domain, date, score, and
        `until`: the day on which the act is replaced, ends or lapses (missing: it holds).
        """
        rows = np.flatnonzero(self.binding & np.isin(self.cell, cells))
        ends = np.minimum(self.until[rows], self.force_end[rows])
        names = ("event_id", "domain", "date", "score")
        columns = {name: self.events[name].array[rows] for name in names}
        return pd.DataFrame(columns | {"until": _days_as_dates(ends)})

    # -- preparation ---------------------------------------------------------------------------

    def _by_instrument(self, codebook: Codebook) -> None:
        """Set whether each event binds, and its weight and half-life; an act does not fade."""
        model, kinds = codebook.model, codebook.instruments
        code = pd.Index(list(kinds)).get_indexer(pd.Index(self.events["instrument"]))
        binding = np.array([kind.binding for kind in kinds.values()], bool)
        weight = np.array([kind.weight or model.binding_weight for kind in kinds.values()], float)
        half = np.array([kind.half_life_days or np.inf for kind in kinds.values()], float)
        self.binding: Bools = binding[code]
        spent = self.binding & (self.score == 0)
        self.holds: Bools = self.binding & ~spent
        self._weight: Floats = np.where(spent, model.spent_weight, weight[code])
        self._half_life: Floats = np.where(spent, model.spent_half_life_days, half[code])

    def _ends(self, codebook: Codebook) -> Ints:
        """Return the number of the first day on which each act is no longer in force by itself,
        NEVER for none: what favours the subject lapses, what limits it stands until it is ended.
        """
        lapses = self.events["instrument"].map(
            {k: i.lapses_after_days for k, i in codebook.instruments.items()}
        )
        days = pd.to_numeric(lapses).to_numpy(np.float64)
        lapsing = ~np.isnan(days) & (self.score > 0)
        ends = np.where(lapsing, self.day + np.nan_to_num(days).astype(np.int64), NEVER)
        dates = self.events["end_date"].to_numpy("datetime64[D]")
        return np.where(np.isnat(dates), ends, dates.astype(np.int64))

    def _govern(self) -> None:
        """Set which act governs each event, until when the event lives, and what it counts then."""
        by_cell = np.argsort(self.cell, kind="stable")
        acts = by_cell[self.binding[by_cell]]
        latest, following = self._latest_and_following(acts)
        place = np.full(len(self.cell), -1)
        place[acts] = np.arange(len(acts))
        # An act lives until the next act in order, which may be of the same day.
        following = np.where(self.binding, place + 1, following)
        self.until: Ints = self._start_of(acts, following)
        end, next_day = self.force_end[acts[:-1]], self.day[acts[1:]]
        alike = self.score[acts[:-1]] == self.score[acts[1:]]
        self.run_start: Ints = self._run_of(acts, alike & (end > next_day))
        self._confirm(np.where(latest >= 0, acts[latest], -1) if len(acts) else latest)

    def _latest_and_following(self, acts: Ints) -> tuple[Ints, Ints]:
        """Return for each event the place in `acts` of the latest act of its cell up to its day
        (-1: none), and of the first one after its day.
        """
        span = int(np.ptp(self.day)) + 1 if len(self.day) else 1
        key = self.cell * span + (self.day - self.day.min(initial=NEVER))
        following = np.searchsorted(key[acts], key, side="right")
        latest = following - 1
        if len(acts):
            latest = np.where(self.cell[acts[latest]] == self.cell, latest, -1)
        return latest, following

    def _start_of(self, acts: Ints, place: Ints) -> Ints:
        """Return for each event the day of the act at its place in `acts`, NEVER where that is past
        the end or of another cell. `acts`: rows of the acts by cell, then day.
        """
        if not len(acts):
            return np.full(len(place), NEVER)
        act = acts[np.minimum(place, len(acts) - 1)]
        same = (place < len(acts)) & (self.cell[act] == self.cell)
        return np.where(same, self.day[act], NEVER)

    def _run_of(self, acts: Ints, goes_on: Bools) -> Ints:
        """Return for each event the row of the first act of the unbroken run up to it; -1: no act.

        `goes_on`: of each act but the last in order, whether its run goes on with the next.
        """
        starts = np.full(len(self.cell), -1)
        goes_on = goes_on & (self.cell[acts[:-1]] == self.cell[acts[1:]])
        opens = np.concatenate([np.ones(min(1, len(acts)), bool), ~goes_on])
        # The place of the last opening up to each act.
        first = np.maximum.accumulate(np.where(opens, np.arange(len(acts)), 0))
        starts[acts] = acts[first]
        return starts

    def _confirm(self, act: Ints) -> None:
        """Count a word with the sign of its act, but milder, with the act's score in force."""
        score, governed = self.score, act >= 0
        act_score = np.where(governed, score[act], 0.0) if len(score) else score
        milder = (np.sign(score) == np.sign(act_score)) & (np.abs(score) < np.abs(act_score))
        confirms = governed & ~self.binding & milder
        self._confirmed: Floats = np.where(confirms, act_score, score)
        self._confirmed_until: Ints = np.where(confirms, self.force_end[act], NEVER)
        self._governor: Ints = act


def sum_by_cell(cell: Ints, values: Floats, cells: int) -> Floats:
    """Return the sum of the values of each cell, 0 for a cell without any."""
    sums: Floats = np.bincount(cell, values, cells).astype(np.float64)
    return sums


def pick(values: NDArray[Any], rows: Ints, missing: Any) -> NDArray[Any]:
    """Return `values` at `rows`, and `missing` where a row is -1."""
    picked = np.full(len(rows), missing, values.dtype)
    picked[rows >= 0] = values[rows[rows >= 0]]
    return picked


def _in_order(events: pd.DataFrame) -> pd.DataFrame:
    """Sort events by date, then event_id, as acts replace one another and sums are made."""
    return events.sort_values(["date", "event_id"], kind="stable").reset_index(drop=True)


def _days_as_dates(days: Ints) -> NDArray[np.datetime64]:
    """Day numbers as dates; a day that never comes is missing."""
    never = days == NEVER
    dates: NDArray[Any] = np.where(never, 0, days).astype("datetime64[D]")
    return np.where(never, np.datetime64("NaT", "D"), dates)
