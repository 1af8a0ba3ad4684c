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
from tests.browser.controls import alt_of
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


def _texts(data: stances.Dataset, name: str) -> set[str]:
    """The texts of the data that a view has among others."""
    titles, names, roads = _titles(data), _names(data), data.codebook.domain_label("roads")
    short = data.actors.set_index("actor")["short_name"]
    events = data.events.set_index("event_id")
    acts, sources = data.acts.set_index("act_id"), data.sources.set_index("source_id")
    repeal, permit = events.loc[REPEAL], acts.loc["BOR-school-permit"]
    event_texts = ["title", "summary", "speaker", "note"]
    licence = data.about.licence
    assert licence is not None
    return {
        "map": {
            data.codebook.subject, roads[1:], *data.codebook.scale.labels.values(), names["ARC"],
            titles[ORDER], sources["publisher"].iloc[0], data.codebook.instruments["order"].label,
            data.acts.loc[data.acts["event_id"] == ORDER, "name"].iloc[0], data.about.featured[1],
        },
        "trends": {names["ARC"], titles[REPEAL], short["ARC"], roads},
        "actor": {names["ARC"], *events.loc["ARC-20200410-minister-worried", event_texts]},
        "compare-dates": {data.about.comparisons[0].label, names["BOR"]},
        "compare-actors": {f"{names['ARC']} is stricter than {names['BOR']}"},
        "compare-distances": {names["BOR"]},
        "acts": {*permit[["obligation", "name", "deadline_what", "note"]]},
        "event": {
            *repeal[event_texts], *sources.loc[repeal["source_ids"].split(";"), "title"],
            *data.codings.loc[data.codings["event_id"] == REPEAL, "why"],
        },
        "data": {
            roads, data.codebook.scale.labels[-2], licence.name, data.about.authors[1],
            data.about.codings, "Written by <script>window.hit=1</script> and **b**.",
        },
    }.get(name, set())  # fmt: skip


def _cells(data: stances.Dataset, name: str) -> set[str]:
    """The texts of the data that are cells of the tables of a view, by themselves."""
    names, titles = _names(data), _titles(data)
    return {
        "map": {*names.values()} - {names["ACME"]},
        "trends": {titles[REPEAL]},
        "actor": {titles["ARC-20200410-minister-worried"]},
        "compare-actors": {names["ARC"], names["BOR"]},
        "acts": {*data.acts["name"]},
        "event": {*titles.values()},
    }.get(name, set())


# What is pointed at, and the labels that come of it.
HOVERED = {
    "map": (".st-key-map .scattergeo path.point", ".st-key-map .hoverlayer .hovertext .line"),
    "trends": (
        ".st-key-trend .points path.point", ".st-key-trend .hoverlayer .hovertext .line",
    ),
    "actor": (
        ".st-key-actor-timeline .scatterlayer .point",
        ".st-key-actor-timeline .hoverlayer .hovertext .line",
    ),
    "acts": (
        ".st-key-deadlines .scatterlayer .point",
        ".st-key-deadlines .hoverlayer .hovertext .line",
    ),
}  # fmt: skip


def _assert_labels_have_the_texts(page: Page, data: stances.Dataset, name: str) -> None:
    """A label has a text of the data as it is, and nothing by its name in HTML."""
    point, line = HOVERED[name]
    page.locator(point).first.hover(force=True)
    label = page.locator(line)
    label.first.wait_for(state="attached")
    lines = label.all_text_contents()
    texts = {*data.events["title"], *data.acts["name"], *data.actors["short_name"]}
    assert set(lines) & texts
    # Plotly knows few characters by name, and leaves the others as they are written.
    assert not [line for line in lines if re.search(r"&\w*#?\w+;", line)]


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_shows_the_texts_as_they_are_and_runs_none(
    page: Page, hostile: Server, data: stances.Dataset, page_errors: list[str], name: str
) -> None:
    open_view(page, hostile, VIEWS[name], has_map=name == "map")
    page.locator("h1.headline").wait_for()
    # Which sections has the page of data alone.
    tabs, texts, cells = page.get_by_role("tab").all() if name == "data" else [None], "", set()
    for tab in tabs:
        if tab:
            tab.click()
            settle(page)
        _assert_whole(page, data, page_errors)
        texts += page.locator("[data-testid='stMain']").inner_text()
        values = page.locator("[data-testid='stMain'] input").evaluate_all(
            "all => all.map(input => input.value)"
        )
        texts += "\n".join(values)
        for table in range(page.locator("table.rows").count()):
            cells |= {*_row_texts(page, table)}
    assert [text for text in _texts(data, name) if text not in texts] == []
    assert _cells(data, name) <= cells
    if name in HOVERED:
        _assert_labels_have_the_texts(page, data, name)
    hostile.check()


def test_what_is_drawn_and_linked_has_the_texts_as_they_are(
    page: Page, hostile: Server, data: stances.Dataset
) -> None:
    names = _names(data)
    open_view(page, hostile, VIEWS["trends"], has_map=False)
    assert names["ARC"] in page.locator(".st-key-trend .annotation-text").all_text_contents()
    assert names["BOR"] in alt_of(page, "trend")
    axis = page.locator(".st-key-trend .ytick").all_text_contents()
    assert axis[0].endswith(data.codebook.scale.labels[-2])
    open_view(page, hostile, VIEWS["event"], has_map=False)
    links = page.locator(".st-key-event article .sourcelist a")
    addresses = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    sources = data.sources.set_index("source_id")["url"]
    repeal = data.events.set_index("event_id").loc[REPEAL]
    for url in sources[repeal["source_ids"].split(";")]:
        assert url.replace("<", "%3C").replace(">", "%3E") in addresses


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
