"""Stances over time as a picture: what the Trends page draws, in one chart or in small ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from stances import escapes, words
from stances.answers.history import (
    chosen_events,
    landmarks,
    line_ends,
    lines,
    markers,
    period_up_to,
    trend_alt,
    trend_found,
    trend_subtitle,
)
from stances.answers.tracker import Tracker
from stances.figures.trend import NOTHING_CHOSEN, apart, line_colors
from stances.pictures.asked import Asked
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box, in_words
from stances.pictures.letters import PLAIN, STRONG, cut, width
from stances.pictures.plot import Plot, days_below, ground, line, marks, ribbon

_LEVELS, _AXIS = 112, 30
# The names at the ends of lines, and those of landmarks over the plot.
_NAME, _NAME_ROW, _MOST_NAME, _TO_NAME = 16, 20, 210, 16
_LANDMARK, _LANDMARK_ROW = 13, 17
_TITLE, _BESIDE, _BELOW = 16, 26, 34
# So many are named of those who could be chosen.
_SOME = 3


class Line(NamedTuple):
    """A line to be drawn: its code, `rows` and `events` as in `stances.figures.trend`, and the day
    and stance of its last known point, None where it has none.
    """

    key: str
    name: str
    color: str
    rows: pd.DataFrame
    events: pd.DataFrame
    end: tuple[date, float] | None

    def told(self, last: date) -> tuple[str, int]:
        """What stands at its end and how strong: its name; to which year it goes where it ended
        before the `last` day; that there is none where it has no position at all.
        """
        if self.end is None:
            return f"{self.name}: no position", PLAIN
        if self.end[0] < last:
            return f"{self.name} to {self.end[0].year}", PLAIN
        return self.name, STRONG


class Lines(NamedTuple):
    """All lines of a view: their names by code, the `series` that they are parts of, the landmarks
    among their events, and the first and last day.
    """

    names: Mapping[str, str]
    series: pd.DataFrame
    lines: list[Line]
    landmarks: pd.DataFrame
    period: tuple[date, date]


def draw_trends(asked: Asked) -> Canvas:
    """The lines of chosen actors and groups over a period."""
    drawn, domain = lines_drawn(asked), asked.domain
    ends = line_ends(drawn.series, drawn.names)
    found = trend_found(asked.tracker, drawn.names, ends, domain, drawn.period)
    told = trend_subtitle(asked.tracker.codebook, domain, *drawn.period)
    canvas, box = asked.sheet(found, told)
    if not drawn.names:
        in_words(canvas, box, f"{NOTHING_CHOSEN}, so no line is drawn", _to_choose(asked.tracker))
        return canvas
    _lines_in(canvas, box, asked, drawn)
    return canvas


def _to_choose(tracker: Tracker) -> list[str]:
    """How many could be chosen, and some of them."""
    actors, groups = len(tracker.model.actors), len(tracker.groups)
    counted = f"{words.plural(actors, 'actor', start=True)} and {words.plural(groups, 'group')}"
    some = [tracker.names[code] for code in tracker.data.first_actors[:_SOME]]
    return [f"{counted} have one, among them {words.listed(some)}."]


def trends_alone(asked: Asked, drawn: Lines, wide: int, high: int) -> Canvas:
    """The same without texts around it."""
    told = trend_alt(asked.tracker.codebook, asked.domain, line_ends(drawn.series, drawn.names))
    canvas = Canvas(asked.look, told, wide, high)
    _lines_in(canvas, Box(0, 0, wide, high), asked, drawn)
    return canvas


def lines_drawn(asked: Asked) -> Lines:
    """What is drawn of a view."""
    tracker, codes, domain = asked.tracker, asked.view["actors"], asked.domain
    period = period_up_to(tracker, asked.view["from"], asked.day)
    names = {code: tracker.names[code] for code in codes}
    series = lines(tracker, codes, domain, period)
    events = markers(tracker, chosen_events(tracker, codes, domain, period), series)
    named = landmarks(tracker, codes, domain, period)
    return Lines(names, series, _lines(asked, names, series, events), named, period)


def _lines_in(canvas: Canvas, box: Box, asked: Asked, drawn: Lines) -> None:
    if not drawn.names:
        middle = box.x + box.width / 2, box.y + box.height / 2
        canvas.text(*middle, NOTHING_CHOSEN, 20, asked.look.muted, anchor="middle")
    elif asked.view["layout"] == "small":
        _small(canvas, box, asked, drawn.lines, drawn.period)
    else:
        _in_one(canvas, box, asked, drawn)


def _lines(
    asked: Asked, names: Mapping[str, str], series: pd.DataFrame, events: pd.DataFrame
) -> list[Line]:
    colors = line_colors(list(names), asked.look, asked.tracker.line_order)
    rows, own = dict(list(series.groupby("key"))), dict(list(events.groupby("key")))
    return [
        Line(code, name, colors[code], rows[code], own.get(code, events[:0]), _end(rows[code]))
        for code, name in names.items()
    ]


def _end(rows: pd.DataFrame) -> tuple[date, float] | None:
    known = np.flatnonzero(rows["stance"].notna())
    if not len(known):
        return None
    return rows["date"].iloc[known[-1]].date(), float(rows["stance"].iloc[known[-1]])


def _in_one(canvas: Canvas, box: Box, asked: Asked, view: Lines) -> None:
    """All lines in one chart, with their names at their ends, under the names of landmarks."""
    codebook, drawn, period = asked.tracker.codebook, view.lines, view.period
    named = view.landmarks[view.landmarks["name"] != ""]
    told = [each.told(period[1]) for each in drawn]
    room = min(_MOST_NAME, max(width(name, _NAME, weight) for name, weight in told))
    right, above = _TO_NAME + 6 + room, _LANDMARK_ROW * len(named)
    high, wide = box.height - above - _AXIS, box.width - _LEVELS - right
    frame = Box(box.x + _LEVELS, box.y + above, wide, high)
    plot = Plot(frame, period, codebook.scale.levels)
    ground(canvas, plot, codebook, _LEVELS - 10)
    _landmarks(canvas, plot, named, box.y)
    days_below(canvas, plot)
    for each in drawn:
        ribbon(canvas, plot, each.rows, each.color)
    for each in drawn:
        line(canvas, plot, each.rows, each.color)
    for each in drawn:
        marks(canvas, plot, each.events, each.color)
    _ends(canvas, plot, drawn, room)


def _ends(canvas: Canvas, plot: Plot, drawn: Sequence[Line], room: float) -> None:
    """The names beside the plot, each at the height of its line's end or as near to it as leaves it
    clear of the others; that of a line without one at the foot.
    """
    box, x = plot.box, plot.box.right
    ends = {each.key: -plot.y(each.end[1] if each.end else plot.levels[0]) for each in drawn}
    within = -box.bottom + _NAME_ROW / 2, -box.y - _NAME_ROW / 2
    placed = apart(ends, _NAME_ROW, within)
    for each in drawn:
        y, color = -placed[each.key], each.color
        name, weight = each.told(plot.period[1])
        if weight == STRONG:
            canvas.line(x + 3, -ends[each.key], x + _TO_NAME - 3, y, stroke=color, stroke_width=0.8)
        name = cut(name, _NAME, room, weight)
        canvas.text(x + _TO_NAME, y + _NAME * 0.34, name, _NAME, color, weight)


def _landmarks(canvas: Canvas, plot: Plot, named: pd.DataFrame, top: float) -> None:
    """Lines at the days of landmarks, up to their names: each in a row of its own, on the side of
    its line where there is room.
    """
    look, columns = canvas.look, (named["date"].dt.date, named["name"])
    every = [(plot.x(day), escapes.as_written(name)) for day, name in zip(*columns, strict=True)]
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


def _small(
    canvas: Canvas, box: Box, asked: Asked, drawn: Sequence[Line], period: tuple[date, date]
) -> None:
    """Each line in a chart of its own, all with the same axes."""
    count, codebook = len(drawn), asked.tracker.codebook
    across = min(count, math.ceil(math.sqrt(count * 1.5)))
    down = math.ceil(count / across)
    wide = (box.width - _LEVELS - _BESIDE * (across - 1)) / across
    high = (box.height - _AXIS - _BELOW * down + 6) / down
    for place, each in enumerate(drawn):
        row, column = divmod(place, across)
        x = box.x + _LEVELS + column * (wide + _BESIDE)
        y = box.y + row * (high + _BELOW) + _BELOW - 8
        plot = Plot(Box(x, y, wide, high), period, codebook.scale.levels)
        ground(canvas, plot, codebook, 0 if column else _LEVELS - 10, few=True)
        if place + across >= count:
            days_below(canvas, plot)
        _panel(canvas, plot, each)


def _panel(canvas: Canvas, plot: Plot, drawn: Line) -> None:
    ribbon(canvas, plot, drawn.rows, drawn.color)
    line(canvas, plot, drawn.rows, drawn.color)
    marks(canvas, plot, drawn.events, drawn.color)
    told = drawn.name if drawn.end else drawn.told(plot.period[1])[0]
    told = cut(told, _TITLE, plot.box.width, STRONG)
    canvas.text(plot.box.x, plot.box.y - 7, told, _TITLE, drawn.color, STRONG)
