"""Who belonged to which group when, and what the stances of its members come to.

A group has no stance of its own: it has the mean of its members on that date, how far apart they
are, and how many of them have a position at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.faults import BadInput, shown
from stances.model import Floats, StanceArrays, level_of, rounded

# A member restricts from this level down, and is open from this level up.
RESTRICTING_LEVEL = -2
OPEN_LEVEL = 1


@dataclass(frozen=True)
class GroupFigures:
    """The figures of a group on one day, for one domain or overall.

    `mean`, `median` and `spread` (population standard deviation) are NaN where no member has a
    position; `with_position`, `restricting` and `open` are numbers of members.
    """

    members: int
    with_position: int
    mean: float
    median: float
    spread: float
    restricting: int
    open: int


def group_names(memberships: pd.DataFrame) -> list[str]:
    """The names of all groups, in order of the table."""
    return list(dict.fromkeys(memberships["group"]))


def members(memberships: pd.DataFrame, group: str, day: date) -> list[str]:
    """The actors that belonged to the group on a day; the day of leaving is not one of them.

    Raises BadInput for a group that is not in the table.
    """
    # Arrays, not frames: this runs for every group at every step of the date.
    of_group = memberships["group"].to_numpy() == group
    if not of_group.any():
        allowed = ", ".join(group_names(memberships))
        raise BadInput(f"group {shown(group)} is not one of: {allowed}")
    on = np.datetime64(day, "s")
    joined = memberships["joined"].to_numpy() <= on
    left = memberships["left"].to_numpy() <= on
    return sorted(set(memberships["actor"].to_numpy()[of_group & joined & ~left]))


def members_between(memberships: pd.DataFrame, group: str, first: date, last: date) -> list[str]:
    """The actors that belonged to the group on any day from `first` to `last`, both included."""
    table = memberships[memberships["group"] == group]
    left = table["left"].isna() | (table["left"] > pd.Timestamp(first))
    return sorted(set(table.loc[left & (table["joined"] <= pd.Timestamp(last)), "actor"]))


def group_figures(stances: Floats) -> GroupFigures:
    """The figures of members whose stances are given, NaN for those without a position."""
    known = stances[~np.isnan(stances)]
    if not len(known):
        return GroupFigures(len(stances), 0, np.nan, np.nan, np.nan, 0, 0)
    level = level_of(known)
    return GroupFigures(
        members=len(stances),
        with_position=len(known),
        mean=float(rounded(known.mean())),
        median=float(rounded(np.median(known))),
        spread=float(rounded(known.std())),
        restricting=int((level <= RESTRICTING_LEVEL).sum()),
        open=int((level >= OPEN_LEVEL).sum()),
    )


def membership_mask(
    memberships: pd.DataFrame, group: str, actors: Sequence[str], days: Sequence[date]
) -> NDArray[np.bool_]:
    """Who of `actors` belonged to the group on each of `days`: an array of days x actors."""
    rows = [np.isin(actors, members(memberships, group, day)) for day in days]
    return np.array(rows).reshape(len(days), len(actors))


def group_series(
    memberships: pd.DataFrame, group: str, actors: Sequence[str], arrays: StanceArrays, column: int
) -> pd.DataFrame:
    """The figures of a group over time: date, mean, median, spread, members, with_position,
    restricting and open, one row a day of `arrays`.

    `column`: 0 for overall, then the domains in codebook order.
    """
    mask = membership_mask(memberships, group, actors, arrays.days)
    stances = arrays.stance[:, :, column]
    figures = [group_figures(row[belongs]) for row, belongs in zip(stances, mask, strict=True)]
    table = pd.DataFrame([vars(figure) for figure in figures])
    table.insert(0, "date", np.array(arrays.days, "datetime64[s]"))
    return table
