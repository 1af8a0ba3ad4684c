"""Many different heavy answers asked for at once. Run: python -m tests.bench.heavy

While 40 visitors move the date and the health of the server is asked for all the time, 200 series
or pictures, no two the same, are asked for in one moment: directly, and through the shipped nginx
from several addresses. README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import stances
from tests.bench.client import Client, request
from tests.bench.lines import Line, print_lines
from tests.bench.load import Tally, Truth, as_shipped, crowd, dashboard, port_of, resident_mb
from tests.browser.app import HOST, Server
from tests.browser.hosting.nginx import trusting, why_no_nginx

ASKED = 200
VISITORS = 40
ALLOWED = {200, 429, 503}
# As many addresses as ask through nginx, which slows each by itself.
ADDRESSES = 5
_BEFORE, _SETTLE = 12.0, 6.0
_FIRST, _LATER = date(2010, 1, 1), date(2020, 1, 1)
_PICTURES = (
    "map.png?view=world", "map.svg?view=europe", "trends.png?theme=dark", "members.png?group=all",
    "deadlines.png?status=all", "actors/POL.png?theme=dark",
)  # fmt: skip
_UNMEASURED = ("not measured", "not measured", "not measured")


@dataclass
class Siege:
    """The result of it. `statuses`: of the heavy answers, 0 where there was none; `health`: seconds
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
                answer = request(self.port, path, {"Accept-Encoding": "gzip"})
                return (await Client(reader, writer).ask(answer)).status
            finally:
                writer.close()
        return 0


def _series(number: int) -> str:
    """A series that begins on a day of its own, so that it is not kept."""
    return f"/series.{('json', 'csv')[number % 2]}?from={_FIRST + timedelta(days=number)}"


def _picture(number: int) -> str:
    """A picture of a day of its own, of every kind in turn, as large as they come."""
    name = _PICTURES[number % len(_PICTURES)]
    return f"/pictures/{name}&as_of={_LATER + timedelta(days=number)}&width=2400"


# What is asked for, by its name in the table.
KINDS: dict[str, Callable[[int], str]] = {"series": _series, "pictures": _picture}


async def _besiege(gate: Gate, result: Siege, kind: str) -> None:
    paths = map(KINDS[kind], range(ASKED))
    statuses = [gate.status(number, path) for number, path in enumerate(paths)]
    result.statuses.update(await asyncio.gather(*statuses))


async def _watch(servers: Sequence[Server], result: Siege, until: asyncio.Event) -> None:
    """Ask the health of the servers and weigh them."""
    result.peak = [0.0] * len(servers)
    while not until.is_set():
        for number, server in enumerate(servers):
            start = time.monotonic()
            status = await Gate(port_of(server)).status(0, "/healthz")
            result.health.append(time.monotonic() - start if status == 200 else float("inf"))
            held = resident_mb(server.process.pid)
            result.peak[number] = max(result.peak[number], held)
        await asyncio.sleep(0.05)


async def _under_way(
    servers: Sequence[Server], gate: Gate, truth: Truth, kind: str
) -> tuple[Siege, Tally]:
    """The siege, begun while visitors move the date of the first server."""
    result, ended = Siege(), asyncio.Event()
    watching = asyncio.ensure_future(_watch(servers, result, ended))
    visiting = asyncio.ensure_future(crowd(servers[0], VISITORS, _BEFORE + 20.0, truth))
    await asyncio.sleep(_BEFORE)
    await _besiege(gate, result, kind)
    tally, _ = await visiting
    await asyncio.sleep(_SETTLE)
    ended.set()
    await watching
    return result, tally


def _lines(where: str, result: Siege, tally: Tally, before: Sequence[str]) -> Iterator[Line]:
    peak, health, others = before
    yield Line(f"{where}: peak of a server", peak, max(result.peak), 700, "MB")
    yield Line(f"{where}: longest answer of /healthz", health, max(result.health), 1, "s")
    yield Line(f"{where}: steps of 40 visitors, p95", "not measured", tally.p(95) / 1000, 2, "s")
    strange = sum(count for status, count in result.statuses.items() if status not in ALLOWED)
    yield Line(f"{where}: answers but 200, 429, 503", others, strange, 0)
    yield Line(f"{where}: errors of visitors", "not measured", tally.errors.total(), 0)
    text = ", ".join(f"{count} times {status}" for status, count in sorted(result.statuses.items()))
    print(f"  {where}: {text}", flush=True)


def direct(truth: Truth, kind: str) -> Iterator[Line]:
    """The figures of one server, asked directly."""
    with dashboard() as server:
        result, tally = asyncio.run(_under_way([server], Gate(port_of(server)), truth, kind))
    before = ("3800 MB", "34 s", "killed") if kind == "series" else _UNMEASURED
    yield from _lines(f"{kind}, direct", result, tally, before)


def behind_nginx(truth: Truth, kind: str) -> Iterator[Line]:
    """The figures of two replicas behind the shipped nginx."""
    addresses = [f"127.0.0.{number}" for number in range(11, 11 + ADDRESSES)]
    with as_shipped() as (replicas, nginx):
        gate = Gate(nginx.port, tls=True, addresses=addresses)
        result, tally = asyncio.run(_under_way(replicas, gate, truth, kind))
    before = ("3800 MB, killed", "34 s", "41 times 502") if kind == "series" else _UNMEASURED
    yield from _lines(f"{kind}, nginx", result, tally, before)


def lines(truth: Truth) -> Iterator[Line]:
    """The figures of both, of each kind."""
    reason = why_no_nginx()
    if reason:
        print(f"  not behind nginx: {reason}")
    for kind in KINDS:
        yield from direct(truth, kind)
        if not reason:
            yield from behind_nginx(truth, kind)


def main() -> None:
    """Print the figures."""
    print_lines("Heavy answers", lines(Truth(stances.load())))


if __name__ == "__main__":
    main()
