"""A view in a frame tells the page around it how high it is, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.app import PATIENCE_MS
from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# Each opens pages in frames.
pytestmark = pytest.mark.slow

HEAR = """
([address, ms]) => new Promise(told => {
  document.body.innerHTML = '<iframe style="width: 640px; height: 300px"></iframe>';
  addEventListener('message', message => message.data?.stances && told(message.data.stances));
  document.querySelector('iframe').src = address;
  setTimeout(() => told(null), ms);
})
"""

COLLECT = """
() => {
  window.heights = [];
  addEventListener('message', message => heights.push(message.data.stances?.height));
}
"""
# Whether the last height that was told is that of the live view, which is no empty one.
TOLD_ALL = """
() => {
  const view = document.querySelector('iframe').contentDocument;
  const whole = view.querySelector('.stMainBlockContainer')?.scrollHeight;
  return whole > 300 && heights.at(-1) === whole;
}
"""


def test_it_tells_the_height_of_what_is_read(page: Page, server: Server) -> None:
    page.goto(f"{server.url}healthz")
    text = page.evaluate(HEAR, ["/events?embed=true&as_of=2020-06-30", PATIENCE_MS])
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
    page.evaluate(HEAR, ["/events?embed=true&as_of=2020-06-30&live=1", PATIENCE_MS])
    page.frame_locator("iframe").locator("#words").wait_for(state="detached")
    # Its charts and tables may still come.
    page.wait_for_function(TOLD_ALL)


def test_a_page_that_is_no_embed_tells_nothing(page: Page, server: Server) -> None:
    page.goto(f"{server.url}healthz")
    assert page.evaluate(HEAR, ["/events?as_of=2020-06-30", 3000]) is None


def test_outside_of_a_frame_nothing_is_told(page: Page, server: Server) -> None:
    page.add_init_script(
        "window.told = 0; addEventListener('message', m => { told += m.data?.stances ? 1 : 0; })"
    )
    open_view(page, server, "events?embed=true&as_of=2020-06-30", has_map=False)
    page.wait_for_timeout(700)
    assert page.evaluate("told") == 0
