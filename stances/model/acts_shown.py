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
from stances.model.lifetimes import NO_DAY, Ints, pick
from stances.model.stance import Model

Columns = dict[str, NDArray[Any]]


class ActsShown:
    """The acts of a model and the lines of the register that rest on them, to be asked on any day.

    `acts`: `acts.csv`; `events`: with event_id and landmark.
    """

    def __init__(self, model: Model, acts: pd.DataFrame, events: pd.DataFrame) -> None:
        self._model = model
        ids = model.lifetimes.ids
        row = pd.Index(ids).get_indexer(pd.Index(acts["event_id"].astype(object)))
        binds = (row >= 0) & model.lifetimes.binding[row] if len(ids) else row >= 0
        lines, landmarks = acts[binds], events.loc[events["landmark"], "event_id"]
        # One element a line, in the order of the file.
        self._register = Register(lines)
        self._row: Ints = row[binds].astype(np.int64)
        self._act_id = lines["act_id"].to_numpy(object)
        self._landmark = lines["event_id"].isin(landmarks).to_numpy(bool)

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

    def by_latest(self, acts: NDArray[np.signedinteger[Any]], day: date) -> Columns:
        """Return the act shown of all on a day, by each one's latest (`StanceArrays.act`)."""
        events, latest = self._model.lifetimes, acts.ravel().astype(np.int64)
        line, first = self._best(latest, day), pick(events.run_start, latest, -1)
        return {
            "act_level": pick(events.score, latest, np.nan),
            "level_since": pick(events.dates, first, NO_DAY),
            "act_event_id": pick(
                events.ids, np.where(line >= 0, pick(self._row, line, -1), first), ""
            ),
            "act_id": pick(self._act_id, line, ""),
            "pending": (line < 0) & np.isin(first, self._to_come(day)) & (first >= 0),
        }

    def _to_come(self, day: date) -> Ints:
        """Return the events that brought acts which are not yet in force on a day."""
        rows: Ints = self._row[self._register.status(day) == NOT_YET]
        return rows

    def _best(self, latest: Ints, day: date) -> Ints:
        """Return the line shown on a day of the runs that end with `latest` acts, -1: none."""
        run_start, best = self._model.lifetimes.run_start, np.full(len(latest), -1)
        holds = np.flatnonzero(self._register.status(day) == IN_FORCE)
        # The last one stays: landmarks after the others, the newest last, and of the lines of one
        # event the first of the file.
        order = np.lexsort((-holds, self._row[holds], self._landmark[holds]))
        runs = pick(run_start, latest, -1).tolist()
        cells = {run: cell for cell, run in enumerate(runs) if run >= 0}
        for line in holds[order].tolist():
            cell = cells.get(int(run_start[self._row[line]]))
            # An act after the latest of the day is yet to come.
            if cell is not None and self._row[line] <= latest[cell]:
                best[cell] = line
        return best
