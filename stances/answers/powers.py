"""Who can limit the subject, has used a rule, or holds a power: one table for the headline of the
map and the headings of groups.

A power is not yet a measure: by its level a rule *can* limit the subject, and it is *used* from the
day of its first known use on. Never "unused": that none is known does not say that there was none.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd


class Kind(NamedTuple):
    """A kind of members: who is of it, by the columns of `Tracker.position`, and what is said of
    one and of several.
    """

    of: Callable[[pd.DataFrame], pd.Series]
    one: str
    several: str


KINDS = {
    "limits": Kind(lambda of: of["limits"], "can limit {subject}", "can limit {subject}"),
    "used": Kind(lambda of: of["used"] & ~of["case"], "has used a rule", "have used a rule"),
    "power": Kind(
        lambda of: of["limits"] & ~(of["used"] | of["single"] | of["case"]),
        "holds a power, no use known",
        "hold a power, no use known",
    ),
    "single": Kind(
        lambda of: of["single"], "has decided a single case", "have decided single cases"
    ),
    "case": Kind(lambda of: of["case"], "has an open case", "have an open case"),
    "none": Kind(lambda of: ~of["limits"], "has no such rule", "have no such rule"),
}
# The kinds that each member is of one of, in the order of headings.
PARTS = ("used", "power", "single", "case", "none")


def counts(members: pd.DataFrame) -> dict[str, int]:
    """Return how many of some members (rows with the flags of practice) are of each kind."""
    return {code: int(kind.of(members).sum()) for code, kind in KINDS.items()}


def say(code: str, count: int, subject: str = "", number: str = "") -> str:
    """Say how many are of a kind: 11 have used a rule. `number`: the count in other words."""
    kind = KINDS[code]
    text = (kind.one if count == 1 else kind.several).format(subject=subject)
    return f"{number or count} {text}"


def kind_of(members: pd.DataFrame) -> pd.Series:
    """Return which of PARTS each member is of."""
    return pd.DataFrame({code: KINDS[code].of(members) for code in PARTS}).idxmax(axis=1)
