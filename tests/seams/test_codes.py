"""The codes of countries can be switched off in the menu of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

CODES = ".st-key-map .scatterlayer .trace:last-of-type text"
SWITCH = ".st-key-map .modebar-group .codes"


@pytest.mark.slow
def test_the_switch_takes_the_codes_off_and_they_stay_off(page: Page, server: Server) -> None:
    open_view(page, server)
    codes, switch = page.locator(CODES).first, page.locator(SWITCH)
    assert codes.is_visible()
    assert switch.get_attribute("aria-pressed") == "true"
    switch.press("Enter")
    assert not codes.is_visible()
    assert switch.get_attribute("aria-pressed") == "false"
    page.reload()
    page.locator(SWITCH).wait_for()
    assert not page.locator(CODES).first.is_visible()


def test_the_names_of_bodies_stay(page: Page, server: Server) -> None:
    open_view(page, server)
    names = page.locator(".st-key-map .scatterlayer .trace:first-of-type text")
    page.locator(SWITCH).press("Enter")
    assert any(names.nth(place).is_visible() for place in range(names.count()))


def test_on_a_telephone_there_is_no_room_for_codes(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, server)
    assert not page.locator(CODES).first.is_visible()


@pytest.mark.slow
def test_without_the_menu_the_codes_stay(page: Page, server: Server) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    open_view(page, server)
    page.evaluate("document.querySelector('.st-key-map .modebar-container')?.remove()")
    page.wait_for_timeout(700)
    assert page.locator(CODES).first.is_visible()
    assert faults == []
