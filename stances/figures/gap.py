"""The gap between two actors over time, on the time axis of the chart of their lines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from stances import escapes
from stances.figures.map import Json
from stances.figures.theme import CLEAR, Theme, theme
from stances.figures.trend import (
    MINUS,
    base_layout,
    fit_buttons,
    fitted,
    iso_days,
    margin,
    plotted,
    ribbon,
    signed,
    time_axis,
)

NO_GAP = "Never a position at the same time in this period"
_HEIGHT, _TOP = 190, 12
_WORDS_PX = 19  # what the words about a side need beyond the last line of the grid
_MOST_TICKS = 7  # beyond these every other point has one
_EDGE = 0.12  # points beyond 0 on a side where there is nothing
_LABEL = 3  # the place of the words beside the mark among the traces
# Of numbered events: the mark, a dot without a number, the letters, and how wide a plot may be.
_NUMBERED, _DOT, _NUMBER = 16, 6, 10
_WIDE_PX, _NARROW_PX = 850, 250
# How far the words about the widest gap reach, as a part of the period, and in points from it what
# they would come upon.
_WORDS_REACH, _NEAR = 0.13, 0.35


def gap_chart(
    table: pd.DataFrame,
    names: Mapping[str, str],
    widest: tuple[date, float] | None,
    mode: str,
    period: tuple[date, date],
    events: pd.DataFrame | None = None,
) -> Json:
    """Draw how far the first of two actors stands above the second (below: under 0), with a mark
    where they were furthest apart, and one for each of `events`: event_id, date, gap, number (in
    their order), opened (filled, else hollow) and hover (escaped text). Those that others leave no
    room for are dots without a number.

    `table`: date, gap (points; NaN: not both have a position), a row where it begins to change.
    `names`: of the two, as given to `trend_chart`. The margins and the hidden buttons are those of
    that chart, so the one stands exactly under the other. `widest`: day and gap.
    """
    look = theme(mode)
    edges = _margin(names, period, narrow=False)
    high = _HEIGHT - edges["t"] - edges["b"]
    axis = _gap_axis(table["gap"], look, high)
    marks = _events(events, look, period, axis["range"], high)
    layout = base_layout(look, _HEIGHT) | {
        "margin": edges,
        "hovermode": "x",
        "dragmode": False,
        "showlegend": False,
        "uirevision": "gap",
        "xaxis": time_axis(look, period, narrow=False) | {"fixedrange": True},
        "yaxis": axis,
        "annotations": _sides(table["gap"], names, look, _early(widest, period)),
    }
    data = [
        # A fill down to 0 by plotly would bridge where no gap can be told.
        ribbon(table.assign(low=0.0, high=table["gap"]), look.ink),
        _line(table, look),
        _mark(widest, look),
        _label(widest, _beside(widest, period, events), look),
        *marks.always,
        *marks.wide,
    ]
    hidden = [_LABEL, *range(len(data) - len(marks.wide), len(data))]
    wide, narrow = (_shape(layout, names, period, narrow) for narrow in (False, True))
    layout["updatemenus"] = [fit_buttons(wide, narrow, *hidden)]
    return {"data": data, "layout": layout}


def _shape(layout: Json, names: Mapping[str, str], period: tuple[date, date], narrow: bool) -> Json:
    """Return what of the layout depends on the width of the screen."""
    shape = fitted(names, period, layout["annotations"], narrow)
    return shape | {"margin": _margin(names, period, narrow)}


def _margin(names: Mapping[str, str], period: tuple[date, date], narrow: bool) -> Json:
    return margin(names, period, narrow) | {"t": _TOP}


def _line(table: pd.DataFrame, look: Theme) -> Json:
    return {
        "type": "scatter",
        "x": iso_days(table["date"]),
        "y": plotted(table["gap"]),
        "mode": "lines",
        "line": {"color": look.ink, "width": 1.5},
        "connectgaps": False,
        "hovertemplate": "%{y:+.2f}<br>%{x|%-d %B %Y}<extra></extra>",
        "showlegend": False,
    }


def _mark(widest: tuple[date, float] | None, look: Theme) -> Json:
    days, gaps = _at(widest)
    line = {"color": look.background, "width": 1}
    return {
        "type": "scatter",
        "x": days,
        "y": gaps,
        "mode": "markers",
        "marker": {"color": look.ink, "size": 8, "line": line},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _label(widest: tuple[date, float] | None, position: str, look: Theme) -> Json:
    """Return the words beside the mark, at a position of it."""
    days, gaps = _at(widest)
    return {
        "type": "scatter",
        "x": days,
        "y": gaps,
        # A mark that is not seen keeps the words off the one that is.
        "mode": "markers+text",
        "marker": {"color": CLEAR, "size": 10},
        "text": [f"<b>{_signed(gap)}</b>, widest" for gap in gaps],
        "textposition": position,
        "cliponaxis": False,
        "textfont": {"color": look.ink, "size": 12},
        "hoverinfo": "skip",
        "showlegend": False,
    }


class _Marks(NamedTuple):
    """The traces of events: in any window, and where there is room for more."""

    always: list[Json]
    wide: list[Json]


def _events(
    events: pd.DataFrame | None,
    look: Theme,
    period: tuple[date, date],
    ends: Sequence[float],
    high: float,
) -> _Marks:
    """Return dots for all events, and over them numbers, as many as a plot has room for. `ends`: of
    the axis of gaps; `high`: the plot, in px.
    """
    if events is None or not len(events):
        return _Marks([], [])
    days = (events["date"] - pd.Timestamp(period[0])).dt.days / (period[1] - period[0]).days
    down = events["gap"] / (ends[1] - ends[0]) * high
    narrow = _with_room([], days * _NARROW_PX, down)
    wide = _with_room(narrow, days * _WIDE_PX, down)[len(narrow) :]
    dots = _event_marks(events, look, numbered=False)
    always, more = (
        [
            _event_marks(own, look, numbered=True)
            for _, own in events.iloc[places].groupby("opened", sort=False)
        ]
        for places in (narrow, wide)
    )
    return _Marks([dots, *always], more)


def _with_room(taken: list[int], across: pd.Series, down: pd.Series) -> list[int]:
    """Return the places of marks that do not touch one another, the first before the others."""
    points = list(zip(across.tolist(), down.tolist(), strict=True))
    places = list(taken)
    for place, point in enumerate(points):
        if place not in taken and all(math.dist(point, points[k]) > _NUMBERED for k in places):
            places.append(place)
    return places


def _event_marks(events: pd.DataFrame, look: Theme, numbered: bool) -> Json:
    """Return marks of events; of numbered ones all are filled, or none."""
    filled = events["opened"].tolist()
    ink = look.background if filled[0] else look.ink
    return {
        "type": "scatter",
        "x": iso_days(events["date"]),
        "y": events["gap"].round(3).tolist(),
        "mode": "markers+text" if numbered else "markers",
        "marker": {
            "color": [look.ink if each else look.background for each in filled],
            "size": _NUMBERED if numbered else _DOT,
            "opacity": 1,
            "line": {"color": look.ink, "width": 1.2},
        },
        "text": events["number" if numbered else "hover"].tolist(),
        "textposition": "middle center",
        "textfont": {"color": ink, "size": _NUMBER},
        "customdata": events["event_id"].tolist(),
        **({"hoverinfo": "skip"} if numbered else {"hovertemplate": "%{text}<extra></extra>"}),
        "cliponaxis": False,
        "showlegend": False,
    }


def _beside(
    widest: tuple[date, float] | None, period: tuple[date, date], events: pd.DataFrame | None
) -> str:
    """Beyond the mark as seen from 0, and to the side where there is more room, unless an event
    stands there and none on the other side.
    """
    if widest is None:
        return "top right"
    (day, gap), sides = widest, ["left", "right"]
    if _early(widest, period):
        sides.reverse()
    reach = (period[1] - period[0]) * _WORDS_REACH
    ends = {"left": (day - reach, day), "right": (day, day + reach)}
    if events is not None and period[0] <= ends[sides[1]][0] and ends[sides[1]][1] <= period[1]:
        high = events.loc[(events["gap"] - gap).abs() < _NEAR, "date"].dt.date
        sides.sort(key=lambda side: any(ends[side][0] < each < ends[side][1] for each in high))
    return f"{'top' if gap > 0 else 'bottom'} {sides[0]}"


def _early(widest: tuple[date, float] | None, period: tuple[date, date]) -> bool:
    return widest is not None and widest[0] < period[0] + (period[1] - period[0]) / 2


def _at(widest: tuple[date, float] | None) -> tuple[list[str], list[float]]:
    return ([], []) if widest is None else ([widest[0].isoformat()], [round(widest[1], 3)])


def _signed(gap: float) -> str:
    return f"{gap:+.2f}".replace("-", MINUS)


def _reach(gap: pd.Series) -> int:
    """Return how many whole points of the scale the axis must show to either side."""
    return max(1, math.ceil(gap.abs().max())) if gap.notna().any() else 1


def _gap_axis(gap: pd.Series, look: Theme, height: int) -> Json:
    """Lay out an axis with as much to either side of 0 as there is, and a strip for the words,
    which neither the grid nor the line comes into; `height` of the plot in px.
    """
    reach = _reach(gap)
    below, above = bool((gap < 0).any()), bool((gap > 0).any())
    sides = below + above
    points = reach * sides + _EDGE * (2 - sides)
    words = _WORDS_PX * points / (height - _WORDS_PX * sides)
    step = 2 if points > _MOST_TICKS else 1
    ticks = [
        tick
        for tick in range(-reach if below else 0, (reach if above else 0) + 1)
        if tick % step == 0
    ]
    return {
        "range": [-reach - words if below else -_EDGE, reach + words if above else _EDGE],
        "tickvals": ticks,
        "ticktext": [signed(tick) for tick in ticks],
        "ticklabelstandoff": 6,
        "showgrid": True,
        "gridcolor": look.grid,
        "zeroline": True,
        "zerolinecolor": look.muted,
        "zerolinewidth": 1,
        "tickfont": {"color": look.muted},
        "fixedrange": True,
    }


def _sides(gap: pd.Series, names: Mapping[str, str], look: Theme, late: bool) -> list[Json]:
    """Note who is the more open one above 0 and below it, where there is anything; `late`: at the
    end of the period, where the words beside the mark are not.
    """
    one, other = (escapes.chart(name) for name in names.values())
    if gap.isna().all():
        return [{"text": NO_GAP, "showarrow": False, "font": {"color": look.muted, "size": 15}}]
    sides = ((one, 1.0, "top", gap > 0), (other, 0.0, "bottom", gap < 0))
    return [
        {
            "text": f"{name} more open",
            "x": 0.995 if late else 0.005,
            "y": y,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "right" if late else "left",
            "yanchor": anchor,
            "showarrow": False,
            "font": {"color": look.muted, "size": 12},
        }
        for name, y, anchor, mask in sides
        if mask.any()
    ]
