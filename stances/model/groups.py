"""Membership of groups over time, and what the stances of their members come to.

A group has no stance of its own: it has the mean of its members on that date, each by its
certainty and once more with all alike, how far apart they are, and how many of them have a position
at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import Scale
from stances.dataset.faults import BadInput, inline
from stances.model.lifetimes import Bools, Floats, Ints
from stances.model.stance import Model, StanceArrays, level_of, round_stance


@dataclass(frozen=True)
class GroupFigures:
    """The figures of a group on one day, for one domain or overall.

    `mean` and `spread` (population standard deviation) weigh each member by its certainty, so that
    one whose position fades does not drop out in a day; `median` and `mean_plain` take all alike.
    All four are NaN where no member has a position. `with_position`, `restricting` and `open` are
    numbers of members.
    """

    members: int
    with_position: int
    mean: float
    median: float
    spread: float
    restricting: int
    open: int
    mean_plain: float


def group_names(memberships: pd.DataFrame) -> list[str]:
    """Return the names of all groups, in order of the table."""
    return list(dict.fromkeys(memberships["group"]))


def members(memberships: pd.DataFrame, group: str, day: date) -> list[str]:
    """Return the actors that belonged to the group on a day; the day of leaving is not one
    of them.

    Raises BadInput for a group that is not in the table.
    """
    if group not in group_names(memberships):
        allowed = ", ".join(group_names(memberships))
        raise BadInput(f"group {inline(group)} is not one of: {allowed}")
    actors = sorted(set(memberships["actor"]))
    return [actors[place] for place in terms(memberships, group, actors).on(day)]


def members_between(memberships: pd.DataFrame, group: str, first: date, last: date) -> list[str]:
    """Return who belonged to the group on any day from `first` to `last`, both included."""
    table = memberships[memberships["group"] == group]
    left = table["left"].isna() | (table["left"] > pd.Timestamp(first))
    return sorted(set(table.loc[left & (table["joined"] <= pd.Timestamp(last)), "actor"]))


def standing_for(
    memberships: pd.DataFrame, codes: Iterable[str], first: date, last: date
) -> dict[str, list[str]]:
    """Return the actors that each of some codes stands for in a period, both days included: an
    actor for itself, a group for whoever belonged to it on any of its days.
    """
    names = group_names(memberships)
    return {
        code: members_between(memberships, code, first, last) if code in names else [code]
        for code in codes
    }


def group_figures(stances: Floats, certainty: Floats, scale: Scale) -> GroupFigures:
    """Return the figures of members whose stances (NaN: no position) and certainties are given."""
    everyone = np.ones((1, len(stances)), bool)
    columns = _columns(stances[np.newaxis], certainty[np.newaxis], everyone, scale)
    return GroupFigures(**{name: values[0].item() for name, values in columns.items()})


def figures_on(
    arrays: StanceArrays, place: int, members: Ints, column: int, scale: Scale
) -> GroupFigures:
    """Return the figures of some actors, by their places, on the day at a place of
    `arrays`.

    `column`: 0 for overall, then the domains.
    """
    stance, certainty = arrays.stance[place, :, column], arrays.certainty[place, :, column]
    return group_figures(stance[members], certainty[members], scale)


def _columns(
    stances: Floats, certainty: Floats, belongs: Bools, scale: Scale
) -> dict[str, NDArray[Any]]:
    """Return the figures of a group on T days, by the names of GroupFigures: arrays of T.

    `stances` (NaN: no position), `certainty` and `belongs` (who is a member): T x actors.
    """
    known = belongs & ~np.isnan(stances)
    weight, score = np.where(known, certainty, 0.0), np.where(known, stances, 0.0)
    with np.errstate(invalid="ignore"):
        mean = (weight * score).sum(axis=1) / weight.sum(axis=1)
        plain = score.sum(axis=1) / known.sum(axis=1)
        square = (weight * (score - mean[:, np.newaxis]) ** 2).sum(axis=1) / weight.sum(axis=1)
    level = level_of(stances)
    return {
        "members": belongs.sum(axis=1),
        "with_position": known.sum(axis=1),
        "mean": round_stance(mean),
        "median": round_stance(_median(stances, known)),
        "spread": round_stance(np.sqrt(square)),
        "restricting": (known & (level <= scale.restricting)).sum(axis=1),
        "open": (known & (level >= scale.open)).sum(axis=1),
        "mean_plain": round_stance(plain),
    }


def _median(stances: Floats, known: Bools) -> Floats:
    """Return the median of those known on each day; missing where nobody is."""
    if not stances.shape[1]:
        return np.full(len(stances), np.nan)
    # Missing ones are sorted last; the middle of the others is one of them, or lies between two.
    ranked, number = np.sort(np.where(known, stances, np.nan), axis=1), known.sum(axis=1)
    day = np.arange(len(stances))
    median: Floats = (ranked[day, (number - 1) // 2] + ranked[day, number // 2]) / 2
    return median


@dataclass(frozen=True)
class Terms:
    """The memberships of some actors in a group, ready to be asked often: one element each.
    `place`: of the actor; `joined`, `left`: days, the latter exclusive, or missing.
    """

    place: NDArray[np.int64]
    joined: NDArray[np.datetime64]
    left: NDArray[np.datetime64]

    def on(self, day: date) -> NDArray[np.int64]:
        """Return the places of those who belonged on a day, ascending."""
        then = np.datetime64(day, "s")
        return np.unique(self.place[(self.joined <= then) & ~(self.left <= then)])


def terms(memberships: pd.DataFrame, group: str, actors: Sequence[str]) -> Terms:
    """Return the terms of a group, of those of `actors` who ever belonged to it."""
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
    """Return who of `actors` belonged to the group on each of `days`: an array of days x actors."""
    mask, of_group = np.zeros((len(days), len(actors)), bool), terms(memberships, group, actors)
    for row, day in zip(mask, days, strict=True):
        row[of_group.on(day)] = True
    return mask


def group_series(
    memberships: pd.DataFrame, group: str, model: Model, arrays: StanceArrays, domain: str
) -> pd.DataFrame:
    """Return the figures of a group over time: date and those of GroupFigures, one row a day of
    `arrays` (of `model`). `mean` and `spread` weigh each member by its certainty, `mean_plain` does
    not. Raises BadInput for an unknown domain.
    """
    mask = membership_mask(memberships, group, model.actors, arrays.days)
    column, scale = model.column(domain), model.codebook.scale
    figures = _columns(arrays.stance[:, :, column], arrays.certainty[:, :, column], mask, scale)
    return pd.DataFrame({"date": np.array(arrays.days, "datetime64[s]"), **figures})
