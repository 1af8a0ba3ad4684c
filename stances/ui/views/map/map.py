"""The first page: cards, the stance map, the chosen actor, and the map as a table."""

from __future__ import annotations

from functools import partial
from time import monotonic

import streamlit as st

from stances import parameters
from stances.answers.standing import standings
from stances.answers.tracker import Tracker
from stances.figures.map import VIEWS
from stances.markup.headline import lead_html
from stances.markup.legend import legend_html
from stances.seams.order import at_last
from stances.seams.sending import let_draw, let_leave
from stances.ui import url
from stances.ui.parts.choice import choosing_table
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_few, kept
from stances.ui.parts.picture import picture_links
from stances.ui.session import current
from stances.ui.turn import resting
from stances.ui.views.map.ahead import Job, make_ahead
from stances.ui.views.map.around import AroundMap, around_map, neighbours
from stances.ui.views.map.cards import cards
from stances.ui.views.map.panel import actor_panel
from stances.ui.views.map.stance_map import HEIGHT, draw_map

_PANEL_HEIGHT = HEIGHT - 20
_TABLE_HEIGHT = 420
_FIGURE = st.column_config.NumberColumn(format="%+.2f")
_COLUMNS = {
    "Actor": st.column_config.TextColumn(width=190),
    "Stance": _FIGURE,
    "Low": _FIGURE,
    "High": _FIGURE,
}


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
            _markup(lead_html(tracker, day, domain))
        return
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        draw_map(tracker, day, domain, mode)
    sent = monotonic()
    around = tracker.remember(around_map, day, domain, mode)
    with resting():
        let_leave(sent)
    with above:
        # Links in plain HTML stay links in place: see `seams/follow.js`.
        st.html(around.lead)
    with beneath:
        cards(tracker, around.cards)
    with left:
        _view_control()
        _markup(f"{legend_html(tracker, mode)}<p>{picture_links('map', mode)}</p>")
    with right:
        _actor_control(tracker)
        with st.container(height=_PANEL_HEIGHT, border=False, key="panel"):
            actor_panel(tracker, standings(tracker, day, domain), day, domain, mode)
    shown = url.get("view"), mode, url.get("actor")
    ahead = partial(neighbours, tracker, day, domain, *shown)
    at_last(partial(_below, around, ahead))


def _markup(content: str) -> None:
    st.markdown(content, unsafe_allow_html=True)


def _view_control() -> None:
    labels = {name: view.label for name, view in VIEWS.items()}
    choice_of_few("View", labels, "view", label_visibility="collapsed")


def _actor_control(tracker: Tracker) -> None:
    """The twin of a click on the map, for the keyboard."""
    st.selectbox(
        "Actor",
        tracker.by_name(parameters.subjects(tracker)),
        format_func=tracker.names.__getitem__,
        placeholder="Choose an actor, or click it on the map",
        **kept("actor"),
        label_visibility="collapsed",
    )


def _below(around: AroundMap, ahead: Job) -> None:
    """What comes once the map is drawn: the table, and what may be asked next."""
    with resting():
        let_draw()
    _table(around)
    make_ahead(ahead)


def _table(around: AroundMap) -> None:
    """The map as a table, the most restrictive first, those without a position last."""
    choosing_table(
        "table",
        around.table,
        around.codes,
        "actor",
        height=_TABLE_HEIGHT,
        column_config=_COLUMNS,
        alt="The stances on the map as a table",
    )


page()
