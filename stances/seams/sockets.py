"""The sockets of the server: a request is read far enough to be answered, answers leave at once,
and tell nothing of the server.
"""

from __future__ import annotations

import gc
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn import Config

_TURN_SECONDS = 0.0005
# The bytes of a request line and headers.
_LONGEST_READ = 1_000_000

_Kind = TypeVar("_Kind")


class Discreet:
    """Passes on what the server sends over WebSockets, as `told` rewrites it."""

    def __init__(self, app: ASGIApp, told: Callable[[bytes], bytes]) -> None:
        self.app = app
        self.told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection, as an ASGI application."""

        async def rewritten(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                message = {**message, "bytes": self.told(message["bytes"])}
            await send(message)

        await self.app(scope, receive, rewritten if scope["type"] == "websocket" else send)


@asynccontextmanager
async def sockets_in_order(app: Any) -> AsyncIterator[None]:  # noqa: ARG001 - as lifespans are
    """Let nothing wait that is ready to be sent while the server runs, as its lifespan.

    The thread that sends is not kept from its turn by those that compute: a page is some thirty
    messages, and for each it would wait for up to five milliseconds, several times.

    Nagle's algorithm is off:
    asyncio does it for every connection whose listening socket names its protocol. The one that
    `streamlit run` binds names none: then the body of an answer waits, on a connection that is
    kept open, for the client to acknowledge the head, which it puts off for 40 ms. Connections
    inherit the option from the socket that they came in by.

    A request is read far enough that what is too long in it can be named (`headers.py`): the
    server by itself gives up at 64 kB and says only that the request is invalid.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_SECONDS)
    for listening in _alive(socket.socket):
        if _is_listening(listening):
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for settings in _alive(Config):
        settings.h11_max_incomplete_event_size = _LONGEST_READ
    yield
    sys.setswitchinterval(before)


def _alive(kind: type[_Kind]) -> list[_Kind]:
    """All of a kind in this process: the server hands its sockets and settings to nobody."""
    return [thing for thing in gc.get_objects() if type(thing) is kind]


def _is_listening(found: socket.socket) -> bool:
    """Whether it is a TCP socket that this process listens on."""
    by_tcp = found.family in (socket.AF_INET, socket.AF_INET6) and found.fileno() >= 0
    return by_tcp and bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
