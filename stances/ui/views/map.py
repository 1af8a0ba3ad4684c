"""The first page: cards, the stance map, the chosen actor, and the map as a table."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from stances import text
from stances.codebook import NO_POSITION, NOT_COVERED
from stances.figures.map import VIEWS, stance_map
from stances.figures.theme import hatch_css, theme
from stances.figures.timelapse import timelapse
from stances.model import level_of
from stances.ui import url
from stances.ui.cards import cards
from stances.ui.panel import actor_panel, swatch
from stances.ui.shared import Tracker, tracker
from stances.ui.tables import Standing, by_stance, map_table, standings

_MAP_HEIGHT = 430
_PANEL_HEIGHT = _MAP_HEIGHT - 20
_TABLE_HEIGHT = 420
_FIGURE = st.column_config.NumberColumn(format="%+.2f")
_DAY = st.column_config.DateColumn(format="YYYY-MM-DD")
_COLUMNS = {
    "Stance": _FIGURE,
    "Low": _FIGURE,
    "High": _FIGURE,
    "Evidence": st.column_config.NumberColumn(format="%.2f"),
    "Act in force": st.column_config.TextColumn(width="large"),
    "Since": _DAY,
    "Last event": _DAY,
}
_UI = Path(__file__).parent.parent
# Static text: nothing from the data or the address is put into a script.
_TIMELAPSE_CONTROLS = (
    f"<style>{(_UI / 'timelapse.css').read_text(encoding='utf-8')}</style>"
    '<div class="timelapse-controls"></div>'
    f"<script>{(_UI / 'timelapse.js').read_text(encoding='utf-8')}</script>"
)
_CONFIG = {
    "topojsonURL": "geometry/",
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d"],
}


def page() -> None:
    """Draw the page for the state in the address."""
    shared, mode = tracker(), st.context.theme.type or "light"
    day, domain = url.get("as_of"), url.get("domain")
    rows = standings(shared, day, domain)
    levels = [row.level for row in rows]
    alt = text.map_alt(shared.codebook, levels, domain, day)
    _headline(shared, levels, day, domain)
    cards(shared, rows, day, domain, mode)
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        with st.container(key="mapbox", gap=None):
            _view_control()
            _map(shared, rows, mode, alt)
        st.markdown(_legend(shared, mode), unsafe_allow_html=True)
    with right:
        _actor_control(shared)
        with st.container(height=_PANEL_HEIGHT, border=False, key="panel"):
            actor_panel(shared, rows, day, domain, mode)
    st.markdown(hatch_css(mode), unsafe_allow_html=True)
    _timelapse(shared, domain, mode)
    _table(shared, rows, alt)


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
        list(url.VIEWS),
        format_func=url.VIEWS.__getitem__,
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
        url.subjects(shared),
        format_func=shared.names.__getitem__,
        key="actor",
        placeholder="Choose an actor, or click it on the map",
        on_change=url.changed,
        persist_state="session",
        label_visibility="collapsed",
    )


def _map(shared: Tracker, rows: list[Standing], mode: str, alt: str) -> None:
    view = url.get("view")
    table, drawn = map_table(shared, rows), shared.geometry[VIEWS[view].geometry_file]
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
    """Open the panel of the actor that was clicked; a click beside all changes nothing."""
    points = st.session_state["map"]["selection"]["points"]
    codes = [point.get("customdata") for point in points]
    if codes and codes[0]:
        url.put("actor", codes[0][0] if isinstance(codes[0], list) else codes[0])


def _legend(shared: Tracker, mode: str) -> str:
    scale, look = shared.codebook.scale, theme(mode)
    items = [f"{swatch(level, mode)}{text.escape(scale.labels[level])}" for level in scale.levels]
    items += [
        f'<span class="swatch no-position"></span>{NO_POSITION}',
        f'<span class="swatch" style="background:{look.not_covered}"></span>{NOT_COVERED}',
        f'<span class="swatch" style="border:2px solid {look.outline}"></span>Act in force',
    ]
    return f'<div class="legend">{"".join(f"<span>{item}</span>" for item in items)}</div>'


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


def _table(shared: Tracker, rows: list[Standing], alt: str) -> None:
    """The same as a table, the most restrictive first, those without a position last."""
    rows = by_stance(rows)
    region = dict(zip(shared.model.actors, shared.about["region"], strict=True))
    shown = pd.DataFrame(
        {
            "Actor": [row.name for row in rows],
            "Region": [region[row.actor] for row in rows],
            "Stance": np.array([row.stance for row in rows], "float32"),
            "Label": [row.label for row in rows],
            "Low": np.array([row.low for row in rows], "float32"),
            "High": np.array([row.high for row in rows], "float32"),
            "Evidence": np.array([row.evidence for row in rows], "float32"),
            "Act in force": [row.in_force_title for row in rows],
            "Since": np.array([row.in_force_since for row in rows], "datetime64[s]"),
            "Last event": np.array([row.last_event_date for row in rows], "datetime64[s]"),
            "Events": np.array([row.events for row in rows], "int16"),
        }
    )
    st.dataframe(
        shown,
        key="table",
        height=_TABLE_HEIGHT,
        hide_index=True,
        column_config=_COLUMNS,
        placeholder=text.DASH,
        on_select=partial(_row_chosen, tuple(row.actor for row in rows)),
        selection_mode="single-row",
        alt=alt,
    )


def _row_chosen(actors: tuple[str, ...]) -> None:
    rows = st.session_state["table"]["selection"]["rows"]
    if rows:
        url.put("actor", actors[rows[0]])


page()
