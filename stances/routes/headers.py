"""Around every answer: the hosts that are answered to, the origin of sockets, and headers."""

import gc
import os
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS_VARIABLE = "STANCES_HOSTS"
SITE_VARIABLE = "STANCES_SITE"
# On every answer; pages have a policy of their own beside.
COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# uvicorn's own limits, by its names: connections; the bytes of a request's head and of a message of
# a page; seconds that an idle connection is kept; seconds between pings of a socket.
UVICORN = {
    "limit_concurrency": 2048,
    "h11_max_incomplete_event_size": 32_768,
    "ws_max_size": 1_000_000,
    "timeout_keep_alive": 5,
    "ws_ping_interval": 30,
    "ws_ping_timeout": 30,
    "timeout_graceful_shutdown": 10,
    "backlog": 2048,
}
# The policy of all that is no page: data shows nothing by itself, but an SVG is opened as a page.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[\da-f:.]+\](:\d+)?", re.IGNORECASE)


@asynccontextmanager
async def sent_at_once(_: ASGIApp) -> AsyncIterator[None]:
    """Have the connections of the server that begins send what there is without a wait.

    A system holds back what is small until the other end has confirmed what went before, which it
    does after 40 ms. asyncio turns that off where a socket names its protocol; that of `streamlit
    run` does not. A connection has it from the socket that it came to.
    """
    # The fault of https://github.com/Kludex/uvicorn/issues/3149. uvicorn 0.55 names the protocol of
    # sockets that it binds; Streamlit 1.67 binds its own without, and hands it to no application.
    for candidate in gc.get_objects():
        # Not isinstance: it asks a lazy module or proxy for its class, which loads what it is for.
        # A closed socket has the number -1.
        if type(candidate) is not socket.socket or candidate.fileno() < 0:
            continue
        is_internet = candidate.family in (socket.AF_INET, socket.AF_INET6)
        if is_internet and candidate.type == socket.SOCK_STREAM:
            candidate.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    yield


def hosts() -> list[str]:
    """Return the hosts that are answered to: STANCES_HOSTS, between blanks, and the address that
    the server listens at, for who watches it; all where none is named.
    """
    public_hosts = os.environ.get(HOSTS_VARIABLE, "").split()
    if not public_hosts:
        return ["*"]
    listening_at = os.environ.get("STREAMLIT_SERVER_ADDRESS", "localhost")
    return [*public_hosts, listening_at, "127.0.0.1"]


def home_of(base_path: str) -> str:
    """Return the address of the first page on its host: /, or /base/ under a base path."""
    base = base_path.strip("/")
    return f"/{base}/" if base else "/"


def site_of(scope: Scope, base_path: str) -> str:
    """Return the whole address of the first page, with a slash at its end: under STANCES_SITE, else
    under the host that a request is for; empty where that is no host, as anybody may send any text.
    """
    home = home_of(base_path)
    site = os.environ.get(SITE_VARIABLE, "").strip().rstrip("/")
    if site:
        return f"{site}{home}"
    host = Headers(scope=scope).get("host", "")
    if not _HOST.fullmatch(host):
        return ""
    return f"{scope['scheme']}://{host}{home}"


class Guard:
    """Refuses sockets of pages of other sites, and adds the headers of all answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        if scope["type"] == "websocket" and not _is_own(Headers(scope=scope)):
            # Against a policy (RFC 6455).
            await send({"type": "websocket.close", "code": 1008})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Those of the message itself, which are changed in place.
                headers = MutableHeaders(raw=message["headers"])
                for name, value in COMMON.items():
                    headers.setdefault(name, value)
                if not headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault("Content-Security-Policy", _POLICY)
            await send(message)

        await self.app(scope, receive, with_headers)


def _is_own(headers: Headers) -> bool:
    """Say whether the page that opens a socket is of the host that it asks."""
    origin = headers.get("origin", "")
    # "-": a request with neither is not of its own host either.
    return urlsplit(origin).netloc == headers.get("host", "-")


def guards() -> list[Middleware]:
    """Return what stands around pages and files, the outermost first."""
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts(), www_redirect=False),
        Middleware(Guard),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
    ]
