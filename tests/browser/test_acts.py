"""The page of acts in the browser: a bar, a row, a link, the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.controls import address, figure_of
from tests.browser.view import come_to, edges, settle
from tests.cases import ENDED_ACT, GROUP

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

TELEPHONE = (390, 844)
DAY, RULE = "as_of=2022-06-30", "CAL-bridge-rule"
# An act is titled by what it does.
BRIDGES = "Bridges by builders as large as Acme must go"
LESSONS = "Acme may teach in schools, for 400 days"
ROWS = "table.rows tbody"
TITLE = ".st-key-event article h2"
BARS = ".st-key-deadlines .bars .point path"
FOCUS = "document.activeElement.matches('table.rows .title > a')"


def _open(page: Page, server: Server, view: str) -> None:
    come_to(page, server, view)
    page.locator(ROWS).first.wait_for()


def test_a_bar_a_diamond_and_a_row_open_their_act(kept_page: Page, six_server: Server) -> None:
    page = kept_page
    _open(page, six_server, f"acts?{DAY}")
    page.locator(BARS).first.click(force=True)
    page.locator(TITLE, has_text=BRIDGES).wait_for()
    assert address(page)["act"] == RULE
    # What it is stands under its title, not aside of it.
    edge = "part => part.getBoundingClientRect().x"
    names = page.locator(".st-key-event .facts dt").first
    assert names.evaluate(edge) == page.locator(TITLE).evaluate(edge)
    page.locator(".st-key-deadlines .scatterlayer .point").last.click(force=True)
    page.locator(TITLE, has_text=LESSONS).wait_for()
    settle(page)
    page.go_back()
    page.locator(TITLE, has_text=BRIDGES).wait_for()
    settle(page)
    page.go_back()
    page.locator(TITLE).wait_for(state="detached")
    settle(page)
    _assert_a_row_opens_by_keyboard_and_the_sources_are_in_reach(page)


def _assert_a_row_opens_by_keyboard_and_the_sources_are_in_reach(page: Page) -> None:
    page.locator(".st-key-more-filters summary").focus()
    heads = page.locator("table.rows").first.locator("thead a")
    for _ in range(heads.count() + 9):
        if page.evaluate(FOCUS):
            break
        page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)
    page.locator(ROWS).first.get_by_role("link", name=BRIDGES, exact=True).focus()
    page.keyboard.press("Enter")
    page.locator(TITLE, has_text=BRIDGES).wait_for()
    assert address(page)["act"] == RULE
    expect(page.locator(TITLE)).to_be_focused()
    # The sentence to copy, then the sources.
    page.keyboard.press("Tab")
    expect(page.locator(".st-key-event a.copy")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".st-key-event .sourcelist a").first).to_be_focused()


def test_an_act_stays_in_sight_beside_its_row_where_the_page_moves(
    kept_page: Page, server: Server
) -> None:
    page = kept_page
    _open(page, server, f"acts?status=all&who={GROUP}")
    page.locator(f"{ROWS} .title > a").nth(40).click()
    page.locator(TITLE).wait_for()
    settle(page)
    # As where what stood above the rows comes after them: nobody has moved it.
    main = "document.querySelector('[data-testid=stMain]')"
    page.evaluate(f"{main}.scrollTop = {main}.scrollHeight")
    page.evaluate("document.querySelector('.st-key-act-controls').style.paddingTop = '9px'")
    for part in (TITLE, "table.rows tr.shown"):
        expect(page.locator(part).first).to_be_in_viewport()


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_on_a_telephone_an_act_comes_into_view(page: Page, server: Server) -> None:
    # Of the acts of its actor alone, as a long page takes long to be drawn.
    actor, _, _ = ENDED_ACT.partition("-")
    _open(page, server, f"acts?status=all&who={actor}&act={ENDED_ACT}")
    close = "document.querySelector('.st-key-act-close button').getBoundingClientRect().top"
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop > 0"
    page.wait_for_function(f"{scrolled} && {close} > 0 && {close} < {TELEPHONE[1] / 2}")


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_on_a_telephone_the_names_stand_above_the_bars_and_fit(page: Page, server: Server) -> None:
    _open(page, server, "acts?deadline=any&status=all")
    acts = set(figure_of(page, "deadlines")["data"][0]["customdata"])
    names = edges(page.locator(".st-key-deadlines .annotation-text"))
    # A name for each act, headings and the day.
    assert len(names) > len(acts)
    assert all(left >= 0 and right <= TELEPHONE[0] for left, right in names)
