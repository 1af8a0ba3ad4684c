"""One journey a page, as a reader makes it in the live view."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from stances.answers.tracker import Tracker
from stances.dataset.load import Dataset
from tests.browser.reader import (
    ACT,
    EVENT,
    axe,
    begin,
    choose,
    misplaced_at,
    open_live,
    parts,
    until,
)

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Open = Callable[..., "Page"]


def named(page: Page, parameter: str) -> str:
    """Return what the address says of a parameter."""
    return parse_qs(urlsplit(page.url).query).get(parameter, [""])[0]


def column(page: Page, table: str, at: int) -> list[str]:
    """Return the words of a column of a table, without headings of its parts."""
    cells = page.locator(f"{table} tbody tr:not(.sub) > :nth-child({at})")
    return [text.strip() for text in cells.all_inner_texts()]


def press(page: Page, link: Locator, address: str) -> None:
    """Follow a link, and wait for the address of which a part is given."""
    link.click()
    expect(page).to_have_url(re.compile(address))


def test_trends(open_page: Open) -> None:
    page = open_live(open_page, "trends", width=320)
    drawn, zooming = page.locator("#s-lines .chart:visible"), page.locator("#root .js-plotly-plot")
    expect(zooming).to_be_attached()
    expect(zooming).to_be_hidden()
    expect(drawn.first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(zooming).to_be_visible()  # where they have room
    expect(drawn).to_have_count(0)
    page.emulate_media(media="print")
    expect(zooming).to_be_hidden()
    expect(drawn.first).to_be_visible()
    page.emulate_media(media="screen")

    headline, lines = page.locator("h1"), page.locator("#root .js-plotly-plot .scatterlayer .trace")
    expect(lines.first).to_be_attached()
    all_of = headline.inner_text()
    choose(page, "Add a country or group", "Sweden")
    expect(page).to_have_url(re.compile("actor=SWE"))
    expect(headline).to_contain_text("Sweden")
    choose(page, "Add a country or group", "Spain")
    expect(page).to_have_url(re.compile("actor=SWE(,|%2C)ESP"))
    expect(headline).to_contain_text("Spain")
    table = page.locator("table.byf")
    expect(table.locator("thead th")).to_have_text(["Field", "Sweden", "Spain"])
    expect(page.locator("#root .js-plotly-plot")).to_contain_text("Spain")
    press(page, page.get_by_role("link", name="Since 2010"), "from=2010")
    press(page, page.get_by_role("link", name="Remove Sweden"), r"actor=ESP\b")
    expect(table.locator("thead th")).to_have_text(["Field", "Spain"])
    expect(headline).not_to_contain_text("Sweden")
    page.go_back()
    expect(headline).to_contain_text("Sweden")
    for _ in range(3):  # as fast as hands are
        page.evaluate("history.back()")
        page.wait_for_timeout(100)
    expect(headline).to_have_text(all_of)
    assert not named(page, "actor")


def test_groups(open_page: Open) -> None:
    page = open_live(open_page, "members")
    headline = page.locator("h1")
    assert re.search(r"; \d+ of 27 do now", headline.inner_text())
    expect(page.locator(".mx tr.sub").first).to_contain_text("have used a rule")
    choose(page, "Group", "G7 7")
    expect(page).to_have_url(re.compile("group=G7"))
    expect(page.locator(".mx tbody th[scope=row]")).to_have_count(7)
    choose(page, "Field", "Trade and technology")
    expect(page).to_have_url(re.compile("domain=trade"))
    expect(page.locator(".mx tr.sub").first).not_to_contain_text("used a rule")
    press(page, page.locator(".mx td.now a").first, r"/actor\?")
    assert named(page, "actor")
    assert named(page, "domain") == "trade"
    expect(page.locator("#why-trade details")).to_have_attribute("open", "")
    page.go_back()
    expect(page.locator(".mx tbody th[scope=row]")).to_have_count(7)
    press(page, page.locator(".mx th[scope=row] a").first, "actor")
    assert named(page, "domain") == "trade"


def test_countries(open_page: Open, tracker: Tracker) -> None:
    page = open_live(open_page, "")
    press(page, page.locator("nav").get_by_role("link", name="Countries"), "actor")
    choose(page, "Country", "Poland")
    expect(page).to_have_url(re.compile("actor=POL"))
    headline = page.locator("h1")
    expect(headline).to_contain_text("Poland")
    fold = page.locator("#why-networks details")
    # Overall and the fields, then the axis of years.
    expect(page.locator(".fields > li")).to_have_count(len(tracker.codebook.columns) + 1)
    assert fold.get_attribute("open") is None
    fold.locator("summary").click()
    shares = fold.locator("td[data-l=Share]").all_inner_texts()
    assert 97 <= sum(int(share.rstrip("%")) for share in shares) <= 103
    expect(page.locator("#s-rules table")).to_contain_text("Lex Huawei")
    choose(page, "Country", "Germany")
    expect(headline).to_contain_text("Germany")
    press(page, page.get_by_role("link", name="Compare"), "trends.*actor=DEU")
    expect(page.locator("h1")).to_contain_text("Germany")


def test_rules(open_page: Open) -> None:
    page = open_live(open_page, "acts")
    headline, rows = page.locator("h1"), page.locator("table.reg tbody tr")
    expect(rows).to_have_count(40)
    assert re.match(r"\d+ rules are in force", headline.inner_text())
    total = int(headline.inner_text().split()[0])
    press(page, page.get_by_role("link", name="Next 40"), "page=2")
    expect(rows).to_have_count(40)
    press(page, page.get_by_role("link", name=f"Show all {total}"), "page=all")
    expect(rows).to_have_count(total)
    since = page.locator("table.reg th", has_text="Since")
    at = 1 + int(since.evaluate("cell => cell.cellIndex"))
    key = "cells => cells.map(c => c.dataset.sort).filter(Boolean)"
    for order, turned in (("ascending", False), ("descending", True)):
        since.get_by_role("button").click()
        expect(since).to_have_attribute("aria-sort", order)
        days = page.locator(f"table.reg tbody td:nth-child({at})").evaluate_all(key)
        assert days == sorted(days, reverse=turned)

    page.get_by_role("searchbox", name="Search rules").fill("5G")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=5G"))
    expect(headline).to_contain_text("“5G”")
    page.get_by_label("Used", exact=True).select_option("yes")
    expect(page).to_have_url(re.compile("applied=yes"))
    expect(headline).to_contain_text("Used")
    found = int(headline.inner_text().split()[0])
    assert 0 < found < total
    expect(rows).to_have_count(found)
    page.locator("#s-others summary").click()
    expect(page.locator("#s-others li").first).to_be_visible()


@pytest.mark.parametrize("address", ["events", "acts"])
def test_what_is_typed_while_streamlit_comes_is_kept(open_page: Open, address: str) -> None:
    # By a script: Streamlit may be faster than who presses from outside.
    focus = "() => document.querySelector('[type=search]').focus()"
    page = open_page(
        begin(address, live=True), init=f"addEventListener('DOMContentLoaded', {focus});"
    )
    page.keyboard.type("golden power", delay=150)
    page.wait_for_timeout(1500)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=golden\+power"))
    expect(page.locator("h1")).to_contain_text("golden power")


def test_changes(open_page: Open, real: Dataset) -> None:
    page = open_live(open_page, "changes")
    headline = page.locator("h1")
    year, said = headline.inner_text(), parts(page)
    choose(page, "Group", "EU 27")
    expect(page).to_have_url(re.compile("group=EU"))
    expect(page.locator("#s-moved")).not_to_contain_text("Switzerland")
    page.locator("summary[aria-label^=Period]").click()
    press(page, page.get_by_role("link", name="EU toolbox on 5G, 90 days"), "from=2020-01-28")
    expect(headline).not_to_have_text(year)
    expect(page.locator("#s-moved time").last).to_contain_text("2020")
    page.locator("summary[aria-label^=Period]").click()
    page.get_by_role("link", name="Past year").click()
    page.wait_for_url(lambda url: "from=" not in url)
    choose(page, "Group", f"All {len(real.position_actors)}")
    page.wait_for_url(lambda url: "group=" not in url)
    expect(page.locator("#s-moved")).to_contain_text("Switzerland")
    expect(headline).to_have_text(year)
    assert parts(page) == said


def test_events(open_page: Open) -> None:
    page = open_live(open_page, "events?from=2019-01-01&to=2019-12-31")
    assert not axe(page) + misplaced_at(page, 320, 1280)
    headline, table = page.locator("h1"), page.locator("table.evt")
    expect(table.locator("tbody tr")).to_have_count(25)
    everything = int(headline.inner_text().split()[0].replace(",", ""))
    page.locator(".st-key-controls").get_by_label("Search events").fill("Reuters")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=Reuters"))
    expect(headline).to_contain_text("“Reuters”")
    found = int(headline.inner_text().split()[0])
    assert 0 < found < everything
    sources = column(page, "table.evt", 6)
    assert sum("Reuters" in source for source in sources) >= 20, "the source that matches is shown"
    assert all("2019" in day for day in column(page, "table.evt", 1))
    press(page, page.get_by_role("link", name=re.compile("^Next")), "page=2")
    expect(table.locator("tbody tr")).to_have_count(min(25, found - 25))
    choose(page, "Government", "Poland")
    expect(page).to_have_url(re.compile("actor=POL"))
    assert named(page, "page") == "", "another filter begins at the first part"
    expect(headline).to_contain_text("Poland")
    page.goto(page.url.split("?")[0] + "?live=false")
    press(page, page.locator("#s-years svg:visible a").nth(-3), "from=2024-01-01")
    expect(page.locator("table.evt td.when").last).to_contain_text("2024")
    press(page, page.locator("table.evt td.wide a").first, "/e/")
    expect(page.locator("#s-record, .record").first).to_be_visible()


def test_data(open_page: Open, real: Dataset, tmp_path: Path) -> None:
    page = open_page(begin("data", live=False))
    day = page.locator("table.dat input[name=as_of]")
    day.fill("30 Jun 2022")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("as_of=2022-06-30"))
    link = page.get_by_role("link", name="Levels on a day, CSV")
    expect(link).to_have_attribute("href", re.compile("2022-06-30"))
    with page.expect_download() as download:
        link.click()
    download.value.save_as(tmp_path / "levels.csv")
    with (tmp_path / "levels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["as_of"] for row in rows} == {"2022-06-30"}
    assert {row["actor"] for row in rows} == {*real.position_actors}
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all tables, ZIP").click()
    assert download.value.suggested_filename.endswith(".zip")


def test_records(open_page: Open) -> None:
    page = open_page(EVENT)
    expect(page.locator("h1")).to_contain_text("Nawrocki")
    assert page.locator("#root").inner_html() == "", "a record needs no Streamlit"
    sources = page.locator("#s-record a[href^=http]:not([data-copy])")
    assert sources.count() >= 1
    assert all("noopener" in link.get_attribute("rel") for link in sources.all())
    # The edition has no contact, so its readers take the text of a report along.
    expect(page.get_by_role("link", name="Report an error")).to_have_count(0)
    page.get_by_text("Copy report of an error", exact=True).click()
    expect(page.locator(".err a").last).to_have_text("Copied")
    told = page.evaluate("() => navigator.clipboard.readText()")
    assert "Id: POL-20260219-president-signs-ksc\n" in told
    assert told.endswith("What is wrong: ")
    press(page, page.locator(f"a[href$='{ACT}']"), ACT)
    expect(page.locator("dl.facts")).to_contain_text("Used on Huawei")
    expect(page.locator("h2", has_text=re.compile("source"))).to_be_visible()
    page.get_by_role("link", name="Poland", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/actor\?actor=POL"))


def test_share_and_follow(open_page: Open) -> None:
    address = begin("members?group=EU&domain=networks&as_of=2024-06-30", live=False)
    page = open_page(address)
    clipboard = "() => navigator.clipboard.readText()"
    page.locator("summary", has_text="Share").click()
    page.get_by_role("link", name="Copy link").click()
    expect(page.get_by_role("link", name="Copied")).to_be_visible()
    copied = page.evaluate(clipboard)
    assert "as_of=2024-06-30" in copied
    page.get_by_role("link", name="Cite: Text").click()
    expect(page.get_by_role("link", name="Cite: Text")).to_have_text("Copied")
    assert re.search(r"Dataset \d{4}-\d\d-\d\d-[0-9a-f]{8}", page.evaluate(clipboard))
    page.get_by_role("link", name="Cite: BibTeX").click()
    page.wait_for_timeout(100)
    assert page.evaluate(clipboard).startswith("@misc{")
    page.get_by_role("link", name=re.compile("Embed code, 30 Jun 2024")).click()
    page.wait_for_timeout(100)
    assert "<iframe" in page.evaluate(clipboard)
    picture = page.get_by_role("link", name="Groups as picture: PNG").get_attribute("href")
    answer = page.request.get(f"{page.url.rpartition('/')[0]}/{picture}")
    assert answer.body()[:4] == b"\x89PNG"
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Copy link")).to_be_hidden()

    page.locator("summary", has_text="Follow").click()
    feed = page.get_by_role("link", name=re.compile("New events: EU 27, telecom networks"))
    address = feed.get_attribute("href")
    # Of these data all came in late, which is no news.
    place = f"{page.url.rpartition('/')[0]}/{address}&kind=corrections"
    assert page.request.get(place).text().count("<entry>") > 5
    assert "group=EU" in address
    page.get_by_role("link", name="Map", exact=True).focus()
    expect(page.locator(".menu[open]")).to_have_count(0)  # it would cover what has the focus
    # A link that was shared, opened by another: the same words.
    other = open_page(begin(copied.partition("/members")[2].join(["members", ""]), live=False))
    assert parts(other) == parts(page)


@pytest.mark.parametrize("live", [False, True])
def test_a_fold_stays_open_when_the_day_changes(open_page: Open, live: bool) -> None:
    address = "actor?actor=DEU"
    page = open_live(open_page, address) if live else open_page(begin(address, live=False))
    page.locator("#why-trade summary").click()
    if live:
        address += "&as_of=2026-03-01"
        page.evaluate(
            "address => { history.pushState(null, '', address); "
            "dispatchEvent(new PopStateEvent('popstate')); }",
            address,
        )
    else:
        page.locator("input[name=as_of]").fill("March 2026")
        page.locator("input[name=as_of]").press("Enter")
    expect(page.locator("h1")).to_contain_text("1 Mar 2026")
    expect(page.locator("#why-trade details")).to_have_attribute("open", "")
    assert page.locator("#why-networks details").get_attribute("open") is None


@pytest.mark.parametrize("live", [False, True])
def test_next_stays_under_the_pointer_and_back_where_one_was(open_page: Open, live: bool) -> None:
    page = open_live(open_page, "events") if live else open_page(begin("events", live=False))
    page.mouse.wheel(0, 300)
    for part in (2, 3):
        place = page.locator(".parts .next").bounding_box()
        first = page.locator("table.evt td.wide").first
        title = first.inner_text()
        assert place
        page.mouse.click(place["x"] + 20, place["y"] + 10)
        expect(page).to_have_url(re.compile(f"page={part}"))
        expect(first).not_to_have_text(title)
        until(page, "Math.abs(document.querySelector('#s-events').getBoundingClientRect().top) < 2")
        assert page.locator(".parts .next").bounding_box() == place
    page.mouse.wheel(0, 200)
    until(page, "document.querySelector('#s-events').getBoundingClientRect().top < -20")
    scrolled = page.evaluate("scrollY")
    page.locator("table.evt td.wide a").nth(15).click()
    page.wait_for_url("**/e/**")
    page.go_back()
    until(page, f"Math.abs(scrollY - {scrolled}) < 3")
