"""Things that leave the page: links, frames, and the pictures that charts are saved as.

Under the policy that the server sends, since that is what a script or a picture may run into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from stances.links.register import PAGES
from tests.browser.controls import address, headline
from tests.browser.profile import Scheme, new_page, stay_warm
from tests.browser.view import await_equal, come_to, open_view, resize
from tests.cases import ONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page

    from tests.browser.app import Server

# What is taken along from a page is in the slow run; the usual one reads and uses pages.
pytestmark = pytest.mark.slow

EVERY_PAGE = pytest.mark.parametrize("name", list(PAGES), ids=lambda name: name or "map")
DAY = "2019-03-04"
# Tells what the policy refuses.
_LISTEN = """
window.refused = [];
document.addEventListener('securitypolicyviolation', event => window.refused.push(
  `${event.effectiveDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A profile that keeps to the policy."""
    context = browser.new_context(
        service_workers="block", permissions=["clipboard-read", "clipboard-write"]
    )
    context.add_init_script(_LISTEN)
    stay_warm(context)
    yield context
    context.close()


@pytest.fixture
def page(
    profile: BrowserContext, viewport: tuple[int, int], scheme: Scheme, page_errors: list[str]
) -> Iterator[Page]:
    """A page that keeps to the policy, whatever the test does with it."""
    page = new_page(profile, viewport, scheme)
    page.on("pageerror", lambda error: page_errors.append(str(error)))
    yield page
    refused = page.evaluate("window.refused ?? []")
    page.close()
    assert refused == []
    assert page_errors == []


@pytest.fixture
def kept_page(kept_page: Page, page_errors: list[str]) -> Iterator[Page]:
    """A page that stays open from test to test, and keeps to the policy too."""
    yield kept_page
    assert kept_page.evaluate("window.refused ?? []") == []
    assert page_errors == []


# -- pictures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["members", "trends"])
def test_a_picture_is_saved_by_its_link(page: Page, server: Server, name: str) -> None:
    open_view(page, server, f"{name}?as_of={DAY}", has_map=False)
    with page.expect_download() as download:
        page.locator(".picture a", has_text="PNG").first.click()
    assert download.value.suggested_filename == f"{name}-{DAY}.png"
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    # No chart has a menu that would save it otherwise.
    assert page.locator(".modebar-btn[data-title*='PNG']").count() == 0


# -- the control ---------------------------------------------------------------------------------


def _open(page: Page) -> list[str]:
    """Open the control and what is folded in it: link, markup of the frame and citation."""
    page.get_by_role("button", name="Share").click()
    body = page.get_by_test_id("stPopoverBody")
    body.get_by_text("To embed it in a page").click()
    parts = body.locator("code")
    parts.nth(4).wait_for()
    cited, link, _, frame, _ = parts.all_inner_texts()
    return [link, frame, cited]


@contextmanager
def _read_alone(page: Page) -> Iterator[None]:
    """Leave a page that is opened in a `with` block as it is before scripts, with its own words."""
    page.context.route("**/static/js/*", lambda route: route.abort())
    yield
    page.context.unroute("**/static/js/*")


def test_a_link_is_copied_by_its_button(page: Page, server: Server) -> None:
    open_view(page, server)
    link = _open(page)[0]
    code = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").nth(1)
    code.hover()
    code.get_by_role("button", name="Copy to clipboard").click()
    await_equal(page, lambda: page.evaluate("navigator.clipboard.readText()"), link)


def test_what_is_shown_is_watched_under_addresses_that_are_there(
    page: Page, server: Server
) -> None:
    open_view(page, server, f"actor?actor={ONE}&domain=procurement", has_map=False)
    page.get_by_role("button", name="Watch").click()
    body = page.get_by_test_id("stPopoverBody")
    # What readers open stands first, what is copied behind a press.
    links = body.get_by_role("link")
    letters = body.get_by_role("link", name="as text")
    letters.last.wait_for()
    expect(body.locator("code").first).to_be_hidden()
    body.get_by_text("Addresses to copy").click()
    body.get_by_text("For scripts and servers").click()
    parts = body.locator("code")
    parts.nth(4).wait_for()
    feed, whole, calendar, script, mail = parts.all_inner_texts()
    subscribed = calendar.replace("http:", "webcal:", 1)
    opened = [link.get_attribute("href") for link in links.all()]
    assert opened[:3] == [feed, whole, subscribed]
    for letter in (opened[3], letters.last.get_attribute("href")):
        assert letter is not None
        assert page.request.get(letter).ok
    atom = "application/atom+xml"
    for each_address, media in ((feed, atom), (whole, atom), (calendar, "text/calendar")):
        assert each_address.startswith(server.url)
        result = page.request.get(each_address)
        assert result.ok
        assert result.headers["content-type"].startswith(media)
    assert f"actor={ONE}" in script
    assert f"--actor {ONE} --domain procurement" in mail
    # Of others, too: the name of a group finds it with the bodies beside its members.
    whom = body.get_by_role("combobox").first
    whom.click()
    whom.fill("EU")
    expect(page.get_by_role("option").first).to_have_text(re.compile(r"^EU: \d+ with bodies$"))
    page.keyboard.press("Enter")
    expect(links.first).to_have_attribute("href", re.compile(rf"actor={ONE},EU,EU-"))


@pytest.mark.parametrize("viewport", [(1280, 800), (390, 844)])
def test_the_controls_are_reached_by_keyboard_and_stand_within_the_window(
    page: Page, server: Server, viewport: tuple[int, int]
) -> None:
    open_view(page, server)
    for steps, name in enumerate(("Share", "Watch"), 1):
        _assert_reached(page, viewport, name, steps)


def _assert_reached(page: Page, viewport: tuple[int, int], name: str, steps: int) -> None:
    """The control is so many steps behind the links of the pages."""
    button = page.get_by_role("button", name=name)
    box = button.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport[0]
    page.locator(".st-key-navigation a").last.focus()
    for _ in range(steps):
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    body = page.get_by_test_id("stPopoverBody")
    body.locator("a, code").nth(1).wait_for()
    within = body.bounding_box()
    assert within is not None
    assert within["x"] >= 0
    assert within["x"] + within["width"] <= viewport[0]
    page.keyboard.press("Escape")
    body.wait_for(state="hidden")


# -- frames --------------------------------------------------------------------------------------


@pytest.mark.slow
@EVERY_PAGE
@pytest.mark.parametrize("viewport", [(390, 640)])
def test_a_frame_has_the_view_and_the_way_back(kept_page: Page, server: Server, name: str) -> None:
    page = kept_page
    come_to(page, server, f"{name}?embed=true&as_of={DAY}")
    assert page.locator(".source span").count() == 1
    for gone in (".st-key-navigation", ".st-key-controls", "[data-testid=stPopover]"):
        assert page.locator(gone).count() == 0
    main = page.get_by_test_id("stMain")
    for width in (390, 700):
        resize(page, width, 640)
        assert main.evaluate("element => element.scrollWidth") <= width
    link = page.get_by_role("link", name="Open the full view")
    with _read_alone(page):
        with page.context.expect_page() as opened:
            link.click()
        whole = opened.value
        whole.wait_for_load_state()
    assert whole.get_by_role("navigation", name="Pages").is_visible()
    assert address(whole)["as_of"] == DAY
    assert "embed" not in whole.url
    whole.close()


def _frame(page: Page, server: Server, markup: str) -> FrameLocator:
    """A page of the same server with the markup in it."""
    page.goto(f"{server.url}healthz")
    page.evaluate("markup => { document.body.innerHTML = markup; }", markup)
    return page.frame_locator("iframe")


def test_the_markup_shows_the_map_in_another_page(page: Page, server: Server) -> None:
    open_view(page, server, f"?as_of={DAY}")
    result = headline(page)
    frame = _frame(page, server, _open(page)[1])
    frame.locator("#words h1.headline", has_text=result).wait_for()
    frame.locator("#words .map path[data-actor]").first.wait_for()
    # The whole of the map is in sight, without scrolling.
    scrolls = "page => page.scrollHeight > page.clientHeight"
    await_equal(page, lambda: frame.locator("html").evaluate(scrolls), False)
