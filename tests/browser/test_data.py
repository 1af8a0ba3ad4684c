"""The page of data and method in a browser: its sections, own settings, and links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.hands import address, notices, page_link
from tests.browser.view import come_to, open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

DAY = "2020-08-19"
SPEECH = "ARC-20200410-minister-worried"
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


def test_a_snapshot_under_own_settings_names_them(kept_page: Page, six_server: Server) -> None:
    page = kept_page
    come_to(page, six_server, f"data?as_of={DAY}&settings=act:8")
    # A link without a section turns to what it is about.
    shown = page.get_by_role("tab", selected=True)
    assert shown.inner_text() == "Sensitivity"
    turn_to(page, "Downloads")
    with page.expect_download() as download:
        page.get_by_role("button", name="Its metadata as JSON").click()
    assert download.value.suggested_filename.endswith(f"_{DAY}_own-settings.metadata.json")
    text = json.loads(Path(download.value.path()).read_bytes())
    assert text["own_settings"] == ["an act in force weighs 8 (published: 3)"]
    assert text["model"]["binding_weight"] == 8
    page.go_back()
    settle(page)
    assert shown.inner_text() == "Sensitivity"
    # The section stays when what the link was about is gone.
    page.get_by_role("button", name="Back to published").click()
    assert "settings" not in address(page)
    assert shown.inner_text() == "Sensitivity"


def test_an_example_of_the_reader_s_goes_into_the_address(page: Page, six_server: Server) -> None:
    view = f"data?as_of=2020-07-19&example={SPEECH}"
    open_view(page, six_server, view, has_map=False)
    assert page.get_by_role("tab", selected=True).inner_text() == "Codebook and formula"
    assert "confirms that" in page.locator(".steps").last.inner_text()
    box = page.locator(".st-key-example_event input[role=combobox]")
    box.fill("1 Jan 2020")
    # The list has all of them first.
    expect(page.get_by_role("option").first).to_contain_text("1 Jan 2020")
    box.press("Enter")
    assert address(page)["example"].startswith("ARC-20200101-")
    assert "is binding: in force it weighs 3" in page.locator(".steps").last.inner_text()


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


def test_a_disagreement_leads_to_its_event(page: Page, server: Server) -> None:
    open_view(page, server, "data?section=agreement", has_map=False)
    link = page.locator("table.figures a[href^='events?event=']").first
    event = str(link.get_attribute("href")).partition("=")[2]
    with page.expect_popup() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.url.startswith(f"{server.url}events?")
    assert event in opened.value.url
