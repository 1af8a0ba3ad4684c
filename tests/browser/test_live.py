"""Pages are read first: they become live by themselves on a wide screen with a fast line, elsewhere
at the first touch of what only the live view can do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from stances.dataset.codebook import OVERALL
from tests.browser.controls import address
from tests.browser.view import await_map, hold_dashboard, settle
from tests.cases import DRAWN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from stances import Dataset
    from tests.browser.app import Server

TELEPHONE, DESK, JUST_WIDE, JUST_NARROW = (390, 844), (1280, 800), (900, 800), (899, 800)
PLAY, START = "#words button[data-live=play]", "#words .buttons button:last-child"
MAP = "#words .map svg"
PANEL = ".st-key-panel-head h2"
TOP = "document.querySelector('[data-testid=stMain]').scrollTop"
# Of the live view that lies below what is read.
HAS_ENDED = """
() => document.querySelector('#root [data-testid=stApp]').dataset.testScriptState === 'notRunning'
"""
# What a browser tells of its line.
LINE = "Object.defineProperty(navigator, 'connection', {value: TOLD, configurable: true})"
SHIFT = """
window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value; }))
  .observe({type: 'layout-shift', buffered: true});
"""


class Wire:
    """The requests of a page beside that for itself."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))

    @property
    def framework(self) -> list[str]:
        """Of the live view: its code, its styles, its typefaces and its session."""
        parts = ("/static/", "page.js", "ws://")
        return [url for url in self.asked if any(part in url for part in parts)]


def read(page: Page, address: str) -> Wire:
    """Open a page and wait until all that it loads by itself is there."""
    wire = Wire(page)
    page.goto(address)
    expect(page.locator("#words h1.headline")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return wire


def is_live(page: Page) -> None:
    """Wait until the live view has taken the place of what is read."""
    page.locator("#words").wait_for(state="detached")
    settle(page)


@pytest.mark.parametrize("viewport", [TELEPHONE])
@pytest.mark.parametrize("path", ["", "trends", "members", "actor", "acts", "events", "data"])
def test_a_telephone_reads_a_page_without_the_live_view(
    page: Page, server: Server, path: str
) -> None:
    page.add_init_script(SHIFT)
    wire = read(page, server.url + path)
    assert wire.framework == []
    own = [url.removeprefix(server.url).partition("?")[0] for url in wire.asked]
    assert set(own) <= {path, "favicon.png"}
    assert page.evaluate("moved") == 0


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_a_hand_that_scrolls_or_drags_starts_nothing(page: Page, server: Server) -> None:
    wire = read(page, server.url)
    box = page.locator(MAP).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, at in (("touchStart", y), ("touchMove", y - 60), ("touchMove", y - 160)):
        points = [{"x": x, "y": at}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(200)
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert wire.framework == []
    assert page.locator("#live").inner_text() == ""


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_a_country_that_is_tapped_is_opened(page: Page, server: Server) -> None:
    wire = read(page, server.url)
    let_come = hold_dashboard(page)
    page.locator(f"#words a:has([data-actor={DRAWN}])").dispatch_event("click")
    expect(page.locator("#live")).to_have_text("Loading the interactive version …")
    let_come()
    is_live(page)
    await_map(page)
    assert f"actor={DRAWN}" in page.url
    expect(page.locator("#root .st-key-actor input")).not_to_have_value("")
    assert any(url.startswith("ws://") for url in wire.asked)
    # Its panel stands below the first screen of a telephone.
    expect(page.locator(PANEL)).to_be_in_viewport()


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_who_reads_on_until_it_comes_is_led_nowhere(page: Page, server: Server) -> None:
    read(page, server.url)
    let_come = hold_dashboard(page)
    page.locator(f"#words a:has([data-actor={DRAWN}])").dispatch_event("click")
    page.mouse.wheel(0, 20)
    page.wait_for_function("scrollY === 20")
    let_come()
    is_live(page)
    assert page.evaluate(TOP) == 20
    expect(page.locator(PANEL)).not_to_be_in_viewport()


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_nothing_changes_under_a_finger(page: Page, server: Server) -> None:
    read(page, f"{server.url}events")
    page.locator(START).click()
    # What takes the page away counts fingers from here on.
    page.locator("#root[inert]").wait_for(state="attached")
    touch = page.context.new_cdp_session(page)
    points = [{"x": 100, "y": 600}]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
    page.locator("#root .st-key-q input").wait_for(state="attached")
    page.wait_for_function(HAS_ENDED)
    page.wait_for_timeout(300)
    assert page.locator("#words h1.headline").is_visible()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    is_live(page)


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_the_button_plays_the_map(page: Page, server: Server) -> None:
    read(page, f"{server.url}?as_of=2019-03-04")
    page.locator(PLAY).press("Enter")
    is_live(page)
    pause = page.get_by_role("button", name="Pause")
    pause.wait_for()
    # One more press stops it.
    expect(pause).to_be_focused()


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_a_finger_that_trembles_presses_all_the_same(page: Page, server: Server) -> None:
    wire = read(page, server.url)
    box = page.locator(PLAY).bounding_box()
    assert box is not None
    touch = page.context.new_cdp_session(page)
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    moves = [("touchMove", [at | {"y": at["y"] - far}]) for far in (5, 10, 14)]
    for kind, points in (("touchStart", [at]), *moves, ("touchEnd", [])):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(page.locator("#live")).not_to_be_empty()
    page.wait_for_timeout(100)
    assert wire.framework


@pytest.mark.parametrize("viewport", [DESK])
def test_the_outlines_that_came_with_the_code_are_those_that_are_drawn(
    page: Page, server: Server
) -> None:
    wire = Wire(page)
    page.goto(f"{server.url}?view=world&live=1")
    is_live(page)
    await_map(page)
    assert len([url for url in wire.asked if "/geometry/" in url]) == 1


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_who_starts_it_by_keyboard_goes_on_at_the_headline(page: Page, server: Server) -> None:
    read(page, f"{server.url}members")
    page.locator(START).press("Enter")
    is_live(page)
    expect(page.locator("#root h1")).to_be_focused()


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_links_go_on_by_themselves(page: Page, server: Server) -> None:
    wire = read(page, server.url)
    page.locator("#words nav a", has_text="Rules").click()
    page.wait_for_url("**/acts?**")
    page.wait_for_load_state("networkidle")
    assert wire.framework == []


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_it_is_told_that_the_live_view_does_not_load(page: Page, server: Server) -> None:
    for part in ("static/js/*", "page.js*"):
        page.route(f"**/{part}", lambda route: route.abort())
    read(page, server.url)
    page.locator(START).click()
    expect(page.locator("#live")).to_contain_text("did not load")
    # However long one reads on.
    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    assert page.locator("#words h1.headline").is_visible()
    page.locator(f"#words a:has([data-actor={DRAWN}])").dispatch_event("click")
    page.wait_for_url(f"**/?*actor={DRAWN}*")
    expect(page.locator("#words #country h2")).to_be_visible()


@pytest.mark.parametrize(
    ("viewport", "link", "text", "live"),
    [
        (JUST_WIDE, "", "undefined", True),
        (JUST_NARROW, "", "undefined", False),
        (DESK, "", "{effectiveType: '4g', saveData: false}", True),
        (DESK, "", "{effectiveType: '3g', saveData: false}", False),
        (DESK, "", "{effectiveType: '4g', saveData: true}", False),
        (DESK, "?live=0", "undefined", False),
        (DESK, "?embed=true", "undefined", False),
        (TELEPHONE, "?live=1", "undefined", True),
        (DESK, "?live=1", "{effectiveType: '2g', saveData: true}", True),
        (TELEPHONE, "?embed=true&live=1", "undefined", True),
    ],
)
def test_where_it_becomes_live_by_itself(
    page: Page, server: Server, link: str, text: str, live: bool
) -> None:
    page.add_init_script(LINE.replace("TOLD", text))
    # That it comes to the live view is held by the tests above; here, that it begins.
    page.route("**/static/js/*", lambda route: route.abort())
    if live:
        with page.expect_request("**/static/js/*"):
            page.goto(server.url + link)
    else:
        assert read(page, server.url + link).framework == []


def test_a_header_alone_asks_for_little(page: Page, server: Server) -> None:
    page.set_extra_http_headers({"Save-Data": "on"})
    assert read(page, server.url).framework == []


@pytest.mark.parametrize("viewport", [DESK, TELEPHONE])
def test_where_there_is_no_page_nothing_becomes_live(page: Page, server: Server) -> None:
    wire = read(page, f"{server.url}nothing")
    assert wire.framework == []
    page.locator("#words nav a", has_text="Rules").click()
    page.wait_for_url("**/acts?**")


def test_no_frame_becomes_live_by_itself(page: Page, server: Server) -> None:
    read(page, f"{server.url}data?live=0")
    wire = Wire(page)
    # As a page of the same server may frame another, without asking for it as a frame.
    page.evaluate(
        """url => {
      const frame = document.createElement('iframe');
      Object.assign(frame, {src: url, width: 1200, height: 600});
      document.body.append(frame);
    }""",
        server.url,
    )
    expect(page.frame_locator("iframe").locator("#words h1.headline")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert wire.framework == []


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_what_was_chosen_beside_the_button_goes_along(page: Page, server: Server) -> None:
    read(page, f"{server.url}members")
    page.get_by_label("As of").fill("2019-03-04")
    page.locator(START).click()
    is_live(page)
    assert address(page)["as_of"] == "2019-03-04"
    expect(page.locator("#root p.subtitle").first).to_contain_text("4 March 2019")


def test_a_frame_becomes_live_by_a_touch(page: Page, server: Server) -> None:
    read(page, f"{server.url}trends?embed=true")
    page.locator("#words .foot button[data-live]").click()
    is_live(page)
    assert page.locator("#root .st-key-trend").is_visible()


@pytest.mark.parametrize("viewport", [DESK])
@pytest.mark.parametrize("path", ["", "actor", "data", "events"])
def test_what_comes_moves_nothing_of_what_is_read(page: Page, server: Server, path: str) -> None:
    page.add_init_script(SHIFT)
    page.goto(server.url + path)
    is_live(page)
    assert page.evaluate("moved") <= 0.1


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_a_bad_word_on_it_is_told(page: Page, server: Server) -> None:
    read(page, f"{server.url}?live=yes")
    expect(page.locator("#words .notice")).to_have_text(
        "live in the address: yes is not one of: 0, 1."
    )


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_a_form_asks_for_another_view(page: Page, server: Server, real: Dataset) -> None:
    wire = read(page, f"{server.url}events?domain={next(iter(real.codebook.domains))}")
    page.get_by_label("As of").fill("2019-03-04")
    page.locator("form summary", has_text="Filters").click()
    page.get_by_label("Search events").fill("5G")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/events?*q=5G*")
    page.wait_for_load_state("networkidle")
    values = address(page)
    # Words are looked for in all fields, but where one is chosen with them.
    assert values.items() >= {"as_of": "2019-03-04", "q": "5G", "domain": OVERALL}.items()
    # What was not chosen is not told.
    assert all(values.values())
    assert "4 March 2019" in page.locator("#words p.subtitle").inner_text()
    assert wire.framework == []


def test_without_scripts_it_asks_as_well(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}actor")
    page.locator("form summary", has_text="Filters").click()
    page.get_by_label("Country or body").select_option(DRAWN)
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(f"**/actor?*actor={DRAWN}*")
    assert page.locator("#words .notice").count() == 0
    page.goto(server.url)
    page.locator(f"#words a:has([data-actor={DRAWN}])").first.dispatch_event("click")
    page.wait_for_url(f"**/?*actor={DRAWN}*")
    assert page.locator("#country h2").is_visible()
    context.close()


@pytest.mark.parametrize("viewport", [DESK])
def test_what_is_out_of_sight_is_laid_out_again_once_it_comes_into_sight(
    page: Page, server: Server
) -> None:
    hold_dashboard(page)
    page.goto(server.url, wait_until="commit")
    table = page.locator("#words .below")
    expect(table).to_have_class("below unseen")
    table.evaluate("part => part.scrollIntoView()")
    expect(table).to_have_class("below")
    expect(table.locator("tbody tr").first).to_be_visible()
