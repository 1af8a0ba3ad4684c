"""The waits of a reader and what they cost. Run: python -m tests.bench.dashboard

Measures the Map page against a bare Streamlit page with the same geometry (bare.py), in the same
run and by the same means. README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.paths import BENCH
from tests.bench.proxy import Wire, counting_proxy
from tests.browser.app import HOST, ROOT, Server, chromium, running, why_no_browser
from tests.browser.view import await_map, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

STEPS = 20
COLD_STARTS = 5
QUIET_MONTHS = 24  # as many steps without a move mean that the map does not follow
CHECKS = 5
# A window that comes to the front is painted anew; a reader presses the key in one that stands.
REPAINT_MS = 600
# From here on a year and a half of months has moves in nearly each.
VIEW = "?as_of=2018-06-30"
WINDOW: ViewportSize = {"width": 1440, "height": 900}
SLIDER = ".st-key-as_of_slider input[type=range], .st-key-as_of_slider [role=slider]"

# Stamps a key press, and the moment in which a map in other colours stands after it. Streamlit
# replaces the whole chart when its figure changes, so the page is watched, not the chart.
WATCH_MAP = """
() => {
  const fills = () => {
    const paths = document.querySelectorAll('.st-key-map .choroplethlayer path');
    const fill = path => path.getAttribute('fill');
    // By country, since the order in which they are drawn may change with the date.
    const colours = Array.from(paths, path => fill(path) && path.__data__.loc + fill(path));
    return colours.every(Boolean) ? colours.sort().join() : '';
  };
  const before = fills();
  const stamps = window.stepStamps = {};
  addEventListener('keydown', () => { stamps.pressed = performance.now(); },
    {capture: true, once: true});
  window.stepObserver?.disconnect();
  window.stepObserver = new MutationObserver((_, observer) => {
    const now = fills();
    if (now && now !== before) {
      stamps.changed = performance.now();
      observer.disconnect();
    }
  });
  window.stepObserver.observe(document,
    {subtree: true, childList: true, attributes: true, attributeFilter: ['fill']});
}
"""
# Null where no country changed its colour.
STEP_MS = """
() => {
  const {pressed, changed} = window.stepStamps;
  return changed === undefined ? null : changed - pressed;
}
"""
# Milliseconds from the start of the navigation until the first country stands on the map.
WATCH_FIRST_MAP = """
new MutationObserver((_, observer) => {
  if (document.querySelector('.st-key-map .choroplethlayer path[d][fill]')) {
    window.firstMap = performance.now();
    observer.disconnect();
  }
}).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['fill']});
"""

# Milliseconds until a map is seen that stands in the page before any script: the first picture of
# the page, which has it if it stood there by then.
WATCH_SEEN = """
new MutationObserver((_, observer) => {
  if (document.querySelector('#words .map svg')) {
    window.standing = performance.now();
    observer.disconnect();
  }
}).observe(document, {subtree: true, childList: true});
new PerformanceObserver(list => {
  for (const {name, startTime} of list.getEntries())
    if (name === 'first-contentful-paint') window.painted = startTime;
}).observe({type: 'paint', buffered: true});
"""
SEEN_MS = "() => window.standing ? Math.max(window.standing, window.painted) : window.firstMap"


@dataclass(frozen=True)
class Site:
    """A page under test: its server, the link to it, and where its run times are written."""

    server: Server
    link: str
    runs: Path

    def run_seconds(self) -> list[float]:
        """Seconds of each run of the script so far."""
        return [float(line) for line in self.runs.read_text(encoding="utf-8").split()]


@dataclass(frozen=True)
class Row:
    """A line of the result. `bare` and `most` in the unit of `figure`; `most` may be a ratio."""

    what: str
    figure: float
    unit: str
    most: float
    bare: float | None = None

    @property
    def against(self) -> float:
        """The figure that has to be at most `most`."""
        return self.figure / self.bare if self.bare else self.figure

    def cells(self) -> tuple[str, ...]:
        """The line as text: what, figure, bare page, ratio, at most, reached."""
        bare = f"{self.bare:.1f} {self.unit}" if self.bare else ""
        ratio = f"{self.against:.2f}" if self.bare else ""
        most = f"{self.most:g} times" if self.bare else f"{self.most:g} {self.unit}"
        reached = "yes" if self.against <= self.most else "NO"
        return (self.what, f"{self.figure:.1f} {self.unit}", bare, ratio, most, reached)


@contextmanager
def site(script: Path, view: str = "") -> Iterator[Site]:
    """Serve a page, and visit it once so that no later visit pays for the first."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        runs = Path(folder) / "runs"
        runs.touch()
        timed = (sys.executable, "-m", "tests.bench.timed", str(runs))
        server = stack.enter_context(running(script=script, streamlit=timed))
        warm = Site(server, server.url + view, runs)
        with chromium() as browser:
            visit(browser, warm.link)
        yield warm


def visit(browser: Browser, link: str) -> Page:
    """Open a link in a window of its own and put the focus on the date slider."""
    page = browser.new_context(viewport=WINDOW, bypass_csp=True).new_page()
    page.goto(link)
    settle(page)
    await_map(page)
    page.locator(SLIDER).first.focus()
    return page


def step_bytes(target: Site) -> Iterator[int]:
    """Bytes on the wire, both ways, of each of STEPS steps of the date."""
    port = int(target.server.origin.rpartition(":")[2])
    with counting_proxy(port) as wire, chromium() as browser:
        page = visit(browser, target.link.replace(f"{HOST}:{port}", f"{HOST}:{wire.port}"))
        settle(page, quiet_ms=1_000)
        for _ in range(STEPS):
            yield _bytes_of_step(page, wire)


def _bytes_of_step(page: Page, wire: Wire) -> int:
    before = wire.total
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(100)
    settle(page, quiet_ms=500)
    return wire.total - before


def step_times(one: Site, other: Site) -> tuple[list[float], list[float]]:
    """Milliseconds from key press to changed map, on both pages in turns, STEPS times each."""
    with chromium() as browser:
        pages = visit(browser, one.link), visit(browser, other.link)
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(STEPS):
            for page, into in zip(pages, times, strict=True):
                into.append(_time_of_step(page))
    return times


def _time_of_step(page: Page) -> float:
    """Press the key until a step recolours a country: months without any move do not count."""
    page.bring_to_front()
    page.wait_for_timeout(REPAINT_MS)
    for _ in range(QUIET_MONTHS):
        page.evaluate(WATCH_MAP)
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)
        settle(page)
        took: float | None = page.evaluate(STEP_MS)
        if took is not None:
            return took
    raise RuntimeError(f"{QUIET_MONTHS} steps have not changed the map of {page.url}")


def first_map(link: str) -> tuple[float, float]:
    """Milliseconds until a map is seen, and until the one that lives stands, in a browser that has
    never seen the page.
    """
    with chromium() as browser:
        page = browser.new_context(viewport=WINDOW, bypass_csp=True).new_page()
        page.add_init_script(WATCH_FIRST_MAP)
        page.add_init_script(WATCH_SEEN)
        page.goto(link)
        page.wait_for_function("window.firstMap")
        return float(page.evaluate(SEEN_MS)), float(page.evaluate("window.firstMap"))


def first_maps(one: Site, other: Site) -> tuple[list[float], list[float], list[float]]:
    """The map of the first page seen and alive, and that of the other alive: `first_map` of both in
    turns, COLD_STARTS times each.
    """
    pairs = [(*first_map(one.link), first_map(other.link)[1]) for _ in range(COLD_STARTS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs], [pair[2] for pair in pairs]


def check_seconds() -> float:
    """Wall time of `python -m stances check` on the real data."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "stances", "check"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(dashboard: Site, bare: Site) -> list[Row]:
    """The six figures, each the median of its runs."""
    sent = median(step_bytes(dashboard))
    before = len(dashboard.run_seconds())
    steps, steps_bare = map(median, step_times(dashboard, bare))
    runs = dashboard.run_seconds()[before + 1 :]
    seen, cold, cold_bare = map(median, first_maps(dashboard, bare))
    return [
        Row("bytes on the wire for one step", sent / 1000, "kB", 10),
        Row("run time of the script for that step", median(runs) * 1000, "ms", 25),
        Row("key press to changed map", steps, "ms", 1.3, steps_bare),
        Row("map seen, cold browser", seen, "ms", 0.35, cold_bare),
        Row("live map drawn, cold browser", cold, "ms", 1.0, cold_bare),
        Row("python -m stances check", median([check_seconds() for _ in range(CHECKS)]), "s", 3),
    ]


def main() -> None:
    """Print the table."""
    reason = why_no_browser()
    if reason:
        sys.exit(f"no browser to measure with: {reason}")
    with site(ROOT / "dashboard.py", VIEW) as dashboard, site(BENCH / "bare.py") as bare:
        rows = measure(dashboard, bare)
    head = ("what", "dashboard", "bare page", "ratio", "at most", "reached")
    table = [head, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)))


if __name__ == "__main__":
    main()
