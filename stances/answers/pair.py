"""Two actors side by side, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from stances import words
from stances.dataset.codebook import Codebook


def pair_headline(
    names: tuple[str, str], now: float, widest: tuple[words.Day, float] | None, last: words.Day
) -> str:
    """How far two actors are apart on the last day of a period, and when they were furthest apart.

    `now`: first - second, NaN where one has no position; `widest`: day and gap.
    """
    one, other = names
    if widest is None:
        return f"{one} and {other} never had a position at the same time in this period"
    apart = (
        f"{one} and {other} cannot be compared now"
        if math.isnan(now)
        else f"{one} and {other} are {words.points(now)} apart"
    )
    if widest[0] == last:
        return f"{apart}, the furthest in this period"
    return f"{apart}; furthest on {words.day(widest[0])}: {words.points(widest[1])}"


def pair_subtitle(codebook: Codebook, domain: str, period: tuple[words.Day, words.Day]) -> str:
    """What is shown of two actors."""
    return (
        f"Stance on {codebook.subject} {words.about_domain(codebook, domain)}, "
        f"{words.day(period[0])} to {words.day(period[1])}. Around a line: how far uncertain "
        "coding could move it."
    )


def pair_rests_on(codebook: Codebook, rows: Sequence[tuple[str, float, float]]) -> str:
    """On how many domains both have a position, which an overall gap may rest on least. `rows`:
    domain, stances of the two.
    """
    both = [row for row in rows if not math.isnan(row[1]) and not math.isnan(row[2])]
    count = len(codebook.domains)
    if not both:
        return f"In none of {words.plural(count, 'domain')} do both have a position."
    apart = [
        f"{domain[:1].lower()}{domain[1:]} ({words.points(first - second)} apart)"
        for domain, first, second in both
    ]
    where = f"{words.number(len(both))} of {words.plural(count, 'domain')}"
    return f"Both have a position in {where}: {words.listed(apart)}."


def gap_subtitle(names: tuple[str, str]) -> str:
    """What the chart of the gap shows."""
    return f"The gap: stance of {names[0]} less that of {names[1]}, in points of the scale."


def gap_alt(names: tuple[str, str], now: float, widest: tuple[words.Day, float] | None) -> str:
    """The chart of the gap for those who cannot see it."""
    what = f"Stance of {names[0]} less that of {names[1]} over time"
    if widest is None:
        return f"{what}: never a position at the same time."
    end = "none" if math.isnan(now) else words.figure(now, 2)
    return (
        f"{what}. Widest: {words.figure(widest[1], 2)} on {words.day(widest[0])}. At the end: "
        f"{end}."
    )


def domains_alt(
    names: tuple[str, str], as_of: words.Day, rows: Sequence[tuple[str, float, float]]
) -> str:
    """Two actors by domain for those who cannot see it. `rows`: domain, stances of the two."""
    told = [
        f"{domain}: {words.figure_or_none(first)} and {words.figure_or_none(second)}"
        for domain, first, second in rows
    ]
    return f"Stances of {names[0]} and of {names[1]} on {words.day(as_of)}. {'; '.join(told)}."


def same_actors(name: str) -> str:
    """That two actors are one."""
    return f"Both are {name}: choose two different actors to compare."


def only_actor(name: str) -> str:
    """That there are no two actors to choose."""
    return f"{name} is the only actor: there is none to compare it with."
