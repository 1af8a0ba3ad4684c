"""The act shown for each actor and domain: one rule for every card, page, route and table.

The level in force is that of the latest act. The acts with that score before it, as far as none
ended or left another score, are one run with it. Of the run the act shown is the newest landmark of
those that stand in the register and hold on the day; without a landmark the newest of these; where
none stands in the register, the first act of the run.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.model.acts import IN_FORCE, NOT_YET, Register
from stances.model.lifetimes import NO_DAY, Ints, pick, places
from stances.model.stance import Model

Columns = dict[str, NDArray[Any]]


class ActsShown:
    """The acts of a model and the lines of the register that rest on them, to be asked on any day.

    `acts`: `acts.csv`; `events`: with event_id and landmark.
    """

    def __init__(self, model: Model, acts: pd.DataFrame, events: pd.DataFrame) -> None:
        self._model = model
        lifetimes = model.lifetimes
        binding = lifetimes.ids[lifetimes.binding]
        lines = acts[acts["event_id"].isin(binding)]
        landmarks = events.loc[events["landmark"], "event_id"]
        # One element a line, in the order of the file.
        self._register = Register(lines)
        self._act_id = lines["act_id"].to_numpy(object)
        self._landmark = lines["event_id"].isin(landmarks).to_numpy(bool)
        self._row = places(lines["event_id"], lifetimes.ids)

    @property
    def days(self) -> NDArray[np.datetime64]:
        """The days on which the register changes what is shown."""
        return self._register.days

    def on(self, day: date) -> Columns:
        """Return the act shown of every actor and domain on a day, in the rows of `Model.position`;
        empty on overall rows and where no act is in force.

        Columns: act_level (the score in force, NaN: none), level_since (the day from which on it
        holds unbroken), act_event_id and act_id (its line in the register; empty: it has none),
        pending (whether by the register it is adopted and not yet in force).
        """
        return self.by_latest(self._model.arrays([day]).act, day)

    def by_latest(self, acts: Ints, day: date) -> Columns:
        """Return the act shown of all on a day, by each one's latest (`StanceArrays.act`)."""
        events = self._model.lifetimes
        latest = acts.ravel()
        first = pick(events.run_start, latest, -1)
        status = self._register.status(day)
        line = self._best(latest, first, np.flatnonzero(status == IN_FORCE))

        has_line = line >= 0
        act_row = np.where(has_line, pick(self._row, line, -1), first)
        to_come = self._row[status == NOT_YET]
        return {
            "act_level": pick(events.score, latest, np.nan),
            "level_since": pick(events.dates, first, NO_DAY),
            "act_event_id": pick(events.ids, act_row, ""),
            "act_id": pick(self._act_id, line, ""),
            "pending": ~has_line & np.isin(first, to_come),
        }

    def _best(self, latest: Ints, first: Ints, lines: Ints) -> Ints:
        """Return the line shown of each run from `first` to `latest`, of `lines`; -1: none."""
        row = self._row[lines]
        # The last one stays: landmarks after the others, the newest last, and of the lines of one
        # event the first of the file.
        order = np.lexsort((-lines, row, self._landmark[lines]))
        lines = lines[order]
        row = row[order]

        run_start = self._model.lifetimes.run_start
        cell_of_run = np.full(len(run_start), -1)
        cells = np.flatnonzero(first >= 0)
        cell_of_run[first[cells]] = cells
        cell = cell_of_run[run_start[row]]

        # An act after the latest of the day is yet to come.
        in_run = (cell >= 0) & (row <= latest[cell])
        best = np.full(len(latest), -1)
        best[cell[in_run]] = lines[in_run]
        return best
