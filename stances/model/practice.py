"""Law and practice: what the rules of every actor come to in every domain on a day.

A power is not yet a measure. A rule that restricts by its level *can* limit the subject; it has
*limited* it once it has been used. Headlines, maps, tables and files take both from here.
"""

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
FLAGS = (
    "limits",
    "used",
    "used_level",
    "eased",
    "excludes",
    "single",
    "case",
)
_NO_DATE = np.datetime64("NaT", "D")


def least_level(codebook: Codebook, domain: str) -> int:
    """Return the mildest level that limits the subject; any case not in its favour does."""
    return -1 if is_case(codebook, domain) else codebook.scale.restricting


def is_case(codebook: Codebook, domain: str) -> bool:
    """Say whether what binds in a domain is an open case, and no rule."""
    return domain != OVERALL and codebook.domains[domain].open_case


class Practice:
    """The lines of the register that are against the subject, to be asked on any day.

    `acts`: `acts.csv`; `events`: with event_id, date, domain, instrument and score.
    """

    def __init__(
        self,
        model: Model,
        acts: pd.DataFrame,
        events: pd.DataFrame,
    ) -> None:
        codebook = model.codebook
        actors = model.actors
        columns = codebook.columns
        self._shape = (len(actors), len(columns))
        self._strictest_level = codebook.scale.min
        self._is_case = np.array([is_case(codebook, code) for code in columns])
        # The columns of domains of rules. Overall, which comes first, has no rules of its own.
        self._rule_columns = np.flatnonzero(~self._is_case)[1:]
        # One element a cell: an actor in a column.
        least_levels = [least_level(codebook, code) for code in columns]
        self._least_level = np.tile(least_levels, len(actors))

        event_columns = [
            "event_id",
            "date",
            "domain",
            "instrument",
            "score",
        ]
        scored = events[event_columns]
        lines = acts.merge(scored, on="event_id", suffixes=("", "_of_event"))
        is_against = lines["score"] < 0
        lines = lines[is_against & lines["actor"].isin(actors)]

        # One element a line.
        domain = lines["domain"]
        actor_place = places(lines["actor"], actors)
        column = places(domain, columns)
        self._cell: Ints = actor_place * len(columns) + column
        self._level = lines["score"].to_numpy(np.float64)
        self._limits: Bools = self._level <= self._least_level[self._cell]
        is_firm = lines["applied"] != EASED
        self._is_firm = is_firm.to_numpy(bool)
        self._register = Register(lines)

        # From when on the act that brought a line counts in the line's own domain, if it does.
        instruments = codebook.instruments
        binding = [code for code, kind in instruments.items() if kind.binding]
        counts = lines["instrument"].isin(binding)
        counts &= lines["domain_of_event"] == domain
        self._brought_on = lines["date"].to_numpy("datetime64[D]")
        self._counts_from = np.where(counts, self._brought_on, _NO_DATE)
        self._event_ids_of_lines = frozenset(acts["event_id"])

    @property
    def days(self) -> NDArray[np.datetime64]:
        """The days on which an answer may change: the status or use of a line, or the event that
        brought it.
        """
        return np.unique([*self._register.days, *self._brought_on])

    def on(
        self,
        day: date,
        acts_shown: dict[str, NDArray[Any]],
        newest: bool = True,
    ) -> dict[str, Bools]:
        """Return FLAGS of a day, each an array of actors x (overall, then the domains).

        `limits`: a rule in force can limit the subject or does; `used`: one of these has been used;
        `used_level`: one that sets the level in force, or any where no act does;
        `eased`: those used have since been softened in practice; `excludes`: one is at the
        strictest level, and that is the level in force; `single`: a decision on a single case,
        which is no rule of the register, and nothing is known of the use of a rule; `case`: what
        limits is an open case. Overall is what they come to in any domain that has rules, not
        cases. `acts_shown`: those of that day (`ActsShown.on`). What is softened is so today, on no
        day before: not `newest`, it is not told.
        """
        then = np.datetime64(day, "D")
        level = acts_shown["act_level"].astype(float)

        # Masks of lines, one element a line of the register. A court has stayed a line whose act
        # counted in its cell once, where the cell has no act any more.
        level_in_force = level[self._cell]
        has_no_act = np.isnan(level_in_force)
        is_stayed = has_no_act & (self._counts_from <= then)
        # No line before its event: the level is the event's.
        was_brought = self._brought_on <= then
        in_force = was_brought & (self._register.status(day) == IN_FORCE)
        limiting = in_force & self._limits & ~is_stayed
        milder = in_force & ~self._limits
        was_used = self._register.used_from <= then
        firmly_used = was_used & self._is_firm
        strictest = limiting & (self._level == self._strictest_level)
        sets_level = has_no_act | (self._level == level_in_force)

        # Masks of cells, one element a cell. An act in force without a line that holds limits by
        # itself (alone); it has been used where a milder rule that stands there has. It is a rule
        # of the register all the same where it had a line there (had_line).
        has_rule = self._any(limiting)
        alone = acts_shown["act_id"] == ""
        alone &= level <= self._least_level
        alone &= ~acts_shown["pending"]
        event_ids = acts_shown["act_event_id"]
        brought_line = [event_id in self._event_ids_of_lines for event_id in event_ids]
        had_line = alone & np.array(brought_line)
        excludes = had_line | self._any(strictest)
        excludes &= level == self._strictest_level
        used = self._any(limiting & was_used)
        used |= alone & self._any(milder & was_used)
        firm = self._any(limiting & firmly_used)
        firm |= alone & self._any(milder & firmly_used)
        used_level = self._any(limiting & was_used & sets_level)

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
        cells = np.zeros(len(self._least_level), bool)
        cells[self._cell[lines]] = True
        return cells

    def _with_overall(self, cells: Bools) -> Bools:
        """Return cells as actors x columns, overall from the domains that have rules."""
        table = cells.reshape(self._shape)
        table[:, 0] = table[:, self._rule_columns].any(axis=1)
        return table
