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
from stances.model.lifetimes import Bools, Floats
from stances.model.stance import StanceArrays, level_of, round_stance


def group_names(memberships: pd.DataFrame) -> list[str]:
    """Return the names of all groups, in order of the table."""
    return list(dict.fromkeys(memberships["group"]))


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

    def mask(self, days: Sequence[date], actors: int) -> Bools:
        """Return who belonged on each of `days`: days x actors."""
        mask = np.zeros((len(days), actors), bool)
        for row, day in zip(mask, days, strict=True):
            row[self.on(day)] = True
        return mask


def terms(memberships: pd.DataFrame, group: str, actors: Sequence[str]) -> Terms:
    """Return the terms of a group, of those of `actors` who ever belonged to it."""
    rows = memberships[(memberships["group"] == group) & memberships["actor"].isin(actors)]
    return Terms(
        pd.Index(actors).get_indexer(pd.Index(rows["actor"])).astype(np.int64),
        rows["joined"].to_numpy("datetime64[s]"),
        rows["left"].to_numpy("datetime64[s]"),
    )


def group_figures(arrays: StanceArrays, column: int, belongs: Bools, scale: Scale) -> pd.DataFrame:
    """Return the figures of members in a column of `arrays` (0: overall), one row a day.

    Columns: date, members, with_position, mean, low, high (the mean of the members' ends), median,
    spread (population standard deviation), restricting and open (numbers of members), mean_plain.
    Mean, low, high and spread weigh each member by its certainty, so that one whose position fades
    does not drop out in a day; median and mean_plain take all alike. NaN where no member has a
    position. `belongs` (who is a member): days x actors.
    """
    stance, certainty = arrays.stance[:, :, column], arrays.certainty[:, :, column]
    known = belongs & ~np.isnan(stance)
    weight = np.where(known, certainty, 0.0)

    def mean_of(values: Floats) -> Floats:
        mean: Floats = (weight * np.where(known, values, 0.0)).sum(axis=1) / weight.sum(axis=1)
        return mean

    with np.errstate(invalid="ignore"):
        mean = mean_of(stance)
        plain = np.where(known, stance, 0.0).sum(axis=1) / known.sum(axis=1)
        spread = np.sqrt(mean_of((stance - mean[:, np.newaxis]) ** 2))
        ends = [mean_of(end[:, :, column]) for end in (arrays.low, arrays.high)]
    level = level_of(stance)
    figures: dict[str, Any] = {
        "date": np.array(arrays.days, "datetime64[s]"),
        "members": belongs.sum(axis=1),
        "with_position": known.sum(axis=1),
        "mean": round_stance(mean),
        "low": round_stance(ends[0]),
        "high": round_stance(ends[1]),
        "median": round_stance(_median(stance, known)),
        "spread": round_stance(spread),
        "restricting": (known & (level <= scale.restricting)).sum(axis=1),
        "open": (known & (level >= scale.open)).sum(axis=1),
        "mean_plain": round_stance(plain),
    }
    return pd.DataFrame(figures)


def _median(stances: Floats, known: Bools) -> Floats:
    """Return the median of those known on each day; missing where nobody is."""
    if not stances.shape[1]:
        return np.full(len(stances), np.nan)
    # Missing ones are sorted last; the middle of the others is one of them, or lies between two.
    ranked, number = np.sort(np.where(known, stances, np.nan), axis=1), known.sum(axis=1)
    day = np.arange(len(stances))
    median: Floats = (ranked[day, (number - 1) // 2] + ranked[day, number // 2]) / 2
    return median
