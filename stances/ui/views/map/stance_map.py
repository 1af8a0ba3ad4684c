"""The stance map of the first page, and the months beside a day, made before they are asked for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from stances.answers.stance_map import map_levels, map_table
from stances.answers.standing import map_alt
from stances.answers.tracker import Tracker
from stances.figures.map import stance_map
from stances.filters.map import part_of
from stances.links.view import View, view_at
from stances.markup.panel import latest_html
from stances.pages.map import around_map
from stances.pictures.map import base_of
from stances.ui.parts.chart import take_click
from stances.ui.views.map.ahead import make_ahead

CONFIG = {
    "topojsonURL": "geometry/",
    "displaylogo": False,
    "modeBarButtonsToRemove": ["toImage", "select2d", "lasso2d"],
}
# The parameters of a view, which tell it from others of the same data.
Texts = tuple[tuple[str, str], ...]


def draw_map(view: View, day: date, key: str = "map") -> None:
    """Draw the map of a day; a click on an actor opens its panel. `key`: of a second one."""
    tracker, domain, shape = view.tracker, view.domain, view["view"]
    levels = map_levels(tracker, day, domain, part_of(tracker, shape))
    st.plotly_chart(
        tracker.remember(map_figure, day, domain, shape, view.mode, view["actor"]),
        key=key,
        theme=None,
        config=CONFIG,
        on_select=partial(take_click, key, "actor"),
        selection_mode="points",
        alt=map_alt(tracker.codebook, levels, domain, day),
    )


def map_figure(
    tracker: Tracker, day: date, domain: str, view: str, mode: str, chosen: str | None
) -> go.Figure:
    """Return the figure of a day; for `Tracker.remember`. `chosen`: the actor to be drawn out."""
    base = tracker.remember(base_of, view, mode)
    return stance_map(map_table(tracker, day, domain), base, chosen)


def ask_ahead(tracker: Tracker, texts: Texts, mode: str) -> None:
    """Have the next step's views made; by `Tracker.remember`, so that it is asked once."""
    view = replace(view_at(tracker.data, "", dict(texts)), mode=mode)
    make_ahead(partial(neighbours, view))


def neighbours(view: View) -> None:
    """Make the map and what is around it for the months before and after the day of a view, so that
    a step of the slider finds them.
    """
    tracker, months, shape = view.tracker, view.tracker.data.months, view["view"]
    here = bisect_left(months, view.day)
    for month in months[max(0, here - 1) : here + 2]:
        tracker.remember(map_figure, month, view.domain, shape, view.mode, view["actor"])
        tracker.remember(around_map, month, view.domain, shape)
        tracker.remember(latest_html, month, view.domain)
