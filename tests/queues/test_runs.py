"""Runs of the script take turns, by the address of the visitor."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event, Lock, Thread

import pytest

from stances.queues.runs import RunQueue


class Runs:
    """Counts the runs that are under way at the same time, and tells who ran when."""

    def __init__(self, queue: RunQueue) -> None:
        self.queue = queue
        self.order: list[str] = []
        self.most = self._now = 0
        self._lock = Lock()

    def go(self, client: str, wait: float = 0.0, own: bool = False) -> None:
        """Run in a turn, and compute for so many seconds."""
        with self.queue.slot(client, own):
            with self._lock:
                self._now += 1
                self.most = max(self.most, self._now)
                self.order.append(client)
            Event().wait(wait)
            with self._lock:
                self._now -= 1

    def wait_behind_one(self, *clients: tuple[str, bool]) -> list[str]:
        """Return in which order those come who all wait while one runs, in this order."""
        let, begun = Event(), Event()

        def hold() -> None:
            with self.queue.slot("first"):
                begun.set()
                assert let.wait(10)

        threads = [Thread(target=hold)]
        threads[0].start()
        assert begun.wait(10)
        for number, (client, own) in enumerate(clients):
            threads.append(Thread(target=self.go, args=(client, 0.0, own)))
            threads[-1].start()
            while sum(map(len, self.queue._lanes)) <= number:
                time.sleep(0.001)
        let.set()
        for thread in threads:
            thread.join(10)
        return self.order


def test_one_runs_at_a_time_and_all_do() -> None:
    runs = Runs(RunQueue())
    with ThreadPoolExecutor(12) as pool:
        done = [pool.submit(runs.go, "a", 0.01) for _ in range(12)]
    assert [each.result() for each in done] == [None] * 12
    assert runs.most == 1
    assert runs.queue.waiting_seconds() == 0


def test_clients_take_turns_however_many_runs_one_of_them_asks_for() -> None:
    runs = Runs(RunQueue())
    requests = [("a", False)] * 4 + [("b", False)] * 2 + [("c", False)]
    assert runs.wait_behind_one(*requests) == [*"abcabaa"]


def test_runs_under_own_settings_have_every_other_turn_whoever_asks() -> None:
    runs = Runs(RunQueue())
    own = [(client, True) for client in "xyzx"]
    assert runs.wait_behind_one(*own, ("a", False), ("b", False)) == [*"xaybzx"]


def test_a_run_that_fails_or_is_broken_off_gives_its_turn_back() -> None:
    queue = RunQueue()
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt), queue.slot():
            raise KeyboardInterrupt
    Runs(queue).go("a")


def test_a_run_that_hangs_keeps_nobody_waiting_for_ever() -> None:
    queue = RunQueue(seconds=0.05)
    let, hanging = Event(), Barrier(2)

    def hang() -> None:
        with queue.slot():
            hanging.wait(10)
            assert let.wait(10)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(hang)
        hanging.wait(10)
        with queue.slot():
            pass
        let.set()
    assert done.result() is None
    runs = Runs(RunQueue())
    with ThreadPoolExecutor(6) as pool:
        for _ in range(6):
            pool.submit(runs.go, "a", 0.01)
    assert runs.most == 1, "a turn was given back twice, or not at all"


@contextmanager
def _busy(queue: RunQueue, seconds: float) -> Iterator[None]:
    """A run of another client that lasts as long as the block, of a queue that tells so soon."""
    let, begun = Event(), Event()

    def run() -> None:
        with queue.slot("a"):
            begun.set()
            assert let.wait(10)

    queue._seconds = 30.0
    thread = Thread(target=run)
    thread.start()
    assert begun.wait(10)
    queue._seconds = seconds
    yield
    let.set()
    thread.join(10)


def test_who_waits_long_is_told_once_and_health_sees_it() -> None:
    queue, seconds = RunQueue(seconds=0.1), 0.1
    reports: list[float] = []

    def wait() -> None:
        with queue.slot("b", waits=lambda: reports.append(queue.waiting_seconds())):
            pass

    with _busy(queue, seconds):
        waiting = Thread(target=wait)
        waiting.start()
        while not reports:
            time.sleep(0.01)
        time.sleep(0.3)
        assert len(reports) == 1
        assert reports[0] >= seconds
    waiting.join(10)
    assert queue.waiting_seconds() == 0


def test_who_gives_up_waiting_leaves_the_turn_to_others() -> None:
    queue = RunQueue(seconds=0.1)

    def give_up() -> None:
        raise KeyboardInterrupt

    with _busy(queue, 0.1):
        with pytest.raises(KeyboardInterrupt), queue.slot("b", waits=give_up):
            pass
        assert queue.waiting_seconds() == 0
    Runs(queue).go("c")
