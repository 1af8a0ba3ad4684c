"""What is sent at one moment leaves together: a run of a page is some fifty messages, and each was
a write of its own.

Leans on: uvicorn writing every message of a WebSocket to `self.transport`, which it is given in
  `connection_made`, and making each connection by `Config.ws_protocol_class`.
Fails: each message is written by itself, and a step of the date costs the server a tenth more.
Then: look in `websockets_sansio_impl.py` for where messages are written.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class _Together:
    """A transport that writes once for all that is written in a turn of the event loop."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._waiting: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, content: bytes) -> None:
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._leave)
        self._waiting.append(content)

    def close(self) -> None:
        self._leave()
        self._transport.close()

    def _leave(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting and not self._transport.is_closing():
            self._transport.write(b"".join(waiting))


def gather_writes(settings: Config) -> None:
    """Let the connections that a server opens from now on write once for what leaves together.

    Settings that gather already are left alone: a process that serves twice meets those of before.
    """
    made_by = getattr(settings, "ws_protocol_class", None)
    if not isinstance(made_by, type) or issubclass(made_by, _Gathered):
        return
    if issubclass(made_by, WebSocketsSansIOProtocol):
        settings.ws_protocol_class = type("_Gathering", (_Gathered, made_by), {})


class _Gathered:
    """What a connection is besides, so that its writes are gathered."""

    def connection_made(self, transport: Any) -> None:
        of_connection: Any = super()
        of_connection.connection_made(_Together(transport))
