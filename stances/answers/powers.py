"""Who can limit the subject, has used a rule, or holds a power: one table for the headline of the
map and the headings of groups.

A power is not yet a measure: by its level a rule *can* limit the subject, and it is *used* from the
day of its first known use on. Never "unused": that none is known does not say that there was none.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# What is said of a single member of a kind, and of several.
SAYINGS = {
    "limits": ("can limit {subject}", "can limit {subject}"),
    "used": ("has used a rule", "have used a rule"),
    "power": ("holds a power, no use known", "hold a power, no use known"),
    "single": ("has decided a single case", "have decided single cases"),
    "case": ("has an open case", "have an open case"),
    "none": ("has no rule that limits {subject}", "have no rule that limits {subject}"),
}
# The kinds that each member is of one of, in the order of headings.
PARTS = [
    "used",
    "power",
    "single",
    "case",
    "none",
]


def kinds(members: pd.DataFrame) -> dict[str, pd.Series]:
    """Return of which kinds each of some members is: truths for each of SAYINGS. `members`: rows
    with the flags of practice, as `Tracker.position` has them.
    """
    limits = members["limits"]
    used = members["used"]
    single = members["single"]
    case = members["case"]
    # `used` may be of an open case, which is no rule, and is taken out here; who is `single` has
    # neither `used` nor `case`. So each member is of one of PARTS, and all but "none" are of
    # "limits" too.
    return {
        "limits": limits,
        "used": used & ~case,
        "power": limits & ~(used | single | case),
        "single": single,
        "case": case,
        "none": ~limits,
    }


def counts(members: pd.DataFrame) -> dict[str, int]:
    """Return how many of some members are of each kind."""
    counts = {}
    for code, is_of_kind in kinds(members).items():
        counts[code] = int(is_of_kind.sum())
    return counts


def say(
    code: str,
    count: int,
    subject: str = "",
    number: str = "",
) -> str:
    """Say how many are of a kind, one of SAYINGS: 11 have used a rule. `subject`: needed of
    "limits"; `number`: the count in other words.
    """
    singular, plural = SAYINGS[code]
    text = singular if count == 1 else plural
    text = text.format(subject=subject)
    if not number:
        number = str(count)
    return f"{number} {text}"


def kind_of(members: pd.DataFrame) -> NDArray[np.str_]:
    """Return what each member comes to, one of PARTS: "used", "power" (held, no use known), ..."""
    truths = kinds(members)
    is_of_part = [truths[part] for part in PARTS]
    return np.select(is_of_part, PARTS, "")
