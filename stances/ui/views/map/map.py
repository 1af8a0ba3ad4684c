"""The first page: cards, the stance map, the chosen actor, and the map as a table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from stances.answers.standing import standings
from stances.answers.tracker import Tracker
from stances.answers.two_days import not_before
from stances.figures.map import HEIGHT
from stances.filters.map import day_beside
from stances.links.view import View
from stances.pages.block import WIDTHS
from stances.pages.map import around_view, lead_of, table_place_html
from stances.pages.one_map import under_map
from stances.render.html import block_html
from stances.seams.order import at_last
from stances.ui.parts.blocks import draw, draw_blocks, notice
from stances.ui.parts.choices import choice_of_few, choice_of_many
from stances.ui.session import current_mode, current_view
from stances.ui.views.map.cards import draw_cards
from stances.ui.views.map.panel import draw_panel
from stances.ui.views.map.stance_map import ask_ahead, draw_map
from stances.ui.views.map.two_days import draw_two_days

_PANEL_HEIGHT = HEIGHT - 20
_TABLE = '<p class="small" role="status"></p><div class="below table-place"></div>'


def page() -> None:
    """Draw the page for the state in the address."""
    view, mode = current_view(""), current_mode()
    tracker, day, domain = view.tracker, view.day, view.domain
    if then := day_beside(view.values):
        draw_two_days(view, mode, then)
        return
    if view["before"] is not None:
        notice(not_before(view["before"], day))
    # The map is sent first, since it takes the browser longest; what stands above it has its place.
    above, beneath = st.container(key="lead"), st.container(key="cards", gap=None)
    if view.embedded:
        draw_map(tracker, day, domain, mode)
        draw_blocks(under_map(view, mode), {})
        with above:
            draw(block_html(lead_of(tracker, day, domain, view["view"])))
        return
    with st.container(key="map-row"):
        left, right = st.columns(WIDTHS["beside"], gap="medium")
    with left:
        draw_map(tracker, day, domain, mode)
    around = around_view(view, mode)
    with above:
        st.html(f"{block_html(around.lead)}{around.links}{table_place_html(view)}")
    with beneath:
        draw_cards(tracker, around.cards)
    with left:
        choice_of_few(tracker, "view", label_visibility="collapsed")
        draw_blocks(under_map(view, mode), {})
    rows = standings(tracker, day, domain)
    with right:
        _actor_control(tracker)
        with st.container(height=_PANEL_HEIGHT, border=False, key="panel"):
            draw_panel(view, rows, mode)
    at_last(partial(_below, view, mode))


def _actor_control(tracker: Tracker) -> None:
    """Draw the twin of a click on the map, for the keyboard."""
    choice_of_many(
        tracker,
        "actor",
        placeholder="Choose a country or body, or click it on the map",
        label_visibility="collapsed",
    )


def _below(view: View, mode: str) -> None:
    """Draw the place of the map as a table, the same at every step, which a script fills once the
    map is drawn, under a line that says where it does not come (`table.js`); and have made what may
    be asked next.
    """
    st.html(_TABLE)
    view.tracker.remember(ask_ahead, tuple(view.texts_of_page.items()), mode)


page()
