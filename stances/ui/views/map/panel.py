"""The panel beside the map: why an actor stands where it does, down to the sources."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from stances.answers.standing import Standing
from stances.links.view import View
from stances.pages.map import full_record, name_html, panel_html
from stances.ui import url
from stances.ui.pages import page_of
from stances.ui.parts.blocks import draw
from stances.ui.parts.choices import choice_of_few


def draw_panel(view: View, rows: Sequence[Standing], mode: str) -> None:
    """Draw the chosen actor or group; without one, what happened last, or who stands where."""
    if view["actor"] is None:
        choice_of_few(view.tracker, "beside", label_visibility="collapsed")
    else:
        _head(view)
    draw(panel_html(view, rows, mode))


def _head(view: View) -> None:
    """Draw the name of what is chosen, a link to all there is of it, and what closes it."""
    with st.container(key="panel-head"):
        heading, more, close = st.columns([4, 1.6, 1], vertical_alignment="center")
    with heading:
        draw(name_html(view))
    with more:
        page, texts = full_record(view)
        st.page_link(page_of(page), label="Full record", query_params=texts)
    with close:
        st.button(
            "Close", key="close-panel", on_click=url.put, args=("actor", None), type="tertiary"
        )
