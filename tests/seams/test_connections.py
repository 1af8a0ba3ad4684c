"""Connections that ask nothing make room or are closed, and those that are too many are refused."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from starlette.types import Message, Receive, Scope, Send
from uvicorn import Config, Server
from websockets.asyncio.client import ClientConnection, connect

from stances.seams import connections
from stances.seams.connections import Bounds, Connections, bounds_of, watch
from tests.browser.app import HOST, free_port

if TYPE_CHECKING:
    from tests.browser.app import Server as Dashboard

ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
LARGE = b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n"
NEVER = b"GET /never HTTP/1.1\r\nHost: x\r\n\r\n"


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers `/` at once, `/large` with megabytes and `/never` not at all; takes any socket."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
        return
    if scope["path"] == "/never":
        await asyncio.Event().wait()
    body = bytes(20_000_000 if scope["path"] == "/large" else 2)
    await _answer(send, 200, body)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI
    await _answer(send, 503, b"no")


async def _answer(send: Send, status: int, body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    start: Message = {"type": "http.response.start", "status": status, "headers": [length]}
    await send(start)
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def _serving(sockets: int = 3, requests: int = 3) -> AsyncIterator[tuple[int, Connections]]:
    """The port of a server and its connections, looked at often, for an `async with` block."""
    settings = Config(_app, host=HOST, port=free_port(), lifespan="off", log_level="error")
    settings.load()
    held = Connections(Bounds(100, sockets, requests))
    held.refuse = _refuse
    watch(settings, held)
    server = Server(settings)
    serving = asyncio.create_task(server.serve())
    looking = asyncio.create_task(connections._keep_looking(held))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield settings.port, held
    finally:
        looking.cancel()
        server.should_exit = server.force_exit = True
        await serving


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_LOOK_SECONDS", 0.02)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SILENT_SECONDS", "STALLED_SECONDS", "CLOSING_SECONDS"):
        monkeypatch.setattr(connections, name, 0.2)


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


async def _page(port: int, *, asks: bool = False) -> ClientConnection:
    page = await connect(f"ws://{HOST}:{port}/")
    if asks:
        await page.send(b"a run")
    return page


@pytest.mark.usefixtures("impatient")
def test_a_socket_that_says_nothing_is_closed_with_the_reason_and_another_is_not() -> None:
    async def run() -> None:
        async with _serving() as (port, held):
            silent, asking = await _page(port), await _page(port, asks=True)
            await silent.wait_closed()
            await asyncio.sleep(0.5)
            assert silent.close_code == 1008
            assert "nothing was asked" in (silent.close_reason or "")
            assert asking.close_code is None
            assert len(held.sockets) == 1
            await asking.close()

    asyncio.run(run())


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "said", [b"", b"GET / HTTP/1.1\r\nHost:", ASKED, ASKED + ASKED[:20], LARGE],
    ids=["nothing", "half a head", "asked once", "once and a half", "and takes no answer"],
)  # fmt: skip
def test_a_connection_that_does_not_go_on_is_closed(said: bytes) -> None:
    async def run() -> None:
        async with _serving() as (port, held):
            reader, writer = await asyncio.open_connection(HOST, port, limit=1_000)
            writer.write(said)
            await _until(lambda: bool(held.requests))
            await _until(lambda: not held.requests)
            reader.feed_eof()
            writer.close()

    asyncio.run(run())


def test_a_silent_socket_makes_room_and_one_that_has_asked_does_not() -> None:
    async def run() -> None:
        async with _serving(sockets=2) as (port, held):
            first, second = await _page(port), await _page(port)
            third = await _page(port, asks=True)
            await first.wait_closed()
            assert second.close_code is None
            await second.send(b"a run")
            await _until(lambda: held.full)
            assert not held.too_many
            beyond = await _page(port)
            assert held.too_many
            for page in (second, third, beyond):
                await page.close()
            await _until(lambda: not held.sockets)
            assert not held.full

    asyncio.run(run())


def test_a_silent_connection_makes_room_and_where_none_is_silent_a_request_is_refused() -> None:
    async def run() -> None:
        async with _serving(requests=2) as (port, held):
            silent = [await asyncio.open_connection(HOST, port) for _ in range(4)]
            await _until(lambda: len(held.requests) == 2)
            waiting = [await asyncio.open_connection(HOST, port) for _ in range(2)]
            for _, writer in waiting:
                writer.write(NEVER)
            await _until(lambda: not any(each.waits for each in held.requests))
            reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(ASKED)
            assert (await reader.readline()).startswith(b"HTTP/1.1 503")
            for _, opened in [*silent, *waiting, (reader, writer)]:
                opened.close()

    asyncio.run(run())


@pytest.mark.parametrize("descriptors", [256, 1024, 4096, 1_048_576])
def test_the_bounds_leave_descriptors_in_reserve(descriptors: int) -> None:
    bounds = bounds_of(descriptors)
    assert 0 < bounds.sockets <= connections.MOST_SOCKETS
    assert bounds.requests > 0
    # A request may have a file open beside its connection.
    assert bounds.sockets + 2 * bounds.requests <= descriptors * 7 // 8


def test_many_have_gone_when_as_many_as_are_open_have() -> None:
    held = Connections(Bounds(100, 50, 50))
    for _ in range(19):
        held.remove_socket(object())  # type: ignore[arg-type]
    assert not held.many_have_gone()
    held.remove_socket(object())  # type: ignore[arg-type]
    assert held.many_have_gone()
    assert not held.many_have_gone()


def test_another_protocol_and_settings_not_yet_loaded_are_left_alone() -> None:
    unloaded = Config("dashboard:app")
    watch(unloaded, Connections(Bounds(1, 1, 1)))
    assert not hasattr(unloaded, "http_protocol_class")
    other = Config("dashboard:app")
    other.http_protocol_class, other.ws_protocol_class = asyncio.Protocol, None
    watch(other, Connections(Bounds(1, 1, 1)))
    assert (other.http_protocol_class, other.ws_protocol_class) == (asyncio.Protocol, None)


def test_the_dashboard_counts_the_sockets_of_its_pages(server: Dashboard) -> None:
    def told() -> int:
        with urllib.request.urlopen(f"{server.url}healthz") as answer:
            return int(json.load(answer)["taken"]["sockets"])

    async def run() -> None:
        before = told()
        stream = server.url.replace("http:", "ws:") + "_stcore/stream"
        pages = [await connect(stream) for _ in range(3)]
        await _until(lambda: told() == before + 3)
        for page in pages:
            await page.close()
        await _until(lambda: told() == before)

    asyncio.run(run())
