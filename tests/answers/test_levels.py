"""The days on which an actor comes to stand elsewhere, against the stance of each day by itself."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

import stances
from stances.answers.levels import level_changes
from stances.answers.practice import outlines
from stances.answers.standing import standings
from stances.answers.tracker import Tracker, tracker_under
from stances.model.stance import BASES
from tests.folders import REAL, SIX

if TYPE_CHECKING:
    from stances.answers.levels import LevelChange
    from stances.answers.standing import Standing

_SEED = 20_190_304


def map_code(row: Standing, outline: int) -> tuple[int | None, bool, bool, int]:
    """Return the level that a map shows of an actor on a day, by the stance of that day."""
    level = None if math.isnan(row.level) else int(row.level)
    return level, row.old, row.act_in_force, outline


def on(changes: tuple[LevelChange, ...], day: date) -> tuple[int | None, bool, bool, int]:
    """Return the level that a map shows of an actor on a day, by the last change up to the day."""
    last = [change for change in changes if change.day <= day][-1]
    return last.level, last.old, last.act_in_force, last.outline


def differing(tracker: Tracker, days: list[date]) -> list[tuple[date, str, str]]:
    """Where the changes tell of a day something else than its stance does."""
    return [
        (day, domain, row.actor)
        for domain in tracker.codebook.columns
        for day in days
        for row, outline in zip(
            standings(tracker, day, domain),
            outlines(tracker, day)[:, tracker.column(domain)].tolist(),
            strict=True,
        )
        if on(level_changes(tracker, domain)[row.actor], day) != map_code(row, outline)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("basis", BASES)
def test_they_tell_of_every_day_what_its_stance_does(basis: str) -> None:
    tracker = tracker_under(stances.load(SIX, today=date(2022, 6, 30)).dataset, None, basis)
    first = tracker.codebook.first_date
    days = [first + timedelta(day) for day in range((tracker.data.today - first).days + 1)]
    assert differing(tracker, days) == []


@pytest.mark.slow
@pytest.mark.parametrize("basis", BASES)
def test_they_do_on_any_day_of_the_real_data(basis: str) -> None:
    tracker = tracker_under(stances.load(REAL).dataset, None, basis)
    first, drawn = tracker.codebook.first_date, random.Random(_SEED)
    span = (tracker.data.today - first).days
    assert differing(tracker, [first + timedelta(drawn.randint(0, span)) for _ in range(40)]) == []


def test_each_changes_something_and_the_first_is_of_the_first_day() -> None:
    tracker = stances.load(REAL).tracker
    for domain in tracker.codebook.columns:
        for changes in level_changes(tracker, domain).values():
            assert changes[0].day == tracker.codebook.first_date
            assert all(a[1:] != b[1:] and a.day < b.day for a, b in pairwise(changes))
