"""The delay of a map behind the drag. Run: python -m tests.bench.drag

The Map page, a bare Streamlit page and, where it is installed (tests/bench/requirements.txt), a
Dash page with the same small map, in one run: the first picture of a map and the live map in a cold
browser, from a key press to the changed map, and the bytes of a step and of a drag; of the Map page
alone the pictures of that drag and a key held for five seconds. README.md here says how.
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
from urllib.parse import urlsplit

from tests.bench.paths import BENCH
from tests.bench.proxy import counting_proxy
from tests.browser.app import HOST, ROOT, chromium, free_port, running, why_no_browser
from tests.browser.controls import address, await_following, drag, slider
from tests.browser.view import await_map, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

STEPS = 20
COLD_STARTS = 5
# A window that comes to the front is painted anew; a reader presses the key in one that stands.
REPAINT_MS = 600
# From here on a year and a half of months has moves in nearly each.
VIEW = "?as_of=2018-06-30"
WINDOW: ViewportSize = {"width": 1440, "height": 900}
SLIDER = ".st-key-as_of_slider input[type=range], .st-key-as_of_slider [role=slider]"
DRAG_STEPS, DRAG_PX = 60, 240
HELD_SECONDS, REPEAT_MS = 5.0, 33
_DRAWN_MS = 600
# Until all that a step brings has come: no page says when that is.
_REST_MS, _WEIGHED = 1_500, 8
_WAIT_SECONDS = 30.0

NAMES = ("bare page", "Dash")
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


def open_map(browser: Browser, link: str) -> Page:
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


def step_times(links: Sequence[str]) -> list[float]:
    """Median milliseconds from key press to changed map on each page, STEPS times in turns."""
    with chromium() as browser:
        pages = [open_map(browser, link) for link in links]
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


def cold_maps(links: Sequence[str]) -> list[tuple[float, float]]:
    """Median milliseconds until a map of each page is seen, and until it lives, in turns, each in a
    browser that has never seen it.
    """
    visits = [[first_map(link) for link in links] for _ in range(COLD_STARTS)]
    return [
        (median(seen for seen, _ in of), median(live for _, live in of))
        for of in zip(*visits, strict=True)
    ]


def step_bytes(link: str) -> tuple[float, int]:
    """Bytes on the wire, both ways: of a step by key with all that it brings, and of a drag up to
    when the thumb would rest.
    """
    port = urlsplit(link).port or 0
    with counting_proxy(port) as wire, chromium() as browser:
        page = open_map(browser, link.replace(f"{HOST}:{port}", f"{HOST}:{wire.port}"))
        weighed = []
        for _ in range(_WEIGHED):
            before = wire.total
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(_REST_MS)
            weighed.append(wire.total - before)
        before = wire.total
        _drag_any(page)
        page.wait_for_timeout(_REST_MS)
        return median(weighed), wire.total - before


def _drag_any(page: Page) -> None:
    """Drag the slider to the left, whoever made it: from the place of its thumb."""
    if page.locator("input[type=range]").count():
        drag(page, -DRAG_PX, DRAG_STEPS)
        return
    box = page.locator(SLIDER).first.bounding_box()
    assert box is not None
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(across, down)
    page.mouse.down()
    for step in range(1, DRAG_STEPS + 1):
        page.mouse.move(across - DRAG_PX * step / DRAG_STEPS, down)
        page.wait_for_timeout(20)


def table(links: Sequence[str]) -> Iterator[str]:
    """Yield the time and bytes of each page, line by line: the Map page, the bare page and Dash."""
    maps, steps = cold_maps(links), step_times(links)
    sent = [step_bytes(link) for link in links]
    rows = {
        "map seen, cold browser, ms": [seen for seen, _ in maps],
        "live map, cold browser, ms": [live for _, live in maps],
        "key press to changed map, ms": steps,
        "bytes of a step, kB": [step / 1000 for step, _ in sent],
        "bytes of a drag, kB": [drag / 1000 for _, drag in sent],
    }
    heads = ("Map page", *NAMES[: len(links) - 1])
    yield f"{'':<30}{''.join(f'{head:>12}' for head in heads)}"
    for what, figures in rows.items():
        yield f"{what:<30}{''.join(f'{figure:>12.1f}' for figure in figures)}"
    live = [live for _, live in maps]
    yield f"map seen: {maps[0][0] / live[1]:.2f} of the bare page's live map (at most 0.35)"
    yield f"live map: {live[0] / live[1]:.2f} of the bare page (at most 1)"
    yield f"key press: {steps[0] / steps[-1]:.2f} of {NAMES[len(links) - 2]} (of Dash at most 0.5)"


def drag_slider(link: str, port: int) -> tuple[list[int], int, int]:
    """Drag the slider: for each step the pictures of the browser until the map is coloured, and the
    bytes on the wire until it rests; how many steps were not coloured at all.
    """
    with counting_proxy(port) as wire, chromium() as browser:
        page = open_map(browser, link.replace(f"{HOST}:{port}", f"{HOST}:{wire.port}"))
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


def hold_key(link: str) -> tuple[str, str]:
    """Hold a key for five seconds: the month under the thumb, and the date of the page then."""
    with chromium() as browser:
        page = open_map(browser, link)
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
        for line in table([server.url + VIEW, bare.url, *dash]):
            print(line, flush=True)
        port = int(server.origin.rpartition(":")[2])
        steps, sent, missed = drag_slider(f"{server.url}?as_of=2016-06-30", port)
        print(f"drag: {len(steps)} steps, {missed} not coloured, {sent} bytes (0)")
        print(f"  pictures until coloured: at most {max(steps)} (2)")
        month, day = hold_key(f"{server.url}?as_of=2026-06-30")
        print(f"held key: {month} under the thumb, {day} on the page")


if __name__ == "__main__":
    main()
