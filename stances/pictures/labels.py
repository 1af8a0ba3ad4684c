"""Labels of plotly, which may have bold parts and several lines, as texts of SVG."""

import re
from typing import NamedTuple

from stances import escapes
from stances.pictures.canvas import Canvas
from stances.pictures.letters import PLAIN, STRONG, width

_TAG = re.compile(r"(<b>|</b>)")
_LINE_END = re.compile(r"<br\s*/?>")
# In parts of the size of letters: from a line to the next, from its middle down to its base, and
# what stands over and under the base of the first and the last one.
LEADING, TO_MIDDLE, _OVER, _UNDER = 1.3, 0.35, 0.98, 0.27


class Piece(NamedTuple):
    """A part of a line, without tags, as strong as it is."""

    text: str
    weight: int


def lines_of(label: str) -> list[list[Piece]]:
    """Return the lines of a label."""
    lines, weight = [], PLAIN
    for line in _LINE_END.split(label):
        parts = []
        for piece in _TAG.split(line):
            if piece in ("<b>", "</b>"):
                weight = STRONG if piece == "<b>" else PLAIN
            elif piece:
                parts.append(Piece(escapes.as_written(piece), weight))
        lines.append(parts)
    return lines


def wide(label: str, size: float) -> float:
    """Return the width of the widest line of a label."""
    lines = lines_of(label)
    return max(sum(width(part.text, size, part.weight) for part in line) for line in lines)


def high(label: str, size: float) -> float:
    """Return the height of a label."""
    return size * (_OVER + _UNDER + LEADING * (len(lines_of(label)) - 1))


def first_base(top: float, size: float) -> float:
    """Return where the base of the first line is, of a label that begins at `top`."""
    return top + _OVER * size


def write(
    canvas: Canvas, x: float, y: float, label: str, size: float, color: str, anchor: str = "start"
) -> None:
    """Write a label, `y` being the base of its first line. `anchor`: start, middle or end."""
    for number, line in enumerate(lines_of(label)):
        canvas.row(x, y + number * LEADING * size, line, size, color, anchor)
