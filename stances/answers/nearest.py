"""Who is near to whom, in words."""

from __future__ import annotations

from collections.abc import Sequence

from stances import words
from stances.dataset.codebook import OVERALL, Codebook


def nearest_headline(name: str, now: Sequence[str], apart: float, before: Sequence[str]) -> str:
    """Who is nearest to an actor. `now`: those who share that place, none where nobody can be
    compared, and how far they are `apart`; `before`: those who did a year earlier.
    """
    if not now:
        return f"Nobody here can be compared with {name} in the last 12 months"
    told = (
        f"{words.together(now)} {words.be(now, 'is', 'are')} nearest to {name}, "
        f"{words.points(apart)} apart"
    )
    if not before:
        return f"{told}; a year before nobody could be compared"
    if set(before) == set(now):
        return f"{told}, as {words.be(now, 'it was', 'they were')} a year before"
    return f"{told}; a year before {words.together(before)} {words.be(before, 'was', 'were')}"


def distances_subtitle(
    codebook: Codebook, among: str, period: tuple[words.Day, words.Day], domain: str, fewest: int
) -> str:
    """What is compared. `among`: the group in words; `domain`: the one that other views show."""
    whole = "" if domain == OVERALL else " The domain chosen above does not narrow it."
    return (
        f"Distance: mean difference of the stances on {codebook.subject} by domain, over all "
        "month ends and domains in which both have a position, each by the weight of its domain "
        f"and the smaller certainty.{whole} Nearest: the 12 months to {words.day(period[1])}, "
        f"{among}, of those that share half of the domain weight at least. Matrix: "
        f"{words.day(period[0])} to {words.day(period[1])}; a pair with under "
        f"{words.number(fewest)} common month-domains is left blank."
    )


def in_common(codebook: Codebook, domains: Sequence[str], enough: bool) -> str:
    """The domains that a distance rests on, and whether they are too few for a rank."""
    told = words.listed([codebook.domain_label(code) for code in domains]) or "nothing"
    return told if enough else f"too little in common: {told}"


def among_group(group: str, members: int, as_of: words.Day) -> str:
    """Whom the distances are of. `group`: empty for every actor with a position."""
    if not group:
        return f"among {words.plural(members, 'actor')} with a position on {words.day(as_of)}"
    if not members:
        return f"among the members of {group}, which had none on {words.day(as_of)}"
    return f"among the {words.plural(members, 'member')} of {group} on {words.day(as_of)}"


def matrix_alt(
    near: tuple[str, str, float, int] | None,
    far: tuple[str, str, float, int] | None,
    told: int,
    blank: int,
) -> str:
    """The matrix for those who cannot see it: nearest and furthest pair, each with its distance
    and how many pairs share that as it is printed; how many can be told.
    """
    if near is None or far is None:
        return "Matrix of distances: no two actors can be compared."
    return (
        f"Matrix of distances of {words.plural(told + blank, 'pair')}. Nearest: {_pair(*near)}; "
        f"furthest: {_pair(*far)}. Left blank: {words.plural(blank, 'pair')}."
    )


def _pair(one: str, other: str, apart: float, alike: int) -> str:
    more = f", as {words.plural(alike - 1, 'other pair')}" if alike > 1 else ""
    return f"{one} and {other}, {words.points(apart)}{more}"


def left_out(names: Sequence[str]) -> str:
    """Who is not in the matrix."""
    return (
        f"Not in the matrix, as {words.it(len(names))} can be compared with nobody: "
        f"{words.listed(names)}."
    )
