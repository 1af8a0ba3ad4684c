"""HTTP routes beside the dashboard: the data for scripts, the map for browsers. Read-only."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp

from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.faults import BadParameter
from stances.dataset.files import data_folder
from stances.dataset.store import Store, StoreState, store_of
from stances.dataset.tables import Dataset
from stances.links.register import RELEASE
from stances.links.site import named_contact, named_site
from stances.markup.blocks import ACTS_FOLDER, EVENTS_FOLDER
from stances.routes import answers, levels
from stances.routes.body import pack
from stances.routes.briefs import BRIEFS_FOLDER
from stances.routes.cache import address_of, cache_of
from stances.routes.catalogue import ROBOTS, SITEMAP, robots_answer, sitemap_answer
from stances.routes.data import data_links
from stances.routes.description import describe
from stances.routes.endpoints import DESCRIPTION, ENDPOINTS, Handler
from stances.routes.files import TABLE_KINDS
from stances.routes.health import health
from stances.routes.hosts import client_of
from stances.routes.pictures import PICTURES_FOLDER
from stances.routes.query import Query, asks_for_release, release_of_query
from stances.routes.queue import WorkQueue
from stances.routes.quotations import act_address, event_address
from stances.routes.style import EMBED_PATH, SCRIPT_PATH, STYLE_PATH, embed_script, script, style

# How many answers are made at a time, and how many wait for one client: of those of milliseconds,
# of those of up to a second, and of those of several. None of the later ones keeps an earlier one
# from its turn.
_LIGHT, _HEAVY, _SLOW = (4, 200), (1, 20), (1, 2)

Serve = Callable[[Request], Awaitable[ASGIApp]]


def routes(base_path: str = "") -> list[Route]:
    """All routes; under `base_path` too, since the server does not put it before them itself.

    One by one, and not as a mount: that would take the pages under the base path along.
    """
    named_site()  # what is none ends the start
    named_contact()
    store = store_of(data_folder())
    light, heavy, slow = WorkQueue(*_LIGHT), WorkQueue(*_HEAVY), WorkQueue(*_SLOW)
    served: dict[str, Serve] = {
        "/tables/geometry/{name:path}": _serve(store, levels.outlines_table_answer, light),
        **{
            endpoint.path: _serve(
                store,
                endpoint.handler,
                slow if endpoint.slow else heavy if endpoint.heavy else light,
                slow if RELEASE in endpoint.parameters else None,
            )
            for endpoint in ENDPOINTS
        },
        # An id with a slash is none, which the server would say with a page of its own.
        f"/{EVENTS_FOLDER}{{event_id:path}}": _serve(store, event_address, light, slow),
        f"/{ACTS_FOLDER}{{act_id:path}}": _serve(store, act_address, light, slow),
        DESCRIPTION: _serve(store, _description, light),
        f"/{ROBOTS}": _serve(store, robots_answer, light),
        f"/{SITEMAP}": _serve(store, sitemap_answer, light),
        "/healthz": health(store),
        "/readyz": health(store, ready=True),
        f"/{STYLE_PATH}": _serve_always(style()),
        f"/{SCRIPT_PATH}": _serve_always(script()),
        f"/{EMBED_PATH}": _serve_always(embed_script()),
        "/geometry/{name:path}": _serve(store, levels.outlines_answer, light, open_to_all=False),
        **{f"{folder}{{name:path}}": _nothing for folder in (PICTURES_FOLDER, BRIEFS_FOLDER)},
        # Else the server takes these for pages, and a script saves one as data.
        **{f"/{{name}}.{kind}": _nothing for kind in (*TABLE_KINDS, "atom", "zip")},
    }
    base = base_path.strip("/")
    prefixes = ["", f"/{base}"] if base else [""]
    return [_route(before + path, serve) for before in prefixes for path, serve in served.items()]


def _route(path: str, serve: Serve) -> Route:
    """Return a route that refuses other methods itself, in the form of all problems."""

    async def by_method(request: Request) -> ASGIApp:
        if request.method not in answers.METHODS:
            return answers.problem(answers.not_allowed(request.method))
        return await serve(request)

    methods = [*answers.METHODS, "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
    return Route(path, by_method, methods=methods)


def _serve(
    store: Store,
    handler: Handler,
    queue: WorkQueue,
    of_release: WorkQueue | None = None,
    *,
    open_to_all: bool = True,
) -> Serve:
    """Answer from what is kept, else make the answer in its turn and keep it. `of_release`: where
    answers out of a release, which may have to be opened, have their turn; None: there are none;
    `open_to_all`: pages of others may read why a request is refused.
    """
    cache = cache_of(store)

    def make(request: Request, data: Dataset, since: datetime | None) -> answers.Answer:
        try:
            chosen = release_of_query(request, data) if of_release else data
            return replace(handler(request, tracker_under(chosen, None)), changed=since)
        except BadParameter as error:
            raise answers.Problem(HTTPStatus.BAD_REQUEST, str(error), error.name) from None

    async def serve(request: Request) -> ASGIApp:
        state = store.fresh()
        if state is None:
            state = await run_in_threadpool(store.state)
        data = state.data
        if data is None:
            return answers.problem(_no_data(state), open_to_all)
        answer = cache.get(request.scope)
        if answer is None:
            question = (address_of(request.scope), id(data))
            try:
                maker = partial(make, request, data, state.since)
                lane = of_release if asks_for_release(request) else None
                answer = await (lane or queue).make(question, maker, client_of(request.scope))
            except answers.Problem as refused:
                return answers.problem_for(request, refused, open_to_all)
            cache.put(request.scope, data, answer)
        return answer

    return serve


def _no_data(state: StoreState) -> answers.Problem:
    first = state.faults[0].without_folder() if state.faults else "it is being read"
    return answers.Problem(HTTPStatus.SERVICE_UNAVAILABLE, f"there is no valid data: {first}")


def _description(request: Request, tracker: Tracker) -> answers.Answer:
    data = tracker.data
    Query(request, data, ())
    content = json.dumps(describe(data), ensure_ascii=False).encode()
    return answers.Answer(
        pack(content), answers.JSON, answers.MINUTES, links=data_links(data, "Description")
    )


def _serve_always(answer: answers.Answer) -> Serve:
    """Return an answer that no data changes."""

    async def serve(request: Request) -> ASGIApp:  # noqa: ARG001 - as all routes
        return answer

    return serve


async def _nothing(request: Request) -> ASGIApp:  # noqa: ARG001 - as all routes
    """Return the answer at an address that looks like data and is none."""
    refused = answers.Problem(
        HTTPStatus.NOT_FOUND, "no data here; openapi.json lists all addresses"
    )
    return answers.problem(refused, open_to_all=True)
