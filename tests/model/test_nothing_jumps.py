"""Between two days on which nothing begins, ends or lapses, and nobody joins, no figure jumps."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from stances.answers.tracker import Tracker
from stances.model.groups import group_figures
from stances.model.lifetimes import Bools
from stances.model.stance import StanceArrays

FIRST = date(2018, 1, 1)
# What time alone may do to a figure in a day, in points of the scale.
MOST, MOST_OF_A_GROUP = 0.01, 0.02
BLOCK = 366


def happened(tracker: Tracker, days: list[date]) -> Bools:
    """On which days an event came in, or an act ended or lapsed: days x actors x columns."""
    model, shape = tracker.model, (len(days), len(tracker.actors), len(tracker.codebook.columns))
    cells, first = np.zeros(shape, bool), np.datetime64(days[0], "D")
    for actor in tracker.actors:
        place, own = model.place(actor), model.events[model.events["actor"] == actor]
        for domain in model.codebook.domains:
            begins = own.loc[own["domain"] == domain, "date"]
            ends = model.acts(actor, domain)["until"].dropna()
            steps = np.concatenate([begins, ends]).astype("datetime64[D]") - first
            steps = steps.astype(int)
            inside = steps[(steps >= 0) & (steps < len(days))]
            cells[inside, place, model.column(domain)] = True
    cells[:, :, 0] = cells.any(axis=2)
    return cells


def jumps(arrays: StanceArrays, acted: Bools) -> Bools:
    """Which actors move by more than MOST on a day on which nothing happened."""
    size = np.nan_to_num(np.abs(np.diff(arrays.stance, axis=0)))
    return (size > MOST) & ~acted[1:]


def jumps_of_groups(tracker: Tracker, arrays: StanceArrays, acted: Bools) -> list[str]:
    found = []
    for group, terms in tracker.terms.items():
        belongs = terms.mask(arrays.days, len(tracker.actors))
        joined = (belongs[1:] != belongs[:-1]).any(axis=1)
        for column, domain in enumerate(tracker.codebook.columns):
            mean = group_figures(arrays, column, belongs, tracker.codebook.scale)["mean"]
            size = np.abs(np.diff(mean.to_numpy()))
            still = ~joined & ~(acted[1:, :, column] & belongs[1:]).any(axis=1)
            days = np.flatnonzero((size > MOST_OF_A_GROUP) & still)
            found += [f"{group} {domain} {arrays.days[day + 1]}" for day in days]
    return found


def test_no_stance_and_no_mean_moves_by_itself_in_a_day(tracker: Tracker) -> None:
    last = tracker.data.today
    days = [FIRST + timedelta(days=n) for n in range((last - FIRST).days + 1)]
    acted, compared = happened(tracker, days), 0
    for at in range(0, len(days) - 1, BLOCK):
        block = slice(at, at + BLOCK + 1)
        arrays = tracker.model.arrays(days[block])
        for day, actor, column in zip(*np.nonzero(jumps(arrays, acted[block])), strict=True):
            raise AssertionError(f"{tracker.actors[actor]} {column} {arrays.days[day + 1]}")
        assert jumps_of_groups(tracker, arrays, acted[block]) == []
        compared += int((~np.isnan(arrays.stance)).sum())
    assert compared > 500_000


def test_a_jump_is_found(tracker: Tracker) -> None:
    """The guard of the test above: what it looks for is seen where it is put."""
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(20)]
    arrays, quiet = tracker.model.arrays(days), np.zeros((20, len(tracker.actors), 6), bool)
    arrays.stance[10:] += 2 * MOST_OF_A_GROUP
    assert jumps(arrays, quiet).any()
    assert jumps_of_groups(tracker, arrays, quiet)
    quiet[10] = True
    assert not jumps(arrays, quiet)[9].any()
