"""A chart as pages draw it, with no more in plotly's menu than helps."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from stances.charts.chart import Chart
from stances.ui import url
from stances.ui.session import note_height

# For charts over time: to zoom, and to go back.
OVER_TIME = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["toImage", "select2d", "lasso2d", "autoScale2d"],
}
# For charts that stand still.
STILL = {"displayModeBar": False}


def draw_chart(
    chart: Chart,
    key: str,
    menu: Mapping[str, Any] = STILL,
    *,
    opens: str = "",
    in_frame: bool = True,
) -> None:
    """Draw the figure of a chart. `opens`: the setting that takes the code of a point that is
    pressed; `in_frame`: whether a frame of the view shows it too, and must be as high.
    """
    if in_frame:
        note_height(chart.high)
    # Its overloads tell the two apart.
    on_select: Any = partial(take_click, key, opens) if opens else "ignore"
    st.plotly_chart(
        chart.of_plotly,
        key=key,
        theme=None,
        config=dict(menu),
        on_select=on_select,
        selection_mode="points",
        alt=chart.alt,
    )


def take_click(chart: str, parameter: str) -> None:
    """Put the code of the point that was clicked in a chart into a setting. A second click on a
    point only takes plotly's mark off it and brings none, so it means the point clicked before; a
    point without a code means nothing.
    """
    points, last = st.session_state[chart]["selection"]["points"], f"_{chart}_clicked"
    if points:
        code = points[0].get("customdata")
        code = code[0] if isinstance(code, list) else code
        if not code:
            return
        st.session_state[last] = code
    if last in st.session_state:
        url.put(parameter, st.session_state[last])
