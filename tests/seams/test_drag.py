"""The slider of the date is heard at every step, and asks the server only once the thumb rests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.browser import controls
from tests.browser.view import await_equal, open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# Each opens a page of its own.
pytestmark = pytest.mark.slow

HEAR = """
() => {
  window.heard = [];
  window.back = 0;
  stancesDrag.follow({
    isReady: () => true, step: month => heard.push(month.join()), back: () => { window.back += 1; },
  });
}
"""
# The moment between two keys, which is longer where others keep the machine busy.
REST_LONGER = """
() => {
  const later = window.setTimeout;
  window.setTimeout = (work, ms, ...given) => later(work, ms === 120 ? 3000 : ms, ...given);
}
"""


def _open(page: Page, server: Server) -> None:
    open_view(page, server, "?as_of=2020-06-30")
    controls.await_following(page)
    page.evaluate(HEAR)
    controls.watch_socket(page)


def test_a_key_that_is_held_is_heard_at_every_step_and_sends_nothing(
    page: Page, server: Server
) -> None:
    _open(page, server)
    controls.hold(page, "ArrowLeft", 20)
    months = [f"{(2020 * 12 + 5 - k) // 12},{(5 - k) % 12}" for k in range(1, 21)]
    await_equal(page, lambda: page.evaluate("heard"), months)
    assert controls.messages_sent(page) == 0
    page.keyboard.up("ArrowLeft")
    page.wait_for_url("**as_of=2018-10-31*")
    settle(page)
    assert controls.messages_sent(page) == 1


def test_other_keys_of_the_slider_lead_where_they_lead_without_a_follower(
    page: Page, server: Server
) -> None:
    keys = ("PageUp", "PageDown", "PageDown", "Home", "End")
    open_view(page, server, "acts?as_of=2020-06-30", has_map=False)
    led = [_press(page, key) for key in keys]
    _open(page, server)
    page.evaluate(REST_LONGER)
    for key in keys:
        controls.slider(page).press(key)
    heard = [tuple(map(int, month.split(","))) for month in page.evaluate("heard")]
    assert [f"{date(year, month + 1, 1):%b %Y}" for year, month in heard] == led
    # Keys that follow each other within a moment are asked for once.
    await_equal(page, lambda: controls.messages_sent(page) > 0, True)
    settle(page)
    assert controls.messages_sent(page) == 1


def _press(page: Page, key: str) -> str | None:
    """Return what the slider tells once a key is asked for."""
    controls.slider(page).press(key)
    settle(page)
    return controls.slider(page).get_attribute("aria-valuetext")


def test_a_pointer_is_heard_and_what_it_lets_go_is_sent_once(page: Page, server: Server) -> None:
    _open(page, server)
    controls.drag(page, -90, 60)
    months = page.evaluate("heard")
    assert len(months) > 20
    assert controls.messages_sent(page) == 0
    page.mouse.up()
    settle(page)
    assert controls.messages_sent(page) == 1
    year, month = map(int, months[-1].split(","))
    assert controls.address(page)["as_of"].startswith(f"{year}-{month + 1:02}-")


def test_a_hand_that_comes_back_asks_nothing(page: Page, server: Server) -> None:
    _open(page, server)
    controls.hold(page, "ArrowLeft", 3)
    controls.hold(page, "ArrowRight", 3)
    page.keyboard.up("ArrowRight")
    page.wait_for_function("window.back === 1")
    assert controls.messages_sent(page) == 0
    assert controls.address(page)["as_of"] == "2020-06-30"


def test_where_nobody_follows_a_key_is_sent_as_ever(page: Page, server: Server) -> None:
    open_view(page, server, "acts?as_of=2020-06-30", has_map=False)
    controls.watch_socket(page)
    controls.hold(page, "ArrowLeft", 2)
    page.wait_for_url("**as_of=2020-04-30*")
    assert controls.messages_sent(page) >= 1
