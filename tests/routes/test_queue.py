"""Answers are made once, in order, so many at a time, and no more wait than may."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from threading import Event, Lock
from typing import TYPE_CHECKING

import pytest

from stances.routes.answers import Problem
from stances.routes.queue import WorkQueue
from tests.routes.conftest import client_of

if TYPE_CHECKING:
    from tests.folders import Folder


class Maker:
    """Makes what it is asked for when it is let; knows what it made, and how many at once."""

    def __init__(self) -> None:
        self.let = Event()
        self.made: list[str] = []
        self.most = 0
        self._now = 0
        self._lock = Lock()

    def of(self, question: str) -> Callable[[], str]:
        """Who makes the answer to a question."""

        def make() -> str:
            with self._lock:
                self._now += 1
                self.most = max(self.most, self._now)
            assert self.let.wait(10)
            with self._lock:
                self._now -= 1
                self.made.append(question)
            return question.upper()

        return make


async def ask_all(turns: WorkQueue, maker: Maker, questions: str) -> list[str | BaseException]:
    """Return the answers to questions of one letter that all come before the first is answered."""
    tasks = [asyncio.ensure_future(turns.make(each, maker.of(each))) for each in questions]
    await asyncio.sleep(0.05)
    maker.let.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


def test_the_same_question_is_answered_once() -> None:
    maker = Maker()
    assert asyncio.run(ask_all(WorkQueue(2, 10), maker, "abaaba")) == [*"ABAABA"]
    assert sorted(maker.made) == ["a", "b"]


def test_so_many_at_a_time_and_the_others_in_order() -> None:
    one, two = Maker(), Maker()
    asyncio.run(ask_all(WorkQueue(1, 10), one, "abcdef"))
    assert (one.most, one.made) == (1, [*"abcdef"])
    asyncio.run(ask_all(WorkQueue(2, 10), two, "abcdef"))
    assert (two.most, sorted(two.made)) == (2, [*"abcdef"])


def test_who_would_wait_too_long_is_told_so_at_once() -> None:
    maker = Maker()
    turns = WorkQueue(1, 2)
    result = asyncio.run(ask_all(turns, maker, "abcdea"))
    assert [each for each in result if isinstance(each, str)] == [*"ABCA"]
    refused = [each for each in result if isinstance(each, Problem)]
    assert [each.status for each in refused] == [HTTPStatus.SERVICE_UNAVAILABLE] * 2
    assert all(each.retry_after for each in refused)
    assert asyncio.run(ask_all(turns, maker, "xyz")) == [*"XYZ"]


async def ask_as(queue: WorkQueue, maker: Maker, *clients: tuple[str, str]) -> list[object]:
    """Return the answers to questions of clients that all come before the first is answered."""
    tasks = [
        asyncio.ensure_future(queue.make(question, maker.of(question), client))
        for client, question in clients
    ]
    await asyncio.sleep(0.05)
    maker.let.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


def test_clients_take_turns_and_one_that_asks_for_much_is_refused_alone() -> None:
    maker = Maker()
    much = [("x", letter) for letter in "abcdef"]
    result = asyncio.run(ask_as(WorkQueue(1, 3), maker, *much, ("y", "1"), ("z", "2"), ("y", "3")))
    assert maker.made == [*"ab12c3d"]
    assert [each for each in result if isinstance(each, str)] == [*"ABCD123"]
    assert sum(isinstance(each, Problem) for each in result) == 2


def test_what_another_waits_for_too_comes_at_the_first_turn_of_either() -> None:
    maker = Maker()
    requests = [*(("x", letter) for letter in "abcd"), ("y", "d")]
    assert asyncio.run(ask_as(WorkQueue(1, 3), maker, *requests)) == [*"ABCDD"]
    assert maker.made == [*"abdc"]


def test_who_has_no_turn_in_time_is_refused_and_nothing_is_made_for_nobody() -> None:
    maker, queue = Maker(), WorkQueue(1, 5)

    async def hurry() -> list[object]:
        first = asyncio.ensure_future(queue.make("a", maker.of("a")))
        await asyncio.sleep(0.05)
        with pytest.raises(Problem, match="too many answers"):
            await queue.make("b", maker.of("b"), "y", 0.05)
        maker.let.set()
        return [await first, await queue.make("c", maker.of("c"))]

    assert asyncio.run(hurry()) == ["A", "C"]
    assert maker.made == ["a", "c"]


def test_a_fault_reaches_all_who_wait_and_is_not_kept() -> None:
    turns = WorkQueue(1, 1)

    def fail() -> str:
        raise ValueError("no")

    async def twice() -> list[str | BaseException]:
        both = (turns.make("a", fail) for _ in range(2))
        return await asyncio.gather(*both, return_exceptions=True)

    assert [str(each) for each in asyncio.run(twice())] == ["no", "no"]
    assert asyncio.run(turns.make("a", lambda: "A")) == "A"


def test_who_goes_away_leaves_the_others_theirs() -> None:
    turns, maker = WorkQueue(1, 1), Maker()

    async def one_leaves() -> str:
        first, second = (asyncio.ensure_future(turns.make("a", maker.of("a"))) for _ in range(2))
        await asyncio.sleep(0.05)
        first.cancel()
        maker.let.set()
        return await second

    assert asyncio.run(one_leaves()) == "A"
    assert maker.made == ["a"]


def test_a_refused_request_is_told_when_to_come_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stances.routes._HEAVY", (1, 7))
    monkeypatch.setattr(WorkQueue, "_has_capacity", lambda queue, _: queue._most != 7)
    client = client_of(folder.path)
    refused = client.get("/series.csv")
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["content-type"] == "application/problem+json"
    assert "ask again" in refused.json()["detail"]
    # What takes no time has turns of its own.
    assert client.get("/snapshots/latest.csv").status_code == 200


def test_a_slow_answer_keeps_no_heavy_one_from_its_turn(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stances.routes._SLOW", (1, 7))
    monkeypatch.setattr(WorkQueue, "_has_capacity", lambda queue, _: queue._most != 7)
    client = client_of(folder.path)
    assert client.get("/series.xlsx").status_code == 503
    assert client.get("/series.csv").status_code == 200
