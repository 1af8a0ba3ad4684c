"""Many different heavy answers asked for at once. Run: python -m tests.bench.heavy

While 40 visitors move the date and the health of the server is asked for all the time, 200 series,
no two the same, are asked for in one moment: directly, and through the shipped nginx from several
addresses. README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import stances
from tests.bench.client import Client, request
from tests.bench.found import Line, print_lines
from tests.bench.load import Tally, Truth, crowd, dashboard, port_of, resident_mb
from tests.browser.app import HOST, ROOT, Server, free_port
from tests.browser.hosting.nginx import front, start_replica, trusting, why_no_nginx

ASKED = 200
VISITORS = 40
ALLOWED = {200, 429, 503}
# As many addresses as ask through nginx, which slows each by itself.
ADDRESSES = 5
_BEFORE, _SETTLE = 12.0, 6.0
_FIRST = date(2010, 1, 1)


@dataclass
class Siege:
    """What came of it. `statuses`: of the heavy answers, 0 where there was none; `health`: seconds
    of each answer of `/healthz`; `peak`: MB of each server.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    health: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Gate:
    """Where the answers are asked for: a port, by TLS or not, from one of `addresses`."""

    port: int
    tls: bool = False
    addresses: Sequence[str] = (HOST,)

    async def status(self, number: int, path: str) -> int:
        """The status that request `number` gets; 0 where the connection breaks."""
        address = self.addresses[number % len(self.addresses)]
        tls = trusting() if self.tls else None
        with suppress(OSError, EOFError):
            reader, writer = await asyncio.open_connection(
                HOST, self.port, ssl=tls, local_addr=(address, 0)
            )
            try:
                asked = request(self.port, path, {"Accept-Encoding": "gzip"})
                return (await Client(reader, writer).ask(asked)).status
            finally:
                writer.close()
        return 0


def _questions() -> list[str]:
    """Series that begin on different days: none of them is kept."""
    kinds = ("json", "csv")
    days = [_FIRST + timedelta(days=number) for number in range(ASKED)]
    return [f"/series.{kinds[number % 2]}?from={day}" for number, day in enumerate(days)]


async def _besiege(gate: Gate, found: Siege) -> None:
    asked = [gate.status(number, path) for number, path in enumerate(_questions())]
    found.statuses.update(await asyncio.gather(*asked))


async def _watch(servers: Sequence[Server], found: Siege, until: asyncio.Event) -> None:
    """Ask the health of the servers and weigh them."""
    found.peak = [0.0] * len(servers)
    while not until.is_set():
        for number, server in enumerate(servers):
            start = time.monotonic()
            status = await Gate(port_of(server)).status(0, "/healthz")
            found.health.append(time.monotonic() - start if status == 200 else float("inf"))
            held = resident_mb(server.process.pid)
            found.peak[number] = max(found.peak[number], held)
        await asyncio.sleep(0.05)


async def _under_way(servers: Sequence[Server], gate: Gate, truth: Truth) -> tuple[Siege, Tally]:
    """The siege, begun while visitors move the date of the first server."""
    found, ended = Siege(), asyncio.Event()
    watching = asyncio.ensure_future(_watch(servers, found, ended))
    visiting = asyncio.ensure_future(crowd(servers[0], VISITORS, _BEFORE + 20.0, truth))
    await asyncio.sleep(_BEFORE)
    await _besiege(gate, found)
    tally, _ = await visiting
    await asyncio.sleep(_SETTLE)
    ended.set()
    await watching
    return found, tally


def _lines(where: str, found: Siege, tally: Tally, before: Sequence[str]) -> Iterator[Line]:
    peak, health, others = before
    yield Line(f"{where}: peak of a server", peak, max(found.peak), 700, "MB")
    yield Line(f"{where}: longest answer of /healthz", health, max(found.health), 1, "s")
    yield Line(f"{where}: steps of 40 visitors, p95", "not measured", tally.p(95) / 1000, 2, "s")
    strange = sum(count for status, count in found.statuses.items() if status not in ALLOWED)
    yield Line(f"{where}: answers but 200, 429, 503", others, strange, 0)
    yield Line(f"{where}: errors of visitors", "not measured", tally.errors.total(), 0)
    told = ", ".join(f"{count} times {status}" for status, count in sorted(found.statuses.items()))
    print(f"  {where}: {told}", flush=True)


def direct(truth: Truth) -> Iterator[Line]:
    """The figures of one server, asked directly."""
    with dashboard() as server:
        found, tally = asyncio.run(_under_way([server], Gate(port_of(server)), truth))
    yield from _lines("direct", found, tally, ("3800 MB", "34 s", "killed"))


def behind_nginx(truth: Truth) -> Iterator[Line]:
    """The figures of two replicas behind the shipped nginx."""
    with tempfile.TemporaryDirectory() as scratch:
        ports = [free_port(), free_port()]
        replicas = [start_replica(Path(scratch) / f"log{port}", port, ROOT) for port in ports]
        addresses = [f"127.0.0.{number}" for number in range(11, 11 + ADDRESSES)]
        try:
            with front(Path(scratch) / "nginx", ports) as nginx:
                gate = Gate(nginx.port, tls=True, addresses=addresses)
                found, tally = asyncio.run(_under_way(replicas, gate, truth))
        finally:
            for replica in replicas:
                replica.stop()
    yield from _lines("nginx", found, tally, ("3800 MB, killed", "34 s", "41 times 502"))


def lines(truth: Truth) -> Iterator[Line]:
    """The figures of both."""
    yield from direct(truth)
    if reason := why_no_nginx():
        print(f"  not behind nginx: {reason}")
    else:
        yield from behind_nginx(truth)


def main() -> None:
    """Print the figures."""
    print_lines("Heavy answers", lines(Truth(stances.load())))


if __name__ == "__main__":
    main()
