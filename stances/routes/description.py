"""The description of all routes: OpenAPI 3.1, made from the table of routes and the columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stances.answers.members import orders
from stances.dataset.files import PACKAGE_FILE
from stances.dataset.tables import Dataset
from stances.figures.map import VIEWS
from stances.figures.theme import MODES
from stances.parameters import ACT_ORDERS, BESIDE, LAYOUTS
from stances.pictures.asked import LEAST_WIDTH, MOST_WIDTH
from stances.pictures.canvas import WIDTH
from stances.routes.answers import JSON, PROBLEM
from stances.routes.briefs import brief_answer
from stances.routes.data import acts_answer, events_answer, members_answer
from stances.routes.endpoints import DESCRIPTION, ENDPOINTS, Endpoint
from stances.routes.pictures import picture_answer
from stances.routes.schemas import one_of, reference, schemas

_SEVERAL = ", separated by commas or the parameter given again"

# Where a group may be named among actors, and for whom it stands there.
_OF_GROUPS = {
    events_answer: "; a group stands for its members in the period",
    acts_answer: "; a group stands for its members on the day",
}
_REFUSALS = {
    "304": {"description": "Nothing new"},
    **{
        status: {
            "description": told,
            "content": {PROBLEM: {"schema": reference("Problem")}},
        }
        for status, told in {
            "400": "Bad parameter",
            "404": "Unknown address, actor or table",
            "405": "Other method than GET and HEAD",
            "414": "Address too long",
            "431": "Headers too long",
            "503": "No valid data, or too many answers are being made",
        }.items()
    },
}


def describe(data: Dataset) -> dict[str, Any]:
    """The description of all routes: OpenAPI 3.1."""
    paths = dict(
        _address(path, endpoint.summary, media, schema, _parameters(data, endpoint, path))
        for endpoint in ENDPOINTS
        for path, media, schema in endpoint.examples
        if _is_there(data, path)
    )
    licence = data.about.licence
    info = {
        "title": data.about.title,
        "description": data.about.description,
        "version": data.version,
        **({"license": {"name": licence.title, "url": licence.url}} if licence else {}),
    }
    # Where the description itself was found, a base path included.
    servers = [{"url": "."}]
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": servers,
        "paths": {**paths, **_own_paths()},
        "components": {"schemas": schemas(data)},
    }


def _is_there(data: Dataset, path: str) -> bool:
    """Whether an address has an answer with this dataset: not all of its files need be there."""
    name = path.removeprefix("/tables/")
    return name in data.files or not name.endswith((".toml", PACKAGE_FILE))


def _parameters(data: Dataset, endpoint: Endpoint, path: str) -> list[dict[str, Any]]:
    in_path = [
        name for name in ("date", "table", "actor", "domain", "group") if f"{{{name}}}" in path
    ]
    told = {
        name: _in_picture(data, name, endpoint)
        or _in_brief(data, name, endpoint)
        or _in_query(name)
        for name in endpoint.parameters
    }
    if endpoint.handler in (members_answer, picture_answer) and "group" in told:
        told["group"]["schema"] = reference("GroupOrAll")
    if endpoint.handler in _OF_GROUPS:
        told["actor"]["description"] += _OF_GROUPS[endpoint.handler]
    in_query = [
        *told.values(),
        *(_earlier(old, told[new]) for old, new in endpoint.earlier.items()),
    ]
    taking = endpoint.handler in (picture_answer, brief_answer)
    actors = data.position_actors if taking else data.actors["actor"]
    return [_in_path(data, name, actors) for name in in_path] + in_query


def _earlier(name: str, described: dict[str, Any]) -> dict[str, Any]:
    """A parameter under the name that it had before, which is taken still."""
    told = f"As {described['name']}, which is its name of today: one of the two is taken"
    return described | {"name": name, "description": told, "deprecated": True}


def _address(
    path: str,
    summary: str,
    media: str,
    schema: str,
    parameters: list[dict[str, Any]],
    answers: dict[str, Any] | None = None,
) -> tuple[str, dict[str, Any]]:
    """An address and its two methods, the second of which gives the headers of the first.

    `schema`: the name of that of the answer, of JSON; `answers`: those that are not as elsewhere.
    """
    name = path.strip("/").replace("/", "_").replace("{", "").replace("}", "")
    answers = {"200": _response("Found", media, schema), **_REFUSALS, **(answers or {})}
    headers = {status: {"description": told["description"]} for status, told in answers.items()}
    get = {"summary": summary, "operationId": name, "responses": answers}
    head = {"summary": f"{summary}: headers alone", "operationId": f"{name}_head"}
    return path, {"parameters": parameters, "get": get, "head": head | {"responses": headers}}


def _response(told: str, media: str, schema: str) -> dict[str, Any]:
    kind, _, text = media.partition(";")
    # A file is taken as it comes, as text where it has an encoding.
    own = {"type": "string"} if text else {"type": "string", "format": "binary"}
    return {
        "description": told,
        "content": {kind: {"schema": reference(schema) if schema else own}},
    }


_OUTLINES = "The outlines of the map"


def _own_paths() -> dict[str, Any]:
    full = {"503": _response("No valid data, or no room for a new visitor", JSON, "Health")}
    file = _text("file", "path", "A file of the folder geometry")
    described = (
        _address("/healthz", "Whether data is held, and what is taken", JSON, "Health", [], full),
        _address(DESCRIPTION, "This description", JSON, "Description", []),
        *(
            _address(f"{folder}/geometry/{{file}}", _OUTLINES, JSON, "Outlines", [file])
            for folder in ("", "/tables")
        ),
    )
    return dict(described)


def _text(name: str, place: str, told: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": told,
        "schema": schema or {"type": "string"},
    }


def _in_path(data: Dataset, name: str, actors: Iterable[str]) -> dict[str, Any]:
    """A part of a path, with what is allowed in it, `actors` among it: always one,
    also where a query takes several under the same name.
    """
    told: dict[str, tuple[str, dict[str, Any]]] = {
        "date": ("A day, or latest", {"type": "string"}),
        "table": (
            "A table",
            one_of(f.removesuffix(".csv") for f in data.files if f[-4:] == ".csv"),
        ),
        "actor": ("Code of an actor", one_of(actors)),
        "domain": ("A domain, or overall", reference("Domain")),
        "group": ("A group, or all", reference("GroupOrAll")),
    }
    return _text(name, "path", *told[name])


def _in_query(name: str) -> dict[str, Any]:
    """A parameter of a query, with what is allowed in it."""
    day = {"type": "string", "format": "date"}
    scores = {"type": "string", "pattern": r"^-?[0-9]\.\.-?[0-9]$"}
    # An item may be several again, with commas between them, so it is no single code.
    text = {"type": "string"}
    several = {"type": "array", "items": text}
    told: dict[str, tuple[str, dict[str, Any]]] = {
        "as_of": ("The day", day),
        "from": ("First day", day),
        "to": ("Last day", day),
        "actor": (f"Codes of actors{_SEVERAL}", several),
        "group": ("Members on the day", reference("Group")),
        "domain": ("A domain, or overall", reference("Domain")),
        "basis": (
            "What the stances rest on: all that counts, or acts alone",
            reference("Basis"),
        ),
        "settings": ("A reader's own settings of the model, as links have them", text),
        "q": ("Words that must all occur", text),
        "instruments": (f"Instruments{_SEVERAL}", several),
        "scores": ("Lowest and highest score, such as -3..-1", scores),
        "confidence": (f"Confidences{_SEVERAL}", several),
        "counted": ("Scored events, context, or all", reference("Counted")),
        "sort": ("Order of the events", reference("EventOrder")),
        "scope": (f"What the acts cover{_SEVERAL}", several),
        "aim": (f"How the acts meet the subject{_SEVERAL}", several),
        "status": ("Status on the day, or all", reference("Status")),
        "deadline": ("A kind of deadline, any, or all acts", reference("Deadline")),
        "recorded_since": ("Events whose rows have come in or changed since this day", day),
        "only": ("Acts and statements, or acts alone", reference("Only")),
        "order": ("Newest first, or by what each has changed", reference("DeedOrder")),
        "by": (
            "Newest, and in the period, by the day of entry or of the event",
            reference("FeedOrder"),
        ),
    }
    return _text(name, "query", *told[name])


def _in_picture(data: Dataset, name: str, endpoint: Endpoint) -> dict[str, Any] | None:
    """What a picture takes as its page does; None: another route has the same."""
    if endpoint.handler is not picture_answer:
        return None
    text = {"type": "string"}
    several = {"type": "array", "items": text}
    unseen = "for links of the page; a picture does not show it"
    told: dict[str, tuple[str, dict[str, Any]]] = {
        "width": (
            "Width in px",
            {"type": "integer", "minimum": LEAST_WIDTH, "maximum": MOST_WIDTH, "default": WIDTH},
        ),
        "theme": ("Light or dark", one_of(MODES)),
        "view": ("The part of the world", one_of(VIEWS)),
        "actor": ("The actor that is drawn out", several | {"maxItems": 1}),
        "who": (f"Whose acts: actors, or groups for their members{_SEVERAL}", several),
        "actors": (f"The lines: codes of actors, names of groups{_SEVERAL}", several),
        "layout": ("All lines in one chart, or each in one of its own", one_of(LAYOUTS)),
        "order": ("The order of the members", one_of(orders(data.codebook))),
        "by": (f"The order of the acts, {unseen}", one_of(ACT_ORDERS)),
        "beside": (f"What stands beside the map, {unseen}", one_of(BESIDE)),
        "play": (f"Whether the dates play, {unseen}", one_of(("0", "1"))),
        "act": (f"The open act, {unseen}", text),
        "event": (f"The open event, {unseen}", text),
    }
    # What it is depends on what the page has under it.
    own = {today: of_page for of_page, today in endpoint.earlier.items()}.get(name, name)
    return _text(name, "query", *told[own]) if own in told else None


def _in_brief(data: Dataset, name: str, endpoint: Endpoint) -> dict[str, Any] | None:
    """What a brief takes that another route has in another sense; None: it has none of it."""
    if endpoint.handler is not brief_answer:
        return None
    day = {"type": "string", "format": "date"}
    told: dict[str, tuple[str, dict[str, Any]]] = {
        "since": ("Deeds after this day; without it a year before the day", day),
        "from": ("The actor whom the brief is for", one_of(data.position_actors)),
    }
    return _text(name, "query", *told[name]) if name in told else None
