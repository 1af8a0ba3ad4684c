"""Colours and letters of every chart: tokens, which a page knows as CSS variables.

A mark names its colour by token (`ink`, `m2`, `series1`); `old m2` is the same level in stripes.
Levels have the same order of weight in both modes: the further from neutral, the further from the
ground. The colours of lines were searched so that people with any of three kinds of colour
blindness tell them apart, and that each can be read as text.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import isnan
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
FAMILY = "'Source Sans Pro','Source Sans 3','Source Sans',sans-serif"

# The tokens of levels, the strictest first.
LEVELS: Mapping[int, str] = {
    -3: "m3",
    -2: "m2",
    -1: "m1",
    0: "z0",
    1: "p1",
    2: "p2",
    3: "p3",
}
# Of lines: the subject of the headline first. Their dashes, px of strokes and gaps, "" for none.
LINES = ("series1", "series2", "series3", "series4", "series5", "series6")
DASHES = ("", "8 3", "2 2.5", "4.5 2.5", "9 2.5 2 2.5", "12 4")
MODES = ("light", "dark")

# Of each token the colour in light and in dark, as `MODES`.
_TOKENS = {
    # Brown and orange against, a pale yellow, in dark an olive, for neutral, blue in favour.
    "m3": ("#9b3b0b", "#ff9a60"),
    "m2": ("#ce6a1e", "#e2762f"),
    "m1": ("#eca65a", "#c26b2b"),
    "z0": ("#f5e3b0", "#6f664b"),
    "p1": ("#85bad0", "#448ba8"),
    "p2": ("#3e86b9", "#5aa3d9"),
    "p3": ("#1c4f8f", "#a3cfff"),
    "bg": ("#ffffff", "#14171a"),
    "ink": ("#14161a", "#e8eaed"),
    "muted": ("#5b6470", "#a3abb5"),
    "line": ("#e1e5e9", "#2b3138"),
    "accent": ("#1f4e79", "#8ab8e6"),
    "edge": ("#8a929c", "#6f7882"),
    "land": ("#efedea", "#23282d"),
    "sea": ("#f7fafc", "#14171a"),
    "none": ("#d8d5d1", "#3d444d"),
    # Letters on the colours of levels: of both ends, of the middle, of the others.
    "on3": ("#ffffff", "#14161a"),
    "on0": ("#14161a", "#ffffff"),
    "on1": ("#14161a", "#14161a"),
    "series1": ("#1a2632", "#f1f3f5"),
    "series2": ("#c81e6a", "#fe6695"),
    "series3": ("#1d7767", "#5fcdb3"),
    "series4": ("#766100", "#d7c040"),
    "series5": ("#7b2e8a", "#bc7bc5"),
    "series6": ("#657587", "#98a7b6"),
}


def level_token(level: float, old: bool = False) -> str:
    """Return the token of a level (-3..3; NaN: no position), striped where it is old."""
    if isnan(level):
        return "none"
    token = LEVELS[int(level)]
    return f"old {token}" if old else token


def on_level(level: float) -> str:
    """Return the token of letters on the colour of a level (no NaN), the same for -3 and 3."""
    ends = {0: "on0", 3: "on3"}
    return ends.get(int(abs(level)), "on1")


def paint(token: str, mode: str = "") -> str:
    """Return the colour of a token: a CSS variable on pages, in a mode (light, dark) its hex. What
    is no token, such as "" for none, is returned as it is.
    """
    if token not in _TOKENS:
        return token
    if not mode:
        return f"var(--{token})"
    return _TOKENS[token][MODES.index(mode)]


@lru_cache(maxsize=2)
def _face(strong: bool) -> ImageFont.FreeTypeFont:
    """Return the typeface at 1,000 px, from which all sizes are reckoned."""
    name = "SourceSansPro-Semibold.ttf" if strong else "SourceSansPro-Regular.otf"
    return ImageFont.truetype(str(FONTS / name), 1000)


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, strong: bool = False) -> float:
    """Return the width in px of a text on one line, in letters of a size in px."""
    return _face(strong).getlength(text) * size / 1000


def widest(names: Iterable[str]) -> float:
    """Return the width in px of the widest of some names in bold letters of 13 px; of none 0."""
    return max((text_width(name, 13, strong=True) for name in names), default=0)


def wrapped(text: str, size: float, room: float, strong: bool = False) -> list[str]:
    """Return a text in as few lines as have room, about alike in length, broken between words."""

    def broken(room: float) -> list[str]:
        """Return the lines of as many words as have room, one at least."""
        lines = [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".strip(" ")
            if lines[-1] and text_width(longer, size, strong=strong) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    # Narrower as long as it takes no line more: else the last has a word of its own. Where each
    # word has a line already, no room would be too narrow.
    fewest = len(broken(room))
    most = len(broken(0))
    while 1 < fewest < most and len(broken(room * 0.96)) == fewest:
        room *= 0.96
    return broken(room)
