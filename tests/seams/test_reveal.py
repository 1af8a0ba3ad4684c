"""An event that is opened from a table by keyboard gets the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

GRID = ".st-key-events-table [data-testid='data-grid-canvas']"
# As the page names the next event.
OPEN = """
const marker = document.querySelector('[data-event]'), other = marker.cloneNode();
other.dataset.event = 'another';
marker.replaceWith(other);
"""
FOCUS = "document.activeElement.matches('.st-key-event article h2')"


def _open(page: Page, server: Server) -> list[str]:
    """The Events page with the focus in its table, and the faults of its scripts as they come."""
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    open_view(page, server, "events", has_map=False)
    page.locator(".st-key-event-first button").click()
    page.locator(".st-key-event article h2").wait_for()
    page.locator(GRID).focus()
    return faults


def test_the_test_ids_are_where_the_script_looks(page: Page, server: Server) -> None:
    _open(page, server)
    assert page.evaluate("document.activeElement.closest('[data-testid=stDataFrame]') !== null")
    assert page.locator("[data-testid=stMainBlockContainer]").count() == 1


def test_the_event_gets_the_focus(page: Page, server: Server) -> None:
    _open(page, server)
    page.evaluate(OPEN)
    page.wait_for_function(FOCUS)


def test_where_they_are_not_the_event_stands_in_its_place(page: Page, server: Server) -> None:
    faults = _open(page, server)
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(GRID).focus()
    page.evaluate(
        "for (const name of ['stDataFrame', 'stMainBlockContainer'])"
        " document.querySelector(`[data-testid=${name}]`).dataset.testid = 'new'"
    )
    page.evaluate(OPEN)
    page.wait_for_timeout(200)
    assert not page.evaluate(FOCUS)
    assert page.locator(".st-key-event article h2").is_visible()
    assert faults == []
