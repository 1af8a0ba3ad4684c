"""What is read without scripts, in a frame of another page, from a bad link, and on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from stances import words
from tests.browser.reader import ALL, await_live, begin, misplaced

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]


def test_pages_are_read_and_asked_without_scripts(open_page: Open) -> None:
    page = open_page("", java_script_enabled=False)
    site = page.url
    assert page.locator("main").is_visible()
    assert not page.locator("#root").inner_text()
    page.goto(f"{site}acts")
    page.locator("#s-register input[type=search]").fill("5G")
    page.locator("#s-register").get_by_role("button", name="Show").click()
    expect(page.locator("h1")).to_contain_text("“5G”")
    page.goto(f"{site}trends")
    page.get_by_label("Add a country or group").select_option(label="Sweden")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("h1")).to_contain_text("Sweden")
    page.goto(site)
    page.get_by_label("Field").select_option(label="Diplomacy")
    page.locator("input[name=as_of]").fill("30 Jun 2019")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#s-latest time").first).to_contain_text("2019")
    assert "domain=diplomacy" in page.url
    page.locator(".map path[data-actor=FRA]").click()
    expect(page.locator("h1")).to_contain_text("France")
    page.get_by_role("link", name="World").or_(page.locator("nav a").first).first.click()
    expect(page.locator(".map")).to_be_visible()


def test_a_frame_on_another_page_has_the_height_of_what_it_shows(open_page: Open) -> None:
    page = open_page("data?live=false", bypass_csp=True)
    site = page.url.rpartition("/")[0]
    page.set_content(
        f"""<!doctype html><title>Another page</title><h1>Another page</h1>
        <iframe src="{site}/?as_of=2020-06-30&embed=true" title="Map" width="100%" height="200">
        </iframe><script src="{site}/embed.js"></script>"""
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator("svg.map")).to_be_visible()
    expect(frame.locator("#s-latest time").first).to_contain_text("2020")
    assert frame.locator("nav").count() == 0
    shown = page.locator("iframe")
    expect(shown).not_to_have_css("height", "200px")
    inside = frame.locator("html").evaluate("page => [page.scrollHeight, innerHeight]")
    assert inside[0] <= inside[1] + 1, "nothing of it scrolls"
    assert frame.locator("html").get_attribute("data-live") is None


def test_a_bad_link_gives_a_line_and_the_page(open_page: Open) -> None:
    page = open_page("trends?actor=POLL&domain=trade&as_of=yesterday&live=true")
    notes = page.locator(".note[role=status]")
    expect(notes).to_have_count(2)
    await_live(page)
    expect(notes).to_have_count(2)
    assert "did you mean" in " ".join(notes.all_inner_texts())
    expect(page.locator("table.byf")).to_be_visible()
    assert "Trade and technology" in page.content()


def test_what_is_not_there_is_told(open_page: Open) -> None:
    page = open_page("data?live=false")
    told = {
        "nowhere": "There is no page at this address",
        "e/nothing": "No event nothing; events.csv lists all",
        "a/nothing": "No rule nothing; acts.csv lists all",
    }
    for path, text in told.items():
        answer = page.request.get(f"{page.url.rpartition('/')[0]}/{path}")
        assert answer.status == 404
        assert text in answer.text()


def test_a_form_sends_what_is_other_than_usual(open_page: Open) -> None:
    page = open_page("changes?live=false")
    page.locator("input[name=from]").fill("1 March 2019")
    page.locator("input[name=from]").press("Enter")
    expect(page).to_have_url(re.compile(r"/changes\?from=2019-03-01(&live=false)?$"))


# Sheets of A4 of each page: a country on one, a group on two; the fullest of both beside.
_FULL = {
    "USA": "actor?actor=USA", "most": "members?group=all&domain=trade"
}  # fmt: skip
SHEETS = dict.fromkeys([*ALL, "most"], 2) | dict.fromkeys(["country", "event", "act", "USA"], 1)
_ON_PAPER = {"data": "method", "most": "trade"}
_ON_PAPER |= dict.fromkeys(["countries", "country", "rules", "events", "USA"], "all fields")


def test_on_paper(open_page: Open, newest: date) -> None:
    from pypdf import PdfReader

    page = open_page("data?live=false", width=688, scheme="dark")  # a sheet less its margins
    site = page.url.rpartition("/")[0]
    wrong = []
    for name, address in {**ALL, **_FULL}.items():
        page.goto(f"{site}/{begin(address, live=False)}")
        page.emulate_media(media="print")
        hidden = ".nav, .menus, .ctl, .scrub" + ", .chart.wide" * (name == "changes")
        assert page.locator(hidden).filter(visible=True).count() == 0
        wrong += [f"{name}: {line}" for line in misplaced(page) if "on one another" not in line]
        page.emulate_media(media="null")  # as print has it
        sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        if len(sheets) > SHEETS[name]:
            wrong.append(f"{name}: {len(sheets)} sheets")
        for sheet in sheets[-1:]:
            text = " ".join(sheet.extract_text().split())
            if f"Machine-scored, data to {words.day(newest)}" not in text:
                wrong.append(f"{name}: does not say that it is machine-scored")
            if name != "data" and not re.search(r"\d{1,2} [A-Z][a-z]{2} \d{4}\. Machine", text):
                wrong.append(f"{name}: does not name its day")
            field = _ON_PAPER.get(name, "networks")
            if field not in text.lower():
                wrong.append(f"{name}: does not name its field, {field}")
    assert not wrong, "\n".join(wrong)
