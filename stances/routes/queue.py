"""The making of answers: each once, however many ask for it, and so many at a time, by turns of
those who ask.
"""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

from stances.queues.rotation import Rotation
from stances.routes.answers import Problem

_RETRY_SECONDS = 10
# Nobody waits longer for a turn.
PATIENCE_SECONDS = 30.0

Made = TypeVar("Made")


class _Work:
    """An answer to be made, and for whom it waits."""

    def __init__(self, question: Hashable, maker: Callable[[], Any]) -> None:
        loop = asyncio.get_running_loop()
        self.question, self.maker = question, maker
        self.clients: list[str] = []
        self.waiting = 0
        self.slot: asyncio.Future[None] = loop.create_future()
        self.made: asyncio.Future[Any] = loop.create_future()


class WorkQueue:
    """Makes answers aside, `at_once` at a time, `most` waiting for a client. For the event loop."""

    def __init__(self, at_once: int, most: int) -> None:
        self._at_once, self._most = at_once, most
        self._makers = ThreadPoolExecutor(at_once, thread_name_prefix="answers")
        self._works: dict[Hashable, _Work] = {}
        self._rotation: Rotation[_Work] = Rotation()
        self._running = 0

    async def make(
        self,
        question: Hashable,
        maker: Callable[[], Made],
        client: str = "",
        patience: float = PATIENCE_SECONDS,
    ) -> Made:
        """Make the answer to a question, or wait for the one that is being made. Raises Problem
        where too many wait for the client, or no turn comes within `patience`, in seconds; and what
        `maker` raises.
        """
        work = self._works.get(question)
        if work is None:
            if not self._has_capacity(client):
                raise _not_now(f"{self._most} answers are being made for this address")
            work = self._works[question] = _Work(question, maker)
        if not work.slot.done() and client not in work.clients:
            # It comes at the first turn of any who wait for it.
            work.clients.append(client)
            self._rotation.put(client, work)
            self._start()
        work.waiting += 1
        try:
            await asyncio.wait([work.slot], timeout=patience)
        finally:
            work.waiting -= 1
            if not work.slot.done() and not work.waiting:
                self._forget(work)
        if not work.slot.done():
            raise _not_now("too many answers are being made")
        # Who goes away leaves the others theirs.
        made: Made = await asyncio.shield(work.made)
        return made

    def _has_capacity(self, client: str) -> bool:
        """Say whether one more answer may wait for a client."""
        return self._running < self._at_once or self._rotation.count(client) < self._most

    def _start(self) -> None:
        """Begin what has its turn, as long as there is room."""
        while self._running < self._at_once and (work := self._rotation.take()):
            for client in work.clients:
                self._rotation.remove(client, work)
            work.slot.set_result(None)
            self._running += 1
            making = asyncio.get_running_loop().run_in_executor(self._makers, work.maker)
            making.add_done_callback(partial(self._end, work))

    def _end(self, work: _Work, done: asyncio.Future[Any]) -> None:
        self._running -= 1
        del self._works[work.question]
        if done.cancelled():
            work.made.cancel()
        elif error := done.exception():
            work.made.set_exception(error)
            work.made.exception()  # where all have gone, nobody else looks at it
        else:
            work.made.set_result(done.result())
        self._start()

    def _forget(self, work: _Work) -> None:
        """Let what nobody waits for any more have no turn."""
        del self._works[work.question]
        for client in work.clients:
            self._rotation.remove(client, work)


def _not_now(reason: str) -> Problem:
    text = f"{reason}; ask again in {_RETRY_SECONDS} seconds"
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, text, retry_after=_RETRY_SECONDS)
