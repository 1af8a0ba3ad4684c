"""What a page says before any script: the same as the dashboard, escaped, with ways on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

import stances
from stances.answers.cards import card_of
from stances.answers.events import WEAK, weak_legend
from stances.answers.introduction import data_to
from stances.answers.views import PAGES
from stances.dataset.files import DATA_VARIABLE
from stances.markup.event import event_row
from stances.markup.grid import ACTS, EVENTS, Grid
from stances.parameters import SECTIONS
from stances.plain.page import page_html
from stances.plain.view import view_at
from tests.depth import each
from tests.folders import HOSTILE, SIX, TODAY, load, up_to_today
from tests.ui.pages import headline, lead, notices, opened, plain

DAY = "2020-04-10"
# Elements that a text would have to make to do anything.
ACTIVE = {"script", "img", "iframe", "object", "embed", "form", "link", "meta", "base", "input"}


def said(data: stances.Dataset, page: str, **query: str) -> str:
    """The markup of a page at an address (`from_` stands for `from`)."""
    given = {name.rstrip("_"): value for name, value in query.items()}
    return page_html(view_at(data, page, given))


def found(html: str) -> str:
    """What the page finds."""
    [line] = re.findall(r'<h1 class="headline">(.*?)</h1>', html)
    return plain(line)


def _shown(html: str) -> list[str]:
    """What the page shows, in the lines under what it finds."""
    return [plain(line) for line in re.findall(r'<p class="subtitle"[^>]*>(.*?)</p>', html)]


class _Read(HTMLParser):
    """The elements of markup with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


def links(html: str) -> Iterator[str]:
    """The addresses of all links."""
    return (told["href"] for tag, told in _Read(html).elements if tag == "a")


ADDRESSES = [
    ("", {}),
    ("", {"as_of": DAY, "domain": "roads", "actor": "BOR"}),
    ("", {"as_of": "tomorrow", "domain": "moon", "basis": "acts"}),
    ("", {"settings": "roads:3", "actor": "Pact"}),
    ("trends", {}),
    ("trends", {"actors": "BOR,ATLANTIS", "from_": "2021-01-01"}),
    ("members", {"group": "Pact", "domain": "roads"}),
    ("actor", {"actor": "BOR"}),
    ("actor", {"actor": "Pact", "event": "none"}),
    ("acts", {"q": "road", "status": "all"}),
    ("acts", {"q": "nothing has these words"}),
    ("compare", {"then": "2020-05-01"}),
    ("compare", {"compare": "actors"}),
    ("compare", {"compare": "distances"}),
    ("events", {"who": "BOR", "sort": "oldest"}),
    ("events", {"from_": "2021-01-01"}),
    ("data", {"as_of": DAY}),
    *(("data", {"section": code}) for code in SECTIONS),
    ("data", {"section": "sensitivity", "settings": "act:8"}),
]


@each(("page", "query"), ADDRESSES, usual=8)
def test_it_says_what_the_dashboard_says(
    page: str, query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(SIX))
    query = {"as_of": DAY} | query
    app = opened(page or "map", **query)
    html = said(up_to_today(SIX), page, **query)
    assert found(html) == headline(app)
    assert _shown(html) == _shown(lead(app))
    told = re.findall(r'<p class="notice" role="alert">(.*?)</p>', html)
    assert [plain(line) for line in told] == notices(app)


def test_each_card_has_its_words(six: stances.Dataset) -> None:
    view = view_at(six, "", {"as_of": DAY})
    cards = re.findall(r'<li class="card">(.*?)</li>', page_html(view))
    assert len(cards) == len(six.about.featured) > 0
    for code, card in zip(six.about.featured, cards, strict=True):
        told = card_of(view.tracker, code, view.day, view.domain)
        for words in (told.label, told.figure, told.binds, told.last, told.year):
            assert words in plain(card)


@pytest.mark.parametrize("page", PAGES)
def test_it_names_the_tracker_and_the_age_of_the_data_and_leads_to_every_page(
    six: stances.Dataset, page: str
) -> None:
    html = said(six, page, as_of=DAY, domain="roads")
    assert six.about.title in plain(html)
    assert data_to(six) in plain(html)
    ways = [urlsplit(link) for link in links(html)]
    for other in PAGES:
        [query, *_] = [way.query for way in ways if way.path == (other or "./")]
        assert dict(parse_qsl(query)) | {"as_of": DAY, "domain": "roads"} == dict(parse_qsl(query))


@pytest.mark.parametrize("page", PAGES)
def test_in_a_frame_there_is_only_what_a_frame_shows(six: stances.Dataset, page: str) -> None:
    html = said(six, page, embed="true")
    assert "<nav" not in html
    assert "<footer" not in html
    assert "Open the full view" in html


@each("page", PAGES, usual=2)
def test_no_text_of_the_data_is_more_than_a_text(page: str) -> None:
    data = load(HOSTILE, today=TODAY)
    sections = ({"section": code} for code in SECTIONS if page == "data")
    for query in ({}, {"actor": str(data.actors["actor"].iloc[0]), "q": "<b>x</b>"}, *sections):
        elements = _Read(said(data, page, **query)).elements
        assert not [tag for tag, _ in elements if tag in ACTIVE]
        names = {name for _, told in elements for name in told}
        assert not [name for name in names if name.startswith("on")]
        addresses = [told["href"] for tag, told in elements if tag == "a"]
        assert not [to for to in addresses if urlsplit(to).scheme not in ("", "http", "https")]


@pytest.mark.parametrize("page", PAGES)
def test_no_element_has_the_name_of_another(six: stances.Dataset, page: str) -> None:
    ids = [told["id"] for _, told in _Read(said(six, page)).elements if "id" in told]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("page", "grid"), [("acts", ACTS), ("events", EVENTS)])
def test_a_table_has_the_columns_of_the_grid_that_takes_its_place(
    six: stances.Dataset, page: str, grid: Grid
) -> None:
    [table] = re.findall(r'<table class="figures grid".*?</table>', said(six, page, status="all"))
    # Over what needs no heading there is a cell.
    head = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", table.partition("</thead>")[0])
    assert head == list(grid.columns)[: len(head)]
    [columns] = re.findall(r"--columns:([^;]*);", table)
    widths = list(grid.columns.values())
    told = [int(px) if px else None for px in re.findall(r"minmax\((?:calc\()?(\d*)", columns)]
    assert told == widths[: len(told)]
    assert told[-1] == grid.columns[head[-1]]


def test_what_stands_below_a_table_says_how_much_of_all_it_shows(
    six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "by actor and name." in said(six, "acts", status="all")
    monkeypatch.setattr("stances.plain.events._MOST", 2)
    html = said(six, "events")
    assert plain(html).count("The first 2 of") == 1
    assert len(re.findall("<tr>", html)) == 1 + 2


def test_beside_its_table_stands_what_is_open_and_its_row_is_marked(six: stances.Dataset) -> None:
    opened = six.events["event_id"].iloc[0]
    html = said(six, "events", event=opened)
    [marked] = re.findall(r'<tr class="shown">.*?</tr>', html)
    assert f"event={opened}" in marked
    apart = "Not among the events found."
    assert apart not in plain(html)
    assert apart in plain(said(six, "events", event=opened, from_=str(TODAY)))


def test_a_mark_of_weak_sources_is_explained_where_it_stands(six: stances.Dataset) -> None:
    tracker = view_at(six, "events", {}).tracker
    legend = weak_legend(tracker.codebook)
    for event in tracker.sources:
        html = plain(said(six, "events", q=event_row(tracker, event).title))
        assert (legend in html) == (WEAK in html.replace(legend, ""))
        assert legend in html or event not in tracker.weakly_sourced
