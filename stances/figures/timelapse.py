"""The stance map month by month, as plotly frames that run wholly in the browser.

The figure has no controls of its own that a person could see: plotly's cannot be reached by
keyboard. The page's `timelapse.js` puts HTML controls beside it, and shows a month through the one
hidden button that the figure has for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from stances import escapes
from stances.dataset.codebook import NOT_COVERED
from stances.figures.map import BORDER, Json, MapBase, level_codes
from stances.figures.theme import CLEAR, not_covered_level

# The traces of the figure: not covered, classes, markers.
_AREAS, _MARKERS = 1, 2
# How plotly shows a frame: immediately and redrawn, or choropleths keep their colours.
_AT_ONCE = {
    "mode": "immediate",
    "frame": {"duration": 0, "redraw": True},
    "transition": {"duration": 0},
}


def timelapse(
    levels: npt.NDArray[np.float64], dates: Sequence[date], actors: pd.DataFrame, base: MapBase
) -> go.Figure:
    """The map with one frame for each of `dates`, the last one shown first.

    `levels`: T dates x N actors, points of the scale, NaN where there is no position. `dates`: one
    a month at most; they name the frames (`2019-03`). `actors`: N rows in the same order, that of
    those that `base` was made of; columns actor, name.
    """
    codes = level_codes(levels, base.levels)
    rows, spots = base.area_rows, base.marker_rows
    frames = [
        _frame(day, areas=month[rows].tolist(), markers=month[spots].tolist())
        for day, month in zip(dates, codes, strict=True)
    ]
    own = {
        "uirevision": f"timelapse-{base.layout['uirevision']}",
        "updatemenus": [_hidden_button()],
    }
    data, layout = _traces(codes[-1], actors, base), {**base.layout, **own}
    return go.Figure({"data": data, "layout": layout, "frames": frames})


def _traces(codes: npt.NDArray[np.int8], actors: pd.DataFrame, base: MapBase) -> list[Json]:
    """The traces in the colours of one month. What is not covered is a trace of its own, so that no
    frame carries what never changes.
    """
    rows, spots, border = base.area_rows, base.marker_rows, base.look.border
    names = np.array([escapes.chart(name) for name in actors["name"]], object)
    countries = {**base.countries, "marker": {"line": {"color": border, "width": BORDER}}}
    rest = {
        "locations": base.rest,
        "z": [not_covered_level(base.levels)] * len(base.rest),
        "text": [NOT_COVERED] * len(base.rest),
    }
    areas = {
        "locations": actors["actor"].to_numpy(object)[rows].tolist(),
        "z": codes[rows].tolist(),
        "text": names[rows].tolist(),
    }
    ring = {"color": codes[spots].tolist(), "line": {"color": border, "width": 1}}
    marker = {**base.markers["marker"], **ring}
    return [
        {**countries, **rest},
        {**countries, **areas},
        {**base.markers, "hovertext": names[spots].tolist(), "marker": marker},
    ]


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
