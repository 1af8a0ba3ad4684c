"""Runs of the script take turns."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from stances.ui import slot
from stances.ui.slot import in_turn


class Runs:
    """Counts the runs that are under way at the same time."""

    def __init__(self) -> None:
        self.most = self._now = 0
        self._lock = Lock()

    def go(self, wait: float) -> None:
        """Run in a turn, and compute for so many seconds."""
        with in_turn():
            with self._lock:
                self._now += 1
                self.most = max(self.most, self._now)
            Event().wait(wait)
            with self._lock:
                self._now -= 1


def test_no_more_than_so_many_run_at_a_time_and_all_do() -> None:
    runs = Runs()
    with ThreadPoolExecutor(12) as pool:
        done = [pool.submit(runs.go, 0.01) for _ in range(12)]
    assert [each.result() for each in done] == [None] * 12
    assert runs.most == slot._AT_ONCE


def test_a_run_that_fails_or_is_broken_off_gives_its_turn_back() -> None:
    for _ in range(slot._AT_ONCE + 1):
        with pytest.raises(KeyboardInterrupt), in_turn():
            raise KeyboardInterrupt
    Runs().go(0)


def test_runs_that_hang_keep_nobody_waiting_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slot, "_PATIENCE_SECONDS", 0.05)
    let, hanging = Event(), Barrier(slot._AT_ONCE + 1)

    def hang() -> None:
        with in_turn():
            hanging.wait(10)
            assert let.wait(10)

    with ThreadPoolExecutor(slot._AT_ONCE) as pool:
        done = [pool.submit(hang) for _ in range(slot._AT_ONCE)]
        hanging.wait(10)
        with in_turn():
            pass
        let.set()
    assert [each.result() for each in done] == [None] * slot._AT_ONCE
    monkeypatch.undo()
    runs = Runs()
    with ThreadPoolExecutor(6) as pool:
        for _ in range(6):
            pool.submit(runs.go, 0.01)
    assert runs.most == slot._AT_ONCE, "a turn was given back twice, or not at all"
