"""A visitor of the Map page without a browser: a WebSocket session in Streamlit's own protocol.

What a tab does on the wire: it opens `/_stcore/stream`, sends a `BackMsg` for each run, with the
state of its controls and the hashes of what it keeps, and reads `ForwardMsg`s until the run has
ended. Streamlit's agent API would be less work, but it has to be turned on, holds no socket open
and answers with a document that no browser asks for: its times and its memory would not be those
of a visitor.
"""

from __future__ import annotations

import asyncio
import html
import re
import ssl
import time
from collections.abc import AsyncIterator, MutableSequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.browser.app import HOST

RUN_SECONDS = 30.0
_LARGEST_MESSAGE = 200_000_000
# Runs for which a browser keeps a message that was not asked for (global.maxCachedMessageAge).
_KEPT_RUNS = 2
_HEADLINE = 'class="headline"'
_TAG = re.compile(r"<[^>]*>")


class BadAnswer(Exception):
    """The page shows an exception, has not ended well, or has not what was asked for."""


class Tab:
    """A browser's tab: its knowledge of the page, its words with the server; no socket yet."""

    def __init__(self, url: str, query: str) -> None:
        self._url = url
        self._query = query
        self._script = ""
        self._run = 0
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._states: dict[str, WidgetState] = {}
        self._elements: list[Element] = []
        self._slider: Element | None = None

    def slide(self, steps: int) -> None:
        """Move the slider of the date by some of its steps, no further than it reaches."""
        slider, values = self._slider_element().slider, self._slider_state().double_array_value.data
        values[0] = min(max(values[0] + steps * slider.step, slider.min), slider.max)

    def month(self) -> int:
        """The month that the slider stands on, counted from its first one."""
        slider = self._slider_element().slider
        return round((self._slider_state().double_array_value.data[0] - slider.min) / slider.step)

    def headline(self) -> str:
        """The headline of the page and the line below it, as plain text; empty without one."""
        bodies = [element.markdown.body or element.html.body for element in self._elements]
        heads = [body for body in bodies if _HEADLINE in body]
        return html.unescape(_TAG.sub("\n", heads[-1])) if heads else ""

    def request(self) -> bytes:
        """The message that asks for a run."""
        self._run += 1
        self._elements = []
        message = BackMsg()
        query = message.rerun_script
        query.query_string = self._query
        query.page_script_hash = self._script
        query.widget_states.widgets.extend(self._states.values())
        query.cached_message_hashes.extend(self._kept)
        query.context_info.url = self._url
        query.context_info.timezone = "UTC"
        query.context_info.locale = "en-GB"
        return message.SerializeToString()

    def take(self, content: bytes) -> bool:
        """Take a message of the server in; tells whether the run has ended. Raises BadAnswer."""
        message = ForwardMsg.FromString(content)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            return self._is_end(message)
        if kind == "new_session":
            self._script = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind in ("delta", "ref_hash"):
            self._take_delta(message)
        return False

    def _is_end(self, message: ForwardMsg) -> bool:
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise BadAnswer(f"the run has ended with {message.script_finished}")
        oldest = self._run - _KEPT_RUNS
        self._kept = {key: kept for key, kept in self._kept.items() if kept[0] >= oldest}
        return True

    def _take_delta(self, message: ForwardMsg) -> None:
        if message.HasField("ref_hash"):
            if message.ref_hash not in self._kept:
                raise BadAnswer("the server refers to a message that was not kept")
            message = self._kept[message.ref_hash][1]
        if message.metadata.cacheable:
            self._kept[message.hash] = (self._run, message)
        if message.delta.WhichOneof("type") == "new_element":
            self._take_element(message.delta.new_element)

    def _take_element(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise BadAnswer(f"{element.exception.type}: {element.exception.message}")
        self._elements.append(element)
        if kind == "slider":
            self._slider = element
            data = self._state(element.slider.id).double_array_value.data
            _follow(data, element.slider)
        elif kind == "date_input":
            _follow(self._state(element.date_input.id).string_array_value.data, element.date_input)

    def _state(self, widget: str) -> WidgetState:
        return self._states.setdefault(widget, WidgetState(id=widget))

    def _slider_element(self) -> Element:
        if self._slider is None:
            raise BadAnswer("the page has no slider")
        return self._slider

    def _slider_state(self) -> WidgetState:
        return self._states[self._slider_element().slider.id]


def _follow(data: MutableSequence[Any], element: Any) -> None:
    """Let a control show its first value, and later what the server sets."""
    if element.set_value or not data:
        data[:] = element.value if element.set_value else element.default


class Visitor:
    """A tab with its socket open."""

    def __init__(self, tab: Tab, socket: ClientConnection) -> None:
        self.tab = tab
        self._socket = socket

    async def run(self) -> float:
        """Ask for a run. Returns the seconds until it has ended. Raises BadAnswer, TimeoutError,
        and ConnectionClosed.
        """
        request = self.tab.request()
        start = time.perf_counter()
        async with asyncio.timeout(RUN_SECONDS):
            await self.say(request)
            while not self.tab.take(await self.hear()):
                pass
        return time.perf_counter() - start

    async def say(self, content: bytes) -> None:
        """Send a message. Raises ConnectionClosed."""
        await self._socket.send(content)

    async def hear(self) -> bytes:
        """The next message of the server. Raises ConnectionClosed."""
        return await self._socket.recv(decode=False)


@asynccontextmanager
async def visiting(
    port: int, as_of: date, tls: ssl.SSLContext | None = None, come_from: str = HOST
) -> AsyncIterator[Visitor]:
    """A visitor who has opened the Map page on a date, for an `async with` block. `come_from`: the
    visitor's address.
    """
    address, s = f"{HOST}:{port}", "s" if tls else ""
    socket = connect(
        f"ws{s}://{address}/_stcore/stream",
        origin=Origin(f"http{s}://{address}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=_LARGEST_MESSAGE,
        ssl=tls,
        local_addr=(come_from, 0),
    )
    async with socket as opened:
        visitor = Visitor(Tab(f"http{s}://{address}/", f"as_of={as_of}"), opened)
        await visitor.run()
        yield visitor
