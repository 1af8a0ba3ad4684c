"""The words of a page before any script, which go once the dashboard has drawn as much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.view import MAP_PATHS, open_view

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.app import Server

# Notes what stood on the page when the words went.
WATCH = """
new MutationObserver((_, observer) => {
  if (document.querySelector('#words')) window.said = true;
  else if (window.said) {
    observer.disconnect();
    window.then = {
      headline: Boolean(document.querySelector('#root h1.headline')),
      cards: document.querySelectorAll('#root .card').length,
      map: document.querySelectorAll(MAP).length,
    };
  }
}).observe(document, {subtree: true, childList: true});
"""
# Under other names than the script looks for.
RENAME = """
new MutationObserver(() => {
  for (const element of document.querySelectorAll('[data-testid=stApp], .choroplethlayer')) {
    element.removeAttribute('data-testid');
    element.classList.remove('choroplethlayer');
  }
}).observe(document, {subtree: true, childList: true});
"""


def test_the_words_stay_until_headline_cards_and_map_are_there_and_what_was_scrolled_to_in_sight(
    page: Page, server: Server
) -> None:
    page.add_init_script(WATCH.replace("MAP", repr(MAP_PATHS)))
    page.add_init_script("addEventListener('DOMContentLoaded', () => scrollTo(0, 300))")
    open_view(page, server)
    then = page.evaluate("window.then")
    assert then["headline"]
    assert then["cards"] > 0
    assert then["map"] > 0
    # Nothing is said twice, and each landmark is there once.
    assert page.locator("h1").count() == 1
    assert page.locator("#words, footer").count() == 0
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") > 0


@pytest.mark.slow
def test_a_slow_processor_has_the_map_drawn_before_they_go(page: Page, server: Server) -> None:
    """Plotly begins some frames after its element stands, which a slow machine draws out."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.add_init_script(WATCH.replace("MAP", repr(MAP_PATHS)))
    page.goto(server.url)
    page.locator("#words").wait_for(state="detached")
    assert page.evaluate("window.then.map") > 0


@pytest.mark.slow
def test_where_nothing_tells_they_go_some_seconds_after_the_headline(
    page: Page, server: Server
) -> None:
    page.add_init_script(RENAME)
    page.goto(server.url)
    page.locator("#root h1.headline").wait_for(state="attached")
    page.locator("#words").wait_for(state="detached")


def test_where_the_dashboard_never_comes_they_stay(page: Page, server: Server) -> None:
    page.route("**/static/js/*", lambda route: route.abort())
    page.goto(server.url)
    page.wait_for_timeout(500)
    assert page.locator("#words h1.headline").is_visible()
    assert page.locator("#words .map svg").first.is_visible()


def test_a_theme_that_was_chosen_is_that_of_the_words(browser: Browser, server: Server) -> None:
    # A profile of its own, which the choice stays in.
    page = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
    open_view(page, server)
    page.get_by_test_id("stMainMenu").locator("button").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    page.wait_for_function("/dark/i.test(localStorage['stActiveTheme-/-v2'])")
    page.route("**/static/js/*", lambda route: route.abort())
    page.goto(server.url)
    page.wait_for_function("document.querySelector('#words').style.colorScheme === 'dark'")
    page.context.close()
