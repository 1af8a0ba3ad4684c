"""Two actors side by side, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from stances import words
from stances.dataset.codebook import Codebook


def pair_headline(
    names: tuple[str, str],
    now: float,
    widest: tuple[words.Day, float] | None,
    last: words.Day,
    without: str = "",
    level: str = "",
    in_doubt: bool = False,
    then: str = "",
) -> str:
    """Say which of two actors is the stricter on the last day of a period, and when they were
    furthest apart.

    `now`: first - second, NaN where one has no position; `widest`: day and gap; `without`: see
    `without_position`; `level`, `in_doubt`: see `stricter_words`; `then`: how the widest day is
    told, where that is not to the day.
    """
    one, other = words.sentence_start(names[0]), names[1]
    if widest is None:
        return f"{one} and {other} never had a position at the same time in this period"
    apart = stricter_words(names, now, level, in_doubt)
    if without:
        apart = f"{apart}: {without}"
    if not words.printed(widest[1]):
        return apart
    if widest[0] == last:
        return f"{apart}; they were never further apart in this period"
    return f"{apart}; furthest apart {then or words.on_day(widest[0])}"


def shared_level(codebook: Codebook, one: float, other: float) -> str:
    """Return the level at which both of two stances are; empty: they are at two, or one is none."""
    labels = words.label(codebook, one), words.label(codebook, other)
    return "" if math.isnan(one - other) or labels[0] != labels[1] else labels[0]


def stricter_words(
    names: tuple[str, str], gap: float, level: str = "", in_doubt: bool = False
) -> str:
    """Say which of two actors is the stricter, by first - second as it is printed; NaN: it cannot
    be told. `level`: at which both are, so that the score alone tells them apart; `in_doubt`: not
    even that, since their margins of doubt overlap.
    """
    one, other = names
    if math.isnan(gap):
        return f"{words.sentence_start(one)} and {other} cannot be compared now"
    if not words.printed(gap):
        return f"{words.sentence_start(one)} and {other} stand alike"
    strict, mild = (one, other) if gap < 0 else (other, one)
    if level:
        both = words.sentence_start(words.listed([one, other]))
        text = f"{both} are both at {level}"
        return text if in_doubt else f"{text}; by score {strict} is the stricter"
    return f"{words.sentence_start(strict)} is stricter than {mild}"


def without_position(names: Sequence[str], where: str) -> str:
    """Say who of two has no position, and `where`; empty: neither is without one."""
    if len(names) > 1:
        return f"neither has a position {where}"
    return "".join(f"{name} has no position {where}" for name in names)


def pair_subtitle(codebook: Codebook, domain: str, period: tuple[words.Day, words.Day]) -> str:
    """Return what is shown of two actors."""
    return (
        f"Position on {codebook.subject} {words.about_domain(codebook, domain)}, "
        f"{words.day(period[0])} to {words.day(period[1])}. Shading: margin of doubt."
    )


def pair_rests_on(codebook: Codebook, rows: Sequence[tuple[str, float, float]]) -> str:
    """Say in how many fields both have a position, which an overall gap may rest on least. `rows`:
    domain, stances of the two.
    """
    both = [row[0] for row in rows if not math.isnan(row[1]) and not math.isnan(row[2])]
    count = words.plural(len(codebook.domains), "field")
    if not both:
        return f"In none of {count} do both have a position."
    # Names of fields may have an "and" of their own.
    named = ", ".join(words.within(label) for label in both)
    return f"Both have a position in {words.number(len(both))} of {count}: {named}."


def gap_subtitle(names: tuple[str, str]) -> str:
    """Return what the chart of the gap shows."""
    return f"The gap: position of {names[0]} less that of {names[1]}, in points of the scale."


def gap_alt(
    names: tuple[str, str], now: float, widest: tuple[words.Day, float] | None, then: str = ""
) -> str:
    """Return the chart of the gap for those who cannot see it. `then`: see `pair_headline`."""
    what = f"Position of {names[0]} less that of {names[1]} over time"
    if widest is None:
        return f"{what}: never a position at the same time."
    apart = stricter_words(names, widest[1])
    end = stricter_words(names, now)
    return f"{what}. Widest {then or words.on_day(widest[0])}: {apart}. At the end: {end}."


def domains_alt(
    codebook: Codebook,
    names: tuple[str, str],
    as_of: words.Day,
    rows: Sequence[tuple[str, float, float]],
) -> str:
    """Two actors by domain for those who cannot see it. `rows`: domain, stances of the two."""
    text = [
        f"{domain}: {words.within_line(codebook, first)} and {words.within_line(codebook, second)}"
        for domain, first, second in rows
    ]
    return f"Positions of {names[0]} and of {names[1]} on {words.day(as_of)}. {'; '.join(text)}."


def same_actors(name: str) -> str:
    """Return that two actors are one."""
    return f"Both are {name}: choose two different actors to compare."


def only_actor(name: str) -> str:
    """Return that there are no two actors to choose."""
    return f"{name} is the only one: there is none to compare it with."
