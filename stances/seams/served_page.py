"""The served page: all that a page says before any script, with what Streamlit loads set aside.

Leans on Streamlit's `static/index.html`: it loads files alone, by tags of scripts and links, which
begin as well when they are put into the page later (`start.js`), and draws into `<div id="root">`.
"""

import base64
import hashlib
import re
from functools import lru_cache, partial
from html import escape
from pathlib import Path

import streamlit as st
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stances.dataset.load import Dataset, Store
from stances.links import view
from stances.links.pages import PAGES, RECORDS
from stances.render import page
from stances.routes.answers import problem
from stances.routes.headers import site_of

_MOST = 60
_BUSY = problem(503, "too many pages are being made; ask again in some seconds", retry=2)
_LOADED = (
    r'<script(?=[^>]* src=)[^>]*></script>|<link(?=[^>]* rel="(?:modulepreload|stylesheet)")[^>]*>'
)
_SHELL = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
_STARTER = Path(__file__).with_name("start.js").read_text(encoding="utf-8")
_SHEETS = (Path(page.__file__).with_name("style.css"), Path(__file__).with_name("live.css"))
_STYLE = "".join(sheet.read_text(encoding="utf-8") for sheet in _SHEETS)
_HASH = base64.b64encode(hashlib.sha256(_STARTER.encode()).digest()).decode()
# `unsafe-inline` for styles alone: Streamlit and plotly write them as they go. `wasm-unsafe-eval`:
# Streamlit's messages count in 64 bits by WebAssembly.
_POLICY = (
    f"default-src 'none'; script-src 'self' 'sha256-{_HASH}' 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "object-src 'none'; frame-ancestors "
)
_FONT = '<link rel="preload" as="font" type="font/woff2" crossorigin href="assets/source-{}.woff2">'
_MODULE = '<script type="module" src="assets/{}.js"></script>'
_PAGE = """<!doctype html><html lang="en"{more}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
viewBox='0 0 2 2'%3E%3Crect width='2' height='2' fill='%23ce6a1e'/%3E%3C/svg%3E">
<style>{style}</style>{scripts}</head>
<body><div id="words">{words}</div><div id="root"></div></body></html>"""


class Pages:
    """Answers the addresses of pages and records, as ASGI middleware; what the app would answer
    with Streamlit's own page is not found. `base_path`: what all lies under.
    """

    def __init__(self, app: ASGIApp, store: Store, base_path: str = "") -> None:
        self.app, self.store, self.limit = app, store, CapacityLimiter(2)
        self.base = f"/{base_path.strip('/')}/".replace("//", "/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        place, _, record = scope["path"].removeprefix(self.base).strip("/").partition("/")
        if record if place in RECORDS else place in PAGES and not record:
            make = partial(self.answer, Request(scope), place, record)
            is_full = self.limit.statistics().tasks_waiting >= _MOST
            answer = _BUSY if is_full else await to_thread.run_sync(make, limiter=self.limit)
            return await answer(scope, receive, send)
        is_lost = False

        async def unless_lost(message: Message) -> None:
            nonlocal is_lost
            if message["type"] == "http.response.start":
                kind = dict(message["headers"]).get(b"content-type", b"")
                if is_lost := kind.startswith(b"text/html"):
                    await self.missing()(scope, receive, send)
            if not is_lost:
                await send(message)

        return await self.app(scope, receive, unless_lost)

    def answer(self, request: Request, place: str, record: str) -> Response:
        """Return a page; `record`: what the address of a record names."""
        query = {name: tuple(request.query_params.getlist(name)) for name in request.query_params}
        if record:
            query[RECORDS[place]] = (record,)
        site = site_of(request.scope, self.base)
        saves = request.headers.get("save-data") == "on"
        text, ancestors = _made(self.store.data(), place, (*query.items(),), site, saves)
        headers = {"Content-Security-Policy": _POLICY + ancestors, "Cache-Control": "no-cache"}
        return (
            HTMLResponse(text, headers=headers | {"Vary": "Save-Data"}) if text else self.missing()
        )

    def missing(self) -> Response:
        """Return what is said where there is no page."""
        home = f'<a href="{self.base}">{escape(self.store.data().about.title)}</a>'
        text = f"<!doctype html><title>Not found</title><p>There is no page at this address. {home}"
        return HTMLResponse(text, 404, {"Content-Security-Policy": f"{_POLICY}'none'"})


@lru_cache(maxsize=256)
def _made(
    data: Dataset,
    place: str,
    query: tuple[tuple[str, tuple[str, ...]], ...],
    site: str,
    saves: bool,
) -> tuple[str, str]:
    """Return the document of a view, empty where there is none, and who may frame it."""
    shown = view.read(data, place, dict(query), site)
    if place in RECORDS and not shown[RECORDS[place]]:
        return "", ""
    scripts = "".join(map(_FONT.format, ("sans", "serif")))
    words = page.html(shown)
    if levels := re.search('data-levels="([^"]*)"', words):
        scripts += '<link rel="modulepreload" href="assets/map.js">'
        scripts += f'<link rel="preload" as="fetch" crossorigin href="{levels[1]}">'
    scripts += "".join(map(_MODULE.format, ("page", "live")))
    if place not in RECORDS:
        tags = "".join(re.findall(_LOADED, _SHELL))
        scripts += f'<template id="framework">{tags}</template><script>{_STARTER}</script>'
    said = {"head": page.head(shown), "words": words, "more": " data-saves" * saves}
    up = "../assets/" if place in RECORDS else "./assets/"
    style = _STYLE.replace("(assets/", f"({up}")
    text = _PAGE.format(**said, style=style, scripts=scripts.replace('"assets/', f'"{up}'))
    return text, "*" if shown["embed"] else "'self'"
