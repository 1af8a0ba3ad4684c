"""Figures that many visitors are shown: taken apart for the browser once.

Leans on: Streamlit asking a figure for its dictionary (`to_dict`), which plotly copies each time,
  and changing nothing in it.
Fails: where it is asked otherwise, each showing takes some milliseconds longer.
Then: look in `streamlit/elements/plotly_chart.py` for what is done with a figure.
"""

from __future__ import annotations

from functools import cache

import plotly.graph_objects as go


def shared(figure: go.Figure) -> go.Figure:
    """Let a figure, in which nothing is changed any more, give the same dictionary each time."""
    figure.to_dict = cache(figure.to_dict)
    return figure
