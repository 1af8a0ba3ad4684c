"""The figures of routes, against what the page of the same view shows."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from stances import Dataset, words
from stances.filters.events import events_file_texts
from stances.links.view import view_at
from stances.pages.events import matches
from tests.ui.pages import headline, markup, open_page, plain, quotes

NAMES = {"Republic of Arcadia": "Arcadia", "Kingdom of Boria": "Boria", "Caldon": "Caldon"}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"who": "Pact"}, 6),
        ({"who": "Pact", "from": "2020-07-01"}, 0),
        ({"who": "Pact,ARC", "from": "2020-06-01"}, 2),
        ({"who": "BOR", "domain": "schools", "counted": "counted"}, 2),
    ],
)
def test_as_many_events_as_on_the_page(
    client_six: TestClient, query: dict[str, str], count: int
) -> None:
    assert client_six.get(f"/events.json?{urlencode(query)}").json()["count"] == count
    app = open_page(
        "events", **{"from_" if name == "from" else name: query[name] for name in query}
    )
    assert headline(app).endswith(f": {words.plural(count, 'event')}")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"who": "Pact,ARC", "from": "2020-06-01"},
        {"q": "acme", "scores": "-2..-1", "sort": "score"},
        {"instruments": "speech,plan", "as_of": "2020-05-11", "counted": "counted"},
        # The page shows the year before the day, and says so.
        {"from": "2022-01-01", "as_of": "2020-04-10"},
    ],
    ids=str,
)
def test_the_file_of_the_page_of_events_has_what_it_finds(
    client_six: TestClient, six: Dataset, query: dict[str, str]
) -> None:
    view = view_at(six, "events", query)
    ids = view.tracker.event_columns["event_id"][matches(view)[1]].tolist()
    rows = client_six.get(f"/events.json?{urlencode(events_file_texts(view))}").json()["rows"]
    assert [row["event_id"] for row in rows] == ids != []


@pytest.mark.parametrize(
    "query",
    [
        {"group": "Pact", "as_of": "2020-06-30"},
        {"group": "all", "as_of": "2021-07-01", "domain": "schools"},
        {"group": "Pact", "as_of": "2020-08-19", "basis": "acts"},
    ],
)
def test_the_members_and_their_sentence_as_on_the_page(
    client_six: TestClient, query: dict[str, str]
) -> None:
    note = client_six.get(f"/members.json?{urlencode(query)}").json()
    app = open_page("members", **query)
    assert note["sentence"].startswith("On ")
    assert note["sentence"].endswith(f", {headline(app)[0].lower()}{headline(app)[1:]}")
    assert any(text.startswith(note["sentence"]) for text in quotes(markup(app)))
    _, _, table = markup(app).partition('<table class="members"')
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", table)
    assert [row["name"] for row in note["rows"]] == [
        next(name for name in NAMES if NAMES[name] == plain(row.partition("</th>")[0]))
        for row in rows
    ]
    for row, shown in zip(note["rows"], rows, strict=True):
        assert row["effect_12_months"] in plain(shown)
        assert (row["act_name"] or "") in plain(shown)
