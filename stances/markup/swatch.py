"""A small square in the colour of a class."""

from __future__ import annotations

from stances.figures.theme import theme


def swatch(level: float, mode: str, old: bool = False) -> str:
    """Return a small square in the colour of a class, paler where the position is old; NaN: no
    current position, hatched.
    """
    if level != level:
        return '<span class="swatch no-position"></span>'
    look = theme(mode)
    color = look.faded_color(level) if old else look.level_color(level)
    return f'<span class="swatch{" fading" if old else ""}" style="background:{color}"></span>'
