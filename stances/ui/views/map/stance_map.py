"""The stance map of the first page."""

from __future__ import annotations

from datetime import date
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from stances.answers.standing import map_alt, map_table, standings
from stances.answers.tracker import Tracker
from stances.figures.centres import centres
from stances.figures.map import VIEWS, MapBase, map_base, stance_map
from stances.seams.shared_figure import shared
from stances.ui import url
from stances.ui.parts.choice import clicked

HEIGHT = 430
CONFIG = {
    "topojsonURL": "geometry/",
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d"],
}
_KEY = "map"


def draw_map(tracker: Tracker, day: date, domain: str, mode: str) -> None:
    """The map of a day; a click on an actor opens its panel."""
    levels = [row.level for row in standings(tracker, day, domain)]
    st.plotly_chart(
        tracker.remember(map_figure, day, domain, url.get("view"), mode, url.get("actor")),
        key=_KEY,
        theme=None,
        config=CONFIG,
        on_select=partial(clicked, _KEY, "actor"),
        selection_mode="points",
        alt=map_alt(tracker.codebook, levels, domain, day),
    )


def map_figure(
    tracker: Tracker, day: date, domain: str, view: str, mode: str, chosen: str | None
) -> go.Figure:
    """The figure of a day; for `Tracker.remember`. `chosen`: the actor to be drawn out."""
    base = tracker.remember(base_of, view, mode)
    return shared(stance_map(map_table(tracker, day, domain), base, chosen))


def base_of(tracker: Tracker, view: str, mode: str) -> MapBase:
    """What a view of the map has on every date; for `Tracker.remember`."""
    file = VIEWS[view].geometry_file
    drawn, middles = tracker.geometry[file], centres(tracker.data.outlines[file])
    levels = tracker.codebook.scale.levels
    return map_base(tracker.placed, levels, view, mode, drawn, HEIGHT, middles)
