"""The page that Streamlit serves: more in its head, its body and at its end, under a strict policy.

Leans on: Streamlit's page being UTF-8, plain or gzipped, with one `<title>`, `</head>`,
  `<div id="root">` and `</body>`, and no script but inline ones and files of its own; on its code
  keeping to the policy.
Fails: what finds no place is left out, and the page comes as Streamlit sends it, under its title;
  what the policy does not know is refused by the browser, and its console names it.
Then: look at `streamlit/static/index.html` for the tags, and in the console for what was refused.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_WITHOUT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_DRAWN = '<div id="root">'
_GZIP_MAGIC = b"\x1f\x8b"


def completed(
    body: bytes, head: str, end: str, ancestors: str, words: str = ""
) -> tuple[bytes, str]:
    """A page with `head` in place of its title, `words` before what its scripts draw and in place
    of what it says without them, and `end` at its end; and the policy that its scripts need.
    `ancestors`: who may frame it. A body that is no text is passed on as it is.
    """
    plain = unzipped(body)
    try:
        sent = plain.decode()
    except UnicodeDecodeError:
        return plain, _policy("", ancestors)
    page = sent.replace("</body>", f"{end}</body>", 1)
    if words and _DRAWN in page:
        page = _WITHOUT.sub("", page, count=1).replace(_DRAWN, f"{words}{_DRAWN}", 1)
    if head and "</head>" in page:
        page = _TITLE.sub("", page, count=1).replace("</head>", f"{head}</head>", 1)
    # Made from the page as Streamlit sends it: what the data brings into the head is never known.
    return page.encode(), _policy(sent, ancestors)


def unzipped(body: bytes) -> bytes:
    """A body without its gzip, if it has one."""
    return gzip.decompress(body) if body.startswith(_GZIP_MAGIC) else body


def _policy(page: str, ancestors: str) -> str:
    """As strict as Streamlit allows: nothing from another origin, no script but known ones.

    `page`: as Streamlit sends it. `unsafe-inline` for styles alone: Streamlit (emotion), its tables
    (styled-components) and plotly write `<style>` elements, and plotly `style` attributes, whose
    texts nobody knows beforehand. `wasm-unsafe-eval`: Streamlit's code for messages (protobuf)
    counts in 64 bits by WebAssembly. `data:` and `blob:`: the picture that a chart is exported to.
    """
    hashes = sorted({_hash(script) for script in _INLINE_SCRIPT.findall(page)})
    scripts = " ".join(["'self'", *hashes, "'wasm-unsafe-eval'"])
    return (
        f"default-src 'none'; script-src {scripts}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {ancestors}; object-src 'none'"
    )


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
