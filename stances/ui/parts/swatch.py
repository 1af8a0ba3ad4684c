"""A small square in the colour of a class."""

from __future__ import annotations

from stances.figures.theme import theme


def swatch(level: float, mode: str) -> str:
    """A small square in the colour of a class; NaN: no current position, hatched."""
    if level != level:
        return '<span class="swatch no-position"></span>'
    return f'<span class="swatch" style="background:{theme(mode).level_color(level)}"></span>'
