"""The pages as Streamlit knows them: what a run navigates between, and what its links lead to."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st

from stances.answers.views import PAGES


def pages() -> list[st.Page]:
    """The pages in the order of the navigation, for one run: it marks the one that it runs."""
    return [copy(made) for made in _made().values()]


def page_of(path: str) -> st.Page:
    """The page at a path, such as `acts`; the first one has none."""
    return _made()[path]


@cache
def _made() -> dict[str, st.Page]:
    """The pages, made once: for each, Streamlit asks the disk for every folder above its script,
    which was a twentieth of a run.
    """
    return {
        path: st.Page(
            f"views/{path or 'map'}/{path or 'map'}.py",
            title=title,
            url_path=path,
            default=not path,
        )
        for path, title in PAGES.items()
    }
