"""The look of the pages: nothing overlaps, nothing is cut, everybody can read them.

Leaves pictures of each page, on a desk and in the hand, in `tests/browser/screenshots`, but on the
build machine, where nobody looks at them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.controls import middle_of
from tests.browser.view import OF_LOOKS, axe, come_to, open_view, resize, settle, whole_page
from tests.cases import DRAWN, ENDED_ACT, GROUP, LANDMARK, ONE, OTHER
from tests.depth import each

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

HERE = Path(__file__).parent
PICTURES = HERE / "screenshots"
BOXES = (HERE / "boxes.js").read_text(encoding="utf-8")
DESKTOP, TELEPHONE = (1280, 900), (390, 844)
# Whether the page is light or dark.
_SCHEME = "getComputedStyle(document.querySelector('.stApp')).colorScheme"
DAY = "as_of=2021-06-01"
MAP, TREND = ".st-key-map .choroplethlayer path[d][fill]", ".st-key-trend .main-svg"
HISTORY, MATRIX = ".st-key-actor-history .main-svg", ".st-key-matrix .hm image"
ROWS = "table.rows"
# Every page, the states of it that look different, and what shows that it is drawn.
VIEWS = {
    "map": ("", MAP),
    "map-panel": (f"?as_of=2019-03-04&domain=networks&actor={DRAWN}", MAP),
    "map-two": (f"?{DAY}&before=2018-12-31", ".st-key-map-before .choroplethlayer path[d][fill]"),
    "trends": ("trends", TREND),
    "trends-small": ("trends?layout=small", TREND),
    "members": ("members", "table.members"),
    "members-all": ("members?as_of=2024-03-04&group=all&order=deadline&domain=trade", ".members"),
    "actor": (f"actor?as_of=2024-03-04&actor={DRAWN}", HISTORY),
    "actor-group": (f"actor?as_of=2024-03-04&actor={GROUP}", ".st-key-actor_member"),
    "acts": (f"acts?who={GROUP}", ".st-key-deadlines .main-svg"),
    "acts-one": (f"acts?{DAY}&status=all&act={ENDED_ACT}", ".st-key-event article"),
    "acts-none": (f"acts?q=qqzzqq&who={ONE}", ".nothing"),
    "compare-dates": ("compare?then=2020-07-13&as_of=2020-10-12", ".st-key-dumbbell .point"),
    "compare-actors": (
        f"compare?compare=actors&first={ONE}&second={OTHER}",
        ".st-key-trend-gap .js-line",
    ),
    "compare-distances": (f"compare?compare=distances&group={GROUP}", MATRIX),
    "compare-all": ("compare?compare=distances&group=all", MATRIX),
    "domains": (f"domains?as_of=2024-03-04&group={GROUP}", ROWS),
    "events": (f"events?who={GROUP},{ONE}&scores=-3..-2&confidence=high&counted=counted", ROWS),
    "events-one": (f"events?q=the&event={LANDMARK}", ROWS),
    "events-none": (f"events?q=qqzzqq&who={ONE}", ".nothing"),
    "data-downloads": (f"data?{DAY}&section=downloads&domain=networks", "table.figures"),
    "data-codebook": (f"data?{DAY}&section=codebook", ".steps"),
    "data-sensitivity": (
        f"data?{DAY}&section=sensitivity&settings=half_life:2",
        ".st-key-sensitivity .main-svg",
    ),
    "data-coverage": (f"data?{DAY}&section=coverage", ".st-key-coverage .main-svg"),
    "data-agreement": (f"data?{DAY}&section=agreement", "table.figures"),
    "data-citing": (f"data?{DAY}&section=citing", "[data-testid='stCode']"),
    "actor-faded": ("actor?as_of=2022-12-31&actor=BOR", HISTORY),
}
# All others are views of the real data.
OF_SIX_EVENTS = {"actor-faded"}
# Of what a page shows in several ways the first is opened on a desk, the others in the hand.
FURTHER = {
    name
    for name in VIEWS
    if any(name.startswith(f"{first}-") for first in VIEWS) or name.startswith("data-")
}


def _open(page: Page, server: Server, name: str) -> None:
    view, drawn = VIEWS[name]
    come_to(page, server, view)
    page.locator(drawn).first.wait_for(state="attached")
    settle(page)


# A page comes to it; then it takes the other scheme, and its window the other width. What is judged
# in both schemes and at both widths need not be in all four: of the styles one rule alone asks for
# both at once, the tint of an open row in the hand; and views of one page begin at either width.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "viewport"), [(name, TELEPHONE if name in FURTHER else DESKTOP) for name in VIEWS]
)
def test_everybody_can_read_the_page(
    request: pytest.FixtureRequest,
    server: Server,
    six_server: Server,
    name: str,
    viewport: tuple[int, int],
    page_errors: list[str],
) -> None:
    # An open page is one of the real data.
    page = request.getfixturevalue("page" if name in OF_SIX_EVENTS else "kept_page")
    _open(page, six_server if name in OF_SIX_EVENTS else server, name)
    _assert_readable(page, name)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{_SCHEME} === 'dark'")
    resize(page, *(DESKTOP if viewport == TELEPHONE else TELEPHONE))
    # The page is the same, but for its colours and where things lie.
    _assert_readable(page, name, OF_LOOKS)
    assert page_errors == []


def _assert_readable(page: Page, name: str, rules: Sequence[str] = ()) -> None:
    """A page that is read in a window of this width, in the scheme that it has."""
    _assert_everything_has_its_place(page)
    with whole_page(page):
        _picture(page, name)
        assert axe(page, rules) == [], (page.viewport_size, page.evaluate(_SCHEME))


def _picture(page: Page, name: str) -> None:
    """A picture of the whole page as it is seen now."""
    if os.environ.get("CI"):
        return
    assert page.viewport_size is not None
    width, scheme = page.viewport_size["width"], page.evaluate(_SCHEME)
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png")


def _assert_everything_has_its_place(page: Page) -> None:
    _assert_nothing_scrolls_sideways(page)
    _assert_nothing_is_in_the_way(page)


def _assert_nothing_is_in_the_way(page: Page) -> None:
    boxes = page.evaluate(BOXES)
    assert boxes["overlapping"] == []
    assert boxes["outside"] == []
    assert boxes["cut"] == []


def _assert_nothing_scrolls_sideways(page: Page) -> None:
    wide = page.evaluate(
        "() => [document.documentElement, document.querySelector('[data-testid=\"stMain\"]')]"
        ".filter(box => box.scrollWidth > box.clientWidth).map(box => box.tagName)"
    )
    assert wide == []


# The second date has the longest notes on its cards.
@each("view", ["", "?as_of=2019-03-04&domain=networks", "?as_of=2023-07-31"])
def test_headline_cards_and_map_are_seen_without_scrolling(
    page: Page, server: Server, view: str, page_errors: list[str]
) -> None:
    # The fixture `page` fails the test at its end if a request went to another host.
    open_view(page, server, view)
    assert page_errors == []
    _assert_seen_without_scrolling(page)
    if view == "":
        resize(page, 1280, 800)
        _assert_seen_without_scrolling(page)


def _assert_seen_without_scrolling(page: Page) -> None:
    window = page.viewport_size
    assert window is not None
    shown = [".site", "h1.headline", "p.subtitle", ".st-key-lead", ".st-key-cards", ".st-key-map"]
    for selector in [*shown, *_cards(page)]:
        box = page.locator(selector).bounding_box()
        assert box is not None, selector
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= window["width"]
        assert box["y"] + box["height"] <= window["height"], selector
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollTop") == 0
    assert page.evaluate(BOXES)["overlapping"] == []


def _cards(page: Page) -> list[str]:
    number = page.locator(".cards > .card").count()
    assert number == 5
    return [f".cards > .card:nth-child({place})" for place in range(1, number + 1)]


def test_on_a_telephone_the_map_is_on_the_first_screen_and_seen_with_a_panel_that_opens(
    page: Page, server: Server
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, server, f"?{DAY}")
    box = page.locator(".st-key-map").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844
    page.mouse.click(*middle_of(page, "FRA"))
    page.wait_for_function(
        "document.querySelector('.st-key-panel-head h2')?.getBoundingClientRect().top < 700"
    )
    # Until the run has ended the map of the run before may stand beside the new one.
    settle(page)
    box = page.locator(".st-key-map").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 500
    page.locator(".to-panel a", has_text="France: ").press("Enter")
    expect(page.locator(".st-key-panel-head h2")).to_be_focused()
    expect(page.locator(".st-key-panel-head h2")).to_be_in_viewport()


# What of the controls of a page is wider than the field that it stands in.
_CUT = """
() => {
  const parts = ['[role=radiogroup]', '[data-testid=stDateInputField]', 'input:not([placeholder])'];
  return [...document.querySelectorAll(`[class*="-controls"] :is(${parts})`)]
    .filter(part => part.scrollWidth > part.clientWidth + 1)
    .map(part => part.textContent || part.value);
}
"""


@each(
    "view",
    ["trends", "events", "acts", "compare", "compare?compare=actors", "compare?compare=distances"],
)
@pytest.mark.parametrize("viewport", [(768, 1024), (1024, 768)])
def test_on_a_tablet_what_is_chosen_is_read_whole(page: Page, server: Server, view: str) -> None:
    open_view(page, server, view, has_map=False)
    more = page.locator(".st-key-more-filters summary")
    if more.count():
        more.click()
    assert page.evaluate(_CUT) == []


# How many cards stand in each row, and whether the last one of a row alone fills it.
_ROWS_OF_CARDS = """
() => {
  const cards = document.querySelector('.cards');
  const boxes = [...cards.children].map(card => card.getBoundingClientRect());
  const across = cards.getBoundingClientRect().width;
  const rows = Map.groupBy(boxes, box => Math.round(box.top));
  return [...rows.values()].map(row => [row.length, row[0].width > across - 2]);
}
"""


@pytest.mark.parametrize("width", [390, 641, 768, 950, 1280])
def test_no_card_stands_beside_an_empty_place_alone(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server.url}?live=0")
    rows = page.evaluate(_ROWS_OF_CARDS)
    assert rows
    assert all(count > 1 or is_filled for count, is_filled in rows), rows
