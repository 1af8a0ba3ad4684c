"""Releases over HTTP: which there are, each as its archive lies, and what two have apart."""

from __future__ import annotations

import hashlib

import pytest
from starlette.testclient import TestClient

from stances.dataset.files import DATA_VARIABLE
from stances.dataset.release import archive_path
from stances.dataset.zips import unzipped
from tests.dataset.test_releases import released
from tests.folders import Folder
from tests.routes.conftest import client_of


@pytest.fixture
def client_of_two(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client over a folder that was released, and has a title and a score more by now."""
    released(folder)
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
    inside = unzipped(archive_path(folder.path, row["version"]).read_bytes(), "release")
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
