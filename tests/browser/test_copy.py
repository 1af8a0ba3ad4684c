"""Quotations, copied with their citation on the page that is read and in the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# What is taken along from a page is in the slow run; the usual one reads and uses pages.
pytestmark = pytest.mark.slow

SAYS_SO = """
() => window.copied && document.querySelector('article.event a.copy').textContent === 'Copied'
"""
WRITES = "{writeText: async text => { window.copied = text; }}"


def _open(page: Page, server: Server, live: bool, clipboard: str) -> None:
    """The page of events with one of them open, in a browser whose clipboard is `clipboard`."""
    page.add_init_script(
        f"Object.defineProperty(navigator, 'clipboard', {{value: {clipboard}}});"
        "document.execCommand = () => false"
    )
    if not live:
        page.goto(f"{server.url}events?live=0")
        page.locator("table.rows td.title a").first.click()
        # And its scripts with it.
        page.wait_for_url("**event=**")
        return
    open_view(page, server, "events", has_map=False)
    page.locator(".st-key-event-first button").click()
    page.locator(".st-key-event article h2").wait_for()


@pytest.mark.parametrize("live", [True, False])
def test_an_event_is_copied_as_its_address_has_it(page: Page, server: Server, live: bool) -> None:
    _open(page, server, live, WRITES)
    link = page.locator("article.event a.copy").first
    link.click()
    page.wait_for_function(SAYS_SO)
    page.locator("article.event a.copy", has_text="Cite").wait_for()
    text = page.request.get(link.evaluate("link => link.href")).text()
    assert page.evaluate("window.copied") == text.strip()


def test_where_nothing_may_be_copied_the_text_stands_there_selected(
    page: Page, server: Server
) -> None:
    _open(page, server, False, "undefined")
    page.locator("article.event a.copy").first.click()
    field = page.get_by_label("Text to copy")
    field.wait_for()
    assert "/e/" in field.input_value()
    expect(page.locator("textarea.copy-field")).to_be_focused()


@pytest.mark.parametrize("live", [True, False])
def test_a_report_without_a_contact_is_copied_in_its_lines(
    page: Page, server: Server, live: bool
) -> None:
    _open(page, server, live, WRITES)
    report = page.locator("details.report").first
    report.locator("summary").click()
    report.get_by_role("button", name="Copy").click()
    page.wait_for_function("() => window.copied")
    lines = page.evaluate("window.copied").splitlines()
    assert [line.partition(":")[0] for line in lines[2:5]] == ["Id", "Dataset", "Link"]
    assert lines[4].startswith(f"Link: {server.url}e/")
