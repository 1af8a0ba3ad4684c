"""The first page: cards, the stance map, the chosen actor, and the map as a table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from stances.answers.tracker import Tracker
from stances.answers.two_days import not_before
from stances.figures.map import HEIGHT
from stances.filters.map import day_beside
from stances.links.view import View
from stances.pages.block import WIDTHS
from stances.pages.map import (
    around_view,
    full_record,
    lead_of,
    name_html,
    panel_html,
    table_place_html,
)
from stances.pages.one_map import under_map
from stances.render.html import block_html
from stances.seams.order import at_last
from stances.ui import url
from stances.ui.pages import page_of
from stances.ui.parts.blocks import draw, draw_blocks, notice
from stances.ui.parts.choices import choice_of_few, choice_of_many
from stances.ui.session import current_view
from stances.ui.views.map.cards import draw_cards
from stances.ui.views.map.stance_map import ask_ahead, draw_map
from stances.ui.views.map.two_days import draw_two_days

_PANEL_HEIGHT = HEIGHT - 20
_TABLE = '<p class="small" role="status"></p><div class="below table-place"></div>'


def page() -> None:
    """Draw the page for the state in the address."""
    view = current_view("")
    tracker, day, domain = view.tracker, view.day, view.domain
    if then := day_beside(view):
        draw_two_days(view, then)
        return
    if view["before"] is not None:
        notice(not_before(view["before"], day))
    # The map is sent first, since it takes the browser longest; what stands above it has its place.
    above, beneath = st.container(key="lead"), st.container(key="cards", gap=None)
    if view.embedded:
        draw_map(view, day)
        draw_blocks(under_map(view), {})
        with above:
            draw(block_html(lead_of(tracker, day, domain, view["view"])))
        return
    with st.container(key="map-row"):
        left, right = st.columns(WIDTHS["beside"], gap="medium")
    with left:
        draw_map(view, day)
    around = around_view(view)
    with above:
        st.html(f"{block_html(around.lead)}{around.links}{table_place_html(view)}")
    with beneath:
        draw_cards(tracker, around.cards)
    with left:
        choice_of_few(tracker, "view", label_visibility="collapsed")
        draw_blocks(under_map(view), {})
    with right:
        _actor_control(tracker)
        with st.container(height=_PANEL_HEIGHT, border=False, key="panel"):
            _draw_panel(view)
    at_last(partial(_below, view))


def _actor_control(tracker: Tracker) -> None:
    """Draw the twin of a click on the map, for the keyboard."""
    choice_of_many(
        tracker,
        "actor",
        placeholder="Choose a country or body, or click it on the map",
        label_visibility="collapsed",
    )


def _draw_panel(view: View) -> None:
    """Draw the chosen actor or group; without one, what happened last, or who stands where."""
    if view["actor"] is None:
        choice_of_few(view.tracker, "beside", label_visibility="collapsed")
    else:
        _head(view)
    draw(panel_html(view))


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


def _below(view: View) -> None:
    """Draw the place of the map as a table, the same at every step, which a script fills once the
    map is drawn, under a line that says where it does not come (`table.js`); and have made what may
    be asked next.
    """
    st.html(_TABLE)
    view.tracker.remember(ask_ahead, tuple(view.texts_of_page.items()), view.mode)


page()
