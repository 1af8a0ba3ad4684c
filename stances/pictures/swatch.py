"""A small square in the colour of a class, as legends and lists have it."""

import math
from typing import Any

from stances.figures.hatch import hatches
from stances.figures.theme import CLASS_COLORS, Theme
from stances.pictures.canvas import Canvas

SIDE = 17


def swatch(canvas: Canvas, x: float, y: float, fill: str, has_outline: bool = False) -> None:
    """Draw one by its upper left corner, framed where an act holds the class."""
    edge = 1 if has_outline else 0
    side = SIDE - 2 * edge
    line = canvas.palette.outline if has_outline else None
    canvas.rect(x + edge, y + edge, side, side, fill=fill, stroke=line, stroke_width=2 * edge)


def no_position(palette: Theme) -> str:
    """Return what no current position is filled with, on a canvas with hatches (`add_hatches`)."""
    return f"url(#{hatches(palette)[0].name})"


def fill_of(palette: Theme, standing: Any) -> str:
    """Return what the class of a stance is filled with, paler and in stripes where it is old.
    `standing`: stance, level (both NaN: no current position) and old.
    """
    if math.isnan(standing.stance):
        return no_position(palette)
    if standing.old:
        _, *fading = hatches(palette)
        return f"url(#{fading[int(standing.level) - min(CLASS_COLORS)].name})"
    return palette.level_color(standing.level)
