"""The served page: all that a page says before any script, with what Streamlit loads set aside.

Leans on Streamlit's `static/index.html`: it loads files alone, by tags of scripts and links, which
begin as well when they are put into the page later (`start.js`), and draws into `<div id="root">`;
and on its classes and states that `live.css` and `ui/live.js` name (`stSelectbox`, `stSkeleton`,
`data-test-script-state`), by which its bars are hidden, its controls lie as those before scripts,
and one knows that all is drawn.
"""

import base64
import hashlib
import re
from pathlib import Path

import streamlit as st

from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import RECORDS
from stances.render import page
from stances.routes.pool import Answer, Handler, Question
from stances.routes.resource import no_such

# The page of Streamlit, and the pattern of the tags in it that load its scripts and styles.
SHELL = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
LOADING_TAG = (
    r'<script(?=[^>]* src=)[^>]*></script>|<link(?=[^>]* rel="(?:modulepreload|stylesheet)")[^>]*>'
)
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
# By name of the script; and of a page with a map, by the address of its levels.
_MODULE = '<script type="module" fetchpriority="low" src="assets/{}.js"></script>'
_MAP = (
    '<link rel="modulepreload" fetchpriority="low" href="assets/map.js">'
    '<link rel="preload" as="fetch" fetchpriority="low" crossorigin href="{}">'
)
_PAGE = """<!doctype html><html lang="en"{attributes}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
viewBox='0 0 2 2'%3E%3Crect width='2' height='2' fill='%23ce6a1e'/%3E%3C/svg%3E">
<style>{style}</style>{scripts}</head>
<body><div id="words">{html}</div><div id="root"></div></body></html>"""


def document(path: str) -> Handler:
    """Return what answers with the document of a page or record; who asks for a record that is not
    there gets NotFound, with the nearest that is.
    """
    # The parameter that names the record; empty: a page.
    parameter = RECORDS.get(path, "")
    # A record stands a folder deeper: /e/{event}.
    assets = "../assets/" if parameter else "./assets/"
    style = _STYLE.replace("(assets/", f"({assets}")

    def answer(data: Dataset, request: Question) -> Answer:
        query = dict(request.query)
        for name, text in request.path.items():
            query[name] = [text]
        page_view = view.read(data, path, query, request.site, request.notice)
        # A view passes over what it cannot use, such as an unknown record.
        if parameter and not page_view[parameter]:
            known = list(page_view.entry.options(page_view.tracker, parameter))
            kind = page_view.entry.title.lower()
            raise no_such(kind, request.path[parameter], known, listed=f"{parameter}s.csv")

        html = page.html(page_view)
        scripts = _scripts(html, is_record=bool(parameter))
        # What `start.js` goes by: data-begins is 1 or 0, and not there where the address leaves it
        # to the browser whether the live view begins.
        attributes = " data-saves" if request.saves_data else ""
        begins = page_view["live"]
        if begins is not None:
            attributes += f' data-begins="{begins:d}"'
        text = _PAGE.format(
            attributes=attributes,
            head=page.head(page_view),
            style=style,
            scripts=scripts.replace('"assets/', f'"{assets}'),
            html=html,
        )
        # Who may show the page in a frame.
        framers = "*" if page_view["embed"] else "'self'"
        headers = {
            "Content-Security-Policy": _POLICY + framers,
            "Cache-Control": "no-cache",
            "Vary": "Accept-Encoding, Save-Data",
        }
        return Answer(text.encode(), "text/html; charset=utf-8", headers=headers)

    return answer


def _scripts(html: str, is_record: bool) -> str:
    """Return the tags of what a page loads, and of what its live view will, which a record has not:
    those wait in a template until a reader wants it. `html`: all that the page says.
    """
    scripts = ""
    # Only a page with a map names the file of its levels.
    levels = re.search('data-levels="([^"]*)"', html)
    if levels:
        scripts += _MAP.format(levels[1])
    scripts += _MODULE.format("page")
    scripts += _MODULE.format("live")
    if is_record:
        return scripts

    tags = "".join(re.findall(LOADING_TAG, SHELL))
    return f'{scripts}<template id="framework">{tags}</template><script>{_STARTER}</script>'
