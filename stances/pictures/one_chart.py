"""Lines in one chart, with their names at their ends, under the names of landmarks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from stances import escapes
from stances.figures.trend import (
    LABEL_PX,
    LETTERS,
    NAME_PX,
    NUMBER_OVER,
    NUMBER_ROW,
    NUMBER_TOP,
    OVER,
    SMALL_LETTERS,
    TO_LABEL,
    TO_WORDS,
    apart,
    margin,
    number_rows,
)
from stances.pictures.asked import Asked
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box
from stances.pictures.letters import STRONG, cut, width
from stances.pictures.lines import Line, Lines
from stances.pictures.plot import Plot, days_below, ground, line, marks, ribbon

_MOST_NAME = 210


class Measures(NamedTuple):
    """How large a chart in one is drawn, in px: what is beside, above and below the plot, the
    letters of its axes, of the names at the ends of lines and of those of landmarks. `over`: as of
    a `Plot`; `right`: None where the names tell how much they need; `numbered`: landmarks have the
    numbers that they have on the page.
    """

    levels: float = 112
    above: float = 0
    below: float = 30
    right: float | None = None
    over: float = 0.5
    tick: float = 14
    label: float = 15
    gap: float = 10
    name: float = 16
    name_row: float = 20
    to_name: float = 16
    landmark: float = 13
    landmark_row: float = 17
    numbered: bool = False


SHEET = Measures()


def on_page(drawn: Lines) -> Measures:
    """What the chart of the page is drawn by."""
    edges = margin(drawn.names, drawn.period, narrow=False)
    return Measures(
        levels=edges["l"],
        above=edges["t"],
        below=edges["b"],
        right=edges["r"],
        over=OVER,
        tick=LETTERS,
        label=LETTERS,
        gap=TO_WORDS,
        name=LETTERS,
        name_row=LABEL_PX,
        to_name=TO_LABEL,
        landmark=SMALL_LETTERS,
        landmark_row=NAME_PX,
        numbered=True,
    )


def in_one(canvas: Canvas, box: Box, asked: Asked, view: Lines, by: Measures) -> None:
    """All lines in one chart, with their names at their ends, under the names of landmarks."""
    codebook, drawn, period = asked.tracker.codebook, view.lines, view.period
    right = _right(drawn, period[1], by) if by.right is None else by.right
    above = by.above + by.landmark_row * named(view)
    high, wide = box.height - above - by.below, box.width - by.levels - right
    frame = Box(box.x + by.levels, box.y + above, wide, high)
    plot = Plot(frame, period, codebook.scale.levels, by.over, by.tick, by.label, by.gap)
    ground(canvas, plot, codebook, by.levels - by.gap)
    _landmarks(canvas, plot, view.landmarks, by)
    days_below(canvas, plot)
    for each in drawn:
        ribbon(canvas, plot, each.rows, each.color)
    for each in drawn:
        line(canvas, plot, each.rows, each.color)
    for each in drawn:
        marks(canvas, plot, each.events, each.color)
    _ends(canvas, plot, drawn, right - by.to_name - 6, by)


def _right(drawn: Sequence[Line], last: date, by: Measures) -> float:
    """What the names at the ends of lines need beside the plot."""
    widest = max(
        width(name, by.name, weight) for name, weight in (each.told(last) for each in drawn)
    )
    return by.to_name + 6 + min(_MOST_NAME, widest)


def _ends(canvas: Canvas, plot: Plot, drawn: Sequence[Line], room: float, by: Measures) -> None:
    """The names beside the plot, each at the height of its line's end or as near to it as leaves it
    clear of the others; that of a line without one at the foot.
    """
    box, x = plot.box, plot.box.right
    ends = {each.key: -plot.y(each.end[1] if each.end else plot.levels[0]) for each in drawn}
    within = -box.bottom + by.name_row / 2, -box.y - by.name_row / 2
    placed = apart(ends, by.name_row, within)
    for each in drawn:
        y, color = -placed[each.key], each.color
        name, weight = each.told(plot.period[1])
        if weight == STRONG:
            to_x = x + by.to_name - 3
            canvas.line(x + 3, -ends[each.key], to_x, y, stroke=color, stroke_width=0.8)
        name = cut(name, by.name, room, weight)
        canvas.text(x + by.to_name, y + by.name * 0.34, name, by.name, color, weight)


def named(drawn: Lines) -> int:
    """How many landmarks are told by name."""
    return sum(map(bool, drawn.landmarks["name"].tolist()))


class Mark(NamedTuple):
    """A landmark on a plot: its number, how far to the right its day lies, and its name or none."""

    number: int
    x: float
    name: str


def _landmarks(canvas: Canvas, plot: Plot, landmarks: pd.DataFrame, by: Measures) -> None:
    """Lines at the days of landmarks: of those with names up to these over the plot, of the others,
    where all are numbered, up to their numbers in it.
    """
    days = zip(landmarks["date"].dt.date, landmarks["name"], strict=True)
    every = [Mark(number, plot.x(day), name) for number, (day, name) in enumerate(days, 1)]
    named = [mark for mark in every if mark.name]
    top = plot.box.y - by.landmark_row * len(named)
    for row, mark in enumerate(named):
        _dotted(canvas, plot, mark.x, top + by.landmark_row * row + 2)
    if by.numbered:
        _numbers(canvas, plot, every, by)
    for row, mark in enumerate(named):
        _named_mark(canvas, plot, mark, top + by.landmark_row * row, by)


def _dotted(canvas: Canvas, plot: Plot, x: float, top: float) -> None:
    look = canvas.look
    canvas.line(
        x, top, x, plot.box.bottom, stroke=look.muted, stroke_width=0.8, stroke_dasharray="2 3"
    )


def _named_mark(canvas: Canvas, plot: Plot, mark: Mark, y: float, by: Measures) -> None:
    """The name of a landmark in its row, on the side of its line where there is room."""
    box, x, look = plot.box, mark.x, canvas.look
    name = escapes.as_written(mark.name)
    told = f"{mark.number} {name}" if by.numbered else name
    before = x > box.x + box.width / 2
    told = cut(told, by.landmark, x - box.x - 6 if before else box.right - x - 6)
    wide = width(told, by.landmark)
    start = x - 6 - wide if before else x + 6
    # Lines of other landmarks pass behind it.
    canvas.rect(start - 2, y, wide + 4, by.landmark_row, fill=look.background)
    base = y + by.landmark_row / 2 + by.landmark * 0.35
    canvas.text(start, base, told, by.landmark, look.muted)


def _numbers(canvas: Canvas, plot: Plot, every: Sequence[Mark], by: Measures) -> None:
    """The numbers of landmarks without a name, in turn in two rows where they crowd."""
    rows = number_rows([mark.x for mark in every], plot.box.width / 40)
    for mark, row in zip(every, rows, strict=True):
        if mark.name:
            continue
        _dotted(canvas, plot, mark.x, plot.box.bottom - plot.box.height * NUMBER_TOP)
        y = plot.y(plot.levels[-1] + NUMBER_OVER + NUMBER_ROW * row) + by.landmark * 0.35
        canvas.text(mark.x, y, str(mark.number), by.landmark, canvas.look.muted, STRONG, "middle")
