"""The width of texts in the typeface of pictures, so that none is cut or runs into another.

Lengths are in px, sizes of letters too.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import font_source_sans_pro
from PIL import ImageFont

from stances.words import on_one_line

FAMILY = "Source Sans Pro"
FOLDER = Path(font_source_sans_pro.font_directory)
PLAIN, STRONG = 400, 600
_FILES = {PLAIN: "SourceSansPro-Regular.ttf", STRONG: "SourceSansPro-Semibold.ttf"}
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
# Faces are measured at this size: a width is the same part of any.
_EM = 1000
# A day stays with its month, and a month where space is short with its year.
_DAY = re.compile(r"\b(\d{1,2}) (?=[A-Z][a-z]+ \d{4}\b)")
_SHORT_MONTH = re.compile(r"\b([A-Z][a-z]{2}) (?=\d{4}\b)")
# The letters of which the typeface has nearly all; another one takes the place for the rest.
_KNOWN = ((0x20, 0x58F), (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x2212, 0x2212))


@lru_cache(maxsize=4)
def _face(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / _FILES[weight]), _EM)


@lru_cache(maxsize=8192)
def width(text: str, size: float, weight: int = PLAIN) -> float:
    """Return the width of a text on one line."""
    return _face(weight).getlength(text) * size / _EM


def is_known(text: str) -> bool:
    """Say whether the typeface has the letters of a text, so that its width is right."""
    return all(any(low <= ord(letter) <= high for low, high in _KNOWN) for letter in text)


def days_together(text: str) -> str:
    """Return a text in which no line ends between a day and its month, nor within a short day."""
    for pattern in (_DAY, _SHORT_MONTH):
        text = pattern.sub("\\1\N{NO-BREAK SPACE}", text)
    return text


def cut(text: str, size: float, space: float, weight: int = PLAIN) -> str:
    """Cut a text to the words that have room, with an ellipsis; maybe to a part of the first."""
    text = on_one_line(text)
    if width(text, size, weight) <= space:
        return text
    fits = _letters_in(text, size, space - width(_ELLIPSIS, size, weight), weight)
    whole = text[: fits + 1].rpartition(" ")[0] or text[:fits]
    return f"{whole.rstrip(' ,;:')}{_ELLIPSIS}"


def _letters_in(text: str, size: float, space: float, weight: int) -> int:
    """Return how many letters of a text have room: at least one."""
    low, high = 1, max(len(text), 1)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle], size, weight) <= space:
            low = middle
        else:
            high = middle - 1
    return low


def lines(
    text: str, size: float, space: float, weight: int = PLAIN, most: int | None = None
) -> list[str]:
    """Return a text in lines that fit; of more than `most` the last ends in an ellipsis."""
    rows: list[str] = []
    left = days_together(on_one_line(text))
    while left and (most is None or len(rows) < most - 1):
        line = _first_line(left, size, space, weight)
        rows.append(line)
        left = left[len(line) :].strip()
    return [*rows, cut(left, size, space, weight)] if left else rows


def _first_line(text: str, size: float, space: float, weight: int) -> str:
    """Return as many words as have room; of a word that has none as many letters."""
    if width(text, size, weight) <= space:
        return text
    fits = _letters_in(text, size, space, weight)
    blank = text.rfind(" ", 0, fits + 1)
    return text[:blank] if blank > 0 else text[:fits]


def balance(text: str, size: float, space: float, weight: int = PLAIN) -> list[str]:
    """Return a text in as few lines as have room, none of them much shorter than the others."""
    rows = lines(text, size, space, weight)
    while len(narrower := lines(text, size, space := space * 0.97, weight)) == len(rows):
        rows = narrower
    return rows


def fit(
    text: str, sizes: Sequence[float], space: float, most: int, weight: int = PLAIN
) -> tuple[float, list[str]]:
    """Return the largest of the sizes, which fall, in which a text has at most so many lines, and
    these; in the smallest, which may be too large, the last line ends in an ellipsis.
    """
    for size in sizes:
        if len(lines(text, size, space, weight)) <= most:
            return size, balance(text, size, space, weight)
    return sizes[-1], lines(text, sizes[-1], space, weight, most)
