"""A TCP proxy on loopback that counts the bytes it passes on."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.browser.app import HOST

_CHUNK = 65_536


@dataclass
class Wire:
    """Bytes passed on so far, by direction: what TCP carries, framing of HTTP and WebSocket too."""

    port: int = 0
    up: int = 0
    down: int = 0

    @property
    def total(self) -> int:
        """Bytes in both directions."""
        return self.up + self.down

    def add(self, up: int = 0, down: int = 0) -> None:
        """Count bytes from the browser (`up`) and to it (`down`)."""
        self.up += up
        self.down += down


@contextlib.contextmanager
def counting_proxy(target: int) -> Iterator[Wire]:
    """Listen on a free port and pass everything on to the port `target`, for a `with` block."""
    wire = Wire()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(_listen(wire, target))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _listen(wire: Wire, target: int) -> asyncio.Server:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(HOST, target)
        await asyncio.gather(
            _pass_on(reader, far_writer, lambda count: wire.add(up=count)),
            _pass_on(far_reader, writer, lambda count: wire.add(down=count)),
        )

    server = await asyncio.start_server(serve, HOST, 0)
    wire.port = server.sockets[0].getsockname()[1]
    return server


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, count: Callable[[int], None]
) -> None:
    with contextlib.suppress(ConnectionError):
        while chunk := await reader.read(_CHUNK):
            count(len(chunk))
            writer.write(chunk)
            await writer.drain()
    writer.close()
