"""Law and practice: what the rules of every actor come to in every domain on a day.

A power is not yet a measure. A rule that restricts by its level *can* limit the subject; it has
*limited* it once it has been used. Headlines, maps, tables and files take both from here.
"""

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import OVERALL, Codebook
from stances.model.acts import EASED, IN_FORCE, Register
from stances.model.lifetimes import Bools, Ints
from stances.model.stance import Model

# What `Practice.on` says of each actor and domain.
FLAGS = ("limits", "used", "used_level", "eased", "excludes", "single", "case")
_NO_DATE = np.datetime64("NaT", "D")


def least_level(codebook: Codebook, domain: str) -> int:
    """Return the mildest level that limits the subject; any case not in its favour does."""
    return -1 if is_case(codebook, domain) else codebook.scale.restricting


def is_case(codebook: Codebook, domain: str) -> bool:
    """Say whether what binds in a domain is an open case, and no rule."""
    return domain != OVERALL and codebook.domains[domain].open_case


class Practice:
    """The lines of the register that are against the subject, to be asked on any day."""

    def __init__(self, model: Model, acts: pd.DataFrame, events: pd.DataFrame) -> None:
        codebook = model.codebook
        columns = codebook.columns
        self._shape = (len(model.actors), len(columns))
        self._strictest = codebook.scale.min
        self._least = np.array([least_level(codebook, code) for code in columns])
        self._is_case = np.array([is_case(codebook, code) for code in columns])

        events = events.set_index("event_id")
        score = acts["event_id"].map(events["score"].astype("Float64"))
        against = (score < 0).fillna(False) & acts["actor"].isin(model.actors)
        lines = acts[against]
        # From here on one element a line.
        self._register = Register(lines)
        self._level = score[against].to_numpy(np.float64)
        self._firm = (lines["applied"] != EASED).to_numpy(bool)
        actor = pd.Index(model.actors).get_indexer(pd.Index(lines["actor"]))
        column = pd.Index(columns).get_indexer(pd.Index(lines["domain"]))
        self._cell: Ints = actor * len(columns) + column
        self._limits: Bools = self._level <= self._least[column]

        # From when on the act that brought a line counts in the line's own domain, if it does.
        event = events.reindex(lines["event_id"])
        binding = [code for code, kind in codebook.instruments.items() if kind.binding]
        own_domain = event["domain"].to_numpy() == lines["domain"].to_numpy()
        counts = event["instrument"].isin(binding) & own_domain
        self._brought = event["date"].to_numpy("datetime64[D]")
        self._counts_from = np.where(counts, self._brought, _NO_DATE)
        self._has_line = acts["event_id"].to_numpy(object)

    @property
    def days(self) -> NDArray[np.datetime64]:
        """The days on which an answer may change: the status or use of a line, or the event that
        brought it.
        """
        return np.unique([*self._register.days, *self._brought])

    def on(
        self, day: date, shown: dict[str, NDArray[Any]], newest: bool = True
    ) -> dict[str, Bools]:
        """Return FLAGS of a day, each an array of actors x (overall, then the domains).

        `limits`: a rule in force can limit the subject or does; `used`: one of these has been used;
        `used_level`: one that sets the level in force, or any where no act does;
        `eased`: those used have since been softened in practice; `excludes`: one is at the
        strictest level, and that is the level in force; `single`: a decision on a single case,
        which is no rule of the register, and nothing is known of the use of a rule; `case`: what
        limits is an open case. Overall is what they come to in any domain that has rules, not
        cases. `shown`: the acts shown that day (`ActsShown`). What is softened is so today, on no
        day before: not `newest`, it is not told.
        """
        then = np.datetime64(day, "D")
        event = shown["act_event_id"]
        level = shown["act_level"].astype(float)

        # One element a line of the register. A court has stayed a line whose act counted in its
        # cell once, where the cell has no act any more.
        stayed = (event[self._cell] == "") & (self._counts_from <= then)
        # No line before its event: the level is the event's.
        in_force = (self._register.status(day) == IN_FORCE) & (self._brought <= then)
        limiting = in_force & self._limits & ~stayed
        was_used = self._register.used_from <= then
        limiting_used = limiting & was_used
        milder_used = in_force & ~self._limits & was_used
        level_in_force = level[self._cell]
        sets_level = (self._level == level_in_force) | np.isnan(level_in_force)

        # One element a cell, as in `shown`. An act in force without a line that holds limits by
        # itself; it has been used where a milder rule that stands there has.
        alone = (event != "") & (shown["act_id"] == "") & ~shown["pending"]
        alone &= level <= np.tile(self._least, self._shape[0])
        had_line = alone & pd.Index(event).isin(self._has_line)
        strictest = self._any(limiting & (self._level == self._strictest)) | had_line
        firm = self._any(limiting_used & self._firm) | alone & self._any(milder_used & self._firm)

        limits = self._with_overall(self._any(limiting) | alone)
        used = self._with_overall(self._any(limiting_used) | alone & self._any(milder_used))
        is_rule = self._with_overall(self._any(limiting) | had_line)
        case = limits & self._is_case
        excludes = self._with_overall(strictest & (level == self._strictest))
        return {
            "limits": limits,
            "used": used,
            "used_level": self._with_overall(self._any(limiting_used & sets_level)),
            "eased": used & ~self._with_overall(firm) & newest,
            "excludes": excludes & ~self._is_case,
            "single": limits & ~used & ~is_rule & ~case,
            "case": case,
        }

    def _any(self, lines: Bools) -> Bools:
        """Say for each cell whether it has one of some lines."""
        cells = np.zeros(math.prod(self._shape), bool)
        cells[self._cell[lines]] = True
        return cells

    def _with_overall(self, cells: Bools) -> Bools:
        """Return cells as actors x columns, overall from the domains that have rules."""
        table = cells.reshape(self._shape)
        has_rules = ~self._is_case
        has_rules[0] = False
        table[:, 0] = table[:, has_rules].any(axis=1)
        return table
