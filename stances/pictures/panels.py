"""Each line in a chart of its own, all with the same axes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stances.figures.trend import GRID_MARGIN, LETTERS, SMALL_LETTERS, TO_WORDS, PanelGrid
from stances.pictures.asked import AskedPicture
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box
from stances.pictures.letters import STRONG, cut
from stances.pictures.lines import Line, Lines
from stances.pictures.one_chart import SHEET, Measures
from stances.pictures.plot import Plot, days_below, ground, line, marks, ribbon

_BESIDE, _BELOW = 26, 34
PANEL_ON_PAGE = Measures(
    levels=GRID_MARGIN["l"], tick=LETTERS, label=SMALL_LETTERS, gap=TO_WORDS, name=LETTERS
)


class Panel(NamedTuple):
    """The chart of one line: where it is, and whether levels and days are told beside it."""

    box: Box
    first: bool
    lowest: bool


def panels_of(
    canvas: Canvas, panels: Sequence[Panel], asked: AskedPicture, drawn: Lines, by: Measures
) -> None:
    """Each line in a chart of its own, all with the same axes."""
    codebook = asked.tracker.codebook
    for panel, each in zip(panels, drawn.lines, strict=True):
        plot = Plot(panel.box, drawn.period, codebook.scale.levels, 0.5, by.tick, by.label, by.gap)
        ground(canvas, plot, codebook, by.levels - by.gap if panel.first else 0, few=True)
        if panel.lowest:
            days_below(canvas, plot)
        _line_alone(canvas, plot, each, by.name)


def on_sheet(box: Box, count: int) -> Iterator[Panel]:
    """The charts of so many lines, as large as the sheet has room."""
    across = min(count, math.ceil(math.sqrt(count * 1.5)))
    down = math.ceil(count / across)
    wide = (box.width - SHEET.levels - _BESIDE * (across - 1)) / across
    high = (box.height - SHEET.below - _BELOW * down + 6) / down
    for place in range(count):
        row, column = divmod(place, across)
        x = box.x + SHEET.levels + column * (wide + _BESIDE)
        y = box.y + row * (high + _BELOW) + _BELOW - 8
        yield Panel(Box(x, y, wide, high), column == 0, place + across >= count)


def as_on_page(wide: float, panels: PanelGrid) -> Iterator[Panel]:
    """The charts of lines where the page has them in so much width."""
    left, top = GRID_MARGIN["l"], GRID_MARGIN["t"]
    across = wide - left - GRID_MARGIN["r"]
    for place in range(panels.panels):
        (start, end), (foot, head) = panels.domain(place)
        box = Box(
            left + across * start,
            top + panels.high * (1 - head),
            across * (end - start),
            panels.high * (head - foot),
        )
        lowest = place + panels.columns >= panels.panels
        yield Panel(box, place % panels.columns == 0, lowest)


def _line_alone(canvas: Canvas, plot: Plot, drawn: Line, size: float) -> None:
    ribbon(canvas, plot, drawn.rows, drawn.color)
    line(canvas, plot, drawn.rows, drawn.color)
    marks(canvas, plot, drawn.events, drawn.color)
    told = drawn.name if drawn.end else drawn.told(plot.period[1])[0]
    told = cut(told, size, plot.box.width, STRONG)
    canvas.text(plot.box.x, plot.box.y - 7, told, size, drawn.color, STRONG)
