"""Trends for plotly, where a reader zooms and hovers: from the same description as the SVG."""

from collections.abc import Iterator, Sequence
from html import escape
from math import isnan
from typing import Any

import plotly.graph_objects as go

from stances.charts import theme
from stances.charts.plot import Area, Chart, Dots, Group, Line, Mark, Plot, Rule, Text, day_at

_FONT = '"Stances Sans","Source Sans",sans-serif'
Json = dict[str, Any]


def plotly_figure(chart: Chart, mode: str = "light") -> go.Figure:
    """Return the plotly figure of a chart over time; the `customdata` of a dot is its link.

    Raises ValueError where there is nothing to draw, or a mark that only a picture has.
    """
    if chart.plot is None:
        raise ValueError("there is nothing to draw")
    plot, live = chart.plot, _Live(chart.plot, mode)
    for mark, link in _flat(plot.marks):
        match mark:
            case Rule():
                live.rule(mark)
            case Text():
                live.note(mark, link)
            case Line() | Area() | Dots():
                live.traces.append(live.trace(mark))
            case _:
                raise ValueError(f"{type(mark).__name__.lower()} are not drawn by plotly")
    for tick in plot.y.ticks:
        name = Text(plot.x.first, tick.at, tick.label, "muted", 12, dx=-plot.free[0])
        live.note(name, square=live.paint(tick.color))
    left, top, right, bottom = plot.free
    ends: Json = {"range": [_day(plot.x.first), _day(plot.x.last)], "showgrid": False}
    # As many years are named as have room, and days where a reader zooms.
    years = [{"dtickrange": ["M12", None], "value": "%Y"}]
    ends |= {"tickformatstops": years, "tickformat": "%-d %b %Y", "tickangle": 0}
    ends |= {"tickfont": {"size": 12, "color": live.paint("muted")}}
    levels: Json = {"range": [plot.y.last - 0.05, plot.y.first + 0.05], "showticklabels": False}
    levels |= {"tickvals": [at.at for at in plot.y.ticks], "gridcolor": live.paint("line")}
    layout = {
        "template": {},
        "height": plot.whole,
        "hovermode": "closest",
        "showlegend": False,
        **dict.fromkeys(("paper_bgcolor", "plot_bgcolor"), "rgba(0,0,0,0)"),
        "margin": {"l": left, "r": right + 8, "t": top, "b": bottom, "pad": 0},
        "font": {"color": live.paint("ink"), "family": _FONT, "size": 13},
        "hoverlabel": {"bgcolor": live.paint("bg"), "font_color": live.paint("ink")},
        "xaxis": {"type": "date", "zeroline": False, **ends},
        "yaxis": {"fixedrange": True, "zeroline": False, **levels},
        "shapes": live.shapes,
        "annotations": live.notes,
        "uirevision": "kept",
    }
    return go.Figure({"data": live.traces, "layout": layout})


def _flat(marks: Sequence[Mark], link: str = "") -> Iterator[tuple[Mark, str]]:
    for mark in marks:
        if isinstance(mark, Group):
            yield from _flat(mark.marks, mark.link)
        else:
            yield mark, link


def _day(value: float) -> str:
    return day_at(value).isoformat()


class _Live:
    """Marks of a plot in the words of plotly."""

    def __init__(self, plot: Plot, mode: str) -> None:
        self.plot, self.mode = plot, mode
        self.traces, self.shapes, self.notes = list[Json](), list[Json](), list[Json]()

    def paint(self, token: str) -> str:
        return theme.paint(token, self.mode)

    def trace(self, mark: Line | Area | Dots) -> Json:
        made: Json = {"type": "scatter", "mode": "lines", "x": [_day(value) for value in mark.x]}
        color = self.paint(mark.color if not isinstance(mark, Dots) else mark.fill)
        if isinstance(mark, Area):
            x, y = list[str | None](), list[float | None]()
            for across, up in mark.outlines():
                x, y = [*x, *map(_day, across), None], [*y, *up, None]
            fill = {"fill": "toself", "fillcolor": color, "opacity": mark.opacity}
            return made | fill | {"x": x, "y": y, "hoverinfo": "skip", "line": {"width": 0}}
        off = mark.dy * abs(self.plot.y.first - self.plot.y.last) / self.plot.high
        made["y"] = [None if isnan(value) else round(value - off, 3) for value in mark.y]
        if isinstance(mark, Dots):
            edge = {"color": self.paint(mark.edge), "width": mark.thick}
            made |= {"mode": "markers", "marker": {"color": color, "size": mark.size, "line": edge}}
            made |= {"customdata": list(mark.links), "text": [escape(text) for text in mark.hover]}
            return made | {"hovertemplate": "%{text}<extra></extra>", "cliponaxis": False}
        # The level in words, not in figures: what is nearest.
        words = {tick.at: tick.label for tick in self.plot.y.ticks}
        near = ["" if isnan(at) else words[min(words, key=lambda n: abs(n - at))] for at in mark.y]
        dash = ",".join(f"{part}px" for part in mark.dash.split()) or "solid"
        made |= {"line": {"color": color, "width": mark.width, "dash": dash}, "text": near}
        told = f"<b>{escape(mark.name)}</b> %{{text}}<br>%{{x|%-d %b %Y}}<extra></extra>"
        return made | {"name": mark.name, "hovertemplate": told}

    def rule(self, mark: Rule) -> None:
        day = _day(mark.x or 0)
        ends = {"x0": day, "x1": day, "y0": 0, "y1": 1 + mark.up / self.plot.high, "yref": "paper"}
        line = {"color": self.paint(mark.color), "width": 1, "dash": "dot"}
        self.shapes.append({"type": "line", "line": line, "layer": "below", **ends})

    def note(self, mark: Text, link: str = "", square: str = "") -> None:
        color, made = self.paint(mark.color), escape(mark.text)
        made = f"<b>{made}</b>" if mark.strong else made
        if link:
            made = f'<a href="{escape(link)}" style="color:{color}" target="_self">{made}</a>'
        at: Json = {"x": _day(mark.x), "y": mark.y, "xshift": mark.dx, "yshift": -mark.dy}
        if square:  # before the name of a level, which stays where the plot begins
            made = f'<span style="color:{square};font-size:17px">\N{BLACK SQUARE}</span> {made}'
            at |= {"x": 0, "xref": "paper"}
        anchor = {"start": "left", "middle": "center", "end": "right"}[mark.anchor]
        look = {"xanchor": anchor, "font": {"size": mark.size, "color": color}}
        self.notes.append({"text": made, "showarrow": False, **look, **at})
