"""The making of answers: each once, however many ask for it, and so many at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, TypeVar

from stances.routes.answers import Problem

_RETRY_SECONDS = 10

Made = TypeVar("Made")


class WorkQueue:
    """Makes answers aside, `at_once` at a time; of the others at most `waiting` wait, in order."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._most = at_once + waiting
        self._makers = ThreadPoolExecutor(at_once, thread_name_prefix="answers")
        self._making: dict[Hashable, Future[Any]] = {}

    async def make(self, question: Hashable, maker: Callable[[], Made]) -> Made:
        """Make the answer to a question, or wait for the one that is being made. Raises Problem
        where too many wait, and what `maker` raises.
        """
        making = self._making.get(question)
        if making is None:
            if len(self._making) >= self._most:
                raise _too_many(len(self._making))
            making = self._makers.submit(maker)
            self._making[question] = making
            making.add_done_callback(lambda _: self._making.pop(question, None))
        # Who goes away leaves the others theirs.
        made: Made = await asyncio.shield(asyncio.wrap_future(making))
        return made


def _too_many(count: int) -> Problem:
    text = f"{count} answers are being made; ask again in {_RETRY_SECONDS} seconds"
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, text, retry_after=_RETRY_SECONDS)
