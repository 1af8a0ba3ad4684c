"""From a touch to the live control, over a slow line. Run: python -m tests.bench.touch

README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.slow import TELEPHONE, slow_down, visit
from tests.browser.app import PATIENCE_MS, chromium, running, why_no_browser
from tests.cases import DRAWN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

ROUNDS = 3
LIMIT_RATIO, LIMIT_WORDS_MS = 1, 100
# So long a page that is read has come to rest, and so often it is asked whether it is live.
_REST_MS, _ASKING_MS = 3_000, 250
# Stamps the touch, the browser's next picture after it, which has the words on it (where that is
# not within 16 ms), and the moment in which what was read is gone and what was asked is done.
_STAMP = """
window.stamps = {};
addEventListener('pointerdown', ({ timeStamp }) => { stamps.touch = timeStamp; },
  {capture: true, once: true});
new PerformanceObserver(list => list.getEntries().forEach(({ name, startTime, duration }) => {
  if (name === 'click') stamps.words = startTime + duration;
})).observe({type: 'event', durationThreshold: 16});
const watch = setInterval(() => {
  if (document.getElementById('words') || !document.querySelector(DONE)) return;
  clearInterval(watch);
  stamps.live = performance.now();
}, 50);
"""


@dataclass(frozen=True)
class Touch:
    """A touch of a `part` of a `page`: what is `done` by it, a selector, and the address of a
    `whole` visit that comes to the same.
    """

    page: str
    part: str
    done: str
    whole: str


_START = "#words .buttons button:last-child"
TOUCHES = {
    "map": Touch("", f"#words [data-actor={DRAWN}]", "#root .st-key-panel h2", f"?actor={DRAWN}&"),
    "play": Touch("", "#words [data-live=play]", ".drag-playing #root button.play", "?play=1&"),
    "actor": Touch("actor", _START, "#root .st-key-actor_choice input", "actor?"),
    "trends": Touch("trends", _START, "#root .st-key-trend .main-svg", "trends?"),
    "events": Touch("events", _START, "#root .st-key-q input", "events?"),
}


def milliseconds(
    browser: Browser, address: str, touch: Touch, *, by_touch: bool
) -> tuple[float, float]:
    """Open a page without history over a slow line. Returns the ms until words say that the live
    view is on its way, and until that has done what was asked: from the touch on, or of a whole
    visit, which says nothing, from the start of the navigation.
    """
    size: ViewportSize = {"width": TELEPHONE[0], "height": TELEPHONE[1]}
    context = browser.new_context(viewport=size, has_touch=True, bypass_csp=True)
    page = context.new_page()
    slow_down(context.new_cdp_session(page))
    page.add_init_script(f"{{{_STAMP.replace('DONE', repr(touch.done))}}}")
    page.goto(address)
    if by_touch:
        page.wait_for_timeout(_REST_MS)
        page.locator(touch.part).first.tap()
        assert page.locator("#live").inner_text()
    page.wait_for_function("stamps.live", timeout=PATIENCE_MS, polling=_ASKING_MS)
    stamps = page.evaluate("stamps")
    context.close()
    start = stamps.get("touch", 0)
    return stamps.get("words", start) - start, stamps["live"] - start


def report(browser: Browser, url: str) -> bool:
    """Print a line for each touch; return whether all keep what is promised."""
    good = True
    print(f"{'touch':<10}{'words':>8}{'live':>8}{'whole visit':>13}{'ratio':>8}")
    for name, touch in TOUCHES.items():
        page, whole = f"{url}{touch.page}", f"{url}{touch.whole}live=1"
        for address in (page, whole):
            visit(browser, address, TELEPHONE, slow=False)
        touches, visits = [], []
        for _ in range(ROUNDS):
            touches.append(milliseconds(browser, page, touch, by_touch=True))
            visits.append(milliseconds(browser, whole, touch, by_touch=False)[1])
        words, live = (median(of) for of in zip(*touches, strict=True))
        ratio = live / median(visits)
        keeps = ratio <= LIMIT_RATIO and words <= LIMIT_WORDS_MS
        good &= keeps
        figures = f"{words:>8.0f}{live:>8.0f}{median(visits):>13.0f}{ratio:>8.2f}"
        print(f"{name:<10}{figures}{'' if keeps else '  over'}", flush=True)
    return good


def main() -> int:
    """Print the figures; the exit status tells whether all are good."""
    reason = why_no_browser()
    if reason:
        print(reason)
        return 1
    with running() as server, chromium() as browser:
        return 0 if report(browser, server.url) else 1


if __name__ == "__main__":
    sys.exit(main())
