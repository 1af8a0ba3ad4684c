"""What a message repeats from those before it is not sent again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from uvicorn import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.sync.client import connect

from stances.seams.compression import remember_more

if TYPE_CHECKING:
    from tests.browser.app import Server

STREAM = "_stcore/stream"


def test_the_server_compresses_against_all_that_the_protocol_lets_it_remember(
    server: Server,
) -> None:
    address = server.url.replace("http:", "ws:") + STREAM
    with connect(address, origin=server.origin, subprotocols=["streamlit"]) as socket:  # type: ignore[arg-type,list-item]
        agreed = socket.protocol.extensions[0]
    assert agreed.remote_max_window_bits == 15  # type: ignore[attr-defined]
    assert not agreed.remote_no_context_takeover  # type: ignore[attr-defined]


def test_another_protocol_and_settings_not_yet_loaded_are_left_alone() -> None:
    unloaded = Config("dashboard:app")
    remember_more(unloaded)
    assert not hasattr(unloaded, "ws_protocol_class")
    without = Config("dashboard:app", ws="none")
    without.ws_protocol_class = None
    remember_more(without)
    assert without.ws_protocol_class is None


def test_a_server_told_not_to_compress_does_not() -> None:
    settings = Config("dashboard:app", ws_per_message_deflate=False)
    settings.ws_protocol_class = WebSocketsSansIOProtocol
    remember_more(settings)
    made = asyncio.run(connection(settings))
    assert not made.conn.available_extensions


async def connection(settings: Config) -> WebSocketsSansIOProtocol:
    return settings.ws_protocol_class(config=settings, server_state=_State(), app_state={})


class _State:
    """What a connection asks of its server when it is made."""

    connections: set[object]
    tasks: set[object]
    default_headers: list[tuple[bytes, bytes]]

    def __init__(self) -> None:
        self.connections, self.tasks, self.default_headers = set(), set(), []
