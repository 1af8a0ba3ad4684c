"""Every route in one table: what it answers, what it takes, and how it is described."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from stances.answers.acts import ALL, ANY, STATUSES
from stances.answers.events import COUNTED, SORTS
from stances.answers.ledger import ONLY, ORDERS
from stances.answers.members import orders
from stances.answers.tracker import Tracker
from stances.dataset.files import PACKAGE_FILE
from stances.dataset.schema import ALL_ACTORS
from stances.dataset.tables import Dataset
from stances.figures.map import VIEWS
from stances.figures.theme import MODES
from stances.model.groups import group_names
from stances.model.stance import BASES
from stances.parameters import ACT_ORDERS, BESIDE, LAYOUTS
from stances.pictures.asked import LEAST_WIDTH, MOST_WIDTH
from stances.pictures.canvas import WIDTH
from stances.pictures.every import PICTURES
from stances.routes.answers import ATOM, CSV, JSON, PROBLEM, TOML, ZIP, Answer
from stances.routes.data import (
    ACT_PARAMETERS,
    EVENT_EARLIER,
    EVENT_PARAMETERS,
    EVERYTHING,
    GROUP_SERIES_PARAMETERS,
    MEMBER_PARAMETERS,
    NARROWING,
    acts_answer,
    events_answer,
    groups_answer,
    members_answer,
    series_answer,
    snapshot_answer,
    table_answer,
)
from stances.routes.feed import BY, FEED_PARAMETERS, feed_answer
from stances.routes.files import TABLE_KINDS
from stances.routes.happened import HAPPENED_PARAMETERS, happened_answer
from stances.routes.levels import LEVEL_PARAMETERS, levels_answer
from stances.routes.pictures import MEDIA, OWN_PARAMETERS, PICTURES_FOLDER, picture_answer

Handler = Callable[[Request, Tracker], Answer]

_SEVERAL = ", separated by commas or the parameter given again"


@dataclass(frozen=True)
class Endpoint:
    """A route: `path` as the server matches it; `examples`: as the description names them, each
    with what it answers; `parameters`: of the query; `heavy`: an answer can take a second to make;
    `slow`: several seconds; `earlier`: names that parameters had, each with the one of today.
    """

    path: str
    handler: Handler
    summary: str
    examples: tuple[tuple[str, str], ...]
    parameters: tuple[str, ...] = ()
    heavy: bool = False
    slow: bool = False
    earlier: Mapping[str, str] = field(default_factory=dict)


def _tabular(
    path: str,
    handler: Handler,
    summary: str,
    parameters: tuple[str, ...],
    heavy: bool = False,
    slow: str = "",
) -> Iterator[Endpoint]:
    """The addresses of an answer that is a table: one for each kind of file, and JSON. `slow`: the
    ending of the kind that is slow to make.
    """
    for ending, media in {**TABLE_KINDS, "json": JSON}.items():
        address, own = f"{path}.{ending}", ending == slow
        yield Endpoint(address, handler, summary, ((address, media),), parameters, heavy, own)


# Frozen: addresses that scripts keep must go on to work, so routes are only ever added.
ENDPOINTS = (
    *(
        Endpoint(
            f"{PICTURES_FOLDER}{name}.{{form}}",
            picture_answer,
            f"Picture: {picture.told[:1].lower()}{picture.told[1:]}",
            tuple((f"{PICTURES_FOLDER}{name}.{form}", media) for form, media in MEDIA.items()),
            (*picture.parameters, *OWN_PARAMETERS),
            heavy=True,
        )
        for name, picture in PICTURES.items()
    ),
    Endpoint(
        "/snapshots/{name:path}",
        snapshot_answer,
        "The stance table of a date",
        tuple(
            (f"/snapshots/{{date}}.{ending}", media)
            for ending, media in {**TABLE_KINDS, "json": JSON, "metadata.json": JSON}.items()
        ),
        NARROWING,
    ),
    *_tabular(
        "/series",
        series_answer,
        "Month-end stances",
        (*NARROWING, "from", "to"),
        heavy=True,
        slow="xlsx",
    ),
    *_tabular(
        "/series/groups",
        groups_answer,
        "Month-end means of groups, with how far their members differ",
        GROUP_SERIES_PARAMETERS,
        heavy=True,
    ),
    Endpoint(
        "/levels/{name:path}",
        levels_answer,
        "Where every actor stands on every day, as the days on which that changes",
        (("/levels/{domain}.json", JSON),),
        LEVEL_PARAMETERS,
        heavy=True,
    ),
    Endpoint(
        "/tables/{name:path}",
        table_answer,
        "The tables as they lie in the repository",
        (
            ("/tables/{table}.csv", CSV),
            ("/tables/codebook.toml", TOML),
            ("/tables/about.toml", TOML),
            (f"/tables/{PACKAGE_FILE}", JSON),
            (f"/tables/{EVERYTHING}", ZIP),
        ),
        heavy=True,
    ),
    Endpoint(
        "/events.json",
        events_answer,
        "Events with their sources",
        (("/events.json", JSON),),
        EVENT_PARAMETERS,
        heavy=True,
        earlier=EVENT_EARLIER,
    ),
    *_tabular("/acts", acts_answer, "The register of acts on a day", ACT_PARAMETERS),
    *_tabular(
        "/members",
        members_answer,
        "The members of a group on a day: what binds each, where it stands, what it did",
        MEMBER_PARAMETERS,
    ),
    *_tabular(
        "/happened",
        happened_answer,
        "The acts and statements after the first day, up to the last, and whom they moved",
        HAPPENED_PARAMETERS,
        heavy=True,
    ),
    Endpoint(
        "/feed.atom",
        feed_answer,
        "The newest events",
        (("/feed.atom", ATOM),),
        (*FEED_PARAMETERS, "group"),
    ),
    Endpoint(
        "/feed/{name:path}",
        feed_answer,
        "The newest events of an actor",
        (("/feed/{actor}.atom", ATOM),),
        FEED_PARAMETERS,
    ),
)


_DESCRIPTION = "/openapi.json"
_BEFORE_NAMES = (*(endpoint.path.partition("{")[0] for endpoint in ENDPOINTS), _DESCRIPTION)


def is_of_data(path: str) -> bool:
    """Whether an address, without the base path, is one of data, or would be with another name."""
    return path.startswith(_BEFORE_NAMES)


# What a request that cannot be answered gets (RFC 9457).
_PROBLEM = {
    "type": "object",
    "required": ["status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, and what is allowed"},
        "parameter": {"type": "string", "description": "Which parameter is wrong"},
    },
}
_REFUSALS = {
    "304": {"description": "Nothing new"},
    **{
        status: {
            "description": told,
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
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
        _address(path, endpoint.summary, media, _parameters(data, endpoint, path))
        for endpoint in ENDPOINTS
        for path, media in endpoint.examples
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
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def _is_there(data: Dataset, path: str) -> bool:
    """Whether an address has an answer with this dataset: not all of its files need be there."""
    name = path.removeprefix("/tables/")
    return name in data.files or not name.endswith((".toml", PACKAGE_FILE))


def _parameters(data: Dataset, endpoint: Endpoint, path: str) -> list[dict[str, Any]]:
    in_path = [name for name in ("date", "table", "actor", "domain") if f"{{{name}}}" in path]
    groups = group_names(data.memberships)
    if endpoint.handler in (members_answer, picture_answer):
        groups.append(ALL_ACTORS)
    told = {
        name: _in_picture(data, name, endpoint) or _in_query(data, name, groups)
        for name in endpoint.parameters
    }
    if endpoint.handler is events_answer:
        told["actor"]["description"] += "; a group stands for its members in the period"
    in_query = [
        *told.values(),
        *(_earlier(old, told[new]) for old, new in endpoint.earlier.items()),
    ]
    return [_in_path(data, name) for name in in_path] + in_query


def _earlier(name: str, described: dict[str, Any]) -> dict[str, Any]:
    """A parameter under the name that it had before, which is taken still."""
    told = f"As {described['name']}, which is its name of today: one of the two is taken"
    return described | {"name": name, "description": told, "deprecated": True}


def _address(
    path: str,
    summary: str,
    media: str,
    parameters: list[dict[str, Any]],
    answers: dict[str, Any] | None = None,
) -> tuple[str, dict[str, Any]]:
    """An address and its two methods, the second of which gives the headers of the first.

    `answers`: those that are not as they are elsewhere.
    """
    kind, _, _ = media.partition(";")
    name = path.strip("/").replace("/", "_").replace("{", "").replace("}", "")
    answers = {"200": _response("Found", kind), **_REFUSALS, **(answers or {})}
    headers = {status: {"description": told["description"]} for status, told in answers.items()}
    get = {"summary": summary, "operationId": name, "responses": answers}
    head = {"summary": f"{summary}: headers alone", "operationId": f"{name}_head"}
    return path, {"parameters": parameters, "get": get, "head": head | {"responses": headers}}


def _response(told: str, media: str) -> dict[str, Any]:
    return {"description": told, "content": {media: {}}}


def _own_paths() -> dict[str, Any]:
    not_held = {"503": _response("No valid data, or no room for a new visitor", JSON)}
    file = _text("file", "path", "A file of the folder geometry")
    described = (
        _address("/healthz", "Whether data is held, and what is taken", JSON, [], not_held),
        _address(_DESCRIPTION, "This description", JSON, []),
        *(
            _address(f"{folder}/geometry/{{file}}", "The outlines of the map", JSON, [file])
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


def _in_path(data: Dataset, name: str) -> dict[str, Any]:
    """A part of a path, with what is allowed in it: always one, also where a query takes several
    under the same name.
    """
    told: dict[str, tuple[str, dict[str, Any]]] = {
        "date": ("A day, or latest", {"type": "string"}),
        "table": ("A table", _enum(f.removesuffix(".csv") for f in data.files if f[-4:] == ".csv")),
        "actor": ("Code of an actor", _enum(data.actors["actor"])),
        "domain": ("A domain, or overall", _enum(data.codebook.columns)),
    }
    return _text(name, "path", *told[name])


def _in_query(data: Dataset, name: str, groups: list[str]) -> dict[str, Any]:
    """A parameter of a query, with what is allowed in it, `groups` among it."""
    codebook = data.codebook
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
        "group": ("Members on the day", _enum(groups)),
        "domain": ("A domain, or overall", _enum(codebook.columns)),
        "basis": ("What the stances rest on: all that counts, or acts alone", _enum(BASES)),
        "settings": (
            "A reader's own settings of the model, as links have them",
            {"type": "string"},
        ),
        "q": ("Words that must all occur", {"type": "string"}),
        "instruments": (f"Instruments{_SEVERAL}", several),
        "scores": ("Lowest and highest score, such as -3..-1", scores),
        "confidence": (f"Confidences{_SEVERAL}", several),
        "counted": ("Scored events, context, or all", _enum(COUNTED)),
        "sort": ("Order of the events", _enum(SORTS)),
        "scope": (f"What the acts cover{_SEVERAL}", several),
        "aim": (f"How the acts meet the subject{_SEVERAL}", several),
        "status": ("Status on the day, or all", _enum([*STATUSES, ALL])),
        "deadline": (
            "A kind of deadline, any, or all acts",
            _enum([*codebook.acts.deadline_kind, ANY, ALL]),
        ),
        "recorded_since": ("Events whose rows have come in or changed since this day", day),
        "only": ("Acts and statements, or acts alone", _enum(ONLY)),
        "order": ("Newest first, or by what each has changed", _enum(ORDERS)),
        "by": ("Newest, and in the period, by the day of entry or of the event", _enum(BY)),
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
        "theme": ("Light or dark", _enum(MODES)),
        "view": ("The part of the world", _enum(VIEWS)),
        "actor": ("The actor that is drawn out", several | {"maxItems": 1}),
        "actors": (f"The lines: codes of actors, names of groups{_SEVERAL}", several),
        "layout": ("All lines in one chart, or each in one of its own", _enum(LAYOUTS)),
        "order": ("The order of the members", _enum(orders(data.codebook))),
        "by": (f"The order of the acts, {unseen}", _enum(ACT_ORDERS)),
        "beside": (f"What stands beside the map, {unseen}", _enum(BESIDE)),
        "play": (f"Whether the dates play, {unseen}", _enum(("0", "1"))),
        "act": (f"The open act, {unseen}", text),
        "event": (f"The open event, {unseen}", text),
    }
    return _text(name, "query", *told[name]) if name in told else None


def _enum(values: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}
