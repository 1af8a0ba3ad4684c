"""The outlines of countries, as plotly.js asks for them: small, compressed, cacheable."""

from http import HTTPStatus

from starlette.requests import Request

from stances.answers.tracker import Tracker
from stances.dataset.faults import inline
from stances.dataset.tables import Dataset
from stances.routes.answers import JSON, MINUTES, Answer, Problem
from stances.routes.body import pack
from stances.routes.data import data_links
from stances.routes.query import Query


def map_answer(request: Request, tracker: Tracker) -> Answer:
    """`/geometry/{file}`: outlines for the map of the pages."""
    data = tracker.data
    return Answer(pack(_outlines(request, data)), JSON, MINUTES, open_to_all=False)


def table_answer(request: Request, tracker: Tracker) -> Answer:
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
