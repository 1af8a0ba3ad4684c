"""A plot over time: days to the right, the scale upwards, and the lines in between.

Tables are those of `stances.figures.trend`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from stances.dataset.codebook import Codebook
from stances.figures.theme import CLASS_COLORS
from stances.figures.trend import signed
from stances.model.lifetimes import Floats
from stances.model.shown import Columns
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box
from stances.pictures.letters import cut, width

_TICK, _LABEL, _GAP = 14, 15, 10
# As much of a class's colour as stands behind its part of the scale, and around a line.
_BREATH, _BAND = 0.09, 0.13
_LINE, _DOT, _MARK = 2.5, 3.5, 3.2
_HALF = 0.5  # of a level, under the lowest and over the highest
_DAYS_OF_A_MONTH, _FEW_YEARS, _FEW_DAYS = 30.44, 3, 70

# The points of a line: columns date, stance, low and high, as a table or as arrays.
Rows = pd.DataFrame | Columns


@dataclass(frozen=True)
class Plot:
    """Where days and stances lie on the sheet. `box`: of the plot without its labels; `over`: how
    far it goes beyond the highest level; `tick`, `label`: how large the letters of the axes are;
    `gap`: between the words of levels and the plot.
    """

    box: Box
    period: tuple[date, date]
    levels: range
    over: float = _HALF
    tick: float = _TICK
    label: float = _LABEL
    gap: float = _GAP

    @property
    def level_high(self) -> float:
        """How high a level is."""
        return self.box.height / (len(self.levels) - _HALF + self.over)

    def x(self, day: date) -> float:
        """How far to the right a day lies."""
        first, last = self.period
        return self.box.x + self.box.width * (day - first).days / max((last - first).days, 1)

    def y(self, stance: float) -> float:
        """How far down a stance lies."""
        return self.box.bottom - self.level_high * (stance - self.levels[0] + _HALF)

    def points(self, rows: Rows, figure: str = "stance") -> Floats:
        """Places of a line: rows of x and y, NaN where it breaks."""
        days = np.asarray(rows["date"], "datetime64[D]")
        past = (days - np.datetime64(self.period[0], "D")).astype(float)
        x = self.box.x + self.box.width * past / max((self.period[1] - self.period[0]).days, 1)
        up = np.asarray(rows[figure], float) - self.levels[0] + _HALF
        return np.column_stack([x, self.box.bottom - self.level_high * up])


def ground(canvas: Canvas, plot: Plot, codebook: Codebook, room: float, few: bool = False) -> None:
    """The classes behind a plot, and their names before it. `room`: for the names, 0 for none;
    `few`: those of the two ends and the middle alone.
    """
    box = plot.box
    for level in plot.levels:
        top, color = plot.y(level + _HALF), CLASS_COLORS[level]
        canvas.rect(box.x, top, box.width, plot.level_high, fill=color, fill_opacity=_BREATH)
        if room and (not few or level in (plot.levels[0], 0, plot.levels[-1])):
            word = cut(f"{signed(level)} {codebook.scale.labels[level]}", plot.label, room)
            y = plot.y(level) + plot.label * 0.34
            canvas.text(box.x - plot.gap, y, word, plot.label, canvas.look.muted, anchor="end")
    zero = plot.y(0)
    canvas.line(box.x, zero, box.right, zero, stroke=canvas.look.muted, stroke_width=0.7)


def days_below(canvas: Canvas, plot: Plot, grid: bool = False) -> None:
    """The axis of time, with as many days, months or years as have room; `grid`: with lines up."""
    box, ends, look = plot.box, -math.inf, canvas.look
    for day, label in _ticks(plot.period, box.width):
        x, half = plot.x(day), width(label, plot.tick) / 2
        if grid:
            canvas.line(x, box.y, x, box.bottom, stroke=look.grid)
        canvas.line(x, box.bottom, x, box.bottom + 5, stroke=look.muted, stroke_width=0.7)
        if x - half < ends + 8 or x + half > box.right + 8:
            continue
        canvas.text(x, box.bottom + plot.tick + 6, label, plot.tick, look.muted, anchor="middle")
        ends = x + half


def _ticks(period: tuple[date, date], room: float) -> Iterator[tuple[date, str]]:
    """The days that are named on an axis `room` px wide."""
    first, last = period
    days = (last - first).days
    if days <= _FEW_DAYS:
        step = next(step for step in (1, 2, 7, 14, 28) if days / step <= room / 80)
        for past in range(0, days + 1, step):
            day = first + timedelta(days=past)
            yield day, f"{day.day} {day:%b %Y}"
    elif days < _FEW_YEARS * 365:
        most = room / 85
        step = next(step for step in (1, 2, 3, 6, 12) if days / _DAYS_OF_A_MONTH / step <= most)
        yield from ((day, f"{day:%b %Y}") for day in _months(first, last, step))
    else:
        step = 12 * math.ceil(days / 365.25 / (room / 56))
        yield from ((day, f"{day.year}") for day in _months(first, last, step))


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """The first days of every `step`-th month of a period, counted from its first January, as the
    page has them.
    """
    for number in range(first.year * 12, last.year * 12 + 12, step):
        day = date(number // 12, number % 12 + 1, 1)
        if first <= day <= last:
            yield day


def ribbon(canvas: Canvas, plot: Plot, rows: Rows, color: str) -> None:
    """What lies between low and high: a shape for each stretch without a gap."""
    low, high = plot.points(rows, "low"), plot.points(rows, "high")
    ways = [
        f"M{_steps(np.concatenate([high[start:end], low[start:end][::-1]]))}Z"
        for start, end in _stretches(np.isnan(low[:, 1] + high[:, 1]))
    ]
    if ways:
        canvas.path("".join(ways), fill=color, fill_opacity=_BAND)


def line(
    canvas: Canvas,
    plot: Plot,
    rows: Rows,
    color: str,
    wide: float = _LINE,
    steady: bool = False,
) -> None:
    """A stance over time; a day that stands alone is a dot, as a line would not show it. `steady`:
    it is as wide however its plot is stretched.
    """
    points = plot.points(rows)
    ways = []
    for start, end in _stretches(np.isnan(points[:, 1])):
        if end - start > 1:
            ways.append(f"M{_steps(points[start:end])}")
        else:
            x, y = points[start].tolist()
            canvas.draw("circle", cx=x, cy=y, r=_DOT, fill=color)
    if ways:
        way = "".join(ways)
        canvas.path(
            way,
            fill="none",
            stroke=color,
            stroke_width=wide,
            stroke_linejoin="round",
            vector_effect="non-scaling-stroke" if steady else None,
        )


def marks(canvas: Canvas, plot: Plot, events: Rows, color: str) -> None:
    """The events on a line: columns date and stance."""
    ground = canvas.look.background
    points = plot.points(events)
    known = points[~np.isnan(points[:, 1])].tolist()
    canvas.dots(known, _MARK, fill=color, stroke=ground, stroke_width=1)


def _stretches(missing: Sequence[bool] | np.ndarray) -> list[tuple[int, int]]:
    """Where each run of known points begins, and behind its last one."""
    edges = np.flatnonzero(np.diff(~np.asarray(missing), prepend=False, append=False))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _steps(points: Floats) -> str:
    # All at once: one by one takes twice as long, and a chart has thousands.
    return ("L%.1f %.1f" * len(points))[1:] % tuple(points.ravel().tolist())
