"""Pictures of views over HTTP: PNG and SVG, with the parameters of the pages that they show."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.requests import Request

from stances.answers.tracker import Tracker
from stances.answers.views import ACTOR
from stances.dataset.faults import shown
from stances.dataset.tables import Dataset
from stances.figures.theme import LIGHT
from stances.pictures.asked import asked, read_mode, read_width, value_of
from stances.pictures.canvas import WIDTH
from stances.pictures.every import FORMATS, PICTURES, Picture, drawn
from stances.routes.answers import DAY, MINUTES, PNG, SVG, Answer, Problem
from stances.routes.body import packed
from stances.routes.data import licence_link
from stances.routes.query import Query

# Beside the parameters of the page.
OWN_PARAMETERS = ("width", "theme")
MEDIA = {"png": PNG, "svg": SVG}
PICTURES_FOLDER = "/pictures/"


def picture_answer(request: Request, tracker: Tracker) -> Answer:
    """`/pictures/{name}.png`, `/pictures/actors/{actor}.png`, and both as `.svg`."""
    actor = _actor(request, tracker)
    name = ACTOR if actor else request.url.path.rpartition("/")[2].partition(".")[0]
    form, picture = _form(request, actor or name), PICTURES[name]
    query = Query(request, tracker.data, taken_by(picture), picture.earlier)
    values = _values(tracker, picture, query)
    if actor:
        values[ACTOR] = actor
    return _answer(request, tracker, picture, query, values, form)


def taken_by(picture: Picture) -> tuple[str, ...]:
    """The parameters of the address of a picture, under their names of today."""
    own = (picture.earlier.get(name, name) for name in picture.parameters)
    return (*own, *OWN_PARAMETERS)


def _actor(request: Request, tracker: Tracker) -> str:
    """The actor that a path names; empty: none. Raises Problem."""
    actor: str = request.path_params.get(ACTOR, "")
    actors = tracker.data.position_actors
    if actor and actor not in actors:
        some = f"for each code of actors.csv that takes positions, such as {actors[0]}"
        raise Problem(HTTPStatus.NOT_FOUND, f"no picture of {shown(actor)}; there is one {some}")
    return actor


def _form(request: Request, name: str) -> str:
    """The format that a path asks for. Raises Problem."""
    form: str = request.path_params["form"]
    if form not in FORMATS:
        allowed = " or ".join(f"{name}.{each}" for each in FORMATS)
        detail = f"no picture {shown(f'{name}.{form}')}; there is {allowed}"
        raise Problem(HTTPStatus.NOT_FOUND, detail)
    return form


def _values(tracker: Tracker, picture: Picture, query: Query) -> dict[str, Any]:
    taken = {name: picture.earlier.get(name, name) for name in picture.parameters}
    return {
        name: query.read(taken[name], partial(value_of, tracker, name))
        if query.has(taken[name])
        else value_of(tracker, name, None)
        for name in taken
    }


def _answer(
    request: Request,
    tracker: Tracker,
    picture: Picture,
    query: Query,
    values: dict[str, Any],
    form: str,
) -> Answer:
    data: Dataset = tracker.data
    wide = query.read("width", read_width) or WIDTH
    mode = query.read("theme", read_mode) or LIGHT.mode
    view = asked(data, picture.page, values, mode, site_before(request, PICTURES_FOLDER))
    content = drawn(picture, view, wide, form)
    age = MINUTES if view.day == data.today else DAY
    return Answer(packed(content), MEDIA[form], age, links=licence_link(data))


def site_before(request: Request, folder: str) -> str:
    """The address of the dashboard as the client knows it, which stands in what lies in a folder of
    it.
    """
    base, _, _ = request.url.path.rpartition(folder)
    return f"{request.url.scheme}://{request.url.netloc}{base}"
