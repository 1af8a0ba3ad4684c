"""A view in a frame tells the page around it how high it is, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# Each opens pages in frames.
pytestmark = pytest.mark.slow

HEAR = """
address => new Promise(told => {
  document.body.innerHTML = '<iframe style="width: 640px; height: 300px"></iframe>';
  addEventListener('message', message => message.data?.stances && told(message.data.stances));
  document.querySelector('iframe').src = address;
  setTimeout(() => told(null), 6000);
})
"""

COLLECT = """
() => {
  window.heights = [];
  addEventListener('message', message => heights.push(message.data.stances?.height));
}
"""


def test_it_tells_the_height_of_what_is_read(page: Page, server: Server) -> None:
    page.goto(f"{server.url}healthz")
    text = page.evaluate(HEAR, "/events?embed=true&as_of=2020-06-30")
    whole = (
        page.frame_locator("iframe")
        .locator("#words > main")
        .evaluate("box => Math.ceil(box.getBoundingClientRect().height)")
    )
    assert text == {"height": whole}
    assert whole > 300


def test_it_tells_the_height_of_all_that_the_live_view_shows(page: Page, server: Server) -> None:
    page.goto(f"{server.url}healthz")
    page.evaluate(COLLECT)
    page.evaluate(HEAR, "/events?embed=true&as_of=2020-06-30&live=1")
    frame = page.frame_locator("iframe")
    frame.locator("#words").wait_for(state="detached")
    whole = frame.locator(".stMainBlockContainer").evaluate("box => box.scrollHeight")
    assert whole > 300
    page.wait_for_function("whole => heights.at(-1) === whole", arg=whole)


def test_a_page_that_is_no_embed_tells_nothing(page: Page, server: Server) -> None:
    page.goto(f"{server.url}healthz")
    assert page.evaluate(HEAR, "/events?as_of=2020-06-30") is None


def test_outside_of_a_frame_nothing_is_told(page: Page, server: Server) -> None:
    page.add_init_script(
        "window.told = 0; addEventListener('message', m => { told += m.data?.stances ? 1 : 0; })"
    )
    open_view(page, server, "events?embed=true&as_of=2020-06-30", has_map=False)
    page.wait_for_timeout(700)
    assert page.evaluate("told") == 0
