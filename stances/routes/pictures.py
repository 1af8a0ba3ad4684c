"""Pictures of views over HTTP: PNG and SVG, with the parameters of the pages that they show."""

from dataclasses import replace
from functools import partial
from http import HTTPStatus

from starlette.requests import Request

from stances import words
from stances.answers.citing import quotation
from stances.answers.tracker import Tracker
from stances.dataset.faults import inline
from stances.dataset.names import did_you_mean
from stances.figures.theme import LIGHT
from stances.links.register import ACTOR
from stances.links.view import View, site_address
from stances.pictures.address import FOLDER
from stances.pictures.canvas import WIDTH
from stances.pictures.every import FORMATS, PICTURES, QUOTE, Picture, picture_bytes
from stances.pictures.request import PictureRequest, Size, read_height, read_mode, read_width
from stances.routes.answers import DAY, MINUTES, PNG, SVG, TEXT, Answer, Problem
from stances.routes.body import pack
from stances.routes.data import licence_link
from stances.routes.hosts import request_site
from stances.routes.query import Query, view_of_query
from stances.routes.quotations import quotation_answer

# Beside the parameters of the page.
OWN_PARAMETERS = ("width", "theme", "height")
MEDIA = {"png": PNG, "svg": SVG, QUOTE: TEXT}
PICTURES_FOLDER = f"/{FOLDER}"


def picture_answer(request: Request, tracker: Tracker) -> Answer:
    """`/pictures/{name}.png`, `/pictures/actors/{actor}.png`, as `.svg` and, quoted, `.txt`."""
    actor = _actor(request, tracker)
    name = ACTOR if actor else request.url.path.rpartition("/")[2].partition(".")[0]
    form, picture = _form(request, actor or name), PICTURES[name]
    query = Query(request, tracker.data, parameters_of(picture), picture.earlier)
    return _answer(request, picture, query, _view(tracker, picture, query, actor), form)


def parameters_of(picture: Picture) -> tuple[str, ...]:
    """Return the parameters of the address of a picture, under their names of today."""
    names = (picture.earlier.get(name, name) for name in picture.parameters)
    return (*names, *OWN_PARAMETERS)


def _actor(request: Request, tracker: Tracker) -> str:
    """Return the actor that a path names; empty: none. Raises Problem."""
    actor: str = request.path_params.get(ACTOR, "")
    actors = tracker.data.position_actors
    if actor and actor not in actors:
        some = f"for each code of actors.csv that takes positions, such as {actors[0]}"
        detail = f"no picture of {inline(actor)}; there is one {some}"
        near = did_you_mean(actor, actors, tracker.short_names)
        raise Problem(HTTPStatus.NOT_FOUND, f"{detail}{near}")
    return actor


def _form(request: Request, name: str) -> str:
    """Return the format that a path asks for. Raises Problem."""
    form: str = request.path_params["form"]
    if form not in MEDIA:
        allowed = " or ".join(f"{name}.{ending}" for ending in FORMATS)
        detail = f"no picture {inline(f'{name}.{form}')}; there is {allowed}"
        raise Problem(HTTPStatus.NOT_FOUND, detail)
    return form


def _view(tracker: Tracker, picture: Picture, query: Query, actor: str) -> View:
    """Return the view that a picture is of. Raises BadParameter."""
    whole = view_of_query(query, tracker.data, picture.page, picture.parameters, picture.earlier)
    mode = query.read("theme", read_mode) or LIGHT.mode
    view = replace(picture.view_at_part(whole), mode=mode)
    return view.but(actor=actor) if actor else view


def _answer(request: Request, picture: Picture, query: Query, view: View, form: str) -> Answer:
    data = view.published.data
    wide = query.read("width", read_width) or WIDTH
    high = query.read("height", partial(read_height, wide=wide))
    site = request_site(request, FOLDER)
    drawing = PictureRequest(view, site, Size(wide, high).sheet)
    if form == QUOTE:
        text = f"Picture, {words.day(view.day)}: {picture.draw(drawing).title.removesuffix('.')}."
        place = site_address(f"{site}/", view.page, view.cited_texts)
        return quotation_answer(view.tracker, quotation(view.tracker, text, None), place)
    content = picture_bytes(picture, drawing, wide, form)
    age = MINUTES if view.day in (data.opening_day, data.today) else DAY
    return Answer(pack(content), MEDIA[form], age, links=licence_link(data))
