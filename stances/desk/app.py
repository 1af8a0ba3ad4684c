"""The dashboard with the desk, for this machine alone; `python -m stances desk` serves it.

All writing goes through the socket of Streamlit, whose origin `routes.headers` checks: no address
of HTTP takes anything but a question, not those either by which Streamlit has programs drive a page
(`/_stcore/agent`).
"""

from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from stances import routes
from stances.desk import page
from stances.routes import headers
from stances.seams import served_page

# It listens at this address alone; but behind a proxy it has clients from elsewhere.
_ADDRESS = "127.0.0.1"
_NAMES = [_ADDRESS, "localhost"]
# Seconds. A laptop sleeps, and a form that is half filled is still there.
_SESSION_LIFE = 12 * 3600
_SCRIPT = Path(__file__).resolve().parents[1] / "ui" / "app.py"


class Private:
    """Answers questions of this machine alone, and in no frame of another page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return

        host, _ = scope.get("client") or ("", 0)
        refusal = None
        if host != _ADDRESS:
            refusal = PlainTextResponse("The desk answers its own machine alone", 403)
        elif scope.get("method", "GET") not in ("GET", "HEAD"):
            refusal = PlainTextResponse("Allowed: GET, HEAD", 405)
        if refusal:
            await refusal(scope, receive, send)
            return

        async def unframed(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = MutableHeaders(raw=message["headers"])
                added.append("Content-Security-Policy", "frame-ancestors 'none'")
            await send(message)

        await self.app(scope, receive, unframed)


page.enrol()
config.set_option("server.disconnectedSessionTTL", _SESSION_LIFE)
app = st.App(
    _SCRIPT,
    routes=routes.routes("", served_page.document),
    middleware=[
        Middleware(Private),
        Middleware(TrustedHostMiddleware, allowed_hosts=_NAMES, www_redirect=False),
        *routes.middleware(),
    ],
    lifespan=headers.sent_at_once,
)
