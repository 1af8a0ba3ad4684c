"""An event that is opened from a table by keyboard gets the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.view import open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.app import Server

ROWS = "table.rows tbody tr"
TITLE = ".st-key-event article h2"
FOCUS = "document.activeElement.matches('.st-key-event article h2')"


def _open(page: Page, server: Server) -> list[str]:
    """The Events page, and the faults of its scripts as they come."""
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    open_view(page, server, "events", has_map=False)
    return faults


def _title(page: Page, row: int) -> Locator:
    """The title of a row, its first link."""
    return page.locator(ROWS).nth(row).locator("a").first


def test_an_event_that_is_opened_by_keyboard_gets_the_focus_and_one_that_is_clicked_does_not(
    page: Page, server: Server
) -> None:
    faults = _open(page, server)
    assert page.locator("[data-testid=stMainBlockContainer]").count() == 1
    _title(page, 1).focus()
    page.keyboard.press("Enter")
    page.wait_for_function(FOCUS)
    settle(page)
    page.go_back()
    page.locator(TITLE).wait_for(state="detached")
    settle(page)
    _title(page, 1).click()
    page.locator(TITLE).wait_for()
    settle(page)
    assert not page.evaluate(FOCUS)
    page.go_back()
    page.locator(TITLE).wait_for(state="detached")
    settle(page)
    _assert_without_the_test_id_it_stands_in_its_place(page)
    assert faults == []


def _assert_without_the_test_id_it_stands_in_its_place(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate(
        "document.querySelector('[data-testid=stMainBlockContainer]').dataset.testid = 'new'"
    )
    _title(page, 0).click()
    page.locator(TITLE).wait_for()
    assert page.locator(TITLE).is_visible()
