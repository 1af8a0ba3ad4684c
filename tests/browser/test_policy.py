"""The policy that the server sends with each page: nothing that a visitor does runs into it.

The other tests switch it off, since some of their waits need `eval`; these do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.controls import hover_lines, middle_of, page_link
from tests.browser.profile import Scheme, new_page, stay_warm
from tests.browser.view import await_charts, come_to, open_view, settle
from tests.cases import DRAWN, GROUP, LANDMARK, ONE, OTHER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

    from tests.browser.app import Server

# Long, and of what seldom changes.
pytestmark = pytest.mark.slow

Journey = Callable[["Page", "Server"], None]

# A violation becomes an error of the console, with what was refused and where.
_TELL = """
document.addEventListener('securitypolicyviolation', event => console.error(
  `refused by the policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@pytest.fixture
def refused() -> list[str]:
    """Return the lines of the console of the page: violations and other errors."""
    return []


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A profile that keeps to the policy, and tells where it was broken."""
    context = browser.new_context(service_workers="block")
    context.add_init_script(_TELL)
    stay_warm(context)
    yield context
    context.close()


@pytest.fixture
def page(
    profile: BrowserContext, viewport: tuple[int, int], scheme: Scheme, refused: list[str]
) -> Iterator[Page]:
    """A page of this profile."""
    page = new_page(profile, viewport, scheme)
    page.on("console", lambda message: _note(message, refused))
    page.on("pageerror", lambda error: refused.append(str(error)))
    yield page
    page.close()


def _note(message: ConsoleMessage, refused: list[str]) -> None:
    if message.type == "error":
        refused.append(message.text)


def _sort_rows(page: Page) -> None:
    """Sort by a head, and back to the order before."""
    rows = page.locator("table.rows")
    for name in ("Country or body", "Position"):
        rows.locator("thead").get_by_role("link", name=name, exact=True).click()
        rows.locator("th[aria-sort]", has_text=name).wait_for()
    settle(page)


def _download_all(page: Page) -> int:
    buttons = page.get_by_test_id("stDownloadButton").get_by_role("button").filter(visible=True)
    for button in buttons.all():
        with page.expect_download():
            button.click()
    return buttons.count()


def _map(page: Page, server: Server) -> None:
    open_view(page, server, "?domain=networks")
    page.mouse.move(*middle_of(page, DRAWN))
    name = hover_lines(page)[0]
    page.mouse.click(*middle_of(page, DRAWN))
    page.locator(".st-key-panel h2", has_text=name).wait_for()
    page.locator(".st-key-view").get_by_text("World").click()
    settle(page)
    _sort_rows(page)
    page.get_by_role("button", name="Play the map month by month").click()
    page.locator(".map-date").wait_for()
    page.get_by_role("button", name="Pause").click()
    settle(page)


def _trends(page: Page, server: Server) -> None:
    open_view(page, server, "trends", has_map=False)
    page.locator(".st-key-trend .points path.point").first.hover(force=True)
    page.locator(".st-key-trend .hoverlayer .hovertext").first.wait_for(state="attached")
    page.get_by_text("All marked events by number").click()


def _actor(page: Page, server: Server) -> None:
    open_view(page, server, f"actor?actor={ONE}", has_map=False)
    for summary in page.locator("section.why summary").all():
        summary.press("Enter")
    rows = page.locator("table.rows").last
    rows.locator("thead").get_by_role("link", name="Title").click()
    rows.locator("th[aria-sort]", has_text="Title").wait_for()
    settle(page)


def _acts(page: Page, server: Server) -> None:
    open_view(page, server, f"acts?who={GROUP}", has_map=False)
    page.locator(".st-key-deadlines .bars .point path").first.click(force=True)
    page.locator(".st-key-event article h2").wait_for()
    settle(page)
    assert _download_all(page) > 0


def _compare(page: Page, server: Server) -> None:
    two, group = f"compare=actors&first={ONE}&second={OTHER}", f"compare=distances&group={GROUP}"
    for view in ("", f"?{two}", f"?{group}"):
        come_to(page, server, f"compare{view}")
        await_charts(page)
        page.locator(".js-plotly-plot").first.hover()


def _events(page: Page, server: Server) -> None:
    open_view(page, server, f"events?event={LANDMARK}", has_map=False)
    page.locator(".st-key-event article h2").wait_for()
    page.locator(".st-key-q input").fill("the")
    page.locator("h1.headline", has_text="the").wait_for()
    settle(page)
    assert _download_all(page) > 0


def _data(page: Page, server: Server) -> None:
    open_view(page, server, "data", has_map=False)
    assert _download_all(page) > 3
    for tab in page.get_by_role("tab").all():
        tab.click()
        settle(page)


def _links(page: Page, server: Server) -> None:
    # What is on each page has a journey of its own.
    open_view(page, server)
    for name in ("Trends", "Data", "Map"):
        page_link(page, name).click()
        settle(page)


JOURNEYS: dict[str, Journey] = {
    "map": _map,
    "trends": _trends,
    "actor": _actor,
    "acts": _acts,
    "compare": _compare,
    "events": _events,
    "data": _data,
    "links": _links,
}


@pytest.mark.parametrize("name", JOURNEYS)
def test_nothing_that_a_visitor_does_is_refused(
    page: Page, server: Server, refused: list[str], name: str
) -> None:
    JOURNEYS[name](page, server)
    assert refused == []


TRICKS = [
    ("page.append(Object.assign(make('script'), {textContent: 'hit = 1'}))", "script-src-elem"),
    ("page.append(Object.assign(make('script'), {src: `${other}x.js`}))", "script-src-elem"),
    ("page.innerHTML += '<img src=data: onerror=hit=1>'", "script-src-attr"),
    ("setTimeout(() => setTimeout('window.hit = 1'))", "script-src"),
    ("fetch(other).catch(() => 0)", "connect-src"),
    ("new Image().src = other", "img-src"),
    ("page.append(Object.assign(make('iframe'), {src: other}))", "frame-src"),
]


def test_what_does_not_belong_is_refused_and_told(
    page: Page, server: Server, refused: list[str]
) -> None:
    open_view(page, server)
    for trick, directive in TRICKS:
        refused.clear()
        with page.expect_console_message(_tells(directive)):
            page.evaluate(
                "() => { const other = 'https://example.org/', page = document.body,"
                f" make = name => document.createElement(name); {trick}; }}"
            )
        assert page.evaluate("() => window.hit") is None, trick
        assert any(directive in line for line in refused), trick


def _tells(directive: str) -> Callable[[ConsoleMessage], bool]:
    """Whether a line of the console tells that this part of the policy was broken."""
    return lambda text: f"the policy: {directive} " in text.text
