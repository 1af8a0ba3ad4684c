"""Sockets that ask nothing make room or are closed, and pages that are too many are refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config, Server
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from stances.routes import capacity, gate
from stances.routes.capacity import MOST_PAGES, Bounds, Capacity, bounds_of
from stances.routes.gate import Gate
from tests.browser.app import HOST, free_port

BACK = ("streamlit", "token", "session")


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    """Takes any socket and hears it out."""
    assert scope["type"] == "websocket"
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


@asynccontextmanager
async def _serving(
    monkeypatch: pytest.MonkeyPatch, pages: int = 9, silent: int = 9, app: ASGIApp = _app
) -> AsyncIterator[tuple[int, Capacity]]:
    """The port of a server behind the gate, and what it has taken on, for an `async with` block."""
    made = Capacity(Bounds(100, pages, silent, 9))
    monkeypatch.setattr(gate, "capacity", lambda: made)
    behind = Gate(app, frozenset())
    settings = Config(behind, host=HOST, port=free_port(), lifespan="off", log_level="error")
    server = Server(settings)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield settings.port, made
    finally:
        server.should_exit = server.force_exit = True
        await serving


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


async def _page(
    port: int, *, asks: bool = False, protocols: Sequence[str] = ()
) -> ClientConnection:
    offered = [Subprotocol(name) for name in protocols] or None
    own = Origin(f"http://{HOST}:{port}")
    page = await connect(f"ws://{HOST}:{port}/", origin=own, subprotocols=offered)
    if asks:
        await page.send(b"a run")
    return page


def test_a_socket_that_says_nothing_is_closed_with_the_reason_and_others_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(capacity, "SILENT_SECONDS", 0.2)

    async def run() -> None:
        async with _serving(monkeypatch) as (port, made):
            silent, asking = await _page(port), await _page(port, asks=True)
            back = await _page(port, protocols=BACK)
            await silent.wait_closed()
            await asyncio.sleep(0.5)
            assert silent.close_code == 1008
            assert "nothing was asked" in (silent.close_reason or "")
            # A page that comes back after its network failed has nothing to say.
            assert (asking.close_code, back.close_code) == (None, None)
            assert (made.pages, len(made.silent)) == (1, 1)
            await asking.close()
            await back.close()
            await _until(lambda: not made.pages and not made.silent)

    asyncio.run(run())


def test_the_socket_that_has_waited_longest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        async with _serving(monkeypatch, silent=2) as (port, made):
            back, second = await _page(port, protocols=BACK), await _page(port)
            third = await _page(port)
            await back.wait_closed()
            assert (second.close_code, third.close_code) == (None, None)
            assert len(made.silent) == 2
            await second.send(b"a run")
            await _until(lambda: made.pages == 1)
            assert len(made.silent) == 1
            for each in (second, third):
                await each.close()

    asyncio.run(run())


def test_where_as_many_pages_are_open_as_may_the_next_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def run() -> None:
        async with _serving(monkeypatch, pages=1) as (port, made):
            silent, first = await _page(port), await _page(port, asks=True)
            await _until(lambda: made.full)
            with pytest.raises(InvalidStatus, match="503"):
                await _page(port)
            # It was let in before, and asks when there is no room any more.
            await silent.send(b"a run")
            await silent.wait_closed()
            assert "as many pages are open" in (silent.close_reason or "")
            await first.close()
            await _until(lambda: not made.full)
            again = await _page(port, asks=True)
            await _until(lambda: made.full)
            await again.close()

    asyncio.run(run())


def test_an_application_learns_of_a_socket_when_it_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        await receive()
        await send({"type": "websocket.accept"})
        heard.append(await receive())
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async def run() -> None:
        async with _serving(monkeypatch, app=app) as (port, made):
            silent, asking = await _page(port), await _page(port, asks=True)
            await _until(lambda: bool(heard))
            await silent.close()
            await asking.close()
            await _until(lambda: not made.pages and not made.silent)

    asyncio.run(run())
    assert [message["bytes"] for message in heard] == [b"a run"]


@pytest.mark.parametrize("descriptors", [256, 1024, 8192, 1_048_576])
def test_the_bounds_leave_descriptors_in_reserve(descriptors: int) -> None:
    bounds = bounds_of(descriptors)
    assert 0 < bounds.pages <= MOST_PAGES
    # The session of a page takes three beside its socket, a request may have a file open.
    assert 4 * bounds.pages + bounds.silent + 2 * bounds.requests < descriptors


def test_what_a_request_takes_is_given_back_where_it_fails() -> None:
    made = Capacity(Bounds(100, 1, 1, 1))

    async def fail(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        assert made.busy
        raise ValueError

    async def never() -> None:
        raise AssertionError

    with pytest.raises(ValueError):  # noqa: PT011 - the application's own
        asyncio.run(made.answer(fail, {}, never, never))  # type: ignore[arg-type]
    assert not made.busy
