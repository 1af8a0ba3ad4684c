"""The description of all files under `/openapi.json`: OpenAPI 3.1, of the same declarations."""

import re
from typing import Any

from stances.answers.export import FORMATS
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.faults import in_address
from stances.dataset.load import Dataset
from stances.dataset.schema import TABLE_NAMES
from stances.links.pages import FILES, PAGES, Page
from stances.links.parameters import FORMS, PARAMETERS
from stances.pages.registry import CHARTS
from stances.routes.pool import JSON, PROBLEM, ZIP, Answer, Question, json_answer
from stances.routes.tables import RESOURCES
from stances.tables.col import Col

Schema = dict[str, Any]
# Schemas of single values; `_KINDS`: by the kind of a column (`Col.kind`).
_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_DAY = {"type": "string", "format": "date"}
_OBJECT = {"type": "object"}
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
_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
# Up to so many codes are listed; of more a text is said to be one of them.
_MOST_CODES = 30


def description(data: Dataset, question: Question) -> Answer:
    """`/openapi.json`."""
    tracker = tracker_of(data)
    # Empty where it is not known: then paths are of the host that was asked.
    site = question.site if question.site else "/"
    return json_answer(
        {
            "openapi": "3.1.0",
            "info": {
                "title": data.about.title,
                "description": data.about.description,
                "version": data.version,
            },
            "servers": [{"url": site}],
            "paths": _paths(),
            "components": {
                "parameters": _parameters(tracker),
                "responses": _responses(),
                "schemas": _schemas(),
            },
        }
    )


def _reference(kind: str, name: str) -> Schema:
    return {"$ref": f"#/components/{kind}/{name}"}


def _paths() -> Schema:
    """Return what each path answers with, by path: the tables, the other files, the pictures."""
    paths = {}
    for resource in RESOURCES:
        for ending, path in resource.paths.items():
            schema = _TEXT
            if ending == "json":
                schema = _reference("schemas", f"{resource.name}_answer")
            about = f"{resource.page.about}, as {ending}"
            media, _ = FORMATS[ending]
            paths[path] = _get(path, about, media, schema, resource.page)

    snapshots = FILES["snapshots"]
    levels = FILES["levels"]
    # Files that are not an answer's table, one by one; the last element: the entry in the register
    # that has their parameters, None where there is none.
    other_paths = (
        ("/snapshots/{date}.metadata.json", "What a snapshot is of", JSON, _OBJECT, snapshots),
        ("/deadlines.ics", "The dates ahead", "text/calendar", _TEXT, FILES["deadlines"]),
        ("/feed.atom", "The newest events", "application/atom+xml", _TEXT, FILES["feed"]),
        ("/levels/{domain}.json", levels.about, JSON, _OBJECT, levels),
        ("/tables/{table}.csv", "A table as it lies", "text/csv", _TEXT, None),
        ("/tables/datapackage.json", "The columns of all tables", JSON, _OBJECT, None),
        ("/tables/codebook.toml", "Fields, levels, kinds, constants", "text/plain", _TEXT, None),
        ("/tables/FORMAT.md", "The tables and columns in words", "text/plain", _TEXT, None),
        ("/tables/all.zip", "All tables", ZIP, _TEXT, None),
        ("/releases.json", "The releases", JSON, _OBJECT, None),
        ("/releases/{version}.zip", "A release", ZIP, _TEXT, None),
    )
    for path, about, media, schema, page in other_paths:
        paths[path] = _get(path, about, media, schema, page)

    for name, chart in CHARTS.items():
        for ending, media in _PICTURES.items():
            path = f"/pictures/{name}.{ending}"
            about = f"{chart.title}, as {ending}"
            paths[path] = _get(path, about, media, _TEXT, PAGES[chart.page])
    return paths


def _get(path: str, about: str, media: str, schema: Schema, page: Page | None) -> Schema:
    """Return what a path answers with, and the parameters in it and in its query: those of `page`,
    none without one. `schema`: of an answer that is not refused.
    """
    names_in_path = re.findall(r"{(\w+)}", path)
    parameters = [_reference("parameters", f"in_path_{name}") for name in names_in_path]
    if page:
        for name in page.parameters:
            # A day in the path is the day that is shown: there is no other in the query.
            if name != "as_of" or "date" not in names_in_path:
                parameters.append(_reference("parameters", name))

    responses = {
        "200": {"description": about, "content": {media: {"schema": schema}}},
        "400": _reference("responses", "Refused"),
        "404": _reference("responses", "Unknown"),
        "503": _reference("responses", "Busy"),
    }
    return {"get": {"summary": about, "parameters": parameters, "responses": responses}}


def _parameters(tracker: Tracker) -> Schema:
    """Return every parameter of queries by its name, and of paths by `in_path_` and its name."""
    parameters: Schema = {}
    for name, parameter in PARAMETERS.items():
        schema: Schema = {"type": "string"}
        if parameter.kind in FORMS:
            schema["pattern"] = FORMS[parameter.kind]
        if parameter.kind == "truth":
            schema["type"] = "boolean"
        codes = parameter.labels(tracker) if parameter.labels else {}
        # Without codes any text will do.
        if 0 < len(codes) <= _MOST_CODES:
            schema["enum"] = [in_address(code) for code in codes]

        entry: Schema = {
            "name": name,
            "in": "query",
            "description": parameter.about,
            "schema": schema,
        }
        if parameter.kind == "several":
            entry["schema"] = {"type": "array", "items": schema}
            # With commas in one text, not a parameter for each.
            entry["style"] = "form"
            entry["explode"] = False
        parameters[name] = entry

    in_path: dict[str, Schema] = {
        "date": {"anyOf": [_DAY, {"const": "latest"}]},
        "domain": {"type": "string", "enum": tracker.codebook.columns},
        "table": {"type": "string", "enum": list(TABLE_NAMES)},
        "version": _TEXT,
    }
    for name, schema in in_path.items():
        entry = {"name": name, "in": "path", "required": True, "schema": schema}
        parameters[f"in_path_{name}"] = entry
    return parameters


def _responses() -> Schema:
    """Return the refusals, by name."""
    content = {PROBLEM: {"schema": _reference("schemas", "Problem")}}
    retry_header = {"Retry-After": {"description": "Seconds", "schema": _WHOLE}}
    return {
        "Refused": {"description": "A parameter cannot be used", "content": content},
        "Unknown": {"description": "There is nothing under this name", "content": content},
        "Busy": {"description": "Ask again later", "headers": retry_header, "content": content},
    }


def _schemas() -> Schema:
    """Return what is told in JSON, by name: a refusal, and of each table an answer and a row."""
    schemas: Schema = {
        "Problem": {
            "type": "object",
            "required": ["title", "status", "detail"],
            "properties": {"title": _TEXT, "status": _WHOLE, "detail": _TEXT, "parameter": _TEXT},
        }
    }
    for resource in RESOURCES:
        row = f"{resource.name}_row"
        answer: Schema = dict(_VERSIONS)
        # All others that are stated are days.
        for name in resource.stated:
            answer[name] = _TEXT if name == "group" else _DAY
        answer["count"] = _WHOLE
        answer["rows"] = {"type": "array", "items": _reference("schemas", row)}

        columns = {column.name: _column(column) for column in resource.columns}
        schemas[f"{resource.name}_answer"] = _object(answer)
        schemas[row] = _object(columns)
    return schemas


def _object(properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _column(column: Col) -> Schema:
    # Any cell may be missing.
    kind = _KINDS[column.kind]
    return {**kind, "type": [kind["type"], "null"], "description": column.about}
