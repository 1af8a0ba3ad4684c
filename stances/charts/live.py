"""Trends for plotly, where a reader zooms and hovers: from the same description as the SVG."""

from collections.abc import Iterator, Sequence
from html import escape
from math import isnan
from typing import Any

import plotly.graph_objects as go

from stances.charts import theme
from stances.charts.plot import Area, Chart, Dots, Group, Line, Mark, Plot, Rule, Text, Tick, day_at

_FONT = '"Stances Sans","Source Sans",sans-serif'
# What plotly calls the anchors of texts.
_ANCHORS = {"start": "left", "middle": "center", "end": "right"}
Json = dict[str, Any]


def plotly_figure(chart: Chart, mode: str = "light") -> go.Figure:
    """Return the plotly figure of a chart over time; the `customdata` of a dot is its link.

    Raises ValueError where there is nothing to draw, or a mark that only a picture has.
    """
    if chart.plot is None:
        raise ValueError("there is nothing to draw")
    live = _Live(chart.plot, mode)
    for mark, link in _flat(chart.plot.marks):
        match mark:
            case Line():
                live.line(mark)
            case Area():
                live.area(mark)
            case Dots():
                live.dots(mark)
            case Rule():
                live.rule(mark)
            case Text():
                live.text(mark, link)
            case _:
                raise ValueError(f"{type(mark).__name__.lower()} are not drawn by plotly")
    for tick in chart.plot.y.ticks:
        live.level_name(tick)
    return go.Figure({"data": live.traces, "layout": live.layout()})


def _flat(marks: Sequence[Mark], link: str = "") -> Iterator[tuple[Mark, str]]:
    """Yield marks with their links, those of groups one by one: plotly has no groups."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from _flat(mark.marks, mark.link)
        else:
            yield mark, link


def _day(number: float) -> str:
    """Return the ISO text of a number of days, as plotly takes a date."""
    return day_at(number).isoformat()


class _Live:
    """Marks of a plot in the words of plotly: `traces`, `shapes` and `notes` (texts; plotly calls
    them annotations), to which each kind of mark is added by a method of its name.
    """

    def __init__(self, plot: Plot, mode: str) -> None:
        self.plot = plot
        self.mode = mode
        self.traces: list[Json] = []
        self.shapes: list[Json] = []
        self.notes: list[Json] = []

    def paint(self, token: str) -> str:
        """Return the colour of a token in the mode of the figure."""
        return theme.paint(token, self.mode)

    def shifted_y(self, mark: Line | Dots) -> list[float | None]:
        """Return the values of a mark, with `dy` px as a part of the axis: plotly sets nothing off
        in px.
        """
        axis = self.plot.y
        # Downwards is towards the lower values: the highest is on top.
        shift = mark.dy * (axis.first - axis.last) / self.plot.high
        return [None if isnan(value) else round(value - shift, 3) for value in mark.y]

    def label(self, value: float) -> str:
        """Return the level that is nearest to a value, in words; of NaN none."""
        if isnan(value):
            return ""
        return min(self.plot.y.ticks, key=lambda tick: abs(tick.value - value)).label

    def trace(self, mode: str, **look: Any) -> None:
        """Add a trace of lines or markers."""
        self.traces.append({"type": "scatter", "mode": mode, **look})

    def note(self, text: str, size: float, color: str, **place: Any) -> None:
        """Add a text, which is escaped already, in a colour (no token)."""
        font = {"size": size, "color": color}
        self.notes.append({"text": text, "font": font, "showarrow": False, **place})

    def line(self, mark: Line) -> None:
        name = escape(mark.name)
        dash = "solid"
        if mark.dash:
            # "4 2" becomes "4px,2px".
            dash = mark.dash.replace(" ", "px,") + "px"
        self.trace(
            "lines",
            name=mark.name,
            x=list(map(_day, mark.x)),
            y=self.shifted_y(mark),
            line={"color": self.paint(mark.color), "width": mark.width, "dash": dash},
            # A reader is told the level in words, not in figures.
            text=list(map(self.label, mark.y)),
            hovertemplate=f"<b>{name}</b> %{{text}}<br>%{{x|%-d %b %Y}}<extra></extra>",
        )

    def area(self, mark: Area) -> None:
        x: list[str | None] = []
        y: list[float | None] = []
        for days, heights in mark.outlines():
            # None ends a polygon.
            x += [*map(_day, days), None]
            y += [*heights, None]
        self.trace(
            "lines",
            x=x,
            y=y,
            fill="toself",
            fillcolor=self.paint(mark.color),
            opacity=mark.opacity,
            line={"width": 0},
            hoverinfo="skip",
        )

    def dots(self, mark: Dots) -> None:
        edge = {"color": self.paint(mark.edge), "width": mark.thick}
        self.trace(
            "markers",
            x=list(map(_day, mark.x)),
            y=self.shifted_y(mark),
            marker={"color": self.paint(mark.fill), "size": mark.size, "line": edge},
            # Where a press leads (`ui.live`).
            customdata=list(mark.links),
            text=list(map(escape, mark.hover)),
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )

    def rule(self, mark: Rule) -> None:
        """Draw a line at a day, over the whole height and as far above as it stands out, dotted;
        1 is the top of the plot.
        """
        shape = {
            "type": "line",
            "x0": _day(mark.x),
            "x1": _day(mark.x),
            "y0": 0,
            "y1": 1 + mark.up / self.plot.high,
            "yref": "paper",
            "line": {"color": self.paint(mark.color), "width": 1, "dash": "dot"},
            "layer": "below",
        }
        self.shapes.append(shape)

    def text(self, mark: Text, link: str) -> None:
        color = self.paint(mark.color)
        text = escape(mark.text)
        if mark.strong:
            text = f"<b>{text}</b>"
        if link:
            text = f'<a href="{escape(link)}" style="color:{color}" target="_self">{text}</a>'
        self.note(
            text,
            size=mark.size,
            color=color,
            x=_day(mark.x),
            y=mark.y,
            xshift=mark.dx,
            yshift=-mark.dy,
            xanchor=_ANCHORS[mark.anchor],
        )

    def level_name(self, tick: Tick) -> None:
        """Name a level left of the plot, behind a square of its colour."""
        color = self.paint(tick.color)
        square = f'<span style="color:{color};font-size:17px">\N{BLACK SQUARE}</span>'
        self.note(
            f"{square} {escape(tick.label)}",
            size=12,
            color=self.paint("muted"),
            # The left edge of the plot, whatever days it shows; from there px.
            x=0,
            xref="paper",
            xshift=-self.plot.margins[0],
            y=tick.value,
            xanchor="left",
        )

    def layout(self) -> Json:
        """Return all of the figure but its traces; take it when the marks are added."""
        x = self.plot.x
        y = self.plot.y
        left, top, right, bottom = self.plot.margins
        return {
            "template": {},
            "height": self.plot.full_height,
            "hovermode": "closest",
            "showlegend": False,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {
                "l": left,
                # The names there are in letters of the browser, which may be wider than measured.
                "r": right + 8,
                "t": top,
                "b": bottom,
                "pad": 0,
            },
            "font": {"color": self.paint("ink"), "family": _FONT, "size": 13},
            "hoverlabel": {"bgcolor": self.paint("bg"), "font_color": self.paint("ink")},
            "xaxis": {
                "type": "date",
                "range": [_day(x.first), _day(x.last)],
                "zeroline": False,
                "showgrid": False,
                # As many years are named as have room, and days where a reader zooms.
                "tickformatstops": [{"dtickrange": ["M12", None], "value": "%Y"}],
                "tickformat": "%-d %b %Y",
                "tickangle": 0,
                "tickfont": {"size": 12, "color": self.paint("muted")},
            },
            "yaxis": {
                # A line on the border of the axis keeps its whole width.
                "range": [y.last - 0.05, y.first + 0.05],
                "fixedrange": True,
                "zeroline": False,
                "showticklabels": False,
                "tickvals": [tick.value for tick in y.ticks],
                "gridcolor": self.paint("line"),
            },
            "shapes": self.shapes,
            "annotations": self.notes,
            # What a reader has zoomed in on stays when the figure is drawn anew.
            "uirevision": "kept",
        }
