"""How a map follows the hand. Run: python -m tests.bench.hand

The Map page, a bare Streamlit page and, where it is installed (tests/bench/requirements.txt), a
Dash page with the same small map, in one run: from a key press to the changed map; and of the Map
page alone a drag of sixty steps and a key held for five seconds. README.md here says how.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.dashboard import REPAINT_MS, SLIDER, STEP_MS, STEPS, VIEW, WATCH_MAP, WINDOW
from tests.bench.paths import BENCH
from tests.bench.proxy import counting_proxy
from tests.browser.app import HOST, ROOT, chromium, free_port, running, why_no_browser
from tests.browser.hands import address, await_following, drag, slider
from tests.browser.view import await_map, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DRAG_STEPS, DRAG_PX = 60, 240
HELD_SECONDS, REPEAT_MS = 5.0, 33
_DRAWN_MS = 600
_WAIT_SECONDS = 30.0

# Counts pictures of the browser, and for each step of the slider those until the map is coloured.
WATCH_DRAG = """
() => {
  let frame = 0;
  const tick = () => { frame += 1; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  const steps = window.dragSteps = [];
  let last = document.querySelector('.st-key-as_of_slider input').getAttribute('aria-valuetext');
  new MutationObserver(changes => {
    for (const { attributeName, target } of changes) {
      if (attributeName === 'fill') {
        for (const step of steps) step.painted ??= frame;
      } else if (target.matches('.st-key-as_of_slider input')) {
        const now = target.getAttribute('aria-valuetext');
        if (now !== last) steps.push({ at: frame });
        last = now;
      }
    }
  }).observe(document, {
    subtree: true, attributes: true, attributeFilter: ['fill', 'aria-valuetext'],
  });
}
"""
PICTURES = "() => dragSteps.map(({ at, painted }) => painted === undefined ? null : painted - at)"


@contextmanager
def dash_page() -> Iterator[str]:
    """The address of the Dash page, served for the time of a `with` block."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.dash_page", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            yield f"http://{HOST}:{port}/"
        finally:
            process.terminate()


def opened(browser: Browser, link: str) -> Page:
    """A page with its map drawn and the focus on its slider."""
    page = browser.new_context(viewport=WINDOW, bypass_csp=True).new_page()
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            page.goto(link)
            break
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
    await_map(page)
    page.wait_for_timeout(2 * _DRAWN_MS)
    page.locator(SLIDER).first.focus()
    return page


def step_times(links: Sequence[str]) -> list[float]:
    """Median milliseconds from key press to changed map on each page, STEPS times in turns."""
    with chromium() as browser:
        pages = [opened(browser, link) for link in links]
        await_following(pages[0])
        times: list[list[float]] = [[] for _ in pages]
        for _ in range(STEPS):
            for page, into in zip(pages, times, strict=True):
                into.append(_step(page))
    return [median(each) for each in times]


def _step(page: Page) -> float:
    """Press the key until a step recolours a country."""
    page.bring_to_front()
    page.wait_for_timeout(REPAINT_MS)
    while True:
        page.evaluate(WATCH_MAP)
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(_DRAWN_MS)
        took: float | None = page.evaluate(STEP_MS)
        if took is not None:
            return took


def dragged(link: str, port: int) -> tuple[list[int], int, int]:
    """Drag the slider: for each step the pictures of the browser until the map is coloured, and the
    bytes on the wire until the hand lets go; how many steps were not coloured at all.
    """
    with counting_proxy(port) as wire, chromium() as browser:
        page = opened(browser, link.replace(f"{HOST}:{port}", f"{HOST}:{wire.port}"))
        await_following(page)
        page.evaluate(WATCH_DRAG)
        before = wire.total
        drag(page, DRAG_PX, DRAG_STEPS)
        page.wait_for_timeout(200)
        sent = wire.total - before
        steps: list[int | None] = page.evaluate(PICTURES)
        page.mouse.up()
    known = [each for each in steps if each is not None]
    return known, sent, len(steps) - len(known)


def held(link: str) -> tuple[str, str]:
    """Hold a key for five seconds: the month under the hand, and the date of the page then."""
    with chromium() as browser:
        page = opened(browser, link)
        await_following(page)
        slider(page).focus()
        until = time.monotonic() + HELD_SECONDS
        while time.monotonic() < until:
            page.keyboard.down("ArrowLeft")
            page.wait_for_timeout(REPEAT_MS)
        page.keyboard.up("ArrowLeft")
        page.wait_for_timeout(_DRAWN_MS)
        settle(page)
        return str(slider(page).get_attribute("aria-valuetext")), address(page)["as_of"]


def main() -> None:
    """Print the figures."""
    reason = why_no_browser()
    if reason:
        sys.exit(f"no browser to measure with: {reason}")
    has_dash = importlib.util.find_spec("dash") is not None
    with ExitStack() as stack:
        server = stack.enter_context(running(script=ROOT / "dashboard.py"))
        bare = stack.enter_context(running(script=BENCH / "bare.py"))
        dash = [stack.enter_context(dash_page())] if has_dash else []
        ours, *others = step_times([server.url + VIEW, bare.url, *dash])
        names = ["bare page", "Dash"][: len(others)]
        told = ", ".join(f"{name} {ms:.1f} ms" for name, ms in zip(names, others, strict=True))
        print(f"key press to changed map: {ours:.1f} ms; {told}")
        print(f"  of that of {names[-1]}: {ours / others[-1]:.2f} (of Dash at most 0.5)")
        port = int(server.origin.rpartition(":")[2])
        steps, sent, missed = dragged(f"{server.url}?as_of=2016-06-30", port)
        print(f"drag: {len(steps)} steps, {missed} not coloured, {sent} bytes (0)")
        print(f"  pictures until coloured: at most {max(steps)} (2)")
        month, day = held(f"{server.url}?as_of=2026-06-30")
        print(f"held key: {month} under the hand, {day} on the page")


if __name__ == "__main__":
    main()
