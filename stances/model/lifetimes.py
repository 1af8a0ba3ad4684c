"""The events of a model, prepared: which act governs each, until when it counts, and as what.

Every scored event has a lifetime in which it can count: from its day until the day of the next
binding act of the same actor and domain. Within it nothing about an event changes but its age and
whether the act that governs it is still in force, so one pass over the living events gives all
stances of a day.
"""

from collections.abc import Iterable, Sequence
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
    *BLIND_COLUMNS,
)


class Living(NamedTuple):
    """The events that count on a day: their rows in `Lifetimes`, ascending; their weights on that
    day; and the scores that they count with: their own, or that of the act that they confirm.
    """

    row: Ints
    weight: Floats
    counted: Floats


class Lifetimes:
    """The scored events of some actors in order of date and id, one element of each array an event.

    `events`: the table, with EVENT_COLUMNS. `actor`: its place in `actors`; `domain`: its place in
    the codebook; `cell`: both as one number, actor * domains + domain; `binding`: whether it is an
    act; `holds`: whether it is one that leaves something in force; `run_start`: of each act the row
    of the first of the unbroken run of acts with its score, -1 for words; `low`, `high`: the lowest
    and the highest score that its coding may have meant. Read-only once made.

    `_weight`: on its day; `_half_life`: days, infinite for what does not fade; `_act`: the row of
    the act that governs it, the latest one of its cell on its day, -1 for none. A word that is
    milder than its act confirms it, and has its score while that is in force: `_score_in_force`; of
    all other events that is their own.

    Days are numbers of days. `day`: that of the event. Of the three ends each is the first day on
    which something counts no more, NEVER for none: `until`: the event, since a later act has come;
    `force_end`: the event's own force, which ends or lapses by itself (of acts);
    `_governing_act_end`: the force of the act that governs the event (0: no act).
    """

    def __init__(
        self,
        codebook: Codebook,
        actors: Sequence[str],
        events: pd.DataFrame,
    ) -> None:
        is_scored = events["score"].notna()
        is_known = events["actor"].isin(actors)
        chosen = is_scored & is_known
        table = events.loc[chosen, list(EVENT_COLUMNS)]
        # The order in which acts replace one another, and in which sums are made.
        table = table.sort_values(["date", "event_id"], ignore_index=True)
        self.events = table
        self.ids = table["event_id"].to_numpy(object)
        self.dates = table["date"].to_numpy("datetime64[s]")
        self.day = _day_numbers(table["date"])
        score = table["score"]
        self.score = score.to_numpy(np.float64)
        self.low, self.high = band_ends(codebook, table)

        domains = codebook.domains
        self.domain = places(table["domain"], domains)
        self.actor = places(table["actor"], actors)
        self.cell: Ints = self.actor * len(domains) + self.domain

        self._read_instruments(codebook)
        # Needs which events are acts, and when their force ends.
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
        count = self.count_up_to(day)
        until = self.until[:count]
        force_end = self.force_end[:count]
        # An act that has ended counts no more, and nothing takes its place.
        is_over = self.holds[:count] & (force_end <= day)
        counts = (until > day) & ~is_over
        rows = np.flatnonzero(counts)

        own_score = self.score[rows]
        score_in_force = self._score_in_force[rows]
        act_is_in_force = self._governing_act_end[rows] > day
        counted = np.where(act_is_in_force, score_in_force, own_score)
        return self.weighed(rows, counted, day)

    def weighed(self, rows: Ints, counted: Floats, day: int) -> Living:
        """Return events with their weights on a day, by their age alone: as they would count if
        nothing had set them aside or ended by then. `rows`: of days up to this one; `counted`: the
        score that each counts with.
        """
        age = day - self.day[rows]
        half_lives = age / self._half_life[rows]
        remaining = np.exp2(-half_lives)
        weight = self._weight[rows] * remaining
        return Living(
            row=rows,
            weight=weight,
            counted=counted,
        )

    def ends(self, living: Living) -> tuple[Floats, Floats]:
        """Return the lowest and the highest score of each event that counts; one that confirms its
        act has those of the act.
        """
        rows = living.row
        # Only what confirms an act counts with another score than its own.
        confirms = living.counted != self.score[rows]
        act = self._act[rows]
        coded_row = np.where(confirms, act, rows)
        return self.low[coded_row], self.high[coded_row]

    # -- preparation ---------------------------------------------------------------------------

    def _read_instruments(self, codebook: Codebook) -> None:
        """Set whether each event binds, its weight and half-life, and when an act ends by itself:
        what favours the subject lapses, what limits it stands until it is ended.
        """
        # One element an event. What an instrument does not have is None, as a number NaN.
        kinds = [codebook.instruments[code] for code in self.events["instrument"]]
        binds = [kind.binding for kind in kinds]
        weight = [kind.weight for kind in kinds]
        half_life = [kind.half_life_days for kind in kinds]
        lapses_after = [kind.lapses_after_days for kind in kinds]
        self.binding: Bools = np.array(binds, bool)
        # An act of score 0 took back what was there, and fades as words do.
        is_spent = self.binding & (self.score == 0)
        self.holds: Bools = self.binding & ~is_spent

        # The first case that holds counts; words have what their instrument has.
        model = codebook.model
        cases = [is_spent, self.binding]
        act_weights = [model.spent_weight, model.binding_weight]
        # An act that holds does not fade.
        act_half_lives = [model.spent_half_life_days, np.inf]
        word_weight = np.array(weight, np.float64)
        word_half_life = np.array(half_life, np.float64)
        self._weight = np.select(cases, act_weights, word_weight)
        self._half_life = np.select(cases, act_half_lives, word_half_life)

        days_in_force = np.array(lapses_after, np.float64)
        days_in_force = np.nan_to_num(days_in_force, nan=NEVER)
        is_in_favour = self.score > 0
        lapse_day = np.where(is_in_favour, self.day + days_in_force, NEVER)
        # A day of its end that is known goes before.
        end_date = self.events["end_date"]
        end_day = _day_numbers(end_date)
        has_no_end = end_date.isna()
        force_end = np.where(has_no_end, lapse_day, end_day)
        self.force_end: Ints = force_end.astype(np.int64)

    def _govern(self) -> None:
        """Set which act governs each event, until when the event lives, what it counts in force,
        and the runs of acts.
        """
        cell = self.cell
        score = self.score
        # The rows of the acts, by cell and then by day: a stable sort leaves those of one cell in
        # the order of the rows.
        acts = np.flatnonzero(self.binding)
        by_cell = np.argsort(cell[acts], kind="stable")
        acts = acts[by_cell]

        # A number for every cell and day, which orders the acts as they stand.
        cell_day = cell * NEVER + self.day
        # How many of `acts` stand before each event or on its day: those of its own cell come last.
        count_before = np.searchsorted(cell_day[acts], cell_day, side="right")
        # Before the first act stands none (place -1), nor after the last.
        act_or_none = np.append(acts, -1)
        latest_row = act_or_none[count_before - 1]
        coming_row = act_or_none[count_before]
        # An act lives until the next act in order, which may be of the same day.
        coming_row[acts] = act_or_none[1:]

        # The neighbours may be of other cells.
        act = np.where(cell[latest_row] == cell, latest_row, -1)
        next_act = np.where(cell[coming_row] == cell, coming_row, -1)
        self._act: Ints = act
        self.until: Ints = pick(self.day, next_act, NEVER)

        # A word with the sign of its act, but milder, counts with the act's score in force. Without
        # an act none is milder.
        act_score = pick(score, act, 0.0)
        has_same_sign = np.sign(score) == np.sign(act_score)
        is_milder = np.abs(score) < np.abs(act_score)
        is_word = ~self.binding
        confirms = is_word & has_same_sign & is_milder
        self._score_in_force = np.where(confirms, act_score, score)
        self._governing_act_end = pick(self.force_end, act, 0)

        # The next act goes on with the run if it finds the same score still in force.
        next_score = pick(score, next_act, np.nan)
        is_found_in_force = self.force_end > self.until
        goes_on = is_found_in_force & (score == next_score)
        rows = np.arange(len(cell))
        run_start = np.where(self.binding, rows, -1)
        # By day in each cell: the start of a run is handed on from act to act.
        followed_acts = acts[goes_on[acts]]
        for act_row in followed_acts:
            next_row = next_act[act_row]
            run_start[next_row] = run_start[act_row]
        self.run_start: Ints = run_start


def places(codes: Iterable[str], order: Iterable[str]) -> Ints:
    """Return the place of each code in an order, one element a code; -1 for one not in it."""
    index = pd.Index(list(order))
    return index.get_indexer(pd.Index(codes))


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
    with_missing = np.append(values, missing)
    picked: NDArray[Any] = with_missing[rows]
    return picked


def _day_numbers(dates: pd.Series) -> Ints:
    """Return dates as numbers of days, of which a missing one is of no meaning."""
    days = dates.to_numpy("datetime64[D]")
    return days.astype(np.int64)
