"""Compression that remembers: what a message repeats from those before it is not sent again.

Leans on: uvicorn making each connection by `Config.ws_protocol_class`, and that by `websockets`,
  whose offers stand in `conn.available_extensions` until the handshake is answered.
Fails: compression goes on with the 4 kB of memory that uvicorn gives it; a step of the date costs
  10 kB in place of 5.
Then: ask uvicorn for a setting, or look in `websockets_sansio_impl.py` where the offer is made.
"""

from __future__ import annotations

from typing import Any

from uvicorn import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

# Of the sender: 2**15 bytes, all that the protocol allows; a run of the map has some 30 kB. What
# comes in is small. A connection holds a quarter of a megabyte for it.
_SENDS_BITS, _HEARS_BITS = 15, 12


class _Remembering(WebSocketsSansIOProtocol):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.conn.available_extensions:
            self.conn.available_extensions = [
                ServerPerMessageDeflateFactory(
                    server_max_window_bits=_SENDS_BITS, client_max_window_bits=_HEARS_BITS
                )
            ]


def remember_more(settings: Config) -> None:
    """Let the connections that a server opens from now on compress against the last 32 kB."""
    if getattr(settings, "ws_protocol_class", None) is WebSocketsSansIOProtocol:
        settings.ws_protocol_class = _Remembering
