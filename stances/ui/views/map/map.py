"""The first page: cards, the stance map, the chosen actor, and the map as a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from stances.answers.standing import Standing, by_stance, standings
from stances.answers.tracker import Tracker
from stances.markup.headline import lead_html
from stances.markup.legend import legend_html
from stances.seams.order import at_last
from stances.tables.stances import stances_rows_html
from stances.tables.table import Place
from stances.ui import url
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_few, choice_of_many
from stances.ui.parts.picture import picture_under
from stances.ui.parts.table import place
from stances.ui.session import current
from stances.ui.views.map.ahead import Job, make_ahead
from stances.ui.views.map.around import around_map, neighbours
from stances.ui.views.map.cards import cards
from stances.ui.views.map.panel import actor_panel
from stances.ui.views.map.stance_map import HEIGHT, draw_map

_PANEL_HEIGHT = HEIGHT - 20


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    day, domain = url.get("as_of"), url.get("domain")
    # The map is sent first, since it takes the browser longest; what stands above it has its place.
    above, beneath = st.container(key="lead"), st.container(key="cards", gap=None)
    if compact():
        draw_map(tracker, day, domain, mode)
        _markup(legend_html(tracker, mode))
        with above:
            _markup(lead_html(tracker, day, domain, url.get("view")))
        return
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        draw_map(tracker, day, domain, mode)
    around = tracker.remember(around_map, day, domain, url.get("view"), mode)
    with above:
        # Links in plain HTML stay links in place: see `seams/follow.js`.
        st.html(around.lead)
    with beneath:
        cards(tracker, around.cards)
    with left:
        _view_control(tracker)
        # Apart from the legend, which no step of the date sends again.
        _markup(legend_html(tracker, mode))
        picture_under("map", mode)
    with right:
        _actor_control(tracker)
        with st.container(height=_PANEL_HEIGHT, border=False, key="panel"):
            actor_panel(tracker, standings(tracker, day, domain), day, domain, mode)
    shown = url.get("view"), mode, url.get("actor")
    ahead = partial(neighbours, tracker, day, domain, *shown)
    at_last(partial(_below, standings(tracker, day, domain), place(tracker, ""), ahead))


def _markup(content: str) -> None:
    st.markdown(content, unsafe_allow_html=True)


def _view_control(tracker: Tracker) -> None:
    choice_of_few(tracker, "view", label_visibility="collapsed")


def _actor_control(tracker: Tracker) -> None:
    """The twin of a click on the map, for the keyboard."""
    choice_of_many(
        tracker,
        "actor",
        placeholder="Choose a country or body, or click it on the map",
        label_visibility="collapsed",
    )


def _below(rows: Sequence[Standing], at: Place, ahead: Job) -> None:
    """What comes once the map is drawn: the map as a table, the most restrictive first and those
    without a position last unless another order is asked for; and what may be asked next.
    """
    shown = url.get("sort"), url.get("page"), at, url.get("actor")
    st.html(stances_rows_html(by_stance(rows), *shown, st.context.theme.type or "light"))
    make_ahead(ahead)


page()
