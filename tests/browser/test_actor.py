"""The page of an actor in a browser: sums on the screen, the way to a source, odd states."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from stances.answers.profile import profile
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.words import day as in_words
from tests.browser.controls import address, alt_of, choose, figure_of, headline
from tests.browser.view import open_view, settle
from tests.cases import ONE, by_events, main_domain

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from stances import Dataset
    from tests.browser.app import Server


def open_actor(page: Page, server: Server, query: str = "") -> None:
    open_view(page, server, f"actor?{query}", has_map=False)
    page.locator("h1.headline").wait_for()


def test_a_mark_and_a_row_open_their_event_and_back_closes_it(
    page: Page, server: Server, real: Dataset
) -> None:
    open_actor(page, server, f"actor={ONE}&domain={main_domain(real, ONE)}")
    _assert_charts_have_words_and_one_time(page, real)
    title = page.locator("article.event h2")
    page.locator(".st-key-actor-timeline .scatterlayer .point").first.click(force=True)
    title.wait_for()
    titles = real.events.set_index("event_id")["title"]
    assert title.inner_text() == titles[address(page)["event"]]
    here = page.url
    page.go_back()
    expect(title).to_have_count(0)
    settle(page)
    _assert_a_row_opens_its_event_with_every_source_by_keyboard(page)
    page.goto(here)
    settle(page)
    assert title.inner_text() == titles[address(page)["event"]]


def _assert_charts_have_words_and_one_time(page: Page, real: Dataset) -> None:
    name = Tracker(real).sentence_names[ONE]
    assert f"Policy level of {name} on" in alt_of(page, "actor-history")
    assert "scored" in alt_of(page, "actor-timeline")
    ranges = [
        figure_of(page, key)["layout"]["xaxis"]["range"]
        for key in ("actor-history", "actor-timeline")
    ]
    assert ranges[0] == ranges[1]


def _assert_a_row_opens_its_event_with_every_source_by_keyboard(page: Page) -> None:
    row = page.locator("table.rows").last.locator("tbody a").nth(2)
    title = row.inner_text()
    row.press("Enter")
    page.wait_for_url("**event=**")
    settle(page)
    opened = page.locator("article.event")
    assert opened.locator("h2").inner_text() == title
    links = opened.locator(".sourcelist li > span > a, .sourcelist li > a")
    assert links.count() >= 1
    for link in links.all():
        assert str(link.get_attribute("href")).startswith(("http://", "https://"))
        assert "noopener" in str(link.get_attribute("rel"))


def test_an_actor_is_chosen_from_the_panel_a_list_or_a_group(
    page: Page, six_server: Server
) -> None:
    open_view(page, six_server, "?actor=BOR&as_of=2020-08-19")
    sentence = page.locator(".st-key-panel .sentence").inner_text()
    page.locator(".st-key-panel-head").get_by_role("link", name="Full record").press("Enter")
    # In all fields, as the sentence of the panel is.
    expect(page.locator("h1.headline")).to_have_text(sentence)
    settle(page)
    assert address(page) == {"actor": "BOR", "as_of": "2020-08-19"}
    open_actor(page, six_server, "actor=Pact&as_of=2020-08-19")
    of_group = headline(page)
    assert "none as a group" in of_group
    page.get_by_role("radio", name="Kingdom of Boria").or_(
        page.get_by_role("button", name="Kingdom of Boria")
    ).first.press("Enter")
    settle(page)
    assert headline(page).startswith("Kingdom of Boria is open to Acme in schools: ")
    assert address(page) == {"actor": "BOR", "as_of": "2020-08-19"}
    choose(page, "actor_choice", "Republic of Arcadia")
    assert headline(page).startswith("Republic of Arcadia limits Acme in roads: ")
    assert address(page)["actor"] == "ARC"
    page.go_back()
    settle(page)
    assert headline(page).startswith("Kingdom of Boria is open to Acme in schools: ")


def _paper(page: Page, path: Path) -> tuple[int, str]:
    """The page on paper: how many sheets it has, and their text."""
    page.pdf(path=path, prefer_css_page_size=True)
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    assert "(A4)" in info
    return int(re.findall(r"Pages: +(\d+)", info)[0]), text.stdout


def _letters(text: str) -> str:
    """A text as it is however its lines are broken."""
    return re.sub(r"[\s-]+", "", text)


@pytest.mark.skipif(not which("pdfinfo"), reason="pdfinfo is not installed (poppler-utils)")
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_an_actor_prints_as_one_sheet(
    page: Page, server: Server, real: Dataset, tmp_path: Path
) -> None:
    silent = min(set(real.position_actors) - set(real.dataset.acts["actor"]))
    most = str(real.dataset.acts["actor"].value_counts().idxmax())
    today = in_words(real.opening_day)
    for actor in dict.fromkeys([most, by_events(real)[0], silent]):
        open_actor(page, server, f"actor={actor}")
        sheets, text = _paper(page, tmp_path / "paper.pdf")
        assert sheets == 1, actor
        for part in (f"What binds on {today}", "Position by field", "in the 24 months", "Sources"):
            assert part in text, (actor, part)
        sentence = page.locator("h1.headline").text_content() or ""
        assert sentence == profile(Tracker(real), actor, real.opening_day, OVERALL).text
        assert _letters(sentence) in _letters(text)
        assert f"stance table of {real.opening_day}" in " ".join(text.split())
        assert "Cite" not in text
