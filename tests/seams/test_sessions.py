"""A session takes its socket and no other descriptor, and is thrown out in time."""

from __future__ import annotations

import asyncio
import json
import urllib.request
import weakref
from contextlib import ExitStack
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from streamlit import runtime
from streamlit.runtime import websocket_session_manager
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from websockets.sync.client import connect

from stances.seams.sessions import LateLoop, sessions_in_order, throw_out_overdue

if TYPE_CHECKING:
    from tests.browser.app import Server

PAGES = 8


def told(server: Server) -> dict[str, Any]:
    with urllib.request.urlopen(f"{server.url}healthz") as answer:
        return dict(json.load(answer)["taken"])


def test_a_page_takes_one_descriptor_and_leaves_none(server: Server) -> None:
    stream = server.url.replace("http:", "ws:") + "_stcore/stream"
    free = told(server)["descriptors"] - told(server)["sockets"]
    with ExitStack() as pages:
        for _ in range(PAGES):
            pages.enter_context(connect(stream))
        now = told(server)
    assert now["sockets"] >= PAGES
    # Data may be read at the moment, which takes some; sessions would take three each.
    assert now["descriptors"] - now["sockets"] < free + PAGES


def test_a_loop_takes_nothing_until_it_is_asked_and_then_does_what_loops_do() -> None:
    loop = LateLoop()
    assert (loop.is_running(), loop.is_closed(), loop._made) == (False, False, None)
    asyncio.set_event_loop(loop)
    try:
        assert asyncio.get_event_loop_policy().get_event_loop() is loop
        assert loop.run_until_complete(asyncio.sleep(0, "done")) == "done"
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        asyncio.set_event_loop(None)
        loop.close()
    assert loop.is_closed()
    assert loop._made.is_closed()


def test_a_loop_that_was_never_asked_is_closed_without_being_made() -> None:
    loop = LateLoop()
    loop.close()
    assert loop.is_closed()
    assert loop._made is None


def test_sessions_are_made_so_while_the_server_runs() -> None:
    async def run() -> None:
        async with sessions_in_order():
            made = websocket_session_manager.AppSession  # type: ignore[attr-defined]
            assert made is not AppSession
            assert issubclass(made, AppSession)

    asyncio.run(run())
    assert websocket_session_manager.AppSession is AppSession  # type: ignore[attr-defined]


class _Gone:
    """What is kept of a session that has lost its socket."""

    def __init__(self) -> None:
        self.session = SimpleNamespace(id="gone")


def test_looking_throws_out_what_is_overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = _Gone()
    gone, store = weakref.ref(kept), MemorySessionStorage(ttl_seconds=0)
    store.save(kept)  # type: ignore[arg-type]
    del kept
    unused: Any = None
    manager = WebsocketSessionManager(store, unused, unused, None)
    running = SimpleNamespace(_session_mgr=manager)
    monkeypatch.setattr(runtime, "get_instance", lambda: running)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    assert gone() is not None
    throw_out_overdue()
    assert gone() is None
