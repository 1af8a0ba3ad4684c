"""The gate before anything else looks at a request: by the host that it is for, of a socket by the
page that opens it, and while there is room for one more page.
"""

from http import HTTPStatus

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from stances.dataset.faults import inline
from stances.links.register import PAGES
from stances.routes.answers import METHODS, Problem, problem
from stances.routes.capacity import capacity
from stances.routes.hosts import foreign_origin, is_address, request_host
from stances.seams.runs import OWN_FOLDER

_HEALTH_PATHS = ("healthz", "readyz")
_RETRY_SECONDS = 30
# What the server tells of itself, for whoever asks; health tells the operator.
_METRICS_PATH = f"{OWN_FOLDER}metrics"
_FULL = f"as many pages are open as this server can hold; ask again in {_RETRY_SECONDS} seconds"
_BUSY = f"too many requests are being answered; ask again in {_RETRY_SECONDS} seconds"


class Gate:
    """Refuses what is for another host, sockets of pages that are not ours, pages and their sockets
    while there is no room, and the metrics. `hosts`: those that are answered to, empty for any.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], base_path: str = "") -> None:
        self.app = app
        self.hosts = hosts
        self.base = f"{base_path.strip('/')}/".lstrip("/")
        self.capacity = capacity()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        path = f"{scope['path'].strip('/')}/".removeprefix(self.base).strip("/")
        if refusal := self._refusal(scope, path):
            await refusal(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.capacity.open(self.app, scope, receive, send)
        else:
            await self.capacity.answer(self.app, scope, receive, send)

    def _refusal(self, scope: Scope, path: str) -> ASGIApp | None:
        if self.hosts and (detail := self._wrong_host(scope, path)):
            return problem(Problem(HTTPStatus.MISDIRECTED_REQUEST, detail))
        if scope["type"] == "websocket" and (detail := foreign_origin(scope)):
            return problem(Problem(HTTPStatus.FORBIDDEN, detail))
        if path == _METRICS_PATH:
            return problem(Problem(HTTPStatus.NOT_FOUND, "there is nothing at this address"))
        return self._refusal_of_capacity(scope, path)

    def _wrong_host(self, scope: Scope, path: str) -> str:
        """Say why a request is for another server; empty where it is for this one."""
        host = request_host(scope)
        # Whatever watches a server asks for its health by an address, which leads nowhere else.
        if host in self.hosts or (path in _HEALTH_PATHS and is_address(host)):
            return ""
        return f"the host {inline(host)} is not one of: {', '.join(sorted(self.hosts))}"

    def _refusal_of_capacity(self, scope: Scope, path: str) -> ASGIApp | None:
        """Return the refusal of what there is no room for; health is always told."""
        if path in _HEALTH_PATHS:
            return None
        if scope["type"] == "websocket":
            return not_now(_FULL) if self.capacity.full else None
        if self.capacity.busy:
            return not_now(_BUSY)
        is_page = path in PAGES and scope["method"] in METHODS
        return not_now(_FULL) if is_page and self.capacity.full else None


def not_now(detail: str) -> Response:
    """Return the refusal of what could be answered later."""
    return problem(Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, retry_after=_RETRY_SECONDS))
