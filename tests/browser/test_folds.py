"""What the cards of a telephone fold away: a press, or the search of the browser, opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.view import open_view
from tests.depth import each

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

    from tests.browser.app import Server

# The first of some parts whose text is nowhere else on the page.
_ONLY_ONE = """
parts => [...document.querySelectorAll(parts)].find(({ textContent: text }) =>
  text && document.body.textContent.split(text).length === 2)
"""
# How high the parts are that a card has folded away.
_HEIGHTS = """
() => [...document.querySelectorAll("table [hidden]")].filter(part => part.textContent)
  .map(part => part.getBoundingClientRect().height)
"""
VIEWS = {
    "acts?status=all": ("table.rows td[hidden]", "table.rows td:not(.title) > [hidden]"),
    "members?as_of=2020-06-30": ("table.members td.last[hidden]", "table.members .used > [hidden]"),
}


@each("live", [0, 1])
@each("view", VIEWS)
@pytest.mark.parametrize("viewport", [(390, 844)])
def test_a_search_of_the_browser_opens_what_it_finds_in_the_fold_of_a_card(
    page: Page, six_server: Server, view: str, live: int
) -> None:
    if live:
        open_view(page, six_server, view, has_map=False)
    else:
        page.goto(f"{six_server.url}{view}&live=0")
    for parts in VIEWS[view]:
        part = page.evaluate_handle(_ONLY_ONE, parts).as_element()
        assert part is not None
        assert _height(part) == 0
        _search(page, part)
        assert _height(part) > 10
        assert page.evaluate("part => part.getBoundingClientRect().top", part) < 844
    page.set_viewport_size({"width": 1280, "height": 900})
    heights = page.evaluate(_HEIGHTS)
    assert heights
    assert min(heights) > 10


@each("live", [0, 1])
@pytest.mark.parametrize("viewport", [(390, 844)])
def test_a_press_unfolds_the_cards_of_the_map_where_one_is_chosen(
    page: Page, six_server: Server, live: int
) -> None:
    if live:
        open_view(page, six_server, "?as_of=2020-11-01&actor=DEU")
    else:
        page.goto(f"{six_server.url}?as_of=2020-11-01&actor=DEU&live=0")
    assert max(page.evaluate(_HEIGHTS)) == 0
    page.locator(".fold summary").click()
    assert min(page.evaluate(_HEIGHTS)) > 10
    page.locator("#positions thead a", has_text="High").click()
    page.locator("#positions th[aria-sort]", has_text="High").wait_for()
    heights = page.evaluate(_HEIGHTS)
    # A page that is loaded anew folds them again.
    assert min(heights) > 10 if live else max(heights) == 0


@each("live", [0, 1])
@pytest.mark.parametrize("viewport", [(768, 1024)])
def test_a_search_of_the_browser_opens_the_columns_that_a_tablet_has_folded(
    page: Page, six_server: Server, live: int
) -> None:
    view = "acts?status=all"
    if live:
        open_view(page, six_server, view, has_map=False)
    else:
        page.goto(f"{six_server.url}{view}&live=0")
    part = page.evaluate_handle(_ONLY_ONE, "table.rows td[hidden]").as_element()
    assert part is not None
    assert _height(part) == 0
    heads = page.locator("table.rows thead th:visible")
    few = heads.count()
    _search(page, part)
    assert _height(part) > 10
    # It stands under its own head, with those beside it.
    assert heads.count() > few
    assert min(page.evaluate(_HEIGHTS)) > 10
    [[left, right]] = page.evaluate(
        """part => [...part.closest("table").querySelectorAll("thead th")]
          .filter((_, place) => place === part.cellIndex)
          .map(head => [head, part].map(cell => cell.getBoundingClientRect().left))""",
        part,
    )
    assert left == right


@pytest.mark.parametrize("viewport", [(768, 1024)])
def test_a_press_unfolds_the_columns_that_a_tablet_has_no_room_for(
    page: Page, six_server: Server
) -> None:
    page.goto(f"{six_server.url}acts?status=all&live=0")
    heads = page.locator("table.rows thead th:visible")
    few = heads.count()
    assert max(page.evaluate(_HEIGHTS)) == 0
    page.locator(".fold summary").click()
    assert heads.count() > few
    assert min(page.evaluate(_HEIGHTS)) > 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _search(page: Page, part: ElementHandle) -> None:
    """Look for the text of a part: a link to it is looked up as what is typed into a search is."""
    text = (part.text_content() or "").replace("-", "%2D")
    page.goto(f"{page.url.partition('#')[0]}#:~:text={quote(text, safe='%')}")
    page.wait_for_function("part => !part.hidden", arg=part)


def _height(part: ElementHandle) -> float:
    """Return how high what is seen of a part is."""
    box = part.bounding_box()
    return box["height"] if box else 0
