"""The server under many visitors. Run: python -m tests.bench.load

Real WebSocket sessions in Streamlit's own protocol (see visitor.py for why not its agent API), each
moving the date every two seconds, while the data routes are asked at their own rate; then what
memory is left when the visitors have gone.
This process is the visitors; the servers are processes of their own. README.md of this folder says
how each figure is taken.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import ssl
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from websockets.exceptions import WebSocketException

import stances
from stances.answers import snapshot
from stances.filters.map import lead_on
from tests.bench.client import connection, request
from tests.bench.visitor import BadAnswer, Visitor, visiting
from tests.browser.app import HOST, ROOT, Server, free_port, serve
from tests.browser.hosting.nginx import Front, front, start_replica, trusting, why_no_nginx

STEP_SECONDS = 2.0
ROUTE_SECONDS = 0.2  # the data routes are asked five times a second
ARRIVALS = 10  # visitors a second
LATEST = "/snapshots/latest.csv"
ROUTES = (LATEST, "/snapshots/{day}.csv", "/series.csv?actor=POL", "/events.json?q=ban", "/healthz")
# Sessions that are gone are thrown out when the next one goes, once they have been kept this long:
# short here, so that a round does not take two minutes.
KEPT_SECONDS = 5
SOAK_SECONDS = 10.0

# Through nginx, which counts and slows what comes from one.
ADDRESSES = [f"127.0.0.{number}" for number in range(11, 51)]
_HEAD = f"{'sessions':>8}{'steps':>8}{'p50 ms':>9}{'p95 ms':>9}{'errors':>8}"
_AIM = "p95 under 500 ms for 100 and 1500 ms for 200, no error"

# One seed, so that two runs ask for the same dates.
_SEED = 20_190_304


@dataclass(frozen=True)
class Door:
    """Where visitors come in: a port, by TLS or not, each from one of `addresses` in turn."""

    port: int
    tls: ssl.SSLContext | None = None
    addresses: Sequence[str] = (HOST,)


@dataclass
class Tally:
    """The result of the visits. `seconds`: of each step; `errors`: how often each came."""

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    asked: int = 0

    def p(self, percent: int) -> float:
        """A percentile of the steps, in milliseconds; NaN where there were too few."""
        if len(self.seconds) < 2:
            return float("nan")
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000


class Truth:
    """Answers that the pages and the routes have to give, derived here, apart from the server."""

    def __init__(self, data: stances.Stances) -> None:
        # As the slider takes them: of the month to which the data reaches, that day.
        reach = data.dataset.opening_day
        self.months = [
            reach if (day.year, day.month) == (reach.year, reach.month) else day
            for day in data.dataset.months
        ]
        self.reach = self.months.index(reach)
        self._data = data
        self._pages: dict[int, tuple[str, str]] = {}

    def page(self, month: int) -> tuple[str, str]:
        """The headline of the Map page for a month, and the line below it."""
        if month not in self._pages:
            tracker = self._data.tracker
            shown = self.months[month], tracker.lead.domain, "europe"
            self._pages[month] = lead_on(tracker, *shown)
        return self._pages[month]

    def snapshot(self, month: int) -> bytes:
        """The snapshot of a month as CSV."""
        return snapshot.snapshot_files(self._data.dataset, self._data.model, self.months[month]).csv


def resident_mb(process: int) -> float:
    """Memory that a process holds (RSS), in MB of 1,000,000 bytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def port_of(server: Server) -> int:
    """The port that a server listens on."""
    return int(server.origin.rpartition(":")[2])


def check_page(visitor: Visitor, month: int, truth: Truth) -> None:
    """Raise BadAnswer unless the page shows what is true of a month."""
    shown, at = visitor.tab.headline(), visitor.tab.month()
    if at != month or not all(line in shown for line in truth.page(month)):
        raise BadAnswer(f"month {at} with {shown!r} instead of month {month}")


async def visit(
    door: Door, month: int, truth: Truth, tally: Tally, until: float, number: int = 0
) -> None:
    """Open the page and move its date, there and back again, every STEP_SECONDS up to a time, but
    once at least. `number`: of the visitor, which says from where.
    """
    direction, address = 1, door.addresses[number % len(door.addresses)]
    try:
        async with visiting(door.port, truth.months[month], door.tls, address) as visitor:
            check_page(visitor, month, truth)
            due, moving = time.monotonic() + random.uniform(0, STEP_SECONDS), True
            while moving:
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                direction = (
                    -direction if not 0 <= month + direction < len(truth.months) else direction
                )
                month += direction
                visitor.tab.slide(direction)
                tally.seconds.append(await visitor.run())
                check_page(visitor, month, truth)
                due += STEP_SECONDS
                moving = due < until
            await asyncio.sleep(max(0.0, until - time.monotonic()))
    except (BadAnswer, OSError, TimeoutError, WebSocketException) as error:
        tally.errors[f"page: {type(error).__name__}: {error}"] += 1


async def ask_routes(port: int, truth: Truth, tally: Tally, until: float) -> None:
    """Ask the data routes in turn at their own rate, and check what they say."""
    months = random.Random(_SEED)
    expected = {LATEST: truth.snapshot(truth.reach)}
    while time.monotonic() < until:
        for route in ROUTES:
            month = months.randrange(len(truth.months) - 1)
            path = route.format(day=truth.months[month])
            if path != route:
                expected[path] = truth.snapshot(month)
            await _ask(port, path, expected.get(path), tally)
            await asyncio.sleep(ROUTE_SECONDS)


async def _ask(port: int, path: str, expected: bytes | None, tally: Tally) -> None:
    tally.asked += 1
    try:
        async with asyncio.timeout(30), connection(port) as client:
            reply = await client.ask(request(port, path, {}))
    except (OSError, TimeoutError, EOFError) as error:
        tally.errors[f"{path}: {type(error).__name__}"] += 1
        return
    if reply.status != 200 or (expected is not None and reply.body != expected):
        tally.errors[f"{path}: {reply.status}, or other bytes"] += 1


async def crowd(
    server: Server, sessions: int, seconds: float, truth: Truth, door: Door | None = None
) -> tuple[Tally, float]:
    """Let so many visitors in for so long, by a door where they do not come to the server directly.
    Returns what came of it, and the MB that the server held before they left.
    """
    tally, port = Tally(), port_of(server)
    door = door or Door(port)
    arriving = sessions / ARRIVALS
    until = time.monotonic() + arriving + seconds
    draw = random.Random(_SEED)

    async def arrive(number: int) -> None:
        await asyncio.sleep(draw.uniform(0, arriving))
        await visit(door, draw.randrange(len(truth.months)), truth, tally, until, number)

    async def weigh() -> float:
        await asyncio.sleep(max(0.0, until - time.monotonic() - 0.5))
        return resident_mb(server.process.pid)

    visits = [arrive(number) for number in range(sessions)]
    held, *_ = await asyncio.gather(weigh(), ask_routes(port, truth, tally, until), *visits)
    return tally, held


async def warm(server: Server, truth: Truth) -> None:
    """Visit once and fill what the server keeps, the map of every month and the snapshots, so that
    no visitor pays for it, in time or in memory.
    """
    await crowd(server, 2, 3 * STEP_SECONDS, truth)
    async with visiting(port_of(server), truth.months[0]) as visitor:
        for _ in truth.months[1:]:
            visitor.tab.slide(1)
            await visitor.run()
    tally = Tally()
    for day in truth.months:
        await _ask(port_of(server), f"/snapshots/{day}.csv", None, tally)


async def leave(server: Server, truth: Truth) -> float:
    """Wait until the sessions that ended are thrown out. Returns the MB held then."""
    await asyncio.sleep(KEPT_SECONDS + 1)
    # They go when the next session goes.
    async with visiting(port_of(server), truth.months[-1]):
        pass
    await asyncio.sleep(1)
    return resident_mb(server.process.pid)


@contextmanager
def dashboard() -> Iterator[Server]:
    """The dashboard as it is served, but for sessions that ended, which it keeps shorter."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(KEPT_SECONDS)}
        server = serve(Path(folder) / "log", env=environment)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def as_shipped() -> Iterator[tuple[list[Server], Front]]:
    """Two replicas behind the shipped nginx, for a `with` block."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        ports = [free_port(), free_port()]
        replicas = [start_replica(Path(scratch) / f"log{port}", port, ROOT) for port in ports]
        for replica in replicas:
            stack.callback(replica.stop)
        yield replicas, stack.enter_context(front(Path(scratch) / "nginx", ports))


def print_crowds(server: Server, truth: Truth, sizes: Sequence[int], seconds: float) -> None:
    """Print a line for each number of sessions."""
    print(f"{_HEAD}{'MB each':>9}")
    for sessions in sizes:
        before = resident_mb(server.process.pid)
        tally, held = asyncio.run(crowd(server, sessions, seconds, truth))
        print(f"{_row(sessions, tally)}{(held - before) / sessions:>9.2f}", flush=True)
        _print_errors(tally)
        asyncio.run(leave(server, truth))
    print(f"aim: {_AIM}, at most 4 MB each\n")


def print_shipped(truth: Truth, sizes: Sequence[int], seconds: float) -> None:
    """Print the same of two replicas behind the shipped nginx."""
    if why_no_nginx():
        print(f"not behind nginx: {why_no_nginx()}\n")
        return
    print(f"{_HEAD}   two replicas behind nginx")
    for sessions in sizes:
        tally = crowd_as_shipped(sessions, seconds, truth)
        print(_row(sessions, tally), flush=True)
        _print_errors(tally)
    print(f"aim: {_AIM}\n")


def crowd_as_shipped(sessions: int, seconds: float, truth: Truth) -> Tally:
    """Let so many visitors, from many addresses, into a hosted instance of its own."""
    with as_shipped() as (replicas, nginx):
        for replica in replicas:
            asyncio.run(warm(replica, truth))
        door = Door(nginx.port, trusting(), ADDRESSES)
        return asyncio.run(crowd(replicas[0], sessions, seconds, truth, door))[0]


def _row(sessions: int, tally: Tally) -> str:
    steps, errors = len(tally.seconds), tally.errors.total()
    return f"{sessions:>8}{steps:>8}{tally.p(50):>9.0f}{tally.p(95):>9.0f}{errors:>8}"


def _print_errors(tally: Tally) -> None:
    for error, count in tally.errors.most_common(3):
        print(f"{'':>8}  {count} times {error}")


def print_soak(server: Server, truth: Truth, rounds: int, sessions: int) -> None:
    """Print what memory each round of visitors leaves behind."""
    before = resident_mb(server.process.pid)
    print(f"{'round':>8}{'MB held':>9}{'MB left':>9}{'of start':>10}   start: {before:.0f} MB")
    for number in range(1, rounds + 1):
        tally, held = asyncio.run(crowd(server, sessions, SOAK_SECONDS, truth))
        left = asyncio.run(leave(server, truth))
        errors = f"   {tally.errors.total()} errors" if tally.errors else ""
        print(f"{number:>8}{held:>9.0f}{left:>9.0f}{left / before:>10.2f}{errors}", flush=True)
    print("aim: at most 1.1 of the start\n")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 10, 50, 100, 200])
    parser.add_argument("--seconds", type=float, default=60.0, help="of moving, for each number")
    parser.add_argument("--soak", type=int, default=10, help="rounds of the largest number")
    arguments = parser.parse_args()
    truth = Truth(stances.load())
    with dashboard() as server:
        asyncio.run(warm(server, truth))
        print_crowds(server, truth, arguments.sessions, arguments.seconds)
        print_soak(server, truth, arguments.soak, max(arguments.sessions))
    print_shipped(truth, arguments.sessions, arguments.seconds)


if __name__ == "__main__":
    main()
