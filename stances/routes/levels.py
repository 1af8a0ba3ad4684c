"""Answers to the live map: the outlines of countries, as plotly.js asks for them; and once it is
drawn the levels of every actor on every day, by which it is drawn for others, and its table.
"""

from http import HTTPStatus
from typing import Any

from starlette.requests import Request

from stances.answers.levels import level_changes
from stances.answers.tracker import Tracker, tracker_under
from stances.answers.typed_table import versions
from stances.dataset.faults import inline
from stances.dataset.outlines import whole_countries
from stances.dataset.tables import Dataset
from stances.links.register import MAP, OF_RELEASE, PAGE_PARAMETERS, earlier_names
from stances.links.view import View
from stances.pages.map import below
from stances.render.html import blocks_html
from stances.routes.answers import HTML, JSON, MINUTES, Answer, Problem
from stances.routes.body import pack
from stances.routes.data import data_links, to_json
from stances.routes.query import Query, page_parameters, view_of_query

LEVEL_PARAMETERS = ("basis", "settings", *OF_RELEASE)
# What a change holds, in order; `fading`, by its first name: the position is old.
COLUMNS = ("date", "level", "fading", "act_in_force", "outline")


def levels_answer(request: Request, tracker: Tracker) -> Answer:
    """`/levels/{domain}.json`: the days on which each actor comes to stand elsewhere."""
    data = tracker.data
    domain, _, ending = request.path_params["name"].rpartition(".")
    if ending != "json" or domain not in tracker.codebook.columns:
        text = ", ".join(f"{column}.json" for column in tracker.codebook.columns)
        detail = f"no levels {inline(request.path_params['name'])}; there is: {text}"
        raise Problem(HTTPStatus.NOT_FOUND, detail, "domain")
    query = Query(request, data, LEVEL_PARAMETERS)
    changed = tracker_under(data, query.value("settings"), query.basis())
    return Answer(
        pack(to_json(_record(changed, domain))),
        JSON,
        MINUTES,
        links=data_links(data, "Levels", "../"),
    )


def positions_answer(request: Request, tracker: Tracker) -> Answer:
    """`/positions.html`: the map as a table, as a part of a page."""
    earlier = earlier_names(MAP)
    query = Query(request, tracker.data, page_parameters(MAP), earlier)
    view = view_of_query(query, tracker.data, MAP, PAGE_PARAMETERS[MAP], earlier)
    return Answer(pack(positions_html(view).encode()), HTML, MINUTES)


def positions_html(view: View) -> str:
    """Return the map of a view as a table, by itself."""
    return blocks_html(below(view))


def _record(tracker: Tracker, domain: str) -> dict[str, Any]:
    data, scale = tracker.data, tracker.codebook.scale
    return {
        **versions(data),
        "domain": domain,
        "basis": tracker.model.basis,
        "first": str(tracker.codebook.first_date),
        "last": str(data.today),
        "opens": str(data.opening_day),
        "restricting": scale.restricting,
        "open": scale.open,
        "columns": COLUMNS,
        "actors": {
            actor: [[str(change.day), *change[1:]] for change in changes]
            for actor, changes in level_changes(tracker, domain).items()
        },
    }


def outlines_answer(request: Request, tracker: Tracker) -> Answer:
    """`/geometry/{file}`: outlines for the map of the pages, each country in one shape."""
    outlines = whole_countries(_outlines(request, tracker.data))
    return Answer(pack(outlines), JSON, MINUTES, open_to_all=False)


def outlines_table_answer(request: Request, tracker: Tracker) -> Answer:
    """`/tables/geometry/{file}`: outlines where the tables' description has them, open to all."""
    data = tracker.data
    return Answer(
        pack(_outlines(request, data)), JSON, MINUTES, links=data_links(data, "Outlines", "../../")
    )


def _outlines(request: Request, data: Dataset) -> bytes:
    Query(request, data, ())
    name = request.path_params["name"]
    if name not in data.outlines:
        text = f"no geometry {inline(name)}; there is: {', '.join(data.outlines)}"
        raise Problem(HTTPStatus.NOT_FOUND, text, "file")
    return data.outlines[name]
