"""Stances over time as a picture: what the Trends page draws, in one chart or in small ones."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any, NamedTuple

import pandas as pd

from stances.answers.history import (
    chosen_events,
    landmarks,
    line_ends,
    lines,
    markers,
    period_up_to,
    trend_found,
    trend_subtitle,
)
from stances.figures.trend import NOTHING_CHOSEN, apart, line_colors
from stances.pictures.asked import Asked
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box
from stances.pictures.letters import PLAIN, STRONG, cut, width
from stances.pictures.plot import Plot, days_below, ground, line, marks, ribbon

_LEVELS, _AXIS = 112, 30
# The names at the ends of lines, and those of landmarks over the plot.
_NAME, _NAME_ROW, _MOST_NAME, _TO_NAME = 16, 20, 210, 16
_LANDMARK, _LANDMARK_ROW = 13, 17
_TITLE, _BESIDE, _BELOW = 16, 26, 34


class Lines(NamedTuple):
    """What is drawn. `names`, `colors`: by the code of each line; `series`, `events`: see
    `stances.figures.trend`.
    """

    names: Mapping[str, str]
    colors: Mapping[str, str]
    series: pd.DataFrame
    events: pd.DataFrame
    period: tuple[date, date]

    def of(self, key: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The line and the events of one of them."""
        series, events = self.series, self.events
        return series[series["key"] == key], events[events["key"] == key]


def draw_trends(asked: Asked) -> Canvas:
    """The lines of chosen actors and groups over a period."""
    tracker, codes, domain = asked.tracker, asked.view["actors"], asked.domain
    period = period_up_to(tracker, asked.view["from"], asked.day)
    names = {code: tracker.names[code] for code in codes}
    series = lines(tracker, codes, domain, period)
    events = markers(tracker, chosen_events(tracker, codes, domain, period), series)
    found = trend_found(tracker, names, line_ends(series, names), domain, period)
    canvas, box = asked.sheet(found, trend_subtitle(tracker.codebook, domain, *period))
    colors = line_colors(list(names), asked.look, tracker.line_order)
    drawn = Lines(names, colors, series, events, period)
    if not names:
        canvas.text(
            box.x + box.width / 2, box.y + box.height / 2, NOTHING_CHOSEN, 20, asked.look.muted,
            anchor="middle",
        )  # fmt: skip
    elif asked.view["layout"] == "small":
        _small(canvas, box, asked, drawn)
    else:
        _in_one(canvas, box, asked, drawn)
    return canvas


def _in_one(canvas: Canvas, box: Box, asked: Asked, drawn: Lines) -> None:
    """All lines in one chart, with their names at their ends, under the names of landmarks."""
    codebook = asked.tracker.codebook
    named = landmarks(asked.tracker, list(drawn.names), asked.domain, drawn.period)
    named = named[named["name"] != ""]
    above = _LANDMARK_ROW * len(named)
    room = min(_MOST_NAME, max(map(_wide, _told(drawn).values()), default=0))
    right = _TO_NAME + 6 + room
    plot = Plot(
        Box(box.x + _LEVELS, box.y + above, box.width - _LEVELS - right,
            box.height - above - _AXIS),
        drawn.period,
        codebook.scale.levels,
    )  # fmt: skip
    ground(canvas, plot, codebook, _LEVELS - 10)
    _landmarks(canvas, plot, named, box.y)
    days_below(canvas, plot)
    for key in drawn.names:
        ribbon(canvas, plot, drawn.of(key)[0], drawn.colors[key])
    for key in drawn.names:
        line(canvas, plot, drawn.of(key)[0], drawn.colors[key])
    for key in drawn.names:
        marks(canvas, plot, drawn.of(key)[1], drawn.colors[key])
    _ends(canvas, plot, drawn, room)


def _wide(told: tuple[str, int]) -> float:
    return width(told[0], _NAME, told[1])


def _told(drawn: Lines) -> dict[str, tuple[str, int]]:
    """What stands at the end of each line and how strong: its name; to which year it goes where it
    ended before; that there is none where it has no position at all.
    """
    found = {}
    for key, name in drawn.names.items():
        known = drawn.of(key)[0].dropna(subset=["stance"])
        if known.empty:
            found[key] = f"{name}: no position", PLAIN
        elif known["date"].iloc[-1] < pd.Timestamp(drawn.period[1]):
            found[key] = f"{name} to {known['date'].iloc[-1]:%Y}", PLAIN
        else:
            found[key] = name, STRONG
    return found


def _ends(canvas: Canvas, plot: Plot, drawn: Lines, room: float) -> None:
    """The names beside the plot, each at the height of its line's end or as near to it as leaves it
    clear of the others.
    """
    told, ends = _told(drawn), {}
    for key in drawn.names:
        known = drawn.of(key)[0].dropna(subset=["stance"])
        # Beside nothing: at the foot of the plot.
        ends[key] = -plot.y(known["stance"].iloc[-1] if len(known) else plot.levels[0])
    within = -plot.box.bottom + _NAME_ROW / 2, -plot.box.y - _NAME_ROW / 2
    placed, x = apart(ends, _NAME_ROW, within), plot.box.right
    for key, (name, weight) in told.items():
        y, color = -placed[key], drawn.colors[key]
        if weight == STRONG:
            canvas.line(x + 3, -ends[key], x + _TO_NAME - 3, y, stroke=color, stroke_width=0.8)
        canvas.text(
            x + _TO_NAME, y + _NAME * 0.34, cut(name, _NAME, room, weight), _NAME, color, weight
        )


def _landmarks(canvas: Canvas, plot: Plot, named: pd.DataFrame, top: float) -> None:
    """Lines at the days of landmarks, up to their names: each in a row of its own, on the side of
    its line where there is room.
    """
    look, columns = canvas.look, (named["date"].dt.date, named["name"])
    every = [(plot.x(day), unescape(name)) for day, name in zip(*columns, strict=True)]
    for row, (x, _) in enumerate(every):
        y, end = top + _LANDMARK_ROW * row + 2, plot.box.bottom
        canvas.line(x, y, x, end, stroke=look.muted, stroke_width=0.8, stroke_dasharray="2 3")
    for row, (x, name) in enumerate(every):
        y = top + _LANDMARK_ROW * row
        before = x > plot.box.x + plot.box.width / 2
        name = cut(name, _LANDMARK, x - plot.box.x - 6 if before else plot.box.right - x - 6)
        wide = width(name, _LANDMARK)
        start = x - 6 - wide if before else x + 6
        # Lines of other landmarks pass behind it.
        canvas.rect(start - 2, y, wide + 4, _LANDMARK_ROW, fill=look.background)
        canvas.text(start, y + _LANDMARK, name, _LANDMARK, look.muted)


def _small(canvas: Canvas, box: Box, asked: Asked, drawn: Lines) -> None:
    """Each line in a chart of its own, all with the same axes."""
    count, codebook = len(drawn.names), asked.tracker.codebook
    across = min(count, math.ceil(math.sqrt(count * 1.5)))
    down = math.ceil(count / across)
    wide = (box.width - _LEVELS - _BESIDE * (across - 1)) / across
    high = (box.height - _AXIS - _BELOW * down + 6) / down
    for place, (key, name) in enumerate(drawn.names.items()):
        row, column = divmod(place, across)
        x = box.x + _LEVELS + column * (wide + _BESIDE)
        y = box.y + row * (high + _BELOW) + _BELOW - 8
        plot = Plot(Box(x, y, wide, high), drawn.period, codebook.scale.levels)
        ground(canvas, plot, codebook, 0 if column else _LEVELS - 10, few=True)
        if place + across >= count:
            days_below(canvas, plot)
        _panel(canvas, plot, drawn, key, name)


def _panel(canvas: Canvas, plot: Plot, drawn: Lines, key: str, name: str) -> None:
    (rows, events), color = drawn.of(key), drawn.colors[key]
    ribbon(canvas, plot, rows, color)
    line(canvas, plot, rows, color)
    marks(canvas, plot, events, color)
    told: Any = name if rows["stance"].notna().any() else f"{name}: no position"
    told = cut(told, _TITLE, plot.box.width, STRONG)
    canvas.text(plot.box.x, plot.box.y - 7, told, _TITLE, color, STRONG)
