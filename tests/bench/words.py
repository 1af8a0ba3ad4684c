"""The cost of pages before any script: when made, and when kept. Run: python -m tests.bench.words

The whole application is asked within this process, without a socket and a client, so the times are
the server's alone. README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import stances
from dashboard import app
from stances.links.parameters import SECTIONS
from stances.links.register import ACTOR, PAGES
from tests.bench.pictures import days

RUNS = 15
MOST_MADE_MS, MOST_KEPT_MS, MOST_KB = 30, 2, 60
_HEADERS = [(b"host", b"stances.example.org"), (b"accept-encoding", b"gzip")]
_HEAD = f"{'page':<13}{'first':>11}{'made':>11}{'longest':>11}{'kept':>11}{'sent':>11}"


async def ask(path: str, query: str) -> tuple[float, int]:
    """Ask for a page. Returns the milliseconds until all of it was sent, and its bytes."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()  # a client that stays until it has its answer
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http", "method": "GET", "scheme": "https", "http_version": "1.1",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": _HEADERS, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 443),
    }  # fmt: skip
    start = time.perf_counter()
    await app(scope, receive, send)
    took = 1000 * (time.perf_counter() - start)
    if sent[0]["status"] != 200:
        raise SystemExit(f"{path}?{query} is answered by {sent[0]['status']}")
    return took, sum(len(message.get("body", b"")) for message in sent)


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """The application as it runs, for an `async with` block."""
    inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    outbox: asyncio.Queue[Any] = asyncio.Queue()
    receive: Callable[[], Awaitable[dict[str, Any]]] = inbox.get
    lifespan = asyncio.create_task(app({"type": "lifespan"}, receive, outbox.put))
    for phase in ("startup", "shutdown"):
        await inbox.put({"type": f"lifespan.{phase}"})
        text = await outbox.get()
        if not text["type"].endswith("complete"):
            raise SystemExit(str(text))
        if phase == "startup":
            yield
    await lifespan


def pages(first_actor: str) -> Iterator[tuple[str, str]]:
    """Each page and what its address needs, then the sections of Data."""
    yield from ((page, f"&actor={first_actor}" if page == ACTOR else "") for page in PAGES)
    yield from (("data", f"&section={section}") for section in SECTIONS)


async def line(page: str, own: str, on: Iterator[date]) -> str:
    """The figures of a page: as it opens, of days that nobody has asked for, and once more."""
    path = f"/{page}"
    first, _ = await ask(path, own)
    views = [f"as_of={next(on)}{own}" for _ in range(RUNS)]
    made = [(await ask(path, view))[0] for view in views]
    kept = [await ask(path, view) for view in views]
    size = max(bytes_sent for _, bytes_sent in kept) / 1000
    took = statistics.median(made), max(made), statistics.median(ms for ms, _ in kept)
    limits = (took[0], MOST_MADE_MS), (took[2], MOST_KEPT_MS), (size, MOST_KB)
    text = "".join(f"{ms:>8.1f} ms" for ms in (first, *took))
    reached = "yes" if all(figure <= most for figure, most in limits) else "NO"
    name = own.partition("section=")[2] or page or "map"
    return f"{name:<13}{text}{size:>8.1f} kB   {reached}"


async def main() -> None:
    """Print a line for each page."""
    data = stances.load().dataset
    on = days(data)
    print(f"{_HEAD}   at most {MOST_MADE_MS} ms made, {MOST_KEPT_MS} ms kept, {MOST_KB} kB")
    async with running():
        for page, own in pages(data.first_actors[0]):
            print(await line(page, own, on), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
