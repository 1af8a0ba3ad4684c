"""The address is the view: links, controls, bad parameters, back and forward."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from stances import Dataset
from stances.answers.tracker import Tracker
from stances.dataset.days import month_ends
from stances.filters.map import lead_on
from stances.words import day as in_words
from tests.browser import controls
from tests.browser.view import await_map, await_trend, open_view, settle
from tests.folders import SIX, up_to_today

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# On this day one restricts on the roads and another is open in schools.
LINK = "?as_of=2020-04-10&domain=roads"


@pytest.fixture
def six_now() -> Dataset:
    """The six events up to the real today, as the server has them."""
    return up_to_today(SIX)


def _headline(six_now: Dataset, day: date, domain: str) -> str:
    """The headline of the map, from the model."""
    return lead_on(Tracker(six_now), day, domain, "europe")[0]


def test_a_link_gives_its_view_and_the_view_its_address(
    page: Page, six_server: Server, six_now: Dataset
) -> None:
    open_view(page, six_server, LINK)
    assert controls.headline(page) == _headline(six_now, date(2020, 4, 10), "roads")
    assert "10 April 2020" in controls.subtitle(page)
    assert controls.value_of(page, "domain") == six_now.codebook.domain_label("roads")
    assert controls.slider(page).get_attribute("aria-valuetext") == "Apr 2020"
    assert controls.notices(page) == []
    _assert_a_control_changes_the_address_and_back_and_forward_the_view(page, six_now)
    _assert_its_time_is_set_by_hand(page, six_now)
    _assert_world_is_in_the_address_and_outlasts_a_reload(page)


def _assert_its_time_is_set_by_hand(page: Page, six_now: Dataset) -> None:
    # Fast key presses end on their last step.
    controls.slider(page).focus()
    for _ in range(24):
        page.keyboard.press("ArrowRight")
    settle(page)
    assert controls.slider(page).get_attribute("aria-valuetext") == "Apr 2022"
    assert controls.address(page)["as_of"] == "2022-04-30"
    assert "30 April 2022" in controls.subtitle(page)
    # A date is typed.
    for part, digits in (("year", "2020"), ("month", "07"), ("day", "14")):
        page.locator(f".st-key-as_of [data-type={part}]").press_sequentially(digits)
    controls.slider(page).focus()
    assert controls.address(page)["as_of"] == "2020-07-14"
    assert controls.headline(page) == _headline(six_now, date(2020, 7, 14), "roads")
    assert controls.slider(page).get_attribute("aria-valuetext") == "Jul 2020"
    # The ends are the first month and today.
    controls.slider(page).press("End")
    assert controls.address(page)["as_of"] == str(six_now.today)
    controls.slider(page).press("Home")
    settle(page)
    first = month_ends(six_now.codebook.first_date, six_now.today)[0]
    assert controls.address(page)["as_of"] == str(first)


def _assert_a_control_changes_the_address_and_back_and_forward_the_view(
    page: Page, six_now: Dataset
) -> None:
    first, schools = controls.headline(page), six_now.codebook.domain_label("schools")
    controls.choose(page, "domain", schools)
    assert controls.address(page) == {"as_of": "2020-04-10", "domain": "schools"}
    second = controls.headline(page)
    assert second == _headline(six_now, date(2020, 4, 10), "schools") != first
    controls.choose(page, "actor", "Republic of Arcadia")
    page.go_back()
    settle(page)
    assert controls.shown_actor(page) == ""
    assert controls.headline(page) == second
    page.go_back()
    settle(page)
    assert controls.headline(page) == first
    assert controls.value_of(page, "domain") == six_now.codebook.domain_label("roads")
    page.go_forward()
    settle(page)
    page.go_forward()
    settle(page)
    assert controls.shown_actor(page) == "Republic of Arcadia"
    assert controls.headline(page) == second
    page.go_back()
    settle(page)
    page.go_back()
    settle(page)
    assert controls.headline(page) == first


def _assert_world_is_in_the_address_and_outlasts_a_reload(page: Page) -> None:
    page.locator(".st-key-view").get_by_role("radio", name="World").click()
    page.wait_for_url("**view=world**")
    assert controls.address(page)["view"] == "world"
    here = controls.headline(page)
    page.reload()
    settle(page)
    assert controls.headline(page) == here


# What is wrong with a value, and what is said of it, is tested where parameters and pages are.
WORDS = "https://evil.example/x **b** [x](https://evil.example) <b>x</b>"
BAD = {"as_of": WORDS, "domain": "x", "view": "moon", "actor": "XYZ", "play": "perhaps"}


def test_bad_parameters_give_the_default_and_a_line_each_that_names_it(
    page: Page, six_server: Server, six_now: Dataset
) -> None:
    open_view(page, six_server, f"?{urlencode(BAD)}")
    lines = controls.notices(page)
    assert len(lines) == len(BAD)
    for line, (name, value) in zip(lines, BAD.items(), strict=True):
        assert line.startswith(f"{name} in the address: {value[:40]}")
        assert "\n" not in line
    # Words stay words.
    assert page.locator("a[href*='evil.example']").count() == 0
    assert page.locator(".notice *").count() == 0
    _assert_default_view(page, six_now)
    # A good parameter beside bad ones counts, and the lines go with the first change.
    open_view(page, six_server, "?domain=schools&actor=XYZ")
    assert len(controls.notices(page)) == 1
    assert controls.value_of(page, "domain") == six_now.codebook.domain_label("schools")
    controls.slider(page).press("ArrowLeft")
    settle(page)
    assert controls.notices(page) == []


def _assert_default_view(page: Page, six_now: Dataset) -> None:
    assert page.get_by_text("Traceback").count() == 0
    assert page.locator("[data-testid='stException']").count() == 0
    assert controls.slider(page).get_attribute("aria-valuetext") == f"{six_now.today:%b %Y}"
    assert controls.value_of(page, "domain") == six_now.codebook.domain_label("roads")
    assert in_words(six_now.today) in controls.subtitle(page)
    assert controls.headline(page) == _headline(six_now, six_now.today, "roads")
    assert controls.shown_actor(page) == ""


def test_the_view_goes_along_to_other_pages_and_back(page: Page, six_server: Server) -> None:
    open_view(page, six_server, f"{LINK}&view=world&actor=ARC")
    here = controls.headline(page)
    controls.page_link(page, "Trends").click()
    await_trend(page)
    assert controls.address(page)["as_of"] == "2020-04-10"
    assert controls.address(page)["domain"] == "roads"
    assert "10 April 2020" in controls.subtitle(page)
    controls.page_link(page, "Map").click()
    await_map(page)
    settle(page)
    assert controls.headline(page) == here
    assert controls.shown_actor(page) == "Republic of Arcadia"
    assert controls.address(page)["view"] == "world"
    page.go_back()
    await_trend(page)
    settle(page)
    assert "10 April 2020" in controls.subtitle(page)
    page.go_back()
    await_map(page)
    settle(page)
    assert controls.headline(page) == here
    assert controls.figure_of(page, "map")["layout"]["geo"]["scope"] == "world"
