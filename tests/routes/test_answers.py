"""An answer as it is sent."""

from __future__ import annotations

import asyncio

from starlette.types import Message

from stances.routes.answers import CSV, Answer
from stances.routes.body import pack


def test_while_a_long_answer_is_sent_the_loop_does_other_things() -> None:
    answer = Answer(pack(b"Sweden,networks\n" * 50_000), CSV, 0)
    order: list[str] = []

    async def send(message: Message) -> None:
        order.append(str(message["type"]))

    async def other() -> None:
        order.append("other")

    async def both() -> None:
        scope = {"type": "http", "method": "GET", "headers": []}
        await asyncio.gather(answer(scope, _silence, send), other())

    asyncio.run(both())
    pieces = order.count("http.response.body")
    assert pieces > 2
    # It comes to its turn before the last piece, though the client takes each at once.
    assert order.index("other") < len(order) - pieces + 1


async def _silence() -> Message:
    raise AssertionError
