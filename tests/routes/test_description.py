"""The description of all files, as programs of others read it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from stances.links.parameters import PARAMETERS
from stances.routes import routes
from stances.routes.tables import RESOURCES


@pytest.fixture
def described(client: TestClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/openapi.json").json()
    return told


def test_a_validator_of_others_takes_it_and_it_is_small(real_client: TestClient) -> None:
    import schemathesis
    from openapi_python_client import schema as openapi

    content = real_client.get("/openapi.json").content
    assert len(content) < 150_000
    openapi.OpenAPI.model_validate(json.loads(content))
    assert list(schemathesis.openapi.from_dict(json.loads(content)).get_all_operations())


def test_every_route_of_data_is_described(described: dict[str, Any]) -> None:
    there = {route.path for route in routes() if "{name}" not in route.path}
    beside = {"/healthz", "/readyz", "/embed.js", "/openapi.json", "/robots.txt", "/sitemap.xml"}
    missing = there - set(described["paths"]) - beside
    assert missing == set()


def test_each_parameter_is_described_once(described: dict[str, Any]) -> None:
    named = described["components"]["parameters"]
    assert {name for name in named if not name.startswith("in_path_")} == set(PARAMETERS)
    assert all(parameter.get("description") or "in_path" in n for n, parameter in named.items())


def test_answers_are_as_they_are_described(client: TestClient, described: dict[str, Any]) -> None:
    import schemathesis

    schema = schemathesis.openapi.from_dict(described)
    checked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path not in {r.paths["json"] for r in RESOURCES} or "{" in operation.path:
            continue
        answer = client.get(operation.path)
        assert answer.status_code == 200, operation.path
        operation.validate_response(schemathesis.Response.from_any(answer))
        checked += 1
    assert checked == len(RESOURCES) - 1
