"""A chart as a picture, to take along: by its address, so that taking it runs no page."""

from __future__ import annotations

import streamlit as st

from stances.pictures.address import links_html
from stances.pictures.every import PICTURES
from stances.ui import url
from stances.ui.parts.embed import compact
from stances.ui.session import current


def picture_links(name: str, mode: str, actor: str = "") -> str:
    """Links to a picture of the view that is shown in each format, as markup. `actor`: whose it is,
    of the picture of one.
    """
    text = url.link(current(), PICTURES[name].page)
    return links_html(name, text, mode, actor)


def picture_under(name: str, mode: str) -> None:
    """Draw those links under a chart. In a frame there are none."""
    if not compact():
        st.html(f"<p>{picture_links(name, mode)}</p>")
