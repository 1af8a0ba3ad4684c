"""The map, in the hands of a reader: dragged by keys, played, turned, pressed, sent to another."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import expect

from stances import words
from stances.answers import stance
from stances.answers.tracker import Tracker
from tests.browser.reader import await_live, axe, begin, choose, day_of, open_live, parts, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
_FILLS = (
    "() => [...document.querySelectorAll('.map [data-actor]')].map(n => n.className.baseVal).join()"
)


def query(page: Page) -> dict[str, str]:
    """Return what the address of a page names, but for how the view begins."""
    named = parse_qs(urlsplit(page.url).query)
    return {name: values[0] for name, values in named.items() if name != "live"}


def opened(open_page: Open, address: str, live: bool) -> Page:
    page = open_live(open_page, address) if live else open_page(begin(address, live))
    until(page, "document.querySelector('.stage')?.map?.last()")
    return page


@pytest.mark.parametrize("live", [False, True], ids=["before", "live"])
def test_the_page_follows_where_the_date_rests(open_page: Open, live: bool) -> None:
    page = opened(open_page, "", live)
    assert not live or not axe(page)
    page.evaluate("() => { window.map = document.querySelector('svg.map'); }")
    slider, headline = page.get_by_role("slider"), page.locator("h1")
    newest, fills, before = headline.inner_text(), page.evaluate(_FILLS), parts(page)
    slider.focus()
    for _ in range(60):
        page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "31 Jul 2021")
    assert page.evaluate(_FILLS) != fills
    expect(page).to_have_url(re.compile("as_of=2021-07-31"))
    expect(headline).not_to_have_text(newest)
    expect(page.locator("#s-latest time").first).to_contain_text("2021")
    assert day_of(page) == "31 Jul 2021"
    changed = sum(one != other for one, other in zip(before, parts(page), strict=True))
    assert changed >= 4, "headline, cards, lists and who stands where"
    # Back is the day before it, forward this one; the drawing has been the same all the time.
    page.go_back()
    expect(headline).to_have_text(newest)
    assert "as_of" not in query(page)
    page.go_forward()
    expect(slider).to_have_attribute("aria-valuetext", "31 Jul 2021")
    expect(headline).not_to_have_text(newest)
    assert page.evaluate("map === document.querySelector('svg.map')")

    # A country opens its page on the same day.
    page.locator(".map path[data-actor=DEU]").click()
    expect(headline).to_contain_text("Germany")
    assert query(page) == {"actor": "DEU", "as_of": "2021-07-31"}


def test_a_field_a_day_and_the_world(open_page: Open) -> None:
    page = opened(open_page, "", live=True)
    headline = page.locator("h1")
    choose(page, "Field", "Justice and security")
    expect(page).to_have_url(re.compile("domain=justice"))
    expect(headline).to_contain_text(re.compile("justice", re.IGNORECASE))
    until(page, "document.querySelector('.stage')?.map?.last()")
    page.locator(".st-key-controls").get_by_label("Day").fill("31 Dec 2019")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("as_of=2019-12-31"))
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "31 Dec 2019")
    countries = page.locator(".map path[data-actor]").count()
    world = page.get_by_role("link", name="World", exact=True)
    world.press("Enter")
    expect(page).to_have_url(re.compile("view=world"))
    until(page, f"document.querySelectorAll('.map path[data-actor]').length > {countries}")
    assert query(page) == {"domain": "justice", "as_of": "2019-12-31", "view": "world"}
    expect(world).to_be_focused()  # whoever has no mouse goes on from there
    expect(page.locator("#s-headline[aria-live=polite]")).to_have_text(headline.inner_text())
    # Whoever gets the link sees the same, and another's words are those of this page.
    other = open_page(begin("?" + urlsplit(page.url).query.replace("live=", "was="), live=False))
    expect(other.locator("h1")).to_have_text(headline.inner_text())
    assert parts(other) == parts(page)
    page.locator(".map path[data-actor=BRA]").click()
    expect(headline).to_contain_text("Brazil")
    assert query(page) == {"actor": "BRA", "domain": "justice", "as_of": "2019-12-31"}


def test_play_recolours_month_by_month_and_rests_at_the_end(
    open_page: Open, tracker: Tracker, newest: date
) -> None:
    page = opened(open_page, "?as_of=2012-06-30", live=False)
    slider, play = page.get_by_role("slider"), page.locator(".play")
    latest = page.locator("#s-latest time").first
    before = latest.inner_text()
    play.click()
    assert play.get_attribute("aria-pressed") == "true"
    until(page, "document.querySelector('.stage').dataset.day > '2014'")
    # The map is ahead of the words: its day stands on it, and they are pale.
    large, pale = page.locator(".onmap b"), "e => getComputedStyle(e).opacity < 0.5"
    expect(large).to_have_text(re.compile(r"20\d\d$"))
    assert all(page.locator(part).evaluate(pale) for part in ("h1", ".cards", "#s-where"))
    play.click()  # it rests where it is stopped
    expect(page).to_have_url(re.compile("as_of=201[4-9]"))
    expect(latest).not_to_have_text(before)
    expect(large).to_be_visible()
    assert not page.locator("h1").evaluate(pale)
    slider.focus()
    for key in ("End", *["ArrowLeft"] * 9):
        page.keyboard.press(key)
    nine_months_before = newest - pd.offsets.MonthEnd(9)
    expect(page).to_have_url(re.compile(f"as_of={nine_months_before:%Y-%m-%d}"))
    until(page, "!document.querySelector('[data-moves]')")
    top = "e => Math.round(e.getBoundingClientRect().top)"
    before_play = play.evaluate(top)
    play.click()
    expect(slider).to_have_attribute("aria-valuetext", words.day(newest))
    page.wait_for_url(lambda url: "as_of" not in url)
    until(page, "!document.querySelector('[data-moves]')")
    assert abs(play.evaluate(top) - before_play) <= 1, "whatever lines the headline takes"
    [last] = stance.latest(tracker, newest, "networks", 1)["date"]
    expect(latest).to_contain_text(f"{last.year}")
    assert play.get_attribute("aria-pressed") == "false"
    back = page.get_by_role("link", name="Back to latest")
    expect(back).to_be_hidden()
    expect(large).to_be_hidden()
    slider.press("Home")
    expect(page).to_have_url(re.compile("as_of=2010"))
    back.click()
    page.wait_for_url(lambda url: "as_of" not in url)
    expect(slider).to_have_attribute("aria-valuetext", words.day(newest))


def test_grey_is_not_nothing(open_page: Open) -> None:
    page = opened(open_page, "", live=False)
    hungary = page.locator(".map path[data-actor=HUN]")
    hungary.hover()
    said = "Hungary: no position in telecom networks; Open overall, Jul 2026"
    expect(page.locator(".tip")).to_have_text(said)
    hungary.click()
    expect(page).to_have_url(re.compile("actor=HUN&domain=networks"))
    expect(page.locator("#why-diplomacy details")).to_have_attribute("open", "")


def test_a_drag_that_goes_on_while_streamlit_comes_is_not_lost(open_page: Open) -> None:
    page = open_page(begin("?as_of=2024-06-30", live=True))
    until(page, "document.querySelector('.stage')?.map?.last()")
    page.get_by_role("slider").focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(40)
    await_live(page)
    expect(page.get_by_role("slider")).to_be_focused()
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "30 Jun 2023")
    expect(page).to_have_url(re.compile("as_of=2023-06-30"))
    expect(page.locator("#s-latest time").first).to_contain_text("2023")
    assert day_of(page) == "30 Jun 2023"


def test_a_finger_moves_the_map_of_a_telephone(open_page: Open) -> None:
    page = open_page("", width=390, has_touch=True, is_mobile=True)
    until(page, "document.querySelector('.stage')?.map?.last()")
    assert page.evaluate("document.documentElement.dataset.live") is None, "it waits to be asked"
    box = page.get_by_role("slider").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("as_of=201[4-6]"))
    expect(page.locator("#s-latest time").first).to_contain_text("201")
