"""Texts of a data folder that want to be markup, links or formulas: every page shows them as text.

The folder is tests/data/hostile. The policy of the pages is switched off here, so that it is the
escaping alone that holds.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

import stances
from stances.links.register import REGISTER
from stances.render.page import finding_of
from tests.browser.app import Server, start
from tests.browser.hands import alt_of, headline, hover_lines, shown_actor, subtitle
from tests.browser.view import open_view, settle
from tests.folders import HOSTILE, TODAY, load

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A server and pages of its own for what no text of the data may do.
pytestmark = pytest.mark.slow

ORDER, REPEAL = "ARC-20200101-roads-order", "ARC-20201027-order-repealed"
VIEWS = {
    "map": "?as_of=2020-04-10&domain=roads&actor=ARC",
    "trends": "trends?as_of=2020-12-01&domain=roads&actors=ARC,BOR",
    "trends-small": "trends?as_of=2020-12-01&layout=small&actors=ARC,BOR",
    "members": "members?as_of=2020-06-30&group=all&domain=roads",
    "actor": "actor?as_of=2020-06-10&actor=ARC&event=ARC-20200410-minister-worried",
    "compare-dates": "compare?then=2020-01-01&as_of=2020-07-12&first=BOR",
    "compare-actors": "compare?compare=actors&first=ARC&second=BOR&as_of=2021-07-12",
    "compare-distances": "compare?compare=distances&as_of=2021-07-12&group=all",
    "acts": "acts?as_of=2022-12-01&status=all&act=BOR-school-permit",
    "events": "events?q=x",
    "event": f"events?event={REPEAL}",
    "data": "data?as_of=2020-04-10&domain=roads",
}


class _Head(HTMLParser):
    """The title of a page, what its meta elements say, and how many scripts run in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.title, self.metas, self.scripts, self._inside = "", {}, 0, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes, self._inside = dict(attrs), tag
        self.scripts += tag == "script" and attributes.get("type") != "application/ld+json"
        if tag == "meta":
            self.metas[attributes.get("property") or attributes.get("name")] = attributes.get(
                "content"
            )

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data


@pytest.fixture(scope="module")
def data() -> stances.Dataset:
    """Return the data that the pages are made from."""
    return load(HOSTILE, today=TODAY)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard on such texts."""
    log = tmp_path_factory.mktemp("hostile") / "log"
    server = start(log, env={"STANCES_DATA": str(HOSTILE)})
    yield server
    server.stop()


TEXTS = """
table => {
  const walk = document.createTreeWalker(table, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) found.push(walk.currentNode.textContent);
  return found;
}
"""


def _assert_nothing_ran(page: Page) -> None:
    assert page.evaluate("() => window.hit") is None
    assert page.locator("img[src='x'], img[src*='evil'], [onerror], [onmouseover]").count() == 0
    # A report is a mail to nobody: the text of the data is what it says.
    schemes = page.locator("a[href]:not([href^='mailto:?subject='])").evaluate_all(
        "all => all.map(link => link.protocol)"
    )
    assert set(schemes) <= {"http:", "https:", "data:"}
    # What Markdown would make of the texts: emphasis, code, colour, formulas.
    body = page.locator("[data-testid='stMain']")
    assert body.locator(".katex, [class*='stMarkdownColored']").count() == 0
    # And what markup, that of plotly too.
    for tag, word in (("strong", "b"), ("code", "c"), ("b", "e"), ("tspan", "e"), ("a", "x")):
        assert body.locator(tag).get_by_text(word, exact=True).count() == 0


def _names(data: stances.Dataset) -> dict[str, str]:
    return dict(zip(data.actors["actor"], data.actors["name"], strict=True))


def _titles(data: stances.Dataset) -> dict[str, str]:
    return dict(zip(data.events["event_id"], data.events["title"], strict=True))


def _row_texts(page: Page, table: int = 0) -> list[str]:
    """Each text of one of the tables whose rows open."""
    rows = page.locator("table.rows").nth(table)
    return [str(text) for text in rows.evaluate(TEXTS)]


def _assert_whole(page: Page, data: stances.Dataset, page_errors: list[str]) -> None:
    """Nothing runs or fails in a page, what it folds away included."""
    for summary in page.locator("[data-testid='stMain'] summary").all():
        summary.press("Enter")
    settle(page)
    _assert_nothing_ran(page)
    assert page.title().endswith(data.about.title)
    assert page.locator("[data-testid='stException']").count() == 0
    assert page_errors == []


# The others are looked at for their texts too.
@pytest.mark.parametrize("name", ["trends-small", "members", "events"])
def test_no_page_runs_or_formats_what_the_data_says(
    page: Page, hostile: Server, data: stances.Dataset, page_errors: list[str], name: str
) -> None:
    open_view(page, hostile, VIEWS[name], has_map=False)
    page.locator("h1.headline").wait_for()
    _assert_whole(page, data, page_errors)
    hostile.check()


def test_the_map_page_shows_the_texts_as_they_are(
    page: Page, hostile: Server, data: stances.Dataset, page_errors: list[str]
) -> None:
    open_view(page, hostile, VIEWS["map"])
    name, title = _names(data)["ARC"], _titles(data)[ORDER]
    assert data.codebook.subject in headline(page)
    roads = data.codebook.domain_label("roads")
    assert roads[1:] in subtitle(page)
    for label in data.codebook.scale.labels.values():
        assert label in page.locator(".legend").inner_text()
    assert shown_actor(page) == name
    panel = page.locator(".st-key-panel").inner_text()
    for words in (title, data.sources["publisher"][0], data.codebook.instruments["order"].label):
        assert words in panel
    cards = page.locator(".st-key-cards").inner_text()
    assert name in cards
    assert data.acts.loc[data.acts["event_id"] == ORDER, "name"].iloc[0] in cards
    assert data.about.featured[1] in cards
    page.locator(".st-key-map .scattergeo path.point").first.hover(force=True)
    lines = hover_lines(page)
    assert lines[0] == data.actors.set_index("actor")["short_name"]["ARC"]
    assert set(_names(data).values()) - {_names(data)["ACME"]} <= set(_row_texts(page))
    _assert_whole(page, data, page_errors)


def test_the_trends_page_shows_the_texts_as_they_are(
    page: Page, hostile: Server, data: stances.Dataset, page_errors: list[str]
) -> None:
    open_view(page, hostile, VIEWS["trends"], has_map=False)
    names, titles = _names(data), _titles(data)
    assert names["ARC"] in page.locator(".st-key-trend .annotation-text").all_text_contents()
    assert names["BOR"] in alt_of(page, "trend")
    axis = page.locator(".st-key-trend .ytick").all_text_contents()
    assert axis[0].endswith(data.codebook.scale.labels[-2])
    page.locator(".st-key-trend .points path.point").first.hover(force=True)
    label = page.locator(".st-key-trend .hoverlayer .hovertext .line")
    label.first.wait_for(state="attached")
    assert set(label.all_text_contents()) & set(titles.values())
    page.get_by_text("All marked events by number").click()
    page.locator(".landmarks li").first.wait_for()
    assert titles[REPEAL] in page.locator(".landmarks").inner_text()
    short = data.actors.set_index("actor")["short_name"]["ARC"]
    text = {titles[REPEAL], short, data.codebook.domain_label("roads")}
    assert text <= set(_row_texts(page))
    _assert_whole(page, data, page_errors)


def test_the_page_of_an_actor_shows_the_texts_as_they_are(
    page: Page, hostile: Server, data: stances.Dataset, page_errors: list[str]
) -> None:
    open_view(page, hostile, VIEWS["actor"], has_map=False)
    assert headline(page).startswith(_names(data)["ARC"])
    body = page.locator("[data-testid='stMain']").inner_text()
    event = data.events.set_index("event_id").loc["ARC-20200410-minister-worried"]
    for words in (event["title"], event["summary"], event["speaker"], event["note"]):
        assert words in body
    assert event["title"] in _row_texts(page, 1)
    page.locator(".st-key-actor-timeline .scatterlayer .point").first.hover(force=True)
    label = page.locator(".st-key-actor-timeline .hoverlayer .hovertext .line")
    label.first.wait_for(state="attached")
    assert label.first.text_content() in _titles(data).values()
    # Plotly knows few characters by name, and leaves the others as they are written.
    assert not [line for line in label.all_text_contents() if re.search(r"&\w*#?\w+;", line)]
    _assert_whole(page, data, page_errors)


def test_comparisons_show_the_texts_as_they_are(
    page: Page, hostile: Server, data: stances.Dataset, page_errors: list[str]
) -> None:
    names = _names(data)
    open_view(page, hostile, VIEWS["compare-dates"], has_map=False)
    assert page.get_by_text(data.about.comparisons[0].label).count() == 1
    assert names["BOR"] in page.locator("h2.actor").all_inner_texts()
    _assert_whole(page, data, page_errors)
    open_view(page, hostile, VIEWS["compare-actors"], has_map=False)
    assert headline(page).startswith(f"{names['ARC']} is stricter than {names['BOR']}")
    assert {names["ARC"], names["BOR"]} <= set(_row_texts(page))
    _assert_whole(page, data, page_errors)
    open_view(page, hostile, VIEWS["compare-distances"], has_map=False)
    assert names["BOR"] in headline(page)
    _assert_whole(page, data, page_errors)


def test_the_page_of_acts_shows_the_texts_as_they_are(
    page: Page, hostile: Server, data: stances.Dataset, page_errors: list[str]
) -> None:
    open_view(page, hostile, VIEWS["acts"], has_map=False)
    article = page.locator(".st-key-event article")
    act = data.acts.set_index("act_id").loc["BOR-school-permit"]
    assert article.locator("h2").inner_text() == act["obligation"]
    for words in (act["name"], act["deadline_what"], act["note"]):
        assert words in article.inner_text()
    assert set(data.acts["name"]) <= set(_row_texts(page))
    page.locator(".st-key-deadlines .scatterlayer .point").first.hover(force=True)
    label = page.locator(".st-key-deadlines .hoverlayer .hovertext .line")
    label.first.wait_for(state="attached")
    assert set(label.all_text_contents()) & set(data.acts["name"])
    _assert_whole(page, data, page_errors)


def test_the_page_of_events_shows_the_texts_as_they_are(
    page: Page, hostile: Server, data: stances.Dataset, page_errors: list[str]
) -> None:
    open_view(page, hostile, VIEWS["event"], has_map=False)
    article = page.locator(".st-key-event article")
    event = data.events.set_index("event_id").loc[REPEAL]
    assert article.locator("h2").inner_text() == event["title"]
    for words in (event["summary"], event["speaker"], event["note"]):
        assert words in article.inner_text()
    sources = data.sources.set_index("source_id").loc[event["source_ids"].split(";")]
    links = article.locator(".sourcelist li > span > a, .sourcelist li > a")
    for source in sources.itertuples(index=False):
        assert source.title in article.inner_text()
        address = source.url.replace("<", "%3C").replace(">", "%3E")
        assert address in links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    whys = data.codings.loc[data.codings["event_id"] == REPEAL, "why"]
    assert all(why in article.inner_text() for why in whys)
    cells = _row_texts(page)
    assert set(_titles(data).values()) <= set(cells)
    _assert_whole(page, data, page_errors)


def test_the_page_of_data_shows_the_texts_as_they_are(
    page: Page, hostile: Server, data: stances.Dataset, page_errors: list[str]
) -> None:
    open_view(page, hostile, VIEWS["data"], has_map=False)
    shown = []
    for tab in page.get_by_role("tab").all():
        tab.click()
        settle(page)
        _assert_whole(page, data, page_errors)
        shown.append(page.locator("[data-testid='stMain']").inner_text())
    whole = "\n".join(shown)
    meanings = [data.codebook.domain_label("roads"), data.codebook.scale.labels[-2]]
    licence = data.about.licence
    assert licence is not None
    for words in (*meanings, licence.name, data.about.authors[1], data.about.codings):
        assert words in whole
    assert "Written by <script>window.hit=1</script> and **b**." in whole


@pytest.mark.parametrize("path", ["", "trends", "events"])
def test_a_link_preview_shows_the_texts_as_they_are(
    hostile: Server, data: stances.Dataset, path: str
) -> None:
    with urllib.request.urlopen(f"{hostile.url}{path}") as answer:
        html = answer.read().decode()
    head = _Head(html)
    assert head.title.endswith(data.about.title)
    assert head.metas["og:title"] == head.title
    assert head.metas["og:description"] == unescape(finding_of(html))
    about = REGISTER[path].about
    assert head.metas["description"] == f"{about} {data.about.description}"
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{hostile.url}no/such")
    # A page that says something has the script that makes it live, and where it draws a chart the
    # code of charts; no text of the data is in them.
    own = 2 if path in ("", "trends") else 1
    assert _Head(missing.value.read().decode()).scripts == head.scripts - own
