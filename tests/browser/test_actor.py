"""The page of an actor in a browser: sums on the screen, the way to a source, odd states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.hands import address, alt_of, choose, figure_of, headline, subtitle
from tests.browser.view import axe, open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from stances import Dataset
    from tests.browser.app import Server

MINUS = "\N{MINUS SIGN}"
TELEPHONE = (390, 844)
FADED, GROUP = "actor?actor=TUR&as_of=2026-06-30", "actor?actor=EU&as_of=2024-03-04"


def open_actor(page: Page, server: Server, query: str = "") -> None:
    open_view(page, server, f"actor?{query}", has_map=False)
    page.locator("h1.headline").wait_for()


def numbers(cells: Locator) -> list[float]:
    """The figures of a column as a reader sees them, the folded ones too."""
    shown = [
        re.sub(r"[^\d.+-]", "", text.replace(MINUS, "-")) for text in cells.all_text_contents()
    ]
    return [float(text) for text in shown]


@pytest.mark.parametrize(
    "query",
    [
        "actor=EU-COM",
        "actor=GBR&as_of=2019-06-01",
        "actor=USA&as_of=2022-06-30",
        "actor=CAN&as_of=2020-12-31",
    ],
)
def test_shares_and_parts_add_up_on_the_screen(page: Page, server: Server, query: str) -> None:
    open_actor(page, server, query)
    explained = page.locator("section.why").filter(has=page.locator("table"))
    assert explained.count() > 1
    for section in explained.all():
        for summary in section.locator("summary").all():
            summary.press("Enter")
        *shares, whole = numbers(section.locator("[data-label=Share]"))
        assert whole == 100
        assert round(sum(shares), 6) == 100
        *parts, stance = numbers(section.locator("[data-label=Part]"))
        assert round(sum(parts), 6) == stance
        assert section.locator("h3").inner_text().endswith(f"{abs(stance):.2f}"), (
            "the heading has another stance"
        )
        assert section.locator("tbody tr:visible").count() == len(shares) + 1


def test_a_row_opens_its_event_with_every_source_by_keyboard(page: Page, server: Server) -> None:
    open_actor(page, server, "actor=POL&domain=justice")
    newest = page.locator("article.event h2").inner_text()
    page.locator("[class*='st-key-actor-events'] [data-testid='data-grid-canvas']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    settle(page)
    opened = page.locator("article.event")
    assert opened.locator("h2").inner_text() != newest
    links = opened.locator(".sourcelist li > span > a, .sourcelist li > a")
    assert links.count() >= 1
    for link in links.all():
        assert str(link.get_attribute("href")).startswith(("http://", "https://"))
        assert "noopener" in str(link.get_attribute("rel"))


def test_a_mark_opens_its_event_in_the_address_and_back_closes_it(
    page: Page, server: Server, real: Dataset
) -> None:
    open_actor(page, server, "actor=POL&domain=networks")
    title = page.locator("article.event h2")
    before = title.inner_text()
    page.locator(".st-key-actor-timeline .scatterlayer .point").first.click(force=True)
    settle(page)
    titles = real.events.set_index("event_id")["title"]
    assert title.inner_text() == titles[address(page)["event"]] != before
    here = page.url
    page.go_back()
    settle(page)
    assert title.inner_text() == before
    page.goto(here)
    settle(page)
    assert title.inner_text() == titles[address(page)["event"]]


def test_another_actor_is_chosen_and_in_the_address(page: Page, server: Server) -> None:
    open_actor(page, server, "actor=POL&as_of=2022-06-30")
    choose(page, "actor_choice", "Canada")
    assert headline(page).startswith("Canada: ")
    assert address(page) == {"actor": "CAN", "as_of": "2022-06-30"}
    page.go_back()
    settle(page)
    assert headline(page).startswith("Poland: ")


def test_charts_have_words_and_one_time(page: Page, server: Server) -> None:
    open_actor(page, server, "actor=USA")
    assert "Policy level of United States" in alt_of(page, "actor-history")
    assert "scored" in alt_of(page, "actor-timeline")
    ranges = [
        figure_of(page, key)["layout"]["xaxis"]["range"]
        for key in ("actor-history", "actor-timeline")
    ]
    assert ranges[0] == ranges[1]


def test_the_panel_of_the_map_leads_to_the_full_record(page: Page, server: Server) -> None:
    open_view(page, server, "?actor=POL&as_of=2019-03-04")
    page.locator(".st-key-panel-head").get_by_role("link", name="Full record").press("Enter")
    settle(page)
    assert headline(page).startswith("Poland: ")
    assert address(page) == {"actor": "POL", "as_of": "2019-03-04"}


def test_a_member_of_a_group_is_chosen(page: Page, server: Server) -> None:
    open_view(page, server, GROUP, has_map=False)
    assert "has no events of its own" in headline(page)
    page.get_by_role("radio", name="Germany").or_(
        page.get_by_role("button", name="Germany", exact=True)
    ).first.press("Enter")
    settle(page)
    assert headline(page).startswith("Germany: ")
    assert address(page)["actor"] == "DEU"


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_a_faded_actor_on_a_telephone(page: Page, server: Server) -> None:
    open_view(page, server, FADED, has_map=False)
    assert "what counts reaches the minimum of 0.25 in no domain" in subtitle(page)
    main = "document.querySelector('[data-testid=\"stMain\"]')"
    assert page.evaluate(f"{main}.scrollWidth - {main}.clientWidth") == 0
    assert axe(page) == []
