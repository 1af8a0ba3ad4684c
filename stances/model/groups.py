"""Who belonged to which group when, and what the stances of its members come to.

A group has no stance of its own: it has the mean of its members on that date, how far apart they
are, and how many of them have a position at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.faults import BadInput, shown
from stances.model.lifetimes import Floats
from stances.model.stance import StanceArrays, level_of, rounded

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
    if group not in group_names(memberships):
        allowed = ", ".join(group_names(memberships))
        raise BadInput(f"group {shown(group)} is not one of: {allowed}")
    actors = sorted(set(memberships["actor"]))
    return [actors[place] for place in terms(memberships, group, actors).on(day)]


def members_between(memberships: pd.DataFrame, group: str, first: date, last: date) -> list[str]:
    """The actors that belonged to the group on any day from `first` to `last`, both included."""
    table = memberships[memberships["group"] == group]
    left = table["left"].isna() | (table["left"] > pd.Timestamp(first))
    return sorted(set(table.loc[left & (table["joined"] <= pd.Timestamp(last)), "actor"]))


def standing_for(
    memberships: pd.DataFrame, codes: Iterable[str], first: date, last: date
) -> dict[str, list[str]]:
    """The actors that each of some codes stands for in a period, both days included: an actor for
    itself, a group for whoever belonged to it on any of its days.
    """
    names = group_names(memberships)
    return {
        code: members_between(memberships, code, first, last) if code in names else [code]
        for code in codes
    }


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


@dataclass(frozen=True)
class Terms:
    """Who of some actors belonged to a group and when, ready to be asked often: one element a
    membership. `place`: of the actor; `joined`, `left`: days, the latter exclusive, or missing.
    """

    place: NDArray[np.int64]
    joined: NDArray[np.datetime64]
    left: NDArray[np.datetime64]

    def on(self, day: date) -> NDArray[np.int64]:
        """The places of those who belonged on a day, ascending."""
        then = np.datetime64(day, "s")
        return np.unique(self.place[(self.joined <= then) & ~(self.left <= then)])


def terms(memberships: pd.DataFrame, group: str, actors: Sequence[str]) -> Terms:
    """The terms of a group, of those of `actors` who ever belonged to it."""
    rows = memberships[(memberships["group"] == group) & memberships["actor"].isin(actors)]
    places = {actor: place for place, actor in enumerate(actors)}
    return Terms(
        np.array([places[actor] for actor in rows["actor"]], np.int64),
        rows["joined"].to_numpy("datetime64[s]"),
        rows["left"].to_numpy("datetime64[s]"),
    )


def membership_mask(
    memberships: pd.DataFrame, group: str, actors: Sequence[str], days: Sequence[date]
) -> NDArray[np.bool_]:
    """Who of `actors` belonged to the group on each of `days`: an array of days x actors."""
    mask, of_group = np.zeros((len(days), len(actors)), bool), terms(memberships, group, actors)
    for row, day in zip(mask, days, strict=True):
        row[of_group.on(day)] = True
    return mask


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
