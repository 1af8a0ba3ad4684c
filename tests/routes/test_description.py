"""The description of all files, as programs of others read it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from stances.links.parameters import PARAMETERS
from stances.routes import routes
from stances.routes.resource import Resource
from stances.routes.tables import RESOURCES


@pytest.fixture
def described(client: TestClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/openapi.json").json()
    return told


def test_a_validator_of_others_takes_it_and_it_is_small(real_client: TestClient) -> None:
    from openapi_spec_validator import validate

    content = real_client.get("/openapi.json").content
    assert len(content) < 150_000
    validate(json.loads(content))


def test_every_route_of_data_is_described(described: dict[str, Any]) -> None:
    there = {route.path for route in routes() if "{name}" not in route.path}
    beside = {"/healthz", "/readyz", "/embed.js", "/openapi.json", "/robots.txt", "/sitemap.xml"}
    missing = there - set(described["paths"]) - beside
    assert missing == set()


def test_each_parameter_is_described_once(described: dict[str, Any]) -> None:
    named = described["components"]["parameters"]
    assert {name for name in named if not name.startswith("in_path_")} == set(PARAMETERS)
    assert all(parameter.get("description") or "in_path" in n for n, parameter in named.items())


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_answers_are_as_they_are_described(
    client: TestClient, described: dict[str, Any], resource: Resource
) -> None:
    from jsonschema import Draft202012Validator

    query = {"from": "2020-01-01"} if "from" in resource.page.parameters else {}
    answer = client.get(resource.paths["json"].replace("{date}", "latest"), params=query)
    assert answer.status_code == 200
    path = described["paths"][resource.paths["json"]]["get"]["responses"]["200"]["content"]
    schema = path["application/json"]["schema"] | {"components": described["components"]}
    told = answer.json()
    assert told["rows"]
    Draft202012Validator(schema).validate(told)
