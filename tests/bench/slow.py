"""The price of each page on a telephone with a slow line. Run: python -m tests.bench.slow

README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stances.links.register import PAGES
from tests.browser.app import chromium, running, why_no_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession

# 1.6 Mbit/s, and a processor four times slower.
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
TELEPHONE, DESK = (390, 844), (1280, 800)
LIMIT_KB, LIMIT_MS, LIMIT_LIVE_MS, LIMIT_SHIFT = 120, 2_000, 2_500, 0.1
# So long after nothing more is asked for, a page stands still.
_QUIET_MS, _MOST_MS = 3_000, 60_000
# A task of the page is felt from so many ms on.
_FELT_MS = 50
_OBSERVE = """
window.seen = {paint: 0, largest: 0, shift: 0, shifts: [], blocked: 0};
const observe = (type, see) => new PerformanceObserver(list => list.getEntries().forEach(see))
  .observe({type, buffered: true});
observe('paint', entry => {
  if (entry.name === 'first-contentful-paint') seen.paint = entry.startTime;
});
observe('largest-contentful-paint', entry => {
  seen.largest = entry.startTime;
  seen.of = entry.element?.outerHTML.slice(0, 90);
});
observe('layout-shift', entry => {
  if (entry.hadRecentInput) return;
  seen.shift += entry.value;
  seen.shifts.push([entry.value, entry.startTime, entry.sources.map(source => [
    source.node?.parentElement?.outerHTML.slice(0, 90), source.previousRect, source.currentRect,
  ])]);
});
new MutationObserver((_, watch) => {
  if (document.querySelector('#words')) seen.said = true;
  else if (seen.said) { seen.gone = performance.now(); watch.disconnect(); }
}).observe(document, {subtree: true, childList: true});
observe('longtask', entry => { seen.blocked += Math.max(0, entry.duration - FELT); });
""".replace("FELT", str(_FELT_MS))


@dataclass(frozen=True)
class Visit:
    """The cost of one visit: bytes on the line, milliseconds, shift, and whether it became live."""

    sent: float
    paint: float
    largest: float
    shift: float
    blocked: float
    sockets: int
    seen: dict[str, Any]

    @property
    def is_good(self) -> bool:
        """Whether the page keeps what is promised of it."""
        if self.sockets:
            return self.largest <= LIMIT_LIVE_MS and self.shift <= LIMIT_SHIFT
        return self.sent <= LIMIT_KB * 1000 and self.largest <= LIMIT_MS and self.shift == 0


def visit(browser: Browser, address: str, size: tuple[int, int], *, slow: bool) -> Visit:
    """Open a page without history and read it to its end."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sent: list[float] = []
    sockets: list[str] = []
    wire.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.on("websocket", lambda socket: sockets.append(socket.url))
    wire.send("Network.enable")
    if slow:
        slow_down(wire)
    page.add_init_script(_OBSERVE)
    page.goto(address, wait_until="load", timeout=_MOST_MS)
    waited, before = 0, -1
    while waited < _MOST_MS and (len(sent) != before or page.locator("#words ~ #root *").count()):
        before = len(sent)
        page.wait_for_timeout(_QUIET_MS)
        waited += _QUIET_MS
    seen = page.evaluate("window.seen")
    context.close()
    times = (seen["paint"], seen["largest"], seen["shift"], seen["blocked"])
    return Visit(sum(sent), *times, len(sockets), seen)


def slow_down(wire: CDPSession) -> None:
    """Hold a page to the slow line and the slow processor."""
    wire.send("Network.emulateNetworkConditions", LINE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def visits(
    browser: Browser, url: str, pages: Sequence[str], size: tuple[int, int]
) -> Iterator[tuple[str, Visit]]:
    """A visit of each page, after one that is not measured, in which the server makes it."""
    for page in pages:
        address = f"{url}{page}"
        visit(browser, address, size, slow=False)
        yield page, visit(browser, address, size, slow=True)


def main(pages: Sequence[str] = tuple(PAGES)) -> int:
    """Print a line for each page and size; the exit status tells whether all are good."""
    reason = why_no_browser()
    if reason:
        print(reason)
        return 1
    with running() as server, chromium() as browser:
        return _report(browser, server.url, pages)


def _report(browser: Browser, url: str, pages: Sequence[str]) -> int:
    good = True
    print(f"{'page':<10}{'px':>5}{'kB':>8}{'first':>8}{'largest':>9}{'shift':>8}{'blocked':>9}")
    for size in (TELEPHONE, DESK):
        for page, result in visits(browser, url, pages, size):
            good &= result.is_good
            print(_line(page, size[0], result), flush=True)
    return 0 if good else 1


def _line(page: str, wide: int, result: Visit) -> str:
    marks = f"{'  live' if result.sockets else ''}{'' if result.is_good else '  over'}"
    return (
        f"{page or 'map':<10}{wide:>5}{result.sent / 1000:>8.1f}{result.paint:>8.0f}"
        f"{result.largest:>9.0f}{result.shift:>8.3f}{result.blocked:>9.0f}{marks}"
    )


if __name__ == "__main__":
    sys.exit(main())
