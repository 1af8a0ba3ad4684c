"""The events of a model, prepared: which act governs each, until when it counts, and as what.

Every scored event has a lifetime in which it can count: from its day until the day of the next
binding act of the same actor and domain. Within it nothing about an event changes but its age and
whether the act that governs it is still in force, so one pass over the living events gives all
stances of a day, and the monthly panel visits each event only in the months in which it lives.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import Codebook
from stances.model.band import BLIND_COLUMNS, band_ends

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# A day after every other day, near enough for days to be added to it.
NEVER = 10**9
# What stands for a day where there is none.
NO_DAY = np.datetime64("NaT", "s")

# What the model reads of an event, and keeps.
EVENT_COLUMNS = (
    "event_id",
    "actor",
    "date",
    "end_date",
    "domain",
    "instrument",
    "score",
    "confidence",
)
# What it reads of an instrument.
_TERMS = attrgetter("binding", "weight", "half_life_days", "lapses_after_days")


class Living(NamedTuple):
    """The events that count on a day: their rows, ascending, weights then, scores as counted."""

    row: Ints
    weight: Floats
    counted: Floats


class Lifetimes:
    """The scored events of some actors in order of date and id, one element of each array an event.

    `events`: the table, with EVENT_COLUMNS. `actor`: its place in `actors`; `cell`: actor x domain
    as one number, actor * domains + domain; `domain`: its place in the codebook; `binding`: acts,
    `holds`: those that leave something in force; `run_start`: of each act the row of the first of
    the unbroken run of acts with its score, -1 for words; `low`, `high`: the lowest and the highest
    score that its coding may have meant. Read-only once made.

    Days are numbers of days. `day`: that of the event. Of the three ends each is the first day on
    which something counts no more, NEVER for none: `until`: the event, since a later act has come;
    `force_end`: the event's own force, which ends or lapses by itself (of acts);
    `_governing_act_end`: the force of the act that governs the event (0: no act). Until then a word
    that is milder than its act confirms it, and has its score: `_score_in_force`; of all other
    events that is their own.
    """

    def __init__(
        self,
        codebook: Codebook,
        actors: Sequence[str],
        events: pd.DataFrame,
    ) -> None:
        is_scored = events["score"].notna()
        has_place = events["actor"].isin(actors)
        table = events[is_scored & has_place]
        table = table.filter([*EVENT_COLUMNS, *BLIND_COLUMNS])
        # The order in which acts replace one another, and in which sums are made.
        table = table.sort_values(["date", "event_id"], ignore_index=True)
        self.events = table
        self.ids = table["event_id"].to_numpy(object)
        self.dates = table["date"].to_numpy("datetime64[s]")
        self.day = _day_numbers(table["date"])
        self.score = table["score"].to_numpy(np.float64)
        self.low, self.high = band_ends(codebook, table)

        domains = codebook.domains
        self.domain = places(table["domain"], domains)
        self.actor = places(table["actor"], actors)
        self.cell: Ints = self.actor * len(domains) + self.domain

        self._read_instruments(codebook)
        self._govern()
        for values in vars(self).values():
            if isinstance(values, np.ndarray):
                values.flags.writeable = False

    # -- what is asked of them -----------------------------------------------------------------

    def count_up_to(self, day: int) -> int:
        """Return how many of the events are of a day or before it: they are the first ones."""
        return int(np.searchsorted(self.day, day, side="right"))

    def living(self, day: int) -> Living:
        """Return the events that count on a day."""
        [living] = self.living_on([day])
        return living

    def living_on(self, days: Iterable[int]) -> Iterator[Living]:
        """Yield what counts on each of `days`, which ascend; only the living are carried on."""
        rows = np.empty(0, np.int64)
        count_before = 0

        for day in days:
            count = self.count_up_to(day)
            new_rows = np.arange(count_before, count)
            rows = np.concatenate([rows, new_rows])
            rows = rows[self.until[rows] > day]
            count_before = count

            # An act that has ended counts no more, and nothing takes its place.
            is_over = self.holds[rows] & (self.force_end[rows] <= day)
            counting = rows[~is_over]
            in_force = day < self._governing_act_end[counting]
            score_in_force = self._score_in_force[counting]
            counted = np.where(in_force, score_in_force, self.score[counting])
            yield self.weighed(counting, counted, day)

    def weighed(self, rows: Ints, counted: Floats, day: int) -> Living:
        """Return events with their weights on a day, by their age alone: as they would count if
        nothing had set them aside or ended by then. `counted`: the score that each counts with.
        """
        age = day - self.day[rows]
        half_lives = age / self._half_life[rows]
        faded = np.exp2(-half_lives)
        weight = self._weight[rows] * faded
        return Living(rows, weight, counted)

    def ends(self, living: Living) -> tuple[Floats, Floats]:
        """Return the lowest and the highest score of each event that counts; one that confirms its
        act has those of the act.
        """
        rows = living.row
        confirms = living.counted != self.score[rows]
        rows = np.where(confirms, self._act[rows], rows)
        return self.low[rows], self.high[rows]

    # -- preparation ---------------------------------------------------------------------------

    def _read_instruments(self, codebook: Codebook) -> None:
        """Set whether each event binds, its weight and half-life, and when an act ends by itself:
        what favours the subject lapses, what limits it stands until it is ended.
        """
        instruments = codebook.instruments
        instrument_place = places(self.events["instrument"], instruments)
        # What an instrument does not have is missing: NaN.
        terms = [*map(_TERMS, instruments.values())]
        terms_by_event = np.array(terms, np.float64)[instrument_place]
        # The columns, in the order of _TERMS.
        binds, weight, half_life, lapses_after = terms_by_event.T
        self.binding: Bools = binds == 1
        is_spent = self.binding & (self.score == 0)
        self.holds: Bools = self.binding & ~is_spent

        # An act does not fade.
        model = codebook.model
        cases = [is_spent, self.binding]
        weights = [model.spent_weight, model.binding_weight]
        half_lives = [model.spent_half_life_days, np.inf]
        self._weight = np.select(cases, weights, weight)
        self._half_life = np.select(cases, half_lives, half_life)

        lapse_day = self.day + np.nan_to_num(lapses_after, nan=NEVER)
        lapse_day = np.where(self.score > 0, lapse_day, NEVER)
        end_date = self.events["end_date"]
        end_day = _day_numbers(end_date)
        force_end = np.where(end_date.isna(), lapse_day, end_day)
        self.force_end: Ints = force_end.astype(np.int64)

    def _govern(self) -> None:
        """Set which act governs each event, until when the event lives, and what it counts then."""
        cell = self.cell
        score = self.score
        # A stable sort leaves the events of each cell in the order of the rows.
        by_cell = np.argsort(cell, kind="stable")
        is_act = self.binding[by_cell]
        # The rows of the acts, by cell and then by day.
        acts = by_cell[is_act]

        # A number for every cell and day, which orders the acts as they stand.
        cell_day = cell * NEVER + self.day
        # The place in `acts` of the first act after each event's day, of the next cell perhaps.
        following = np.searchsorted(cell_day[acts], cell_day, side="right")
        # Before the first act stands none, nor after the last: -1 is the place of both.
        act_or_none = np.append(acts, -1)
        latest_row = act_or_none[following - 1]
        act = np.where(cell[latest_row] == cell, latest_row, -1)

        # An act lives until the next act in order, which may be of the same day.
        coming = following.copy()
        coming[acts] = np.arange(len(acts)) + 1
        coming_row = act_or_none[coming]
        next_act = np.where(cell[coming_row] == cell, coming_row, -1)
        self._act: Ints = act
        self.until: Ints = pick(self.day, next_act, NEVER)

        # A word with the sign of its act, but milder, counts with the act's score in force.
        act_score = pick(score, act, 0.0)
        same_sign = np.sign(score) == np.sign(act_score)
        is_milder = np.abs(score) < np.abs(act_score)
        confirms = same_sign & is_milder & ~self.binding
        self._score_in_force = np.where(confirms, act_score, score)
        self._governing_act_end = pick(self.force_end, act, 0)

        # The next act goes on with the run if it finds the same score still in force.
        same_score = score == pick(score, next_act, np.nan)
        goes_on = same_score & (self.force_end > self.until)
        rows = np.arange(len(cell))
        run_start = np.where(self.binding, rows, -1)
        # By day in each cell: the start of a run is handed on from act to act.
        for act_row in acts[goes_on[acts]]:
            next_row = next_act[act_row]
            run_start[next_row] = run_start[act_row]
        self.run_start: Ints = run_start


def places(codes: Iterable[str], order: Iterable[str]) -> Ints:
    """Return the place of each code in an order, one element a code; -1 for one not in it."""
    return pd.Index([*order]).get_indexer(pd.Index(codes))


def sum_by_cell(cell: Ints, values: Floats, cells: int) -> Floats:
    """Return the sum of the values of each cell, 0 for a cell without any. `cell`: of each value;
    `cells`: how many there are.
    """
    # Of no values at all bincount makes whole numbers.
    sums: Floats = np.bincount(cell, values, cells).astype(np.float64)
    return sums


def pick(values: NDArray[Any], rows: Ints, missing: Any) -> NDArray[Any]:
    """Return `values` at `rows`, and `missing` where a row is -1."""
    # Row -1 is the last element.
    picked: NDArray[Any] = np.append(values, missing)[rows]
    return picked


def _day_numbers(dates: pd.Series) -> Ints:
    """Return dates as numbers of days, of which a missing one is of no meaning."""
    return dates.to_numpy("datetime64[D]").astype(np.int64)
