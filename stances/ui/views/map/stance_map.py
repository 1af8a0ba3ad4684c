"""The stance map of the first page, and the months beside a day, made before they are asked for."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from functools import partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from stances.answers.stance_map import map_levels, map_table
from stances.answers.standing import map_alt
from stances.answers.tracker import Tracker
from stances.figures.map import VIEWS, MapBase, map_base, stance_map
from stances.filters.map import part_of
from stances.links.view import View, view_at
from stances.markup.panel import latest_html
from stances.pages.map import around_map
from stances.pictures.map_labels import map_labels
from stances.ui import url
from stances.ui.parts.chart import take_click
from stances.ui.views.map.ahead import make_ahead

HEIGHT = 430
CONFIG = {
    "topojsonURL": "geometry/",
    "displaylogo": False,
    "modeBarButtonsToRemove": ["toImage", "select2d", "lasso2d"],
}
_KEY, _EARLIER = "map", "map-before"
# The parameters of a view, which tell it from others of the same data.
Texts = tuple[tuple[str, str], ...]


def draw_map(tracker: Tracker, day: date, domain: str, mode: str) -> None:
    """Draw the map of a day; a click on an actor opens its panel."""
    figure, options = _figure_and_options(tracker, day, domain, mode)
    st.plotly_chart(figure, key=_KEY, on_select=partial(take_click, _KEY, "actor"), **options)


def draw_earlier_map(tracker: Tracker, day: date, domain: str, mode: str) -> None:
    """Draw the map of a day before that of the page, as `draw_map` does."""
    figure, options = _figure_and_options(tracker, day, domain, mode)
    st.plotly_chart(
        figure, key=_EARLIER, on_select=partial(take_click, _EARLIER, "actor"), **options
    )


def _figure_and_options(
    tracker: Tracker, day: date, domain: str, mode: str
) -> tuple[go.Figure, dict[str, Any]]:
    """Return the figure of a day, and how it is drawn."""
    levels = map_levels(tracker, day, domain, part_of(tracker, url.get("view")))
    figure = tracker.remember(map_figure, day, domain, url.get("view"), mode, url.get("actor"))
    options = {
        "theme": None,
        "config": CONFIG,
        "selection_mode": "points",
        "alt": map_alt(tracker.codebook, levels, domain, day),
    }
    return figure, options


def map_figure(
    tracker: Tracker, day: date, domain: str, view: str, mode: str, chosen: str | None
) -> go.Figure:
    """Return the figure of a day; for `Tracker.remember`. `chosen`: the actor to be drawn out."""
    base = tracker.remember(base_of, view, mode)
    return stance_map(map_table(tracker, day, domain), base, chosen)


def base_of(tracker: Tracker, view: str, mode: str) -> MapBase:
    """Return what a view of the map has on every date; for `Tracker.remember`."""
    drawn = tracker.geometry[VIEWS[view].geometry_file]
    levels, labels = tracker.codebook.scale.levels, map_labels(tracker, view)
    return map_base(tracker.map_actors, levels, view, mode, drawn, HEIGHT, labels)


def ask_ahead(tracker: Tracker, texts: Texts, mode: str) -> None:
    """Have the next step's views made; by `Tracker.remember`, so that it is asked once."""
    make_ahead(partial(neighbours, view_at(tracker.data, "", dict(texts)), mode))


def neighbours(view: View, mode: str) -> None:
    """Make the map and what is around it for the months before and after the day of a view, so that
    a step of the slider finds them.
    """
    tracker, months, shape = view.tracker, view.tracker.data.months, view["view"]
    here = bisect_left(months, view.day)
    for month in months[max(0, here - 1) : here + 2]:
        tracker.remember(map_figure, month, view.domain, shape, mode, view["actor"])
        tracker.remember(around_map, month, view.domain, shape, mode)
        tracker.remember(latest_html, month, view.domain, mode)
