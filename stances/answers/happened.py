"""What happened between two days, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from stances import words
from stances.answers.history import moved_most
from stances.dataset.codebook import Codebook
from stances.model.changes import (
    AGAIN,
    CAME_IN,
    CAUSES,
    CONFIRMS,
    DILUTED,
    FADED,
    GREW,
    OWN_SCORE,
    SET_ASIDE,
)
from stances.model.lifetimes import ENDED, REPLACED

# What each cause is called where the parts of a move are added up by it.
CAUSE_LABELS = {
    CAME_IN: "Came in",
    CONFIRMS: "Came in as a confirmation of the act in force",
    AGAIN: "Counts again",
    REPLACED: "Act replaced",
    SET_ASIDE: "Set aside by a later act",
    ENDED: "Act ended or lapsed",
    OWN_SCORE: "Confirms an act no more",
    FADED: "Faded",
    DILUTED: "Diluted by what came in",
    GREW: "Larger share, as others faded or left",
}


def moves_headline(codebook: Codebook, moves: Sequence[tuple[str, float, float]]) -> str:
    """Who moved most between two days, and how many moved which way.

    `moves`: name, stance then and now, of those with a position on both days.
    """
    if not moves:
        return "No actor has a position on both days"
    size = [words.printed(now) - words.printed(then) for _, then, now in moves]
    down, up = sum(x < 0 for x in size), sum(x > 0 for x in size)
    if len(moves) == 1:
        [(name, then, now)] = moves
        return f"Only {name} has a position on both days: {move_line(codebook, then, now)}"
    if not down and not up:
        return f"None of {words.plural(len(moves), 'actor')} moved on {codebook.subject}"
    who, how = moved_most(codebook, moves)
    return f"{who} moved most, {how}; {down} of {len(moves):,} actors moved down, {up} up"


def moves_subtitle(
    codebook: Codebook, domain: str, days: tuple[words.Day, words.Day], counts: tuple[int, int, int]
) -> str:
    """What is compared. `counts`: all actors, those with a position on both days, those of them
    that did not move.
    """
    actors, both, still = counts
    scale = codebook.scale
    stood = (
        f"; {words.number(still)} of these {_stands(still)} where {words.it(still)} stood"
        if still
        else ""
    )
    return (
        f"Stance on {codebook.subject} {words.about_domain(codebook, domain)}, "
        f"{words.day(days[0])} and {words.day(days[1])}. Down is towards "
        f"{scale.labels[scale.min]}, up towards {scale.labels[scale.max]}. "
        f"{words.some(both, start=True)} of {words.plural(actors, 'actor')} "
        f"{words.of_them_have(both)} a position on both days{stood}."
    )


def _stands(count: int) -> str:
    return "stands" if count == 1 else "stand"


def moves_alt(
    codebook: Codebook,
    domain: str,
    days: tuple[words.Day, words.Day],
    moves: Sequence[tuple[str, float, float]],
) -> str:
    """The chart of moves for those who cannot see it: the ten largest, as they are sorted."""
    told = [
        f"{name} {words.figure(then, 2)} to {words.figure(now, 2)} "
        f"({words.figure(words.printed_move(then, now), 2)})"
        for name, then, now in moves[:10]
    ]
    more = f", and {words.number(len(moves) - 10)} more" if len(moves) > 10 else ""
    what = (
        f"Stances on {codebook.subject} {words.about_domain(codebook, domain)} on "
        f"{words.day(days[0])} and on {words.day(days[1])}, the largest move first"
    )
    if not moves:
        return f"{what}: nobody moved."
    return f"{what}: {'; '.join(told)}{more}."


def cause_words(cause: str, since: bool, domain_counts: bool) -> str:
    """What a cause says of its event. `since`: the event is later than the first of the two days;
    `domain_counts`: its domain still has a position on the second.
    """
    if cause == REPLACED:
        return (
            "took the place of an earlier act"
            if since
            else "was replaced by a later act, which counts no more"
        )
    if cause == FADED:
        return "faded" if domain_counts else "what is left in its domain is too little to count"
    return CAUSES[cause]


def causes_in_short(sums: Sequence[tuple[str, float]]) -> str:
    """The parts of a move by cause, as far as they are not 0: Came in +1.20; Faded +0.31."""
    told = [f"{CAUSE_LABELS[cause]} {words.figure(part, 2)}" for cause, part in sums if part]
    return "; ".join(told)


def without_position(then: float, now: float) -> str:
    """On which of two days there is no position, in short; empty where there is one on both."""
    days = [word for word, stance in (("then", then), ("now", now)) if math.isnan(stance)]
    return f"No position {' and '.join(days)}" if days else ""


def no_move(then: float, now: float, days: tuple[words.Day, words.Day]) -> str:
    """Why no move can be told of an actor."""
    if math.isnan(then) and math.isnan(now):
        return (
            f"No position on {words.day(days[0])} and none on {words.day(days[1])}, so there is no "
            "move."
        )
    without = days[0] if math.isnan(then) else days[1]
    return f"No position on {words.day(without)}, so no move can be told."


def move_line(codebook: Codebook, then: float, now: float) -> str:
    """Where an actor stood and stands, and the move between."""
    move = words.figure(words.printed(now) - words.printed(then), 2)
    return f"{words.labelled(codebook, then)} to {words.labelled(codebook, now)}: a move of {move}"


def more_parts(count: int, total: float) -> str:
    """The smaller parts of a move, which are folded away."""
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
