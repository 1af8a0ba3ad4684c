"""The JSON schemas of all JSON answers, made from the columns that describe the tables.

An answer may have more than is named here, now or later: names are only ever added.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from stances.answers import group_file, happened, ledger, news_file, snapshot, step_file
from stances.answers.act_file import act_columns
from stances.answers.domains import domain_columns
from stances.answers.event_file import event_columns
from stances.answers.member_file import columns_of
from stances.answers.members import Totals
from stances.answers.tracker import tracker_under
from stances.dataset.days import PARTIAL_DATE
from stances.dataset.schema import Column, tables
from stances.dataset.tables import Dataset
from stances.links.parameters import parameter_on
from stances.routes.feed import BY

Schema = dict[str, Any]

_COVERED = "covered_to"
_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_DAY: Schema = {"type": "string", "format": "date"}
_TEXTS: Schema = {"type": "object", "additionalProperties": _TEXT}
_ANY: Schema = {"type": "object"}
_KINDS: dict[str, Schema] = {
    "day": _DAY,
    "partial": {"type": "string", "pattern": f"^(?:{PARTIAL_DATE})$"},
    "whole": _WHOLE,
    "number": {"type": "number"},
    "truth": {"type": "boolean"},
}
# Cells with several codes, which JSON has as a list.
_LISTS = ("scope", "source_ids")


def reference(name: str) -> Schema:
    """Return what stands where a schema is meant by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def schemas(data: Dataset) -> dict[str, Schema]:
    """All schemas by name."""
    return {
        **_of_rows(data), **_of_tables(), **_of_files(), **_of_server(), **_of_parameters(data),
    }  # fmt: skip


def one_of(values: Iterable[str]) -> Schema:
    """Return the schema of one of some words."""
    return {"type": "string", "enum": [*values]}


def _of_parameters(data: Dataset) -> dict[str, Schema]:
    """Return what is allowed in parameters, once for all addresses that take them."""
    tracker = tracker_under(data, None)
    return {
        "Group": one_of(tracker.groups),
        **{
            schema: one_of(parameter_on(page, name).codes(tracker))
            for schema, (page, name) in OF_LINKS.items()
        },
        "FeedOrder": one_of(BY),
    }


# What is allowed as in links: the page, None: any, and the name there.
OF_LINKS: dict[str, tuple[str | None, str]] = {
    "GroupOrAll": (None, "group"),
    "Domain": (None, "domain"),
    "Basis": (None, "basis"),
    "Counted": (None, "counted"),
    "EventOrder": ("events", "sort"),
    "Status": (None, "status"),
    "Deadline": (None, "deadline"),
    "Only": (None, "only"),
    "DeedOrder": (None, "ledger"),
}


def _object(text: str, properties: dict[str, Schema], optional: Iterable[str] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "description": text, "required": required, "properties": properties}


def _row(text: str, columns: Iterable[Column], **more: Schema) -> Schema:
    properties = {column.name: _cell(column) for column in columns}
    return _object(text, {**properties, **more})


def _file_row(text: str, columns: Iterable[Column]) -> Schema:
    """Describe a row of a file, in which a cell of several codes is a text."""
    return _object(text, {column.name: _value_schema(column) for column in columns})


def _cell(column: Column) -> Schema:
    if column.name in _LISTS:
        return {"type": "array", "items": _TEXT, "description": column.description}
    return _value_schema(column)


def _value_schema(column: Column) -> Schema:
    kind = dict(_KINDS.get(column.kind, _TEXT))
    if column.optional:
        kind["type"] = [kind["type"], "null"]
    return {**kind, "description": column.description}


def _list(name: str) -> Schema:
    return {"type": "array", "items": reference(name)}


def _or_nothing(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _of_rows(data: Dataset) -> dict[str, Schema]:
    known = tables(data.codebook, data.today)
    sources = _list("Source")
    events = event_columns(data)
    return {
        "SnapshotRow": _row("The stance of an actor in a domain on a day", snapshot.COLUMNS),
        "SeriesRow": _row("The stance of an actor in a domain at a month end", snapshot.OF_SERIES),
        "GroupMean": _row("The mean of a group in a domain at a month end", group_file.COLUMNS),
        "Source": _row("A page that backs an event or an act", known["sources"].columns),
        "Event": _row("What one actor said or did", events, sources=sources),
        "EventRow": _file_row("What one actor said or did, in a file", events),
        "Act": _row("A line of the register of acts", act_columns(data), sources=sources),
        "ActRow": _file_row("A line of the register of acts in a file", act_columns(data)),
        "DeadlineRow": _row("A dated step of an act", step_file.COLUMNS),
        "Change": _row("Something that is told, once", news_file.COLUMNS),
        "DomainRow": _row("An actor in every domain on a day", domain_columns(data.codebook)),
        "Member": _row("A member of a group on a day", columns_of(data.codebook)),
        "Deed": _row("An act or a statement and what it changed", ledger.COLUMNS),
        "Move": _row("What became of an actor between two days", happened.COLUMNS),
        "Release": _of_release(),
        "RowChange": _of_row_change(),
        "FigureChange": _of_figure_change(),
        "Totals": _object("What the members add up to", dict.fromkeys(Totals._fields, _WHOLE)),
    }


def _describe(text: str, more: Mapping[str, Schema]) -> Schema:
    """Describe an answer that says first which figures it has."""
    version = {"dataset_version": _TEXT, "model_version": _TEXT, _COVERED: _DAY}
    return _object(text, {**version, **more}, optional=[_COVERED])


def _of_tables() -> dict[str, Schema]:
    basis = reference("Basis")
    period = {"from": _DAY, "to": _DAY, "basis": basis}
    about_members = {
        "as_of": _DAY, "group": _TEXT, "domain": _TEXT, "act_domain": _TEXT, "basis": basis,
        "sentence": _TEXT, "totals": reference("Totals"), "columns": _TEXTS,
    }  # fmt: skip
    about_happened = {
        "domain": _TEXT, "group": _or_nothing(_TEXT), "actors": {"type": "array", "items": _TEXT},
        "headline": _TEXT, "summary": _TEXT,
    }  # fmt: skip
    cell: Schema = {"type": ["string", "integer", "boolean", "null"]}
    changes: Schema = {"type": "array", "items": {"type": "array", "items": cell}}
    levels: dict[str, Schema] = {
        "domain": _TEXT, "basis": basis, "first": _DAY, "last": _DAY, "opens": _DAY,
        "restricting": _WHOLE, "open": _WHOLE, "columns": {"type": "array", "items": _TEXT},
        "actors": {"type": "object", "additionalProperties": changes},
    }  # fmt: skip
    return {
        "Snapshot": _object(
            "The stance table of a date",
            {"metadata": reference("SnapshotMetadata"), "rows": _list("SnapshotRow")},
        ),
        "Series": _describe("Month-end stances", {"rows": _list("SeriesRow")}),
        "Levels": _describe("By actor its changes: a day, where it stands from then on", levels),
        "Members": _describe("Members on a day", {**about_members, "rows": _list("Member")}),
        "Happened": _describe(
            "What happened after one day, up to another",
            {**period, **about_happened, "count": _WHOLE, "rows": _list("Deed"),
             "deeds": _list("Deed"), "moves": _list("Move")},
        ),
        "ReleaseDiff": _describe(
            "What two releases have apart; the versions are those of the newer",
            {"old": _TEXT, "old_model_version": _TEXT, "as_of": _DAY, "sentence": _TEXT,
             "compared": _WHOLE, "count": _WHOLE, "rows": _list("RowChange"),
             "figures": _list("FigureChange")},
        ),
        **_of_lists(),
    }  # fmt: skip


def _of_release() -> Schema:
    texts: Schema = {"type": "array", "items": _TEXT}
    named = dict.fromkeys(("version", "model_version", "address", "sha256"), _TEXT)
    of_file = {**dict.fromkeys(("name", "address", "sha256"), _TEXT), "bytes": _WHOLE}
    files: Schema = {"type": "array", "items": _object("A file in the archive", of_file)}
    cells = {**named, "day": _DAY, "aliases": texts, "bytes": _WHOLE, "files": files}
    return _object("A release, with the checksums of its archive and of what is in it", cells)


def _of_row_change() -> Schema:
    texts: Schema = {"type": "array", "items": _TEXT}
    named = dict.fromkeys(("table", "change", "actor", "title", "why"), _TEXT)
    both: Schema = {"type": "object", "additionalProperties": texts}
    text = "A row that came in, was corrected (column: before and after) or went"
    return _object(text, {**named, "key": texts, "by": texts, "fields": both})


def _of_figure_change() -> Schema:
    number: Schema = {"type": ["number", "null"]}
    figures = dict.fromkeys(("stance", "low", "high"), number)
    reading = _object("A stance with its band", {**figures, "label": _TEXT})
    readings = dict.fromkeys(("before", "between", "after"), reading)
    yes: Schema = {"type": "boolean"}
    moved = {"by_data": yes, "by_method": yes}
    named: dict[str, Schema] = {"actor": _TEXT, "domain": _TEXT}
    events: Schema = {"type": "array", "items": _TEXT}
    text = "A stance that is another; between: of the new data by the old method"
    return _object(text, {**named, **readings, **moved, "events": events})


def _of_lists() -> dict[str, Schema]:
    """Return answers that are counted rows after little else, under `rows` and earlier names."""
    basis, between = reference("Basis"), {"since": _DAY, "until": _DAY}
    of_group = {"as_of": _DAY, "group": _TEXT, "basis": basis, "sentence": _TEXT, "columns": _TEXTS}
    of_steps = {"as_of": _DAY, "counts": _counts()}
    period = {"from": _DAY, "to": _DAY, "basis": basis}
    unusable = "Releases that are left out: their archives are damaged, or another's"
    names: Schema = {"type": "array", "items": _TEXT}
    of_archives = {"unusable": {**names, "description": unusable}}
    listed = {
        "Events": ("Events with their sources", {}, "events", "Event"),
        "Changes": ("What was told since a day", between, "changes", "Change"),
        "Releases": ("Every release that is kept", of_archives, "rows", "Release"),
        "Domains": ("Positions by domain on a day", of_group, "rows", "DomainRow"),
        "Acts": ("The register on a day", {"as_of": _DAY}, "acts", "Act"),
        "Deadlines": ("Every dated step", of_steps, "deadlines", "DeadlineRow"),
        "GroupSeries": ("Month-end means of groups", period, "rows", "GroupMean"),
    }
    return {
        name: _describe(text, {**more, "count": _WHOLE, "rows": _list(row), rows: _list(row)})
        for name, (text, more, rows, row) in listed.items()
    }


def _counts() -> Schema:
    text = {"in_force": "acts in force", "to_come": "acts to come"}
    ahead = {name: {**_WHOLE, "description": f"Ahead, of {what}"} for name, what in text.items()}
    passed = {**_WHOLE, "description": "Passed; the acts still stand"}
    return _object("How many steps there are of each kind", {**ahead, "passed": passed})


def _of_files() -> dict[str, Schema]:
    licence = _object("A licence", {"name": _TEXT, "title": _TEXT, "url": _TEXT})
    texts = (
        "title", "description", "dataset_version", "model_version", "dataset_content_sha256",
        "schema_version", "citation", "csv_sha256", "basis",
    )  # fmt: skip
    metadata: dict[str, Schema] = {
        **dict.fromkeys(texts, _TEXT),
        "as_of": _DAY,
        "dataset_recorded": _DAY,
        _COVERED: _DAY,
        "narrowed_to": _ANY,
        "licence": {"oneOf": [reference("Licence"), {"type": "null"}]},
        "scale": _TEXTS,
        "columns": _TEXTS,
        "model": _ANY,
    }
    described = {"name": _TEXT, "resources": {"type": "array", "items": _ANY}}
    return {
        "Licence": licence,
        "SnapshotMetadata": _object(
            "What tells of a snapshot and its model", metadata, optional=[_COVERED]
        ),
        "DataPackage": _object("The description of the tables: Data Package v2", described),
        "Outlines": _object("Outlines of countries: TopoJSON", {"type": _TEXT, "objects": _ANY}),
        "Description": _object(
            "A description of addresses: OpenAPI 3.1",
            {"openapi": _TEXT, "info": _ANY, "paths": _ANY, "components": _ANY},
        ),
    }


def _of_server() -> dict[str, Schema]:
    counted = {"type": "object", "additionalProperties": _or_nothing(_WHOLE)}
    health = {
        "status": _TEXT, "reason": _TEXT, "dataset_version": _TEXT, "model_version": _TEXT,
        _COVERED: _DAY, "warning": _TEXT, "events": _WHOLE, "waiting_seconds": {"type": "number"},
        "taken": counted, "most": counted,
    }  # fmt: skip
    # What a request that cannot be answered gets (RFC 9457).
    problem = {
        "title": _TEXT,
        "status": _WHOLE,
        "detail": {**_TEXT, "description": "What is wrong, and what is allowed"},
        "parameter": {**_TEXT, "description": "Which parameter is wrong"},
    }
    with_data = ("reason", "dataset_version", "model_version", _COVERED, "warning", "events")
    return {
        "Health": _object("Whether valid data is held, and what is taken", health, with_data),
        "Problem": _object("Why a request is refused", problem, ("title", "parameter")),
    }
