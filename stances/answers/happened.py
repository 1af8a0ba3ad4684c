"""What happened between two days: who moved by what was done, what time did, and why."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from stances import words
from stances.answers.acts import whose_members
from stances.answers.ledger import ONLY, Deed, Span, counts_told, ledger
from stances.answers.rows import each_row
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.schema import Column
from stances.model import changes
from stances.model.changes import (
    CAME_IN,
    CAUSES,
    CONFIRMS,
    DILUTED,
    DONE,
    FADED,
    FADED_AWAY,
    FREED,
    GAINED,
    GREW,
    HELD,
    LOST,
    NEVER_HAD,
    OWN_SCORE,
    SET_ASIDE,
    TIME,
)
from stances.model.lifetimes import ENDED, REPLACED
from stances.model.stance import ACTS, ALL, rounded


class CauseWords(NamedTuple):
    """What a cause is called where the parts of a move are added up by it, and what it says of its
    event.
    """

    label: str
    told: str


# They fit an act in force and an open case alike.
CAUSE_WORDS = {
    CAME_IN: CauseWords("Came in", "came in between the two days"),
    CONFIRMS: CauseWords(
        "Confirms what binds",
        "came in and confirms what binds, so it counts with the score of that",
    ),
    REPLACED: CauseWords("Act replaced", "took the place of an earlier act"),
    SET_ASIDE: CauseWords(
        "Set aside by a later act", "was said before a later act, which sets it aside"
    ),
    ENDED: CauseWords("Act ended or lapsed", "was an act that ended or lapsed"),
    OWN_SCORE: CauseWords(
        "No longer confirms what bound",
        "counts with its own score again, as what it confirmed has ended",
    ),
    DILUTED: CauseWords("Weighs less beside what came in", "weighs less beside what came in"),
    FREED: CauseWords(
        "Weighs more since others ended or were set aside",
        "weighs more since others ended or were set aside",
    ),
    FADED: CauseWords("Faded", "faded"),
    GREW: CauseWords("Weighs more since others faded", "weighs more since others faded"),
}
# What became of a position, where there is no figure for it.
POSITION_LABELS = {
    GAINED: "gained a position",
    LOST: "lost its position",
    FADED_AWAY: "position faded away",
}
_NOTHING_DONE = "nothing that was done moved a stance"


class Part(NamedTuple):
    """What one event has in a move, for one cause of `changes.CAUSES`; `part` as it is printed, NaN
    where a position was gained or lost by it.
    """

    event_id: str
    domain: str
    cause: str
    part: float


@dataclass(frozen=True)
class Move:
    """Where an actor stood and stands (NaN: no position), to four decimals, and what became of its
    position (`changes.HELD` and the others). `done` and `time`: what deeds and time made of the
    move, as they are printed; they add up to `size`, and the parts of each add up to it.
    """

    actor: str
    name: str
    then: float
    now: float
    position: str
    done: float = math.nan
    time: float = math.nan
    parts: tuple[Part, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the actor has a position on both days."""
        return self.position == HELD

    @property
    def size(self) -> float:
        """The move between the two figures as they are printed; NaN where there is none."""
        return words.printed_move(self.then, self.now)

    @property
    def alone(self) -> float:
        """Where time alone would have left it; NaN where no move is known."""
        return round(words.printed(self.now) - self.done, 2) + 0.0

    @property
    def start_of_deeds(self) -> float:
        """From where deeds moved it: where time alone would have left it, else where it stood."""
        return self.alone if self.known else self.then

    @property
    def happened(self) -> bool:
        """Whether deeds moved it, or gained or lost it its position. What time did is no move."""
        return self.position in (GAINED, LOST) or (self.known and self.done != 0)

    @property
    def faded(self) -> bool:
        """Whether time alone changed its figure, or took its position."""
        return self.position == FADED_AWAY or (self.known and not self.done and self.time != 0)

    def by_cause(self, causes: Sequence[str] = CAUSES) -> list[tuple[str, float]]:
        """The parts added up by cause, in the order in which causes are told."""
        sums = {
            cause: [part.part for part in self.parts if part.cause == cause] for cause in causes
        }
        return [(cause, round(sum(parts), 2) + 0.0) for cause, parts in sums.items() if parts]


@remembered
def moves(tracker: Tracker, then: date, now: date, domain: str) -> tuple[Move, ...]:
    """What became of all actors between two days: those moved by deeds, the largest first; those
    whose position was gained or lost; those that only time moved; those without any position.
    """
    return tuple(sorted(_moves(tracker, then, now, domain, tracker.model.actors), key=_rank))


@remembered
def moves_of(
    tracker: Tracker, actors: tuple[str, ...], then: date, now: date, domain: str
) -> tuple[Move, ...]:
    """The same of a few actors alone, which costs less; groups among them are left out."""
    return tuple(sorted(_moves(tracker, then, now, domain, actors), key=_rank))


def featured_moves(tracker: Tracker, then: date, now: date, domain: str) -> dict[str, Move]:
    """The moves of the featured actors, which every date of the first page asks for."""
    found = moves_of(tracker, tracker.data.about.featured, then, now, domain)
    return {move.actor: move for move in found}


def _moves(
    tracker: Tracker, then: date, now: date, domain: str, actors: Sequence[str]
) -> list[Move]:
    found = changes.changes(tracker.model, then, now, domain)
    causes: dict[str, list[Part]] = {actor: [] for actor in actors}
    for actor, *told in each_row(found.causes, "actor", *Part._fields):
        if actor in causes:
            causes[actor].append(Part(*told))
    return [
        move_of(
            Move(actor, tracker.names[actor], float(rounded(then)), float(rounded(now)), position),
            causes[actor],
        )
        for actor, then, now, position in each_row(found.moves, "actor", "then", "now", "position")
        if actor in causes
    ]


def _rank(move: Move) -> tuple[int, float, str]:
    """What was done comes first, the largest part first; what time did after it."""
    order = (GAINED, LOST, FADED_AWAY, HELD, NEVER_HAD)
    if move.known and move.done:
        return 0, -abs(move.done), move.name
    return 1 + order.index(move.position), -abs(move.time) if move.known else 0.0, move.name


def moves_among(tracker: Tracker, span: Span) -> list[Move]:
    """The moves of those who are asked about, in the same order: of the members of a group on the
    day `now`.
    """
    found = moves(tracker, span.then, span.now, span.domain)
    asked = set(tracker.members(span.group, span.now) if span.group else tracker.model.actors)
    return [move for move in found if move.actor in asked]


@remembered
def binding_events(tracker: Tracker) -> frozenset[str]:
    """The ids of the events that bind."""
    lifetimes = tracker.model.lifetimes
    return frozenset(map(str, lifetimes.ids[lifetimes.binding]))


def move_of(bare: Move, causes: Sequence[Part]) -> Move:
    """A move with its parts and sums. `causes`: with exact parts, the largest first; they add up to
    the difference of the stances.
    """
    if not bare.known:
        parts = tuple(Part(each.event_id, each.domain, each.cause, math.nan) for each in causes)
        return Move(**vars(bare) | {"parts": parts})
    groups = [[each for each in causes if each.cause in kind] for kind in (DONE, TIME)]
    exact = [math.fsum(each.part for each in group) for group in groups]
    sums = _printed(exact, bare.size)
    printed = [
        Part(each.event_id, each.domain, each.cause, part)
        for group, total in zip(groups, sums, strict=True)
        for each, part in zip(group, _printed([e.part for e in group], total), strict=True)
    ]
    # What made the largest part by a hair may be printed as nothing then.
    largest = tuple(sorted(printed, key=lambda part: -abs(part.part)))
    return Move(**vars(bare) | {"done": sums[0], "time": sums[1], "parts": largest})


def _printed(exact: Sequence[float], whole: float) -> list[float]:
    """Parts as they are printed, so that they add up to the whole as that is printed. What the
    rounding of the whole leaves is the largest part's.
    """
    if not exact:
        return []
    first = max(range(len(exact)), key=lambda place: abs(exact[place]))
    mended = [*exact]
    mended[first] += whole - math.fsum(exact)
    return words.parts(mended, whole, 2)


# Frozen: columns are only ever added, at the end.
COLUMNS = (
    Column("actor", "text", "Code of the actor"),
    Column("name", "text", "Name of the actor"),
    Column("then", "number", "Stance on the first day; empty: no position", optional=True),
    Column("label_then", "text", f"That stance in a word of the scale, or {NO_POSITION}"),
    Column("now", "number", "Stance on the last day; empty: no position", optional=True),
    Column("label_now", "text", f"That stance in a word of the scale, or {NO_POSITION}"),
    Column("done", "number", "What deeds moved; empty: no position on both days", optional=True),
    Column("time", "number", "What time moved; empty: no position on both days", optional=True),
    Column(
        "position",
        "text",
        "What became of the position",
        allowed=(HELD, GAINED, LOST, FADED_AWAY, NEVER_HAD),
    ),
)
MOVES_COLUMNS = tuple(column.name for column in COLUMNS)


def move_records(codebook: Codebook, moves: Sequence[Move]) -> list[dict[str, Any]]:
    """Moves as rows of MOVES_COLUMNS, in their order; what is missing is None."""
    return [_move_record(codebook, move) for move in moves]


def _move_record(codebook: Codebook, move: Move) -> dict[str, Any]:
    figures = [
        None if math.isnan(value) else value
        for value in (move.then, move.now, move.done, move.time)
    ]
    then, now, done, time = figures
    labels = [words.label(codebook, end) for end in (move.then, move.now)]
    values = [
        move.actor, move.name, then, labels[0], now, labels[1], done, time, move.position,
    ]  # fmt: skip
    return dict(zip(MOVES_COLUMNS, values, strict=True))


# -- in words -----------------------------------------------------------------------------------


def happened_told(tracker: Tracker, span: Span) -> str:
    """What happened, in a sentence: of all that was done, whichever part of it is listed."""
    moves, deeds = moves_among(tracker, span), ledger(tracker, replace(span, only=ONLY[0]))
    acted = {deed.actor for deed in deeds if deed.binds}
    return happened_headline(tracker.codebook, span, moves, acted, binding_events(tracker))


def happened_headline(
    codebook: Codebook,
    span: Span,
    moves: Sequence[Move],
    acted: Collection[str],
    acts: Collection[str],
) -> str:
    """How many took an act between two days, whom deeds moved most, and who gained or lost a
    position. What time did is no move. `moves`: of all who are asked about; `acted`: whose act
    came, maybe others among them; `acts`: the events that bind.
    """
    if span.group and not moves:
        return f"{span.group} has no members on {words.day(span.now)}"
    count = sum(move.actor in acted for move in moves)
    asked = whose_members(len(moves), span.group)
    took = f"{_period(span)} {words.some(count)} of {asked} took an act that binds"
    return f"{took}; {_done(moved_most_told(codebook, moves, acts), moves)}"


def _period(span: Span) -> str:
    """The time between two days, for the beginning of a sentence."""
    days = (span.now - span.then).days
    if days in _YEAR:
        return "In twelve months"
    if days in _ROUND:
        return f"In {days} days"
    return f"From {words.day(span.then)} to {words.day(span.now)}"


_YEAR, _ROUND = (365, 366), (30, 90)


def moved_most(moves: Sequence[Move], acts: Collection[str]) -> list[Move]:
    """Whom deeds moved most, all that share that place. One whose act only ended did nothing of its
    own, and is named where nobody else moved. `acts`: the binding ones, by their events.
    """
    moved = [move for move in moves if move.known and move.done]
    moved = [move for move in moved if _made_by(move, acts) != _ACT_ENDED] or moved
    most = max((abs(move.done) for move in moved), default=0.0)
    return [move for move in moved if abs(move.done) == most]


def moved_most_told(codebook: Codebook, moves: Sequence[Move], acts: Collection[str]) -> str:
    """Whom deeds moved most, by what and how far; empty where nobody. `acts`: the binding ones, by
    their events.
    """
    those = moved_most(moves, acts)
    if not those:
        return ""
    who = words.together([move.name for move in those])
    if len(those) > 1:
        return f"{who} moved most, by {words.points(those[0].done)} each"
    return f"{who} moved most {_made_by(those[0], acts)}, {_way(codebook, those[0])}"


def _made_by(move: Move, acts: Collection[str]) -> str:
    """By what of what was done an actor moved the way it did, as far as that is one thing. What was
    done may have parts of either sign, so those of one kind are added up first.
    """
    towards: dict[str, float] = {}
    for part in move.parts:
        if kind := _kind_of(part, acts):
            far = part.part if move.done > 0 else -part.part
            towards[kind] = towards.get(kind, 0.0) + far
    kind = max(towards, key=towards.__getitem__, default="")
    return kind if round(towards.get(kind, 0.0), 2) > 0 else "by what was done"


def _kind_of(part: Part, acts: Collection[str]) -> str:
    """What made a part of a move, in words; empty for the weight that it leaves to the rest."""
    if part.cause in (CAME_IN, CONFIRMS):
        return _OWN_ACT if part.event_id in acts else _WORDS
    return _MADE_BY.get(part.cause, "")


_OWN_ACT, _WORDS, _ACT_ENDED = "by its own act", "by what it said", "as its act ended"
_MADE_BY = {
    **dict.fromkeys((REPLACED, SET_ASIDE), _OWN_ACT),
    **dict.fromkeys((ENDED, OWN_SCORE), _ACT_ENDED),
}


def _way(codebook: Codebook, move: Move) -> str:
    """How deeds moved an actor: from one label to another where they alone have made the change,
    else how far towards which end of the scale.
    """
    then, alone, now = (words.label(codebook, end) for end in (move.then, move.alone, move.now))
    if then == alone != now:
        return f"from {then} to {now}"
    scale = codebook.scale
    end = scale.labels[scale.min if move.done < 0 else scale.max]
    return f"{words.points(move.done)} towards {end}"


def _done(moved: str, moves: Sequence[Move]) -> str:
    """What deeds did: whom they `moved`, in words, and who gained or lost a position."""
    return "; ".join(filter(None, [moved, *_positions_told(moves)])) or _NOTHING_DONE


def _positions_told(moves: Sequence[Move]) -> list[str]:
    """How many gained or lost a position by deeds: two gained a position."""
    told = {GAINED: "gained a position", LOST: "lost one"}
    counts = {kind: sum(move.position == kind for move in moves) for kind in told}
    gained, lost = counts.values()
    if lost and not gained:
        told[LOST] = "lost a position"
    return [f"{words.number(count)} {told[kind]}" for kind, count in counts.items() if count]


def happened_subtitle(
    codebook: Codebook, span: Span, deeds: Sequence[Deed], basis: str = ALL
) -> str:
    """What is told: of which days and domain, and how many acts and statements of whom. `basis`:
    what stances rest on.
    """
    about = "in all domains"
    if span.domain != OVERALL:
        about = words.about_domain(codebook, span.domain)
    actors = words.plural(len({deed.actor for deed in deeds}), "actor")
    counts = counts_told(deeds, acts_only=basis == ACTS)
    return (
        f"After {words.day(span.then)} and up to {words.day(span.now)}, {about}: {counts} on "
        f"{codebook.subject}{f' by {actors}' if deeds else ''}."
    )


def moves_finding(codebook: Codebook, moves: Sequence[Move]) -> tuple[str, str]:
    """How many deeds moved which way, and what the chart of them shows."""
    held = [move for move in moves if move.known]
    down, up = sum(move.done < 0 for move in held), sum(move.done > 0 for move in held)
    ends = [codebook.scale.labels[end] for end in (codebook.scale.min, codebook.scale.max)]
    told = [
        f"{words.number(count)} towards {end}"
        for count, end in zip((down, up), ends, strict=True)
        if count
    ]
    found = _done(f"What was done moved {words.listed(told)}" if told else "", moves)
    both = (
        f"{words.some(len(held), start=True)} of {words.plural(len(moves), 'actor')} "
        f"{words.of_them_have(len(held))} a position on both days."
    )
    return (
        f"{found[:1].upper()}{found[1:]}",
        f"{both} In the order of what was done, which stands at the right.",
    )


def time_told(moves: Sequence[Move]) -> tuple[str, str]:
    """How many only time moved, and what that means."""
    count = sum(move.faded for move in moves)
    return (
        f"Moved by time alone: {words.plural(count, 'actor')}",
        "What was said weighs less as it ages, so a figure drifts towards what still holds though "
        "its actor did nothing: that is no move of the actor.",
    )


def moves_alt(
    codebook: Codebook,
    domain: str,
    days: tuple[words.Day, words.Day],
    moves: Sequence[Move],
) -> str:
    """The chart of moves for those who cannot see it: the ten largest, as they are sorted."""
    told = [
        f"{move.name} {words.figure_or_none(move.then)} to {words.figure_or_none(move.now)} "
        f"({POSITION_LABELS.get(move.position) or words.figure(move.done, 2)})"
        for move in moves[:10]
    ]
    more = f", and {words.number(len(moves) - 10)} more" if len(moves) > 10 else ""
    what = (
        f"Stances on {codebook.subject} {words.about_domain(codebook, domain)} on "
        f"{words.day(days[0])} and on {words.day(days[1])}, what was done most first"
    )
    if not moves:
        return f"{what}: nobody moved."
    return f"{what}: {'; '.join(told)}{more}."


def move_note(move: Move) -> str:
    """What happened, in a word: what was done, or what became of the position."""
    notes = {GAINED: "gained", LOST: "lost", FADED_AWAY: "faded"}
    return notes.get(move.position) or words.figure(move.done, 2)


def cause_words(cause: str, since: bool) -> str:
    """What a cause says of its event. `since`: the event is later than the first of two days."""
    if cause == REPLACED and not since:
        return "was replaced by a later act, which counts no more"
    return CAUSE_WORDS[cause].told


def causes_in_short(move: Move) -> str:
    """What was done, by cause, as far as it is not 0: Came in +1.20; Act replaced -0.31. Of a
    position gained or lost, that and by which causes.
    """
    if move.known:
        told = [
            f"{CAUSE_WORDS[cause].label} {words.figure(part, 2)}"
            for cause, part in move.by_cause(DONE)
            if part
        ]
        return "; ".join(told)
    if move.position == NEVER_HAD:
        return "No position then and now"
    label = POSITION_LABELS[move.position]
    causes = [CAUSE_WORDS[cause].label.lower() for cause, _ in move.by_cause()]
    return f"{label[0].upper()}{label[1:]}: {words.listed(causes)}"


def no_move(codebook: Codebook, move: Move, days: tuple[words.Day, words.Day]) -> str:
    """Why no move can be told of an actor, and what can be."""
    then, now = words.day(days[0]), words.day(days[1])
    ends = words.labelled(codebook, move.then), words.labelled(codebook, move.now)
    told = {
        GAINED: f"No position on {then}; {ends[1]} on {now}, by what came in between.",
        LOST: f"{ends[0]} on {then}; no position on {now}, since what it rested on has ended or "
        "was set aside.",
        FADED_AWAY: f"{ends[0]} on {then}; no position on {now}, since all of it has faded.",
        NEVER_HAD: f"No position on {then} and none on {now}, so there is no move.",
    }
    return told[move.position]


def move_line(codebook: Codebook, move: Move) -> str:
    """Where an actor stood and stands, and what deeds and time made of the way between."""
    ends = f"{words.labelled(codebook, move.then)} to {words.labelled(codebook, move.now)}"
    if not move.time:
        return f"{ends}: a move of {words.figure(move.done, 2)}"
    time = f"{words.figure(move.time, 2)} by time alone"
    if not move.done:
        return f"{ends}: no move, {time}"
    return f"{ends}: a move of {words.figure(move.done, 2)}, and {time}"


def drift(codebook: Codebook, move: Move) -> str:
    """From where to where time alone has taken an actor."""
    then, now = words.labelled(codebook, move.then), words.labelled(codebook, move.now)
    return f"{then} to {now if move.known else 'no position'}"


def more_parts(count: int, total: float) -> str:
    """The smaller parts of a move, which are folded away; NaN where there is no figure for it."""
    if math.isnan(total):
        return words.plural(count, "more event", start=True)
    return f"{words.plural(count, 'smaller change', start=True)}, {words.figure(total, 2)} together"


def zero_parts(count: int) -> str:
    """The parts of a move that are too small to be printed."""
    return f"{words.plural(count, 'more change', start=True)} of 0.00 when rounded."


def swapped_days(then: words.Day, now: words.Day) -> str:
    """That the two days were put into their order."""
    return (
        f"{words.day(then)} is after the as-of date, {words.day(now)}: the two are compared in "
        "their order."
    )


def same_days(day_shown: words.Day) -> str:
    """That two days are one."""
    return f"Both days are {words.day(day_shown)}: choose an earlier one under From."
