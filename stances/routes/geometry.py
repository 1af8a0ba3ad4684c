"""The outlines of countries, as plotly.js asks for them: small, compressed, cacheable."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request

from stances import Dataset
from stances.faults import shown
from stances.routes.answers import JSON, MINUTES, Answer, Problem
from stances.routes.data import data_links
from stances.routes.query import Query


def map_answer(request: Request, data: Dataset) -> Answer:
    """`/geometry/{file}`: outlines for the map of the pages."""
    return Answer(_outlines(request, data), JSON, MINUTES, open_to_all=False)


def table_answer(request: Request, data: Dataset) -> Answer:
    """`/tables/geometry/{file}`: the same where the description of the tables says that they lie,
    open to all as the tables are.
    """
    return Answer(_outlines(request, data), JSON, MINUTES, links=data_links(data))


def _outlines(request: Request, data: Dataset) -> bytes:
    Query(request, data, ())
    name = request.path_params["name"]
    if name not in data.outlines:
        told = f"no geometry {shown(name)}; there is: {', '.join(data.outlines)}"
        raise Problem(HTTPStatus.NOT_FOUND, told, "file")
    return data.outlines[name]
