"""What the server does while its visitors drag. Run: python -m tests.bench.dragging

A hundred sessions of the Map page, one of them in a browser, whose hand drags the date to and fro
for a minute and then lets go. README.md here says how.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import stances
from tests.bench.hand import opened
from tests.bench.load import port_of
from tests.bench.proxy import Wire, counting_proxy
from tests.bench.visitor import visiting
from tests.browser.app import HOST, ROOT, Server, chromium, running, why_no_browser
from tests.browser.hands import await_following, drag, thumb
from tests.browser.view import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

SESSIONS, SECONDS = 100, 60.0
_PX, _STEPS = 240, 60
STILL_MS = 3_000
_TICK = os.sysconf("SC_CLK_TCK")


def processor_seconds(process: int) -> float:
    """Seconds of a processor that a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


@contextmanager
def visitors(port: int, count: int) -> Iterator[None]:
    """So many sessions that have opened the page and say nothing, for a `with` block."""
    today = stances.load().dataset.months[-1]
    ready, over = threading.Event(), threading.Event()

    async def stay() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(count):
                await stack.enter_async_context(visiting(port, today))
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=asyncio.run, args=(stay(),))
    thread.start()
    ready.wait()
    try:
        yield
    finally:
        over.set()
        thread.join()


def dragged(page: Page, seconds: float) -> int:
    """Drag to and fro for so long, without letting go. Returns the steps of the hand."""
    drag(page, _PX, _STEPS)
    across, down = thumb(page)
    until, steps = time.monotonic() + seconds, _STEPS
    while time.monotonic() < until:
        steps += 1
        page.mouse.move(across - _PX * abs(steps % (2 * _STEPS) - _STEPS) / _STEPS, down)
    return steps


def used(server: Server, wire: Wire, over: Callable[[], object]) -> str:
    """What the wire and the server carry while something goes on, as a line."""
    sent, busy, start = wire.total, processor_seconds(server.process.pid), time.monotonic()
    text = over()
    seconds = time.monotonic() - start
    busy = (processor_seconds(server.process.pid) - busy) / seconds * 1000
    return f"{text or 0} steps, {wire.total - sent} bytes, {busy:.1f} ms of the server a second"


def main() -> None:
    """Print a minute in which nobody moves, one of dragging, and what letting go costs."""
    reason = why_no_browser()
    if reason:
        sys.exit(f"no browser to measure with: {reason}")
    with (
        running(script=ROOT / "dashboard.py") as server,
        counting_proxy(port_of(server)) as wire,
        chromium() as browser,
        visitors(port_of(server), SESSIONS - 1),
    ):
        page = opened(browser, f"http://{HOST}:{wire.port}/?as_of=2016-06-30")
        await_following(page)
        page.wait_for_timeout(STILL_MS)
        print("nobody moves:", used(server, wire, lambda: page.wait_for_timeout(SECONDS * 1000)))
        print("dragging:", used(server, wire, lambda: dragged(page, SECONDS)))
        sent = wire.total
        page.mouse.up()
        settle(page)
        print(f"letting go: {wire.total - sent} bytes")


if __name__ == "__main__":
    main()
