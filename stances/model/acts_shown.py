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

    `acts`: `acts.csv`; `events`: with event_id and landmark. Of each line, in the order in which
    they are preferred (the last one most): `_act_id`; `_row`, of its event in the model;
    `_run_start`, the row of the first act of the run that the event belongs to.
    """

    def __init__(
        self,
        model: Model,
        acts: pd.DataFrame,
        events: pd.DataFrame,
    ) -> None:
        lifetimes = model.lifetimes
        self._lifetimes = lifetimes
        binding_ids = lifetimes.ids[lifetimes.binding]
        lines = acts[acts["event_id"].isin(binding_ids)]

        # Of the lines of a run the last in this order is shown: landmarks come after the others,
        # newer acts (by row) after older ones, and of the lines of one event the first of the file
        # comes last, so that they are reversed.
        event_id = lines["event_id"]
        landmark_ids = events.loc[events["landmark"], "event_id"]
        lines = lines.assign(
            row=places(event_id, lifetimes.ids),
            landmark=event_id.isin(landmark_ids),
        )
        lines = lines[::-1].sort_values(["landmark", "row"], kind="stable")

        self._register = Register(lines)
        self._act_id = lines["act_id"].to_numpy(object)
        self._row = lines["row"].to_numpy()
        self._run_start = lifetimes.run_start[self._row]

    @property
    def days(self) -> NDArray[np.datetime64]:
        """The days on which the register changes what is shown."""
        return self._register.days

    def by_latest(self, latest_acts: Ints, day: date) -> Columns:
        """Return the act shown of every actor and domain on a day, in the rows of `Model.position`;
        empty on overall rows and where no act is in force. `latest_acts`: the row of the latest act
        of each on the day, -1 for none (`StanceArrays.act`).

        Columns: act_level (the score in force, NaN: none), level_since (the day from which on it
        holds unbroken), act_event_id and act_id (its line in force in the register; empty: it has
        none), pending (it has a line, which is adopted and not yet in force).
        """
        lifetimes = self._lifetimes
        # One element a cell: an actor in a column. -1: no act there.
        latest_row = latest_acts.ravel()
        run_start = pick(lifetimes.run_start, latest_row, -1)

        # One element a line: the cell whose level in force its run makes; -1: none's any more.
        cells = np.flatnonzero(run_start >= 0)
        cell_by_run_start = np.full(len(lifetimes.run_start), -1)
        cell_by_run_start[run_start[cells]] = cells
        cell = cell_by_run_start[self._run_start]

        status = self._register.status(day)
        is_candidate = (status == IN_FORCE) & (cell >= 0)
        # A run goes on after the day: an act after the latest one of the day is yet to come.
        is_candidate &= self._row <= latest_row[cell]
        # Of several lines of a cell the last is written last, and stays: the one that is preferred.
        line = np.full(len(latest_row), -1)
        line[cell[is_candidate]] = np.flatnonzero(is_candidate)

        has_line = line >= 0
        line_row = pick(self._row, line, -1)
        act_row = np.where(has_line, line_row, run_start)
        # Without a line in force the first act of the run is shown, which may have one to come.
        rows_to_come = self._row[status == NOT_YET]
        is_to_come = np.isin(run_start, rows_to_come)
        return {
            "act_level": pick(lifetimes.score, latest_row, np.nan),
            "level_since": pick(lifetimes.dates, run_start, NO_DAY),
            "act_event_id": pick(lifetimes.ids, act_row, ""),
            "act_id": pick(self._act_id, line, ""),
            "pending": is_to_come & ~has_line,
        }
