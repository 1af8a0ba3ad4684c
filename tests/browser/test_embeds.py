"""Views in the frames of a page of others: seen there whole, at every width that is offered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError, expect

from stances.links.register import REGISTER, WIDTHS, frame_height
from stances.ui.parts.share import embed_code
from tests.browser.app import HOST
from tests.browser.view import await_charts, live, resize, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# Each opens several pages in frames.
pytestmark = pytest.mark.slow

DAY = "2024-03-04"
SIX = ("", "trends", "actor", "acts", "compare", "events")
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
SIZES = """
() => {
  const main = document.querySelector('[data-testid="stMain"]') ?? document.scrollingElement;
  const links = [...document.querySelectorAll('p.source a')];
  return [main.scrollHeight, main.clientHeight, main.scrollWidth, main.clientWidth, links.length];
}
"""
SHOWN = "document.querySelector('.stMainBlockContainer').scrollHeight"


def own_view(name: str) -> str:
    """The view of a page in a frame."""
    more = "&domain=networks&actor=POL" if not name else ""
    return f"{name}?embed=true&as_of={DAY}{more}"


@contextmanager
def page_of_others(markup: str) -> Iterator[str]:
    """The address of a page with the markup in it, of another origin than the dashboard."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = f"<!doctype html><title>Others</title><body>{markup}</body>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((HOST, 0), Answer) as others:
        threading.Thread(target=others.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{others.server_port}/"
        others.shutdown()


def test_six_views_stand_in_a_page_of_others_as_high_as_they_are(
    page: Page, server: Server
) -> None:
    frames = "".join(
        embed_code(server.url + own_view(name), name or "map", name, 640) for name in SIX
    )
    frames = frames.replace(' loading="lazy"', "")
    script = f'<script async src="{server.url}embed.js"></script>'
    with page_of_others(f"{frames}{script}") as address:
        page.goto(address)
        for place, name in enumerate(SIX):
            frame = page.locator("iframe").nth(place).element_handle().content_frame()
            assert frame is not None
            frame.wait_for_selector("p.source a", state="attached")
            page.wait_for_function(
                "place => document.querySelectorAll('iframe')[place].style.height", arg=place
            )
            # The frame is told its height, takes it, and is told again where that changes it.
            frame.wait_for_function(
                f"() => {{ const [whole, seen] = ({SIZES})(); return whole <= seen + 1; }}"
            )
            whole, seen, wide, width, links = frame.evaluate(SIZES)
            assert (whole <= seen + 1, wide <= width, links) == (True, True, 1), (name, whole, seen)
        first = page.locator("iframe").first.element_handle().content_frame()
        assert first is not None
        assert "actor=POL" in str(first.locator("p.source a").last.get_attribute("href"))
        assert "4 March 2024" in first.locator("p.subtitle").inner_text()


@pytest.mark.parametrize(
    "view", [*(own_view(name) for name in REGISTER if name not in LONG), *OTHERS]
)
def test_the_height_of_the_markup_shows_the_whole_view(
    page: Page, server: Server, view: str
) -> None:
    name = view.partition("?")[0]
    _open(page, server, view)
    for wide in WIDTHS:
        resize(page, wide, 900)
        await_charts(page)
        high = frame_height(name, wide, page.evaluate(CHARTS))
        resize(page, wide, round(high))
        _await_fit(page, 0.75 * high)
        whole, seen, across, width, _ = page.evaluate(SIZES)
        assert (whole <= seen, across <= width) == (True, True), (wide, whole, seen)
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
    page.goto(live(page, f"{server.url}{view}"))
    page.wait_for_selector("#words", state="detached")
    settle(page)
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


@pytest.mark.parametrize(("height", "taken"), [("99999", "4000px"), ("1", "150px"), ("'9'", "")])
def test_a_height_out_of_all_measure_is_not_taken(
    page: Page, server: Server, height: str, taken: str
) -> None:
    framed = embed_code(f"{server.url}events?embed=true", "events", "events", 640)
    script = f'<script src="{server.url}embed.js"></script>'
    framed = framed.replace(' loading="lazy"', "")
    with page_of_others(f"{framed}{script}") as address:
        page.route("**/events?embed=true", lambda route: route.fulfill(body=SAY % height))
        page.goto(address)
        page.wait_for_timeout(500)
        assert page.locator("iframe").evaluate("frame => frame.style.height") == taken


def test_a_frame_of_another_site_is_left_alone(page: Page, server: Server) -> None:
    script = f'<script src="{server.url}embed.js"></script>'
    with (
        page_of_others(SAY % "999") as other,
        page_of_others(f'<iframe src="{other}"></iframe>{script}') as address,
    ):
        page.goto(address)
        page.wait_for_timeout(500)
        assert page.locator("iframe").evaluate("frame => frame.style.height") == ""
