"""The capacity of this process: how much it takes on at a time, and what it has taken on: pages
that are open, sockets that have asked nothing yet, and requests that are being answered.

The server's own bounds do not do this: uvicorn's `limit_concurrency` refuses no socket, but health
too, and tells no time to come again; and what says nothing may answer pings. Were its first message
not waited for, a silent socket would take four descriptors instead of one, for as long as it likes.
"""

import asyncio
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stances.seams.runs import comes_back

# A page asks within a moment; what has asked nothing for so long is no visitor.
SILENT_SECONDS = 20.0
# Where descriptors are many, memory is what bounds: a visitor takes some 1.3 megabytes.
MOST_PAGES = 600
_FEWEST_SILENT = 20
_POLICY_VIOLATION = 1008


@dataclass(frozen=True)
class Bounds:
    """The most descriptors, open pages, silent sockets and requests being answered at a time."""

    descriptors: int
    pages: int
    silent: int
    requests: int


def bounds_of(descriptors: int) -> Bounds:
    """Return the bounds under a limit of descriptors: half of them for pages, whose sessions take
    four each, and an eighth each for sockets that have not asked and for requests.
    """
    pages = min(descriptors // 8, MOST_PAGES)
    return Bounds(descriptors, pages, max(_FEWEST_SILENT, pages), descriptors // 8)


class Capacity:
    """The load of the process within its bounds. For the event loop alone."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.answering = 0
        self.pages = 0
        # By their patience, those that have waited longest first.
        self.silent: dict[asyncio.Timeout, None] = {}

    @property
    def full(self) -> bool:
        """Say whether one more page would be refused."""
        return self.pages >= self.bounds.pages

    @property
    def busy(self) -> bool:
        """Say whether one more request would be refused."""
        return self.answering >= self.bounds.requests

    async def answer(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and count it meanwhile."""
        self.answering += 1
        try:
            await app(scope, receive, send)
        finally:
            self.answering -= 1

    async def open(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the socket of a page. The application learns that it is open when the first message
        has come: a socket that says nothing has no session.
        """
        page = _Page(self, scope, receive, send)
        try:
            await app(scope, page.receive, page.send)
        except _NoRequest:
            return
        finally:
            self.pages -= page.has_asked

    async def first_message(self, receive: Receive, seconds: float | None) -> Message:
        """Return the first message of a socket. Raises TimeoutError where none comes in time, or
        where so many others wait that the one which has waited longest makes room.
        """
        if len(self.silent) >= self.bounds.silent:
            self._end_oldest()
        async with asyncio.timeout(seconds) as patience:
            self.silent[patience] = None
            try:
                return await receive()
            finally:
                self.silent.pop(patience, None)

    def _end_oldest(self) -> None:
        oldest = next(iter(self.silent))
        del self.silent[oldest]
        oldest.reschedule(asyncio.get_running_loop().time())


class _NoRequest(Exception):
    """A socket has gone, or was closed, that asked nothing."""


class _Page:
    """The two ends of a page's socket, held until the page has asked."""

    def __init__(self, capacity: Capacity, scope: Scope, receive: Receive, send: Send) -> None:
        self.has_asked = False
        self._capacity = capacity
        self._receive = receive
        self._send = send
        self._first: Message | None = None
        self._seconds = None if comes_back(scope) else SILENT_SECONDS

    async def send(self, message: Message) -> None:
        await self._send(message)
        if message["type"] == "websocket.accept":
            self._first = await self._wait()

    async def receive(self) -> Message:
        message, self._first = self._first, None
        return message or await self._receive()

    async def _wait(self) -> Message:
        try:
            message = await self._capacity.first_message(self._receive, self._seconds)
        except TimeoutError:
            await self._close("nothing was asked in time")
        if message["type"] == "websocket.disconnect":
            raise _NoRequest
        if self._capacity.full:
            await self._close("as many pages are open as this server can hold")
        self._capacity.pages += 1
        self.has_asked = True
        return message

    async def _close(self, reason: str) -> NoReturn:
        await self._send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": reason})
        raise _NoRequest


@cache
def capacity() -> Capacity:
    """Return the capacity of this process, under the limit of descriptors that it has."""
    return Capacity(bounds_of(_most_descriptors()))


def _most_descriptors() -> int:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return 1_000_000
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 1_000_000 if soft == resource.RLIM_INFINITY else soft


def taken_descriptors() -> int | None:
    """Return how many descriptors this process has open; None where the system does not tell."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) - 1 if folder.is_dir() else None


def taken_bytes() -> int | None:
    """Return the memory that this process holds (RSS); None where the system does not tell."""
    file = Path("/proc/self/statm")
    if not file.is_file():
        return None
    return int(file.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
