"""The cost of a change of one control on every page. Run: python -m tests.bench.pages

README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.dashboard import SLIDER
from tests.bench.proxy import Wire, counting_proxy
from tests.browser.app import HOST, Server, chromium, start, why_no_browser
from tests.browser.hands import choose
from tests.browser.view import settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHANGES = 6  # of each control, after one that is not measured
LIMIT_KB, LIMIT_MS = 60, 120
# From here on a month has moves in nearly every page.
DAY = "as_of=2021-06-30"
ACTORS = ("Germany", "Sweden", "Canada", "Australia", "France", "Japan", "Romania")

Change = Callable[["Page", int], None]


@dataclass(frozen=True)
class View:
    """A page in a state, and a control of it: `change` gives that its value number 0, 1, 2 ..."""

    name: str
    link: str
    control: str
    change: Change


@dataclass(frozen=True)
class Cost:
    """The cost of one change: bytes on the wire in both directions, milliseconds of the script."""

    sent: float
    took: float


def step(page: Page, _: int) -> None:
    """One month on, by keyboard."""
    page.locator(SLIDER).first.focus()
    page.keyboard.press("ArrowRight")


def pick(key: str, page: Page, number: int) -> None:
    """Another actor of a select box."""
    choose(page, key, ACTORS[number % len(ACTORS)])


def order(heading: str, page: Page, number: int) -> None:
    """By one heading and by that of the names, in turns."""
    name = heading if number % 2 else "Member"
    page.locator("table.members thead a", has_text=name).first.click()


def turn(key: str, page: Page, number: int) -> None:
    """One and another option of a segmented control, in turns."""
    options = page.locator(f".st-key-{key}").get_by_role("radio")
    options.nth((number + 1) % options.count()).click()


def press_more(page: Page, _: int) -> None:
    """More rows of a list."""
    page.locator(".st-key-deeds-more button").click()


def tab(page: Page, number: int) -> None:
    """The sections of data and method, one after the other."""
    tabs = page.get_by_role("tab")
    tabs.nth((number + 1) % tabs.count()).click()


def link(page: Page, number: int) -> None:
    """Another row of a table whose rows are links."""
    page.locator("table.rows .title > a").nth(number).press("Enter")


def row(key: str, page: Page, _: int) -> None:
    """The next row of a table, by keyboard."""
    page.locator(f"[class*='{key}'] [data-testid='data-grid-canvas']").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")


def weigh(page: Page, number: int) -> None:
    """Another weight of acts, so that all figures are derived anew."""
    box = page.get_by_role("spinbutton", name="Act in force, weight")
    box.fill(str(5 + number))
    box.press("Enter")


VIEWS = (
    View("Map", f"?{DAY}", "date", step),
    View("Map, World", f"?{DAY}&view=world", "actor", partial(pick, "actor")),
    View("Trends", f"trends?{DAY}", "date", step),
    View("Trends", f"trends?{DAY}", "event", partial(row, "st-key-trend-events")),
    View("Trends", f"trends?{DAY}", "layout", partial(turn, "layout")),
    View("Members, EU", f"members?{DAY}&group=EU", "date", step),
    View("Members, EU", f"members?{DAY}&group=EU", "order", partial(order, "Deadline")),
    View("Members, all", f"members?{DAY}&group=all", "date", step),
    View("Actor", f"actor?{DAY}&actor=USA", "date", step),
    View("Actor", f"actor?{DAY}", "actor", partial(pick, "actor_choice")),
    View("Compare, happened", f"compare?{DAY}&then=2019-01-31", "date", step),
    View("Compare, happened", f"compare?{DAY}&then=2019-01-31", "actor", partial(pick, "_mover")),
    View("Compare, happened", f"compare?{DAY}", "preset", partial(turn, "_preset")),
    View("Compare, happened", f"compare?{DAY}&then=2010-01-01", "more", press_more),
    View("Compare, happened", f"compare?{DAY}&then=2019-07-01", "order", partial(turn, "ledger")),
    View("Compare, two actors", f"compare?{DAY}&compare=actors", "date", step),
    View("Compare, two actors", f"compare?{DAY}&compare=actors", "actor", partial(pick, "first")),
    View("Compare, EU", f"compare?{DAY}&compare=distances&group=EU", "date", step),
    View("Compare, all", f"compare?{DAY}&compare=distances&group=all", "date", step),
    View("Acts", f"acts?{DAY}", "date", step),
    View("Acts", f"acts?{DAY}&status=all", "act", link),
    View("Acts, EU", "acts?who=EU", "status", partial(turn, "status")),
    View("Events", f"events?{DAY}", "date", step),
    View("Data, sections", f"data?{DAY}", "section", tab),
    View("Data, downloads", f"data?{DAY}&section=downloads", "date", step),
    View("Data, codebook", f"data?{DAY}&section=codebook", "date", step),
    View("Data, sensitivity", f"data?{DAY}&section=sensitivity", "date", step),
    View("Data, sensitivity", f"data?{DAY}&section=sensitivity", "weight", weigh),
    View("Data, coverage", f"data?{DAY}&section=coverage", "date", step),
    View("Data, coverage", f"data?{DAY}&section=coverage", "measure", partial(turn, "measure")),
    View("Data, agreement", f"data?{DAY}&section=agreement", "date", step),
    View("Data, citing", f"data?{DAY}&section=citing", "date", step),
)


def measure(server: Server, runs: Path, views: tuple[View, ...]) -> Iterator[tuple[View, Cost]]:
    """The median cost of each view's control."""
    port = int(server.origin.rpartition(":")[2])
    with counting_proxy(port) as wire, chromium() as browser:
        for view in views:
            link = server.url.replace(f"{HOST}:{port}", f"{HOST}:{wire.port}") + view.link
            costs = list(_costs(_open(browser, link), view.change, wire, runs))
            yield (
                view,
                Cost(median(cost.sent for cost in costs), median(cost.took for cost in costs)),
            )


def _open(browser: Browser, link: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
    page.goto(link)
    settle(page, quiet_ms=1_000)
    return page


def _costs(page: Page, change: Change, wire: Wire, runs: Path) -> Iterator[Cost]:
    """Of CHANGES changes. The first one, which may load a script of the page, is left out."""
    for count in range(1 + CHANGES):
        before = wire.total
        runs.write_bytes(b"")
        change(page, count)
        page.wait_for_timeout(100)
        settle(page, quiet_ms=500)
        seconds = [float(line) for line in runs.read_text(encoding="utf-8").split()]
        if not seconds:
            raise RuntimeError(f"change {count} has not run the script of {page.url}")
        if count:
            yield Cost((wire.total - before) / 1000, sum(seconds) * 1000)
    page.context.close()


def main() -> None:
    """Print a line for each control; words as arguments choose views by their names."""
    reason = why_no_browser()
    if reason:
        sys.exit(f"no browser to measure with: {reason}")
    chosen = tuple(view for view in VIEWS if all(word in view.name for word in sys.argv[1:]))
    print(f"{'page':<20} {'control':<9} {'kB':>6} {'ms':>6}   at most {LIMIT_KB} kB, {LIMIT_MS} ms")
    with tempfile.TemporaryDirectory() as scratch:
        runs = Path(scratch) / "runs"
        runs.touch()
        timed = (sys.executable, "-m", "tests.bench.timed", str(runs))
        server = start(Path(scratch) / "log", streamlit=timed)
        try:
            for view, cost in measure(server, runs, chosen):
                reached = "yes" if cost.sent <= LIMIT_KB and cost.took <= LIMIT_MS else "NO"
                figures = f"{cost.sent:6.1f} {cost.took:6.1f}   {reached}"
                print(f"{view.name:<20} {view.control:<9} {figures}", flush=True)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
