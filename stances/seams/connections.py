"""Connections are bounded in number, and closed where they ask nothing or take nothing.

Leans on: uvicorn making each connection by `Config.http_protocol_class`, and each WebSocket by
  `ws_protocol_class`; on the names in them, such as `cycle` and `send_receive_event_to_app`; on
  Streamlit's pages asking for a run at once, but for those that come back, whose third protocol is
  their session; on Linux for what is counted.
Fails: another make of protocol is left alone: silent connections stay open and none is too many.
Then: look in `uvicorn/protocols` for what the two are called now, or for settings of its own.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from stances.seams import every
from stances.seams.sockets import alive

if TYPE_CHECKING:
    from starlette.types import ASGIApp

# A browser asks at once; what has asked nothing for so long is no visitor, or a slow attack.
SILENT_SECONDS = 20.0
# Of an answer, so much is taken in this time, or the rest of it: a kilobyte a second.
STALLED_SECONDS = 30.0
_LEAST_TAKEN = 30_000
_LOOK_SECONDS = 1.0

# What has come may have said something that is not read yet: so long it is not asked to make room.
_GRACE_SECONDS = 1.0
# Where descriptors are many, memory is what bounds: a visitor takes some 1.3 megabytes.
MOST_SOCKETS = 600
_MANY = 20
_POLICY_VIOLATION = 1008


@dataclass(frozen=True)
class Bounds:
    """How many descriptors there are, and how many sockets of pages, requests that are being
    answered, and connections for requests, these included, there are at a time.
    """

    descriptors: int
    sockets: int
    requests: int
    connections: int

    @property
    def silent(self) -> int:
        """How many sockets there are that have asked nothing yet: a page asks within a moment."""
        return max(_MANY, self.sockets // 4)

    @property
    def in_all(self) -> int:
        """How many connections and sockets there are even for a moment."""
        return self.descriptors * 7 // 8


def bounds_of(descriptors: int) -> Bounds:
    """The bounds under a limit of descriptors: half for pages, three eighths for requests, which
    may have a file open beside their connection, and an eighth for the rest, such as reading data.
    """
    sockets = min(descriptors // 2, MOST_SOCKETS)
    return Bounds(descriptors, sockets, descriptors // 8, descriptors // 4)


class Connections:
    """Those that are open in this process, by kind, and how many requests are being answered. For
    the event loop alone.
    """

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.answering = 0
        self.requests: set[_Request] = set()
        self.sockets: set[_Socket] = set()
        self.refuse: ASGIApp | None = None
        self._most = 0

    @property
    def full(self) -> bool:
        """Whether one more page would be refused: each socket has one that has asked."""
        return sum(not each.waits for each in self.sockets) >= self.bounds.sockets

    @property
    def busy(self) -> bool:
        """Whether one more request would be refused: as many as there may be are being answered."""
        return self.answering >= self.bounds.requests

    def add_request(self, new: _Request) -> None:
        """Let a connection in. Where there are too many, the one that has asked nothing for longest
        makes room.
        """
        if len(self.requests) + len(self.sockets) >= self.bounds.in_all:
            _makes_room(self.requests, new.watch.since)
        elif len(self.requests) >= self.bounds.connections:
            _makes_room(self.requests, new.watch.since - _GRACE_SECONDS)
        self.requests.add(new)

    def bound_paused(self) -> None:
        """End the answer that is taken slowest, where half of those that may be made wait for their
        takers.
        """
        paused = {each for each in self.requests if each.is_paused}
        if len(paused) > self.bounds.requests // 2:
            slowest = min(paused, key=lambda each: each.watch.moved)
            _end(slowest, self.requests)

    def add_socket(self, new: _Socket) -> None:
        """Let a socket in, in place of a silent one where there are too many, else refuse it."""
        self._bound_silent(new.watch.since - _GRACE_SECONDS)
        is_one_too_many = len(self.sockets) >= self.bounds.sockets
        if is_one_too_many and not _makes_room(self.sockets, new.watch.since - _GRACE_SECONDS):
            new.app = self.refuse or new.app
        self.sockets.add(new)

    def _bound_silent(self, before: float) -> None:
        """End those that have said nothing for longest, and since a time, where they are many."""
        silent = [each for each in self.sockets if each.waits and not each.watch.may_wait]
        too_many = max(0, len(silent) + 1 - self.bounds.silent)
        for each in _waiting_since(silent, before)[:too_many]:
            _end(each, self.sockets)

    def many_have_gone(self) -> bool:
        """Whether half of the sockets that were open have closed since this was last so, and not
        others have come for them: then it is worth looking for what they have left.
        """
        count = len(self.sockets)
        self._most = max(self._most, count)
        if self._most - count < max(_MANY, self._most // 2):
            return False
        self._most = count
        return True

    def look(self) -> None:
        """Close what is overdue."""
        now = asyncio.get_running_loop().time()
        watches = [each.watch for each in self.requests] + [each.watch for each in self.sockets]
        for watch in watches:
            watch.look(now)


class _Watch:
    """Since when a connection asks nothing or takes nothing (seconds of the event loop).
    `may_wait`: it may ask nothing for as long as its room is not needed.
    """

    def __init__(self, of: _Request | _Socket) -> None:
        self._of = of
        self.since = self.moved = of.loop.time()
        self.left = 0
        self.may_wait = False

    def look(self, now: float) -> None:
        """End the connection if it is overdue."""
        self.note(now)
        if self.left:
            if now > self.moved + STALLED_SECONDS:
                self._of.transport.abort()
        elif self._of.waits and not self.may_wait and now > self.since + SILENT_SECONDS:
            self._of.dismiss()

    def note(self, now: float) -> None:
        """See how much of what was sent is not taken yet, and whether it has become less."""
        left = self._of.transport.get_write_buffer_size()
        if left:
            self.since = now
        if not left or left <= self.left - _LEAST_TAKEN:
            self.moved, self.left = now, left
        self.left = max(self.left, left)

    def goes_on(self) -> None:
        """Take note that so much was taken that more is sent."""
        self.moved, self.left = self._of.loop.time(), self._of.transport.get_write_buffer_size()


def _waiting_since(among: Iterable[Any], before: float) -> list[Any]:
    """The connections that wait since before a time, the longest first."""
    waiting = [each for each in among if each.waits and each.watch.since <= before]
    return sorted(waiting, key=lambda each: each.watch.since)


def _makes_room(among: set[Any], before: float) -> bool:
    """Ends the connection that has waited longest, if one waits since before a time, else the one
    that takes its answer slowest, if one has taken nothing since then.
    """
    if waiting := _waiting_since(among, before):
        _end(waiting[0], among)
        return True
    slow = [each for each in among if each.watch.left and each.watch.moved <= before]
    if slow:
        _end(min(slow, key=lambda each: each.watch.moved), among)
    return bool(slow)


def _end(connection: Any, among: set[Any]) -> None:
    """End a connection at once, and count it no more."""
    among.discard(connection)
    connection.transport.abort()


class _Request(H11Protocol):
    """A connection for requests."""

    among: Connections
    watch: _Watch
    is_paused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.watch = _Watch(self)
        self.among.add_request(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.among.requests.discard(self)
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: Any) -> None:
        self.among.requests.discard(self)
        super().handle_websocket_upgrade(event)

    def on_response_complete(self) -> None:
        self.watch.since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        self.is_paused = True
        self.among.bound_paused()
        super().pause_writing()

    def resume_writing(self) -> None:
        self.is_paused = False
        self.watch.goes_on()
        super().resume_writing()

    @property
    def waits(self) -> bool:
        """Whether it has not asked, or not again, and has taken its answer; half a request is
        none.
        """
        asked: RequestResponseCycle | None = self.cycle
        is_answered = asked is None or asked.response_complete
        return is_answered and not self.transport.get_write_buffer_size()

    def dismiss(self) -> None:
        """End it: there is nobody to tell why."""
        self.transport.abort()


class _Socket(WebSocketsSansIOProtocol):
    """A WebSocket."""

    among: Connections
    watch: _Watch
    waits = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.watch = _Watch(self)
        self.among.add_socket(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.among.sockets.discard(self)
        super().connection_lost(exc)

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        # A page that has lost its socket names its session, and is as silent as it was before.
        self.watch.may_wait = any(getattr(self, "scope", {}).get("subprotocols", [])[2:3])
        if not self.watch.may_wait:
            self.app: Any = _once_asked(self.app)

    def send_receive_event_to_app(self) -> None:
        self.waits = False
        super().send_receive_event_to_app()

    def resume_writing(self) -> None:
        self.watch.goes_on()
        super().resume_writing()

    def dismiss(self) -> None:
        """Close it, with the reason."""
        if self.transport.is_closing():
            return
        self.conn.fail(_POLICY_VIOLATION, f"nothing was asked in {SILENT_SECONDS:.0f} seconds")
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()


class _SaidNothing(Exception):
    """A socket has gone that asked nothing."""


def _once_asked(app: Any) -> Any:
    """Let an application learn that a socket is open when the first message has come: for one that
    says nothing there is no session, whose remains would be scattered over the memory.
    """

    async def waiting(scope: Any, receive: Any, send: Any) -> None:
        first: list[Any] = []

        async def send_and_wait(message: Any) -> None:
            await send(message)
            if message["type"] == "websocket.accept":
                first.append(await receive())
                if first[0]["type"] == "websocket.disconnect":
                    raise _SaidNothing

        async def receive_first() -> Any:
            return first.pop() if first else await receive()

        with suppress(_SaidNothing):
            await app(scope, receive_first, send_and_wait)

    return waiting


@cache
def held() -> Connections:
    """The connections of this process, under the limit of descriptors that it was started with."""
    return Connections(bounds_of(_most_descriptors()))


def _most_descriptors() -> int:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return 1_000_000
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 1_000_000 if soft == resource.RLIM_INFINITY else soft


def taken_descriptors() -> int | None:
    """How many descriptors this process has open; None where the system does not tell."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) - 1 if folder.is_dir() else None


def taken_bytes() -> int | None:
    """The memory that this process holds (RSS); None where the system does not tell."""
    file = Path("/proc/self/statm")
    if not file.is_file():
        return None
    return int(file.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@asynccontextmanager
async def connections_watched(refuse: ASGIApp) -> AsyncIterator[None]:
    """Bound and watch all connections while the server runs, as a part of its lifespan. `refuse`
    is the answer to a socket that is one too many.
    """
    connections = held()
    connections.refuse = refuse
    for settings in alive(Config):
        watch(settings, connections)
    async with every(_LOOK_SECONDS, connections.look):
        yield


def watch(settings: Config, connections: Connections) -> None:
    """Count the connections that a server opens from now on among others."""
    http, sockets = (getattr(settings, f"{kind}_protocol_class", None) for kind in ("http", "ws"))
    named = {"among": connections}
    if http is H11Protocol:
        settings.http_protocol_class = type("Request", (_Request,), named)
    if isinstance(sockets, type) and issubclass(sockets, WebSocketsSansIOProtocol):
        settings.ws_protocol_class = type("Socket", (_Socket, sockets), named)
