"""The way to what was just opened; nothing moves for who has done nothing: an event,
the panel of an actor, two maps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.view import open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.app import Server

ROWS = "table.rows tbody tr"
TITLE = ".st-key-event article h2"
TELEPHONE = {"width": 390, "height": 844}
TOP = "document.querySelector('[data-testid=stMain]').scrollTop"
# Follows a link as a script does, without a press of a key or a pointer.
FOLLOW = "link => link.click()"
# Notes what is scrolled to.
WATCH = """
() => {
  window.led = [];
  const lead = Element.prototype.scrollIntoView;
  Element.prototype.scrollIntoView = function (...how) {
    led.push(this.className);
    lead.apply(this, how);
  };
}
"""
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
    page.set_viewport_size(TELEPHONE)
    page.evaluate(
        "document.querySelector('[data-testid=stMainBlockContainer]').dataset.testid = 'new'"
    )
    _title(page, 0).click()
    page.locator(TITLE).wait_for()
    assert page.locator(TITLE).is_visible()


def test_on_a_telephone_a_panel_moves_the_page_for_who_opened_it_and_not_for_who_came_by_a_link(
    page: Page, server: Server
) -> None:
    page.set_viewport_size(TELEPHONE)
    open_view(page, server, "?as_of=2020-06-30&actor=FRA")
    assert page.evaluate(TOP) == 0
    head = page.locator(".st-key-panel-head h2")
    page.locator(".to-panel a", has_text="France: ").press("Enter")
    expect(head).to_be_focused()
    expect(head).to_be_in_viewport()
    page.locator(".st-key-close-panel button").click()
    head.wait_for(state="detached")
    settle(page)
    page.evaluate(WATCH)
    page.locator(".st-key-featured").get_by_role("radio", name="Poland").press("Enter")
    expect(page.locator(".st-key-panel-head h2")).to_have_text("Poland")
    page.wait_for_function("led.length === 1")


def test_who_goes_from_one_map_to_two_is_led_to_their_headline_and_who_did_nothing_is_not(
    page: Page, server: Server
) -> None:
    open_view(page, server, "?as_of=2020-06-30")
    page.evaluate(WATCH)
    two = page.locator(".first-days")
    page.get_by_role("link", name="Before and after", exact=True).evaluate(FOLLOW)
    two.wait_for()
    settle(page)
    assert page.evaluate("led") == []
    page.keyboard.press("Shift")
    two.get_by_role("link", name="One map").evaluate(FOLLOW)
    two.wait_for(state="detached")
    page.wait_for_function("led.join() === 'headline'")
    expect(page.locator("#root h1.headline")).to_be_in_viewport()
