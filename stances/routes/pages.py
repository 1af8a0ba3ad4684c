"""The pages and records over HTTP: where they are, how they are refused, and what is no page."""

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stances import words
from stances.dataset.faults import MEANT, BadInput, DataFaults, Fault, near
from stances.links import view
from stances.links.pages import MAIN, PAGES, RECORDS
from stances.links.view import View
from stances.render import page
from stances.routes.feeds import BARE_POLICY
from stances.routes.headers import home_of
from stances.routes.pool import Endpoint, Handler, Maker

# What answers with the document of a page in `PAGES`, by its path.
Documents = Callable[[str], Handler]
# Other ways to write the address of an actor.
_OF_ACTORS = ("/country/{actor}", "/countries/{actor}")


def endpoints(maker: Maker, documents: Documents, base_path: str) -> dict[str, Endpoint]:
    """Return what answers at the address of each page and record: the handler that `documents` has
    for its path, which `maker` makes an endpoint; and what leads there from its title.
    """
    home = home_of(base_path)
    endpoint_by_address = {}
    for path, entry in PAGES.items():
        # The id of a record is a variable part of its address: /e/{event}.
        record_id = f"/{{{RECORDS[path]}}}" if path in RECORDS else ""
        handler = documents(path)
        # The links of answers are under the base path, and so are those of refusals.
        refuse = partial(refused, home, path)
        address = f"/{path}{record_id}"
        endpoint_by_address[address] = maker.serve(handler, base_path, refuse)
        # Who asks by the title is led to the path; some have their title for one.
        title = entry.title.lower()
        if title != path:
            endpoint_by_address[f"/{title}{record_id}"] = _leading_to(f"{home}{path}{record_id}")

    for address in _OF_ACTORS:
        endpoint_by_address[address] = _leading_to(f"{home}actor?actor={{actor}}")
    return endpoint_by_address


def _leading_to(address: str) -> Endpoint:
    """Return what leads on to another address for good, with the query that it was asked with.
    `address`: with the variable parts of the one that was asked, in braces.
    """

    async def endpoint(request: Request) -> Response:
        parts = {name: quote(text, safe="") for name, text in request.path_params.items()}
        target = address.format(**parts)
        query = request.url.query
        if query:
            separator = "&" if "?" in target else "?"
            target += f"{separator}{query}"
        return RedirectResponse(target, 308)

    return endpoint


def refused(
    home: str,
    path: str,
    status: int,
    detail: str,
    parameter: str = "",
    retry: int = 0,
    faults: Sequence[Fault] = (),
) -> Response:
    """Return a refusal as a page, with the parameters of `pool.problem`, all faults of the data,
    and of a record the nearest. `home`: the address of the first page on its host; `path`: of the
    page that was asked for, in PAGES.
    """
    # The end of the line says what may have been meant, which a page has as a link.
    sentence, _, end = detail.partition(MEANT)
    nearest = end.removesuffix("?")
    link = f"{path}/{quote(nearest)}"
    # Without data, or with too much to do, there is no masthead.
    shown = None if status == HTTPStatus.SERVICE_UNAVAILABLE else _first_page()
    response = _refusal(home, shown, status, sentence, nearest, link, faults)
    if retry:
        response.headers["Retry-After"] = str(retry)
    return response


def _first_page() -> View | None:
    """Return the view of the first page; None while there is no data."""
    try:
        return view.read(view.store().data(), "", {})
    except DataFaults:
        return None


def _refusal(
    home: str,
    shown: View | None,
    status: int,
    sentence: str,
    nearest: str,
    link: str,
    faults: Sequence[Fault] = (),
) -> Response:
    """Return a page that says why there is no other. `shown`: the view of the first page, for the
    masthead; None: without one. `nearest`, `link`: what may have been meant, in words (empty:
    nothing) and its address from the first page.
    """
    document = page.bare(
        "refusal",
        shown,
        HTTPStatus(status).phrase,
        headline=words.capital(sentence),
        home=home,
        faults=faults,
        nearest=nearest,
        link=link,
    )
    headers = {"Content-Security-Policy": BARE_POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(document, status, headers)


def _missing(home: str, address: str) -> Response:
    """Return the page that says that there is none at an address, with the nearest: a page, else
    an actor.
    """
    shown = _first_page()
    name = address.removeprefix(home).strip("/")
    link = ""
    nearest = ""
    if shown:
        titles = {PAGES[path].title: path for path in MAIN}
        title = near(name, titles)
        if title:
            nearest = title
            # The path of the first page is empty, and an empty link leads nowhere.
            path = titles[title]
            link = path if path else home
        else:
            nearest, link = _nearest_actor(shown, name)
    return _refusal(home, shown, 404, "there is no page at this address", nearest, link)


def _nearest_actor(shown: View, name: str) -> tuple[str, str]:
    """Return the name of the actor that is called most like a text, and the address of its page;
    empty where none is like it.
    """
    tracker = shown.tracker
    try:
        code = tracker.known_actor(name)
    except BadInput as refusal:
        # The actor that is called so, or one that is called nearly so.
        code = refusal.usable or refusal.nearest
    if not code:
        return "", ""
    return tracker.names[code], shown.link("actor", actor=code)


class Lost:
    """ASGI middleware that says where there is no page: there Streamlit would answer with a page of
    its own, which alone has no policy. `home`: the address of the first page on its host.
    """

    def __init__(self, app: ASGIApp, base_path: str) -> None:
        self.app = app
        self.home = home_of(base_path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        # The body of an answer comes in messages after its head, which alone shows whose it is.
        is_lost = False

        async def unless_lost(message: Message) -> None:
            nonlocal is_lost
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                is_html = headers.get("content-type", "").startswith("text/html")
                # All our pages have a policy, that of Streamlit has none.
                is_lost = is_html and "content-security-policy" not in headers
                if is_lost:
                    # In place of Streamlit's head; its body is dropped below.
                    missing = await to_thread.run_sync(_missing, self.home, scope["path"])
                    await missing(scope, receive, send)
            if not is_lost:
                await send(message)

        await self.app(scope, receive, unless_lost)
