"""Colours of every figure, light and dark, and how they reach plotly, HTML and CSS.

The classes keep their colours in both themes. Colours were searched numerically so that a person
with any of the three kinds of colour blindness tells apart all that must be told apart; the test
of this module proves it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

CLEAR = "rgba(0,0,0,0)"
FONT_FAMILY = '"Source Sans", "Source Sans Pro", sans-serif'

# Levels -3..3: brown and orange against, a warm pale yellow (no grey) for neutral, blue in favour.
_CLASSES = ("#9b3b0b", "#ce6a1e", "#eca65a", "#f5e3b0", "#85bad0", "#3e86b9", "#1c4f8f")
_MIDDLE = len(_CLASSES) // 2
# What can be read on colours: the one on light, the other on dark ones.
_DARK_INK, _LIGHT_INK = "#14161a", "#ffffff"
# What is left of a class in a paler cell; the rest is the background.
_PALE = 0.3
# What the faded colours of a legend stand for; on dark they are no paler.
OLD_LABEL = "Striped: rests on old statements"
# And in cells, which have no stripes.
OLD_CELL = "Paler: rests on old statements"
CLASS_COLORS: Mapping[int, str] = MappingProxyType(
    {index - _MIDDLE: color for index, color in enumerate(_CLASSES)}
)


@dataclass(frozen=True)
class Theme:
    """Colours as `#rrggbb`; of BOTH as CSS takes them.

    `faded`: the classes, from the lowest up, where a position is old; `no_position`: an actor of
    which nothing counts on the date; `not_covered`: a country without any scored event; `outline`:
    a rule has been used, `pale_outline`: a power has not; `lines`: categorical, for trend series,
    each readable as text on `background`.
    """

    mode: str
    background: str
    sea: str
    faded: tuple[str, ...]
    no_position: str
    not_covered: str
    border: str
    outline: str
    pale_outline: str
    ink: str
    muted: str
    grid: str
    accent: str
    lines: tuple[str, ...]

    def level_color(self, level: float) -> str:
        """Return the colour of a class (-3..3, NaN: no current position)."""
        return self.no_position if level != level else CLASS_COLORS[int(level)]

    def faded_color(self, level: float) -> str:
        """Return the paler colour of a class (-3..3), of a position that rests on old evidence."""
        return self.faded[int(level) + _MIDDLE]

    def paler_color(self, level: float) -> str:
        """Return the colour of an old class in cells, which have no stripes, as `.chip.fading`."""
        return between(self.level_color(level), self.background, 1 - _PALE)

    def on_level(self, level: float) -> str:
        """Return the colour of text on that of a class (-3..3)."""
        return ink_on(CLASS_COLORS[int(level)])


LIGHT = Theme(
    mode="light",
    background="#ffffff",
    sea="#f4fafd",
    faded=("#9a6d56", "#c79873", "#dfbe9a", "#f7f2e1", "#b0d9eb", "#719ab8", "#5c7797"),
    no_position="#a3a09e",
    not_covered="#d0ccc8",
    border="#ffffff",
    outline="#1a2632",
    pale_outline="#6b7785",
    ink="#14161a",
    muted="#5b6470",
    grid="#e3e6e9",
    accent="#1f4e79",
    lines=("#1a2632", "#c81e6a", "#3a5fd5", "#766100", "#7b2e8a", "#1d7767", "#a36244", "#657587"),
)

DARK = Theme(
    mode="dark",
    background="#14171a",
    sea="#14171a",
    faded=("#371e12", "#5f3e24", "#806548", "#878068", "#7a929c", "#3e6e90", "#1a3352"),
    no_position="#6a707b",
    not_covered="#393f48",
    border="#14171a",
    outline="#e8eaed",
    pale_outline="#9aa3ad",
    ink="#e8eaed",
    muted="#a3abb5",
    grid="#2b3138",
    accent="#8ab8e6",
    lines=("#f1f3f5", "#fe6695", "#95adff", "#d7c040", "#bc7bc5", "#5fcdb3", "#de976a", "#98a7b6"),
)

MODES = (LIGHT.mode, DARK.mode)


def _either(light: str | tuple[str, ...], dark: str | tuple[str, ...]) -> Any:
    """Return the colour that CSS takes of two by the scheme of the page; of several each."""
    if isinstance(light, tuple):
        return tuple(map(_either, light, dark))
    return light if light == dark else f"light-dark({light}, {dark})"


_EITHER = re.compile(r"light-dark\((.+), (.+)\)")


def by_scheme(color_of: Callable[..., str], *colors: str) -> str:
    """Return what a function makes of colours; if some have a light and a dark side, of both."""
    sides = [
        match.groups() if (match := _EITHER.fullmatch(color)) else (color, color)
        for color in colors
    ]
    light, dark = (color_of(*side) for side in zip(*sides, strict=True))
    return str(_either(light, dark))


def between(one: str, other: str, part: float) -> str:
    """Return a colour on the way from one to another; `part`: 0 to 1."""

    def mix(*ends: str) -> str:
        pairs = zip(*(bytes.fromhex(end[1:]) for end in ends), strict=True)
        return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)

    return by_scheme(mix, one, other)


def ink_on(color: str) -> str:
    """Return the colour of text with the stronger contrast on a colour, maybe by scheme."""
    return by_scheme(_stronger_ink, color)


@cache
def _stronger_ink(color: str) -> str:
    dark, light, ground = (_luminance(ink) + 0.05 for ink in (_DARK_INK, _LIGHT_INK, color))
    return _DARK_INK if ground / dark > light / ground else _LIGHT_INK


def _luminance(color: str) -> float:
    """Return how bright a colour is, from 0 to 1, as WCAG 2 has it."""
    parts = (part / 255 for part in bytes.fromhex(color[1:]))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def in_mode(colors: Mapping[str, str], mode: str) -> str:
    """Return the colour of a theme, by its mode, of one for light and one for dark."""
    return colors[mode] if mode in colors else str(_either(colors[LIGHT.mode], colors[DARK.mode]))


# For markup and drawings that stand in a page whose scheme is not known: for CSS alone.
BOTH = Theme("both", *map(_either, astuple(LIGHT)[1:], astuple(DARK)[1:]))

_THEMES = {palette.mode: palette for palette in (LIGHT, DARK, BOTH)}


def theme(mode: str) -> Theme:
    """Return the theme `light`, `dark` or, for CSS, `both`. Raises KeyError for any other mode."""
    return _THEMES[mode]


def no_position_level(levels: range) -> int:
    """Return the code that stands for "no current position" where figures need a whole number."""
    return levels.stop


def not_covered_level(levels: range) -> int:
    """Return the code that stands for "not covered" where figures need a whole number."""
    return levels.stop + 1


def faded_level(level: float, levels: range) -> float:
    """Return the code of a class of old positions where figures need a whole number."""
    return not_covered_level(levels) + 1 + level - levels.start


def level_range(levels: range) -> tuple[float, float]:
    """Return ends of the discrete colour scale: half a step beyond the codes at its ends."""
    return levels.start - 0.5, faded_level(levels.stop - 1, levels) + 0.5


def colorscale(levels: range, mode: str, *, cells: bool = False) -> list[tuple[float, str]]:
    """One flat band for each level of the scale, then "no current position" and "not covered", then
    the levels of old positions: as `cells` have them, or under the stripes of a map.
    """
    colors = list(code_colors(levels, theme(mode), cells=cells).values())
    edges = [round(index / len(colors), 4) for index in range(len(colors) + 1)]
    return [
        (edge, color)
        for index, color in enumerate(colors)
        for edge in (edges[index], edges[index + 1])
    ]


def code_colors(levels: range, palette: Theme, *, cells: bool = False) -> dict[int, str]:
    """Return the flat colour of each whole number of a figure, in their order."""
    colors = [
        *(CLASS_COLORS[level] for level in levels),
        palette.no_position,
        palette.not_covered,
        *((palette.paler_color if cells else palette.faded_color)(level) for level in levels),
    ]
    return dict(enumerate(colors, levels.start))


def font(palette: Theme, size: int = 13) -> dict[str, Any]:
    """Return the one typeface, in the colour of text."""
    return {"family": FONT_FAMILY, "size": size, "color": palette.ink}


def hover_label(palette: Theme) -> dict[str, Any]:
    """Return a quiet card on the page's own background."""
    return {
        "bgcolor": palette.background,
        "bordercolor": palette.muted,
        "font": font(palette),
        "align": "left",
    }


def base_layout(palette: Theme, height: float, letters: int = 13) -> dict[str, Any]:
    """Return what all charts but maps have in common; `height` and `letters` in px."""
    return {
        "template": {},
        "height": height,
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": font(palette, letters),
        "hoverlabel": hover_label(palette),
        "hovermode": "closest",
        "showlegend": False,
        "uirevision": "kept",
    }
