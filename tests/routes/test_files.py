"""Feeds, calendar, tables, releases, pictures, levels, and what a site has beside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

import feedparser
import pandas as pd
import pytest
from starlette.testclient import TestClient

from stances.dataset.load import Dataset, load
from stances.links import view
from stances.pages.registry import CHARTS
from stances.render import page
from stances.routes.site import assets
from tests.conftest import ROOT, TODAY


def feed_of(client: TestClient, query: str = "") -> feedparser.FeedParserDict:
    answer = client.get(f"/feed.atom{query}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.fixture
def dated(folder: Path) -> Dataset:
    """The six events: one came in within a month, one on the sixtieth day, the others late."""
    file = folder / "events.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    days = {"ARC-20200101-roads-order": "2020-01-31", "BOR-20200511-teachers-doubt": "2020-07-10"}
    rows["added"] = rows["event_id"].map(days).fillna(rows["recorded"])
    rows.to_csv(file, index=False)
    correction = "- `ARC-20200101-roads-order`: score -1 to -2. Read again"
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## Next release\n\n{correction}\n")
    return load(folder, TODAY)


def test_news_came_in_within_sixty_days_and_are_dated_by_it(
    client_of: Callable[..., TestClient], dated: Dataset
) -> None:
    client = client_of(dated)
    feed = feed_of(client)
    assert feed.feed.title == dated.about.title
    assert [entry.link.rpartition("/")[2] for entry in feed.entries] == [
        "BOR-20200511-teachers-doubt",
        "ARC-20200101-roads-order",
    ]
    assert [entry.updated[:10] for entry in feed.entries] == ["2020-07-10", "2020-01-31"]
    assert feed.feed.updated == "2020-07-10T00:00:00Z"
    assert feed.entries[1].title.startswith("Republic of Arcadia, ")
    assert all(entry.id.startswith("urn:uuid:") for entry in feed.entries)


def test_what_came_in_late_or_was_corrected_is_told_apart_with_the_reason(
    client_of: Callable[..., TestClient], dated: Dataset
) -> None:
    client = client_of(dated)
    feed = feed_of(client, "?kind=corrections")
    assert feed.feed.title.endswith("corrections")
    told = {entry.link.rpartition("/")[2]: entry.summary for entry in feed.entries}
    assert len(told) == 6
    assert told["ARC-20200101-roads-order"].startswith("Corrected: score -1 to -2. Read again. ")
    assert told["BOR-20200601-ring-road-plan"].startswith("Added later. ")
    news = {entry.id for entry in feed_of(client).entries}
    assert not news & {entry.id for entry in feed.entries}


def test_a_feed_is_narrowed_and_says_to_what(
    client_of: Callable[..., TestClient], dated: Dataset
) -> None:
    client = client_of(dated)
    feed = feed_of(client, "?actor=BOR&domain=schools")
    assert len(feed.entries) == 1
    assert feed.feed.title.endswith("Kingdom of Boria, Schools")
    assert feed.feed.id != feed_of(client).feed.id
    # A group stands for its members.
    assert feed_of(client, "?actor=Pact").feed.title.endswith(": Pact members")


def test_a_release_of_old_events_is_no_news(real_client: TestClient, real: Dataset) -> None:
    feed = feed_of(real_client)
    for entry in feed.entries:
        age = date.fromisoformat(entry.updated[:10]) - date.fromisoformat(entry.published[:10])
        assert age.days <= 60, entry.link
    of_release = (real.events["added"] == "2026-12-02") & (real.events["date"] < "2026-10-03")
    links = {entry.link.rpartition("/")[2] for entry in feed.entries}
    assert of_release.sum() == 7 and not links & set(real.events.loc[of_release, "event_id"])
    assert feed_of(real_client, "?kind=corrections").entries


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/atom+xml, text/html;q=0.4", "application/atom+xml"),
        ("*/*", "application/atom+xml"),
    ],
)
def test_a_browser_gets_a_page_that_says_how_a_feed_is_followed(
    client_of: Callable[..., TestClient], dated: Dataset, accept: str, media: str
) -> None:
    answer = client_of(dated).get("/feed.atom?actor=ARC", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(media)
    assert "Accept," in answer.headers["vary"]
    assert "Arcadia bars Acme from its roads" in answer.text
    if media == "text/html":
        assert "This is a feed. Put its address into a feed reader" in answer.text
        assert 'href="http://testserver/feed.atom?actor=ARC"' in answer.text
        assert 'href="feed.atom?actor=ARC&amp;kind=corrections"' in answer.text
        assert "content-security-policy" in answer.headers


def test_texts_of_the_data_are_escaped_in_a_feed(client_of: Callable[..., TestClient]) -> None:
    hostile = load(ROOT / "tests" / "data" / "hostile", TODAY)
    client = client_of(hostile)
    assert feed_of(client, "?kind=corrections").entries
    text = client.get("/feed.atom?kind=corrections", headers={"Accept": "text/html"}).text
    assert "<script" not in text
    assert client.get("/deadlines.ics").status_code == 200
    Xml.fromstring(client.get("/sitemap.xml").content)


def test_the_calendar_has_the_dates_ahead(real_client: TestClient, real: Dataset) -> None:
    answer = real_client.get("/deadlines.ics?group=EU")
    assert answer.headers["content-type"].startswith("text/calendar")
    lines = answer.text.replace("\r\n ", "").split("\r\n")
    days = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    assert days
    assert min(days) >= f"{real.today:%Y%m%d}"
    assert days == sorted(days)
    names = [line for line in lines if line.startswith("UID:")]
    assert len(set(names)) == len(names) == len(days)
    assert all(line.startswith("URL:http://testserver/a/") for line in lines if "URL:" in line)


def test_tables_are_as_they_lie_alone_and_together(client: TestClient, six: Dataset) -> None:
    assert client.get("/tables/events.csv").content == six.files["events.csv"]
    packed = zipfile.ZipFile(io.BytesIO(client.get("/tables/all.zip").content))
    assert {"events.csv", "codebook.toml"} <= set(packed.namelist())
    assert packed.read("acts.csv") == six.files["acts.csv"]


def test_every_file_that_the_page_of_data_names_is_there(
    real_client: TestClient, real: Dataset
) -> None:
    text = page.html(view.read(real, "data", {}))
    named = {link.partition("?")[0] for link in re.findall(r'href="(tables/[^"]+)"', text)}
    assert {"tables/codebook.toml", "tables/FORMAT.md", "tables/all.zip"} <= named
    for name in named:
        assert real_client.get(f"/{name}").status_code == 200, name
    codebook = real_client.get("/tables/codebook.toml")
    assert codebook.headers["content-type"].startswith("text/plain")
    assert codebook.content == real.files["codebook.toml"]


def test_releases_are_listed_and_had_as_they_were_made(real_client: TestClient) -> None:
    told = real_client.get("/releases.json").json()
    newest = told["rows"][0]
    assert told["count"] == len(told["rows"]) > 1
    answer = real_client.get(f"/{newest['address']}")
    assert len(answer.content) == newest["size"]
    assert "max-age=31536000" in answer.headers["cache-control"]
    assert "events.csv" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


@pytest.mark.parametrize("name", list(CHARTS))
def test_every_chart_of_a_page_is_a_picture(real_client: TestClient, name: str) -> None:
    drawn = real_client.get(f"/pictures/{name}.svg?as_of=2024-05-01")
    assert drawn.headers["content-type"] == "image/svg+xml"
    root = Xml.fromstring(drawn.content)
    assert root.attrib["width"].startswith("1200")
    assert drawn.content != real_client.get(f"/pictures/{name}.svg?theme=dark").content
    painted = real_client.get(f"/pictures/{name}.png")
    assert painted.content.startswith(b"\x89PNG")


def test_levels_tell_where_everybody_stood_on_every_day(
    real_client: TestClient, real: Dataset
) -> None:
    answer = real_client.get("/levels/networks.json")
    told = answer.json()["actors"]
    assert sorted(told) == real.position_actors
    assert len(answer.content) < 700 * len(told)


def test_scripts_are_asked_for_anew_soon_and_fonts_are_kept(client: TestClient) -> None:
    assert {"page.js", "style.css", "map.js", "source-sans.woff2", "source-serif.woff2"} <= set(
        assets()
    )
    script, font = client.get("/assets/page.js"), client.get("/assets/source-sans.woff2")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "max-age=300" in script.headers["cache-control"]
    assert "max-age=31536000" in font.headers["cache-control"]
    assert len(font.content) < 60_000


def test_search_engines_find_every_page_and_rule(client: TestClient, six: Dataset) -> None:
    root = Xml.fromstring(client.get("/sitemap.xml").content)
    places = [entry[0].text or "" for entry in root]
    assert "http://testserver/trends" in places
    assert "http://testserver/actor?actor=BOR" in places
    # A group stands under Groups; what leads is named without a query.
    assert not [place for place in places if "actor=Pact" in place]
    assert len(places) == len(set(places)) and "http://testserver/members" in places
    assert len([place for place in places if "/a/" in place]) == len(six.acts)
    assert "Disallow: /*embed=" in client.get("/robots.txt").text
    assert "addEventListener" in client.get("/embed.js").text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("FORMAT.md", "<td><code>event_id</code></td><td>text</td><td>yes</td>"),
        ("codebook.toml", "<td>networks</td><td>Telecom networks</td><td>4.0</td>"),
    ],
)
def test_what_describes_the_tables_is_a_page_to_a_browser(
    real_client: TestClient, real: Dataset, name: str, said: str
) -> None:
    browser = {"Accept": "text/html,*/*"}
    address = f"/tables/{name}"
    shown = real_client.get(address, headers=browser)
    assert shown.headers["content-type"].startswith("text/html")
    assert said in shown.text and 'aria-label="Pages"' in shown.text
    assert "Accept" in shown.headers["vary"]
    for raw in (real_client.get(address), real_client.get(f"{address}?raw=true", headers=browser)):
        assert raw.content == real.files[name]
        assert "Accept" in raw.headers["vary"]
