"""Connections that ask nothing make room or are closed, and those that are too many are refused."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config, Server
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from stances.seams import connections, every
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
    await Response(body)(scope, receive, send)


@asynccontextmanager
async def _serving(
    sockets: int = 9, connections_: int = 9, requests: int = 9, app: ASGIApp = _app
) -> AsyncIterator[tuple[int, Connections]]:
    """The port of a server and its connections, looked at often, for an `async with` block."""
    settings = Config(app, host=HOST, port=free_port(), lifespan="off", log_level="error")
    settings.load()
    held = Connections(Bounds(100, sockets, requests, connections_))
    held.refuse = PlainTextResponse("no room", 503)
    watch(settings, held)
    server = Server(settings)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        async with every(0.02, held.look):
            yield settings.port, held
    finally:
        server.should_exit = server.force_exit = True
        await serving


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SILENT_SECONDS", "STALLED_SECONDS"):
        monkeypatch.setattr(connections, name, 0.2)


def test_an_answer_that_is_taken_slowly_but_steadily_comes_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The system tells of what is taken a megabyte at a time, so that this is some steps long.
    for name in ("SILENT_SECONDS", "STALLED_SECONDS"):
        monkeypatch.setattr(connections, name, 1.0)

    async def run() -> None:
        async with _serving() as (port, _):
            reader, writer = await asyncio.open_connection(HOST, port, limit=100_000)
            writer.write(LARGE)
            taken = 0
            for _ in range(12):
                taken += len(await reader.readexactly(1_000_000))
                await asyncio.sleep(0.15)
            taken += len(await reader.readexactly(20_000_000 - taken))
            assert taken == 20_000_000
            writer.close()

    asyncio.run(run())


@pytest.fixture
def graceless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_GRACE_SECONDS", 0.0)


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


async def _page(
    port: int, *, asks: bool = False, protocols: Sequence[str] = ()
) -> ClientConnection:
    offered = [Subprotocol(name) for name in protocols] or None
    page = await connect(f"ws://{HOST}:{port}/", subprotocols=offered)
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


@pytest.mark.usefixtures("impatient", "graceless")
def test_a_page_that_comes_back_may_be_silent_but_makes_room() -> None:
    async def run() -> None:
        async with _serving(sockets=1) as (port, held):
            back = await _page(port, protocols=["streamlit", "token", "session"])
            new = await _page(port, protocols=["streamlit", "token"])
            await back.wait_closed()
            await new.wait_closed()
            back = await _page(port, protocols=["streamlit", "token", "session"])
            await asyncio.sleep(0.5)
            assert back.close_code is None
            assert not held.full
            await back.close()

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


@pytest.mark.usefixtures("graceless")
def test_a_silent_socket_makes_room_and_where_all_have_asked_the_next_is_refused() -> None:
    async def run() -> None:
        async with _serving(sockets=2) as (port, held):
            first, second = await _page(port), await _page(port)
            third = await _page(port, asks=True)
            await first.wait_closed()
            assert second.close_code is None
            assert not held.full
            await second.send(b"a run")
            await _until(lambda: held.full)
            with pytest.raises(InvalidStatus, match="503"):
                await _page(port)
            await second.close()
            await _until(lambda: not held.full)
            await (await _page(port)).close()
            await third.close()

    asyncio.run(run())


def test_a_socket_that_has_just_come_is_not_asked_to_make_room() -> None:
    async def run() -> None:
        async with _serving(sockets=1) as (port, _):
            first = await _page(port)
            with pytest.raises(InvalidStatus, match="503"):
                await _page(port)
            assert first.close_code is None
            await first.close()

    asyncio.run(run())


@pytest.mark.usefixtures("graceless")
def test_silent_sockets_take_a_part_of_the_room_and_pages_that_come_back_all_of_it() -> None:
    async def run() -> None:
        async with _serving(sockets=90) as (port, held):
            back = [await _page(port, protocols=["a", "token", "session"]) for _ in range(25)]
            silent = [await _page(port) for _ in range(25)]
            await asyncio.gather(*(each.wait_closed() for each in silent[:3]))
            assert held.bounds.silent == 22
            assert len(held.sockets) == 25 + 22
            assert all(each.close_code is None for each in (*back, *silent[3:]))
            for each in (*back, *silent):
                await each.close()

    asyncio.run(run())


def test_an_application_learns_of_a_socket_when_it_asks() -> None:
    learned = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            learned.append(await receive())
            while (await receive())["type"] != "websocket.disconnect":
                pass

    async def run() -> None:
        async with _serving(app=app) as (port, held):
            silent = await _page(port)
            back = await _page(port, protocols=["streamlit", "token", "session"])
            asking = await _page(port, asks=True)
            await _until(lambda: len(learned) == 1)
            assert learned[0]["bytes"] == b"a run"
            for each in (silent, asking, back):
                await each.close()
            await _until(lambda: not held.sockets and len(learned) == 2)
            assert learned[1]["type"] == "websocket.disconnect"

    asyncio.run(run())


async def _open_and_ask(port: int, count: int, asked: bytes) -> list[asyncio.StreamWriter]:
    opened = [(await asyncio.open_connection(HOST, port, limit=1_000))[1] for _ in range(count)]
    for writer in opened:
        writer.write(asked)
    return opened


@pytest.mark.usefixtures("graceless")
def test_a_silent_connection_makes_room_and_one_that_is_answered_does_not() -> None:
    async def run() -> None:
        async with _serving(connections_=2) as (port, held):
            opened = await _open_and_ask(port, 4, b"")
            await _until(lambda: len(held.requests) == 2)
            opened += await _open_and_ask(port, 1, NEVER)
            await _until(lambda: sum(not each.waits for each in held.requests) == 1)
            opened += await _open_and_ask(port, 4, b"")
            await asyncio.sleep(0.1)
            assert sum(not each.waits for each in held.requests) == 1
            assert len(held.requests) == 2
            for writer in opened:
                writer.close()

    asyncio.run(run())


def test_connections_that_have_just_come_make_room_where_descriptors_would_run_out() -> None:
    async def run() -> None:
        async with _serving(connections_=2) as (port, held):
            held.bounds = replace(held.bounds, descriptors=8)
            opened = await _open_and_ask(port, 20, b"")
            await asyncio.sleep(0.1)
            assert len(held.requests) == held.bounds.in_all == 7
            for writer in opened:
                writer.close()

    asyncio.run(run())


def test_answers_that_are_not_taken_leave_half_of_the_room() -> None:
    async def run() -> None:
        async with _serving(requests=4) as (port, held):
            opened = await _open_and_ask(port, 6, LARGE)
            await _until(lambda: sum(each.is_paused for each in held.requests) == 2)
            await _until(lambda: len(held.requests) == 2)
            for writer in opened:
                writer.close()

    asyncio.run(run())


@pytest.mark.parametrize("descriptors", [256, 1024, 4096, 1_048_576])
def test_the_bounds_leave_descriptors_in_reserve(descriptors: int) -> None:
    bounds = bounds_of(descriptors)
    assert 0 < bounds.sockets <= connections.MOST_SOCKETS
    assert 0 < bounds.requests <= bounds.connections
    # A request may have a file open beside its connection.
    assert bounds.sockets + bounds.connections + bounds.requests <= bounds.in_all < descriptors


def test_many_have_gone_when_half_of_the_sockets_are_and_no_others_have_come() -> None:
    held = Connections(Bounds(100, 50, 50, 50))
    seen = []
    for count in (0, 19, 0, 50, 40, 50, 26, 25, 25, 6, 5):
        held.sockets = set(range(count))  # type: ignore[arg-type]
        seen.append(held.many_have_gone())
    assert [number for number, many in enumerate(seen) if many] == [7, 10]


def test_another_protocol_and_settings_not_yet_loaded_are_left_alone() -> None:
    unloaded = Config("dashboard:app")
    watch(unloaded, Connections(Bounds(1, 1, 1, 1)))
    assert not hasattr(unloaded, "http_protocol_class")
    other = Config("dashboard:app")
    other.http_protocol_class, other.ws_protocol_class = asyncio.Protocol, None
    watch(other, Connections(Bounds(1, 1, 1, 1)))
    assert (other.http_protocol_class, other.ws_protocol_class) == (asyncio.Protocol, None)


@pytest.mark.slow
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
