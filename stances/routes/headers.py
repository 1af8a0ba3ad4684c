"""Security headers around every answer, and what a page says before any script put into it.

A middleware, since the pages themselves come from Streamlit.
"""

import re
from functools import partial
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stances.dataset.store import Store
from stances.links.register import PAGES
from stances.links.view import text_of
from stances.routes.answers import (
    METHODS,
    ON_ALL,
    OPTIONS,
    Problem,
    not_allowed,
    preflight,
    problem,
    takes_gzip,
)
from stances.routes.cache import cache_of
from stances.routes.endpoints import is_of_data
from stances.routes.hosts import LONGEST_HOST, client_of, request_origin
from stances.routes.pages import PageRequest, Pages, page_request_of
from stances.routes.query import asks_for_release
from stances.seams.served_page import without_gzip

LONGEST_ADDRESS = 4_000
LONGEST_HEADERS = 32_000

# Of a page, which is completed before it is compressed.
_CONDITIONS = (b"if-none-match", b"if-modified-since", b"accept-encoding")
# A step up, a root within the path, a backslash, or a control character.
_TRICKS = re.compile(rb"//|\\|(?:^|/)\.\.(?:/|$)|[\x00-\x1f\x7f]")


class PageHeaders:
    """Adds the headers, refuses tricks with paths, and completes the head of each page.

    `ancestors`: who may frame the pages; `embeds`: who may frame a view that is asked for as one in
    a frame; `base_path`: what all pages lie under.
    """

    def __init__(
        self, app: ASGIApp, store: Store, ancestors: str, base_path: str = "", embeds: str = "*"
    ) -> None:
        self.app = app
        self.store = store
        self.cache = cache_of(store)
        self.pages = Pages(ancestors, embeds)
        self.base = f"{base_path.strip('/')}/".lstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = _early_problem(scope)
        if refused is not None:
            path = f"/{scope['path'].lstrip('/').removeprefix(self.base)}"
            answer = _refusal(refused, scope["method"], is_of_data(path))
            await answer(scope, receive, send)
            return
        cached = self.cache.get(scope)
        if cached is not None:
            # It has its headers already, and nothing that comes after would change it.
            await cached(scope, receive, send)
            return
        whole = _whole(scope, self.page_at(scope) in PAGES)
        await self.app(whole, receive, _Completer(self, scope, send).send)

    def page_at(self, scope: Scope) -> str:
        """Return the place of a page in the address, without the base path."""
        return f"{scope['path'].strip('/')}/".removeprefix(self.base).strip("/")

    async def read(self, scope: Scope, client: str) -> PageRequest:
        """Return what an address asks for, aside, since newer data may have to be looked for; of a
        release, which may have to be opened, in its turn.
        """
        if not asks_for_release(Request(scope)):
            return await run_in_threadpool(self.request_of, scope)
        address = scope["path"], scope["query_string"], request_origin(scope)
        return await self.pages.request(address, partial(self.request_of, scope), client)

    def request_of(self, scope: Scope) -> PageRequest:
        """Return what an address asks the page to say, in its head and in its body."""
        query, page = Request(scope).query_params, self.page_at(scope)
        return page_request_of(
            self.store.state(),
            f"{request_origin(scope)}/{self.base}",
            page if page in PAGES else None,
            {name: text_of(query.getlist(name)) for name in query},
        )


def _whole(scope: Scope, is_page: bool) -> Scope:
    """Return the request as one for the whole of an answer, since what is added to it fits no part;
    of a page unconditionally and as it is, since its head changes with the data and the address. A
    page is made for HEAD too, to have the headers of GET; the server sends none of it.
    """
    left_out = (b"range", *(_CONDITIONS if is_page else ()))
    headers = [(name, value) for name, value in scope["headers"] if name not in left_out]
    return {**scope, "method": "GET", "headers": headers}


class _Completer:
    """Passes an answer on with the headers; a page is held until it is whole, then completed."""

    def __init__(self, headers: PageHeaders, scope: Scope, send: Send) -> None:
        self._headers = headers
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in ON_ALL.items():
                headers.setdefault(name, value)
            del headers["accept-ranges"]
            if "vary" in headers:  # each layer adds its own
                varies = ", ".join(headers.getlist("vary")).split(", ")
                headers["vary"] = ", ".join(dict.fromkeys(varies))
            is_html = headers.get("content-type", "").startswith("text/html")
            if is_html and not is_of_data(f"/{self._headers.page_at(self._scope)}"):
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        client = client_of(self._scope)
        request = await self._headers.read(self._scope, client)
        page = await self._headers.pages.page(without_gzip(self._body), request, client)
        headers = MutableHeaders(raw=start["headers"])
        for name in ("ETag", "Last-Modified", "Content-Encoding"):
            del headers[name]
        accepted = (value for name, value in self._scope["headers"] if name == b"accept-encoding")
        zips = page.body.zipped and takes_gzip(b", ".join(accepted))
        if zips:
            headers["Content-Encoding"] = "gzip"
        headers.add_vary_header("Accept-Encoding")
        headers.add_vary_header("Save-Data")
        if Headers(scope=self._scope).get("save-data") == "on":
            # The one thing of an answer that the script of its page can read (`render/live.js`).
            headers["Server-Timing"] = "save-data"
        headers["Content-Security-Policy"] = page.policy
        headers["Content-Length"] = str(page.body.size(zips))
        # Streamlit answers every address with a page, which then says that there is none.
        known = self._headers.page_at(self._scope) in PAGES
        status = start["status"] if known else HTTPStatus.NOT_FOUND
        await self._send({**start, "status": status, "headers": headers.raw})
        content = b"".join(page.body.pieces(zips))
        await self._send({"type": "http.response.body", "body": content})


def _refusal(refused: Problem, method: str, open_to_all: bool) -> ASGIApp:
    """Return the answer to a request not looked at; a browser's question before is no fault."""
    asks = method == OPTIONS and refused.status is HTTPStatus.METHOD_NOT_ALLOWED
    return preflight() if asks and open_to_all else problem(refused, open_to_all)


def _early_problem(scope: Scope) -> Problem | None:
    """Return the problem of a request that is not even looked at; None where it is."""
    # Nothing here can be written to: Streamlit's own uploads neither.
    if scope["method"] not in METHODS:
        return not_allowed(scope["method"])
    raw = scope.get("raw_path") or scope["path"].encode()
    if len(raw) + len(scope["query_string"]) > LONGEST_ADDRESS:
        detail = f"the address has more than {LONGEST_ADDRESS} characters"
        return Problem(HTTPStatus.REQUEST_URI_TOO_LONG, detail)
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEADERS:
        detail = f"the headers have more than {LONGEST_HEADERS} bytes"
        return Problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail)
    if any(name == b"host" and len(value) > LONGEST_HOST for name, value in scope["headers"]):
        detail = f"the host has more than {LONGEST_HOST} characters"
        return Problem(HTTPStatus.BAD_REQUEST, detail)
    if _is_trick(_unquote(raw)):
        return Problem(HTTPStatus.NOT_FOUND, "there is nothing at this address")
    return None


def _is_trick(path: bytes) -> bool:
    try:
        # Overlong forms of a character are no UTF-8.
        path.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return _TRICKS.search(path) is not None


def _unquote(raw: bytes) -> bytes:
    """Return a path with its percent signs resolved, twice, since some servers do it twice."""
    for _ in range(2):
        raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), raw)
    return raw
