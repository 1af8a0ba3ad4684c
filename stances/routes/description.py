"""The description of all files under `/openapi.json`: OpenAPI 3.1, of the same declarations."""

import json
from collections.abc import Iterable
from typing import Any

from stances.answers.export import FORMATS
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.load import Dataset
from stances.dataset.schema import TABLE_NAMES
from stances.links.pages import FILES, PAGES, Page
from stances.links.parameters import FORMS, PARAMETERS
from stances.pages.registry import CHARTS
from stances.routes.pool import JSON, PROBLEM, ZIP, Answer, Question
from stances.routes.resource import Resource
from stances.tables.col import Col

Schema = dict[str, Any]
_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_DAY = {"type": "string", "format": "date"}
_KINDS: dict[str, Schema] = {
    "text": _TEXT,
    "day": _DAY,
    "partial": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"},
    "whole": _WHOLE,
    "number": {"type": "number"},
    "truth": {"type": "boolean"},
}
_VERSIONS = {
    "dataset_version": _TEXT,
    "model_version": _TEXT,
    "covered_to": {"type": ["string", "null"]},
}
_REFUSED = {
    str(status): {"$ref": f"#/components/responses/{name}"}
    for status, name in ((400, "Refused"), (404, "Unknown"), (503, "Busy"))
}
# Up to so many codes are listed; of more a text is said to be one of them.
_MOST_CODES = 30


def description(resources: Iterable[Resource], data: Dataset, question: Question) -> Answer:
    """`/openapi.json`."""
    tracker = tracker_of(data)
    of = list(resources)
    text = {
        "openapi": "3.1.0",
        "info": {
            "title": data.about.title,
            "description": data.about.description,
            "version": data.version,
        },
        "servers": [{"url": question.site or "/"}],
        "paths": {**_tables(of), **_others()},
        "components": {
            "parameters": _parameters(tracker),
            "responses": _responses(),
            "schemas": _schemas(tracker, of),
        },
    }
    return Answer(json.dumps(text, ensure_ascii=False).encode(), JSON)


def _tables(resources: Iterable[Resource]) -> Schema:
    paths = {}
    for resource in resources:
        for ending, path in resource.paths.items():
            is_json = ending == "json"
            schema = {"$ref": f"#/components/schemas/{resource.name}_answer"} if is_json else _TEXT
            about = f"{resource.page.about}, as {ending}"
            place = ["date"] if "{date}" in path else []
            paths[path] = _get(about, FORMATS[ending][0], schema, resource.page, place)
    return paths


def _others() -> Schema:
    """Return the paths of what is no table of an answer."""
    whole = {"type": "object"}
    levels = FILES["levels"]
    paths = {
        "/snapshots/{date}.metadata.json": _get(
            "What a snapshot is of", JSON, whole, FILES["snapshots"], ["date"]
        ),
        "/deadlines.ics": _get("The dates ahead", "text/calendar", _TEXT, FILES["deadlines"]),
        "/feed.atom": _get("The newest events", "application/atom+xml", _TEXT, FILES["feed"]),
        "/levels/{domain}.json": _get(levels.about, JSON, whole, levels, ["domain"]),
        "/tables/{table}.csv": _get("A table as it lies", "text/csv", _TEXT, None, ["table"]),
        "/tables/datapackage.json": _get("The columns of all tables", JSON, whole),
        "/tables/codebook.toml": _get("Fields, levels, kinds, constants", "text/plain", _TEXT),
        "/tables/FORMAT.md": _get("The tables and columns in words", "text/plain", _TEXT),
        "/tables/all.zip": _get("All tables", ZIP, _TEXT),
        "/releases.json": _get("The releases", JSON, whole),
        "/releases/{version}.zip": _get("A release", ZIP, _TEXT, None, ["version"]),
    }
    for name, chart in CHARTS.items():
        for ending, media in (("svg", "image/svg+xml"), ("png", "image/png")):
            about = f"{chart.title}, as {ending}"
            paths[f"/pictures/{name}.{ending}"] = _get(about, media, _TEXT, PAGES[chart.page])
    return paths


def _get(
    about: str, media: str, schema: Schema, page: Page | None = None, places: Iterable[str] = ()
) -> Schema:
    names = [*places, *(page.parameters if page else ())]
    left = {"as_of"} if "date" in names else set()
    return {
        "get": {
            "summary": about,
            "parameters": [
                {"$ref": f"#/components/parameters/{'in_path_' * (name in places)}{name}"}
                for name in names
                if name not in left
            ],
            "responses": {
                "200": {"description": about, "content": {media: {"schema": schema}}},
                **_REFUSED,
            },
        }
    }


def _parameters(tracker: Tracker) -> Schema:
    described: Schema = {}
    for name, parameter in PARAMETERS.items():
        schema: Schema = {"type": "string"}
        if parameter.kind in FORMS:
            schema["pattern"] = FORMS[parameter.kind]
        if parameter.kind == "truth":
            schema = {"type": "boolean"}
        codes = list(parameter.labels(tracker)) if parameter.labels else []
        if codes and len(codes) <= _MOST_CODES:
            schema["enum"] = [code.replace(" ", "_") for code in codes]
        described[name] = {"name": name, "in": "query", "description": parameter.about}
        described[name]["schema"] = schema
        if parameter.kind == "several":
            listed = {"schema": {"type": "array", "items": schema}}
            described[name] |= {"style": "form", "explode": False, **listed}
    in_path: dict[str, Schema] = {
        "date": {"anyOf": [_DAY, {"const": "latest"}]},
        "domain": {"type": "string", "enum": tracker.codebook.columns},
        "table": {"type": "string", "enum": list(TABLE_NAMES)},
        "version": _TEXT,
    }
    for name, schema in in_path.items():
        place: Schema = {"name": name, "in": "path", "required": True, "schema": schema}
        described[f"in_path_{name}"] = place
    return described


def _responses() -> Schema:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    again = {"Retry-After": {"description": "Seconds", "schema": _WHOLE}}
    return {
        "Refused": {"description": "A parameter cannot be used", "content": content},
        "Unknown": {"description": "There is nothing under this name", "content": content},
        "Busy": {"description": "Ask again later", "headers": again, "content": content},
    }


def _schemas(tracker: Tracker, resources: Iterable[Resource]) -> Schema:
    schemas: Schema = {
        "Problem": {
            "type": "object",
            "required": ["title", "status", "detail"],
            "properties": {"title": _TEXT, "status": _WHOLE, "detail": _TEXT, "parameter": _TEXT},
        }
    }
    for resource in resources:
        columns = resource.columns(tracker)
        beside = {name: _DAY if name != "group" else _TEXT for name in resource.beside}
        rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{resource.name}_row"}}
        told = {**_VERSIONS, **beside, "count": _WHOLE, "rows": rows}
        schemas[f"{resource.name}_answer"] = {
            "type": "object",
            "required": list(told),
            "properties": told,
        }
        schemas[f"{resource.name}_row"] = {
            "type": "object",
            "required": [column.name for column in columns],
            "properties": {column.name: _column(column) for column in columns},
        }
    return schemas


def _column(column: Col) -> Schema:
    kind = dict(_KINDS[column.kind])
    kind["type"] = [kind["type"], "null"]
    return {**kind, "description": column.about}
