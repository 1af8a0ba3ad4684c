"""Every JSON answer is what the description says of it, name by name."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from starlette.testclient import TestClient

from stances.dataset.files import DATA_VARIABLE
from stances.links import parameters
from stances.routes.answers import JSON
from stances.routes.endpoints import ENDPOINTS
from tests.folders import HOSTILE, REAL
from tests.routes.conftest import client_of

ASKED = {
    "/snapshots/{date}.json": ("/snapshots/2020-07-01.json", "/snapshots/latest.json?basis=acts"),
    "/snapshots/{date}.metadata.json": (
        "/snapshots/2020-07-01.metadata.json", "/snapshots/2020-07-01.metadata.json?domain=overall",
    ),
    "/levels/{domain}.json": ("/levels/overall.json?basis=acts",),
    "/series.json": ("/series.json?from=2020-01-01&to=2020-12-31",),
    "/series/groups.json": ("/series/groups.json",),
    "/events.json": ("/events.json",),
    "/acts.json": ("/acts.json",),
    "/deadlines.json": ("/deadlines.json", "/deadlines.json?kind=removal"),
    "/members.json": ("/members.json?group=all&as_of=2020-08-19", "/members.json"),
    "/domains.json": ("/domains.json?group=all&as_of=2020-08-19", "/domains.json"),
    "/happened.json": (
        "/happened.json?from=2019-12-31&to=2020-12-31", "/happened.json?only=acts&basis=acts",
    ),
    "/changes.json": ("/changes.json?since=2020-01-01", "/changes.json?kind=due"),
    "/releases.json": ("/releases.json",),
    "/releases/diff.json": ("/releases/diff.json", "/releases/diff.json?as_of=2020-07-01"),
    "/healthz": ("/healthz",),
    "/readyz": ("/readyz",),
    "/openapi.json": ("/openapi.json",),
    "/geometry/{file}": ("/geometry/europe_50m.json",),
    "/tables/geometry/{file}": ("/tables/geometry/world_110m.json",),
    "/tables/datapackage.json": ("/tables/datapackage.json",),
}  # fmt: skip
# What is of others, or may have more parts than are described here.
OPEN = {"Outlines", "Description", "DataPackage"}


def close(name: str, schema: Any) -> Any:
    """A schema that refuses what it does not name."""
    if name in OPEN or "properties" not in schema:
        return schema
    return schema | {"additionalProperties": False}


@pytest.fixture
def client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client over a folder of data."""
    monkeypatch.setenv(DATA_VARIABLE, str(request.param))
    return client_of(request.param)


@pytest.mark.parametrize(
    "client",
    [pytest.param(REAL, marks=pytest.mark.slow), HOSTILE],
    indirect=True,
    ids=["real", "hostile"],
)
def test_every_json_answer_is_as_described_and_nothing_else(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    components = {
        name: close(name, schema) for name, schema in described["components"]["schemas"].items()
    }
    for path, item in described["paths"].items():
        content = item["get"]["responses"]["200"]["content"]
        if JSON not in content:
            continue
        schema = {**content[JSON]["schema"], "components": {"schemas": components}}
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        for address in ASKED[path]:
            result = client.get(address)
            assert result.status_code == 200, address
            faults = [error.message[:300] for error in validator.iter_errors(result.json())]
            assert not faults, (address, faults[:3])


def test_every_answer_has_a_schema_and_every_schema_is_valid(client_six: TestClient) -> None:
    described = client_six.get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    used = set()
    for path, item in described["paths"].items():
        for status, answer in item["get"]["responses"].items():
            for media, text in answer.get("content", {}).items():
                assert text["schema"], (path, status, media)
                used.add(text["schema"].get("$ref", "").rpartition("/")[2])
    assert {name for end in ENDPOINTS for *_, name in end.examples} - {"DataPackage"} <= used
    assert "Problem" in used


@pytest.mark.parametrize("folder", ["/citations/", "/domains.", "/members."])
def test_what_is_described_as_allowed_is_taken_and_nothing_else(
    client_six: TestClient, folder: str
) -> None:
    described = client_six.get("/openapi.json").json()
    shared = described["components"]["schemas"]
    for path, item in described["paths"].items():
        if not path.startswith(folder) or "{" in path:
            continue
        for parameter in item["parameters"]:
            named = parameter["schema"].get("$ref", "").rpartition("/")[2]
            schema = shared[named] if named else parameter["schema"]
            codes = schema.get("enum", [])
            for code in codes:
                answer = client_six.get(path, params={parameter["name"]: code})
                assert answer.status_code == 200, (path, parameter["name"], code)
            if codes:
                line = client_six.get(path, params={parameter["name"]: "moon"}).json()["detail"]
                assert all(code in line for code in codes), (path, line)


def test_every_sense_of_a_parameter_is_of_a_route_that_takes_it() -> None:
    of_data = [end for end in ENDPOINTS if end.page is None]
    senses = {name: parameter.senses for name, parameter in parameters.PARAMETERS.items()}
    assert not senses.keys() & parameters.OF_ROUTES.keys()
    for name, beginnings in (senses | parameters.OF_ROUTES).items():
        for beginning in beginnings:
            paths = [path for end in of_data if name in end.parameters for path, *_ in end.examples]
            assert any(path.startswith(beginning) for path in paths), (name, beginning)


def test_a_parameter_is_described_as_the_route_has_it(client_six: TestClient) -> None:
    paths = client_six.get("/openapi.json").json()["paths"]

    def text(path: str, name: str) -> str:
        [result] = [each for each in paths[path]["parameters"] if each["name"] == name]
        return str(result["description"])

    # In the sense of the route, of the longest beginning; else as links to a page have it.
    assert text("/series.csv", "group") == "Only members of this group on the day of each row"
    assert text("/series/groups.csv", "group") == "Only this group; without it all of them"
    assert text("/members.csv", "group") == parameters.PARAMETERS["group"].about
    assert text("/citations/members.txt", "group") == parameters.PARAMETERS["group"].about
    assert text("/citations/members.txt", "order") == parameters.PARAMETERS["order"].about
    assert text("/happened.csv", "order").startswith("The order of the acts and statements: ")
    assert text("/events.csv", "to") == "The last day"


def test_refusals_are_as_described(client_six: TestClient) -> None:
    described = client_six.get("/openapi.json").json()
    problem = close("Problem", described["components"]["schemas"]["Problem"])
    for address in ("/snapshots/banana.json", "/events.json?x=1", "/tables/none.csv"):
        result = client_six.get(address)
        assert str(result.status_code) in described["paths"]["/events.json"]["get"]["responses"]
        Draft202012Validator(problem).validate(result.json())
