"""The work that is done in the background while a visitor looks."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest

from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.codebook import OVERALL
from stances.dataset.tables import Dataset
from stances.links.view import view_at
from stances.pages.map import around_map
from stances.queues.runs import RunQueue
from stances.ui.views.map.ahead import make_ahead
from stances.ui.views.map.stance_map import map_figure, neighbours
from tests.folders import Folder


def test_a_job_is_done_and_those_that_find_no_room_are_dropped() -> None:
    done, blocked, released = Event(), Event(), Event()

    def block() -> None:
        blocked.set()
        released.wait(10)

    make_ahead(block)
    assert blocked.wait(10)
    ran: list[int] = []
    for number in range(100):
        make_ahead(lambda number=number: ran.append(number))  # type: ignore[misc]
    released.set()
    make_ahead_until(done)
    assert ran == list(range(len(ran)))
    assert 0 < len(ran) < 100


def make_ahead_until(done: Event) -> None:
    """Offer a last job until there is room for it, and wait until it is done."""
    for _ in range(100):
        make_ahead(done.set)
        if done.wait(0.2):
            return
    raise AssertionError("the jobs are not done")


def _cache_misses(tracker: Tracker) -> int:
    """Return how often something had to be made of a tracker."""
    return tracker._remembered.cache_info().misses


def test_a_step_finds_the_months_beside_a_day(real: Dataset) -> None:
    tracker, months = tracker_under(real, None), real.months
    query = {"domain": "trade", "view": "world", "as_of": str(months[50])}
    neighbours(replace(view_at(real, "", query), mode="dark"))
    made = _cache_misses(tracker)
    for month in months[49:52]:
        tracker.remember(map_figure, month, "trade", "world", "dark", None)
        tracker.remember(around_map, month, "trade", "world")
    assert _cache_misses(tracker) == made


@pytest.mark.parametrize(("at", "beside", "beyond"), [(0, 1, 2), (-1, -2, -3)])
def test_the_first_and_the_last_day_have_one_neighbour(
    folder: Folder, at: int, beside: int, beyond: int
) -> None:
    data = folder.load()
    tracker, months = tracker_under(data, None), data.months
    view = view_at(data, "", {"domain": OVERALL, "as_of": str(months[at])})
    neighbours(replace(view, mode="light"))
    made = _cache_misses(tracker)
    for month in (months[at], months[beside]):
        tracker.remember(map_figure, month, OVERALL, "europe", "light", None)
    assert _cache_misses(tracker) == made
    tracker.remember(map_figure, months[beyond], OVERALL, "europe", "light", None)
    assert _cache_misses(tracker) > made


def test_no_job_is_done_while_a_visitor_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    waits, looked, done = Event(), Event(), Event()
    waits.set()

    def waiting_seconds(_: RunQueue) -> float:
        looked.set()
        return 1.0 if waits.is_set() else 0.0

    monkeypatch.setattr(RunQueue, "waiting_seconds", waiting_seconds)
    make_ahead(done.set)
    assert looked.wait(10)
    assert not done.is_set()
    waits.clear()
    assert done.wait(10)


def test_a_job_that_fails_is_told_and_the_next_is_done(caplog: pytest.LogCaptureFixture) -> None:
    done = Event()
    make_ahead(lambda: 1 / 0)
    make_ahead_until(done)
    assert "ZeroDivisionError" in caplog.text
