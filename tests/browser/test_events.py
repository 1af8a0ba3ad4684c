"""The page of events in the browser: typing, rows, one event by link, the file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from stances.words import plural
from tests.browser.controls import address, choose, headline
from tests.browser.view import come_to, settle
from tests.cases import ONE, most_sourced, name_of
from tests.depth import each

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from stances import Dataset
    from tests.browser.app import Server

TELEPHONE = (390, 844)
SPEECH = "ARC-20200410-minister-worried"
SEARCH_BOX = ".st-key-q input"
ROWS = "table.rows tbody"
TITLE = ".st-key-event article h2"
MAIN = "document.querySelector('[data-testid=\"stMain\"]')"
FOCUS = "document.activeElement.closest('table.rows tbody') !== null"


def _open(page: Page, server: Server, view: str) -> None:
    come_to(page, server, view)
    page.locator(ROWS).wait_for()


def test_a_head_sorts_and_a_search_is_typed_and_a_row_of_it_opens_by_keyboard(
    kept_page: Page, six_server: Server
) -> None:
    page = kept_page
    _open(page, six_server, "events")
    page.locator("table.rows thead").get_by_role("link", name="Country or body").click()
    assert address(page)["sort"] == "actor"
    actors = page.locator(f"{ROWS} td:nth-child(3)").all_inner_texts()
    assert actors == sorted(actors)
    assert page.locator("th[aria-sort]").inner_text().startswith("Country or body")
    _type_fast(page)
    _open_a_row_by_keyboard(page)


def _type_fast(page: Page) -> None:
    """Every letter is kept, and what is found is of the whole word."""
    box = page.locator(SEARCH_BOX)
    box.focus()
    page.keyboard.type("min", delay=40)
    # Longer than the pause after which the page looks: it answers while the typing goes on.
    page.wait_for_timeout(400)
    page.keyboard.type("ister", delay=90)
    page.locator("h1.headline", has_text="minister").wait_for()
    settle(page)
    assert box.input_value() == "minister"
    assert address(page)["q"] == "minister"
    expect(box).to_be_focused()


def _open_a_row_by_keyboard(page: Page) -> None:
    """The source of its event is in reach, and it is closed by keyboard too."""
    page.locator(".st-key-more-filters summary").focus()
    # Over the heads that sort.
    for _ in range(page.locator("table.rows thead a").count() + 3):
        if page.evaluate(FOCUS):
            break
        page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)
    page.keyboard.press("Enter")
    page.locator(TITLE).wait_for()
    assert "event" in address(page)
    links = page.locator(".st-key-event .sourcelist a")
    links.nth(1).wait_for(state="attached")
    for link in links.all():
        assert (link.get_attribute("href") or "").startswith(("http://", "https://"))
        assert "noopener" in (link.get_attribute("rel") or "")
    # The event has the focus: its citation and its sources are the next stops.
    expect(page.locator(TITLE)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".st-key-event a.copy").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator(TITLE).wait_for(state="detached")
    assert "event" not in address(page)


def _click_title(page: Page, title: str) -> None:
    page.locator(ROWS).get_by_role("link", name=title).click()
    expect(page.locator(TITLE)).to_have_text(title)
    settle(page)


def test_a_click_on_a_title_opens_its_event(kept_page: Page, six_server: Server) -> None:
    page = kept_page
    _open(page, six_server, "events?sort=oldest")
    _click_title(page, "Boria lets Acme teach in its schools")
    assert address(page)["event"] == "BOR-20200201-school-permit"
    assert address(page)["sort"] == "oldest"
    # Beside the event that is open, too.
    _click_title(page, "Arcadia's minister is worried by Acme")
    expect(page.locator(f"{ROWS} tr.shown")).to_contain_text("Arcadia's minister")


@each(
    ("view", "table", "event"),
    [
        ("actor?actor=ARC&as_of=2021-01-01", 0, "ARC-20200101-roads-order"),
        ("actor?actor=ARC&as_of=2021-01-01", 1, SPEECH),
        ("trends?actors=ARC&as_of=2021-01-01", 0, SPEECH),
    ],
)
def test_a_click_on_a_title_opens_its_event_on_other_pages(
    kept_page: Page, six_server: Server, view: str, table: int, event: str
) -> None:
    page = kept_page
    come_to(page, six_server, view)
    page.locator(ROWS).nth(table).locator("a:not(.copy)").nth(1).click()
    page.locator(TITLE).wait_for()
    assert address(page)["event"] == event


def test_a_link_opens_an_event_and_back_returns_to_it(kept_page: Page, six_server: Server) -> None:
    page = kept_page
    _open(page, six_server, f"events?event={SPEECH}&q=acme")
    title = "Arcadia's minister is worried by Acme"
    assert page.locator(TITLE).inner_text() == title
    page.locator(".st-key-event-next button").click()
    expect(page.locator(TITLE)).not_to_have_text(title)
    settle(page)
    page.go_back()
    page.locator(TITLE, has_text=title).wait_for()
    assert address(page)["event"] == SPEECH
    _assert_the_stance_of_the_actor_is_one_link_away(page)


def _assert_the_stance_of_the_actor_is_one_link_away(page: Page) -> None:
    page.get_by_role("link", name="The position on that day").click()
    page.wait_for_url("**/actor?*")
    assert address(page) == {
        "as_of": "2020-04-10",
        "domain": "roads",
        "actor": "ARC",
        "event": SPEECH,
    }


def test_the_file_has_the_rows_that_were_found(page: Page, server: Server, real: Dataset) -> None:
    _open(page, server, f"events?who={ONE}")
    choose(page, "sort", "Oldest first")
    with page.expect_download() as download:
        page.locator(".st-key-events-csv button").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    header, *rows = csv.reader(text.splitlines())
    of_sources = ["source_publisher", "source_url", "publishers", "direction"]
    assert header == [*real.events.columns, "first_recorded", *of_sources]
    wanted = real.events[real.events["actor"] == ONE].sort_values(["date", "event_id"])
    assert [row[0] for row in rows] == list(wanted["event_id"])
    assert headline(page) == f"{name_of(real, ONE)}: {plural(len(wanted), 'event')}"
    assert f"{len(wanted)}-events.csv" in download.value.suggested_filename


def _wait_until_high_up(page: Page) -> None:
    """Wait until the open event begins in the upper half of a telephone."""
    close = "document.querySelector('.st-key-event-close button')"
    high = f"top => top > 0 && top < {TELEPHONE[1] / 2}"
    page.wait_for_function(f"({high})({close}.getBoundingClientRect().top)")


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_on_a_telephone_the_event_comes_into_view_until_the_reader_goes_elsewhere(
    page: Page, server: Server, real: Dataset
) -> None:
    _open(page, server, f"events?event={most_sourced(real)}")
    _wait_until_high_up(page)
    # It stays where the page grows, as where what stands above it comes last.
    page.evaluate(f"{MAIN}.style.overflowAnchor = 'none'")
    page.evaluate("document.querySelector('.st-key-controls').style.paddingTop = '600px'")
    _wait_until_high_up(page)
    # The reader is not held at it.
    page.mouse.move(200, 400)
    page.mouse.wheel(0, -50_000)
    page.wait_for_function(f"{MAIN}.scrollTop === 0")
    page.evaluate("document.querySelector('.st-key-event').style.paddingTop = '500px'")
    page.wait_for_timeout(300)
    assert page.evaluate(f"{MAIN}.scrollTop") == 0


@pytest.mark.parametrize("viewport", [TELEPHONE])
def test_a_telephone_is_not_held_at_an_event_that_is_closed(
    page: Page, server: Server, real: Dataset
) -> None:
    _open(page, server, f"events?event={most_sourced(real)}")
    _wait_until_high_up(page)
    # Closed by no movement of the reader on the page.
    page.locator(".st-key-event-close button").evaluate("button => button.click()")
    settle(page)
    page.evaluate(f"{MAIN}.scrollTop = 0")
    page.evaluate("document.querySelector('.st-key-controls').style.paddingTop = '900px'")
    page.wait_for_timeout(300)
    assert page.evaluate(f"{MAIN}.scrollTop") == 0
