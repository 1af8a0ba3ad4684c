"""Plotly is run before the first map comes, finds its outlines, and does not ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# Each opens a page of its own.
pytestmark = pytest.mark.slow

ASKED_BY = """
() => performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("/geometry/")).map(({ initiatorType }) => initiatorType)
"""
HELD = "() => Object.keys(window.PlotlyGeoAssets?.topojson ?? {})"
# What plotly puts into the page as soon as it is run.
RUN = "[id^='plotly.js-style']"


@pytest.mark.parametrize(("query", "name"), [("", "europe_50m"), ("?view=world", "world_110m")])
def test_plotly_draws_by_what_is_at_hand(page: Page, server: Server, query: str, name: str) -> None:
    open_view(page, server, query)
    assert page.evaluate(HELD) == [name]
    assert "xmlhttprequest" not in page.evaluate(ASKED_BY)


def test_its_code_is_run_before_anything_has_come(page: Page, server: Server) -> None:
    page.route_web_socket("**/_stcore/stream", lambda _: None)
    page.goto(server.url)
    page.locator(RUN).wait_for(state="attached")
    page.goto(f"{server.url}data")
    page.wait_for_timeout(1_000)
    assert not page.locator(RUN).count()


def test_where_outlines_cannot_be_had_ahead_plotly_asks_itself(page: Page, server: Server) -> None:
    tried = []

    def refuse_first(route: Any) -> None:
        tried.append(route.request.resource_type)
        route.fulfill(status=503) if len(tried) == 1 else route.continue_()

    page.route("**/geometry/*.json", refuse_first)
    open_view(page, server)
    assert tried[-1] == "xhr"
    assert page.evaluate(HELD) == ["europe_50m"]
