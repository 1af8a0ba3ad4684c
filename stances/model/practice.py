"""Law and practice: what the rules of every actor come to in every domain on a day.

A power is not yet a measure. A rule that restricts by its level *can* limit the subject; it has
*limited* it once it has been used. Headlines, maps, tables and files take both from here.

A *line* is a row of the register whose event is against the subject. A *cell* is an actor in a
column: overall, or a domain. The *act* of a cell is the one that is shown there (`ActsShown`), its
score the *level in force*. An act that limits, and of which no line is in force or to come, stands
*alone*, as a ban of one supplier in one contract does. Where it has a line that holds no longer it
is a *rule* all the same; where it never had one it is a decision on a *single* case. What binds in
a domain of open *cases* (an arrest) is no rule.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import OVERALL, Codebook
from stances.model.acts import EASED, IN_FORCE, Register
from stances.model.lifetimes import NO_DAY, Bools, Floats, Ints, places
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


def least_level(codebook: Codebook, domain: str) -> int:
    """Return the mildest level that limits the subject in a domain, or overall."""
    # Any open case that is against the subject does.
    return -1 if is_case(codebook, domain) else codebook.scale.restricting


def is_case(codebook: Codebook, domain: str) -> bool:
    """Say whether what binds in a domain is an open case, and no rule."""
    return domain != OVERALL and codebook.domains[domain].open_case


class Practice:
    """The lines of the register that are against the subject, to be asked on any day.

    `acts`: `acts.csv`; `events`: with event_id, date, domain, instrument and score.

    Of each line: `_cell`, its row in `Model.position`; `_level`, the score of its event, and
    `_brought_on`, the day of that; `_counts_from`, the same day where the event is an act of the
    line's own cell, else missing (NaT); `_can_limit`, whether its level is the mildest one that
    limits (`least_level`) or stricter; `_is_firm`, whether it has not been eased. Of each column:
    `_is_case_column`. Of each cell: `_least_level`. `_shape`: how many actors and columns there
    are. `_event_ids_of_rows`: the events of all rows of the register; an act without a line whose
    event is among them is a rule all the same, else a single case. `_rule_columns`: the places of
    the domains that have rules, not cases, without overall.
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
        self._is_case_column = np.array([is_case(codebook, code) for code in columns])
        # Those of domains that have rules, not cases. The first, overall, has none of its own.
        self._rule_columns = np.flatnonzero(~self._is_case_column)[1:]
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
        is_chosen = lines["score"] < 0
        is_chosen &= lines["actor"].isin(actors)
        lines = lines[is_chosen]

        # From here on one element a line.
        domain = lines["domain"]
        actor_place = places(lines["actor"], actors)
        column = places(domain, columns)
        self._cell: Ints = actor_place * len(columns) + column
        self._level = lines["score"].to_numpy(np.float64)
        self._can_limit: Bools = self._level <= self._least_level[self._cell]
        is_firm = lines["applied"] != EASED
        self._is_firm = is_firm.to_numpy(bool)
        self._register = Register(lines)

        # The event of a line is of its actor, but may be no act (a statement), or of another
        # domain.
        instruments = codebook.instruments
        binding = [code for code, kind in instruments.items() if kind.binding]
        is_own_act = lines["instrument"].isin(binding)
        is_own_act &= lines["domain_of_event"] == domain
        self._brought_on = lines["date"].to_numpy("datetime64[D]")
        self._counts_from = np.where(is_own_act, self._brought_on, NO_DAY)
        # Of all rows of the register, also of those that are not against the subject.
        self._event_ids_of_rows = frozenset(acts["event_id"])

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

        `limits`: a line is in force at a level that limits, or an act stands alone; `used`: such a
        line has been used, or a milder one that carries out such an act; `used_level`: of the lines
        used one is at the level in force, or no act is in force; `eased`: all of them have since
        been softened in practice; `excludes`: a rule is at the strictest level, and that is the
        level in force; `single`: what limits is a decision on a single case, and no use of a line
        is known; `case`: what limits is an open case. Overall is what they come to in any domain
        that has rules, not cases.

        `acts_shown`: those of that day (`ActsShown.by_latest`). `newest`: whether the day is the
        newest one; on others `eased` is false, as no day is known from which on it is so.
        """
        then = np.datetime64(day, "D")
        level = acts_shown["act_level"]
        alone = self._alone(acts_shown)
        event_ids = acts_shown["act_event_id"]
        is_in_register = [event_id in self._event_ids_of_rows for event_id in event_ids]
        # The line is over: else the act would not stand alone.
        had_line = alone & np.array(is_in_register)

        # Masks of lines, one element a line.
        level_in_force = level[self._cell]
        in_force = self._in_force(day)
        limiting = in_force & self._can_limit & ~self._is_stayed(day, level_in_force)
        # A milder rule carries out the act that stands alone there: its use is the act's.
        carries_out = in_force & ~self._can_limit & alone[self._cell]
        was_used = self._register.used_from <= then
        used_lines = was_used & (limiting | carries_out)
        # Where no act is in force there is no level to set: any line will do.
        sets_level = np.isnan(level_in_force) | (self._level == level_in_force)
        strictest = limiting & (self._level == self._strictest_level)

        # Masks of cells, one element a cell: those of overall are empty until `_with_overall`.
        has_rule = self._any(limiting)
        excludes = had_line | self._any(strictest)
        # A line at the strictest level excludes nobody where a later act has set a milder one.
        excludes &= level == self._strictest_level

        # From here on actors x columns.
        limits = self._with_overall(has_rule | alone)
        used = self._with_overall(self._any(used_lines))
        used_level = self._with_overall(self._any(used_lines & sets_level))
        used_firmly = self._with_overall(self._any(used_lines & self._is_firm))
        is_rule = self._with_overall(has_rule | had_line)
        excludes = self._with_overall(excludes)
        case = limits & self._is_case_column
        return {
            "limits": limits,
            "used": used,
            "used_level": used_level,
            "eased": used & ~used_firmly & newest,
            "excludes": excludes & ~self._is_case_column,
            "single": limits & ~used & ~is_rule & ~case,
            "case": case,
        }

    def _in_force(self, day: date) -> Bools:
        """Say of each line whether it is in force: not before its event, which tells its level."""
        was_brought = self._brought_on <= np.datetime64(day, "D")
        status = self._register.status(day)
        in_force: Bools = was_brought & (status == IN_FORCE)
        return in_force

    def _is_stayed(self, day: date, level_in_force: Floats) -> Bools:
        """Say of each line whether a court has stayed it: its act counted in the cell once, and no
        act does any more; by itself none against the subject lapses. `level_in_force`: in the cell
        of each line, NaN where no act is in force.
        """
        has_counted = self._counts_from <= np.datetime64(day, "D")
        return has_counted & np.isnan(level_in_force)

    def _alone(self, acts_shown: dict[str, NDArray[Any]]) -> Bools:
        """Say of each cell whether its act is at a level that limits, and no line of it is in force
        or to come.
        """
        # Only a line in force is shown.
        has_line_in_force = acts_shown["act_id"] != ""
        has_line_to_come = acts_shown["pending"]
        # A cell without an act has no level (NaN), which compares as false.
        limits = acts_shown["act_level"] <= self._least_level
        has_line = has_line_in_force | has_line_to_come
        alone: Bools = limits & ~has_line
        return alone

    def _any(self, lines: Bools) -> Bools:
        """Say of each cell whether it has one of some lines; `lines`: whether each is one."""
        cells = np.zeros(len(self._least_level), bool)
        cells[self._cell[lines]] = True
        return cells

    def _with_overall(self, cells: Bools) -> Bools:
        """Return cells as actors x columns, those of overall filled in: what holds in any domain
        that has rules holds there. `cells` is filled in place.
        """
        table = cells.reshape(self._shape)
        table[:, 0] = table[:, self._rule_columns].any(axis=1)
        return table
