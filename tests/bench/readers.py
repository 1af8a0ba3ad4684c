"""The cost of readers who touch nothing to a hosted instance. Run: python -m tests.bench.readers

README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stances.links.register import PAGES
from tests.bench.client import Client, connection, request
from tests.bench.load import as_shipped, port_of
from tests.browser.app import HOST, Server
from tests.browser.hosting.nginx import trusting, why_no_nginx

A_SECOND, SECONDS, ADDRESSES = 300, 20.0, 100
MOST_MS = 500
_HEADERS: Mapping[str, str] = {"Accept-Encoding": "gzip", "User-Agent": "Mozilla/5.0"}
# The days of a year: pages that are asked for again and again, and so are kept.
_DAYS = [f"2024-{month:02d}-28" for month in range(1, 13)]


@dataclass
class Tally:
    """The answers: seconds of each page, and their number by status."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    sent: int = 0

    def p95_ms(self) -> float:
        """Return the time within which 95 of 100 pages are there."""
        return 1000 * statistics.quantiles(self.seconds, n=20)[-1]


def views() -> list[str]:
    """Return the addresses that readers open."""
    return [f"/{page}?as_of={day}" for day in _DAYS for page in PAGES]


async def read(port: int, number: int, tally: Tally, turns: Sequence[tuple[float, str]]) -> None:
    """Open views one after another, each at its time, from an address of one's own, with what the
    page loads.
    """
    reader, writer = await asyncio.open_connection(
        HOST, port, ssl=trusting(), local_addr=(f"127.0.1.{number + 1}", 0)
    )
    client = Client(reader, writer)
    for start, view in turns:
        await asyncio.sleep(max(0.0, start - time.monotonic()))
        page = await client.ask(request(port, view, _HEADERS))
        tally.seconds.append(time.monotonic() - start)
        tally.statuses[page.status] += 1
        tally.sent += len(page.body)
        # Style and script are the browser's own after the first page; each reader here is new.
        for path in ("/style.css", "/page.js"):
            loaded = await client.ask(request(port, path, _HEADERS))
            tally.statuses[loaded.status] += 1
            tally.sent += len(loaded.body)
    writer.close()


async def crowd(port: int, a_second: int, seconds: float) -> Tally:
    """Return what so many readers a second meet, spread over addresses as readers are."""
    tally, every = Tally(), views()
    begin = time.monotonic() + 1.0
    turns: list[list[tuple[float, str]]] = [[] for _ in range(ADDRESSES)]
    for number in range(int(a_second * seconds)):
        turn = begin + number / a_second, every[number * 7 % len(every)]
        turns[number % ADDRESSES].append(turn)
    await asyncio.gather(*(read(port, number, tally, mine) for number, mine in enumerate(turns)))
    return tally


def main() -> int:
    """Print what readers met; the exit status tells whether it is good."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=A_SECOND, help="a second")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    options = parser.parse_args()
    reason = why_no_nginx()
    if reason:
        print(reason)
        return 1
    with as_shipped() as (replicas, nginx):
        # Each replica has made each page once, as in the time that it is kept.
        asyncio.run(crowd(nginx.port, 30, len(views()) / 15))
        tally = asyncio.run(crowd(nginx.port, options.readers, options.seconds))
        sockets = sum(asyncio.run(_sockets(replica)) for replica in replicas)
    refused = sum(count for status, count in tally.statuses.items() if status != 200)
    print(
        f"{options.readers} readers a second for {options.seconds:.0f} s: page within "
        f"{1000 * statistics.median(tally.seconds):.0f} ms (p50), {tally.p95_ms():.0f} ms (p95), "
        f"{refused} refused, {sockets} sessions, "
        f"{tally.sent / len(tally.seconds) / 1000:.0f} kB each"
    )
    return 0 if tally.p95_ms() <= MOST_MS and not refused and not sockets else 1


async def _sockets(replica: Server) -> int:
    """Return the open sessions of a replica, as its health tells."""
    async with connection(port_of(replica)) as client:
        reply = await client.ask(request(port_of(replica), "/healthz", {}))
    return int(json.loads(reply.body)["taken"]["sockets"])


if __name__ == "__main__":
    sys.exit(main())
