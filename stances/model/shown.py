"""The act shown for each actor and domain: one rule for every card, page, route and table.

The level in force is that of the latest act. The acts with that score before it, as far as none
ended or left another score, are one run with it. Of the run the act shown is the newest landmark of
those that stand in the register and hold on the day; without a landmark the newest of these; where
none stands in the register, the first act of the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.days import day_number, first_day, last_day
from stances.model.lifetimes import NEVER, NO_DAY, Bools, Ints, pick
from stances.model.stance import Model

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Register:
    """The lines of the register of acts that rest on a binding event of a model: one element a
    line, in the order of the file.

    `row`: of the event in the model; `act_id`; `holds_from` and `ends`: numbers of days, the latter
    exclusive; `landmark`: whether the event is one.
    """

    row: Ints
    act_id: NDArray[np.object_]
    holds_from: Ints
    ends: Ints
    landmark: Bools

    @classmethod
    def of(cls, model: Model, acts: pd.DataFrame, events: pd.DataFrame) -> Register:
        """The register of a dataset. `acts`: with act_id, event_id (empty: none) and the partial
        dates adopted, in_force_from and ended; `events`: with event_id and landmark.
        """
        row = pd.Index(model.lifetimes.ids).get_indexer(pd.Index(acts["event_id"].astype(object)))
        binds = (row >= 0) & model.lifetimes.binding[row]
        lines = acts[binds]
        landmarks = events.loc[events["landmark"], "event_id"]
        begins = lines["in_force_from"].where(lines["in_force_from"] != "", lines["adopted"])
        return cls(
            row[binds].astype(np.int64),
            lines["act_id"].to_numpy(object),
            np.array([day_number(first_day(text)) if text else 0 for text in begins], np.int64),
            np.array(
                [day_number(last_day(text)) if text else NEVER for text in lines["ended"]], np.int64
            ),
            lines["event_id"].isin(landmarks).to_numpy(bool),
        )

    def best(self, model: Model, latest: Ints, day: int) -> Ints:
        """Of the runs that end with the `latest` acts the line that is shown on a day: its place,
        or -1 where the run has none. One element an act; -1 in `latest` is no act.
        """
        run_start, best = model.lifetimes.run_start, np.full(len(latest), -1)
        holds = np.flatnonzero((self.holds_from <= day) & (day < self.ends))
        # The last one stays: landmarks after the others, the newest last, and of the lines of one
        # event the first of the file.
        order = np.lexsort((-holds, self.row[holds], self.landmark[holds]))
        runs = np.where(latest >= 0, run_start[latest], -1) if len(run_start) else latest
        place = {run: cell for cell, run in enumerate(runs.tolist()) if run >= 0}
        for line in holds[order].tolist():
            cell = place.get(int(run_start[self.row[line]]))
            # An act after the latest of the day is yet to come.
            if cell is not None and self.row[line] <= latest[cell]:
                best[cell] = line
        return best


def shown_acts(model: Model, register: Register, day: date) -> Columns:
    """The act shown of every actor and domain on a day, in the rows of `Model.position`; empty on
    overall rows and where no act is in force.

    Columns: act_level (the score in force, NaN: none), level_since (the day from which on it holds
    unbroken), act_event_id and act_id (its line in the register; empty where it has none).
    """
    events, latest = model.lifetimes, model.arrays([day]).act.ravel()
    line = register.best(model, latest, day_number(day))
    first = np.where(latest >= 0, events.run_start[latest], -1) if len(events.ids) else latest
    act = np.where(line >= 0, register.row[line], first) if len(register.row) else first
    return {
        "act_level": pick(events.score, latest, np.nan),
        "level_since": pick(events.dates, first, NO_DAY),
        "act_event_id": pick(events.ids, act, ""),
        "act_id": pick(register.act_id, line, ""),
    }
