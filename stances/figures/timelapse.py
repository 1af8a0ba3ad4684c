"""The stance map month by month, as plotly frames that run wholly in the browser.

The figure has no controls of its own that a person could see: plotly's cannot be reached by
keyboard. `ui/timelapse.js` puts HTML controls beside it, and shows a month through the one hidden
button that the figure has for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from stances.codebook import Codebook
from stances.figures.map import Json, level_codes, map_actors, map_base
from stances.figures.theme import CLEAR, theme

# The traces of the figure: not covered, classes, markers.
_AREAS, _MARKERS = 1, 2
# How plotly shows a frame: immediately and redrawn, or choropleths keep their colours.
_AT_ONCE = {
    "mode": "immediate",
    "frame": {"duration": 0, "redraw": True},
    "transition": {"duration": 0},
}


def timelapse(
    levels: npt.NDArray[np.float64],
    dates: Sequence[date],
    actors: pd.DataFrame,
    codebook: Codebook,
    view: str,
    mode: str,
    geometry: frozenset[str],
    height: int = 430,
) -> go.Figure:
    """The map with one frame for each of `dates`, the last one shown first; `height` in px.

    `levels`: T dates x N actors, points of the scale, NaN where there is no position. `actors`: N
    rows in the same order, columns actor, name, kind, lon, lat, covered. `dates`: one a month at
    most; they name the frames (`2019-03`). `geometry`: the ids that the view's file draws.
    """
    scale = codebook.scale.levels
    base = map_base(map_actors(actors), scale, view, mode, geometry, height)
    codes = level_codes(levels, scale)
    names = np.array([escape(name, quote=False) for name in actors["name"]], object)
    grey, areas, _, markers = base.data
    rows, spots = base.area_rows, base.marker_rows
    plain = {"line": {"color": theme(mode).border, "width": 1}}
    now = {**markers["marker"], **plain, "color": codes[-1, spots].tolist()}
    data = [
        grey,
        {**areas, "z": codes[-1, rows].tolist(), "text": names[rows].tolist()},
        {**markers, "marker": now, "text": names[spots].tolist()},
    ]
    frames = [
        _frame(day, areas=month[rows].tolist(), markers=month[spots].tolist())
        for day, month in zip(dates, codes, strict=True)
    ]
    layout = {**base.layout, "uirevision": f"timelapse-{view}", "updatemenus": [_hidden_button()]}
    return go.Figure({"data": data, "layout": layout, "frames": frames}, _validate=False)


def _frame(day: date, areas: list[int], markers: list[int]) -> Json:
    """Only what changes with the month; short lists of small numbers beat base64 here."""
    return {
        "name": f"{day:%Y-%m}",
        "traces": [_AREAS, _MARKERS],
        "data": [
            {"type": "choropleth", "z": areas},
            {"type": "scattergeo", "marker": {"color": markers}},
        ],
    }


def _hidden_button() -> Json:
    """A button that shows the frame which its first argument names; nobody sees it."""
    return {
        "type": "buttons",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "top",
        "showactive": False,
        "bgcolor": CLEAR,
        "bordercolor": CLEAR,
        "font": {"color": CLEAR, "size": 1},
        "buttons": [{"method": "animate", "label": "show", "args": [[""], _AT_ONCE]}],
    }
