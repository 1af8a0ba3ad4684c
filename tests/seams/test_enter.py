"""A day that is typed is taken by Enter, and its calendar hides nothing of what a page finds; the
options of who is looked for close once one is chosen; a card opens where it is pressed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.controls import address
from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server


def test_a_typed_day_is_taken_by_enter(page: Page, server: Server) -> None:
    open_view(page, server, "events", has_map=False)
    page.locator(".st-key-from [role=spinbutton]").first.click()
    calendar = page.get_by_test_id("stDateInputCalendar")
    calendar.wait_for()
    below = calendar.bounding_box()
    assert below is not None
    page.wait_for_function(
        "bottom => { const range = document.createRange();"
        "range.selectNodeContents(document.querySelector('[data-testid=stMain] h1.headline'));"
        "return range.getBoundingClientRect().top >= bottom }",
        arg=below["y"] + below["height"],
    )
    page.keyboard.type("20200305")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=2020-03-05*")
    calendar.wait_for(state="detached")
    assert address(page)["from"] == "2020-03-05"


def test_the_options_close_once_one_is_chosen(page: Page, server: Server) -> None:
    open_view(page, server, "events", has_map=False)
    field, options = page.locator(".st-key-who input"), page.get_by_test_id("stMultiSelectDropdown")
    field.click()
    page.keyboard.type("EU")
    options.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**who=EU*")
    options.wait_for(state="detached")
    # By a hand too, for they lie over what was found.
    field.click()
    page.get_by_role("option").first.click()
    options.wait_for(state="detached")
    page.wait_for_url("**who=EU%2C*")
    # What fits nothing stays to be mended.
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    expect(field).to_have_value("zzzz")
    expect(options).to_be_visible()


def test_a_card_opens_wherever_it_is_pressed(page: Page, server: Server) -> None:
    open_view(page, server, "")
    names = page.locator(".st-key-featured").get_by_role("radio")
    names.nth(1).wait_for()
    page.locator(".st-key-cards .card").nth(1).locator(".card-stance").click()
    page.wait_for_url("**actor=*")
    expect(names.nth(1)).to_be_checked()
