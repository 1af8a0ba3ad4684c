from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go
import pytest

from stances.figures.history import MARGIN
from stances.figures.theme import CLASS_COLORS, LIGHT
from tests.figures.acceptance import event_timeline
from tests.figures.tables import assert_plotly_accepts

PERIOD = (date(2018, 1, 1), date(2020, 12, 31))
NAMES = {"a": "Alpha and the others", "b": "Beta <i>"}


def _events() -> pd.DataFrame:
    rows = [
        ("word", "a", "2018-03-01", False, -1.0),
        ("act", "a", "2018-03-02", True, -3.0),
        ("context", "a", "2018-03-03", True, None),
        ("later", "a", "2020-03-03", False, 2.0),
        ("other", "b", "2018-03-01", False, 0.0),
    ]
    table = pd.DataFrame(rows, columns=["event_id", "key", "date", "binding", "score"])
    table["score"] = table["score"].astype(float)
    hover = [f"<b>{event}</b>" for event in table["event_id"]]
    return table.assign(date=pd.to_datetime(table["date"]), hover=hover)


def _chart(mode: str = "light") -> go.Figure:
    return event_timeline(_events(), NAMES, mode, PERIOD)


def _trace(figure: go.Figure, event: str) -> tuple[go.Scatter, int]:
    [trace] = [trace for trace in figure.data if event in trace.customdata]
    return trace, list(trace.customdata).index(event)


def _height(figure: go.Figure, event: str) -> float:
    trace, place = _trace(figure, event)
    return float(trace.y[place])


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_plotly_accepts_every_part(mode: str) -> None:
    assert_plotly_accepts(_chart(mode))


def test_every_event_has_one_mark() -> None:
    marked = [event for trace in _chart().data for event in trace.customdata]
    assert sorted(marked) == sorted(_events()["event_id"])


@pytest.mark.parametrize(
    ("event", "symbol", "color"),
    [
        ("word", "circle", CLASS_COLORS[-1]),
        ("act", "square", CLASS_COLORS[-3]),
        ("other", "circle", CLASS_COLORS[0]),
        # An act of context is counted nowhere either.
        ("context", "circle-open", LIGHT.muted),
    ],
)
def test_marks_tell_acts_words_and_context_apart(event: str, symbol: str, color: str) -> None:
    trace, place = _trace(_chart(), event)
    assert trace.marker.symbol == symbol
    assert trace.marker.color[place] == color
    assert trace.text[place] == f"<b>{event}</b>"


def test_events_close_to_each_other_do_not_cover_one_another() -> None:
    figure = _chart()
    heights = [_height(figure, event) for event in ("word", "act", "context")]
    assert min(abs(a - b) for a in heights for b in heights if a != b) >= 11
    assert len(set(heights)) == 3
    # Far from them there is room in the lowest lane again.
    assert _height(figure, "later") == max(heights)


def test_rows_hold_their_marks() -> None:
    figure = _chart()
    [rule] = figure.layout.shapes
    assert all(_height(figure, event) < rule.y0 for event in ("word", "act", "context", "later"))
    total, top = figure.layout.yaxis.range
    assert rule.y0 < _height(figure, "other") < total
    assert top == 0
    assert total == figure.layout.height - figure.layout.margin.t - figure.layout.margin.b


def test_the_names_of_rows_fit_the_margin() -> None:
    figure = _chart()
    assert list(figure.layout.yaxis.ticktext) == ["Alpha and<br>the others", "Beta &lt;i&gt;"]
    assert figure.layout.margin.l == MARGIN["l"]


def test_many_events_of_a_day_stack() -> None:
    days = pd.to_datetime([date(2019, 1, 1) + timedelta(days=k % 2) for k in range(12)])
    events = pd.DataFrame(
        {
            "event_id": [f"e{k}" for k in range(12)],
            "key": "a",
            "date": days.sort_values(),
            "binding": False,
            "score": 1.0,
            "hover": "",
        }
    )
    figure = event_timeline(events, {"a": "Alpha"}, "light", PERIOD)
    heights = [y for trace in figure.data for y in trace.y]
    assert len(set(heights)) == 12
    low, high = figure.layout.yaxis.range[::-1]
    assert low <= min(heights)
    assert max(heights) <= high
