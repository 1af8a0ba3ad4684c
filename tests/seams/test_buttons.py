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


def test_a_figure_takes_the_shape_that_fits(page: Page, server: Server) -> None:
    open_view(page, server, "trends", has_map=False)
    assert not page.evaluate(NARROW)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(NARROW)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function(f"!{NARROW}")
