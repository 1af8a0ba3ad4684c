"""The page that Streamlit serves: more in its head, its body and at its end, under a strict policy;
without the link to what describes its own interface; and what it loads set aside, where the page
says all by itself.

Leans on: Streamlit's page being UTF-8, plain or gzipped, with one `<title>`, `</head>`,
  `<div id="root">` and `</body>`, and no script but inline ones and files of its own, which begin
  as well when they are put into the page later; on its code keeping to the policy, and taking the
  folder of all pages from `window.__streamlit.BACKEND_BASE_URL`; on its code of
  charts being one file of the name PlotlyChart, and on imports of files being written "from" or
  "import" and the name after "./".
Fails: what finds no place is left out, and the page comes as Streamlit sends it, under its title;
  what it loads otherwise is loaded at once, as Streamlit does; what the policy does not know is
  refused by the browser, and its console names it; two requests of a first visit are refused (404),
  as the address of a page is tried in place of the folder; a live chart comes some 0.3 s later.
Then: look at `streamlit/static/index.html` for the tags, and in the console for what was refused.
"""

import base64
import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import streamlit as st

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
# Scripts that are files, style sheets, and what is fetched for them beforehand.
_LOADED = re.compile(
    r"<script(?=[^>]*\ssrc=)[^>]*></script>"
    r"|<link(?=[^>]*\srel=\"(?:modulepreload|preload|stylesheet)\")[^>]*>"
)
# Tells programs to read what describes Streamlit's own interface.
_SERVICE = re.compile(r'<link rel="service-desc"[^>]*>')
_WITHOUT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_DRAWN = '<div id="root">'
_CHART = re.compile(r'<div class="(?:chart|map)\b')
_CHART_CODE = "static/js/PlotlyChart.*.js"
_IMPORT = re.compile(r'(?:from|import)"\./([\w.$-]+\.js)"')
_GZIP_MAGIC = b"\x1f\x8b"
# Streamlit tries the address of a page as its own before the folder in which all pages lie, and is
# refused; what it knows beforehand it does not try.
_FOLDER = 'window.__streamlit={BACKEND_BASE_URL:new URL("./",location.href).href};'


class PageParts(NamedTuple):
    """The parts added to a page. `head`: in place of its title; `words`: before what its scripts
    draw and in place of what it says without them; `end`: at its end; `scripts`: tags of files that
    run beside Streamlit's; `starter`: a script that puts them and all that Streamlit loads into the
    page, from the template of the id `framework`, when it is wanted.
    """

    head: str
    end: str
    live: str = ""
    words: str = ""
    starter: str = ""


def complete_page(body: bytes, added: PageParts, ancestors: str) -> tuple[bytes, str]:
    """Return a page with more parts, and the policy that its scripts need. `ancestors`: who may
    frame it. Without words the page loads all by itself. A body that is no text is passed on.
    """
    plain = without_gzip(body)
    try:
        sent = plain.decode()
    except UnicodeDecodeError:
        return plain, _policy("", ancestors)
    head, end, page = added.head, f"{added.end}{added.live}", _SERVICE.sub("", sent)
    if added.words and _DRAWN in page and "</head>" in page:
        page = _WITHOUT.sub("", page, count=1).replace(_DRAWN, f"{added.words}{_DRAWN}", 1)
        loaded = "".join(_LOADED.findall(page))
        if _CHART.search(added.words):
            loaded += _chart_code(loaded)
        # First of all: a script that comes after a style sheet waits for it.
        starter = f"<script>{_starter(added)}</script>" if added.starter else ""
        head = f'<template id="framework">{loaded}{added.live}</template>{starter}{head}'
        end, page = added.end, _LOADED.sub("", page)
    page = page.replace("</body>", f"{end}</body>", 1)
    if head and "</head>" in page:
        page = _TITLE.sub("", page, count=1).replace("</head>", f"{head}</head>", 1)
    # Made from the page as Streamlit sends it: what the data brings into the head is never known.
    return page.encode(), _policy(sent, ancestors, _starter(added))


def _starter(added: PageParts) -> str:
    return f"{_FOLDER}{added.starter}" if added.starter else ""


@lru_cache(maxsize=1)
def _chart_code(loaded: str) -> str:
    """Return what loads and reads the code of charts along with all else that Streamlit loads: the
    largest file by far, which Streamlit asks for only when the first chart has come. What it
    imports is asked for beforehand, but for what is `loaded` anyway.
    """
    folder = Path(st.__file__).parent / "static"
    files = [*folder.glob(_CHART_CODE)]
    texts = (file.read_text(encoding="utf-8") for file in files)
    imports = dict.fromkeys(name for text in texts for name in _IMPORT.findall(text))
    links = (
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'
        for name in imports
        if name not in loaded
    )
    paths = (file.relative_to(folder).as_posix() for file in files)
    scripts = (f'<script type="module" crossorigin src="./{path}"></script>' for path in paths)
    return "".join((*links, *scripts))


def without_gzip(body: bytes) -> bytes:
    """Return a body without its gzip, if it has one."""
    return gzip.decompress(body) if body.startswith(_GZIP_MAGIC) else body


def _policy(page: str, ancestors: str, *inserted: str) -> str:
    """Write a policy as strict as Streamlit allows: nothing from another origin, no script but
    known ones.

    `page`: as Streamlit sends it; `inserted`: scripts that are put into it. `unsafe-inline` for
    styles alone: Streamlit (emotion), its tables (styled-components) and plotly write `<style>`
    elements, and plotly `style` attributes, whose texts nobody knows beforehand.
    `wasm-unsafe-eval`: Streamlit's code for messages (protobuf) counts in 64 bits by WebAssembly.
    `data:`: pictures within styles. `form-action`: the controls of a page that is read.
    """
    inline = {*_INLINE_SCRIPT.findall(page), *filter(None, inserted)}
    hashes = sorted(_hash(script) for script in inline)
    scripts = " ".join(["'self'", *hashes, "'wasm-unsafe-eval'"])
    return (
        f"default-src 'none'; script-src {scripts}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {ancestors}; object-src 'none'"
    )


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
