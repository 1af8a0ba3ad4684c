"""Two actors side by side, in words."""

import math
from collections.abc import Sequence

from stances import words
from stances.dataset.codebook import Codebook

# The orders of the tables of two actors by their names in an address, with what controls call them:
# of the events that made them part, of fields, and of months. Without one each has its own.
PAIR_ORDERS = {
    "parting-what": "By title",
    "parting-name": "By country or body",
    "parting-newest": "The newest first",
    "parting-gap": "By what they did to the gap",
    "parting-points": "The largest effect first",
    "parting-without": "The widest gap without it first",
    "parting-with": "The widest gap with it first",
    "field-name": "By field",
    "field-first": "By position of the first",
    "field-second": "By position of the second",
    "field-gap": "The widest gap first",
    "month-newest": "The newest first",
    "month-oldest": "The oldest first",
    "month-first": "By position of the first",
    "month-second": "By position of the second",
    "month-gap": "The widest gap first",
}


def pair_headline(
    names: tuple[str, str],
    now: float,
    widest: tuple[words.Day, float] | None,
    last: words.Day,
    levels: tuple[str, str] = ("", ""),
    in_doubt: bool = False,
    then: str = "",
) -> str:
    """Say which of two actors is the stricter on the last day of a period, and when they were
    furthest apart.

    `now`: first - second; `widest`: day and gap, None: there was never one; `levels`, `in_doubt`:
    see `stricter_words`; `then`: how the widest day is told, where that is not to the day.
    """
    if widest is None:
        one, other = words.sentence_start(names[0]), names[1]
        return f"{one} and {other} never had a position at the same time in this period"
    apart = stricter_words(names, now, levels, in_doubt)
    if not words.two_decimals(widest[1]):
        return apart
    if widest[0] == last:
        return f"{apart}; they were never further apart in this period"
    return f"{apart}; furthest apart {then or words.on_day(widest[0])}"


def past_headline(
    names: tuple[str, str],
    widest: tuple[words.Day, float],
    levels: tuple[str, str],
    since: words.Day,
    without: str,
    then: str = "",
) -> str:
    """Say how far apart two actors were at most, and since when they cannot be compared.

    `widest`, `then`: see `pair_headline`; `levels`: of either on the widest day; `without`: see
    `without_position`.
    """
    one, other = names
    both = f"{words.sentence_start(one)} and {other}"
    if not words.two_decimals(widest[1]):
        text = f"{both} stood alike as long as both had a position"
    else:
        at = f"{one} at {levels[0]}, {other} at {levels[1]}"
        if levels[0] == levels[1]:
            at = f"both at {levels[0]}, {one if widest[1] < 0 else other} the stricter by score"
        text = f"{both} were furthest apart {then or words.on_day(widest[0])}: {at}"
    return f"{text}; not comparable since {words.day(since)}: {without}"


def levels_of(codebook: Codebook, one: float, other: float) -> tuple[str, str]:
    """Return the levels of two stances."""
    return words.label(codebook, one), words.label(codebook, other)


def stricter_words(
    names: tuple[str, str], gap: float, levels: tuple[str, str] = ("", ""), in_doubt: bool = False
) -> str:
    """Say which of two actors is the stricter, by first - second as it is printed; NaN: it cannot
    be told. `levels`: of either, empty where they are not told: at one level the score alone tells
    them apart; `in_doubt`: not even that, since their margins of doubt overlap.
    """
    one, other = names
    both = words.sentence_start(words.listing([one, other]))
    if math.isnan(gap):
        return f"{both} cannot be compared now"
    if not words.two_decimals(gap):
        return f"{both} stand alike"
    strict, mild = (one, other) if gap < 0 else (other, one)
    if levels[0] and levels[0] == levels[1]:
        text = f"{both} are both at {levels[0]}"
        return text if in_doubt else f"{text}; by score {strict} is the stricter"
    if levels[0] and in_doubt:
        return f"{words.sentence_start(one)} is at {levels[0]}, {other} at {levels[1]}"
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
    """Say in how many fields both have a position. `rows`: domain, stances of the two."""
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
