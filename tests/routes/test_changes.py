"""The news over HTTP: as JSON and as a feed, narrowed, with addresses that are there."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as Xml

import feedparser
import pytest
from starlette.testclient import TestClient

from stances.answers.news import NEWS_KINDS
from stances.answers.tracker import Tracker

ATOM = "{http://www.w3.org/2005/Atom}"
EVER = "since=2019-01-01"


def _ids(client: TestClient, query: str = EVER) -> list[str]:
    answer = client.get(f"/changes.json?{query}").json()
    assert answer["count"] == len(answer["changes"])
    return [change["id"] for change in answer["changes"]]


def test_the_news_are_narrowed_as_other_answers_are(client_six: TestClient) -> None:
    every = _ids(client_six)
    assert len(set(every)) == len(every)
    assert {name.split("-")[0] for name in _ids(client_six, f"{EVER}&actor=BOR")} == {
        "event/BOR", "due/BOR", "passed/BOR",
    }  # fmt: skip
    assert _ids(client_six, f"{EVER}&actor=Pact") == [n for n in every if "/ARC" not in n]
    assert _ids(client_six, f"{EVER}&kind=practice") == ["practice/ARC-roads-order"]
    # A list that names nothing narrows nothing.
    assert _ids(client_six, f"{EVER}&kind=") == _ids(client_six, f"{EVER}&kind=,") == every
    kinds = [_ids(client_six, f"{EVER}&kind={kind}") for kind in NEWS_KINDS]
    assert sorted(name for names in kinds for name in names) == sorted(every)
    assert [n for n in every if n.startswith("event/BOR")] == [
        *_ids(client_six, f"{EVER}&domain=roads&actor=BOR"),
        *(n for n in _ids(client_six, f"{EVER}&domain=schools") if n.startswith("event/")),
    ]


def test_what_is_told_leads_to_its_page_and_its_source(
    client_six: TestClient, tracker_six: Tracker
) -> None:
    for change in client_six.get(f"/changes.json?{EVER}").json()["changes"]:
        page = urlsplit(change["link"])
        [(name, [value])] = parse_qs(page.query).items()
        known = {"event": tracker_six.titles, "act": tracker_six.acts}[name]
        assert page.path == f"/{name}s"
        assert value in known
        assert change["source_url"].startswith("http")


@pytest.mark.parametrize("query", [EVER, f"{EVER}&group=Pact&kind=due,passed"])
def test_a_feed_has_the_same_in_the_same_order(client_six: TestClient, query: str) -> None:
    content = client_six.get(f"/changes.atom?{query}").content
    read, changes = feedparser.parse(content), client_six.get(f"/changes.json?{query}").json()
    assert not read.bozo
    assert [(e.title, e.link, e.published[:10]) for e in read.entries] == [
        (change["sentence"], change["link"], change["told"]) for change in changes["changes"]
    ]
    ids = [entry.id for entry in read.entries]
    assert len(set(ids)) == len(ids) > 0
    # What RFC 4287 asks of every feed and every entry.
    feed = Xml.fromstring(content)
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for tag in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{tag}")) == 1
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None


def test_an_entry_of_a_step_says_what_falls_due_and_when(client_six: TestClient) -> None:
    steps = client_six.get(f"/changes.atom?{EVER}&kind=due,passed").content
    entries = feedparser.parse(steps).entries
    assert entries
    for entry in entries:
        assert entry.summary.startswith(entry.title)


def test_an_entry_is_the_same_in_every_feed(client_six: TestClient) -> None:
    every, some = (
        {entry.id: entry.title for entry in feedparser.parse(client_six.get(path).content).entries}
        for path in (f"/changes.atom?{EVER}", f"/changes.atom?{EVER}&actor=CAL")
    )
    assert some
    assert some.items() <= every.items()


def test_a_feed_of_two_is_called_by_both_however_they_are_given(client_six: TestClient) -> None:
    one, other, single = (
        feedparser.parse(client_six.get(f"/changes.atom?{EVER}&{actors}").content).feed
        for actors in ("actor=ARC,BOR", "actor=ARC&actor=BOR", "actor=BOR")
    )
    assert (one.id, one.title) == (other.id, other.title)
    assert one.id != single.id
    assert one.title.startswith(single.title.removesuffix("Kingdom of Boria"))
    assert "Republic of Arcadia, Kingdom of Boria" in one.title
