"""The library in new processes, a thousand files by HTTP, a hundred visitors by sockets."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from tests.bench.running import table

TURNS, FILES, VISITORS, SECONDS, STEP_SECONDS = 3, 1_000, 100, 40.0, 2.0
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


async def _visit(site: str, until: float, took: list[float]) -> None:
    """Open the Map and move its date every two seconds, as its script asks for each address."""
    host, draw = urlsplit(site).netloc, random.Random(VISITORS)
    await asyncio.sleep(random.uniform(0, SECONDS / 4))
    async with connect(
        f"ws://{host}/_stcore/stream",
        origin=Origin(f"http://{host}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
    ) as socket:
        while time.monotonic() < until:
            message, answer = BackMsg(), ForwardMsg()
            day = _FIRST + timedelta(days=draw.randrange(5000))
            message.rerun_script.query_string = f"as_of={day}"
            message.rerun_script.context_info.url = site
            start = time.monotonic()
            await socket.send(message.SerializeToString())
            while answer.WhichOneof("type") != "script_finished":
                content = await asyncio.wait_for(socket.recv(decode=False), 30)
                answer = ForwardMsg.FromString(content)
                if answer.delta.new_element.HasField("exception"):
                    raise RuntimeError(answer.delta.new_element.exception.message)
            took.append(time.monotonic() - start)
            await asyncio.sleep(max(0.0, STEP_SECONDS - took[-1]))


async def crowd(site: str) -> tuple[list[float], list[BaseException]]:
    """Return the seconds of all steps of a hundred visitors, and what ended the visit of some."""
    until, took = time.monotonic() + SECONDS, list[float]()
    visits = (_visit(site, until, took) for _ in range(VISITORS))
    ends = await asyncio.gather(*visits, return_exceptions=True)
    return took, [end for end in ends if end]


def lines(sites: Mapping[str, str], folders: Mapping[str, Path]) -> Iterator[str]:
    """Yield the table: a column for each checkout by its name; they are asked in turns."""
    turns = [[library(folder) for folder in folders.values()] for _ in range(TURNS)]
    of = [[median(times) for times in zip(*runs, strict=True)] for runs in zip(*turns, strict=True)]
    met = [asyncio.run(crowd(site)) for site in sites.values()]
    cuts = [quantiles(took, n=20) if len(took) > 1 else [float("nan")] * 19 for took, _ in met]
    rows = {
        "loading the data, ms": [1000 * loaded for loaded, _ in of],
        "a snapshot, ms": [1000 * made for _, made in of],
        f"{FILES:,} snapshots as CSV, s": [files(site) for site in sites.values()],
        f"steps of {VISITORS} visitors": [float(len(took)) for took, _ in met],
        "  p50, ms": [1000 * cut[9] for cut in cuts],
        "  p95, ms": [1000 * cut[18] for cut in cuts],
        "  failed": [float(len(errors)) for _, errors in met],
    }
    yield from table(sites, rows)
    yield from (f"{error!r}" for _, errors in met for error in errors[:2])
