"""The gap between two actors over time, on the time axis of the chart of their lines."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from stances import escapes
from stances.figures.map import Json
from stances.figures.parts import empty_note, plot_text, silent_marks
from stances.figures.theme import CLEAR, Theme, base_layout, theme
from stances.figures.trend import (
    MINUS,
    fit,
    fit_buttons,
    iso_days,
    margin,
    plot_values,
    ribbon,
    signed_level,
    time_axis,
)

NO_GAP = "Never a position at the same time in this period"
_HEIGHT, _TOP = 190, 12
_WORDS_PX = 19  # what the words about a side need beyond the last line of the grid
_MOST_TICKS = 7  # beyond these every other point has one
_EDGE = 0.12  # points beyond 0 on a side where there is nothing
_LABEL = 3  # the place of the words beside the mark among the traces
# Of numbered events: the mark, the dot, the letters, the dots that lead from the one to the other,
# and how wide a plot may be.
_NUMBERED, _DOT, _NUMBER, _LEADER = 16, 6, 10, 4
_WIDE_PX, _NARROW_PX = 750, 250
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
    their order), opened (filled, else hollow) and hover (escaped text).

    `table`: date, gap (points; NaN: not both have a position), a row where it begins to change.
    `names`, margins, hidden buttons: of `trend_chart`, just above it. `widest`: day and gap.
    """
    palette = theme(mode)
    edges = _margin(names, period, narrow=False)
    high = _HEIGHT - edges["t"] - edges["b"]
    axis = _gap_axis(table["gap"], palette, high)
    plot = _Plot(period, axis, high, widest, position := _beside(widest, period, events))
    marks = [_numbers(events, palette, plot, wide) for wide in (_WIDE_PX, _NARROW_PX)]
    layout = base_layout(palette, _HEIGHT) | {
        "margin": edges,
        "hovermode": "x",
        "dragmode": False,
        "xaxis": time_axis(palette, period, narrow=False) | {"fixedrange": True},
        "yaxis": axis,
        "annotations": _sides(table["gap"], names, palette, _early(widest, period)),
    }
    data = [
        ribbon(table.assign(low=0.0, high=table["gap"]), palette.ink),
        _line(table, palette),
        _mark(widest, palette),
        _label(widest, position, palette),
        *_dots(events, palette),
        *marks[0],
        *({**trace, "visible": False} for trace in marks[1]),
    ]
    first = len(data) - len(marks[1])
    only_wide = _LABEL, *range(first - len(marks[0]), first)
    wide, narrow = (_shape(layout, names, period, narrow) for narrow in (False, True))
    fits = fit_buttons(wide, narrow, *only_wide, only_narrow=range(first, len(data)))
    return {"data": data, "layout": layout | {"updatemenus": [fits]}}


def _line(table: pd.DataFrame, palette: Theme) -> Json:
    return {
        "type": "scatter",
        "x": iso_days(table["date"]),
        "y": plot_values(table["gap"]),
        "mode": "lines",
        "line": {"color": palette.ink, "width": 1.5},
        "connectgaps": False,
        "hovertemplate": "%{y:+.2f}<br>%{x|%-d %B %Y}<extra></extra>",
        "showlegend": False,
    }


def _shape(layout: Json, names: Mapping[str, str], period: tuple[date, date], narrow: bool) -> Json:
    """Return what of the layout depends on the width of the screen."""
    shape = fit(names, period, layout["annotations"], narrow)
    return shape | {"margin": _margin(names, period, narrow)}


def _margin(names: Mapping[str, str], period: tuple[date, date], narrow: bool) -> Json:
    return margin(names, period, narrow) | {"t": _TOP}


def _mark(widest: tuple[date, float] | None, palette: Theme) -> Json:
    days, gaps = _at(widest)
    line = {"color": palette.background, "width": 1}
    return silent_marks(days, gaps, {"color": palette.ink, "size": 8, "line": line})


def _label(widest: tuple[date, float] | None, position: str, palette: Theme) -> Json:
    """Return the words beside the mark, at a position of it."""
    days, gaps = _at(widest)
    # A mark that is not seen keeps the words off the one that is.
    return silent_marks(days, gaps, {"color": CLEAR, "size": 10}) | {
        "mode": "markers+text",
        "text": [f"<b>{gap:+.2f}</b>, widest".replace("-", MINUS) for gap in gaps],
        "textposition": position,
        "textfont": {"color": palette.ink, "size": 12},
    }


# In px from the left, and from where there is no gap.
_Point = tuple[float, float]


class _Plot(NamedTuple):
    """The place of numbers: the period, the axis of gaps, the height in px, and the day and the
    gap beside which there are words, at a position of it.
    """

    period: tuple[date, date]
    axis: Json
    high: float
    widest: tuple[date, float] | None
    position: str

    def across(self, day: date, wide: int) -> float:
        """Return how far from the left a day lies in a plot so many px wide."""
        return (day - self.period[0]) / (self.period[1] - self.period[0]) * wide

    @property
    def px(self) -> float:
        """Return how high a point of the scale is, in px."""
        low, top = self.axis["range"]
        return float(self.high / (top - low))

    def words(self, wide: int) -> list[_Point]:
        """Return places that the words take; a narrow plot has none."""
        if self.widest is None or wide == _NARROW_PX:
            return []
        up, side = self.position.split()
        x, y = self.across(self.widest[0], wide), self.widest[1] * self.px
        sign, rise = (1 if side == "right" else -1), (_WORDS_PX if up == "top" else -_WORDS_PX) / 2
        return [(x + sign * far, y + rise) for far in range(_NUMBERED // 2, 6 * _NUMBERED, _DOT)]


def _dots(events: pd.DataFrame | None, palette: Theme) -> list[Json]:
    """Return dots where events are, which tell them to a pointer."""
    if events is None or not len(events):
        return []
    dots = _circles(events, events["gap"].tolist(), events["opened"].tolist(), palette, _DOT)
    hovers = {"text": events["hover"].tolist(), "hovertemplate": "%{text}<extra></extra>"}
    return [{**dots, "mode": "markers", **hovers}]


def _numbers(events: pd.DataFrame | None, palette: Theme, plot: _Plot, wide: int) -> list[Json]:
    """Return the numbers of events in a plot so many px wide, and small dots that lead to those
    that stand above or below the place of their event.
    """
    if events is None or not len(events):
        return []
    points = [
        (plot.across(day, wide), gap * plot.px)
        for day, gap in zip(events["date"].dt.date, events["gap"].tolist(), strict=True)
    ]
    placed = events.assign(placed=[up / plot.px for up in _space_apart(points, plot, wide)])
    traces = [_leaders(placed, palette, plot.px)]
    for opened, marked in placed.groupby("opened", sort=False):
        marks = _circles(
            marked, marked["placed"].tolist(), marked["opened"].tolist(), palette, _NUMBERED
        )
        ink = palette.background if opened else palette.ink
        numbers = {
            "mode": "markers+text",
            "text": marked["number"].tolist(),
            "textposition": "middle center",
            "textfont": {"color": ink, "size": _NUMBER},
            "hoverinfo": "skip",
        }
        traces.append({**marks, **numbers})
    return traces


def _space_apart(points: Sequence[_Point], plot: _Plot, wide: int) -> list[float]:
    """Return how high each mark stands so that none touches another, the first of them at its own
    place; one that finds no room stands where it touches least.
    """
    words, taken = plot.words(wide), list[_Point]()
    low, top = (tick * plot.px for tick in (plot.axis["tickvals"][0], plot.axis["tickvals"][-1]))
    for place, (x, y) in enumerate(points):
        dots = [*points[:place], *points[place + 1 :]]
        steps = [y, *(low + far for far in range(int(top - low) + 1))]
        costs = [
            100 * _lacks((x, up), taken, _NUMBERED + 1)
            + 100 * _lacks((x, up), words, _NUMBERED - 4)
            + _lacks((x, up), dots, (_NUMBERED + _DOT) / 2)
            + abs(up - y)
            for up in steps
        ]
        taken.append((x, steps[costs.index(min(costs))]))
    return [up for _, up in taken]


def _lacks(point: _Point, others: Sequence[_Point], far: float) -> float:
    """Return by how much others are nearer to a point than so far, together."""
    return sum(max(0.0, far - math.dist(point, other)) for other in others)


def _leaders(events: pd.DataFrame, palette: Theme, px: float) -> Json:
    """Return small dots from the place of each event to its number."""
    days: list[str] = []
    gaps: list[float] = []
    rows = zip(iso_days(events["date"]), events["gap"], events["placed"], strict=True)
    for day, gap, placed in rows:
        dots = int(abs(placed - gap) * px / _LEADER)
        days += [day] * dots
        gaps += [round(gap + (placed - gap) * n / dots, 3) for n in range(dots)]
    return silent_marks(days, gaps, {"color": palette.ink, "size": 1.5})


def _circles(
    events: pd.DataFrame, gaps: list[float], filled: list[bool], palette: Theme, size: int
) -> Json:
    """Return circles of events at some gaps, filled or hollow."""
    return {
        "type": "scatter",
        "x": iso_days(events["date"]),
        "y": [round(gap, 3) for gap in gaps],
        "marker": {
            "color": [palette.ink if fill else palette.background for fill in filled],
            "size": size,
            "opacity": 1,
            "line": {"color": palette.ink, "width": 1.2},
        },
        "customdata": events["event_id"].tolist(),
        "cliponaxis": False,
        "showlegend": False,
    }


def _beside(
    widest: tuple[date, float] | None, period: tuple[date, date], events: pd.DataFrame | None
) -> str:
    """Beyond the mark as seen from 0, to the side with more room, unless an event stands there."""
    if widest is None:
        return "top right"
    (day, gap), sides = widest, ["left", "right"]
    if _early(widest, period):
        sides.reverse()
    reach = (period[1] - period[0]) * _WORDS_REACH
    ends = {"left": (day - reach, day), "right": (day, day + reach)}
    if events is not None and period[0] <= ends[sides[1]][0] and ends[sides[1]][1] <= period[1]:
        high = events.loc[(events["gap"] - gap).abs() < _NEAR, "date"].dt.date
        sides.sort(key=lambda side: any(ends[side][0] < mark < ends[side][1] for mark in high))
    return f"{'top' if gap > 0 else 'bottom'} {sides[0]}"


def _early(widest: tuple[date, float] | None, period: tuple[date, date]) -> bool:
    return widest is not None and widest[0] < period[0] + (period[1] - period[0]) / 2


def _at(widest: tuple[date, float] | None) -> tuple[list[str], list[float]]:
    return ([], []) if widest is None else ([widest[0].isoformat()], [round(widest[1], 3)])


def _gap_axis(gap: pd.Series, palette: Theme, height: int) -> Json:
    """Lay out an axis with as much to either side of 0 as there is, and a strip for the words,
    which neither the grid nor the line comes into; `height` of the plot in px.
    """
    reach = max(1, math.ceil(gap.abs().max())) if gap.notna().any() else 1
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
        "ticktext": [signed_level(tick) for tick in ticks],
        "ticklabelstandoff": 6,
        # Lines would strike through what stands in the middle of an empty chart.
        "showgrid": bool(gap.notna().any()),
        "gridcolor": palette.grid,
        "zeroline": bool(gap.notna().any()),
        "zerolinecolor": palette.muted,
        "zerolinewidth": 1,
        "tickfont": {"color": palette.muted},
        "fixedrange": True,
    }


def _sides(gap: pd.Series, names: Mapping[str, str], palette: Theme, late: bool) -> list[Json]:
    """Note who is the more open one above 0 and below it, where there is anything; `late`: at the
    end of the period, where the words beside the mark are not.
    """
    one, other = (escapes.chart(name) for name in names.values())
    if gap.isna().all():
        return [empty_note(NO_GAP, palette)]
    sides = ((one, 1.0, "top", gap > 0), (other, 0.0, "bottom", gap < 0))
    x, side, font = *((0.995, "right") if late else (0.005, "left")), {"color": palette.muted}
    return [
        plot_text(f"{name} more open", x, y, font | {"size": 12}, f"{side} {anchor}")
        for name, y, anchor, mask in sides
        if mask.any()
    ]
