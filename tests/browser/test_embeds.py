"""Views in the frames of a page of others: seen there whole, at every width that is offered."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError, expect

from stances.figures.theme import DARK, LIGHT, MODES
from stances.links.register import REGISTER, WIDTHS, frame_height
from stances.ui.parts.share import embed_code
from tests.browser.app import HOST
from tests.browser.view import await_charts, come_to, resize, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

    from tests.browser.app import Server

# Each opens several pages in frames.
pytestmark = pytest.mark.slow

DAY = "2024-03-04"
# It scrolls in its frame: a row a member.
LONG = {"members"}
# Other views of them: with more and fewer rows, and drawn otherwise.
OTHERS = (
    "acts?embed=true",
    "acts?embed=true&as_of=2020-01-01",
    "compare?embed=true&as_of=2019-06-30",
    f"compare?embed=true&as_of={DAY}&compare=actors",
    f"compare?embed=true&as_of={DAY}&compare=distances",
    f"trends?embed=true&as_of={DAY}&layout=small",
)
# How high the charts of a view are that follow what it shows.
CHARTS = """
() => [...document.querySelectorAll('.js-plotly-plot')].filter(plot => !plot.closest('.st-key-map'))
  .reduce((sum, plot) => sum + plot.getBoundingClientRect().height, 0)
"""
# The height of what a frame shows and that of the frame, the widths of both, and whether the last
# link of its source is in sight.
SIZES = """
() => {
  const main = document.querySelector('[data-testid="stMain"]') ?? document.scrollingElement;
  const link = [...document.querySelectorAll('p.source a')].at(-1);
  const { top, bottom } = link.getBoundingClientRect();
  const seen = top >= 0 && bottom <= innerHeight;
  return [main.scrollHeight, main.clientHeight, main.scrollWidth, main.clientWidth, seen];
}
"""
SHOWN = "document.querySelector('.stMainBlockContainer').scrollHeight"


# Every chart and every table that has a frame.
FRAMED = tuple(
    f"{view}&embed=true&as_of={DAY}"
    for view in (
        "?", "?view=world&domain=networks&actor=POL", "?before=2019-03-04", "trends?",
        "trends?layout=small", "members?", "actor?actor=POL", "acts?", "compare?",
        "compare?compare=actors", "compare?compare=distances", "domains?", "events?", "data?",
    )
)  # fmt: skip
LIVE = tuple(f"{view}?embed=true&as_of={DAY}" for view in ("", "trends", "acts"))
STEP = 40
EVERY_WIDTH = range(WIDTHS[0], 1200 + STEP, STEP)
# Each frame has so many of the widths, one after the other.
STEPS = 3
OPENED = EVERY_WIDTH[::STEPS]
# How high the frames are in their markup, and how many times as high they may become.
HIGH, MOST = 1300, 3
# Keeps every height that a frame is given, how often each has told one since any changed, and for
# how many turns of a clock none has. Not for how long: a page that was busy all the while, and its
# frames with it, has come to no rest.
KEEP = """
<script>
const given = new Map(), told = new Map();
let turns = 0;
const changed = () => { turns = 0; told.clear(); };
setInterval(() => { turns += 1; }, 100);
addEventListener('message', ({ source }) => told.set(source, (told.get(source) ?? 0) + 1));
new MutationObserver(changes => changes.forEach(({ target }) => {
  const heights = given.get(target) ?? [];
  if (heights.at(-1) === target.style.height) return;
  given.set(target, [...heights, target.style.height]);
  changed();
})).observe(document.body, { subtree: true, attributeFilter: ['style'] });
</script>
"""
GIVEN = "[...document.querySelectorAll('iframe')].map(frame => given.get(frame) ?? [])"
# What is read tells its height again each second; here it does ten times as often.
OFTEN = """
const every = setInterval;
window.setInterval = (work, ms, ...given) => every(work, ms / 10, ...given);
"""
TOLD_AGAIN = """
count => given.size === count && told.size === count && Math.min(...told.values()) > 3
"""
# A live view tells no height twice.
AT_REST = "count => given.size === count && turns > 15"
HEIGHTS = "[...document.querySelectorAll('iframe')].map(frame => frame.offsetHeight)"
WIDER = """
px => {
  document.querySelectorAll('iframe').forEach(frame => { frame.width = +frame.width + px; });
  changed();
}
"""
GROUND_IS = """
hex => {
  const page = document.querySelector('#words') ?? document.querySelector('.stApp');
  const parts = page ? getComputedStyle(page).backgroundColor.match(/\\d+/g).slice(0, 3) : [];
  return hex === '#' + parts.map(part => Number(part).toString(16).padStart(2, '0')).join('');
}
"""


def own_view(name: str) -> str:
    """The view of a page in a frame."""
    more = "&domain=networks&actor=POL" if not name else ""
    return f"{name}?embed=true&as_of={DAY}{more}"


@contextmanager
def page_of_others(markup: str, policy: str = "") -> Iterator[str]:
    """The address of a page with the markup in it, of another origin than the dashboard. `policy`:
    its Content-Security-Policy, where it has one.
    """

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = f"<!doctype html><title>Others</title><body>{markup}</body>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((HOST, 0), Answer) as others:
        threading.Thread(target=others.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{others.server_port}/"
        others.shutdown()


def _frames(server: Server, view: str, widths: Iterable[int], high: int) -> str:
    """Frames of a view, each with the markup that is offered, but so wide and so high."""
    name, link = view.partition("?")[0], f"{server.url}{view}"
    code = embed_code(link, view, name, 640).replace(' loading="lazy"', "")
    sized = re.sub(r'height="\d+"', f'height="{high}"', code)
    return "".join(sized.replace('width="640"', f'width="{wide}"') for wide in widths)


def _heights(page: Page, count: int, at_rest: str) -> list[int]:
    """The height of each frame, once all have one and are at rest."""
    page.wait_for_function(at_rest, arg=count, polling=50)
    heights: list[int] = page.evaluate(HEIGHTS)
    return heights


@pytest.mark.parametrize("view", FRAMED)
def test_a_frame_takes_its_width_and_finds_its_height_once_for_it(
    page: Page, server: Server, view: str
) -> None:
    page.set_viewport_size({"width": 1400, "height": 900})
    page.add_init_script(OFTEN)
    with page_of_others(f"{KEEP}{_frames(server, view, OPENED, HIGH)}") as address:
        page.goto(address)
        # Without the script it keeps the height of its markup.
        for _ in range(STEPS):
            for frame in page.frames[1:]:
                frame.wait_for_selector("p.source a", state="attached")
                _assert_it_takes_its_width(frame)
            page.evaluate(WIDER, STEP)
        assert page.evaluate(HEIGHTS) == [HIGH] * len(OPENED)
        page.evaluate(WIDER, -STEP * STEPS)
        page.add_script_tag(url=f"{server.url}embed.js")
        first = heights = _heights(page, len(OPENED), TOLD_AGAIN)
        # It was given none before: what is in it is no higher for a higher frame.
        assert page.evaluate(GIVEN) == [[f"{high}px"] for high in first]
        for _ in range(STEPS):
            for frame, high in zip(page.frames[1:], heights, strict=True):
                whole, height = _assert_it_takes_its_width(frame)
                assert whole <= height or high == MOST * HIGH, frame.url
            page.evaluate(WIDER, STEP)
            heights = _heights(page, len(OPENED), TOLD_AGAIN)
        # As high, at another width, as the frame that had that width from the first.
        assert heights[:-1] == first[1:]


def _assert_it_takes_its_width(frame: Frame) -> tuple[int, int]:
    """Nothing is cut off at its side, and its source is in sight; returns the height of what it
    shows, and its own.
    """
    whole, height, across, wide, has_link = frame.evaluate(SIZES)
    assert (across <= wide, has_link) == (True, True), (frame.url, wide)
    return whole, height


@pytest.mark.parametrize("view", LIVE)
def test_a_live_view_finds_the_height_of_its_frame_whatever_that_was(
    page: Page, server: Server, view: str
) -> None:
    page.set_viewport_size({"width": 1400, "height": 900})
    script = f'<script async src="{server.url}embed.js"></script>'
    # Of a page that is read every width is tried, and of a live one by the height of its markup.
    heights, widths = [], (WIDTHS[0], WIDTHS[-1])
    # At least a third of what any of the views takes.
    for high in (1010, 2000):
        frames = _frames(server, f"{view}&live=1", widths, high)
        with page_of_others(f"{KEEP}{frames}{script}") as address:
            page.goto(address)
            for frame in page.frames[1:]:
                frame.wait_for_selector("#words", state="detached")
                await_charts(frame)
            # Until then each had the height of what is read, maybe for long.
            page.evaluate("changed()")
            heights.append(_heights(page, len(widths), AT_REST))
            for frame in page.frames[1:]:
                whole, height = _assert_it_takes_its_width(frame)
                assert whole <= height, frame.url
    assert heights[1] == heights[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("live", ["0", "1"])
def test_a_frame_has_the_theme_of_its_markup_whatever_the_system_has(
    page: Page, server: Server, live: str
) -> None:
    link = f"{server.url}?embed=true&as_of={DAY}&live={live}&theme="
    frames = "".join(f'<iframe src="{link}{theme}" width=640></iframe>' for theme in MODES)
    with page_of_others(frames) as address:
        page.goto(address)
        for frame, palette in zip(page.frames[1:], (LIGHT, DARK), strict=True):
            if live == "1":
                frame.wait_for_selector("#words", state="detached")
            frame.wait_for_function(GROUND_IS, arg=palette.background)


@pytest.mark.parametrize(
    "view", [*(own_view(name) for name in REGISTER if name not in LONG), *OTHERS]
)
def test_the_height_of_the_markup_shows_the_whole_view(
    kept_page: Page, server: Server, view: str
) -> None:
    page, name = kept_page, view.partition("?")[0]
    _open(page, server, view)
    for wide in WIDTHS:
        resize(page, wide, 900)
        await_charts(page)
        high = frame_height(name, wide, page.evaluate(CHARTS))
        resize(page, wide, round(high))
        _await_fit(page, 0.75 * high)
        whole, height, across, width, _ = page.evaluate(SIZES)
        assert (whole <= height, across <= width) == (True, True), (wide, whole, height)
        if name == "":
            text, chart = (
                page.locator(part).bounding_box() for part in (".subtitle", ".st-key-map")
            )
            assert text is not None
            assert chart is not None
            assert text["y"] + text["height"] <= chart["y"]
        shown = page.evaluate(SHOWN)
        assert shown > 0.75 * high, (wide, shown, high)


def _open(page: Page, server: Server, view: str) -> None:
    """Open a view in a window as wide as the narrowest frame, and wait until it is drawn."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    come_to(page, server, view)
    page.wait_for_selector("#words", state="detached")
    await_charts(page)


def _await_fit(page: Page, least: float) -> None:
    """Wait until a view fills its frame: a chart takes its new size some time after the window. One
    that never does is told with what is measured then.
    """
    with suppress(TimeoutError):
        page.wait_for_function(
            f"least => {{ const [whole, seen] = ({SIZES})(); "
            f"return whole <= seen && {SHOWN} > least; }}",
            arg=least,
        )


@pytest.mark.parametrize("name", sorted(LONG))
def test_a_view_that_scrolls_in_its_frame_shows_its_source_all_the_while(
    page: Page, server: Server, name: str
) -> None:
    _open(page, server, own_view(name))
    foot = page.locator("p.source")
    row = page.locator("table.members tr").last
    for wide in WIDTHS:
        resize(page, wide, frame_height(name, wide))
        for moved in (-100_000, 100_000):
            page.mouse.move(wide / 2, 300)
            page.mouse.wheel(0, moved)
            settle(page)
            for line in foot.all():
                expect(line).to_be_in_viewport(ratio=1)
        # At the end nothing is hidden by it.
        last, box = row.bounding_box(), foot.first.bounding_box()
        assert last is not None
        assert box is not None
        assert last["y"] + last["height"] <= box["y"] + 1


SAY = """
<script>addEventListener('load', () => parent.postMessage({stances: {height: %s}}, '*'))</script>
"""


@pytest.mark.parametrize(("height", "taken"), [("99999", "1800px"), ("1", "150px"), ("'9'", "")])
def test_a_height_out_of_all_measure_is_not_taken(
    page: Page, server: Server, height: str, taken: str
) -> None:
    framed = embed_code(f"{server.url}events?embed=true", "events", "events", 640)
    script = f'<script src="{server.url}embed.js"></script>'
    framed = framed.replace(' loading="lazy"', "")
    # It listens before the frame says anything, which this one does once.
    with page_of_others(f"{script}{framed}") as address:
        page.route("**/events?embed=true", lambda route: route.fulfill(body=SAY % height))
        page.goto(address)
        frame = page.locator("iframe")
        if taken:
            page.wait_for_function("document.querySelector('iframe').style.height")
        else:
            page.wait_for_timeout(500)
        assert frame.evaluate("frame => frame.style.height") == taken


def test_a_frame_fits_its_column_under_a_policy_that_takes_no_style_from_markup(
    browser: Browser, server: Server
) -> None:
    framed = embed_code(f"{server.url}events?embed=true", "events", "events", 640)
    framed = framed.replace(' loading="lazy"', "")
    script = f'<script src="{server.url}embed.js"></script>'
    policy = f"default-src 'none'; script-src {server.url}; frame-src {server.url}"
    column = f"<table width=300><tr><td>{framed}</table>"
    with page_of_others(f"{script}{column}", policy) as address, browser.new_page() as page:
        page.route("**/events?embed=true", lambda route: route.fulfill(body=SAY % "700"))
        page.goto(address)
        frame = page.locator("iframe")
        expect(frame).to_have_css("height", "700px")
        expect(frame).to_have_css("max-width", "100%")
        expect(frame).to_have_css("border-top-width", "0px")


def test_a_frame_of_another_site_is_left_alone(page: Page, server: Server) -> None:
    script = f'<script src="{server.url}embed.js"></script>'
    with (
        page_of_others(SAY % "999") as other,
        page_of_others(f'<iframe src="{other}"></iframe>{script}') as address,
    ):
        page.goto(address)
        page.wait_for_timeout(500)
        assert page.locator("iframe").evaluate("frame => frame.style.height") == ""
