"""The time-lapse: it runs in the browser alone, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from stances import Dataset
from stances.figures.theme import theme
from tests.browser.hands import fills
from tests.browser.view import open_view, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.app import Server

# Long, and of what seldom changes.
pytestmark = pytest.mark.slow

PLAY = ".timelapse-play"
CHART = "timelapse-chart"


@pytest.fixture
def timed_page(browser: Browser) -> Iterator[Page]:
    """A page whose clock the test drives, in a profile of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.clock.install()
    yield page
    context.close()


def _range(page: Page) -> Locator:
    return page.locator(".timelapse-track input")


def _month(page: Page) -> int:
    """The place of the month that the controls show."""
    return int(_range(page).input_value())


def _open(page: Page, server: Server, view: str = "?domain=networks") -> None:
    """Turn the time-lapse on as a visitor does, and wait for its controls."""
    open_view(page, server, view)
    assert page.locator(PLAY).count() == 0
    page.locator(".st-key-play").get_by_text("Play the map").click()
    page.locator(PLAY).wait_for()
    settle(page)


def _await_month(page: Page, least: int) -> None:
    page.wait_for_function(
        "least => Number(document.querySelector('.timelapse-track input').value) >= least",
        arg=least,
    )


def test_play_advances_without_the_network(page: Page, server: Server, real: Dataset) -> None:
    sent: list[str] = []
    _open(page, server)
    assert _month(page) == len(real.months) - 1
    page.on("request", lambda request: sent.append(request.url))
    page.context.set_offline(True)
    try:
        page.locator(PLAY).click()
        page.wait_for_function("document.querySelector('.timelapse-play').innerText === 'Pause'")
        # From the last month it starts again at the first.
        _await_month(page, 3)
        assert _month(page) < len(real.months) - 1
        page.locator(PLAY).click()
        assert page.locator(PLAY).inner_text() == "Play"
        _range(page).fill("110")
        _assert_shows(page, real, 110)
    finally:
        page.context.set_offline(False)
    assert sent == []


def _assert_shows(page: Page, real: Dataset, place: int) -> None:
    """Words and colours of a month are those of the model."""
    day = real.months[place]
    assert page.locator(".timelapse-month").inner_text() == f"{day:%B %Y}"
    rows = real.position(day)
    levels = rows[rows["domain"] == "networks"].set_index("actor")["level"]
    page.wait_for_function(
        "() => new Set([...document.querySelectorAll('.st-key-timelapse-chart .choroplethlayer"
        " path')].map(path => path.getAttribute('fill'))).size > 3"
    )
    drawn, look = fills(page, CHART), theme("light")
    covered = set(real.events.loc[real.events["score"].notna(), "actor"])
    assert covered & set(drawn)
    assert drawn == {
        code: look.level_color(levels[code]) if code in covered else look.not_covered
        for code in drawn
    }


def test_the_keyboard_plays_pauses_and_steps(page: Page, server: Server) -> None:
    _open(page, server)
    page.locator(PLAY).focus()
    page.keyboard.press("Enter")
    _await_month(page, 2)
    page.keyboard.press("Space")
    assert page.locator(PLAY).inner_text() == "Play"
    here = _month(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert _month(page) == here + 2
    page.keyboard.press("Tab")
    speed = page.locator(".timelapse-speed")
    before = speed.input_value()
    page.keyboard.press("ArrowDown")
    assert int(speed.input_value()) < int(before)


def test_the_speed_says_how_far_it_gets_and_pause_that_it_stays(
    timed_page: Page, server: Server
) -> None:
    page = timed_page
    _open(page, server)
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    _range(page).fill("0")
    steps = []
    for speed in ("Slow", "Normal", "Fast"):
        page.locator(".timelapse-speed").select_option(speed)
        before = _month(page)
        page.locator(PLAY).click()
        page.clock.run_for(3000)
        page.locator(PLAY).click()
        steps.append(_month(page) - before)
        page.clock.run_for(3000)
        assert _month(page) - before == steps[-1]
    assert 0 < steps[0] < steps[1] < steps[2]
    delays = page.locator(".timelapse-speed option").evaluate_all("all => all.map(o => +o.value)")
    assert steps == [3000 // delay for delay in delays]


def test_it_stops_at_the_last_month(timed_page: Page, server: Server, real: Dataset) -> None:
    page = timed_page
    _open(page, server, "?view=world")
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    last = len(real.months) - 1
    _range(page).fill(str(last - 2))
    page.locator(PLAY).click()
    page.clock.run_for(5000)
    assert _month(page) == last
    assert page.locator(PLAY).inner_text() == "Play"
