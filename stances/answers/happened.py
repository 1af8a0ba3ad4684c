"""What happened between two days: who moved by what was done, what time did, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from stances import words
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import Codebook
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
from stances.model.stance import rounded


class CauseWords(NamedTuple):
    """What a cause is called where the parts of a move are added up by it, and what it says of its
    event.
    """

    label: str
    told: str


CAUSE_WORDS = {
    CAME_IN: CauseWords("Came in", "came in between the two days"),
    CONFIRMS: CauseWords(
        "Came in as a confirmation of the act in force",
        "came in and confirms the act in force, so it counts with the act's score",
    ),
    REPLACED: CauseWords("Act replaced", "took the place of an earlier act"),
    SET_ASIDE: CauseWords(
        "Set aside by a later act", "was said before a later act, which sets it aside"
    ),
    ENDED: CauseWords("Act ended or lapsed", "was an act that ended or lapsed"),
    OWN_SCORE: CauseWords(
        "Confirms an act no more",
        "counts with its own score again, as the act that it confirmed ended",
    ),
    DILUTED: CauseWords("Diluted by what came in", "has a smaller share, diluted by what came in"),
    FREED: CauseWords(
        "Larger share, as others ended or were set aside",
        "has a larger share, as others ended or were set aside",
    ),
    FADED: CauseWords("Faded", "faded"),
    GREW: CauseWords("Larger share, as others faded", "has a larger share, as others faded"),
}
# What became of a position, where there is no figure for it.
POSITION_LABELS = {
    GAINED: "gained a position",
    LOST: "lost its position",
    FADED_AWAY: "position faded away",
}


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
    def happened(self) -> bool:
        """Whether it stands among what happened: moved by deeds, or a position gained or lost."""
        return self.position in POSITION_LABELS or (self.known and self.done != 0)

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
    found = changes.changes(tracker.model, then, now, domain)
    rows: list[Any] = list(found.causes.itertuples(index=False))
    causes: dict[str, list[Any]] = {}
    for row in rows:
        causes.setdefault(row.actor, []).append(row)
    columns = (found.moves[name].tolist() for name in ("actor", "then", "now", "position"))
    table = [
        move_of(
            Move(actor, tracker.names[actor], float(rounded(then)), float(rounded(now)), position),
            causes.get(actor, []),
        )
        for actor, then, now, position in zip(*columns, strict=True)
    ]
    return tuple(sorted(table, key=_rank))


def _rank(move: Move) -> tuple[int, float, str]:
    """What was done comes first, the largest part first; what time did after it."""
    order = (GAINED, LOST, FADED_AWAY, HELD, NEVER_HAD)
    if move.known and move.done:
        return 0, -abs(move.done), move.name
    return 1 + order.index(move.position), -abs(move.time) if move.known else 0.0, move.name


def move_of(bare: Move, causes: list[Any]) -> Move:
    """A move with its parts and sums. `causes`: event_id, domain, cause and exact part (NaN where a
    position was gained or lost), the largest first; they add up to the difference of the stances.
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


# -- in words -----------------------------------------------------------------------------------


def moves_headline(codebook: Codebook, moves: Sequence[Move]) -> str:
    """Whom deeds moved most between two days, how many they moved which way, and who gained or lost
    a position. What time did is no move.
    """
    held = [move for move in moves if move.known]
    down, up = sum(move.done < 0 for move in held), sum(move.done > 0 for move in held)
    if not held:
        found = "No actor has a position on both days"
    elif len(held) == 1:
        line = move_line(codebook, held[0])
        found = f"Only {held[0].name} has a position on both days: {line}"
    elif not down and not up:
        actors = words.plural(len(held), "actor")
        found = f"Nothing that was done moved any of {actors} on {codebook.subject}"
    else:
        told = f"{down} of {len(held):,} actors moved down, {up} up"
        found = f"{_moved_most(codebook, held)}; {told}"
    return "; ".join([found, *_positions_told(moves)])


def _moved_most(codebook: Codebook, held: Sequence[Move]) -> str:
    most = max(abs(move.done) for move in held)
    those = [move for move in held if abs(move.done) == most]
    who = words.together([move.name for move in those])
    if len(those) > 1:
        return f"{who} moved most, by {words.points(most)} each"
    return f"{who} moved most, {move_line(codebook, those[0])}"


def _positions_told(moves: Sequence[Move]) -> list[str]:
    """How many gained or lost a position: two gained a position."""
    told = {GAINED: "gained a position", LOST: "lost one", FADED_AWAY: "faded out of one"}
    counts = {kind: sum(move.position == kind for move in moves) for kind in told}
    return [f"{words.number(count)} {told[kind]}" for kind, count in counts.items() if count]


def moves_subtitle(
    codebook: Codebook, domain: str, days: tuple[words.Day, words.Day], counts: tuple[int, int, int]
) -> str:
    """What is compared. `counts`: all actors, those with a position on both days, those of them
    that nothing moved but time.
    """
    actors, both, still = counts
    scale = codebook.scale
    stood = f"; nothing that was done moved {words.number(still)} of these" if still else ""
    return (
        f"Stance on {codebook.subject} {words.about_domain(codebook, domain)}, "
        f"{words.day(days[0])} and {words.day(days[1])}, by what was done between them. Down is "
        f"towards {scale.labels[scale.min]}, up towards {scale.labels[scale.max]}. "
        f"{words.some(both, start=True)} of {words.plural(actors, 'actor')} "
        f"{words.of_them_have(both)} a position on both days{stood}. What fades with time is no "
        "move; it is told apart."
    )


def moves_alt(
    codebook: Codebook,
    domain: str,
    days: tuple[words.Day, words.Day],
    moves: Sequence[Move],
) -> str:
    """The chart of moves for those who cannot see it: the ten largest, as they are sorted."""
    told = [
        f"{move.name} {_end(move.then)} to {_end(move.now)} "
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


def _end(stance: float) -> str:
    return "no position" if math.isnan(stance) else words.figure(stance, 2)


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
    """The parts of a move by cause, as far as they are not 0: Came in +1.20; Faded +0.31. Of a
    position gained or lost, that and by which causes.
    """
    if move.known:
        told = [
            f"{CAUSE_WORDS[cause].label} {words.figure(part, 2)}"
            for cause, part in move.by_cause()
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


def more_parts(count: int, total: float) -> str:
    """The smaller parts of a move, which are folded away; NaN where there is no figure for it."""
    if math.isnan(total):
        return words.plural(count, "more event", start=True)
    return f"{words.plural(count, 'smaller part', start=True)}, {words.figure(total, 2)} together"


def zero_parts(count: int) -> str:
    """The parts of a move that are too small to be printed."""
    return f"{words.plural(count, 'more part', start=True)} of 0.00 when rounded."


def swapped_days(then: words.Day, now: words.Day) -> str:
    """That the two days were put into their order."""
    return (
        f"{words.day(then)} is after the as-of date, {words.day(now)}: the two are compared in "
        "their order."
    )


def same_days(day_shown: words.Day) -> str:
    """That two days are one."""
    return f"Both days are {words.day(day_shown)}: choose an earlier one under From."
