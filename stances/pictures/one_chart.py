"""Lines in one chart, with their names at their ends, under the names of landmarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from stances import escapes
from stances.figures.theme import Theme
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
from stances.pictures.asked import AskedPicture
from stances.pictures.canvas import Canvas
from stances.pictures.fluid import Fluid
from stances.pictures.frame import Box
from stances.pictures.letters import STRONG, cut, width
from stances.pictures.lines import Line, Lines
from stances.pictures.plot import Plot, days_below, ground, line, marks, ribbon

_MOST_NAME = 210
# The name of the lines of the page's chart, which a narrow one shows again.
AGAIN = "lines"
# From the plot of a narrow chart down to the names of its lines, and from one to the next.
_TO_LEGEND, _LEGEND_ROW = 60, 20


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
    again: str = ""


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
        again=AGAIN,
    )


def in_one(canvas: Canvas, box: Box, asked: AskedPicture, view: Lines, by: Measures) -> Plot:
    """Draw all lines in one chart, with their names at their ends, under the names of landmarks.
    Return its plot.
    """
    plot, drawn = plot_in(box, asked, view, by), view.lines
    ground(canvas, plot, asked.tracker.codebook, by.levels - by.gap)
    _landmarks(canvas, plot, view.landmarks, by)
    days_below(canvas, plot)
    _bodies(canvas, plot, drawn, by)
    for each in drawn:
        marks(canvas, plot, each.events, each.color)
    _ends(canvas, plot, drawn, _right(view, by) - by.to_name - 6, by)
    return plot


def plot_in(box: Box, asked: AskedPicture, view: Lines, by: Measures) -> Plot:
    """Where days and stances lie in a box that has room for names too."""
    above = by.above + by.landmark_row * named(view)
    high, wide = box.height - above - by.below, box.width - by.levels - _right(view, by)
    frame = Box(box.x + by.levels, box.y + above, wide, high)
    levels = asked.tracker.codebook.scale.levels
    return Plot(frame, view.period, levels, by.over, by.tick, by.label, by.gap)


def _bodies(canvas: Canvas, plot: Plot, drawn: Sequence[Line], by: Measures) -> None:
    """The lines over their bands."""
    if by.again:
        canvas.group(id=by.again)
    for each in drawn:
        ribbon(canvas, plot, each.rows, each.color)
    for each in drawn:
        line(canvas, plot, each.rows, each.color, steady=bool(by.again))
    canvas.end()


def in_wide(
    told: str, wide: int, high: int, asked: AskedPicture, view: Lines
) -> tuple[Canvas, Plot]:
    """All lines in one chart as the page has it, drawn for so much width; and its plot."""
    by = on_page(view)
    canvas = _fluid(asked.look, told, wide, high, by)
    return canvas, in_one(canvas, Box(-by.levels, 0, wide, high), asked, view, by)


def in_narrow(
    told: str, narrow: int, high: int, asked: AskedPicture, view: Lines, wide: Plot
) -> Canvas:
    """The same as the page has it on a telephone, with the names of lines below. The lines
    themselves, by far the most of a drawing, are those of the `wide` chart of the same page.
    """
    by = _on_phone(view)
    canvas = _fluid(asked.look, told, narrow, high, by)
    box, unnamed = Box(-by.levels, 0, narrow, high), view._replace(landmarks=view.landmarks[:0])
    plot = plot_in(box, asked, unnamed, by)
    ground(canvas, plot, asked.tracker.codebook, by.levels - by.gap)
    for day in view.landmarks["date"].dt.date:
        _dotted(canvas, plot, plot.x(day), plot.box.bottom - plot.box.height * NUMBER_TOP)
    days_below(canvas, plot)
    _again(canvas, plot, wide)
    for each in view.lines:
        marks(canvas, plot, each.events, each.color)
    _legend(canvas, plot, view)
    return canvas


def _fluid(look: Theme, told: str, wide: int, high: int, by: Measures) -> Fluid:
    right = by.right or 0
    return Fluid(look, told, high, wide - by.levels - right, by.levels, right)


def _again(canvas: Fluid, plot: Plot, wide: Plot) -> None:
    """The lines of another plot, at their places in this one."""
    across, up = plot.box.width / wide.box.width, plot.box.height / wide.box.height
    down = plot.box.y - wide.box.y * up
    canvas.group()
    moved = f"translate(0 {down:.2f}) scale({across:.5f} {up:.5f})"
    canvas.draw("use", href=f"#{AGAIN}", transform=moved)
    canvas.end()


def _legend(canvas: Fluid, plot: Plot, view: Lines) -> None:
    """The names of the lines below the plot."""
    canvas.fixed()
    for row, each in enumerate(view.lines):
        base = plot.box.bottom + _TO_LEGEND + _LEGEND_ROW * row
        name = each.name if each.end else each.told(view.period[1])[0]
        canvas.line(5, base, 35, base, stroke=each.color, stroke_width=2.5)
        canvas.text(41, base + LETTERS * 0.35, name, LETTERS, canvas.look.ink)
    canvas.end()


def _on_phone(drawn: Lines) -> Measures:
    """What the chart of the page is drawn by on a telephone."""
    edges, rows = margin(drawn.names, drawn.period, narrow=True), len(drawn.lines)
    return Measures(
        levels=edges["l"],
        above=edges["t"],
        below=_TO_LEGEND + _LEGEND_ROW * rows + 5,
        right=edges["r"],
        over=OVER,
        tick=LETTERS,
        label=SMALL_LETTERS,
        gap=TO_WORDS,
    )


def _right(view: Lines, by: Measures) -> float:
    """What the names at the ends of lines need beside the plot, or have there."""
    if by.right is not None:
        return by.right
    told = [each.told(view.period[1]) for each in view.lines]
    widest = max(width(name, by.name, weight) for name, weight in told)
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
    base, anchor = y + by.landmark_row / 2 + by.landmark * 0.35, "end" if before else None
    # Lines of other landmarks pass behind it.
    canvas.text(
        x - 6 if before else x + 6,
        base,
        told,
        by.landmark,
        look.muted,
        anchor=anchor,
        halo=look.background,
    )


def _numbers(canvas: Canvas, plot: Plot, every: Sequence[Mark], by: Measures) -> None:
    """The numbers of landmarks without a name, in turn in two rows where they crowd."""
    rows = number_rows([mark.x for mark in every], plot.box.width / 40)
    for mark, row in zip(every, rows, strict=True):
        if mark.name:
            continue
        _dotted(canvas, plot, mark.x, plot.box.bottom - plot.box.height * NUMBER_TOP)
        y = plot.y(plot.levels[-1] + NUMBER_OVER + NUMBER_ROW * row) + by.landmark * 0.35
        canvas.text(mark.x, y, str(mark.number), by.landmark, canvas.look.muted, STRONG, "middle")
