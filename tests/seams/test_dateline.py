"""A line follows the hand across a chart of dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.hands import hold, sent, watch_socket
from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# Each opens a page of its own.
pytestmark = pytest.mark.slow

LINE = ".st-key-trend .date-line"
# Where the chart itself has a day, in px from its left edge.
AT = """
day => {
  const axis = document.querySelector('.st-key-trend .js-plotly-plot')._fullLayout.xaxis;
  return axis._offset + axis.d2p(day);
}
"""


@pytest.mark.parametrize(
    ("layout", "lines"),
    [("one", 1), ("small", 5)],
)
def test_it_stands_where_the_chart_has_the_day(
    page: Page, server: Server, layout: str, lines: int
) -> None:
    open_view(page, server, f"trends?as_of=2024-06-30&layout={layout}", has_map=False)
    watch_socket(page)
    hold(page, "ArrowLeft", 12)
    assert page.locator(LINE).count() == lines
    assert page.locator(LINE).first.inner_text() == "June 2023"
    left = page.locator(LINE).first.evaluate("line => parseFloat(line.style.left)")
    assert left == pytest.approx(page.evaluate(AT, "2023-06-30"), abs=0.6)
    assert sent(page) == 0
    page.keyboard.up("ArrowLeft")
    page.locator(LINE).first.wait_for(state="detached")
    page.wait_for_url("**as_of=2023-06-30*")


def test_no_line_stands_at_a_day_that_the_chart_does_not_have(page: Page, server: Server) -> None:
    open_view(page, server, "trends?as_of=2019-06-30", has_map=False)
    hold(page, "ArrowLeft", 1)
    page.locator(LINE).wait_for()
    hold(page, "ArrowRight", 8)
    page.locator(LINE).wait_for(state="detached")
    page.keyboard.up("ArrowRight")
    page.wait_for_url("**as_of=2020-01-31*")
