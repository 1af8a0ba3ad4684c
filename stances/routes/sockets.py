"""The sockets that the server listens on: answers leave at once."""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def answers_leave_at_once(app: Any) -> AsyncIterator[None]:  # noqa: ARG001 - as lifespans are
    """Switch Nagle's algorithm off while the server runs, as its lifespan.

    asyncio does it for every connection whose listening socket names its protocol. The one that
    `streamlit run` binds names none: then the body of an answer waits, on a connection that is
    kept open, for the client to acknowledge the head, which it puts off for 40 ms. Connections
    inherit the option from the socket that they came in by.
    """
    for listening in _listening():
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    yield


def _listening() -> Iterator[socket.socket]:
    """The TCP sockets that this process listens on. The server hands them to nobody."""
    for thing in gc.get_objects():
        if type(thing) is socket.socket and _is_listening(thing):
            yield thing


def _is_listening(found: socket.socket) -> bool:
    by_tcp = found.family in (socket.AF_INET, socket.AF_INET6) and found.fileno() >= 0
    return by_tcp and bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
