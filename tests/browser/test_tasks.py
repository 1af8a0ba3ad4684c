"""What an adviser and a reporter come for is one or two clicks from the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stances.answers.acts import ActQuery, actors_of, find_acts, whose
from stances.answers.tracker import Tracker
from stances.words import about_domain
from tests.browser.hands import address, headline, page_link
from tests.browser.view import open_view, settle
from tests.depth import each

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from stances import Dataset
    from tests.browser.app import Server

CLIPBOARD = "{writeText: async text => { window.copied = text; }}"
WIDTHS = each("viewport", [(1280, 800), (390, 844)])


def _click(page: Page, name: str) -> None:
    """Follow a way on from the first page."""
    page.locator(".ways").get_by_role("link", name=name).click()
    page.wait_for_url("**/*?**")
    settle(page)


@WIDTHS
def test_the_acts_in_force_of_the_group_that_leads_are_one_click_away(
    page: Page, server: Server, real: Dataset
) -> None:
    lead, day = Tracker(real).lead, real.opening_day
    group = lead.group
    open_view(page, server)
    _click(page, f"Acts in force in {group} members")
    page.locator("table.rows").first.wait_for()
    query = ActQuery(actors=actors_of(real, day, [group]), status="in_force", domain=lead.domain)
    rows = find_acts(real, day, query)
    assert headline(page).startswith(f"{len(rows):,} rules of ")
    where = about_domain(real.codebook, lead.domain)
    who = whose(real.about, rows["actor"].nunique(), group)
    assert f" {who} are in force {where}" in headline(page)
    assert address(page)["who"] == group


@WIDTHS
def test_its_members_are_one_click_away(page: Page, server: Server, real: Dataset) -> None:
    tracker = Tracker(real)
    open_view(page, server)
    _click(page, f"{tracker.lead.group} members one by one")
    rows = page.locator("table.members tbody tr")
    rows.first.wait_for()
    assert rows.count() == len(tracker.members(tracker.lead.group, real.opening_day))


@WIDTHS
def test_who_acted_in_twelve_months_is_one_click_away(page: Page, server: Server) -> None:
    open_view(page, server)
    _click(page, "Who acted in 12 months")
    page.locator("h1.headline", has_text="in the year to").wait_for()
    assert page.locator(".ledger li").count() > 0


@WIDTHS
def test_a_sentence_to_quote_is_two_clicks_away(page: Page, server: Server, real: Dataset) -> None:
    page.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{value: {CLIPBOARD}}})")
    open_view(page, server)
    page_link(page, "Countries").click()
    page.locator("a.copy").first.click()
    page.wait_for_function("() => window.copied")
    copied = page.evaluate("window.copied")
    assert f"dataset {real.version}" in copied
    assert "https://" in copied
    assert copied.split(" (Source: ")[0].endswith(".")


def _bottom(page: Page, key: str) -> float:
    box = page.locator(key).bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize("viewport", [(1280, 800)])
def test_the_map_is_seen_without_scrolling(page: Page, server: Server) -> None:
    open_view(page, server)
    height = page.viewport_size["height"]  # type: ignore[index]
    for part in (".site", ".st-key-lead", ".st-key-cards", ".st-key-map"):
        assert _bottom(page, part) <= height, part


@pytest.mark.parametrize("viewport", [(390, 844)])
def test_on_a_telephone_the_map_comes_after_the_lead_and_before_the_cards(
    page: Page, server: Server
) -> None:
    open_view(page, server)
    assert _bottom(page, ".st-key-lead") <= _bottom(page, ".st-key-map")
    cards = page.locator(".st-key-cards").bounding_box()
    assert cards is not None
    assert _bottom(page, ".st-key-map") <= cards["y"]
    assert not page.locator(".st-key-map .modebar").is_visible()
