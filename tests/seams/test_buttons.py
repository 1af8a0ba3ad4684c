"""Figures are reached through the buttons that they hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# Each opens a page of its own.
pytestmark = pytest.mark.slow

NARROW = "document.querySelector('.st-key-trend .js-plotly-plot').layout.showlegend"
CHART = "stancesCharts.within(document.querySelector('.st-key-timelapse'))"

COLORS = (
    "[...document.querySelectorAll('.st-key-timelapse-chart .choroplethlayer path')]"
    ".map(path => path.getAttribute('fill'))"
)


def test_a_figure_takes_the_shape_that_fits(page: Page, server: Server) -> None:
    open_view(page, server, "trends", has_map=False)
    assert not page.evaluate(NARROW)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(NARROW)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function(f"!{NARROW}")


def test_a_figure_shows_the_frame_that_is_asked_for(page: Page, server: Server) -> None:
    open_view(page, server, "?play=1&domain=networks")
    page.locator(".timelapse-play").wait_for()
    names = page.evaluate(f"stancesCharts.frames({CHART})")
    assert names == sorted(names)
    assert len(names) > 100
    page.wait_for_function(f"new Set({COLORS}).size > 3")
    last = page.evaluate(COLORS)
    page.evaluate(f"stancesCharts.show({CHART}, {names[0]!r})")
    page.wait_for_function(
        f"last => {COLORS}.length === last.length && {COLORS}.join() !== last.join()", arg=last
    )


def test_where_there_are_no_buttons_nothing_happens(page: Page, server: Server) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    open_view(page, server)
    chart = "stancesCharts.within(document.body)"
    assert page.evaluate(f"stancesCharts.frames({chart}).length") == 0
    page.evaluate(f"stancesCharts.show({chart}, '2019-03'); stancesCharts.show(null, '2019-03')")
    page.wait_for_timeout(400)
    assert faults == []
