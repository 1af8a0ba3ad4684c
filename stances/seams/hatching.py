"""The hatching of "no current position" on maps, which plotly cannot draw.

Leans on: plotly's classes choroplethlayer and scattergeo, and that it writes a class's colour as
  `rgb(r, g, b)` into the attribute `fill` of a country and the attribute `style` of a marker.
Fails: the map shows the flat grey under the hatching, which a picture of it shows anyway.
Then: look in the page for how a country without a position is coloured, and name that.
"""

from __future__ import annotations

from stances.figures.theme import DARK, LIGHT, Theme

_THEMES = (LIGHT, DARK)


def hatch_patterns() -> str:
    """The SVG patterns, one a theme, that the rules fill with."""
    return (
        '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
        f"{''.join(_pattern(look) for look in _THEMES)}</defs></svg>"
    )


def _pattern(look: Theme) -> str:
    return (
        f'<pattern id="hatch-{look.mode}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{look.not_covered}"/>'
        f'<rect width="3" height="6" fill="{look.no_position}"/></pattern>'
    )


def hatch_rules() -> str:
    """The CSS that uses the patterns, and gives swatches of the class `no-position` the same look:
    under it they have the flat grey, which an exported picture of a map shows.
    """
    fills = "".join(
        f'{layer}[{attribute}"{_svg_rgb(look.no_position)}"]'
        f"{{fill:url(#hatch-{look.mode})!important}}\n"
        for look in _THEMES
        for layer, attribute in (
            (".choroplethlayer path", "fill="),
            (".scattergeo path.point", "style*="),
        )
    )
    line = f"light-dark({LIGHT.no_position},{DARK.no_position})"
    ground = f"light-dark({LIGHT.not_covered},{DARK.not_covered})"
    return (
        f"{fills}.no-position{{background:repeating-linear-gradient(-45deg,"
        f"{line} 0 2px,{ground} 2px 4px) {line}}}\n"
    )


def _svg_rgb(color: str) -> str:
    """`#rrggbb` as plotly writes it into the fill of an SVG path: `rgb(163, 160, 158)`."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
