"""The files of Streamlit that a browser asks for beside the page: code, styles, typefaces.

Leans on: Streamlit keeping them under `static` of the folder that it serves, those that never
  change with a hash of their content in their name, which its page and its code ask for.
Fails: a file that is not found here is sent by Streamlit itself, as it is, not compressed.
Then: look at what a page asks for, and where that lies in `streamlit/static`.
"""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

_NAMED_BY_CONTENT = re.compile(r"\.[\w-]{8}\.(?:js|css|woff2)")


def code_files() -> dict[str, Path]:
    """Return the files that never change, by their addresses relative to the page."""
    served = Path(st.__file__).parent / "static"
    return {
        path.relative_to(served).as_posix(): path
        for path in (served / "static").rglob("*.*")
        if _NAMED_BY_CONTENT.search(path.name)
    }
