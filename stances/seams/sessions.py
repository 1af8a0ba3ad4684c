"""Sessions take no descriptors but their sockets, and gone ones are thrown out in time.

Leans on: Streamlit making an event loop for each session (`AppSession._script_event_loop`), which
  takes three descriptors as long as the session is kept, and which no page here runs; on its
  keeping gone sessions in a cache (`ttl_cache.py`) that throws out overdue ones when it is told to.
Fails: a session takes four descriptors, and gone ones keep three until `disconnectedSessionTTL` is
  over and another session ends.
Then: look in `streamlit/runtime/app_session.py` for what a session opens when it is made, and in
  `memory_session_storage.py` for how the overdue are thrown out.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from streamlit import runtime
from streamlit.runtime import websocket_session_manager
from streamlit.runtime.app_session import AppSession

from stances.seams import every

_LOOK_SECONDS = 5.0


class _Late(asyncio.AbstractEventLoop):
    """An event loop that is made when it is first asked to do anything."""

    def __init__(self) -> None:
        self._made: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def made(self) -> asyncio.AbstractEventLoop:
        """The loop that does what is asked."""
        if self._made is None:
            self._made = asyncio.new_event_loop()
        return self._made

    def is_running(self) -> bool:
        """Whether it runs."""
        return self._made is not None and self._made.is_running()

    def is_closed(self) -> bool:
        """Whether it can be run no more."""
        return self._closed

    def close(self) -> None:
        """Give back what it has taken, if anything."""
        if self._made is not None:
            self._made.close()
        self._closed = True


def _passed_on(name: str) -> Any:
    def ask(self: _Late, *args: Any, **options: Any) -> Any:
        return getattr(self.made(), name)(*args, **options)

    return ask


_ASKED = [name for name in vars(asyncio.AbstractEventLoop) if not name.startswith("__")]
LateLoop: Any = type(
    "LateLoop", (_Late,), {name: _passed_on(name) for name in _ASKED if name not in vars(_Late)}
)


class _Session(AppSession):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._script_event_loop.close()
        self._script_event_loop = LateLoop()


@asynccontextmanager
async def sessions_in_order() -> AsyncIterator[None]:
    """Let sessions take little and go in time while the server runs, as a part of its lifespan."""
    websocket_session_manager.AppSession = _Session  # type: ignore[attr-defined]
    try:
        async with every(_LOOK_SECONDS, throw_out_overdue):
            yield
    finally:
        websocket_session_manager.AppSession = AppSession  # type: ignore[attr-defined]


def throw_out_overdue() -> None:
    """Let go of the sessions that have been without a socket for long enough."""
    found: Any = runtime.get_instance() if runtime.exists() else None
    for name in ("_session_mgr", "_session_storage", "_cache"):
        found = getattr(found, name, None)
    if found is not None:
        found.expire()
