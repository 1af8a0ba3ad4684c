"""The first page: cards, the stance map, the chosen actor, and the map as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import sleep

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from stances import text
from stances.codebook import NO_POSITION, NOT_COVERED
from stances.figures.map import VIEWS, stance_map
from stances.figures.theme import theme
from stances.figures.timelapse import timelapse
from stances.model import level_of
from stances.ui import parameters, url
from stances.ui.cards import cards
from stances.ui.choice import choosing_table
from stances.ui.embed import compact
from stances.ui.panel import actor_panel, swatch
from stances.ui.session import current
from stances.ui.share import source_html
from stances.ui.shared import Tracker
from stances.ui.tables import Standing, by_stance, map_table, stance_table, standings

_MAP_HEIGHT = 430
_PANEL_HEIGHT = _MAP_HEIGHT - 20
_TABLE_HEIGHT = 420
_FIGURE = st.column_config.NumberColumn(format="%+.2f")
_DAY = st.column_config.DateColumn(format="YYYY-MM-DD")
_COLUMNS = {
    "Actor": st.column_config.TextColumn(width=190),
    "Stance": _FIGURE,
    "Low": _FIGURE,
    "High": _FIGURE,
    "In force since": _DAY,
    "Last event": _DAY,
}
_UI = Path(__file__).parent.parent
# Static text: nothing from the data or the address is put into a script.
_TIMELAPSE_CONTROLS = (
    '<div class="timelapse-controls"></div>'
    f"<script>{(_UI / 'timelapse.js').read_text(encoding='utf-8')}</script>"
)
_CLICKED, _MAP_SEEN = "_clicked", "_map_seen"
_FIRST_MAP_SECONDS = 0.5
_CONFIG = {
    "topojsonURL": "geometry/",
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d"],
}


def page() -> None:
    """Draw the page for the state in the address."""
    shared, mode = current(), st.context.theme.type or "light"
    day, domain = url.get("as_of"), url.get("domain")
    rows = standings(shared, day, domain)
    levels = [row.level for row in rows]
    alt = text.map_alt(shared.codebook, levels, domain, day)
    # The map is sent first, since it takes the browser longest; what stands above it has its place.
    above = st.container(key="above")
    if compact():
        with above:
            _headline(shared, levels, day, domain)
        _map(shared, day, domain, mode, alt)
        st.markdown(_legend(shared, mode), unsafe_allow_html=True)
        return
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        _map(shared, day, domain, mode, alt)
        _view_control()
        st.markdown(_legend(shared, mode), unsafe_allow_html=True)
    with above:
        _headline(shared, levels, day, domain)
        cards(shared, rows, day, domain, mode)
    with right:
        _actor_control(shared)
        with st.container(height=_PANEL_HEIGHT, border=False, key="panel"):
            actor_panel(shared, rows, day, domain, mode)
    _timelapse(shared, domain, mode)
    _let_the_map_draw()
    _table(rows)


def _headline(shared: Tracker, levels: list[float], day: date, domain: str) -> None:
    found = text.headline(shared.codebook, levels, domain, day)
    shown = text.subtitle(shared.codebook, levels, domain, day)
    st.markdown(
        f'<h1 class="headline">{text.escape(found)}</h1>'
        f'<p class="subtitle">{text.escape(shown)}</p>',
        unsafe_allow_html=True,
    )


def _view_control() -> None:
    st.segmented_control(
        "View",
        list(parameters.VIEWS),
        format_func=parameters.VIEWS.__getitem__,
        key="view",
        required=True,
        on_change=url.changed,
        persist_state="session",
        label_visibility="collapsed",
    )


def _actor_control(shared: Tracker) -> None:
    """The twin of a click on the map, for the keyboard."""
    st.selectbox(
        "Actor",
        parameters.subjects(shared),
        format_func=shared.names.__getitem__,
        key="actor",
        placeholder="Choose an actor, or click it on the map",
        on_change=url.changed,
        persist_state="session",
        label_visibility="collapsed",
    )


def _map(shared: Tracker, day: date, domain: str, mode: str, alt: str) -> None:
    view = url.get("view")
    table, drawn = map_table(shared, day, domain), shared.geometry[VIEWS[view].geometry_file]
    figure = stance_map(table, shared.codebook, view, mode, drawn, _MAP_HEIGHT)
    st.plotly_chart(
        figure,
        key="map",
        theme=None,
        config=_CONFIG,
        on_select=_clicked,
        selection_mode="points",
        alt=alt,
    )


def _clicked() -> None:
    """Open the panel of the actor that was clicked. A second click on an actor only takes
    plotly's mark off it and brings no point, so it means the actor clicked before.
    """
    points = st.session_state["map"]["selection"]["points"]
    codes = [point.get("customdata") for point in points]
    if codes and codes[0]:
        code = codes[0][0] if isinstance(codes[0], list) else codes[0]
        st.session_state[_CLICKED] = code
    if _CLICKED in st.session_state:
        url.put("actor", st.session_state[_CLICKED])


def _legend(shared: Tracker, mode: str) -> str:
    """The colours and, since no step sends this text again, the source line."""
    scale, look = shared.codebook.scale, theme(mode)
    items = [f"{swatch(level, mode)}{text.escape(scale.labels[level])}" for level in scale.levels]
    items += [
        f'<span class="swatch no-position"></span>{NO_POSITION}',
        f'<span class="swatch" style="background:{look.not_covered}"></span>{NOT_COVERED}',
        f'<span class="swatch" style="border:2px solid {look.outline}"></span>Act in force',
    ]
    legend = "".join(f"<span>{item}</span>" for item in items)
    return f'<div class="legend">{legend}</div>{source_html(shared)}'


def _timelapse(shared: Tracker, domain: str, mode: str) -> None:
    """The map month by month, played in the browser; sent only to those who ask for it."""
    first, last = shared.codebook.first_date, shared.data.today
    on = st.toggle(
        f"Play the map from {first.year} to {last.year}",
        key="play",
        on_change=url.changed,
        persist_state="session",
    )
    if not on:
        return
    with st.container(key="timelapse"):
        st.html(_TIMELAPSE_CONTROLS, unsafe_allow_javascript=True)
        st.plotly_chart(
            _timelapse_figure(shared, domain, url.get("view"), mode),
            key="timelapse-chart",
            theme=None,
            config=_CONFIG | {"displayModeBar": False},
            alt=text.timelapse_alt(shared.codebook, domain, first, last),
        )


def _timelapse_figure(shared: Tracker, domain: str, view: str, mode: str) -> go.Figure:
    actors = pd.DataFrame(shared.about)
    actors["actor"] = shared.model.actors
    actors["covered"] = [actor in shared.covered for actor in shared.model.actors]
    levels = level_of(shared.panel.stance[:, :, shared.column(domain)])
    drawn = shared.geometry[VIEWS[view].geometry_file]
    return timelapse(
        levels, shared.panel.days, actors, shared.codebook, view, mode, drawn, _MAP_HEIGHT
    )


def _let_the_map_draw() -> None:
    """On the first visit, hold the table back a moment: the browser would run its code, a megabyte
    of it, before it draws the map above.
    """
    if not st.session_state.get(_MAP_SEEN):
        sleep(_FIRST_MAP_SECONDS)
        st.session_state[_MAP_SEEN] = True


def _table(rows: Sequence[Standing]) -> None:
    """The same as a table, the most restrictive first, those without a position last."""
    rows = by_stance(rows)
    choosing_table(
        "table",
        stance_table(rows),
        [row.actor for row in rows],
        "actor",
        height=_TABLE_HEIGHT,
        column_config=_COLUMNS,
        alt="The stances on the map as a table",
    )


page()
