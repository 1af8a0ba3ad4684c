"""Briefs over HTTP: what is known of an actor or a group, as PDF."""

from http import HTTPStatus

from starlette.requests import Request

from stances.answers.tracker import Tracker
from stances.dataset.faults import inline
from stances.dataset.names import did_you_mean
from stances.dataset.schema import ALL_ACTORS
from stances.pages.briefs.request import BRIEF_PARAMETERS, brief_request
from stances.render.brief import brief_pdf
from stances.routes.answers import DAY, MINUTES, PDF, Answer, Problem
from stances.routes.body import pack
from stances.routes.data import licence_link
from stances.routes.hosts import request_site
from stances.routes.query import Query

_FOLDER = "briefs/"
BRIEFS_FOLDER = f"/{_FOLDER}"


def brief_answer(request: Request, tracker: Tracker) -> Answer:
    """`/briefs/{actor}.pdf` and `/briefs/groups/{group}.pdf`."""
    data, code = tracker.data, _code(request, tracker)
    query = Query(request, data, BRIEF_PARAMETERS)
    texts = {name: request.query_params[name] for name in BRIEF_PARAMETERS if query.has(name)}
    brief = brief_request(data, code, texts, request_site(request, _FOLDER))
    age = MINUTES if brief.day in (data.opening_day, data.today) else DAY
    return Answer(pack(brief_pdf(brief)), PDF, age, links=licence_link(data))


def _code(request: Request, tracker: Tracker) -> str:
    """Return the actor or the group that a path names. Raises Problem."""
    named = request.path_params
    allowed = list(tracker.data.position_actors)
    where, code = "actors.csv that takes positions", str(named.get("actor", ""))
    if "group" in named:
        allowed, code = [*tracker.groups, ALL_ACTORS], str(named["group"])
        where = f"memberships.csv, and of all actors as {ALL_ACTORS}"
    if code not in allowed:
        text = f"there is one of each in {where}, such as {allowed[0]}"
        if code in tracker.groups:
            text = f"that of a group is groups/{code}.pdf"
        near = did_you_mean(code, allowed, tracker.short_names)
        raise Problem(HTTPStatus.NOT_FOUND, f"no brief of {inline(code)}; {text}{near}")
    return code
