"""The map follows the drag: every day as the server has it, and played month by month."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from stances.answers.levels import level_changes
from stances.answers.stance_map import map_levels, map_table
from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.codebook import NO_POSITION
from stances.filters.map import part_of
from stances.model.stance import BASES
from tests.browser import controls
from tests.browser.app import PATIENCE_MS
from tests.browser.view import await_equal, await_map, come_to, open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from stances import Dataset
    from tests.browser.app import Server

_SEED = 20_190_304
_DAYS, _FEW = 200, 10
PLAY, PAUSE = ".playback button[aria-label^='Play']", ".playback button[aria-label='Pause']"
DATE = ".map-date"
# Keeps every date that the map names from now on: one that plays does not wait.
KEEP_DATES = """
() => {
  window.named = [];
  setInterval(() => {
    const date = document.querySelector('.map-date b')?.textContent;
    if (date && named.at(-1) !== date) named.push(date);
  }, 20);
}
"""
NAMED = "month => window.named.some(date => date.endsWith(month))"
# Of what is older than the drag: cards, panel, table.
OPACITIES = """
() => ['.st-key-cards', '.st-key-panel', 'table.rows'].map(
  key => Number(getComputedStyle(document.querySelector(key)).opacity)
)
"""
# What is read in the place of the headline, and whether cards are seen.
LEAD = """
() => {
  const lead = document.querySelector('.st-key-lead');
  const look = getComputedStyle(lead.querySelector('.tally') ?? lead, '::before');
  return look.visibility === 'visible' && look.content !== 'none' ? look.content : '';
}
"""
# How many are counted at each class, in the place of what is of the day before.
TALLY = """
() => [...document.querySelectorAll('.tally li')].map(row => [
  row.children[0].textContent, Number(row.children[1].textContent),
])
"""
# Whether a row of that is cut.
IS_CUT = """
() => [document.querySelector('.tally'), ...document.querySelectorAll('.tally li')]
  .some(part => part.scrollHeight > part.clientHeight + 1)
"""
CARDS = "() => getComputedStyle(document.querySelector('.st-key-cards')).opacity"
# What the browser shows of each actor on each day: level, fading, outline.
SHOWN = """
([days, codes]) => days.map(day => {
  const picture = stancesFollowing.pictureOn(day);
  return codes.map(code => {
    const { level, fading, line } = picture.of(code);
    return [level, fading, line];
  });
})
"""


@pytest.mark.slow
@pytest.mark.parametrize("basis", BASES)
def test_browser_and_server_agree_on_any_day(
    page: Page, server: Server, real: Dataset, basis: str
) -> None:
    tracker, drawn = tracker_under(real, None, basis), random.Random(_SEED)
    first, codes = real.codebook.first_date, list(tracker.model.actors)
    days = [first + timedelta(drawn.randint(0, (real.today - first).days)) for _ in range(_DAYS)]
    # By the other basis the server has other changes, held in all domains without a browser; what a
    # browser does with them is the same.
    columns = real.codebook.columns[: None if basis == BASES[0] else 2]
    for domain in columns:
        # Each after the first as a visitor comes to it.
        if domain == real.codebook.columns[0]:
            open_view(page, server, f"?domain={domain}&basis={basis}")
        else:
            with page.expect_response(f"**/levels/{domain}.json*"):
                controls.choose(page, "domain", real.codebook.domain_label(domain))
        controls.await_following(page)
        shown = page.evaluate(SHOWN, [[str(day) for day in days], codes])
        for day, of_browser in zip(days, shown, strict=True):
            assert of_browser == _by_changes(tracker, day, domain), (domain, day)
        # That the changes are those of the stances is held without a browser; here of a few days.
        for day, of_browser in zip(days[:_FEW], shown, strict=False):
            of_map = [
                [None if math.isnan(row.level) else row.level, row.old, row.outline]
                for row in map_table(tracker, day, domain).itertuples()
            ]
            assert of_browser == of_map, (domain, day)


def _by_changes(tracker: Tracker, day: date, domain: str) -> list[list[int | bool | None]]:
    """Return the levels of actors on a day as the server has them, by the last change till then."""
    result = []
    for changes in level_changes(tracker, domain).values():
        last = [change for change in changes if change.day <= day][-1]
        result.append([last.level, last.old, last.outline])
    return result


def test_the_date_and_the_counts_stand_on_the_map_while_the_hand_moves(
    page: Page, server: Server, real: Dataset
) -> None:
    open_view(page, server, "?as_of=2021-06-30&domain=networks")
    controls.await_following(page)
    controls.hold(page, "ArrowLeft", 12)
    page.locator(DATE).wait_for()
    tracker, scale = Tracker(real), real.codebook.scale
    # Of those that the map of Europe shows, as its legend counts them.
    part = part_of(tracker, "europe")
    levels = np.array(map_levels(tracker, date(2020, 6, 30), "networks", part))
    counts = f"{(levels <= scale.restricting).sum()} restrict · {(levels >= scale.open).sum()} open"
    # The last of the twelve steps is drawn in a frame of its own: wait for its day.
    expect(page.locator(DATE)).to_contain_text("30 June 2020")
    assert page.locator(DATE).inner_text().split("\n") == ["30 June 2020", counts]
    await_equal(page, lambda: {*page.evaluate(OPACITIES)}, {0.35})
    lead = page.evaluate(LEAD)
    assert lead.startswith('"30 June 2020: ')
    assert f"{(levels <= scale.restricting).sum()} restrict and" in lead
    assert page.evaluate(TALLY) == [
        *([scale.labels[level], (levels == level).sum()] for level in scale.levels),
        [NO_POSITION, np.isnan(levels).sum()],
    ]
    page.keyboard.up("ArrowLeft")
    page.locator(DATE).wait_for(state="detached")
    assert controls.address(page)["as_of"] == "2020-06-30"
    await_equal(page, lambda: {*page.evaluate(OPACITIES)}, {1})
    await_equal(page, lambda: page.evaluate(LEAD), "")


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_counted_while_it_plays_has_the_place_of_the_headline_and_moves_nothing(
    page: Page, server: Server, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_view(page, server, "?live=1&as_of=2019-01-31&view=world")
    controls.await_following(page)
    box = page.locator(".st-key-map").bounding_box()
    page.locator(PLAY).click()
    expect(page.locator(".tally li").first).to_be_visible()
    assert not page.evaluate(IS_CUT)
    assert page.locator(".st-key-map").bounding_box() == box
    page.locator(PAUSE).click()
    expect(page.locator(".tally")).to_have_count(0)


def _come_to(page: Page, server: Server, view: str) -> Page:
    """The page on a view of the map, which can follow the drag."""
    come_to(page, server, view)
    await_map(page)
    controls.await_following(page)
    return page


@pytest.mark.slow
def test_a_key_held_for_long_ends_on_the_right_day(kept_page: Page, server: Server) -> None:
    page = _come_to(kept_page, server, "?as_of=2026-06-30")
    controls.hold(page, "ArrowLeft", 150)
    expect(controls.slider(page)).to_have_attribute("aria-valuetext", "Dec 2013")
    page.keyboard.up("ArrowLeft")
    page.wait_for_url("**as_of=2013-12-31*")
    settle(page)
    expect(controls.slider(page)).to_have_attribute("aria-valuetext", "Dec 2013")


@pytest.mark.slow
def test_play_goes_on_by_itself_and_pauses_where_it_is(kept_page: Page, server: Server) -> None:
    page = _come_to(kept_page, server, "?as_of=2019-01-31")
    controls.watch_socket(page)
    page.evaluate(KEEP_DATES)
    page.locator(PLAY).click()
    page.wait_for_function(NAMED, arg="April 2019")
    assert controls.messages_sent(page) == 0
    await_equal(page, lambda: page.evaluate(CARDS), "0")
    page.locator(PAUSE).click()
    page.locator(DATE).wait_for(state="detached")
    await_equal(page, lambda: page.evaluate(CARDS), "1")
    assert controls.address(page)["as_of"] >= "2019-04-30"
    assert controls.messages_sent(page) == 1


@pytest.mark.slow
def test_of_two_maps_on_a_telephone_the_one_that_plays_is_brought_into_sight(
    page: Page, server: Server
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, server, "?before=2016-12-31&as_of=2019-01-31")
    expect(page.locator(".st-key-map")).not_to_be_in_viewport()
    page.locator(PLAY).click()
    expect(page.locator(".st-key-map")).to_be_in_viewport(ratio=0.9)
    expect(page.locator(PAUSE)).to_be_in_viewport()
    page.locator(PAUSE).click()
    page.locator(DATE).wait_for(state="detached")


@pytest.mark.slow
def test_another_view_while_it_plays_brings_the_page_for_the_day_of_the_map(
    kept_page: Page, server: Server
) -> None:
    page = _come_to(kept_page, server, "?as_of=2018-01-31")
    page.locator(PLAY).click()
    page.locator(DATE).wait_for()
    page.locator(".st-key-view").get_by_text("World").click()
    page.wait_for_url("**view=world*")
    page.wait_for_function("!document.documentElement.classList.contains('drag-ahead')")
    settle(page)
    shown = date.fromisoformat(controls.address(page)["as_of"])
    assert shown > date(2018, 1, 31)
    expect(controls.slider(page)).to_have_attribute("aria-valuetext", f"{shown:%b %Y}")


@pytest.mark.slow
def test_a_drag_that_goes_on_while_the_map_is_drawn_anew_leaves_nothing_dimmed(
    kept_page: Page, server: Server
) -> None:
    page = _come_to(kept_page, server, "?as_of=2018-01-31")
    controls.hold(page, "ArrowLeft", 2)
    page.evaluate("() => { window.plotOf = stancesMap.plot; stancesMap.plot = () => null; }")
    controls.hold(page, "ArrowLeft", 1)
    page.evaluate("() => { stancesMap.plot = window.plotOf; }")
    page.keyboard.up("ArrowLeft")
    page.wait_for_url("**as_of=2017-10-31*")
    page.wait_for_function("!document.documentElement.classList.contains('drag-ahead')")


@pytest.mark.slow
def test_from_the_last_month_it_begins_again_and_ends_on_the_last(
    kept_page: Page, server: Server, real: Dataset
) -> None:
    page = _come_to(kept_page, server, "")
    page.evaluate(KEEP_DATES)
    page.locator(PLAY).click()
    page.wait_for_function(NAMED, arg=str(real.codebook.first_date.year))
    page.locator(PAUSE).click()
    page.locator(DATE).wait_for(state="detached")
    controls.hold(page, "ArrowRight", 300)
    page.keyboard.up("ArrowRight")
    page.wait_for_url(f"**as_of={real.today}*")
    page.locator(DATE).wait_for(state="detached")


@pytest.mark.slow
def test_arrows_on_the_button_step(kept_page: Page, server: Server) -> None:
    page = _come_to(kept_page, server, "?as_of=2019-01-31")
    page.locator(PLAY).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**as_of=2019-02-28*")


@pytest.mark.slow
def test_a_link_that_plays_plays_once(page: Page, server: Server) -> None:
    open_view(page, server, "?as_of=2019-01-31&play=1")
    page.locator(DATE).wait_for()
    page.locator(PAUSE).click()
    page.locator(DATE).wait_for(state="detached")
    assert "play" not in controls.address(page)


@pytest.mark.slow
def test_who_asked_for_less_motion_starts_it_alone(browser: Browser, server: Server) -> None:
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    open_view(page, server, "?as_of=2019-01-31&play=1")
    controls.await_following(page)
    page.wait_for_timeout(1000)
    assert page.locator(DATE).count() == 0
    assert page.locator(".playback select").evaluate("box => box.selectedOptions[0].text") == "Slow"
    page.locator(PLAY).click()
    page.locator(DATE).wait_for()
    context.close()


@pytest.mark.slow
def test_without_the_levels_the_page_works_as_before(page: Page, server: Server) -> None:
    page.route("**/levels/**", lambda route: route.fulfill(status=503, body=""))
    open_view(page, server, "?as_of=2019-03-31")
    controls.hold(page, "ArrowLeft", 1)
    page.wait_for_url("**as_of=2019-02-28*")
    assert page.locator(DATE).count() == 0
