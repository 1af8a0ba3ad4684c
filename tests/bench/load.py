"""Many visitors at once by the sockets of Streamlit, and many heavy answers by HTTP."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from datetime import date, timedelta
from statistics import quantiles
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

VISITORS, SECONDS, STEP_SECONDS, HEAVY = 100, 40.0, 2.0, 200
_FIRST = date(2012, 1, 31)


async def _visit(site: str, until: float, took: list[float], errors: Counter[str]) -> None:
    """Open the Map and move its date every two seconds, as its script asks for each address."""
    host, draw = urlsplit(site).netloc, random.Random(VISITORS)
    await asyncio.sleep(random.uniform(0, SECONDS / 4))
    try:
        async with connect(
            f"ws://{host}/_stcore/stream",
            origin=Origin(f"http://{host}"),
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
        ) as socket:
            while time.monotonic() < until:
                message = BackMsg()
                day = _FIRST + timedelta(days=draw.randrange(5000))
                message.rerun_script.query_string = f"as_of={day}"
                message.rerun_script.context_info.url = site
                start = time.monotonic()
                await socket.send(message.SerializeToString())
                while True:
                    answer = ForwardMsg.FromString(
                        await asyncio.wait_for(socket.recv(decode=False), 30)
                    )
                    if answer.delta.new_element.HasField("exception"):
                        errors[answer.delta.new_element.exception.message[:80]] += 1
                    if answer.WhichOneof("type") == "script_finished":
                        break
                took.append(time.monotonic() - start)
                await asyncio.sleep(max(0.0, STEP_SECONDS - took[-1]))
    except Exception as error:
        errors[f"{type(error).__name__}: {error}"[:80]] += 1


async def _crowd(site: str) -> tuple[list[float], Counter[str]]:
    took: list[float] = []
    errors: Counter[str] = Counter()
    until = time.monotonic() + SECONDS
    await asyncio.gather(*(_visit(site, until, took, errors) for _ in range(VISITORS)))
    return took, errors


async def _siege(site: str) -> tuple[Counter[int], float]:
    """Ask for 200 series and pictures, no two the same; how long /healthz takes meanwhile."""
    paths = [
        f"series.json?from={_FIRST + timedelta(days=n)}"
        if n % 2
        else f"pictures/map.png?as_of={_FIRST + timedelta(days=n)}"
        for n in range(HEAVY)
    ]
    statuses: Counter[int] = Counter()
    limits = httpx.Limits(max_connections=HEAVY + 10)
    async with httpx.AsyncClient(base_url=site, limits=limits, timeout=120) as client:

        async def ask(path: str) -> None:
            try:
                statuses[(await client.get(path)).status_code] += 1
            except httpx.HTTPError:
                statuses[0] += 1

        asked = asyncio.gather(*map(ask, paths))
        longest = 0.0
        while not asked.done():
            start = time.monotonic()
            async with httpx.AsyncClient(timeout=60) as other:
                await other.get(f"{site}healthz")
            longest = max(longest, time.monotonic() - start)
            await asyncio.sleep(0.1)
    return statuses, longest


def lines(sites: dict[str, str]) -> list[str]:
    """Return the table: visitors and heavy answers of each site."""
    told = [f"{VISITORS} visitors, {HEAVY} heavy answers"]
    for name, site in sites.items():
        took, errors = asyncio.run(_crowd(site))
        cuts = quantiles(took, n=100) if len(took) > 1 else [float("nan")] * 99
        half, most = 1000 * cuts[49], 1000 * cuts[94]
        told.append(f"{name}: {len(took)} steps, p50 {half:.0f} ms, p95 {most:.0f} ms")
        told.append(f"{name}: {errors.total()} errors {dict(errors.most_common(2)) or ''}")
        statuses, longest = asyncio.run(_siege(site))
        told.append(f"{name}: answers {dict(statuses)}, longest /healthz {longest:.2f} s")
    return told
