"""What is sent in one turn of the event loop leaves in one write, and nothing of it is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from stances.seams.gathering import gather_writes
from tests.seams.test_compression import connection

if TYPE_CHECKING:
    from collections.abc import Callable


class _Transport(asyncio.Transport):
    """Notes what is written, and when it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[bytes | str] = []

    def write(self, content: Any) -> None:
        self.done.append(bytes(content))

    def close(self) -> None:
        self.done.append("closed")

    def is_closing(self) -> bool:
        return "closed" in self.done


def written(*steps: Callable[[Any], object]) -> list[bytes | str]:
    """What becomes of what a connection does to its transport, all in one turn but for the last."""
    settings = Config("dashboard:app")
    settings.ws_protocol_class = WebSocketsSansIOProtocol
    gather_writes(settings)

    async def go() -> list[bytes | str]:
        made, under = await connection(settings), _Transport()
        made.connection_made(under)
        for step in steps:
            step(made.transport)
        assert not any(isinstance(each, bytes) for each in under.done) or under.is_closing()
        await asyncio.sleep(0)
        return under.done

    return asyncio.run(go())


def test_what_is_written_in_one_turn_is_one_write() -> None:
    assert written(lambda to: to.write(b"one "), lambda to: to.write(b"two")) == [b"one two"]


def test_what_waits_leaves_before_the_connection_is_closed() -> None:
    assert written(lambda to: to.write(b"last"), lambda to: to.close()) == [b"last", "closed"]


def test_nothing_is_written_where_the_connection_has_gone() -> None:
    assert written(lambda to: to.close(), lambda to: to.write(b"late")) == ["closed"]


def test_another_protocol_and_settings_not_yet_loaded_are_left_alone() -> None:
    unloaded = Config("dashboard:app")
    gather_writes(unloaded)
    assert not hasattr(unloaded, "ws_protocol_class")
    without = Config("dashboard:app", ws="none")
    without.ws_protocol_class = None
    gather_writes(without)
    assert without.ws_protocol_class is None


def test_settings_that_gather_already_are_left_alone() -> None:
    settings = Config("dashboard:app")
    settings.ws_protocol_class = WebSocketsSansIOProtocol
    gather_writes(settings)
    gathering = settings.ws_protocol_class
    gather_writes(settings)
    assert settings.ws_protocol_class is gathering is not WebSocketsSansIOProtocol
