"""A map coloured in the browser is the map that the server sends for the day, to the last line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.controls import TWO_FRAMES, await_following, hold, messages_sent, watch_socket
from tests.browser.view import open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# Each opens a page of its own.
pytestmark = pytest.mark.slow

# What is drawn, in order: of countries and markers colour, line and its width.
DRAWN = """
() => {
  const line = shape => [shape.style.stroke, parseFloat(shape.style.strokeWidth)];
  const countries = [...document.querySelectorAll('.st-key-map .choroplethlocation')]
    .map(path => [path.__data__.loc, path.getAttribute('fill'), ...line(path)]);
  const markers = [...document.querySelectorAll('.st-key-map .scattergeo .point')]
    .map(path => [path.__data__.data, path.style.fill, ...line(path)]);
  return [countries, markers];
}
"""


@pytest.mark.parametrize(
    "view",
    [
        "?as_of=2021-06-30",
        "?as_of=2024-03-31&domain=networks&actor=POL",
        "?as_of=2020-01-31&view=world&basis=acts",
    ],
)
def test_it_is_what_the_server_sends(page: Page, server: Server, view: str) -> None:
    open_view(page, server, view)
    await_following(page)
    watch_socket(page)
    before = page.evaluate(DRAWN)
    for steps in (14, 9):
        hold(page, "ArrowLeft", steps)
        page.locator(".map-date").wait_for()
        page.evaluate(TWO_FRAMES)
        assert messages_sent(page) == 0
        coloured = page.evaluate(DRAWN)
        page.keyboard.up("ArrowLeft")
        page.locator(".map-date").wait_for(state="detached")
        settle(page)
        watch_socket(page)
        _same(coloured, page.evaluate(DRAWN))
        assert coloured != before


def _same(coloured: Any, drawn: Any) -> None:
    """Equal, but for the order among those of one kind of line, which nobody sees."""
    for ours, theirs in zip(coloured, drawn, strict=True):
        assert sorted(ours) == sorted(theirs)
        assert [width for *_, width in ours] == [width for *_, width in theirs]


def test_what_draws_the_map_anew_meanwhile_does_not_bring_the_old_day_back(
    page: Page, server: Server
) -> None:
    open_view(page, server, "?as_of=2021-06-30")
    await_following(page)
    hold(page, "ArrowLeft", 24)
    expect(page.locator(".map-date")).to_contain_text("30 June 2019")
    coloured = page.evaluate(DRAWN)
    page.set_viewport_size({"width": 1100, "height": 900})
    page.wait_for_timeout(1000)
    _same(coloured, page.evaluate(DRAWN))
