"""A sentence is copied with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# What is taken along from a page is in the slow run; the usual one reads and uses pages.
pytestmark = pytest.mark.slow

ADD = """
document.querySelector('.st-key-event article').insertAdjacentHTML(
  'beforeend', '<p><button class="copy" data-copy="One sentence.">Copy</button></p>')
"""
COPIED = "() => window.copied === 'One sentence.'"


def _with_button(page: Page, server: Server, clipboard: str) -> None:
    """The page of events with a button, and a browser whose clipboard is `clipboard`."""
    page.add_init_script(
        f"Object.defineProperty(navigator, 'clipboard', {{value: {clipboard}}});"
        "document.execCommand = () => false"
    )
    open_view(page, server, "events", has_map=False)
    page.locator(".st-key-event-first button").click()
    page.locator(".st-key-event article h2").wait_for()
    page.evaluate(ADD)
    page.locator("button.copy[data-copy='One sentence.']").click()


def test_a_click_copies_the_text_and_says_so(page: Page, server: Server) -> None:
    clipboard = "{writeText: async text => { window.copied = text; }}"
    _with_button(page, server, clipboard)
    page.wait_for_function(COPIED)
    assert page.get_by_role("button", name="Copied").count() == 1
    page.get_by_role("button", name="Copy", exact=True).wait_for()


def test_where_nothing_may_be_copied_the_text_stands_there_selected(
    page: Page, server: Server
) -> None:
    _with_button(page, server, "undefined")
    field = page.get_by_label("Text to copy")
    field.wait_for()
    assert field.input_value() == "One sentence."
    assert page.evaluate("document.activeElement === document.querySelector('textarea.copied')")
