"""The served page: all that a page says before any script, with what Streamlit loads set aside.

Leans on Streamlit's `static/index.html`: it loads files alone, by tags of scripts and links, which
begin as well when they are put into the page later (`start.js`), and draws into `<div id="root">`.
"""

import base64
import hashlib
import re
from collections import OrderedDict
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stances.dataset.load import Store
from stances.links import view
from stances.links.pages import PAGES, RECORDS
from stances.render import page
from stances.routes.headers import site_of

_STATIC = Path(st.__file__).parent / "static"
_LOADED = re.compile(
    r'<script(?=[^>]*\ssrc=)[^>]*></script>|<link(?=[^>]*\srel="(?:modulepreload|stylesheet)")[^>]*>'
)
_STARTER = Path(__file__).with_name("start.js").read_text(encoding="utf-8")
_SHEETS = (Path(page.__file__).with_name("style.css"), Path(__file__).with_name("live.css"))
_STYLE = "".join(sheet.read_text(encoding="utf-8") for sheet in _SHEETS)
_HASH = base64.b64encode(hashlib.sha256(_STARTER.encode()).digest()).decode()
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath "
    "fill='%239b3b0b' d='M1 1h14v7H1z'/%3E%3Cpath fill='%231c4f8f' d='M1 8h14v7H1z'/%3E%3C/svg%3E"
)
_MOST = 64
# `unsafe-inline` for styles alone: Streamlit and plotly write them as they go. `wasm-unsafe-eval`:
# Streamlit's messages count in 64 bits by WebAssembly.
_POLICY = (
    f"default-src 'none'; script-src 'self' 'sha256-{_HASH}' 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "object-src 'none'; frame-ancestors "
)


class Pages:
    """Answers the addresses of pages and records, as ASGI middleware; what the app would answer
    with Streamlit's own page is not found. `base_path`: what all lies under.
    """

    def __init__(self, app: ASGIApp, store: Store, base_path: str = "") -> None:
        self.app, self.store = app, store
        self.base = f"/{base_path.strip('/')}/".replace("//", "/")
        self._made: OrderedDict[object, tuple[str, bool]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        place, _, record = scope["path"].removeprefix(self.base).strip("/").partition("/")
        if record if place in RECORDS else place in PAGES and not record:
            answer = await run_in_threadpool(self.answer, Request(scope), place, record)
            await answer(scope, receive, send)
            return
        is_lost = False

        async def unless_lost(message: Message) -> None:
            nonlocal is_lost
            if message["type"] == "http.response.start":
                is_lost = (
                    dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html")
                )
                if is_lost:
                    await self.missing()(scope, receive, send)
            if not is_lost:
                await send(message)

        await self.app(scope, receive, unless_lost)

    def answer(self, request: Request, place: str, record: str) -> Response:
        """Return a page; `record`: what the address of a record names."""
        data, query = (
            self.store.data(),
            {n: request.query_params.getlist(n) for n in request.query_params},
        )
        site = site_of(request.scope, self.base)
        saves = request.headers.get("save-data") == "on"
        key = data.content_hash, place, record, str(sorted(query.items())), site, saves
        if key not in self._made:
            if record:
                query[RECORDS[place]] = [record]
            shown = view.read(data, place, query, site)
            if record and not shown[RECORDS[place]]:
                return self.missing()
            self._made[key] = document(shown, saves), bool(shown["embed"])
            while len(self._made) > _MOST:
                self._made.popitem(last=False)
        text, is_framed = self._made[key]
        policy = _POLICY + ("*" if is_framed else "'self'")
        headers = {
            "Content-Security-Policy": policy,
            "Cache-Control": "no-cache",
            "Vary": "Save-Data",
        }
        return HTMLResponse(text, headers=headers)

    def missing(self) -> Response:
        """Return what is said where there is no page."""
        about = self.store.data().about
        words = f'<div class="page"><main class="wrap"><h1>There is nothing at this address</h1><p><a href="{self.base}">{escape(about.title)}</a></p></main></div>'  # noqa: E501
        text = _PAGE.format(more="", head="<title>Not found</title>", scripts="", words=words)
        return HTMLResponse(text, 404, {"Content-Security-Policy": f"{_POLICY}'none'"})


_PAGE = f"""<!doctype html><html lang="en"{{more}}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{{head}}<link rel="icon" href="{_ICON}"><style>{_STYLE.replace("{", "{{").replace("}", "}}")}</style>{{scripts}}</head>
<body><div id="words">{{words}}</div><div id="root"></div></body></html>"""


def document(shown: view.View, saves: bool = False) -> str:
    """Return the whole document of a view; `saves`: for readers who ask for little."""
    up = "../" if shown.page in RECORDS else "./"
    font = '<link rel="preload" as="font" type="font/woff2" crossorigin href="{}assets/source-{}.woff2">'
    scripts = "".join(font.format(up, name) for name in ("sans", "serif"))
    scripts += f'<link rel="modulepreload" href="{up}assets/map.js">' * (not shown.page)
    scripts += "".join(
        f'<script type="module" src="{up}assets/{name}.js"></script>' for name in ("page", "live")
    )
    if shown.page not in RECORDS:
        scripts += f'<template id="framework">{_framework()}</template><script>{_STARTER}</script>'
    more = " data-saves" * saves
    return _PAGE.format(more=more, head=page.head(shown), scripts=scripts, words=page.html(shown))


@cache
def _framework() -> str:
    """Return the tags of all that Streamlit loads."""
    return "".join(_LOADED.findall((_STATIC / "index.html").read_text(encoding="utf-8")))
