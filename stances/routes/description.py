"""The description of all routes: OpenAPI 3.1, made from the table of routes and the columns."""

from collections.abc import Iterable
from typing import Any

from stances.answers.tracker import tracker_under
from stances.dataset.days import PARTIAL_DATE
from stances.dataset.files import PACKAGE_FILE
from stances.dataset.tables import Dataset
from stances.figures.theme import MODES
from stances.links.parameters import MOST_NAMED, Parameter, parameter_on, sense_on
from stances.pictures.canvas import WIDTH
from stances.pictures.every import PICTURES
from stances.pictures.request import LEAST_WIDTH, MOST_WIDTH, SLIDES
from stances.routes.answers import JSON, PROBLEM
from stances.routes.briefs import brief_answer
from stances.routes.deadlines import STEP_STATUSES
from stances.routes.endpoints import DESCRIPTION, ENDPOINTS, Endpoint, Handler
from stances.routes.pictures import picture_answer
from stances.routes.quotations import act_address, event_address
from stances.routes.schemas import OF_LINKS, one_of, reference, schemas

_SEVERAL = ", separated by commas or the parameter given again"
_TEXT: dict[str, Any] = {"type": "string"}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}

_REFUSALS = {
    "304": {"description": "Nothing new"},
    **{
        status: {"description": text, "content": {PROBLEM: {"schema": reference("Problem")}}}
        for status, text in {
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
    """Return the description of all routes: OpenAPI 3.1."""
    paths = dict(
        _example(data, endpoint, path, media, schema)
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
        "paths": {**paths, **_path_items()},
        "components": {"schemas": schemas(data)},
    }


def _example(
    data: Dataset, endpoint: Endpoint, path: str, media: str, schema: str
) -> tuple[str, dict[str, Any]]:
    """Return one address of a route, and what stands there."""
    taken, answers = _parameters(data, endpoint, path), _LEADING.get(endpoint.handler)
    path, item = _address(path, endpoint.summary, media, schema, taken, answers)
    about = {"description": endpoint.about} if endpoint.about else {}
    return path, item | {method: item[method] | about for method in ("get", "head")}


# What lies elsewhere is told where.
_WHERE = {"302": {"description": "Where it is shown"}}
_LEADING: dict[Handler, dict[str, Any]] = {event_address: _WHERE, act_address: _WHERE}


def _is_there(data: Dataset, path: str) -> bool:
    """Say whether an address has an answer with this dataset, which may lack files."""
    name = path.removeprefix("/tables/")
    return name in data.files or not name.endswith((".toml", PACKAGE_FILE))


_IN_PATH = ("date", "table", "actor", "domain", "group", "event_id", "act_id", "version", "file")


def _parameters(data: Dataset, endpoint: Endpoint, path: str) -> list[dict[str, Any]]:
    in_path = [name for name in _IN_PATH if f"{{{name}}}" in path]
    text = {
        name: _on_page(data, name, endpoint) or _in_query(data, name, path)
        for name in endpoint.parameters
    }
    in_query = [
        *text.values(),
        *(_earlier(old, text[new]) for old, new in endpoint.earlier.items()),
    ]
    taking = endpoint.handler in (picture_answer, brief_answer)
    actors = data.position_actors if taking else data.actors["actor"]
    return [_in_path(data, name, actors) for name in in_path] + in_query


def _earlier(name: str, described: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter under the name that it had before, which is taken still."""
    text = f"As {described['name']}, which is its name of today: one of the two is taken"
    return described | {"name": name, "description": text, "deprecated": True}


def _address(
    path: str,
    summary: str,
    media: str,
    schema: str,
    parameters: list[dict[str, Any]],
    answers: dict[str, Any] | None = None,
) -> tuple[str, dict[str, Any]]:
    """Return an address and its two methods, the second of which gives the headers of the
    first.

    `schema`: the name of that of the answer, of JSON; `answers`: those that are not as elsewhere.
    """
    name = path.strip("/").replace("/", "_").replace("{", "").replace("}", "")
    answers = {"200": _response("Found", media, schema), **_REFUSALS, **(answers or {})}
    headers = {status: {"description": text["description"]} for status, text in answers.items()}
    get = {"summary": summary, "operationId": name, "responses": answers}
    head = {"summary": f"{summary}: headers alone", "operationId": f"{name}_head"}
    return path, {"parameters": parameters, "get": get, "head": head | {"responses": headers}}


def _response(about: str, media: str, schema: str) -> dict[str, Any]:
    kind, _, text = media.partition(";")
    # A file is taken as it comes, as text where it has an encoding.
    content = {"type": "string"} if text else {"type": "string", "format": "binary"}
    return {
        "description": about,
        "content": {kind: {"schema": reference(schema) if schema else content}},
    }


_OUTLINES = "The outlines of the map"


def _path_items() -> dict[str, Any]:
    full = {"503": _response("No valid data, or no room for a new visitor", JSON, "Health")}
    file = _text("file", "path", "A file of the folder geometry")
    described = (
        _address("/healthz", "Whether data is held, and what is taken", JSON, "Health", [], full),
        _address("/readyz", "Whether to send it visitors", JSON, "Health", [], full),
        _address(DESCRIPTION, "This description", JSON, "Description", []),
        *(
            _address(f"{folder}/geometry/{{file}}", _OUTLINES, JSON, "Outlines", [file])
            for folder in ("", "/tables")
        ),
    )
    return dict(described)


def _text(name: str, place: str, text: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": text,
        "schema": schema or {"type": "string"},
    }


def _in_path(data: Dataset, name: str, actors: Iterable[str]) -> dict[str, Any]:
    """Return a part of a path, with what is allowed in it, `actors` among it: always one, also
    where a query takes several under the same name.
    """
    text: dict[str, tuple[str, dict[str, Any]]] = {
        "date": ("A day, or latest", {"type": "string"}),
        "table": (
            "A table",
            one_of(f.removesuffix(".csv") for f in data.files if f[-4:] == ".csv"),
        ),
        "actor": ("Code of an actor", one_of(actors)),
        "domain": ("A domain, or overall", reference("Domain")),
        "group": ("A group, or all", reference("GroupOrAll")),
        "event_id": ("The id of an event", _TEXT),
        "act_id": ("The id of an act", _TEXT),
        "version": ("A release", _TEXT),
        "file": ("A file in the archive of the release", _TEXT),
    }
    return _text(name, "path", *text[name])


def _in_query(data: Dataset, name: str, path: str) -> dict[str, Any]:
    """Return a parameter of a query and what is allowed, in a sense of its own or as in links."""
    sense = sense_on(name, path)
    if sense is None or not sense.kind:
        about, allowed = _in_link(data, name)
        allowed = _SHARED.get(name, allowed)
        return _text(name, "query", sense.about if sense else about, allowed)
    # An item may be several again, with commas between them, so it is no single code.
    kinds = {
        "several": {"type": "array", "items": _TEXT},
        "day": _DAY,
        "part": {"type": "string", "pattern": f"^(?:{PARTIAL_DATE})$"},
        "text": _TEXT,
    }
    allowed = kinds[sense.kind] if sense.kind in kinds else _codes_of_routes(data)[name]
    return _text(
        name, "query", f"{sense.about}{_SEVERAL if sense.kind == 'several' else ''}", allowed
    )


def _codes_of_routes(data: Dataset) -> dict[str, dict[str, Any]]:
    """Return what is allowed in a parameter that is one of codes in a sense of its own."""
    return {
        "from": one_of(data.position_actors),
        "group": reference("Group"),
        "order": reference("DeedOrder"),
        "by": reference("FeedOrder"),
        "status": one_of(STEP_STATUSES),
    }


# What is allowed in parameters that several routes take, described once for all of them.
_SHARED = {name: reference(schema) for schema, (_, name) in OF_LINKS.items() if name != "ledger"}


def _in_link(data: Dataset, name: str, page: str | None = None) -> tuple[str, dict[str, Any]]:
    """Return a parameter as links have it: what it says, and what is allowed."""
    parameter = parameter_on(page, name)
    match parameter.kind:
        case "several":
            codes = _codes(data, parameter)
            known = f": {', '.join(codes)}" if codes else ""
            return f"{parameter.about}{known}{_SEVERAL}", {"type": "array", "items": _TEXT}
        case "one" if codes := _codes(data, parameter):
            return parameter.about, one_of(codes)
        case "day":
            return parameter.about, _DAY
        case "whole":
            return parameter.about, {"type": "integer", "minimum": 1}
    return parameter.about, _TEXT


def _codes(data: Dataset, parameter: Parameter) -> list[str]:
    """Return what can be chosen of a parameter; none: not said, or too much to be listed."""
    codes = parameter.codes(tracker_under(data, None))
    return codes if len(codes) <= MOST_NAMED else []


def _on_page(data: Dataset, name: str, endpoint: Endpoint) -> dict[str, Any] | None:
    """Return what an answer of a page's view takes as the page does; None: it is of none."""
    if endpoint.page is None:
        return None
    is_picture = endpoint.handler is picture_answer
    if is_picture and name in _OF_PICTURES:
        return _text(name, "query", *_OF_PICTURES[name])
    # What it is depends on what the page has under it.
    today = {today: of_page for of_page, today in endpoint.earlier.items()}.get(name, name)
    about, allowed = _in_link(data, today, endpoint.page)
    if is_picture and today not in _DRAWN:
        about += ", for links of the page; a picture does not show it"
    return _text(name, "query", about, _allowed_on_page(name, today, allowed))


# What pictures alone take.
_OF_PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "width": (
        "Width in px",
        {"type": "integer", "minimum": LEAST_WIDTH, "maximum": MOST_WIDTH, "default": WIDTH},
    ),
    "theme": ("Light or dark", one_of(MODES)),
    "height": (
        f"Height in px, from half the width to twice as much, or {SLIDES}; without it as high "
        "as the picture needs",
        _TEXT,
    ),
}
# What any picture shows; the rest its page alone does.
_DRAWN = {name for picture in PICTURES.values() for name in picture.shows}


def _allowed_on_page(name: str, today: str, allowed: dict[str, Any]) -> dict[str, Any]:
    """Return what is allowed in a parameter of a page, that is called `today` in its links."""
    if name == "actor":
        # Elsewhere it takes several.
        return {"type": "array", "items": _TEXT} | ({"maxItems": 1} if today == name else {})
    return _SHARED[name] if name in _SHARED and name != "sort" else allowed
