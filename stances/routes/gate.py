"""Who is let in at all, before anything else looks at a request: by the host that it is for, and
while there is room for one more page.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from stances.answers.views import PAGES
from stances.dataset.faults import shown
from stances.routes.answers import METHODS, Problem, problem
from stances.routes.hosts import asked_host, is_address
from stances.seams.connections import held

_HEALTH_PATH = "healthz"
_RETRY_SECONDS = 30
# What the server tells of itself, for whoever asks; health tells the operator.
_METRICS_PATH = "_stcore/metrics"
_FULL = f"as many pages are open as this server can hold; ask again in {_RETRY_SECONDS} seconds"
_BUSY = f"too many requests are being answered; ask again in {_RETRY_SECONDS} seconds"


class Gate:
    """Refuses what is for another host, pages and their sockets while there is no room, and the
    metrics. `hosts`: those that are answered to, empty for any.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], base_path: str = "") -> None:
        self.app = app
        self.hosts = hosts
        self.base = f"{base_path.strip('/')}/".lstrip("/")
        self.connections = held()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        path = f"{scope['path'].strip('/')}/".removeprefix(self.base).strip("/")
        app, answered = self._refused(scope, path) or self.app, scope["type"] == "http"
        self.connections.answering += answered
        try:
            await app(scope, receive, send)
        finally:
            self.connections.answering -= answered

    def _refused(self, scope: Scope, path: str) -> ASGIApp | None:
        if self.hosts and (detail := self._wrong_host(scope, path)):
            return problem(Problem(HTTPStatus.MISDIRECTED_REQUEST, detail))
        if path == _METRICS_PATH:
            return problem(Problem(HTTPStatus.NOT_FOUND, "there is nothing at this address"))
        return self._without_room(scope, path)

    def _wrong_host(self, scope: Scope, path: str) -> str:
        """Why a request is for another server; empty where it is for this one."""
        host = asked_host(scope)
        # Whatever watches a server asks for its health by an address, which leads nowhere else.
        if host in self.hosts or (path == _HEALTH_PATH and is_address(host)):
            return ""
        return f"the host {shown(host)} is not one of: {', '.join(sorted(self.hosts))}"

    def _without_room(self, scope: Scope, path: str) -> ASGIApp | None:
        """The refusal of what there is no room for; health is always told. Sockets of pages are
        refused before they come here.
        """
        if scope["type"] == "websocket" or path == _HEALTH_PATH:
            return None
        if self.connections.busy:
            return not_now(_BUSY)
        if path in PAGES and scope["method"] in METHODS and self.connections.full:
            return full
        return None


def not_now(detail: str) -> Response:
    """The refusal of what could be answered later."""
    return problem(Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, retry_after=_RETRY_SECONDS))


async def full(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a page that is one too many, or its socket, as an ASGI application."""
    await not_now(_FULL)(scope, receive, send)
