"""The hatching of "no current position", and of fading positions, on maps: plotly cannot draw it.

Leans on: plotly's classes choroplethlayer and scattergeo, and that it writes a class's colour as
  `rgb(r, g, b)` into the attribute `fill` of a country and the attribute `style` of a marker.
Fails: the map shows the flat colours under the hatching, which a picture of it shows anyway.
Then: look in the page for how a country without a position is coloured, and name that.
"""

from stances.figures.hatch import Hatch, hatches, pattern
from stances.figures.theme import DARK, LIGHT


def hatch_patterns() -> str:
    """Return the SVG patterns that the rules fill with: for each theme one of no position, and one
    for each class of fading positions.
    """
    return (
        '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
        f"{''.join(map(pattern, _every()))}</defs></svg>"
    )


def _every() -> list[Hatch]:
    return [*hatches(LIGHT), *hatches(DARK)]


def hatch_rules() -> str:
    """Return the CSS of the patterns; under it maps are flat, as an exported picture shows."""
    return "".join(
        f'{layer}[{attribute}"{_svg_rgb(fill.replaced)}"]{{fill:url(#{fill.name})!important}}\n'
        for fill in _every()
        for layer, attribute in (
            (".choroplethlayer path", "fill="),
            (".scattergeo path.point", "style*="),
        )
    )


def _svg_rgb(color: str) -> str:
    """Return `#rrggbb` as plotly writes it into the fill of an SVG path: `rgb(163, 160, 158)`."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
