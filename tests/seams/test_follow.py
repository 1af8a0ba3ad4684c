"""A link to another view of the page is followed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.controls import address
from tests.browser.view import open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

SORTED = "table.members th[aria-sort]"
DEADLINE = "table.members thead a[href*='order=deadline']"


def test_the_page_is_drawn_by_the_address_without_a_new_visit(page: Page, server: Server) -> None:
    open_view(page, server, "members?as_of=2020-06-30", has_map=False)
    page.evaluate("window.here = true")
    _assert_a_click_for_a_new_tab_gets_one(page)
    page.locator(DEADLINE).focus()
    page.keyboard.press("Enter")
    page.locator(SORTED, has_text="Deadline").wait_for()
    assert address(page)["order"] == "deadline"
    assert page.evaluate("window.here") is True
    # The keyboard goes on from the link that took the place of the one pressed.
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=DEADLINE)
    page.go_back()
    page.locator(SORTED, has_text="Member").wait_for()


def test_the_focus_stays_on_a_head_that_leads_to_another_order_then(
    page: Page, server: Server
) -> None:
    open_view(page, server, "events?as_of=2020-11-01", has_map=False)
    head = page.locator("table.rows thead a", has_text="Date")
    head.focus()
    for order in ("oldest", "newest"):
        page.keyboard.press("Enter")
        page.wait_for_function("order => location.search.includes(`sort=${order}`)", arg=order)
        settle(page)
        assert page.evaluate("document.activeElement.closest('th')?.innerText").startswith("Date")


def test_a_link_that_changed_nothing_takes_no_focus_later(page: Page, server: Server) -> None:
    open_view(page, server, "?as_of=2020-11-01")
    page.locator(".table-place th[aria-sort] a").press("Enter")
    page.wait_for_function("location.search.includes('sort=')")
    settle(page)
    row = page.locator(".table-place td.title a:first-child").first
    name = row.inner_text()
    row.press("Enter")
    page.locator(".table-place tr.shown").wait_for()
    page.wait_for_function("name => document.activeElement.innerText === name", arg=name)


def _assert_a_click_for_a_new_tab_gets_one(page: Page) -> None:
    with page.context.expect_page() as opened:
        page.locator(DEADLINE).click(modifiers=["Control"])
    opened.value.close()
    assert "order" not in address(page)


def test_without_the_script_it_is_a_link_to_the_view(page: Page, server: Server) -> None:
    page.route("**/page.js?*", lambda route: route.abort())
    for here in (f"{server.url}members?as_of=2020-06-30", None):
        if here:
            page.goto(here)
        # Another script of the page takes them away.
        page.evaluate("document.getElementById('words')?.remove()")
        settle(page)
        if here:
            page.evaluate("window.here = true")
            page.locator(DEADLINE).click()
            page.wait_for_url("**order=deadline*")
    page.locator(SORTED, has_text="Deadline").wait_for()
    assert page.evaluate("window.here") is None
    assert address(page)["order"] == "deadline"
