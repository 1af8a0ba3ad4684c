"""Who is near to whom, in words."""

from __future__ import annotations

from collections.abc import Sequence

from stances import words
from stances.dataset.codebook import OVERALL, Codebook

# The name of another actor, and the codes of the domains in which both have positions.
Common = tuple[str, Sequence[str]]


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
        f"How far apart: the mean difference of the stances on {codebook.subject} by domain, over "
        "the month ends and domains in which both have a position; weightier domains and surer "
        f"positions count more.{whole} Nearest: the 12 months to {words.day(period[1])}, "
        f"{among}, of those that share at least half of its domains by weight. Matrix: "
        f"{words.day(period[0])} to {words.day(period[1])}; a pair with under "
        f"{words.number(fewest)} months and domains in common is left blank."
    )


def in_common(codebook: Codebook, domains: Sequence[str]) -> str:
    """The domains that a distance rests on."""
    return words.listed([codebook.domain_label(code) for code in domains])


def too_little(codebook: Codebook, name: str, others: Sequence[Common]) -> tuple[str, list[str]]:
    """Who shares too little with an actor to be ranked, and what each does share, in the order of
    their names.
    """
    told = [
        f"{other}: {in_common(codebook, domains).lower() or 'nothing'}"
        for other, domains in sorted(others)
    ]
    return f"Too little in common with {name}: {words.plural(len(others), 'actor')}", told


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
