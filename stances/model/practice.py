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
from stances.model.lifetimes import Bools, Ints, places
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
        scores = events["score"].astype("Float64")
        score = acts["event_id"].map(scores).astype(float)
        against = (score < 0) & acts["actor"].isin(model.actors)
        lines = acts[against]

        # One element a line.
        domain = lines["domain"]
        column = places(domain, columns)
        self._cell: Ints = places(lines["actor"], model.actors) * len(columns) + column
        self._level = score[against].to_numpy()
        self._limits: Bools = self._level <= self._least[column]
        self._firm = (lines["applied"] != EASED).to_numpy(bool)
        self._register = Register(lines)

        # From when on the act that brought a line counts in the line's own domain, if it does.
        event = events.reindex(lines["event_id"])
        binding = [code for code, kind in codebook.instruments.items() if kind.binding]
        counts = event["instrument"].isin(binding)
        counts &= event["domain"].to_numpy() == domain.to_numpy()
        self._brought = event["date"].to_numpy("datetime64[D]")
        self._counts_from = np.where(counts, self._brought, _NO_DATE)
        self._has_line = frozenset(acts["event_id"])

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
        has_no_act = event[self._cell] == ""
        stayed = has_no_act & (self._counts_from <= then)
        # No line before its event: the level is the event's.
        brought = self._brought <= then
        in_force = brought & (self._register.status(day) == IN_FORCE)
        was_used = self._register.used_from <= then
        limiting = in_force & self._limits & ~stayed
        limiting_used = limiting & was_used
        milder_used = in_force & was_used & ~self._limits
        strictest = limiting & (self._level == self._strictest)
        level_in_force = level[self._cell]
        sets_level = (self._level == level_in_force) | np.isnan(level_in_force)

        # One element a cell, as in `shown`. An act in force without a line that holds limits by
        # itself; it has been used where a milder rule that stands there has.
        least = np.tile(self._least, self._shape[0])
        without_line = shown["act_id"] == ""
        alone = without_line & (event != "") & (level <= least)
        alone &= ~shown["pending"]
        has_line = [code in self._has_line for code in event]
        had_line = alone & np.array(has_line)
        excludes = self._any(strictest) | had_line
        excludes &= level == self._strictest
        firm = self._any(limiting_used & self._firm)
        firm |= alone & self._any(milder_used & self._firm)
        has_rule = self._any(limiting)
        used = self._any(limiting_used)
        used |= alone & self._any(milder_used)
        used_level = self._any(limiting_used & sets_level)

        # From here on actors x columns.
        limits = self._with_overall(has_rule | alone)
        used = self._with_overall(used)
        firm = self._with_overall(firm)
        is_rule = self._with_overall(has_rule | had_line)
        excludes = self._with_overall(excludes)
        case = limits & self._is_case
        return {
            "limits": limits,
            "used": used,
            "used_level": self._with_overall(used_level),
            "eased": used & ~firm & newest,
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
