"""The outlines of countries: the right file, small on the wire, asked for once."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest
from starlette.testclient import TestClient

from stances.answers.tracker import Tracker
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.outlines import country_ids, rings, whole_countries
from stances.figures.map import VIEWS
from tests.folders import REAL, Folder
from tests.routes.conftest import client_of

FILES = sorted(view.geometry_file for view in VIEWS.values())
EVERY_FILE = pytest.mark.parametrize("name", FILES)
PLAIN, ZIPPED = {"accept-encoding": "identity"}, {"accept-encoding": "gzip"}
NOT_HERE = [
    "moon.json", "README.md", "", "..%2Fsources.csv", "../sources.csv",
    "%2e%2e/%2e%2e/dashboard.py", "europe_50m.json/", "EUROPE_50M.JSON",
]  # fmt: skip


# Around the place that the table gives its country.
_SQUARE = [[10, 60], [10, 61], [11, 61], [11, 60], [10, 60]]
_COUNTRIES = [{"type": "Polygon", "id": "ARC", "arcs": [[0]]}]
OWN = json.dumps(
    {
        "type": "Topology",
        "objects": {"countries": {"type": "GeometryCollection", "geometries": _COUNTRIES}},
        "arcs": [_SQUARE],
    }
)


def _content(name: str) -> bytes:
    return (REAL / "geometry" / name).read_bytes()


@EVERY_FILE
def test_each_view_finds_its_file_with_each_country_once(client: TestClient, name: str) -> None:
    """Of several shapes of a country plotly draws the first: islands in others would be lost."""
    answer, kept = client.get(f"/geometry/{name}", headers=PLAIN), _content(name)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    topology = answer.json()
    drawn = [each["id"] for each in topology["objects"]["countries"]["geometries"]]
    assert sorted(drawn) == sorted(country_ids(kept))
    assert topology["arcs"] == json.loads(kept)["arcs"]
    parts, parts_kept = rings(answer.content), rings(kept)
    assert {code: len(parts[code]) for code in drawn} == {
        code: len(parts_kept[code]) for code in drawn
    }


@EVERY_FILE
def test_tables_have_the_file_as_it_lies_in_the_folder(client: TestClient, name: str) -> None:
    assert client.get(f"/tables/geometry/{name}", headers=PLAIN).content == _content(name)


@EVERY_FILE
def test_it_is_small_on_the_wire_and_the_same_once_unpacked(client: TestClient, name: str) -> None:
    with client.stream("GET", f"/geometry/{name}", headers=ZIPPED) as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(sent)
    content = client.get(f"/geometry/{name}", headers=PLAIN).content
    assert gzip.decompress(sent) == content
    assert len(sent) < len(content) / 2


@EVERY_FILE
@pytest.mark.parametrize("encoding", [PLAIN, ZIPPED], ids=["plain", "gzip"])
def test_who_has_it_is_not_sent_it_again(
    client: TestClient, name: str, encoding: dict[str, str]
) -> None:
    first = client.get(f"/geometry/{name}", headers=encoding)
    assert "max-age=300" in first.headers["cache-control"]
    assert first.headers["vary"].lower() == "accept-encoding"
    known = {**encoding, "if-none-match": first.headers["etag"]}
    again = client.get(f"/geometry/{name}", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    other = {**encoding, "if-none-match": '"another"'}
    assert client.get(f"/geometry/{name}", headers=other).status_code == 200


@pytest.mark.parametrize("name", NOT_HERE)
def test_only_the_files_can_be_asked_for(client: TestClient, name: str) -> None:
    answer = client.get(f"/geometry/{name}")
    assert answer.status_code == 404
    assert str(REAL) not in answer.text
    assert "actor" not in answer.text


def test_another_name_is_told_what_there_is(client: TestClient) -> None:
    detail = client.get("/geometry/moon.json").json()["detail"]
    assert "moon.json" in detail
    assert all(name in detail for name in FILES)


def test_a_folder_without_outlines_has_those_of_the_product(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.path / "geometry").mkdir()
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    client = client_of(folder.path)
    drawn = Tracker(folder.load()).geometry
    assert sorted(drawn) == FILES
    for name, countries in drawn.items():
        served = client.get(f"/geometry/{name}")
        assert served.content == whole_countries(_content(name))
        assert {c["id"] for c in served.json()["objects"]["countries"]["geometries"]} == countries


def test_a_folder_with_outlines_of_its_own_has_these(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = folder.path / "geometry"
    own.mkdir()
    for name in (*FILES, "moon.json"):
        (own / name).write_text(OWN, encoding="utf-8")
    (own / "notes.txt").write_text("not served", encoding="utf-8")
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    client = client_of(folder.path)
    for name in (*FILES, "moon.json"):
        assert client.get(f"/geometry/{name}").text == OWN
    assert client.get("/geometry/notes.txt").status_code == 404


@pytest.mark.usefixtures("look_at_once")
def test_new_outlines_are_taken_up_everywhere_at_once(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    client = client_of(folder.path)
    name, own = FILES[0], folder.path / "geometry"
    before = client.get(f"/geometry/{name}").content
    own.mkdir()
    (own / FILES[1]).write_text(OWN, encoding="utf-8")
    (own / name).write_text(OWN[:20], encoding="utf-8")  # half of it, as while it is copied
    assert client.get(f"/geometry/{name}").content == before
    text = client.get("/healthz").json()
    assert text["status"] == "ok"
    assert text["warning"].startswith(f"newer data was refused (1 fault): {name}: not valid JSON")
    (own / name).write_text(OWN, encoding="utf-8")
    assert client.get(f"/geometry/{name}").text == OWN
    assert client.get(f"/tables/geometry/{name}").text == OWN
    with zipfile.ZipFile(io.BytesIO(client.get("/tables/all.zip").content)) as archive:
        assert archive.read(f"geometry/{name}").decode() == OWN
    assert "warning" not in client.get("/healthz").json()


def test_outlines_among_the_tables_are_answered_like_tables(client: TestClient) -> None:
    table = client.get(f"/tables/geometry/{FILES[0]}")
    of_map = client.get(f"/geometry/{FILES[0]}")
    assert (table.content, of_map.content) == (
        _content(FILES[0]),
        whole_countries(_content(FILES[0])),
    )
    assert 'rel="license"' in table.headers["link"]
    assert table.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in of_map.headers
    for answer in (table, of_map):
        since = {"if-modified-since": answer.headers["last-modified"]}
        assert client.get(answer.request.url.path, headers=since).status_code == 304
