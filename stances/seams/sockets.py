"""The server's sockets: a request is read far enough to be answered, and answers leave at once.

Leans on: the garbage collector knowing the sockets that listen and uvicorn's settings, which the
  server hands to nobody; on uvicorn reading `h11_max_incomplete_event_size` at each connection.
Fails: none is found; answers on a connection that is kept open come some 40 ms later, and a
  request longer than 64 kB is refused without a reason.
Then: serve by `uvicorn dashboard:app --h11-max-incomplete-event-size`, which sees to both, or look
  in `streamlit/web/server/starlette/starlette_server.py` for a way to pass the settings on.
"""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from uvicorn import Config

from stances.seams.compression import remember_more
from stances.seams.gathering import gather_writes
from stances.seams.waking import wake_once

_TURN_SECONDS = 0.0005
# The bytes of a request line and headers.
_LONGEST_READ = 1_000_000

_Kind = TypeVar("_Kind")


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
    for listening in alive(socket.socket):
        if _is_listening(listening):
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for settings in alive(Config):
        settings.h11_max_incomplete_event_size = _LONGEST_READ
        remember_more(settings)
        gather_writes(settings)
    wake_once(asyncio.get_running_loop())
    yield
    sys.setswitchinterval(before)


def alive(kind: type[_Kind]) -> list[_Kind]:
    """All of a kind in this process: the server hands its sockets and settings to nobody."""
    return [thing for thing in gc.get_objects() if type(thing) is kind]


def _is_listening(found: socket.socket) -> bool:
    """Whether it is a TCP socket that this process listens on."""
    by_tcp = found.family in (socket.AF_INET, socket.AF_INET6) and found.fileno() >= 0
    return by_tcp and bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
