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
    summed,
    timeline,
    trend,
)
from stances.figures.map import Json

_Given = ParamSpec("_Given")


def _accepted(make: Callable[_Given, Json]) -> Callable[_Given, go.Figure]:
    @wraps(make)
    def figure(*args: _Given.args, **named: _Given.kwargs) -> go.Figure:
        return go.Figure(make(*args, **named))

    return figure


coverage_map = _accepted(coverage.coverage_map)
deadline_calendar = _accepted(calendar.deadline_calendar)
summed_bars = _accepted(summed.summed_bars)
deadline_bars = _accepted(deadlines.deadline_bars)
deadline_lines = _accepted(deadlines.deadline_lines)
distance_matrix = _accepted(matrix.matrix)
dumbbell_chart = _accepted(dumbbell.dumbbell)
event_timeline = _accepted(timeline.event_timeline)
gap_chart = _accepted(gap.gap_chart)
policy_history = _accepted(history.policy_history)
small_multiples = _accepted(trend.small_multiples)
trend_chart = _accepted(trend.trend_chart)
