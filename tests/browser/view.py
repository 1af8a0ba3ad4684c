"""The steps of a browser test: open a view, wait until it stands still, judge it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.app import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Page, Route

    from tests.browser.app import Server

MAP_PATHS = ".st-key-map .choroplethlayer path[d][fill]"
TREND = ".st-key-trend .js-plotly-plot .main-svg"

# From so many px on a page becomes live by itself.
WIDE_PX = 900

_POLLING_MS = 50

# What axe judges by colours, by where things lie and what they lie on: all else is the same in both
# schemes and at every width.
OF_LOOKS = (
    "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable",
)  # fmt: skip
_AXE = Path(__file__).with_name("axe.js").read_text(encoding="utf-8")

# A run counts as ended once its state has stood for `quiet` milliseconds, and the sizes of page and
# charts with it: right after a key press the page still shows the state of the run before, and
# before the first run it has nothing in it, and what it said before any script stands over it. An
# element whose script is still being loaded has a skeleton in its place, and the table of a map
# comes by itself. However long the server takes, a page that asked still shows the state of the run
# before: those of `new_page` tell.
_SETTLED = """
quiet => {
  const app = document.querySelector('[data-testid="stApp"]');
  const now = performance.now();
  const drawn = document.querySelector('[data-testid="stElementContainer"]');
  const loading = window.stancesTable?.isOlder()
    || document.querySelector('[data-testid="stSkeleton"], #words');
  if (!drawn || loading || window.isAsking || app?.dataset.testScriptState !== 'notRunning') {
    window.settledSince = undefined;
    return false;
  }
  const sized = document.querySelectorAll('[data-testid="stMain"], .main-svg');
  const sizes = [...sized].map(box => [box.scrollHeight, box.clientWidth]).join();
  if (sizes !== window.settledSizes) {
    window.settledSizes = sizes;
    window.settledSince = now;
  }
  window.settledSince ??= now;
  return now - window.settledSince >= quiet;
}
"""

_EDGES = """
parts => parts.map(part => part.getBoundingClientRect()).filter(box => box.width)
  .map(box => [box.left, box.right])
"""

_DRAWN = """
paths => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(place =>
  place.closest('.st-key-map') ? document.querySelector(paths) : place.querySelector('.main-svg'))
"""


def settle(page: Page, *, quiet_ms: int = 250) -> None:
    """Wait until the script's run has ended and no other has followed for `quiet_ms`."""
    page.evaluate("window.settledSince = undefined")
    # To ask in every frame would make the page lay itself out in each while it is being drawn.
    page.wait_for_function(_SETTLED, arg=quiet_ms, timeout=PATIENCE_MS, polling=_POLLING_MS)


def await_equal(page: Page, read: Callable[[], object], wanted: object) -> None:
    """Wait until what is read is as it must be; where it never is, what it is instead is told."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while (result := read()) != wanted and time.monotonic() < deadline:
        page.wait_for_timeout(_POLLING_MS)
    assert result == wanted


def await_map(page: Page) -> None:
    """Wait until the map's countries are drawn."""
    page.wait_for_selector(MAP_PATHS, state="attached", timeout=PATIENCE_MS)


def await_trend(page: Page) -> None:
    """Wait until the trend chart is drawn."""
    page.wait_for_selector(TREND, state="attached", timeout=PATIENCE_MS)


def await_charts(page: Page | Frame) -> None:
    """Wait until plotly has drawn each chart of the page, the map with its countries."""
    page.wait_for_function(_DRAWN, arg=MAP_PATHS, timeout=PATIENCE_MS)


def live(page: Page, address: str) -> str:
    """The address of a view that becomes live by itself, where it would not as it is."""
    assert page.viewport_size is not None
    waits = page.viewport_size["width"] < WIDE_PX or "embed=true" in address
    if not waits or "live=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}live=1"


def open_view(page: Page, server: Server, view: str = "", *, has_map: bool = True) -> None:
    """Open a view by its link (`?as_of=...`, `trends?actor=...`) and wait until it is drawn. Where
    it would not become live by itself its link says so.
    """
    server.check()
    page.goto(live(page, server.url + view))
    settle(page)
    if has_map:
        await_map(page)
    elif view.startswith("trends"):
        await_trend(page)


def hold_dashboard(page: Page, *others: str) -> Callable[[], None]:
    """Hold back what draws the dashboard, and files of `others`, patterns; return what lets them
    come, asked for by then or later.
    """
    routes: list[Route] = []
    may_come = False

    def take(route: Route) -> None:
        if may_come:
            route.continue_()
        else:
            routes.append(route)

    def let_come() -> None:
        nonlocal may_come
        may_come = True
        for route in routes:
            route.continue_()

    for pattern in ("**/static/js/index*.js", *others):
        page.route(pattern, take)
    return let_come


# As the browser goes back and forth: the page stays, and is brought to what its address asks for.
_COME_TO = """
address => {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector('[data-testid="stMain"]').scrollTop = 0;
}
"""


def come_to(page: Page, server: Server, view: str) -> None:
    """Bring a live page to another view of the same server, or open the view where it is none: a
    third of the work of opening each.
    """
    server.check()
    # Whether it is a frame's is read where a page opens.
    if page.url.startswith(server.url) and ("embed=true" in page.url) == ("embed=true" in view):
        page.evaluate(_COME_TO, f"{server.url}{view}")
        settle(page)
    else:
        open_view(page, server, view, has_map=False)


@contextmanager
def whole_page(page: Page) -> Iterator[None]:
    """The window as high as the page, which scrolls in it otherwise, for a `with` block."""
    before = page.viewport_size
    assert before is not None
    height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    if height <= before["height"]:
        yield
        return
    resize(page, before["width"], height)
    yield
    page.set_viewport_size(before)


def resize(page: Page, width: int, height: int) -> None:
    """Give the window another size and wait until the page has taken it."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def edges(parts: Locator) -> list[tuple[float, float]]:
    """The left and the right edge of each part that is drawn, in the window: of hundreds at once,
    where to ask for each takes seconds.
    """
    return [(left, right) for left, right in parts.evaluate_all(_EDGES)]


def axe(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Serious and critical accessibility findings, one line for each element at fault; by some
    `rules`, or by all.

    axe leaves the contrast of what is scrolled out of sight undecided.
    """
    with whole_page(page):
        return axe_as_it_is(page, rules=rules)


def axe_as_it_is(
    page: Page, impacts: Collection[str] = ("serious", "critical"), rules: Sequence[str] = ()
) -> list[str]:
    """Return the findings on a page that scrolls with its window, or those of other `impacts`."""
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{violation['impact']} {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in page.evaluate(_AXE, list(rules))
        if violation["impact"] in impacts
        for node in violation["nodes"]
    ]
