"""The page of data and method in a browser: its sections, own settings, and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.controls import address, notices, page_link
from tests.browser.view import come_to, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

DAY = "2020-08-19"
OWN = "own settings, not the published figures"


def turn_to(page: Page, section: str) -> None:
    """Open a section by its tab."""
    page.get_by_role("tab", name=section, exact=True).click()
    settle(page)


def test_own_settings_go_into_the_address_and_along_to_other_pages(
    kept_page: Page, six_server: Server
) -> None:
    page = kept_page
    come_to(page, six_server, f"data?as_of={DAY}")
    assert "settings" not in address(page)
    turn_to(page, "Sensitivity")
    box = page.get_by_role("spinbutton", name="Act in force, weight")
    box.fill("8")
    box.press("Enter")
    assert "act:8" in address(page)["settings"]
    assert OWN in " ".join(notices(page))
    expect(page.locator(".st-key-sensitivity .js-plotly-plot")).to_have_count(1)
    page_link(page, "Trends").click()
    assert "act:8" in address(page)["settings"]
    assert OWN in " ".join(notices(page))
    page.get_by_role("button", name="Back to published").click()
    assert "settings" not in address(page)
    assert OWN not in " ".join(notices(page))


def test_a_section_and_what_coverage_counts_are_links_and_back_returns(
    kept_page: Page, six_server: Server
) -> None:
    page = kept_page
    shown = page.get_by_role("tab", selected=True)
    come_to(page, six_server, f"data?as_of={DAY}&section=coverage&measure=sources")
    assert shown.inner_text() == "Coverage"
    assert page.get_by_role("heading", name="sources by country or body and year").count() == 1
    page.locator(".st-key-measure").get_by_role("radio", name="Events").click()
    assert "measure" not in address(page)
    assert page.get_by_role("heading", name="events by country or body and year").count() == 1
    turn_to(page, "Agreement")
    assert address(page)["section"] == "agreement"
    page.go_back()
    settle(page)
    assert shown.inner_text() == "Coverage"
    page.go_back()
    settle(page)
    assert page.get_by_role("heading", name="sources by country or body and year").count() == 1
    assert address(page)["measure"] == "sources"


@pytest.mark.parametrize("viewport", [(390, 844)])
def test_on_a_telephone_what_sorts_stands_above_the_cards(page: Page, six_server: Server) -> None:
    come_to(page, six_server, f"data?as_of={DAY}&section=coverage")
    heads = page.locator("#root table.rows thead")
    first = page.locator("#root table.rows tbody tr").first
    heads.get_by_role("link", name="2020", exact=True).click()
    expect(heads.locator("th[aria-sort]")).to_have_text("2020")
    assert address(page)["sort"] == "2020"
    assert heads.bounding_box()["y"] < first.bounding_box()["y"]  # type: ignore[index]
    # What the rows are in the order of stands on a card whose other years are folded away.
    expect(first.locator("td.number:not([hidden])")).to_have_count(2)
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) == 390


@pytest.mark.parametrize("viewport", [(390, 844)])
def test_on_a_telephone_a_row_of_the_codebook_is_a_card(page: Page, six_server: Server) -> None:
    come_to(page, six_server, f"data?as_of={DAY}&section=codebook")
    domains = page.locator("#root table.records", has_text="what a position is about")
    expect(domains.locator("caption")).to_be_visible()
    cells = domains.locator("tbody tr").first.locator("td")
    labels = "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    assert cells.evaluate_all(labels) == ["none", '"Weight: "', '"Covers: "']
    boxes = cells.evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)")
    assert boxes[0] < boxes[1] <= boxes[2]
