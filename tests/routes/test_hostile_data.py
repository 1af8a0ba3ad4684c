"""Hostile texts (tests/data/hostile) in what scripts, feed readers and spreadsheets get."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

import feedparser
import pandas as pd
import pytest
from starlette.testclient import TestClient

from stances import Dataset
from stances.answers.files import table_csv
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.schema import TABLE_NAMES
from tests.folders import HOSTILE, TODAY, load
from tests.routes.conftest import client_of

ATOM = "{http://www.w3.org/2005/Atom}"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
HAPPENED = "from=2019-12-31&to=2020-12-31"
ADDRESSES = (
    "/snapshots/latest.json", "/series.json", "/events.json", f"/happened.json?{HAPPENED}",
    "/acts.json", "/changes.json?since=2020-01-01", "/openapi.json", "/healthz",
)  # fmt: skip


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client over hostile data."""
    monkeypatch.setenv(DATA_VARIABLE, str(HOSTILE))
    with client_of(HOSTILE) as made:
        yield made


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load(HOSTILE, today=TODAY)


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def _assert_no_formulas(content: bytes, figures: set[str]) -> None:
    header, *rows = _rows(content)
    assert rows
    for row in rows:
        assert len(row) == len(header)
        cells = dict(zip(header, row, strict=True))
        assert not [
            cell for name, cell in cells.items() if name not in figures and cell[:1] in FORMULAS
        ]


@pytest.mark.parametrize("address", ["/snapshots/2020-07-01.csv", "/series.csv"])
def test_a_csv_has_no_formula(client: TestClient, data: Dataset, address: str) -> None:
    content = client.get(address).content
    _assert_no_formulas(
        content, {"stance", "low", "high", "evidence", "events", "certainty", "act_level"}
    )
    names = set(pd.read_csv(io.BytesIO(content))["name"])
    assert names == {
        f"'{name}" if name.startswith(FORMULAS) else name
        for name in data.actors["name"][data.actors["kind"] == "state"]
    }
    assert any(name.startswith("'=HYPERLINK(") for name in names)


def test_a_ledger_for_a_spreadsheet_has_no_formula(client: TestClient, data: Dataset) -> None:
    content = client.get(f"/happened.csv?{HAPPENED}").content
    _assert_no_formulas(content, {"stance_before", "stance_after", "shared_with"})
    text = client.get(f"/happened.json?{HAPPENED}").json()["deeds"]
    titles = data.events.set_index("event_id")["title"]
    assert [row["title"] for row in text] == [titles[row["event_id"]] for row in text]


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_a_table_for_a_spreadsheet_has_no_formula(data: Dataset, name: str) -> None:
    _assert_no_formulas(table_csv(data, name), {"score", "lon", "lat"})


@pytest.mark.parametrize("address", ADDRESSES)
def test_json_is_json_to_every_browser(client: TestClient, address: str) -> None:
    result = client.get(address)
    assert result.headers["content-type"] == "application/json"
    assert result.headers["x-content-type-options"] == "nosniff"
    assert json.loads(result.content)


def test_events_have_the_texts_as_they_are(client: TestClient, data: Dataset) -> None:
    result = {event["event_id"]: event for event in client.get("/events.json").json()["events"]}
    for row in data.events.itertuples(index=False):
        text = result[row.event_id]
        assert (text["title"], text["summary"], text["speaker"], text["note"]) == (
            row.title, row.summary, row.speaker, row.note,
        )  # fmt: skip
    urls = {source["url"] for event in result.values() for source in event["sources"]}
    assert urls == set(data.event_sources["url"])


def test_acts_have_the_texts_as_they_are_and_their_csv_no_formula(
    client: TestClient, data: Dataset
) -> None:
    result = {act["act_id"]: act for act in client.get("/acts.json").json()["acts"]}
    for row in data.acts.itertuples(index=False):
        text = result[row.act_id]
        assert (text["name"], text["obligation"], text["note"]) == (
            row.name, row.obligation, row.note or None,
        )  # fmt: skip
    content = client.get("/acts.csv").content
    _assert_no_formulas(content, set())
    assert any(cell.startswith("'=HYPERLINK(") for row in _rows(content) for cell in row)


@pytest.mark.parametrize("address", ["/feed.atom", "/feed/ARC.atom"])
def test_feeds_end_titles_with_those_of_events(
    client: TestClient, data: Dataset, address: str
) -> None:
    feed = Xml.fromstring(client.get(address).content)
    titles = [entry.findtext(f"{ATOM}title", "") for entry in feed.iter(f"{ATOM}entry")]
    assert len(titles) >= 3
    assert all(any(text.endswith(title) for title in data.events["title"]) for text in titles)


@pytest.mark.parametrize(
    "address", ["/feed.atom", "/feed/ARC.atom", "/changes.atom?since=2020-01-01"]
)
def test_feeds_have_plain_texts(client: TestClient, data: Dataset, address: str) -> None:
    content = client.get(address).content
    feed = Xml.fromstring(content)
    assert feed.findtext(f"{ATOM}title", "").startswith(data.about.title)
    assert len([*feed.iter(f"{ATOM}entry")]) >= 3
    # A text without a type is plain (RFC 4287), so no reader takes it for markup.
    assert not [element for element in feed.iter() if "type" in element.attrib]
    assert {e.tag for e in feed.iter()} <= {
        f"{ATOM}{tag}"
        for tag in (
            "feed", "id", "title", "subtitle", "updated", "link", "author", "name", "rights",
            "entry", "published", "summary", "category",
        )
    }  # fmt: skip
    assert not feedparser.parse(content).bozo


def test_headers_hold_what_the_data_says(client: TestClient) -> None:
    result = client.get("/snapshots/latest.csv?actor=ARC&domain=roads")
    assert result.status_code == 200
    for link in result.headers["link"].split(", <"):
        address, _, relation = link.strip("<").partition(">")
        assert relation.startswith('; rel="')
        assert not set(address) & set('<>" ')
        assert address.isascii()
    refused = client.get('/snapshots/latest.csv?actor="><script>')
    assert refused.status_code == 404
    assert refused.headers["content-type"] == "application/problem+json"
