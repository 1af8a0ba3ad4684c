"""The parting of two actors: the events that opened or closed the gap between them, the largest
effect first, and what time alone did.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.answers.actor_history import scored_events
from stances.answers.gaps import Names, Period, gaps, gaps_in, last_gap
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL
from stances.model.parting import parting

PARTED = "What made them part or come closer"
OPENED, CLOSED, TURNED, BEGAN, LEFT = "opened", "closed", "turned", "began", "left"
# So many events a chart and its list have room for; the others are folded away.
LARGEST = 10


@dataclass(frozen=True)
class Parting:
    """An event of one of two actors, or an act of it that ended, and the gap between them.

    `before`, `after`: the gap without it and with it, first less second as printed (NaN: not both
    have a position); `rank`: among all by their effects, from 1 on.
    """

    event_id: str
    actor: str
    date: date
    ended: bool
    before: float
    after: float
    rank: int = 0

    @property
    def move(self) -> float:
        """The points by which it moved the gap, as printed; NaN: none was without it or with it."""
        return words.printed_move(self.before, self.after)

    @property
    def effect(self) -> str:
        """Say whether it opened, closed or turned the gap, or began or ended it."""
        if math.isnan(self.before):
            return BEGAN
        if math.isnan(self.after):
            return LEFT
        if self.before * self.after < 0:
            return TURNED
        return OPENED if abs(self.after) > abs(self.before) else CLOSED


class GapCourse(NamedTuple):
    """The gap from the day on which both last came to have a position, or from the first day of a
    period, to its end, and what moved it, in figures that add up as printed. `began`: there was no
    gap right before; `again`: there had been one earlier.
    """

    since: words.Day
    then: float
    now: float
    done: float
    time: float
    began: bool
    again: bool = False


@memoize
def partings(tracker: Tracker, pair: Names, domain: str, period: Period) -> tuple[Parting, ...]:
    """Return the events of a period that moved the gap between two actors: first the LARGEST, then
    the others. Of either what made the two part comes before what brought them closer, and of that
    the larger effect first, of equals the newest.
    """
    rows = _pair_parting(tracker, pair, domain, period).itertuples(index=False)
    every = [_as_printed(row, pair) for row in rows]
    moved = [row for row in every if _has_moved(row)]
    moved.sort(key=lambda row: (_size(row), row.date, row.event_id), reverse=True)
    parts = moved[:LARGEST], moved[LARGEST:]
    ordered = [row for part in parts for row in sorted(part, key=_comes_closer)]
    return tuple(replace(row, rank=rank) for rank, row in enumerate(ordered, 1))


def _comes_closer(row: Parting) -> bool:
    return math.isnan(row.after) or abs(row.after) < abs(row.before)


def _has_moved(row: Parting) -> bool:
    if math.isnan(row.move):
        return math.isnan(row.before) != math.isnan(row.after)
    return bool(row.move)


@memoize
def _pair_parting(tracker: Tracker, pair: Names, domain: str, period: Period) -> pd.DataFrame:
    return parting(tracker.model_of(*pair), pair, domain, period)


def _as_printed(row: Any, pair: Names) -> Parting:
    sides = [(row.before, row.other), (row.after, row.other)]
    if row.actor != pair[0]:
        sides = [(other, stance) for stance, other in sides]
    before, after = (words.printed_move(second, first) for first, second in sides)
    return Parting(row.event_id, row.actor, row.date.date(), bool(row.ended), before, after)


def _size(row: Parting) -> float:
    """Return by how much an event moved the gap, or how wide one was that began or was left."""
    sizes = row.move, row.after, row.before
    return next(abs(size) for size in sizes if not math.isnan(size))


def largest(gap_moves: Sequence[Parting]) -> list[Parting]:
    """Return the first, for which a chart has room; only those after which there was a gap."""
    return [row for row in gap_moves[:LARGEST] if not math.isnan(row.after)]


def course(tracker: Tracker, pair: Names, domain: str, period: Period) -> GapCourse | None:
    """Return what the gap went through since both last got a position; None: not both have one."""
    table, _ = gaps_in(tracker, pair, domain, period)
    happened = _pair_parting(tracker, pair, domain, period)
    sign = (happened["actor"] == pair[0]) * 2.0 - 1.0
    moves = sign * (happened["after"] - happened["before"])
    gap = sign * (happened["after"] - happened["other"])
    began = np.flatnonzero(moves.isna() & gap.notna())
    since: words.Day = period[0]
    again = False
    then, done = float(table["gap"].iloc[0]), float(moves.sum())
    if len(began):
        last = int(began[-1])
        first = happened.iloc[last]
        since = first["date"].date() if first["ended"] else tracker.dates[first["event_id"]]
        then = words.two_decimals(float(gap.iloc[last]))
        again = last > began[0] or _had_gap(tracker, pair, domain, first["date"])
        done = float(moves.iloc[last + 1 :].sum())
    now, done = float(table["gap"].iloc[-1]), words.two_decimals(done)
    if math.isnan(then) or math.isnan(now):
        return None
    time = words.two_decimals(now - then - done)
    return GapCourse(since, then, now, done, time, bool(len(began)), again)


def _had_gap(tracker: Tracker, pair: Names, domain: str, day: pd.Timestamp) -> bool:
    """Say whether both had a position on a day before, of those on which a line has a point."""
    whole = gaps(tracker, *pair, domain)
    return bool(whole.loc[whole["date"] < day, "gap"].notna().any())


# -- in words -----------------------------------------------------------------------------------

# So many events of one effect are named.
_MOST_NAMED = 2
# And under a picture each has so many letters.
_NUMBERED_LETTERS = 110
_NO_GAP_NOW = "At the end of the period not both have a position"
_NEVER = "They never had a position at the same time in this period."
NOT_MOVED = "No recorded act or statement moved the gap while both had a position."
_EFFECTS = {
    OPENED: "opened",
    CLOSED: "closed",
    TURNED: "turned round",
    BEGAN: "gap begins",
    LEFT: "gap ends",
}
_MOST = {OPENED: ("step", "apart"), TURNED: ("turn", "of the gap"), CLOSED: ("step", "closer")}
# Why no points are told where there is a gap on one side of an event alone.
_ONE_SIDED = {BEGAN: "nothing to compare before", LEFT: "nothing to compare after"}


def effect_words(row: Parting) -> str:
    """Return what an event did to the gap, in a word or a few."""
    return _EFFECTS[row.effect]


def effect_rank(row: Parting) -> int:
    """Return the place of what an event did to the gap among all that one can do."""
    return list(_EFFECTS).index(row.effect)


def effect_and_why(row: Parting) -> str:
    """Return what an event did to the gap, and why no points are told where none are."""
    return ": ".join(filter(None, (effect_words(row), _ONE_SIDED.get(row.effect))))


def size_words(row: Parting) -> str:
    """Return by how many points it did so; empty: there was no gap without it or with it."""
    return "" if math.isnan(row.move) else f"{abs(row.move):.2f}"


def what_words(tracker: Tracker, row: Parting) -> str:
    """Return what happened: the title of the event, or that the act that it brought ended."""
    title = tracker.titles[row.event_id]
    return f"Ended or lapsed: {title}" if row.ended else title


def parting_day(tracker: Tracker, row: Parting) -> words.Day:
    """Return the day of it, as far as that is known."""
    return row.date if row.ended else tracker.dates[row.event_id]


def whose_words(tracker: Tracker, row: Parting) -> str:
    """Return what happened, behind the name of the one that it moved unless it begins with that."""
    what, name = what_words(tracker, row), tracker.names[row.actor]
    begins = what.startswith((name, tracker.short_names[row.actor]))
    return what if begins else f"{name}: {what}"


def numbered_event(tracker: Tracker, row: Parting) -> str:
    """Return an event behind its number on the chart, with its day."""
    what = words.shorten(whose_words(tracker, row), _NUMBERED_LETTERS)
    return f"{row.rank}. {what}, {words.short_day(parting_day(tracker, row))}"


def parting_line(row: Parting) -> str:
    """Return an event where space is short: what it did to the gap, from where to where."""
    if row.effect == BEGAN:
        return f"{words.sentence_start(effect_words(row))}: {words.figure(row.after, 2)}"
    ends = f"{words.figure(row.before, 2)} to {words.figure(row.after, 2)}"
    return f"{words.sentence_start(effect_words(row))} by {size_words(row)}: {ends}"


def moved_words(tracker: Tracker, gap_moves: Sequence[Parting], domain: str) -> str:
    """Say with which event both last came to have a position, and what did most to the gap."""
    effects = {row.effect for row in gap_moves}
    began = max(
        (row for row in gap_moves if row.effect == BEGAN), key=attrgetter("date"), default=None
    )
    text = [] if began is None else [_began_words(tracker, gap_moves, began, domain)]
    text += [_most_words(tracker, gap_moves, effect) for effect in _MOST if effect in effects]
    return " ".join(text)


def parting_lines(tracker: Tracker, pair: Names, domain: str, period: Period) -> tuple[str, ...]:
    """Say what all events of a period did to the gap, and ageing."""
    moved = _MOST.keys() & {row.effect for row in partings(tracker, pair, domain, period)}
    along = course(tracker, pair, domain, period)
    lead = _course_words(along) if along else _no_gap_now(tracker, pair, domain, period)
    return (lead,) if moved or lead == _NEVER else (NOT_MOVED, lead)


def _no_gap_now(tracker: Tracker, pair: Names, domain: str, period: Period) -> str:
    """Say that there is no gap at the end of a period, and up to which day there was one."""
    table, _ = gaps_in(tracker, pair, domain, period)
    if table["gap"].isna().all():
        return _NEVER
    last = words.day(last_gap(table))
    return f"{_NO_GAP_NOW}: the gap can be told up to {last}, and what came later is not in it."


def _began_words(
    tracker: Tracker, gap_moves: Sequence[Parting], newest: Parting, domain: str
) -> str:
    """Say from when on both had a position, the last time, if they were apart then, and by what."""
    again = " again" if sum(row.effect == BEGAN for row in gap_moves) > 1 else ""
    day = parting_day(tracker, newest)
    since = f"Both had a position{again} from {words.day(day)} on"
    if newest.after:
        since = f"They were apart as soon as both had a position{again}, {words.on_day(day)}"
    who, scored = tracker.sentence_names[newest.actor], scored_events(tracker, newest.actor, domain)
    if not newest.ended and scored["event_id"].iloc[-1] == newest.event_id:
        act = "act" if scored["binding"].iloc[-1] else "statement"
        title = words.quote(tracker.titles[newest.event_id])
        where = "" if domain == OVERALL else f" {words.about_domain(tracker.codebook, domain)}"
        return f"{since}, when the first {act} of {who}{where} is recorded: {title}."
    return f"{since}, with {_name_with_day(tracker, newest)}."


def _most_words(tracker: Tracker, gap_moves: Sequence[Parting], effect: str) -> str:
    """Say which events were the largest steps of an effect: one, or several alike."""
    alike = [row for row in gap_moves if row.effect == effect]
    alike = [row for row in alike if row.move and abs(row.move) == abs(alike[0].move)]
    named = [_name_with_day(tracker, row) for row in alike[:_MOST_NAMED]]
    if len(alike) > _MOST_NAMED:
        named.append(f"{words.number(len(alike) - _MOST_NAMED)} more")
    (step, where), (several, each_of) = _MOST[effect], ("s", " each") if alike[1:] else ("", "")
    points = f"{size_words(alike[0])} points{each_of}"
    return f"The largest {step}{several} {where}: {words.listing(named)}, by {points}."


def _name_with_day(tracker: Tracker, row: Parting) -> str:
    what, day = words.quote(tracker.titles[row.event_id]), parting_day(tracker, row)
    what = f"the end of {what}" if row.ended else what
    return f"{what} ({tracker.names[row.actor]}, {words.day(day)})"


def _course_words(along: GapCourse) -> str:
    both = "when both came to have a position" if along.began else "where the period begins"
    if along.again:
        both = "when both had a position again"
    since = words.sentence_start(words.on_day(along.since))
    if not (along.done or along.time):
        return f"{since}, {both}, the gap was {_figure(along.then)}, and so it is at the end."
    return (
        f"{since}, {both}, the gap was {_figure(along.then)}; at the end it is "
        f"{_figure(along.now)}. Acts and statements moved it by {_figure(along.done)}, the ageing "
        f"of what was said before by {_figure(along.time)}."
    )


def _figure(points: float) -> str:
    return words.figure(points, 2)


def marks_words(marked: int) -> str:
    """Return what the marks on the chart of the gap are; empty: there is none."""
    if not marked:
        return ""
    which = "the event" if marked == 1 else f"the {words.number(marked)} events"
    return (
        f" Numbered: {which} that did most to it, at the gap after it or, where there is no room, "
        "above or below that; filled where the gap began or opened, hollow where it closed or "
        "turned."
    )


def further_words(count: int) -> str:
    """Return what is pressed to see the events of smaller effects."""
    return f"{words.plural(count, 'more event', start=True)}"
