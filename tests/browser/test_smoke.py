"""The page opens, whole, and asks nothing of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.view import MAP_PATHS, open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server


def test_page_opens_and_no_request_leaves_the_machine(
    page: Page, server: Server, page_errors: list[str]
) -> None:
    # The fixture `page` fails the test at its end if a request went to another host.
    open_view(page, server)
    assert page.locator(MAP_PATHS).count() > 0
    assert page_errors == []
