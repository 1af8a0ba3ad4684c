"""The library in new processes, a thousand files by HTTP, crowds of visitors by sockets."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.bench.running import table
from tests.bench.steps import PAGES

TURNS, FILES, SECONDS = 3, 1_000, 30.0
CROWDS, PAUSES = (1, 10, 50, 100, 200), (5.0, 0.0)
_FIRST = date(2012, 1, 31)
_LIBRARY = """
import time, stances
start = time.perf_counter()
data = stances.load()
loaded = time.perf_counter()
data.snapshot("2019-03-04")
print(loaded - start, time.perf_counter() - loaded)
"""


def library(folder: Path) -> tuple[float, float]:
    """Return the seconds of loading the data, and of the first snapshot."""
    command = [sys.executable, "-c", _LIBRARY]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    loaded, made = map(float, run.stdout.split())
    return loaded, made


def files(site: str) -> float:
    """Return the seconds of a thousand snapshots as CSV, no two the same, eight at once."""
    paths = [f"snapshots/{_FIRST + timedelta(days=n)}.csv" for n in range(FILES)]
    start = time.perf_counter()
    with httpx.Client(base_url=site, timeout=60) as client, ThreadPoolExecutor(8) as pool:
        for answer in pool.map(client.get, paths):
            answer.raise_for_status()
    return time.perf_counter() - start


class Visits:
    """What visitors of a site met: seconds of each step, bytes, and what ended some visits."""

    def __init__(self) -> None:
        self.steps: list[float] = []
        self.bytes = 0
        self.errors: list[BaseException] = []


async def _visit(site: str, number: int, pause: float, until: float, visits: Visits) -> None:
    """Open a page, and choose another day again and again, with a pause between."""
    host, draw = urlsplit(site).netloc, random.Random(number)
    page, parameter = [*PAGES.items()][number % len(PAGES)]
    await asyncio.sleep(draw.uniform(0, min(SECONDS / 4, pause or 1)))
    async with connect(
        f"ws://{host}/_stcore/stream",
        origin=Origin(f"http://{host}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        open_timeout=60,
    ) as socket:
        while time.monotonic() < until:
            start = time.monotonic()
            # Not added at once: others add while this one waits.
            size = await step(socket, site, page, f"{parameter}={any_day(draw)}")
            visits.bytes += size
            visits.steps.append(time.monotonic() - start)
            await asyncio.sleep(pause)


def any_day(draw: random.Random) -> date:
    """Return one of the days of fourteen years."""
    return _FIRST + timedelta(days=draw.randrange(5000))


async def step(socket: ClientConnection, site: str, page: str, query: str) -> int:
    """Ask for a page over its socket, as the browser does, and wait for all of it; its bytes."""
    message, answer, size = BackMsg(), ForwardMsg(), 0
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    message.rerun_script.context_info.url = f"{site}{page}"
    await socket.send(message.SerializeToString())
    while answer.WhichOneof("type") != "script_finished":
        content = await asyncio.wait_for(socket.recv(decode=False), 90)
        size += len(content)
        answer = ForwardMsg.FromString(content)
        if answer.delta.new_element.HasField("exception"):
            raise RuntimeError(answer.delta.new_element.exception.message)
    return size


async def crowd(sites: Sequence[str], visitors: int, pause: float) -> Visits:
    """Let so many come at once, to each site in turn; `pause`: seconds of thought after a step."""
    # A replica gets its first readers once it is ready.
    for site in sites:
        httpx.get(f"{site}readyz", timeout=60).raise_for_status()
    until, visits = time.monotonic() + SECONDS, Visits()
    coming = (
        _visit(sites[number % len(sites)], number, pause, until, visits)
        for number in range(visitors)
    )
    ends = await asyncio.gather(*coming, return_exceptions=True)
    visits.errors = [end for end in ends if end]
    return visits


def lines(sites: Mapping[str, str], folders: Mapping[str, Path]) -> Iterator[str]:
    """Yield the table: a column for each checkout by its name; they are asked in turns."""
    turns = [[library(folder) for folder in folders.values()] for _ in range(TURNS)]
    of = [[median(times) for times in zip(*runs, strict=True)] for runs in zip(*turns, strict=True)]
    rows = {
        "loading the data, ms": [1000 * loaded for loaded, _ in of],
        "a snapshot, ms": [1000 * made for _, made in of],
        f"{FILES:,} snapshots as CSV, s": [files(site) for site in sites.values()],
    }
    yield from table(sites, rows)


def visitors(sites: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the table of crowds of several sizes, with and without thought; a column for each
    checkout by its name, whose visitors are shared out among the sites of its replicas.
    """
    for pause in PAUSES:
        for number in CROWDS:
            visits = [asyncio.run(crowd(of, number, pause)) for of in sites.values()]
            cuts = [
                quantiles(one.steps, n=20) if len(one.steps) > 1 else [float("nan")] * 19
                for one in visits
            ]
            name = f"{number} visitors, pause {pause:g} s"
            rows = {
                f"{name}: steps": [float(len(one.steps)) for one in visits],
                "  p50, ms": [1000 * cut[9] for cut in cuts],
                "  p95, ms": [1000 * cut[18] for cut in cuts],
                "  MB each": [one.bytes / number / 1e6 for one in visits],
                "  failed": [float(len(one.errors)) for one in visits],
            }
            yield from table(sites, rows)
            yield from (f"{error!r}" for one in visits for error in one.errors[:2])
