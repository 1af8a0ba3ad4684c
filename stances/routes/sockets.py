"""The sockets of the server: answers leave at once, and tell nothing of the server."""

from __future__ import annotations

import gc
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_TURN_SECONDS = 0.0005


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
async def answers_leave_at_once(app: Any) -> AsyncIterator[None]:  # noqa: ARG001 - as lifespans are
    """Let nothing wait that is ready to be sent while the server runs, as its lifespan.

    The thread that sends is not kept from its turn by those that compute: a page is some thirty
    messages, and for each it would wait for up to five milliseconds, several times.

    Nagle's algorithm is off:
    asyncio does it for every connection whose listening socket names its protocol. The one that
    `streamlit run` binds names none: then the body of an answer waits, on a connection that is
    kept open, for the client to acknowledge the head, which it puts off for 40 ms. Connections
    inherit the option from the socket that they came in by.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_SECONDS)
    for listening in _listening():
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    yield
    sys.setswitchinterval(before)


def _listening() -> Iterator[socket.socket]:
    """The TCP sockets that this process listens on. The server hands them to nobody."""
    for thing in gc.get_objects():
        if type(thing) is socket.socket and _is_listening(thing):
            yield thing


def _is_listening(found: socket.socket) -> bool:
    by_tcp = found.family in (socket.AF_INET, socket.AF_INET6) and found.fileno() >= 0
    return by_tcp and bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
