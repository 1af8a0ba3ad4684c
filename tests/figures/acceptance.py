"""Charts as plotly has them: it refuses what it does not know."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import plotly.graph_objects as go

from stances.figures import (
    calendar,
    coverage,
    deadlines,
    dumbbell,
    gap,
    history,
    matrix,
    position_sum,
    timeline,
    trend,
)
from stances.figures.map import Json

_Given = ParamSpec("_Given")


def _checking(make: Callable[_Given, Json]) -> Callable[_Given, go.Figure]:
    @wraps(make)
    def figure(*args: _Given.args, **named: _Given.kwargs) -> go.Figure:
        return go.Figure(make(*args, **named))

    return figure


coverage_map = _checking(coverage.coverage_map)
deadline_calendar = _checking(calendar.deadline_calendar)
summed_bars = _checking(position_sum.summed_bars)
deadline_bars = _checking(deadlines.deadline_bars)
deadline_lines = _checking(deadlines.deadline_lines)
distance_matrix = _checking(matrix.matrix)
dumbbell_chart = _checking(dumbbell.dumbbell)
event_timeline = _checking(timeline.event_timeline)
gap_chart = _checking(gap.gap_chart)
policy_history = _checking(history.policy_history)
small_multiples = _checking(trend.small_multiples)
trend_chart = _checking(trend.trend_chart)
