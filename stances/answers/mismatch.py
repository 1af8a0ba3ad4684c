"""The register beside the model: acts in force that set no level there, and levels for which no act
stands in the register.

The register is no input of the model, so the two can have different things. Which of them it is
follows from the tables alone: that nothing is recorded never says that there is nothing.
"""

from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from stances import words
from stances.answers.acts import act_on, is_general
from stances.answers.binding import Binding, binding, bindings
from stances.answers.reasons import standing_of
from stances.answers.tracker import Tracker
from stances.dataset.codebook import Codebook
from stances.dataset.schema import NOT_APPLIED
from stances.model.register import ENDED, IN_FORCE

# Of an act in force, why the model has no level of it: no event is recorded, or the event has no
# score, counts as words, counts in another domain or from a later day on, leaves no level, or what
# it left has ended. Of a level, why no act stands beside it: the register has none of its events,
# or one that is not in force.
NO_EVENT, UNSCORED, OF_WORDS, ELSEWHERE = "no event", "unscored", "of words", "elsewhere"
LATER, NO_LEVEL, OVER = "later", "no level", "over"
NO_LINE, NOT_IN_FORCE = "no line", "not in force"


class Mismatch(NamedTuple):
    """A line of what binds that register and model do not share. `line`: see `binding`; `kind`: one
    of those above; `where`: the domain in which it counts, ELSEWHERE, `since`: the day from which
    on it does, LATER, or on which the act ended, NOT_IN_FORCE; None: that is not known; `newest`:
    the title of the newest event at that level, NO_LINE, and `since` its day, where it has several.
    """

    line: Binding
    kind: str
    where: str = ""
    since: words.Day | None = None
    newest: str = ""


def mismatch(tracker: Tracker, actor: str, line: Binding, day: date) -> Mismatch | None:
    """Return what register and model do not share of a line of `binding`; None: nothing to tell."""
    if line.status != IN_FORCE or not tracker.codebook.has_register:
        return None
    if not line.act_id:
        return _without_line(tracker, actor, line, day)
    if not line.event_id:
        return Mismatch(line, NO_EVENT)
    event = tracker.events[line.event_id]
    kind = _kind(tracker, actor, line, event, day)
    if kind == ELSEWHERE:
        return Mismatch(line, kind, where=event.domain)
    since = tracker.dates[line.event_id] if kind == LATER else None
    return Mismatch(line, kind, since=since) if kind else None


def _kind(tracker: Tracker, actor: str, line: Binding, event: Any, day: date) -> str:
    """Say why the model has no level of an act that an event brought; empty where it has one."""
    cases = {
        UNSCORED: pd.isna(event.score),
        OF_WORDS: not event.binding,
        ELSEWHERE: event.domain != line.domain,
        LATER: event.date.date() > day,
        NO_LEVEL: line.level == 0,
    }
    if kind := next((kind for kind, holds in cases.items() if holds), ""):
        return kind
    return "" if standing_of(tracker, actor, day)[line.domain].act_event_id else OVER


def _without_line(tracker: Tracker, actor: str, line: Binding, day: date) -> Mismatch:
    """Return why no act of the register stands beside a level: the events that left it, from the
    day on which it began, brought none, or one that is not in force.
    """
    since = standing_of(tracker, actor, day)[line.domain].level_since
    events = tracker.data.events
    of_line = (events["actor"] == actor) & (events["domain"] == line.domain) & tracker.event_binds
    run = events.loc[of_line & events["date"].between(since, pd.Timestamp(day))]
    acts = tracker.data.acts
    brought = acts.loc[acts["event_id"].isin(run["event_id"]), "act_id"].tolist()
    if not brought:
        scored = run[run["score"].notna()].sort_values(["date", "event_id"])
        newest = scored["event_id"].iloc[-1]
        if newest == line.event_id:
            return Mismatch(line, NO_LINE)
        title = tracker.titles[newest]
        return Mismatch(line, NO_LINE, since=tracker.dates[newest], newest=title)
    last = act_on(tracker.data, day, brought[-1])
    ended = words.partial_date(last.ended) if last.status == ENDED else None
    return Mismatch(line, NOT_IN_FORCE, since=ended)


def act_mismatch(tracker: Tracker, actor: str, act_id: str, day: date) -> Mismatch | None:
    """Return what register and model do not share of an act of the register on a day."""
    domain = tracker.acts[act_id].domain
    lines = (line for line in binding(tracker, actor, day, domain) if line.act_id == act_id)
    return next((mismatch(tracker, actor, line, day) for line in lines), None)


def mismatches(tracker: Tracker, day: date) -> list[Mismatch]:
    """Return all that register and model do not share on a day, by domain and actor."""
    every = [
        mismatch(tracker, actor, line, day)
        for domain in tracker.codebook.domains
        for actor, lines in bindings(tracker, day, domain).items()
        for line in lines
    ]
    return [apart for apart in every if apart is not None]


# -- in words -----------------------------------------------------------------------------------

_SHORT = {
    NO_EVENT: "Not scored: no event recorded",
    UNSCORED: "Not scored",
    OF_WORDS: "Counts as a statement",
    NO_LEVEL: "Leaves no level",
    OVER: "Counts no longer",
    NO_LINE: "Rests on an event without a line in the register",
    NOT_IN_FORCE: "Not in force by the register",
}
_LONG = {
    NO_EVENT: "It does not count for the position: no event is recorded that brought it.",
    UNSCORED: "It does not count for the position: the event that brought it has no score.",
    OF_WORDS: "It counts for the position as a statement, as its event does, not as a rule.",
    NO_LEVEL: "The event that brought it leaves no level in force.",
    OVER: "It no longer counts for the position: what its event left has ended or lapsed.",
    NO_LINE: "This level rests on an event without a line in the register.",
    NOT_IN_FORCE: "By the register the rule of this level is not in force.",
}
_GENERAL = "general rule"


def mismatch_short(codebook: Codebook, apart: Mismatch) -> str:
    """Say which it is where space is short."""
    if apart.kind == ELSEWHERE:
        return f"Counts in {codebook.domain_label(apart.where).lower()}"
    if apart.kind == LATER and apart.since:
        return f"Counts from {words.short_day(apart.since)}"
    if apart.kind == NOT_IN_FORCE and apart.since:
        return f"Ended {words.short_day(apart.since)} by the register"
    if newest := newest_words(apart):
        return f"Rests on events without a line in the register; {newest}"
    is_general_rule = apart.kind == UNSCORED and _is_general(codebook, apart)
    return f"{_SHORT[apart.kind]}: {_GENERAL}" if is_general_rule else _SHORT[apart.kind]


def newest_words(apart: Mismatch) -> str:
    """Name the newest of the events that a level rests on, where it is not the one shown for it."""
    if not apart.newest or apart.since is None:
        return ""
    return f"the newest, {words.short_day(apart.since)}: {apart.newest}"


def mismatch_sentence(codebook: Codebook, apart: Mismatch) -> str:
    """Say which it is in a sentence or two."""
    if apart.kind == ELSEWHERE:
        return f"It counts {words.about_domain(codebook, apart.where)}, by its event."
    if apart.kind == LATER and apart.since:
        return f"It counts from {words.day(apart.since)} on, by its event."
    if apart.kind == NOT_IN_FORCE and apart.since:
        return f"By the register the rule of this level ended {words.on_day(apart.since)}."
    text = _LONG[apart.kind]
    if not _is_general(codebook, apart):
        return text
    it = f"It is a {_GENERAL}: it" if apart.kind == UNSCORED else "It"
    is_unused = apart.line.use.applied == NOT_APPLIED
    used = "has not been used" if is_unused else "is not known to have been used"
    return f"{text} {it} does not name {codebook.subject} and {used} against it."


def _is_general(codebook: Codebook, apart: Mismatch) -> bool:
    line = apart.line
    unscored = apart.kind in (NO_EVENT, UNSCORED)
    return unscored and is_general(codebook, f"{line.name} {line.obligation}", line.use.applied)


def mismatch_lines(tracker: Tracker, day: date) -> list[str]:
    """Say what register and model do not share on a day, an act or an event a line, by name."""
    lines = []
    for apart in mismatches(tracker, day):
        act_id, event_id = apart.line.act_id, apart.line.event_id
        name = f"act {act_id}" if act_id else f"event {event_id}"
        lines.append(f"{name}: {words.within(mismatch_short(tracker.codebook, apart))}")
    return sorted(lines)
