"""What the cards of a telephone fold away: the search of the browser finds and opens it."""

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
        # A link to a text is looked up as what is typed into the search is.
        text = (part.text_content() or "").replace("-", "%2D")
        page.goto(f"{page.url.partition('#')[0]}#:~:text={quote(text, safe='%')}")
        page.wait_for_function("part => !part.hidden", arg=part)
        assert _height(part) > 10
        assert page.evaluate("part => part.getBoundingClientRect().top", part) < 844
    page.set_viewport_size({"width": 1280, "height": 900})
    heights = page.evaluate(_HEIGHTS)
    assert heights
    assert min(heights) > 10


def _height(part: ElementHandle) -> float:
    """Return how high what is seen of a part is."""
    box = part.bounding_box()
    return box["height"] if box else 0
