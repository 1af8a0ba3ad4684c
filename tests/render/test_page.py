"""The words of a page before any script: those of the dashboard, escaped, with links on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

import stances
from stances.answers.cards import card_of
from stances.answers.events import WEAK
from stances.answers.firm import mark_legend
from stances.answers.introduction import data_to
from stances.dataset.files import DATA_VARIABLE
from stances.links.parameters import PARAMETERS, SECTIONS, who_name
from stances.links.register import PAGES
from stances.links.view import view_at
from stances.links.watch import CALENDAR, FEED, LETTER
from stances.markup.event import event_row
from stances.render.page import page_html
from tests.depth import each
from tests.folders import HOSTILE, SIX, TODAY, load, up_to_today
from tests.ui.pages import headline, lead, notices, open_page, plain

DAY = "2020-04-10"
# Elements that a text would have to make to do anything.
ACTIVE = {"script", "img", "iframe", "object", "embed", "link", "meta", "base"}
# Those by which a page asks for another view.
FORM = {"form", "input", "select"}


def markup_of(data: stances.Dataset, page: str, /, **query: str) -> str:
    """The markup of a page at an address (`from_` stands for `from`)."""
    settings = {name.rstrip("_"): value for name, value in query.items()}
    return page_html(view_at(data, page, settings))


def finding(html: str) -> str:
    """Return the headline of the page."""
    [line] = re.findall(r'<h1 class="headline"[^>]*>(.*?)</h1>', html)
    return plain(line)


def _subtitles(html: str) -> list[str]:
    """Return what the page shows, in the lines under what it finds."""
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
    return (text["href"] for tag, text in _Read(html).elements if tag == "a")


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
    app = open_page(page or "map", **query)
    html = markup_of(up_to_today(SIX), page, **query)
    assert finding(html) == headline(app)
    assert _subtitles(html) == _subtitles(lead(app))
    text = re.findall(r'<p class="notice" role="alert">(.*?)</p>', html)
    assert [plain(line) for line in text] == notices(app)


def test_each_card_has_its_words(six: stances.Dataset) -> None:
    view = view_at(six, "", {"as_of": DAY})
    cards = re.findall(r'<li class="card">(.*?)</li>', page_html(view))
    assert len(cards) == len(six.about.featured) > 0
    for code, card in zip(six.about.featured, cards, strict=True):
        text = card_of(view.tracker, code, view.day, view.domain)
        for words in (text.label, text.beside, text.binds, text.last, text.year):
            assert words in plain(card)
        name = who_name(view.tracker, code)
        assert plain(re.findall("<h2>(.*?)</h2>", card)[0]) == name
        [line] = re.findall(r'role="img" aria-label="(.*?)"', card)
        assert re.fullmatch(rf"{name}, last three years: (from .+ to .+|.+ at both ends)", line)
        assert re.search(rf"(?:to )?{re.escape(text.label)}(?: at both ends)?$", line)


@pytest.mark.parametrize("page", PAGES)
def test_it_names_the_tracker_and_the_age_of_the_data_and_leads_to_every_page(
    six: stances.Dataset, page: str
) -> None:
    html = markup_of(six, page, as_of=DAY, domain="schools")
    assert six.about.title in plain(html)
    assert data_to(six) in plain(html)
    addresses = [urlsplit(link) for link in links(html)]
    for other in PAGES:
        [query, *_] = [address.query for address in addresses if address.path == (other or "./")]
        written = dict(parse_qsl(query))
        assert written | {"as_of": DAY, "domain": "schools"} == written
    taken = html.partition('<details class="share">')[2].partition("</details>")[0]
    files = {address.path for address in map(urlsplit, links(taken))}
    files_named = {FEED, CALENDAR, f"{LETTER}.html", f"{LETTER}.txt"}
    assert {f"citations/{page or 'map'}.txt", *files_named, page or "./", "data"} == files


@pytest.mark.parametrize("page", PAGES)
def test_what_is_taken_along_says_nothing_of_how_it_is_drawn(
    six: stances.Dataset, page: str
) -> None:
    html = markup_of(six, page, live="0")
    taken = html.partition('<details class="share">')[2].partition("</details>")[0]
    [shared] = re.findall(r'href="([^"]*)"[^>]*>Copy the link<', taken)
    assert "live=0" in html
    assert "live" not in shared


@pytest.mark.parametrize("page", PAGES)
def test_in_a_frame_there_is_only_what_a_frame_shows(six: stances.Dataset, page: str) -> None:
    html = markup_of(six, page, embed="true")
    assert "<nav" not in html
    assert "<footer" not in html
    assert "Open the full view" in html


@pytest.mark.parametrize("page", PAGES)
def test_no_text_of_the_data_is_more_than_a_text(page: str) -> None:
    data = load(HOSTILE, today=TODAY)
    sections = ({"section": code} for code in SECTIONS if page == "data")
    for query in ({}, {"actor": str(data.actors["actor"].iloc[0]), "q": "<b>x</b>"}, *sections):
        elements = _Read(markup_of(data, page, **query)).elements
        assert not [tag for tag, _ in elements if tag in ACTIVE]
        forms = [(tag, text.get("name")) for tag, text in elements if tag in FORM]
        assert all(name in PARAMETERS for tag, name in forms if tag in ("input", "select"))
        assert [tag for tag, _ in forms].count("form") == 1
        actions = [text["action"] for tag, text in elements if tag == "form"]
        assert actions == [page or "./"]
        names = {name for _, text in elements for name in text}
        assert not [name for name in names if name.startswith("on")]
        # A report is a mail to nobody: the text of the data is what it says.
        links = [text["href"] for tag, text in elements if tag == "a"]
        addresses = [to for to in links if not to.startswith("mailto:?subject=")]
        assert not [to for to in addresses if urlsplit(to).scheme not in ("", "http", "https")]


@pytest.mark.parametrize("page", PAGES)
def test_no_element_has_the_name_of_another(six: stances.Dataset, page: str) -> None:
    ids = [text["id"] for _, text in _Read(markup_of(six, page)).elements if "id" in text]
    assert len(ids) == len(set(ids))


def test_what_stands_below_a_table_says_how_much_of_all_it_shows(
    six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "by country and name." in markup_of(six, "acts", status="all")
    monkeypatch.setattr("stances.render.table._MOST", 2)
    html = markup_of(six, "events", page="2")
    assert "Events 3 to 4 of 6, newest first." in plain(html)
    assert len(re.findall("<tr>", html)) == 1 + 2
    assert re.findall(">((?:Previous|Next) [0-9]+)<", html) == ["Previous 2", "Next 2"]


def test_beside_its_table_stands_what_is_open_and_its_row_is_marked(six: stances.Dataset) -> None:
    opened = six.events["event_id"].iloc[0]
    html = markup_of(six, "events", event=opened)
    [marked] = re.findall(r'<tr class="shown">.*?</tr>', html)
    assert f"event={opened}" in marked
    apart = "Not among the events found."
    assert apart not in plain(html)
    assert apart in plain(markup_of(six, "events", event=opened, from_=str(TODAY)))


def test_a_mark_of_weak_sources_is_explained_where_it_stands(six: stances.Dataset) -> None:
    tracker = view_at(six, "events", {}).tracker
    legend = mark_legend(tracker, tracker.sources)
    assert legend
    for event in tracker.sources:
        html = plain(markup_of(six, "events", q=event_row(tracker, event).title))
        assert (legend in html) == (WEAK in html.replace(legend, ""))
        assert legend in html or event not in tracker.weakly_sourced


@pytest.mark.parametrize(
    ("query", "happened", "feed"),
    [
        ({}, "from=2020-04-09&to=2020-06-01", "feed.atom"),
        ({"among": "BOR"}, "from=2020-04-09&to=2020-06-01&actor=BOR", "feed/BOR.atom"),
        (
            {"among": "Pact", "domain": "roads", "only": "acts", "ledger": "effect"},
            "from=2020-04-09&to=2020-06-01&group=Pact&domain=roads&only=acts&order=effect",
            "feed.atom?group=Pact&amp;domain=roads",
        ),
    ],
)
def test_files_of_two_days_are_of_what_is_shown(
    six: stances.Dataset, query: dict[str, str], happened: str, feed: str
) -> None:
    html = markup_of(six, "compare", start="2020-04-10", as_of="2020-06-01", **query)
    assert f'href="happened.csv?{happened.replace("&", "&amp;")}"' in html
    assert "What happened from 10 April 2020 to 1 June 2020: " in html
    assert f'href="{feed}"' in html
    # Elsewhere it is the year before.
    other = markup_of(six, "compare", compare="actors", as_of="2020-06-01", **query)
    assert "What happened in the year before: " in other
    assert 'href="happened.csv?from=2019-06-01&amp;to=2020-06-01' in other
