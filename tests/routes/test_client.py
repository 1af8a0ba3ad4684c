"""A client that others generate from the description parses what comes back."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from stances.dataset.files import DATA_VARIABLE
from stances.routes.answers import ATOM, CALENDAR, PARQUET, PDF, PNG, SVG, TOML, XLSX, ZIP
from tests.folders import SIX
from tests.routes.conftest import client_of

pytest.importorskip("openapi_python_client", reason="needs tests/requirements.txt")
httpx = pytest.importorskip("httpx", reason="needs tests/requirements.txt")

PACKAGE = "stances_client"
# The generator knows neither these types nor that the result need not be formatted by a tool.
CONFIG = {
    "post_hooks": [],
    "content_type_overrides": {
        **dict.fromkeys((XLSX, PARQUET, TOML, ZIP, PNG, SVG, PDF), "application/octet-stream"),
        **{kind.partition(";")[0]: "text/plain" for kind in (ATOM, CALENDAR)},
    },
}


@pytest.fixture(scope="module")
def routes() -> Iterator[TestClient]:
    """All routes over the six-event dataset."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(SIX))
        with client_of(SIX) as made:
            yield made


@pytest.fixture(scope="module")
def generated(routes: TestClient, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the client, which can be imported; a warning of the generator is a fault."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    (folder / "openapi.json").write_bytes(routes.get("/openapi.json").content)
    command = [
        sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json",
        "--config", "config.json", "--output-path", PACKAGE, "--meta", "none", "--fail-on-warning",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture
def client(generated: Path, routes: TestClient) -> Any:  # noqa: ARG001 - it must be there
    """A client of the generated package, whose requests go to the routes."""

    def answer(request: Any) -> Any:
        result = routes.request(request.method, str(request.url), headers=dict(request.headers))
        kind = {"content-type": result.headers["content-type"]}
        return httpx.Response(result.status_code, headers=kind, content=result.content)

    made = importlib.import_module(PACKAGE).Client(base_url="http://testserver")
    return made.set_httpx_client(
        httpx.Client(base_url="http://testserver", transport=httpx.MockTransport(answer))
    )


def ask(client: Any, name: str, *path: str, **query: Any) -> Any:
    """Return what an operation of the client makes of its answer."""
    module = importlib.import_module(f"{PACKAGE}.api.default.{name}")
    return module.sync(*path, client=client, **query)


def test_a_snapshot(client: Any, routes: TestClient) -> None:
    result = ask(client, "snapshots_date_json", "2020-07-01", actor=["ARC", "CAL"])
    text = routes.get("/snapshots/2020-07-01.json?actor=ARC,CAL").json()
    assert [row.to_dict() for row in result.rows] == text["rows"]
    assert result.metadata.citation == text["metadata"]["citation"]
    stances = {(row.actor, row.domain): row.stance for row in result.rows}
    assert (stances["ARC", "roads"], stances["CAL", "roads"]) == (-2.0, None)
    assert {row.as_of for row in result.rows} == {date(2020, 7, 1)}


def test_a_series_and_the_means_of_groups(client: Any, routes: TestClient) -> None:
    period = {"from_": date(2020, 1, 1), "to": date(2020, 12, 31)}
    query = "from=2020-01-01&to=2020-12-31"
    for name, path in (("series_json", "series"), ("series_groups_json", "series/groups")):
        rows = ask(client, name, **period).rows
        assert rows[0].date == date(2020, 1, 31)
        assert [row.to_dict() for row in rows] == routes.get(f"/{path}.json?{query}").json()["rows"]


def test_events(client: Any, routes: TestClient) -> None:
    result = ask(client, "events_json", actor=["ARC"], to=date(2020, 12, 31))
    text = routes.get("/events.json?actor=ARC&to=2020-12-31").json()
    assert result.count == len(result.events) == text["count"] > 0
    assert [event.to_dict() for event in result.events] == text["events"]
    assert all(source.url.startswith("http") for source in result.events[0].sources)


def test_acts(client: Any, routes: TestClient) -> None:
    status = importlib.import_module(f"{PACKAGE}.models").Status.ENDED
    ended = ask(client, "acts_json", as_of=date(2022, 12, 31), status=status)
    assert {act.status for act in ended.acts} == {"ended"}
    result = ask(client, "acts_json", as_of=date(2022, 12, 31))
    text = routes.get("/acts.json?as_of=2022-12-31").json()
    assert [act.to_dict() for act in result.acts] == text["acts"]
    assert {act.deadline_passed for act in result.acts} == {True, False}
    assert all(isinstance(act.scope, list) for act in result.acts)


def test_members_and_what_happened(client: Any, routes: TestClient) -> None:
    members = ask(client, "members_json", as_of=date(2020, 8, 19))
    text = routes.get("/members.json?as_of=2020-08-19").json()
    assert [row.to_dict() for row in members.rows] == text["rows"]
    assert members.totals.members == len(text["rows"])
    happened = ask(client, "happened_json", from_=date(2019, 12, 31), to=date(2020, 12, 31))
    text = routes.get("/happened.json?from=2019-12-31&to=2020-12-31").json()
    assert [action.to_dict() for action in happened.deeds] == text["deeds"]
    assert [move.to_dict() for move in happened.moves] == text["moves"]


def test_a_file_and_a_refusal(client: Any, routes: TestClient) -> None:
    result = ask(client, "snapshots_date_xlsx", "2020-07-01")
    assert result.payload.read() == routes.get("/snapshots/2020-07-01.xlsx").content
    refused = ask(client, "snapshots_date_json", "banana")
    assert (refused.status, refused.parameter) == (400, "date")
    assert "banana is not a day" in refused.detail
