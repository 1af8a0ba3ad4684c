"""Tasks of an adviser and a reporter, one or two clicks from the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stances.answers.acts import ActQuery, actors_of, find_acts, whose
from stances.answers.tracker import Tracker
from stances.words import about_domain
from stances.words import day as in_words
from tests.browser.controls import address, headline, page_link
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
    page.locator(".paths").get_by_role("link", name=name).click()
    page.wait_for_url("**/*?**")
    settle(page)


@WIDTHS
def test_what_is_come_for_is_one_or_two_clicks_away(
    page: Page, server: Server, real: Dataset
) -> None:
    page.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{value: {CLIPBOARD}}})")
    open_view(page, server)
    finding = headline(page)
    for assert_is_there in (
        _assert_acts_in_force_of_the_group_that_leads,
        _assert_its_members,
        _assert_who_acted_in_twelve_months_and_its_quotation,
        _assert_a_sentence_to_quote,
    ):
        assert_is_there(page, real)
        page.go_back()
        page.locator("h1.headline", has_text=finding).wait_for()
        settle(page)


def _assert_acts_in_force_of_the_group_that_leads(page: Page, real: Dataset) -> None:
    lead, day = Tracker(real).lead, real.opening_day
    group = lead.group
    _click(page, f"Acts in force in {real.about.members_of(group)}")
    page.locator("table.rows").first.wait_for()
    query = ActQuery(actors=actors_of(real, day, [group]), status="in_force", domain=lead.domain)
    rows = find_acts(real, day, query)
    assert headline(page).startswith(f"{len(rows):,} rules of ")
    where = about_domain(real.codebook, lead.domain)
    who = whose(real.about, rows["actor"].nunique(), group)
    assert f" {who} are in force {where}" in headline(page)
    assert address(page)["who"] == group


def _assert_its_members(page: Page, real: Dataset) -> None:
    tracker = Tracker(real)
    _click(page, f"{real.about.members_of(tracker.lead.group)} one by one")
    rows = page.locator("table.members tbody tr")
    rows.first.wait_for()
    assert rows.count() == len(tracker.members(tracker.lead.group, real.opening_day))


def _assert_who_acted_in_twelve_months_and_its_quotation(page: Page, real: Dataset) -> None:
    _click(page, "Who acted in 12 months")
    page.locator("h1.headline", has_text="in the year to").wait_for()
    who = whose(real.about, len(real.position_actors))
    taken = f"of {who} took binding steps in the year"
    assert f" {taken} to {in_words(real.opening_day)}" in headline(page)
    row = page.locator(".ledger li").first
    sentence = row.locator("div").first.inner_text()
    row.locator(".copy").click()
    copied = _clipboard(page)
    assert copied.startswith(f"{sentence} (Source: ")
    assert real.version in copied


def _assert_a_sentence_to_quote(page: Page, real: Dataset) -> None:
    page_link(page, "Countries").click()
    page.wait_for_url("**/actor*")
    settle(page)
    page.locator("a.copy").first.click()
    copied = _clipboard(page)
    assert f"dataset {real.version}" in copied
    assert "https://" in copied
    # Of several rows that a sentence rests on, the source says which it is of.
    sentence, _, source = copied.partition(" (Source")
    assert sentence.endswith(".")
    assert source


def _clipboard(page: Page) -> str:
    """Return the text on the clipboard, once it is there."""
    page.wait_for_function("() => window.copied")
    return str(page.evaluate("{ const text = window.copied; delete window.copied; text }"))


def _bottom(page: Page, key: str) -> float:
    box = page.locator(key).bounding_box()
    assert box is not None
    return box["y"] + box["height"]


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
