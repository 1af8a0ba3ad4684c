"""Releases over HTTP: which there are, each as its archive lies, and what two have apart."""

from __future__ import annotations

import hashlib
import re

import pytest
from starlette.testclient import TestClient

from stances import words
from stances.answers.citing import dataset_words, source_line
from stances.answers.letter import letter
from stances.answers.news_file import NewsQuery
from stances.dataset.days import day_at_start
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.release import archive_path
from stances.dataset.releases import releases
from stances.dataset.store import store_of
from stances.dataset.tables import Dataset
from stances.dataset.zips import unzip
from stances.links.register import PAGES
from stances.links.view import view_at
from stances.render.page import page_html
from stances.routes.pages import page_request_of
from tests.dataset.test_first_schema import of_first_schema
from tests.dataset.test_releases import keep_release
from tests.folders import Folder
from tests.routes.conftest import client_of

CITED = ["/citations/actor.txt?actor=ARC", "/pictures/map.txt?live=1"]


@pytest.fixture
def client_of_two(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client over a folder that was released, and has a title and a score more by now."""
    keep_release(folder)
    folder.edit("events", 2, score="1", title="Another title")
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    return client_of(folder.path)


def test_a_release_is_handed_out_as_it_lies(folder: Folder, client_of_two: TestClient) -> None:
    (row,) = client_of_two.get("/releases.json").json()["rows"]
    answer = client_of_two.get(row["address"])
    assert answer.content == archive_path(folder.path, row["version"]).read_bytes()
    assert hashlib.sha256(answer.content).hexdigest() == row["sha256"]
    assert len(answer.content) == row["bytes"]
    assert "max-age=31536000" in answer.headers["cache-control"]


def test_a_release_whose_archive_is_damaged_is_left_out_by_name(
    folder: Folder, client_of_two: TestClient
) -> None:
    lost = keep_release(folder)
    path = archive_path(folder.path, lost)
    path.write_bytes(path.read_bytes()[:-100])
    answer = client_of_two.get("/releases.json").json()
    assert answer["unusable"] == [lost]
    assert [row["version"] for row in answer["rows"]] == [*releases(folder.path).names[1:]]
    assert answer["count"] == len(answer["rows"]) == 1
    for ending in (".zip", "/events.csv"):
        refused = client_of_two.get(f"/releases/{lost}{ending}")
        assert (refused.status_code, refused.headers["cache-control"]) == (503, "no-store")
    refused = client_of_two.get(f"/snapshots/latest.csv?release={lost}")
    assert (refused.status_code, refused.headers["cache-control"]) == (400, "no-store")
    assert str(folder.path) not in refused.text


def test_the_tables_are_held_against_the_release_before(client_of_two: TestClient) -> None:
    (row,) = client_of_two.get("/releases.json").json()["rows"]
    diff = client_of_two.get("/releases/diff.json?as_of=2020-07-01&actor=ARC").json()
    assert diff["old"] == row["version"]
    assert diff["dataset_version"] != row["version"]
    (change,) = diff["rows"]
    assert (change["table"], [*change["fields"]]) == ("events", ["score", "title"])
    assert {(each["actor"], each["by_data"], each["by_method"]) for each in diff["figures"]} == {
        ("ARC", True, False)
    }
    same = f"/releases/diff.json?old={row['version']}&new={row['version']}"
    assert client_of_two.get(same).json()["rows"] == []


def test_every_file_of_a_release_is_handed_out_as_it_lies_in_it(
    folder: Folder, client_of_two: TestClient
) -> None:
    (row,) = client_of_two.get("/releases.json").json()["rows"]
    inside = unzip(archive_path(folder.path, row["version"]).read_bytes(), "release")
    assert {each["name"] for each in row["files"]} == inside.keys()
    kinds = {".csv": "text/csv", "toml": "application/toml"}
    for each in row["files"]:
        answer = client_of_two.get(each["address"])
        assert answer.content == inside[each["name"]]
        assert hashlib.sha256(answer.content).hexdigest() == each["sha256"]
        assert answer.headers["content-type"].startswith(kinds[each["name"][-4:]])
        assert "max-age=31536000" in answer.headers["cache-control"]
    for name in ("", "none.csv", "events.csv/", "%2e%2e/events.csv", f"{row['version']}.zip"):
        assert client_of_two.get(f"/releases/{row['version']}/{name}").status_code == 404, name


def test_an_address_names_the_release_that_it_is_answered_from(
    folder: Folder, client_of_two: TestClient
) -> None:
    name, events = releases(folder.path).names[0], "/tables/events.csv"
    today = client_of_two.get(events)
    old = client_of_two.get(f"{events}?release={name}")
    assert "Another title" in today.text
    assert "Another title" not in old.text
    assert f"_{name}_events.csv" in old.headers["content-disposition"]
    assert client_of_two.get(events).content == today.content
    assert client_of_two.get(f"{events}?known={day_at_start(name)}").content == old.content
    assert client_of_two.get(f"{events}?release={name[-8:]}").content == old.content
    rows = client_of_two.get(f"/events.json?release={name}").json()
    assert rows["dataset_version"] == name
    quoted = client_of_two.get(f"/citations/events.txt?release={name}").text
    assert f"dataset {name} as published on " in quoted
    assert f"release={name}" in quoted
    row = rows["rows"][0]["event_id"]
    leads = client_of_two.get(f"/e/{row}?release={name}", follow_redirects=False)
    assert leads.headers["location"].endswith(f"release={name}")
    for path in ("/pictures/map.svg", "/briefs/ARC.pdf", "/snapshots/latest.csv", "/series.csv"):
        assert client_of_two.get(f"{path}?release={name}").status_code == 200, path


@pytest.mark.parametrize("place", CITED)
def test_what_is_cited_opens_as_it_is_tomorrow(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    name = keep_release(folder)
    address = client_of(folder.path).get(place).text.split()[-1]
    assert address.endswith(f"&release={name}")
    assert "live=" not in address


@pytest.mark.parametrize("place", CITED)
def test_tables_that_were_not_released_are_cited_as_they_lie(
    client_of_two: TestClient, place: str
) -> None:
    assert "release=" not in client_of_two.get(place).text


def test_a_page_of_a_release_says_so_and_keeps_to_it(
    folder: Folder, client_of_two: TestClient
) -> None:
    name = releases(folder.path).names[0]
    request = page_request_of(
        store_of(folder.path).state(), "https://x.example/", "events", {"release": name}
    )
    assert request.view is not None
    html = page_html(request.view)
    assert f"As published in release {name} on " in html
    assert "Another title" not in html
    assert request.view.texts_of_page["release"] == name
    leading = re.findall(r'href="(?:\./)?(\w*)\?([^"]*)"', html.replace("&amp;", "&"))
    assert [page for page, query in leading if "release=" not in query] == ["events"]
    assert "release=" in client_of_two.get("/robots.txt").text
    listed = page_html(view_at(folder.load(), "data", {"section": "citing"}))
    assert f'href="./?release={name}"' in listed
    assert f'href="releases/{name}.zip"' in listed


def test_what_is_cited_leads_to_the_release_that_it_is_of(folder: Folder) -> None:
    def citing(data: Dataset) -> str:
        query = {"section": "citing", "known": str(data.recorded)}
        return page_html(view_at(data, "data", query, "https://x.example/"))

    name = keep_release(folder)
    html, day = citing(folder.load()), words.day(day_at_start(name))
    [link] = re.findall(f'href="([^"]*)"[^>]*>The figures as known on {day}</a>', html)
    assert f"release={name}" in link
    assert re.search(rf"url = {{https://x.example/data\?[^}}]*release={name}", html)
    assert "known=" not in link
    folder.edit("events", 2, title="Another title")
    html = page_html(view_at(folder.load(), "data", {"section": "citing"}, "https://x.example/"))
    assert "The figures as known on" not in html


def test_every_page_of_a_release_from_before_the_register_holds_and_says_so(folder: Folder) -> None:
    of_first_schema(folder)
    data, name = folder.load(), keep_release(folder)
    details = set()
    for page in PAGES:
        query = {"release": name, "actor": "CAL"}
        html = page_html(view_at(data, page, query))
        assert "It has no register of rules" in html, page
        assert not re.search("No rule |no rule |none is known to come|the register<", html), page
        details.update([page] if "ules are not recorded in these tables" in html else [])
    assert details == {"actor", "acts"}
    # What is taken along has no banner above it.
    tracker = view_at(data, "", {"release": name}).tracker
    assert "; it has no register of rules: " in dataset_words(tracker)
    assert " It has no register of rules: " in source_line(tracker.data)
    sent = letter(tracker, NewsQuery(tracker.codebook.first_date, data.recorded))
    assert sent is not None
    assert sent.foot[0].startswith(f"As published in release {name} on ")
