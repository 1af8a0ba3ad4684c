"""The time-lapse below the map: month by month, played in the browser."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from stances.answers.standing import timelapse_alt
from stances.answers.tracker import Tracker
from stances.figures.timelapse import timelapse
from stances.model.stance import level_of
from stances.ui import url
from stances.ui.parts.kept import kept
from stances.ui.views.map.stance_map import CONFIG, base_of

# Where `timelapse.js` puts its controls.
_CONTROLS = '<div class="timelapse-controls"></div>'


def timelapse_control(tracker: Tracker, domain: str, mode: str) -> None:
    """The switch, and the chart once it is on: sent only to those who ask for it."""
    first, last = tracker.codebook.first_date, tracker.data.today
    on = st.toggle(
        f"Play the map from {first.year} to {last.year}",
        **kept("play"),
    )
    if not on:
        return
    with st.container(key="timelapse"):
        st.html(_CONTROLS)
        _chart(tracker, domain, mode)


def _chart(tracker: Tracker, domain: str, mode: str) -> None:
    """The chart, in a container that tells the style sheet which view it has."""
    view = url.get("view")
    with st.container(key=f"timelapse-{view}"):
        st.plotly_chart(
            _figure(tracker, domain, view, mode),
            key="timelapse-chart",
            theme=None,
            config=CONFIG | {"displayModeBar": False},
            alt=timelapse_alt(
                tracker.codebook, domain, tracker.codebook.first_date, tracker.data.today
            ),
        )


def _figure(tracker: Tracker, domain: str, view: str, mode: str) -> go.Figure:
    levels = level_of(tracker.panel.stance[:, :, tracker.column(domain)])
    base = tracker.remember(base_of, view, mode)
    return timelapse(levels, tracker.panel.days, tracker.placed, base)
