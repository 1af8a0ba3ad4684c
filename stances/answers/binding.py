"""What binds an actor on a day, and one sentence of where it stands, to be quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.answers.acts import acts_on, since
from stances.answers.reasons import domains_of, standing_in, standing_of
from stances.answers.rows import each_row
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL, Codebook
from stances.model.register import IN_FORCE, NOT_YET
from stances.words import Dated


class Binding(NamedTuple):
    """An act that binds on a day, or that is adopted and will (`status`: IN_FORCE, NOT_YET).

    A line of the register, or an act without one that sets the level of its domain: then `act_id`
    is empty and `name` the title of the event. `level`: the score of the event that brought it
    (NaN: none is recorded); `event_id` is empty there. `deadline_kind`: a code of the register.
    `shown`: the act shown of its domain, in force or, where it sets the level before it binds, to
    come.
    """

    act_id: str
    event_id: str
    domain: str
    name: str
    level: float
    since: Dated
    status: str
    deadline: Dated | None
    deadline_kind: str
    deadline_passed: bool
    shown: bool


class Quote(NamedTuple):
    """A sentence and the best source of what it says: see `quotation`; None: it has none."""

    sentence: str
    source: Any


def binding(tracker: Tracker, actor: str, day: date, domain: str = OVERALL) -> list[Binding]:
    """What binds an actor on a day, in a domain or in all: the weightiest domain first, what is in
    force before what is to come, the act shown before the others, then the newest first.
    """
    mine = standing_of(tracker, actor, day)
    wanted = {code: mine[code] for code in domains_of(tracker, domain)}
    return _lines(tracker, _register(tracker, day).get(actor, []), wanted)


def bindings(tracker: Tracker, day: date, domain: str) -> dict[str, list[Binding]]:
    """The same of every actor in one domain, which is none of all together."""
    register = _register(tracker, day)
    return {
        row.actor: _lines(tracker, register.get(row.actor, []), {domain: row})
        for row in standing_in(tracker, domain, day)
    }


def _lines(tracker: Tracker, own: Sequence[_Act], mine: Mapping[str, Any]) -> list[Binding]:
    """`own`: an actor's lines of the register; `mine`: its rows of `standing_of` by domain, those
    that are asked about.
    """
    found = [_line(tracker, row, mine[row.domain]) for row in own if row.domain in mine]
    found += [
        _without_line(tracker, row)
        for row in mine.values()
        if row.act_event_id and not row.act_id and not row.pending
    ]
    place = list(tracker.codebook.domains).index
    weight = {code: -each.weight for code, each in tracker.codebook.domains.items()}
    return sorted(
        found,
        key=lambda line: (
            weight[line.domain],
            place(line.domain),
            line.status == NOT_YET,
            not line.shown,
            -line.since.day.toordinal(),
        ),
    )


class _Act(NamedTuple):
    """What is told of a line of the register, by its columns."""

    act_id: str
    event_id: str
    domain: str
    name: str
    adopted: str
    in_force_from: str
    deadline: str
    deadline_kind: str
    status: str
    deadline_passed: bool


@remembered
def _register(tracker: Tracker, day: date) -> dict[str, list[_Act]]:
    """The lines of each actor that are in force on a day or will be, in the order of the file."""
    found: dict[str, list[_Act]] = defaultdict(list)
    for actor, *told in each_row(acts_on(tracker.data, day), "actor", *_Act._fields):
        act = _Act(*told)
        if act.status in (IN_FORCE, NOT_YET):
            found[actor].append(act)
    return dict(found)


def _line(tracker: Tracker, row: _Act, standing: Any) -> Binding:
    """`standing`: of the act's domain."""
    score = _scores(tracker).get(row.event_id, np.nan)
    sets_level = standing.pending and row.event_id == standing.act_event_id
    return Binding(
        row.act_id,
        row.event_id,
        row.domain,
        row.name,
        score,
        words.dated(since(row)),
        row.status,
        words.dated(row.deadline) if row.deadline else None,
        row.deadline_kind,
        row.deadline_passed,
        sets_level or row.act_id == standing.act_id,
    )


def _without_line(tracker: Tracker, standing: Any) -> Binding:
    """The act shown of a domain that does not stand in the register."""
    event = standing.act_event_id
    begun = tracker.dated[standing.in_force_event_id]
    level = float(standing.act_level)
    name = tracker.titles[event]
    return Binding("", event, standing.domain, name, level, begun, IN_FORCE, None, "", False, True)


@remembered
def _scores(tracker: Tracker) -> dict[str, float]:
    columns = tracker.event_columns
    return dict(zip(columns["event_id"], columns["score"].astype(float).tolist(), strict=True))


def quote(tracker: Tracker, actor: str, day: date, domain: str = OVERALL) -> Quote:
    """Where an actor stands on a day in one sentence: its label, and the act shown with its dates
    or, where no act is in force or sets the level before it is, what it said last.
    """
    row = standing_of(tracker, actor, day)[domain]
    name, codebook = tracker.names[actor], tracker.codebook
    lines = binding(tracker, actor, day, domain)
    acts = [line for line in lines if line.status == IN_FORCE]
    leading = next((line for line in acts if line.shown), next(iter(acts), coming(lines)))
    opening = _opening(tracker, name, domain, day, row.stance)
    if leading:
        joined = ": " if row.stance == row.stance else ", but "
        told = f"{opening}{joined}{in_force_words(codebook, leading)}."
        return Quote(told, source_of(tracker, leading))
    last = _last_event(tracker, actor, day, domain)
    if last is None:
        return Quote(_nothing(codebook, name, domain, day), None)
    said = f"{words.none_holds(codebook, domain)}, and {_last_words(tracker, last)}"
    return Quote(f"{opening}; {said}.", tracker.best_source(last))


def coming(lines: Sequence[Binding]) -> Binding | None:
    """The act shown that is yet to come, the first of them; None: there is none."""
    yet = [line for line in lines if line.shown and line.status == NOT_YET]
    return min(yet, key=lambda line: line.since.day, default=None)


def source_of(tracker: Tracker, line: Binding) -> Any:
    """The best source of an act: of its line in the register, else of its event."""
    own = tracker.act_sources.get(line.act_id)
    return own[0] if own else tracker.best_source(line.event_id)


def _last_event(tracker: Tracker, actor: str, day: date, domain: str) -> str | None:
    """The latest statement up to a day, else the latest act; None: there is no scored event."""
    events = tracker.model_of(actor).events
    events = events[events["date"] <= pd.Timestamp(day)]
    if domain != OVERALL:
        events = events[events["domain"] == domain]
    if events.empty:
        return None
    said = [not is_act(tracker, event) for event in events["event_id"]]
    of_those = events[said] if any(said) else events
    return str(of_those["event_id"].iloc[-1])


def is_act(tracker: Tracker, event: str) -> bool:
    """Whether an event is scored as an act, not as words."""
    return tracker.codebook.instruments[tracker.event_instruments[event]].binding


# -- in words -----------------------------------------------------------------------------------


def binds_heading(day: words.Day, today: words.Day) -> str:
    """The heading of what binds on the shared date."""
    return "What binds today" if day == today else f"What binds on {words.day(day)}"


def binds_nothing(codebook: Codebook, name: str, domain: str, day: words.Day) -> str:
    """That no act of an actor binds on a day."""
    where = "" if domain == OVERALL else f" {words.about_domain(codebook, domain)}"
    none = words.none_holds(codebook, domain)
    return f"{name}: {none}{where} on {words.day(day)}, and none is known to come."


def more_acts(count: int) -> str:
    """How many acts are left out of a list."""
    return f"{words.number(count, start=True)} more that bind{'s' if count == 1 else ''} or will"


def since_words(codebook: Codebook, line: Binding) -> str:
    """From when on an act binds, or that it is still to come, where space is short."""
    begin = words.short_day(line.since)
    if line.status == NOT_YET:
        return f"Not yet in force, from {begin}"
    return f"{holding(codebook, line.domain)} since {begin}"


def holding(codebook: Codebook, domain: str) -> str:
    """The state of what binds in a domain, where space is short."""
    return "Open case" if codebook.domains[domain].open_case else "In force"


def deadline_words(codebook: Codebook, line: Binding) -> str:
    """What falls due by when, where space is short; empty: nothing does."""
    if line.deadline is None:
        return ""
    due = due_words(codebook, line.deadline_kind, line.deadline_passed)
    return f"{words.short_day(line.deadline)}: {due}"


def due_words(codebook: Codebook, kind: str, passed: bool = False) -> str:
    """What falls due at a deadline, a code of the register, and that it has passed."""
    label = codebook.acts.deadline_kind[kind]
    return f"{label[:1].lower()}{label[1:]}{' (passed)' if passed else ''}"


def in_force_words(codebook: Codebook, line: Binding) -> str:
    """That an act is in force, or adopted, where, from when on and with which deadline, in a
    sentence.
    """
    where, begin = words.about_domain(codebook, line.domain), words.day(line.since)
    state = "an open case" if codebook.domains[line.domain].open_case else "in force"
    held = f"has been {state} {where} since {begin}"
    told = f"{words.quoted(line.name)} {held}"
    if line.status == NOT_YET:
        told = f"{words.quoted(line.name)} {where} is adopted, binds from {begin}"
    if line.deadline is None:
        return told
    passed = ", which has passed" if line.deadline_passed else ""
    kind = f"{words.day(line.deadline)} ({due_words(codebook, line.deadline_kind)})"
    return f"{told}, with a deadline of {kind}{passed}"


def _opening(tracker: Tracker, name: str, domain: str, day: words.Day, stance: float) -> str:
    codebook, left_out = tracker.codebook, " (words left out)" if tracker.basis_note else ""
    about = f"on {codebook.subject} {words.about_domain(codebook, domain)}{left_out}"
    if stance != stance:
        return f"As of {words.day(day)}, {name} has no current position {about}"
    return f"As of {words.day(day)}, {name} stands at {_beside(codebook, stance)} {about}"


def _beside(codebook: Codebook, stance: float) -> str:
    label, _, figure = words.labelled(codebook, stance).rpartition(" ")
    return f"{label} ({figure})"


def _last_words(tracker: Tracker, event: str) -> str:
    what = "act" if is_act(tracker, event) else "statement"
    when = words.day(tracker.dated[event])
    title = words.quoted(tracker.titles[event])
    return f"its latest {what} is {title}, {when}"


def _nothing(codebook: Codebook, name: str, domain: str, day: words.Day) -> str:
    about = f"on {codebook.subject} {words.about_domain(codebook, domain)}"
    return f"As of {words.day(day)}, no position of {name} {about} is recorded."
