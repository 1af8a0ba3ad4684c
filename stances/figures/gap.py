"""The gap between two actors over time, on the time axis of the chart of their lines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

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
_TOP = 12
_WORDS_PX = 19  # what the words about a side need beyond the last line of the grid
_MOST_TICKS = 7  # beyond these every other point has one
_EDGE = 0.12  # points beyond 0 on a side where there is nothing


def gap_chart(
    table: pd.DataFrame,
    names: Mapping[str, str],
    widest: tuple[date, float] | None,
    mode: str,
    period: tuple[date, date],
    height: int = 190,
) -> Json:
    """Draw how far the first of two actors stands above the second (below: under 0), with a mark
    where they were furthest apart.

    `table`: date, gap (points; NaN: not both have a position), a row where it begins to change.
    `names`: of the two, as given to `trend_chart`. The margins and the hidden buttons are those of
    that chart, so the one stands exactly under the other. `widest`: day and gap. `height` in px.
    """
    look = theme(mode)
    edges = _margin(names, period, narrow=False)
    layout = base_layout(look, height) | {
        "margin": edges,
        "hovermode": "x",
        "dragmode": False,
        "showlegend": False,
        "uirevision": "gap",
        "xaxis": time_axis(look, period, narrow=False) | {"fixedrange": True},
        "yaxis": _gap_axis(table["gap"], look, height - edges["t"] - edges["b"]),
        "annotations": _sides(table["gap"], names, look, _early(widest, period)),
    }
    data = [
        # A fill down to 0 by plotly would bridge where no gap can be told.
        ribbon(table.assign(low=0.0, high=table["gap"]), look.ink),
        _line(table, look),
        _mark(widest, look),
        _label(widest, period, look),
    ]
    wide, narrow = (
        fitted(names, period, layout["annotations"], narrow)
        | {"margin": _margin(names, period, narrow)}
        for narrow in (False, True)
    )
    layout["updatemenus"] = [fit_buttons(wide, narrow, numbers=len(data) - 1)]
    return {"data": data, "layout": layout}


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


def _label(widest: tuple[date, float] | None, period: tuple[date, date], look: Theme) -> Json:
    """Return the words beside the mark."""
    days, gaps = _at(widest)
    return {
        "type": "scatter",
        "x": days,
        "y": gaps,
        # A mark that is not seen keeps the words off the one that is.
        "mode": "markers+text",
        "marker": {"color": CLEAR, "size": 10},
        "text": [f"<b>{_signed(gap)}</b>, widest" for gap in gaps],
        "textposition": _beside(widest, period),
        "cliponaxis": False,
        "textfont": {"color": look.ink, "size": 12},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _beside(widest: tuple[date, float] | None, period: tuple[date, date]) -> str:
    """Beyond the mark as seen from 0, and to the side where there is more room."""
    if widest is None:
        return "top right"
    side = "right" if _early(widest, period) else "left"
    return f"{'top' if widest[1] > 0 else 'bottom'} {side}"


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
