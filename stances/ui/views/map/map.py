"""The first page: cards, the stance map, the chosen actor, and the map as a table."""

from __future__ import annotations

from functools import partial
from time import monotonic, sleep

import streamlit as st

from stances.answers.standing import standings
from stances.answers.tracker import Tracker
from stances.figures.map import VIEWS
from stances.ui import parameters, url
from stances.ui.parts.choice import choosing_table
from stances.ui.parts.embed import compact
from stances.ui.session import current
from stances.ui.views.map.ahead import make_ahead
from stances.ui.views.map.around import Around, around_map, lead_html, neighbours
from stances.ui.views.map.cards import cards
from stances.ui.views.map.panel import actor_panel
from stances.ui.views.map.stance_map import HEIGHT, draw_map, legend_html
from stances.ui.views.map.timelapse import timelapse_control

_PANEL_HEIGHT = HEIGHT - 20
_TABLE_HEIGHT = 420
_FIGURE = st.column_config.NumberColumn(format="%+.2f")
_COLUMNS = {
    "Actor": st.column_config.TextColumn(width=190),
    "Stance": _FIGURE,
    "Low": _FIGURE,
    "High": _FIGURE,
}
_MAP_SEEN = "_map_seen"
_FIRST_MAP_SECONDS = 0.5
# Streamlit sends every 5 milliseconds what has gathered, and a browser takes some to take it in.
_SENDING_SECONDS = 0.007


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    day, domain = url.get("as_of"), url.get("domain")
    # The map is sent first, since it takes the browser longest; what stands above it has its place.
    above = st.container(key="above")
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
    _let_the_map_leave(sent)
    with above:
        _markup(around.headline)
        cards(tracker, around.cards)
    with left:
        _view_control()
        _markup(legend_html(tracker, mode))
    with right:
        _actor_control(tracker)
        with st.container(height=_PANEL_HEIGHT, border=False, key="panel"):
            actor_panel(tracker, standings(tracker, day, domain), day, domain, mode)
    timelapse_control(tracker, domain, mode)
    _let_the_map_draw()
    _table(around)
    make_ahead(partial(neighbours, tracker, day, domain, url.get("view"), mode))


def _markup(content: str) -> None:
    st.markdown(content, unsafe_allow_html=True)


def _let_the_map_leave(sent: float) -> None:
    """Hold back what follows until the map is on its way: what reaches the browser together is
    drawn together, and the map would wait for texts and tables.
    """
    sleep(max(0.0, sent + _SENDING_SECONDS - monotonic()))


def _let_the_map_draw() -> None:
    """On the first visit, hold the table back a moment: the browser would run its code, a megabyte
    of it, before it draws the map above.
    """
    if not st.session_state.get(_MAP_SEEN):
        sleep(_FIRST_MAP_SECONDS)
        st.session_state[_MAP_SEEN] = True


def _view_control() -> None:
    st.segmented_control(
        "View",
        list(VIEWS),
        format_func=lambda view: VIEWS[view].label,
        key="view",
        required=True,
        on_change=url.changed,
        persist_state="session",
        label_visibility="collapsed",
    )


def _actor_control(tracker: Tracker) -> None:
    """The twin of a click on the map, for the keyboard."""
    st.selectbox(
        "Actor",
        parameters.subjects(tracker),
        format_func=tracker.names.__getitem__,
        key="actor",
        placeholder="Choose an actor, or click it on the map",
        on_change=url.changed,
        persist_state="session",
        label_visibility="collapsed",
    )


def _table(around: Around) -> None:
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
