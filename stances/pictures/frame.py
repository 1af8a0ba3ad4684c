"""The frame of every picture: what it finds and shows, where it is from, and its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stances import words
from stances.figures.theme import Theme
from stances.pictures.canvas import HEIGHT, WIDTH, Canvas
from stances.pictures.letters import STRONG, cut, fit, lines, width

# From the edge of the sheet to what stands on it.
EDGE = 40
_SPACE = WIDTH - 2 * EDGE
_TITLE, _TITLE_LINES, _LEADING = (36, 33, 30, 27, 24), 2, 1.16
# As many small ones as the longest headline takes, that of all deadlines.
_MOST_TITLE_LINES = 5
_SUBTITLE, _SUBTITLE_LINE, _SUBTITLE_LINES = 18, 23, 4
_SMALL, _SMALL_LINE, _FOOT_LINES = 15, 20, 2
_TOP, _ABOVE, _BELOW = 30, 22, 16
# What stands where nothing can be drawn, and the lines under it.
_SAID, _BESIDE, _BESIDE_LINE = (56, 48, 40, 34), 24, 38


class Box(NamedTuple):
    """A part of the sheet, in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the right edge of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the lower edge of the box."""
        return self.y + self.height

    def cut_left(self, wide: float) -> Box:
        """Return what is left of it beyond its first so many px."""
        return Box(self.x + wide, self.y, self.width - wide, self.height)

    def cut_top(self, high: float) -> Box:
        """Return what is left of it below its first so many px."""
        return Box(self.x, self.y + high, self.width, self.height - high)

    def columns(self, count: int, between: float) -> list[Box]:
        """Return it in so many columns, with so many px from each to the next."""
        wide = (self.width - between * (count - 1)) / count
        return [
            Box(self.x + (wide + between) * number, self.y, wide, self.height)
            for number in range(count)
        ]


class PictureCaption(NamedTuple):
    """The texts around a picture; `address`: of the view shown, empty where none is known."""

    title: str
    subtitle: str
    source: str
    address: str


def framed_canvas(
    caption: PictureCaption, palette: Theme, high: float = HEIGHT
) -> tuple[Canvas, Box]:
    """Return a sheet so many px high with its texts, and the part free for what is drawn."""
    canvas = Canvas(palette, caption.title, high=high)
    top = _head(canvas, caption)
    bottom = _foot(canvas, caption, high)
    return canvas, Box(EDGE, top + _ABOVE, _SPACE, bottom - top - _ABOVE - _BELOW)


def around(caption: PictureCaption, palette: Theme) -> float:
    """Return how high the texts of a sheet are together, with what keeps them off what is drawn."""
    _, box = framed_canvas(caption, palette)
    return HEIGHT - box.height


def in_words(canvas: Canvas, box: Box, text: str, beside: Sequence[str]) -> None:
    """Say large, if nothing can be drawn, what there is instead; under it lines that fit."""
    size, said = fit(text, _SAID, box.width, _TITLE_LINES, STRONG)
    y = box.y + _ABOVE + size
    for line in said:
        canvas.text(box.x, y, line, size, weight=STRONG)
        y += size * _LEADING
    most = max(int((box.bottom - y) / _BESIDE_LINE), 0)
    visible = beside if len(beside) <= most else beside[: max(most - 1, 0)]
    left_out = len(beside) - len(visible)
    more = [f"and {words.number(left_out)} more"] if left_out and most else []
    for line in (*visible, *more):
        short = cut(line, _BESIDE, box.width)
        canvas.text(box.x, y + _BESIDE_LINE / 2, short, _BESIDE, canvas.palette.muted)
        y += _BESIDE_LINE


def _head(canvas: Canvas, caption: PictureCaption) -> float:
    """Write title and subtitle; where they end."""
    size, title = _title(caption.title)
    y = _TOP + 0.9 * size
    for number, line in enumerate(title):
        canvas.text(EDGE, y + number * size * _LEADING, line, size, weight=STRONG)
    y += (len(title) - 1) * size * _LEADING + 0.22 * size
    for line in lines(caption.subtitle, _SUBTITLE, _SPACE, most=_SUBTITLE_LINES):
        y += _SUBTITLE_LINE
        canvas.text(EDGE, y, line, _SUBTITLE, canvas.palette.muted)
    return y


def _title(text: str) -> tuple[float, list[str]]:
    """Return the size and the lines of a title: the largest in which it has two lines, else more
    small ones, so that no clause on how far it is known or in doubt goes.
    """
    size, rows = fit(text, _TITLE, _SPACE, _TITLE_LINES, STRONG)
    if len(lines(text, size, _SPACE, STRONG)) <= _TITLE_LINES:
        return size, rows
    return fit(text, _TITLE[-1:], _SPACE, _MOST_TITLE_LINES, STRONG)


def _foot(canvas: Canvas, caption: PictureCaption, high: float) -> float:
    """Write the source and the address, on one line where both have room; where they begin."""
    source, address = caption.source, caption.address
    beside = width(source, _SMALL) + width(address, _SMALL) + EDGE <= _SPACE
    texts = (source,) if beside else (source, address)
    rows = [row for text in texts for row in lines(text, _SMALL, _SPACE, most=_FOOT_LINES)]
    y = high - 20 - _SMALL_LINE * len(rows)
    canvas.line(EDGE, y, WIDTH - EDGE, y, stroke=canvas.palette.grid)
    for number, row in enumerate(rows, 1):
        canvas.text(EDGE, y + _SMALL_LINE * number, row, _SMALL, canvas.palette.muted)
    if beside:
        canvas.text(
            WIDTH - EDGE, y + _SMALL_LINE, address, _SMALL, canvas.palette.muted, anchor="end"
        )
    return y
