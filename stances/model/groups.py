"""Membership of groups over time, and what the stances of their members come to.

A group has no stance of its own: it has the mean of its members on that date, each by its
certainty and once more with all alike, how far apart they are, and how many of them have a position
at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import Scale
from stances.model.lifetimes import Bools, Floats, Ints, places
from stances.model.stance import StanceArrays, level_of, round_stance


def group_names(memberships: pd.DataFrame) -> list[str]:
    """Return the names of all groups, in order of the table."""
    return list(dict.fromkeys(memberships["group"]))


@dataclass(frozen=True)
class Terms:
    """The memberships of some actors in a group, ready to be asked often: one element a term, of
    which an actor that left and joined again has several. `place`: of the actor in the list of all
    that `terms` was given; `joined`: the first day; `left`: the first day on which it belonged no
    more, missing (NaT) where it still belongs.
    """

    place: Ints
    joined: NDArray[np.datetime64]
    left: NDArray[np.datetime64]

    def on(self, day: date) -> Ints:
        """Return the places of the actors who belonged on a day, ascending."""
        holds = self._hold(np.datetime64(day, "s"))
        return np.unique(self.place[holds])

    def mask(self, days: Sequence[date], actors: int) -> Bools:
        """Say of each actor whether it belonged on each of `days`: days x actors; `actors`: how
        many there are.
        """
        then = np.array(days, "datetime64[s]")
        # Days x terms.
        holds = self._hold(then[:, np.newaxis])
        shape = (len(days), actors)
        mask = np.zeros(shape, bool)
        for term, actor_place in enumerate(self.place):
            # Or: an actor may have another term in the same group.
            mask[:, actor_place] |= holds[:, term]
        return mask

    def _hold(self, then: Any) -> Bools:
        """Say of each term whether it holds on a day, or on each of a column of days."""
        has_joined = self.joined <= then
        # A missing day compares as false: who has not left has no day of leaving.
        has_left = self.left <= then
        holds: Bools = has_joined & ~has_left
        return holds


def terms(memberships: pd.DataFrame, group: str, actors: Sequence[str]) -> Terms:
    """Return the terms of a group, of those of `actors` who ever belonged to it. `memberships`: the
    table: group, actor, joined, left.
    """
    is_chosen = memberships["group"] == group
    is_chosen &= memberships["actor"].isin(actors)
    rows = memberships[is_chosen]
    return Terms(
        place=places(rows["actor"], actors),
        joined=rows["joined"].to_numpy("datetime64[s]"),
        left=rows["left"].to_numpy("datetime64[s]"),
    )


def member_means(arrays: StanceArrays, column: int, belongs: Bools) -> dict[str, NDArray[Any]]:
    """Return what members come to in a column of `arrays` (0: overall), an element a day: members,
    with_position, mean, low, high, as in `group_figures`, not rounded. `belongs` (who is a member):
    days x actors.
    """
    stance = arrays.stance[:, :, column]
    low = arrays.low[:, :, column]
    high = arrays.high[:, :, column]
    certainty = arrays.certainty[:, :, column]
    known = belongs & ~np.isnan(stance)
    return {
        "members": belongs.sum(axis=1),
        "with_position": known.sum(axis=1),
        "mean": _mean(stance, certainty, known),
        "low": _mean(low, certainty, known),
        "high": _mean(high, certainty, known),
    }


def group_figures(
    arrays: StanceArrays,
    column: int,
    belongs: Bools,
    scale: Scale,
) -> pd.DataFrame:
    """Return the figures of members in a column of `arrays` (0: overall), one row a day.

    Columns: date, members, with_position, mean, low, high (the mean of the members' ends), median,
    spread (population standard deviation), restricting and open (numbers of members), mean_plain.
    Mean, low, high and spread weigh each member by its certainty, so that one whose position fades
    does not drop out in a day; median and mean_plain take all alike. NaN where no member has a
    position. `belongs` (who is a member): days x actors.
    """
    means = member_means(arrays, column, belongs)
    stance = arrays.stance[:, :, column]
    certainty = arrays.certainty[:, :, column]
    known = belongs & ~np.isnan(stance)
    # By pandas: numpy would warn where nobody has a position and the median is missing.
    median = pd.DataFrame(stance).where(known).median(axis=1)

    mean = means["mean"]
    deviation = stance - mean[:, np.newaxis]
    variance = _mean(deviation**2, certainty, known)
    spread = np.sqrt(variance)
    # As weights, True is 1: all who are known weigh alike.
    mean_plain = _mean(stance, known, known)

    level = level_of(stance)
    is_restricting = known & (level <= scale.restricting)
    is_open = known & (level >= scale.open)
    columns = {
        "date": np.array(arrays.days, "datetime64[s]"),
        "members": means["members"],
        "with_position": means["with_position"],
        "mean": round_stance(mean),
        "low": round_stance(means["low"]),
        "high": round_stance(means["high"]),
        "median": round_stance(median),
        "spread": round_stance(spread),
        "restricting": is_restricting.sum(axis=1),
        "open": is_open.sum(axis=1),
        "mean_plain": round_stance(mean_plain),
    }
    return pd.DataFrame(columns)


def _mean(values: Floats, weight: NDArray[Any], known: Bools) -> Floats:
    """Return the weighted mean of those known on each day; missing (NaN) where nobody is. All
    three: days x actors.
    """
    # The stance of who is not known may be NaN, and NaN times 0 is no 0.
    values = np.where(known, values, 0.0)
    weight = np.where(known, weight, 0.0)
    weighted = values * weight
    total = weighted.sum(axis=1)
    total_weight = weight.sum(axis=1)
    # On a day on which nobody has a position 0 is divided by 0, which is missing.
    with np.errstate(invalid="ignore"):
        mean: Floats = total / total_weight
    return mean
