"""What a browser test does with a page: open a view, wait until it stands still, judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

MAP_PATHS = ".st-key-map .choroplethlayer path[d][fill]"
TREND = ".st-key-trend .js-plotly-plot .main-svg"

_WAIT_MS = 30_000

# A run counts as ended once its state has stood for `quiet` milliseconds: right after a key
# press the page still shows the state of the run before. An element whose script is still being
# loaded has a skeleton in its place.
_SETTLED = """
quiet => {
  const app = document.querySelector('[data-testid="stApp"]');
  const now = performance.now();
  const loading = document.querySelector('[data-testid="stSkeleton"]');
  if (loading || app?.dataset.testScriptState !== 'notRunning') {
    window.settledSince = undefined;
    return false;
  }
  window.settledSince ??= now;
  return now - window.settledSince >= quiet;
}
"""


def settle(page: Page, *, quiet_ms: int = 250) -> None:
    """Wait until the script's run has ended and no other has followed for `quiet_ms`."""
    page.evaluate("window.settledSince = undefined")
    page.wait_for_function(_SETTLED, arg=quiet_ms, timeout=_WAIT_MS)


def await_map(page: Page) -> None:
    """Wait until the map's countries are drawn."""
    page.wait_for_selector(MAP_PATHS, state="attached", timeout=_WAIT_MS)


def await_trend(page: Page) -> None:
    """Wait until the trend chart is drawn."""
    page.wait_for_selector(TREND, state="attached", timeout=_WAIT_MS)


def open_view(page: Page, server: Server, view: str = "", *, has_map: bool = True) -> None:
    """Open a view by its link (`?as_of=...`, `trends?actor=...`) and wait until it is drawn."""
    server.check()
    page.goto(server.url + view)
    settle(page)
    if has_map:
        await_map(page)
    elif view.startswith("trends"):
        await_trend(page)


def axe(page: Page) -> list[str]:
    """Serious and critical accessibility findings, one line for each element at fault.

    The window is as high as the page meanwhile: axe leaves the contrast of what is scrolled out
    of sight undecided.
    """
    from axe_playwright_python.sync_playwright import Axe

    before = page.viewport_size
    assert before is not None
    height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": before["width"], "height": max(height, before["height"])})
    settle(page)
    violations = Axe().run(page).response["violations"]
    page.set_viewport_size(before)
    return [
        f"{violation['impact']} {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in violations
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
