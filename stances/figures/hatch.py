"""Stripes of maps: a class that has no colour of its own, and the paler ones."""

from typing import NamedTuple

from stances.figures.theme import Theme

# The side of the square that repeats, in px; it stands on its corner.
TILE = 6


class Hatch(NamedTuple):
    """Stripes on a ground, of a `width` in px, in the place of the flat colour `replaced`."""

    name: str
    replaced: str
    ground: str
    stripe: str
    width: float


def hatches(palette: Theme) -> list[Hatch]:
    """Return that of no position, then those of the classes, the lowest first, if one fades."""
    none = Hatch(
        f"hatch-{palette.mode}", palette.no_position, palette.not_covered, palette.no_position, 3
    )
    return [
        none,
        *(
            Hatch(f"fading-{palette.mode}-{place}", color, color, palette.sea, 1.5)
            for place, color in enumerate(palette.faded)
        ),
    ]


def pattern(hatch: Hatch) -> str:
    """Return the SVG pattern of a hatch, under its name."""
    return (
        f'<pattern id="{hatch.name}" width="{TILE}" height="{TILE}" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="{TILE}" height="{TILE}" fill="{hatch.ground}"/>'
        f'<rect width="{hatch.width:g}" height="{TILE}" fill="{hatch.stripe}"/></pattern>'
    )
