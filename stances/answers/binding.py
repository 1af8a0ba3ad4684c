"""The acts that bind an actor on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.answers.acts import IN_DOUBT, NO_USE_KNOWN, Use, next_first, since, use_of
from stances.answers.events import fold
from stances.answers.obligations import obligation_on
from stances.answers.reasons import domains_of, standing_in, standing_of
from stances.answers.rows import group_rows, known_figure, missing_last
from stances.answers.steps import Step, acts_of_day, steps
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.schema import PRACTICE
from stances.model.register import IN_FORCE, NOT_YET
from stances.words import Dated

# The orders of what binds by their names in an address, with what controls call them.
WEIGHTIEST = "field"
ORDERS = {
    WEIGHTIEST: "Weightiest field first",
    "rule": "By rule",
    "used": "Used first",
    "level": "Strictest first",
    "date": "Newest first",
    "deadline": "Next deadline first",
}


class Binding(NamedTuple):
    """An act that binds on a day, or that is adopted and will (`status`: IN_FORCE, NOT_YET).

    A line of the register, or an act without one that sets the level of its domain: then `act_id`
    is empty and `name` the title of the event. `level`: the score of the event that brought it
    (NaN: none is recorded); `event_id` is empty there. `steps`: what falls due, the next first.
    `is_shown`: the act shown of its domain, in force or, where it sets the level before it binds,
    to come. `obligation`: what the act does as the register has it, `asks`: the same as it is told
    on the day, see `obligation_on`; `use`: what has become of it by the day, `doubt`: why its
    status is not certain. `eases`: it is of a kind that relieves,
    and its level is that of the rule which it eases.
    """

    act_id: str
    event_id: str
    domain: str
    name: str
    level: float
    since: Dated
    status: str
    steps: tuple[Step, ...]
    is_shown: bool
    obligation: str = ""
    use: Use = NO_USE_KNOWN
    doubt: str = ""
    eases: bool = False
    asks: str = ""

    @property
    def own_level(self) -> float:
        """Return the level that stands for the act itself: NaN of one that eases another rule."""
        return np.nan if self.eases else self.level

    @property
    def title(self) -> str:
        """Say what the act does; without a line in the register, give the title of its event."""
        return self.asks or self.name

    @property
    def legal_name(self) -> str:
        """Return the name of the act, where that is another text than its title."""
        return self.name if self.asks else ""

    @property
    def due(self) -> Step | None:
        """The step that the act is told with: the next, else the last that has passed."""
        return next(iter(self.steps), None)


def binding(tracker: Tracker, actor: str, day: date, domain: str = OVERALL) -> list[Binding]:
    """Return what binds an actor on a day, in a domain or in all: the weightiest domain first, what
    is in force before what is to come, the act shown before the others, then the newest first.
    """
    mine = standing_of(tracker, actor, day)
    wanted = {code: mine[code] for code in domains_of(tracker, domain)}
    return _lines(tracker, _register(tracker, day).get(actor, []), wanted, day)


def in_order(lines: Sequence[Binding], order: str) -> list[Binding]:
    """Return what binds, which comes as in `binding`, in one of ORDERS."""
    keys: dict[str, Callable[[Binding], Any]] = {
        "rule": lambda line: fold(line.title),
        "used": lambda line: PRACTICE.index(line.use.applied) if line.act_id else None,
        "level": lambda line: known_figure(line.own_level),
        "date": lambda line: -line.since.day.toordinal(),
        "deadline": lambda line: next_first(line.due.end, line.due.passed) if line.due else None,
    }
    return missing_last(lines, keys[order]) if order in keys else list(lines)


def bindings(tracker: Tracker, day: date, domain: str) -> dict[str, list[Binding]]:
    """Return what binds every actor on a day in one domain, which is none of all together."""
    register = _register(tracker, day)
    return {
        row.actor: _lines(tracker, register.get(row.actor, []), {domain: row}, day)
        for row in standing_in(tracker, domain, day)
    }


def _lines(
    tracker: Tracker, acts: Sequence[_Act], mine: Mapping[str, Any], day: date
) -> list[Binding]:
    """Return what binds by an actor's lines of the register. `mine`: its rows of `standing_of`."""
    lines = [_line(tracker, act, mine[act[0].domain], day) for act in acts if act[0].domain in mine]
    lines += [
        _without_line(tracker, row) for row in mine.values() if row.act_in_force and not row.act_id
    ]
    place = list(tracker.codebook.domains).index
    weight = {code: -field.weight for code, field in tracker.codebook.domains.items()}
    return sorted(
        lines,
        key=lambda line: (
            weight[line.domain],
            place(line.domain),
            line.status == NOT_YET,
            not line.is_shown,
            -line.since.day.toordinal(),
        ),
    )


# A row of `acts_on` with its steps.
_Act = tuple[Any, tuple[Step, ...]]


@memoize
def _register(tracker: Tracker, day: date) -> dict[str, list[_Act]]:
    """Return the lines of each actor in force on a day or to come, in the order of the file."""
    register: dict[str, list[_Act]] = defaultdict(list)
    due = group_rows(steps(tracker, day), lambda step: str(step.act.act_id))
    for row in acts_of_day(tracker, day):
        if row.status in (IN_FORCE, NOT_YET):
            register[row.actor].append((row, tuple(due.get(row.act_id, ()))))
    return dict(register)


def _line(tracker: Tracker, act: _Act, standing: Any, day: date) -> Binding:
    """Return what binds by a line of the register. `standing`: of the act's domain."""
    row, due = act
    event = tracker.events.get(row.event_id)
    score = np.nan if event is None or pd.isna(event.score) else float(event.score)
    sets_level = standing.pending and row.event_id == standing.act_event_id
    return Binding(
        row.act_id,
        row.event_id,
        row.domain,
        row.name,
        score,
        words.partial_date(since(row)),
        row.status,
        due,
        sets_level or row.act_id == standing.act_id,
        row.obligation,
        use_of(row),
        row.doubt,
        event is not None and tracker.codebook.instruments[event.instrument].easing,
        obligation_on(row, day),
    )


def _without_line(tracker: Tracker, standing: Any) -> Binding:
    """Return the act shown of a domain that does not stand in the register."""
    event = standing.act_event_id
    begun = tracker.dates[standing.in_force_event_id]
    level = float(standing.act_level)
    name = tracker.titles[event]
    return Binding("", event, standing.domain, name, level, begun, IN_FORCE, (), True)


def coming(lines: Sequence[Binding]) -> Binding | None:
    """Return the act shown that is yet to come, the first of them; None: there is none."""
    yet = [line for line in lines if line.is_shown and line.status == NOT_YET]
    return min(yet, key=lambda line: line.since.day, default=None)


def source_of(tracker: Tracker, line: Binding) -> Any:
    """Return the best source of an act: of its line in the register, else of its event."""
    sources = tracker.act_sources.get(line.act_id)
    return sources[0] if sources else tracker.best_source(line.event_id)


# -- in words -----------------------------------------------------------------------------------


def binds_heading(day: words.Day, today: words.Day) -> str:
    """Return the heading of what binds on the shared date."""
    return "What binds today" if day == today else f"What binds on {words.day(day)}"


def rule_heading(codebook: Codebook) -> str:
    """Return the heading over what binds: where cases do, one is no rule."""
    return (
        "Rule or case" if any(domain.open_case for domain in codebook.domains.values()) else "Rule"
    )


def binds_nothing(codebook: Codebook, name: str, domain: str, day: words.Day) -> str:
    """Return that no act of an actor binds on a day."""
    where = "" if domain == OVERALL else f" {words.about_domain(codebook, domain)}"
    none = words.none_holds(codebook, domain, f"{where} on {words.day(day)}")
    if not codebook.has_register:
        return f"{name}: by its events {none}; {words.NO_REGISTER}."
    return f"{name}: {none}, and none to come."


def more_acts(count: int) -> str:
    """Say how many acts are left out of a list."""
    return f"{words.number(count, start=True)} more that bind{'s' if count == 1 else ''} or will"


def since_words(codebook: Codebook, line: Binding) -> str:
    """Say in few words when an act began or begins to bind, and whether that is in doubt."""
    begin = words.short_day(line.since)
    text = f"{state_text(codebook, line.domain)} since {begin}"
    if line.status == NOT_YET:
        text = f"Not yet in force, from {begin}"
    return f"{text}, {IN_DOUBT}" if line.doubt else text


# Of a rule that no level rests on.
SETS_NO_LEVEL = "sets no level"


def state_text(codebook: Codebook, domain: str) -> str:
    """Return the state of what binds in a domain, where space is short."""
    return "Open case" if codebook.domains[domain].open_case else "In force"
