"""The events of a model, prepared: which act governs each, until when it counts, and as what.

Every scored event has a lifetime in which it can count: from its day until the day of the next
binding act of the same actor and domain. Within it nothing about an event changes but its age and
whether the act that governs it is still in force, so one pass over the living events gives all
stances of a day, and the monthly panel visits each event only in the months in which it lives.
"""

from collections.abc import Iterable, Iterator, Sequence
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
    "event_id", "actor", "date", "end_date", "domain", "instrument", "score", "confidence",
)  # fmt: skip


class Living(NamedTuple):
    """The events that count on a day: their rows, ascending, weights then, scores as counted."""

    row: Ints
    weight: Floats
    counted: Floats


class Lifetimes:
    """The scored events of some actors in order of date and id, one element of each array an event.

    `events`: the table, with EVENT_COLUMNS. `actor`: its place in `actors`; `cell`: actor x domain
    as one number; `day`, `until` and `force_end`: numbers of days, the last two the first day on
    which an event counts no more since a later act came, and on which an act ends or lapses by
    itself; `binding`: acts, `holds`: those that leave something in force; `run_start`: of each act
    the first of the unbroken run of acts with its score, -1 for words; `low`, `high`: the lowest
    and the highest score that its coding may have meant. Read-only once made.
    """

    def __init__(self, codebook: Codebook, actors: Sequence[str], events: pd.DataFrame) -> None:
        scored = events["score"].notna() & events["actor"].isin(actors)
        table = events[scored].filter([*EVENT_COLUMNS, *BLIND_COLUMNS])
        # As acts replace one another, and sums are made.
        table = table.sort_values(["date", "event_id"], kind="stable", ignore_index=True)
        self.events = table
        self.ids = table["event_id"].to_numpy(object)
        self.dates = table["date"].to_numpy("datetime64[s]")
        self.day = _day_numbers(table["date"])

        domains = codebook.domains
        domain = places(table["domain"], domains)
        self.actor = places(table["actor"], actors)
        self.cell: Ints = self.actor * len(domains) + domain
        self.score = table["score"].to_numpy(np.float64)
        self.low, self.high = band_ends(codebook, table)

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
            new = np.arange(count_before, count)
            rows = np.concatenate([rows, new])
            rows = rows[self.until[rows] > day]
            count_before = count

            # An act that has ended counts no more, and nothing takes its place.
            in_force = day < self.force_end[rows]
            counting = rows[in_force | ~self.holds[rows]]
            confirms = day < self._confirms_until[counting]
            act_score = self._act_score[counting]
            counted = np.where(confirms, act_score, self.score[counting])
            yield self.age(counting, counted, day)

    def age(self, rows: Ints, counted: Floats, day: int) -> Living:
        """Return events as they would count on a day if nothing had set them aside or ended by
        then.
        """
        age = day - self.day[rows]
        faded = np.exp2(-age / self._half_life[rows])
        return Living(rows, self._weight[rows] * faded, counted)

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
        model = codebook.model
        kinds = codebook.instruments.values()
        place = places(self.events["instrument"], codebook.instruments)
        # An act does not fade.
        weights = np.array([kind.weight or model.binding_weight for kind in kinds])
        half_lives = np.array([kind.half_life_days or np.inf for kind in kinds])
        lapses_after = np.array([kind.lapses_after_days or NEVER for kind in kinds])
        binding = np.array([kind.binding for kind in kinds])[place]

        spent = binding & (self.score == 0)
        self.binding: Bools = binding
        self.holds: Bools = binding & ~spent
        self._weight = np.where(spent, model.spent_weight, weights[place])
        self._half_life = np.where(spent, model.spent_half_life_days, half_lives[place])

        lapse = self.day + lapses_after[place]
        lapse = np.where(self.score > 0, lapse, NEVER)
        end_date = self.events["end_date"]
        ended = _day_numbers(end_date)
        self.force_end: Ints = np.where(end_date.isna(), lapse, ended)

    def _govern(self) -> None:
        """Set which act governs each event, until when the event lives, and what it counts then."""
        cell = self.cell
        score = self.score
        by_cell = np.argsort(cell, kind="stable")
        acts = by_cell[self.binding[by_cell]]

        # A number for every cell and day, which orders the acts as they stand.
        cell_day = cell * NEVER + self.day
        following = np.searchsorted(cell_day[acts], cell_day, side="right")
        latest = following - 1
        # An act lives until the next act in order, which may be of the same day.
        following[acts] = np.arange(len(acts)) + 1

        # Before the first act (-1) and after the last stands one that is of no cell.
        act_or_none = np.append(acts, -1)
        act_cell = np.append(cell[acts], -1)
        is_governed = act_cell[latest] == cell
        act = np.where(is_governed, act_or_none[latest], -1)
        is_followed = act_cell[following] == cell
        next_act = np.where(is_followed, act_or_none[following], -1)
        self._act: Ints = act
        self.until: Ints = pick(self.day, next_act, NEVER)

        # A word with the sign of its act, but milder, counts with the act's score in force.
        act_score = pick(score, act, 0.0)
        same_sign = np.sign(score) == np.sign(act_score)
        is_milder = np.abs(score) < np.abs(act_score)
        confirms = same_sign & is_milder & ~self.binding
        act_end = pick(self.force_end, act, 0)
        self._act_score: Floats = act_score
        self._confirms_until = np.where(confirms, act_end, -NEVER)

        # The next act goes on with the run if it finds the same score still in force.
        same_score = pick(score, next_act, np.nan) == score
        goes_on = same_score & (self.force_end > self.until)
        row = np.arange(len(cell))
        run_start = np.where(self.binding, row, -1)
        for member in acts[goes_on[acts]]:
            run_start[next_act[member]] = run_start[member]
        self.run_start: Ints = run_start


def places(codes: Iterable[str], order: Iterable[str]) -> Ints:
    """Return the place of each code in an order, -1 for one that is not in it."""
    return pd.Index([*order]).get_indexer(pd.Index(codes))


def sum_by_cell(cell: Ints, values: Floats, cells: int) -> Floats:
    """Return the sum of the values of each cell, 0 for a cell without any."""
    # Of no values at all bincount makes whole numbers.
    sums: Floats = np.bincount(cell, values, cells).astype(np.float64)
    return sums


def pick(values: NDArray[Any], rows: Ints, missing: Any) -> NDArray[Any]:
    """Return `values` at `rows`, and `missing` where a row is -1."""
    picked = np.full(len(rows), missing, values.dtype)
    known = rows >= 0
    picked[known] = values[rows[known]]
    return picked


def _day_numbers(dates: pd.Series) -> Ints:
    """Return dates as numbers of days, of which a missing one is of no meaning."""
    return dates.to_numpy("datetime64[D]").astype(np.int64)
