"""Whether one address can take what others came for. Run: python -m tests.bench.fair

README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from websockets.exceptions import WebSocketException

from tests.bench.client import Client, request
from tests.bench.heavy import KINDS
from tests.bench.load import as_shipped, dashboard, port_of, resident_mb
from tests.bench.visitor import BadAnswer, Tab, Visitor, visiting
from tests.browser.app import HOST, Server
from tests.browser.hosting.nginx import trusting, why_no_nginx

SECONDS, CONNECTIONS, SOCKETS = 25.0, 30, 60
MOST_SECONDS = 6.0
_ATTACKER = "127.0.2.1"
_FIRST = date(2018, 1, 1)
_HEADERS = {"Accept-Encoding": "gzip"}
_numbers = itertools.count()


@dataclass
class Found:
    """The waits of others: the longest seconds by request, and answers by their status."""

    longest: dict[str, float] = field(default_factory=dict)
    statuses: Counter[object] = field(default_factory=Counter)

    def add(self, what: str, seconds: float, status: object) -> None:
        """Take in what one of them met."""
        self.longest[what] = max(self.longest.get(what, 0.0), seconds)
        self.statuses[status] += 1


@dataclass(frozen=True)
class Door:
    """Where visitors come in: the port of a server, or of nginx before two (`tls`)."""

    port: int
    tls: bool = False

    @asynccontextmanager
    async def client(self, address: str) -> AsyncIterator[Client]:
        """A connection from an address, for an `async with` block."""
        tls = trusting() if self.tls else None
        reader, writer = await asyncio.open_connection(
            HOST, self.port, ssl=tls, local_addr=(address, 0)
        )
        try:
            yield Client(reader, writer)
        finally:
            writer.close()

    async def ask(self, address: str, path: str) -> int:
        """Ask for a path. Returns the status; 0: there was no answer."""
        with suppress(OSError, EOFError):
            async with self.client(address) as client:
                return (await client.ask(request(self.port, path, _HEADERS))).status
        return 0


def _settings() -> str:
    """Settings that nobody has asked for before."""
    return f"settings=act:{1 + next(_numbers) / 1000:.3f}"


async def ask_for_heavy(door: Door) -> None:
    """Ask from one address for one heavy answer after another, on all connections."""

    async def one(number: int) -> None:
        while True:
            kind = KINDS[("series", "pictures")[number % 2]]
            if await door.ask(_ATTACKER, kind(next(_numbers) % 3000)) in (0, 429):
                await asyncio.sleep(0.1)

    await asyncio.gather(*(one(number) for number in range(CONNECTIONS)))


async def ask_for_settings(door: Door) -> None:
    """Ask from one address, on all sockets, for ever new settings."""

    async def one() -> None:
        tls = trusting() if door.tls else None
        while True:
            with suppress(OSError, EOFError, BadAnswer, TimeoutError, WebSocketException):
                async with visiting(door.port, _FIRST, tls, _ATTACKER) as visitor:
                    while True:
                        await _under_others(door, visitor).run()
            await asyncio.sleep(0.1)

    await asyncio.gather(*(one() for _ in range(SOCKETS)))


def _under_others(door: Door, visitor: Visitor) -> Visitor:
    """Return this socket with another link in the tab."""
    s = "s" if door.tls else ""
    tab = Tab(f"http{s}://{HOST}:{door.port}/", f"as_of=2020-01-01&{_settings()}")
    return Visitor(tab, visitor._socket)


async def come_by(door: Door, found: Found, seconds: float) -> None:
    """Let others come, each from an address and for a day of its own, two a second."""
    ends, coming = time.monotonic() + seconds, []
    for number in itertools.count():
        if time.monotonic() >= ends:
            break
        coming.append(asyncio.ensure_future(_visit(door, found, number)))
        await asyncio.sleep(0.5)
    await asyncio.gather(*coming)


async def _visit(door: Door, found: Found, number: int) -> None:
    """One visitor: a page, a picture, a brief, or a first run."""
    address, day = f"127.0.3.{number % 200 + 1}", _FIRST + timedelta(days=number * 3)
    paths = {
        "page": f"/actor?actor=POL&as_of={day}",
        "picture": f"/pictures/map.png?as_of={day}",
        "brief": f"/briefs/POL.pdf?as_of={day}",
    }
    what = [*paths, "first run"][number % 4]
    start = time.monotonic()
    if what in paths:
        status: object = await door.ask(address, paths[what])
    else:
        try:
            async with visiting(door.port, day, trusting() if door.tls else None, address):
                status = 200
        except (OSError, BadAnswer, TimeoutError, WebSocketException) as error:
            status = type(error).__name__
    found.add(what, time.monotonic() - start, status)


async def _siege(door: Door, attack: Callable[[Door], Awaitable[None]], seconds: float) -> Found:
    found = Found()
    attacking = asyncio.ensure_future(attack(door))
    await asyncio.sleep(2)
    await come_by(door, found, seconds)
    attacking.cancel()
    with suppress(asyncio.CancelledError):
        await attacking
    return found


ATTACKS: dict[str, Callable[[Door], Awaitable[None]]] = {
    f"{CONNECTIONS} connections of heavy answers": ask_for_heavy,
    f"{SOCKETS} sockets of ever new settings": ask_for_settings,
}


def sieges(seconds: float, behind: bool) -> Iterator[bool]:
    """Print what others met in each siege, directly or behind nginx; yield whether it is good."""
    for name, attack in ATTACKS.items():
        if behind:
            with as_shipped() as (replicas, nginx):
                yield _tell(
                    f"behind nginx, {name}", Door(nginx.port, True), replicas, attack, seconds
                )
        else:
            with dashboard() as server:
                yield _tell(f"directly, {name}", Door(port_of(server)), [server], attack, seconds)


def _tell(
    name: str,
    door: Door,
    servers: list[Server],
    attack: Callable[[Door], Awaitable[None]],
    seconds: float,
) -> bool:
    found = asyncio.run(_siege(door, attack, seconds))
    longest = ", ".join(f"{what} {took:.1f} s" for what, took in sorted(found.longest.items()))
    refused = sum(count for status, count in found.statuses.items() if status != 200)
    held = max(resident_mb(server.process.pid) for server in servers)
    print(
        f"{name}: longest {longest}; {refused} of {found.statuses.total()} refused; {held:.0f} MB"
    )
    return refused == 0 and max(found.longest.values()) <= MOST_SECONDS


def main() -> int:
    """Print all sieges; the exit status tells whether others had what they came for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of a siege")
    options = parser.parse_args()
    good = [*sieges(options.seconds, behind=False)]
    if why_no_nginx():
        print(f"not behind nginx: {why_no_nginx()}")
    else:
        good += sieges(options.seconds, behind=True)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
