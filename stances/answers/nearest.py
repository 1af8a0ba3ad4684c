"""Sentences on who is near to whom."""

from collections.abc import Sequence

from stances import words
from stances.dataset.codebook import OVERALL, Codebook

# The name of another actor, and the codes of the domains in which both have positions.
Common = tuple[str, Sequence[str]]
# The orders of the others by their distance from one, and of each two of a group, by their names in
# an address, with what controls call them.
DISTANCE_ORDERS = {
    "nearest-now": "The nearest first",
    "nearest-name": "By name",
    "nearest-before": "The nearest a year before first",
    "nearest-fields": "Most fields in common first",
    "pair-distance": "The nearest first",
    "pair-name": "By the first name",
    "pair-other": "By the second name",
    "pair-fields": "Most fields in common first",
    "pair-months": "Most in common first",
}


def nearest_headline(name: str, now: Sequence[str], before: Sequence[str]) -> str:
    """Say who is nearest to an actor, all as they are called within a sentence. `now`: those who
    share that place, none where nobody can be compared; `before`: those who did a year earlier.
    """
    if not now:
        return f"Nobody here can be compared with {name} in the last 12 months"
    first = words.sentence_start(words.together(now))
    text = f"{first} {words.be(now, 'is', 'are')} nearest to {name}"
    if not before:
        return f"{text}; a year before nobody could be compared"
    if set(before) == set(now):
        return f"{text}, as {words.be(now, 'it was', 'they were')} a year before"
    return f"{text}; a year before {words.together(before)} {words.be(before, 'was', 'were')}"


def distances_subtitle(
    codebook: Codebook, among: str, period: tuple[words.Day, words.Day], domain: str
) -> str:
    """Say what is compared. `among`: the group in words; `domain`: the one of other views."""
    whole = "" if domain == OVERALL else " The field chosen above does not narrow it."
    return (
        f"How far apart two are on {codebook.subject}, on average, where both have a position."
        f"{whole} Nearest: the 12 months to {words.day(period[1])}, {among}. Matrix: "
        f"{words.day(period[0])} to {words.day(period[1])}; blank: too little in common."
    )


def in_common(codebook: Codebook, domains: Sequence[str]) -> str:
    """Return the domains that a distance rests on."""
    return ", ".join(codebook.domain_label(code) for code in domains)


def too_little(codebook: Codebook, name: str, others: Sequence[Common]) -> tuple[str, list[str]]:
    """Say who shares too little with an actor to be ranked, and what each does share, by name."""
    text = [
        f"{other}: {in_common(codebook, domains).lower() or 'nothing'}"
        for other, domains in sorted(others)
    ]
    return f"Too little in common with {name}: {words.plural(len(others), 'other')}", text


def among_group(group: str, members: int, as_of: words.Day) -> str:
    """Say whom the distances are of. `group`: empty for every actor with a position."""
    if not group:
        return f"among {words.number(members)} with a position on {words.day(as_of)}"
    if not members:
        return f"among the {group} members, of whom there were none on {words.day(as_of)}"
    return f"among the {words.plural(members, f'{group} member')} on {words.day(as_of)}"


# Two names, and how many pairs are as far apart, as that is printed.
Pair = tuple[str, str, int]


def matrix_headline(near: Pair | None, far: Pair | None) -> str:
    """Say who is nearest to whom, and who is the furthest from whom; and how many others are."""
    if near is None or far is None:
        return "No two can be compared"
    return f"{_nearest(near)}; {_nearest(far, 'the furthest apart')}"


def _nearest(pair: Pair, text: str = "nearest to each other") -> str:
    one, other, alike = pair
    are = f"{words.sentence_start(one)} and {other} are {text}"
    if alike == 1:
        return are
    return f"{are}, as {'is' if alike == 2 else 'are'} {words.plural(alike - 1, 'other pair')}"


def matrix_subtitle(
    codebook: Codebook, group: str, actors: int, period: tuple[words.Day, words.Day]
) -> str:
    """Say what the matrix shows, standing alone. `group`: empty for every actor with a position."""
    when = f"{words.day(period[0])} to {words.day(period[1])}"
    among = f"{group} members" if group else "countries and bodies with a position"
    return (
        f"How far apart each two {among} are on {codebook.subject}, on average, {when}. "
        f"Compared: {words.number(actors)}."
    )


def matrix_alt(near: Pair | None, far: Pair | None, text: int, blank: int) -> str:
    """Return the matrix for those who cannot see it: nearest and furthest pair, each with how many
    pairs share its distance as it is printed; how many can be told.
    """
    if near is None or far is None:
        return "Matrix of distances: no two can be compared."
    left = f" Left blank: {words.plural(blank, 'pair')}." if blank else ""
    return (
        f"Matrix of distances of {words.plural(text + blank, 'pair')}. Nearest: {_pair(*near)}; "
        f"furthest: {_pair(*far)}.{left}"
    )


def _pair(one: str, other: str, alike: int) -> str:
    more = f", as {words.plural(alike - 1, 'other pair')}" if alike > 1 else ""
    return f"{one} and {other}{more}"


def omission_note(names: Sequence[str]) -> str:
    """Say who is not in the matrix."""
    return (
        f"Not in the matrix, as {words.it(len(names))} can be compared with nobody: "
        f"{words.listing(names)}."
    )
