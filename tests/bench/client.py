"""A small HTTP/1.1 client on one connection that is kept open.

So small because it shares the machine with the server that it measures: a client that checks and
models more costs more time than the answer does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.browser.app import HOST

_END_OF_HEADERS = b"\r\n\r\n"


@dataclass(frozen=True)
class Reply:
    """An answer; the names of `headers` in lower case, `body` as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def request(port: int, path: str, headers: Mapping[str, str]) -> bytes:
    """The bytes of a GET request."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def reply_of(head: bytes, body: bytes = b"") -> Reply:
    """The answer whose head is `head`: the status line and the headers."""
    status, *lines = head.decode("latin-1").rstrip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    return Reply(int(status.split()[1]), headers, body)


class Client:
    """An open connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ask(self, request: bytes) -> Reply:
        """Send a request and read its answer, which must tell its length (or be a 304)."""
        self._writer.write(request)
        head = reply_of(await self._reader.readuntil(_END_OF_HEADERS))
        length = int(head.headers.get("content-length", 0)) if head.status != 304 else 0
        return Reply(head.status, head.headers, await self._reader.readexactly(length))


@asynccontextmanager
async def connection(port: int) -> AsyncIterator[Client]:
    """A connection to a port of this machine, for an `async with` block."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        yield Client(reader, writer)
    finally:
        writer.close()
