"""Short addresses of events and acts, and what is copied with its citation, as plain text: an
event, an act, what a page finds.
"""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.requests import Request

from stances.answers.citing import act_quotation, event_quotation
from stances.answers.tracker import Tracker
from stances.dataset.faults import of_parameter
from stances.dataset.ids import no_id
from stances.links.parameters import DAY, release_texts
from stances.links.register import PAGE_PARAMETERS, earlier_names
from stances.links.view import query_of, site_address
from stances.markup.blocks import ACTS_FOLDER, EVENTS_FOLDER, QUOTES_FOLDER
from stances.markup.links import act_place, event_place
from stances.pages.quotation import page_quotation
from stances.routes.answers import MINUTES, TEXT, Answer, Problem
from stances.routes.body import pack
from stances.routes.data import licence_link
from stances.routes.hosts import request_site
from stances.routes.query import Query, page_parameters, view_of_query

EVENT_PATH, ACT_PATH = f"/{EVENTS_FOLDER}{{event_id}}", f"/{ACTS_FOLDER}{{act_id}}"
_FIRST_PAGE = "map"


def event_address(request: Request, tracker: Tracker) -> Answer:
    """Lead from `/e/{event_id}` to the event's page, whatever services add to shared links."""
    query = {"event": _event(request, tracker), **release_texts(tracker.data)}
    return _leading_to(f"../events?{query_of(query)}")


def act_address(request: Request, tracker: Tracker) -> Answer:
    """Lead from `/a/{act_id}` to the page that shows the act, on a day if one is named."""
    query = {"act": _act(request, tracker), **_day(request, tracker), **release_texts(tracker.data)}
    return _leading_to(f"../acts?{query_of(query)}")


def event_text(request: Request, tracker: Tracker) -> Answer:
    """`/e/{event_id}.txt`: an event with its citation and its short address."""
    event = _event(request, tracker)
    address = f"{request_site(request, EVENTS_FOLDER)}/{event_place(tracker, event)}"
    return quotation_answer(tracker, event_quotation(tracker, event), address)


def act_text(request: Request, tracker: Tracker) -> Answer:
    """`/a/{act_id}.txt`: an act on a day with its citation and its short address."""
    act, chosen, data = _act(request, tracker), _day(request, tracker), tracker.data
    with of_parameter(DAY):
        day = data.day(chosen[DAY]) if chosen else data.opening_day
    address = f"{request_site(request, ACTS_FOLDER)}/{act_place(tracker, act, day)}"
    return quotation_answer(tracker, act_quotation(tracker, act, day), address)


def page_text(request: Request, tracker: Tracker) -> Answer:
    """`/citations/{page}.txt`: what a page finds, with its citation and its address."""
    name = request.url.path.rpartition("/")[2].removesuffix(".txt")
    page = "" if name == _FIRST_PAGE else name
    earlier = earlier_names(page)
    query = Query(request, tracker.data, page_parameters(page), earlier)
    view = view_of_query(query, tracker.data, page, PAGE_PARAMETERS[page], earlier)
    site = f"{request_site(request, QUOTES_FOLDER)}/"
    address = site_address(site, page, view.cited_texts)
    return quotation_answer(tracker, page_quotation(view), address)


def page_path(page: str) -> str:
    """Return the address of what a page finds, as text."""
    return f"/{QUOTES_FOLDER}{page or _FIRST_PAGE}.txt"


def quotation_answer(tracker: Tracker, text: str, address: str) -> Answer:
    """Return a text with the address of what it is of, as it is copied."""
    content = f"{text} {address}\n".encode()
    return Answer(pack(content), TEXT, MINUTES, links=licence_link(tracker.data))


def _leading_to(address: str) -> Answer:
    return Answer(pack(f"{address}\n".encode()), TEXT, MINUTES, location=address)


def _event(request: Request, tracker: Tracker) -> str:
    """Return the event that a path names. Raises Problem."""
    event = str(request.path_params["event_id"])
    if event not in tracker.titles:
        raise _unknown_id(tracker, "event", event, tracker.titles)
    return event


def _act(request: Request, tracker: Tracker) -> str:
    """Return the act that a path names. Raises Problem."""
    act = str(request.path_params["act_id"])
    if act not in tracker.acts:
        raise _unknown_id(tracker, "act", act, tracker.acts)
    return act


def _unknown_id(tracker: Tracker, noun: str, code: str, ids: Iterable[str]) -> Problem:
    """Return that there is no such id, and those next to it; a page says the same to people."""
    detail = f"{no_id(noun, code, ids)}; all stand in {noun}s.csv"
    # It is found from the folder of short addresses alone.
    query = {noun: code, **release_texts(tracker.data)}
    page = "" if "/" in code else f"../{noun}s?{query_of(query)}"
    return Problem(HTTPStatus.NOT_FOUND, detail, f"{noun}_id", page=page)


def _day(request: Request, tracker: Tracker) -> dict[str, str]:
    """Return the day that a query names as a parameter, whatever it is: the page tells of one that
    cannot be shown. Nothing where it is the one that is shown without, or none.
    """
    text = request.query_params.get(DAY, "")
    return {} if text in ("", str(tracker.data.opening_day)) else {DAY: text}
