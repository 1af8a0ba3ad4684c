"""Between two days on which nothing begins, ends or lapses, and nobody joins, no figure jumps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

import stances
from stances.dataset.codebook import OVERALL
from stances.model.groups import group_names, group_series, membership_mask
from stances.model.lifetimes import Bools
from stances.model.stance import Model, StanceArrays

FIRST = date(2018, 1, 1)
# What time alone may do to a figure in a day, in points of the scale.
MOST, MOST_OF_A_GROUP = 0.01, 0.02
# Days whose arrays are held at once.
BLOCK = 256


class Walk(NamedTuple):
    """Consecutive days: their arrays, and on which of them something happened: days x actors x
    (overall, then the domains).
    """

    arrays: StanceArrays
    happened: Bools


def every_day(data: stances.Dataset) -> Iterator[Walk]:
    """All days from FIRST to today in blocks, each of which begins with the last day of the one
    before.
    """
    count = (data.today - FIRST).days + 1
    steps = _steps(data.model)
    for start in range(0, count - 1, BLOCK):
        days = [FIRST + timedelta(days=n) for n in range(start, min(start + BLOCK + 1, count))]
        yield Walk(data.model.arrays(days), _cells_with_steps(data.model, days, steps))


Step = tuple[NDArray[np.datetime64], int, int]


def _steps(model: Model) -> list[Step]:
    """For each actor and domain the days on which an event begins, or an act ends or lapses."""
    result = []
    for place, actor in enumerate(model.actors):
        own = model.events[model.events["actor"] == actor]
        for domain in model.domains:
            begins = own.loc[own["domain"] == domain, "date"].to_numpy("datetime64[D]")
            ends = model.acts(actor, domain)["until"].dropna().to_numpy("datetime64[D]")
            result.append((np.union1d(begins, ends), place, model.column(domain)))
    return result


def _cells_with_steps(model: Model, days: list[date], steps: list[Step]) -> Bools:
    happened = np.zeros((len(days), len(model.actors), 1 + len(model.domains)), bool)
    for when, place, column in steps:
        happened[:, place, column] = np.isin(np.array(days, "datetime64[D]"), when)
    happened[:, :, model.column(OVERALL)] = happened.any(axis=2)
    return happened


def _largest(data: stances.Dataset, walk: Walk) -> list[str]:
    """The moves of actors that are too large, as a line each."""
    size = np.abs(np.diff(walk.arrays.stance, axis=0))
    size[walk.happened[1:] | np.isnan(size)] = 0.0
    columns = (OVERALL, *data.model.domains)
    return [
        f"{data.model.actors[actor]} {columns[column]} {walk.arrays.days[day + 1]}: "
        f"{size[day, actor, column]:.4f}"
        for day, actor, column in zip(*np.nonzero(size > MOST), strict=True)
    ]


def _largest_of_groups(data: stances.Dataset, walk: Walk) -> list[str]:
    """The moves of the means of groups that are too large, as a line each."""
    lines, days = [], walk.arrays.days
    for group in group_names(data.memberships):
        mask = membership_mask(data.memberships, group, data.model.actors, days)
        joined = (mask[1:] != mask[:-1]).any(axis=1)
        for column, domain in enumerate((OVERALL, *data.model.domains)):
            series = group_series(data.memberships, group, data.model, walk.arrays, domain)
            size = np.abs(np.diff(series["mean"].to_numpy()))
            acted = (walk.happened[1:, :, column] & mask[1:]).any(axis=1)
            large = np.flatnonzero((size > MOST_OF_A_GROUP) & ~acted & ~joined)
            lines += [f"{group} {domain} {days[n + 1]}: {size[n]:.4f}" for n in large]
    return lines


@pytest.fixture
def walks(real: stances.Dataset) -> list[Walk]:
    return _walks(real)


@cache
def _walks(data: stances.Dataset) -> list[Walk]:
    return list(every_day(data))


def test_no_stance_moves_by_itself_in_a_day(real: stances.Dataset, walks: list[Walk]) -> None:
    result, compared = [], 0
    for walk in walks:
        result += _largest(real, walk)
        compared += int((~np.isnan(walk.arrays.stance[1:])).sum())
    assert compared > 0
    assert not result, "\n" + "\n".join(result)


def test_no_mean_of_a_group_moves_by_itself_in_a_day(
    real: stances.Dataset, walks: list[Walk]
) -> None:
    result = [line for walk in walks for line in _largest_of_groups(real, walk)]
    assert not result, "\n" + "\n".join(result)


def test_a_jump_of_an_actor_and_of_a_group_is_found(real: stances.Dataset) -> None:
    """The guard of the two tests above: what they look for is seen where it is put."""
    walk = next(every_day(real))
    walk.happened[:] = False
    walk.arrays.stance[BLOCK // 2 :] += 2 * MOST_OF_A_GROUP
    assert _largest(real, walk)
    assert _largest_of_groups(real, walk)
