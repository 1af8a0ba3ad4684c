"""The pages as Streamlit knows them: what a run navigates between, and what its links lead to."""

from collections.abc import Callable
from copy import copy
from functools import cache, partial
from pathlib import Path

import streamlit as st

from stances.links.parameters import choices_of
from stances.links.register import PAGES
from stances.links.view import View
from stances.pages.register import BLOCKS
from stances.ui.parts.blocks import draw_blocks
from stances.ui.parts.choices import choice_of_many
from stances.ui.session import current_view

_VIEWS = Path(__file__).with_name("views")


def pages() -> list[st.Page]:
    """Return the pages in the order of the navigation, for one run: it marks its own."""
    return [copy(made) for made in _all_pages().values()]


def page_of(path: str) -> st.Page:
    """Return the page at a path, such as `acts`; the first one has none."""
    return _all_pages()[path]


@cache
def _all_pages() -> dict[str, st.Page]:
    """Return the pages, made once: for each, Streamlit asks the disk for every folder above its
    script, which was a twentieth of a run.
    """
    return {
        path: st.Page(_script(path), title=title, url_path=path, default=not path)
        for path, title in PAGES.items()
    }


def _script(path: str) -> Path | Callable[[], None]:
    """Return what draws a page: a file of its own where it is live, else its blocks."""
    name = path or "map"
    file = _VIEWS / name / f"{name}.py"
    return file if file.is_file() else partial(_draw, path)


def _draw(path: str) -> None:
    view = current_view(path)
    draw_blocks(BLOCKS[path](view), {"controls": lambda _: _controls(view)})


def _controls(view: View) -> None:
    """Draw a control for each choice of the page beside each other."""
    names = choices_of(view.page)
    for name, place in zip(names, st.columns(max(3, len(names)), gap="medium"), strict=False):
        with place:
            choice_of_many(view.tracker, name)
