"""The outlines of countries: the right file, small on the wire, asked for once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("httpx2", reason="needs tests/requirements.txt")

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from stances.figures.map import VIEWS, geometry_ids
from stances.routes.geometry import geometry
from stances.ui.shared import Tracker
from tests.folders import REAL, SIX, Folder

FILES = sorted(view.geometry_file for view in VIEWS.values())
EVERY_FILE = pytest.mark.parametrize("name", FILES)
PLAIN, ZIPPED = {"accept-encoding": "identity"}, {"accept-encoding": "gzip"}
NOT_HERE = [
    "moon.json",
    "README.md",
    "",
    "..%2Fevents.csv",
    "../events.csv",
    "%2e%2e/%2e%2e/dashboard.py",
    "europe_50m.json/",
    "EUROPE_50M.JSON",
]


def _client(folder: Path) -> TestClient:
    """A client of the geometry alone."""
    route = Route("/geometry/{name:path}", geometry(folder, open_to_all=False))
    return TestClient(Starlette(routes=[route]), raise_server_exceptions=False)


@pytest.fixture
def outlines() -> TestClient:
    """A client of the real outlines."""
    return _client(REAL)


@EVERY_FILE
def test_each_view_finds_its_file_as_it_lies_in_the_folder(outlines: TestClient, name: str) -> None:
    answer = outlines.get(f"/geometry/{name}", headers=PLAIN)
    assert answer.status_code == 200
    assert answer.content == (REAL / "geometry" / name).read_bytes()
    assert answer.headers["content-type"].startswith("application/json")
    drawn = {each["id"] for each in answer.json()["objects"]["countries"]["geometries"]}
    assert drawn == geometry_ids(REAL / "geometry" / name)
    assert len(drawn) > 40


@EVERY_FILE
def test_it_is_small_on_the_wire_and_the_same_once_unpacked(
    outlines: TestClient, name: str
) -> None:
    with outlines.stream("GET", f"/geometry/{name}", headers=ZIPPED) as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(sent)
    content = (REAL / "geometry" / name).read_bytes()
    assert gzip.decompress(sent) == content
    assert len(sent) < len(content) / 2


@EVERY_FILE
@pytest.mark.parametrize("encoding", [PLAIN, ZIPPED], ids=["plain", "gzip"])
def test_who_has_it_is_not_sent_it_again(
    outlines: TestClient, name: str, encoding: dict[str, str]
) -> None:
    first = outlines.get(f"/geometry/{name}", headers=encoding)
    assert "max-age=86400" in first.headers["cache-control"]
    assert first.headers["vary"].lower() == "accept-encoding"
    known = {**encoding, "if-none-match": first.headers["etag"]}
    again = outlines.get(f"/geometry/{name}", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    other = {**encoding, "if-none-match": '"another"'}
    assert outlines.get(f"/geometry/{name}", headers=other).status_code == 200


def test_files_and_their_packed_form_are_told_apart(outlines: TestClient) -> None:
    tags = {
        outlines.get(f"/geometry/{name}", headers=encoding).headers["etag"]
        for name in FILES
        for encoding in (PLAIN, ZIPPED)
    }
    assert len(tags) == 2 * len(FILES)


@pytest.mark.parametrize("name", NOT_HERE)
def test_only_the_files_can_be_asked_for(outlines: TestClient, name: str) -> None:
    answer = outlines.get(f"/geometry/{name}")
    assert answer.status_code == 404
    assert str(REAL) not in answer.text
    assert "actor" not in answer.text


def test_another_name_is_told_what_there_is(outlines: TestClient) -> None:
    detail = outlines.get("/geometry/moon.json").json()["detail"]
    assert "moon.json" in detail
    assert all(name in detail for name in FILES)


def test_a_folder_without_outlines_has_those_of_the_product(tmp_path: Path) -> None:
    own = tmp_path / "geometry"
    assert _client(SIX).get(f"/geometry/{FILES[0]}").status_code == 200
    own.mkdir()
    assert _client(tmp_path).get(f"/geometry/{FILES[0]}").status_code == 200
    (own / FILES[0]).write_text(json.dumps({"own": True}), encoding="utf-8")
    (own / "notes.txt").write_text("not served", encoding="utf-8")
    client = _client(tmp_path)
    assert client.get(f"/geometry/{FILES[0]}").json() == {"own": True}
    # A folder with outlines of its own is whole: the others are not mixed in.
    assert client.get(f"/geometry/{FILES[1]}").status_code == 404
    assert client.get("/geometry/notes.txt").status_code == 404


def test_an_empty_folder_has_the_outlines_of_the_product_on_the_page_too(folder: Folder) -> None:
    (folder.path / "geometry").mkdir()
    drawn = Tracker(folder.load()).geometry
    assert sorted(drawn) == FILES
    client = _client(folder.path)
    for name, countries in drawn.items():
        served = client.get(f"/geometry/{name}").json()["objects"]["countries"]["geometries"]
        assert {each["id"] for each in served} == countries
