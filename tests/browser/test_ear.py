"""The words for who does not see the pages, by the tree of Chromium's accessibility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from stances.links.register import PAGES
from tests.browser.controls import slider
from tests.browser.view import axe_as_it_is, open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

TELEPHONE = (390, 844)
# What is pressed, and what is seen: none is without a name.
NAMED = {"link", "button", "img", "image", "figure", "graphics-document", "combobox", "searchbox"}
APART = "(opens in a new tab)"
# Texts that cannot be selected, but for those of controls and of drawings.
UNSELECTABLE = """
() => [...document.querySelectorAll('#words *')].filter(part =>
  getComputedStyle(part).userSelect === 'none' && part.textContent.trim()
  && !part.closest('svg, button, select, summary')).map(part => part.outerHTML.slice(0, 120))
"""
# On a telephone what is cut off at an edge of the window, and is in no box that scrolls.
CUT = """
() => [...document.querySelectorAll('#words main *')].filter(part => {
  const box = part.getBoundingClientRect();
  return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)
    && part.checkVisibility({contentVisibilityAuto: true})
    && !part.closest('svg, .years, details:not([open]) > :not(summary)');
}).map(part => part.outerHTML.slice(0, 120))
"""
# The smallest letters outside of charts, in px.
SMALLEST = """
() => {
  const isText = node => node.nodeType === Node.TEXT_NODE && node.data.trim();
  return Math.min(...[...document.querySelectorAll('#words *')]
    .filter(part => !part.closest('svg') && part.checkVisibility())
    .filter(part => [...part.childNodes].some(isText))
    .map(part => parseFloat(getComputedStyle(part).fontSize)));
}
"""


def tree(page: Page) -> list[tuple[str, str]]:
    """Role and name of all that is told, in its order."""
    wire = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = wire.send("Accessibility.getFullAXTree")["nodes"]
    wire.detach()
    return [
        (node["role"]["value"], node.get("name", {}).get("value", "").strip())
        for node in nodes
        if not node["ignored"]
    ]


@pytest.mark.parametrize("viewport", [TELEPHONE])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_told_as_it_is_seen(page: Page, six_server: Server, path: str) -> None:
    page.goto(f"{six_server.url}{path}?live=0")
    expect(page.locator("#words h1.headline")).to_be_visible()
    tree_rows = tree(page)
    assert not [role for role, name in tree_rows if role in NAMED and not name]
    assert not [
        name for role, name in tree_rows if "image" in role or "img" in role if "//" in name
    ]
    apart = page.locator("#words a[target=_blank]").filter(visible=True).count()
    assert sum(role == "link" and name.endswith(APART) for role, name in tree_rows) == apart
    assert [role for role, _ in tree_rows].count("status") == 1
    assert page.evaluate(UNSELECTABLE) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALLEST) >= 13
    assert axe_as_it_is(page) == []


def test_cards_begin_with_their_names_and_a_choice_says_what_it_opened(
    page: Page, six_server: Server
) -> None:
    open_view(page, six_server)
    cards = page.locator(".cards > .card")
    names = page.locator(".st-key-featured").get_by_role("radio").all_inner_texts()
    assert names
    assert [card.split("\n")[0].strip() for card in cards.all_inner_texts()] == names
    expect(page.locator(".cards").get_by_role("heading", level=2)).to_have_text(names)
    # Once: the group around it has the same name.
    expect(page.get_by_role("slider", name="Month", exact=True)).to_have_count(1)
    month = slider(page).get_attribute("aria-valuetext")
    assert month is not None
    assert month.rpartition(" ")[2].isdigit()
    page.locator(".st-key-featured").get_by_role("radio", name=names[0]).press("Enter")
    settle(page)
    expect(page.locator("body > p[role=status]")).to_contain_text(f"Opened: {names[0]}")
