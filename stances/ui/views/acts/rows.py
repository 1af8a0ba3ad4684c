"""How high the tables of acts are, whose texts are too long for one line."""

from __future__ import annotations

# Over 64 px high a row has its texts on several lines.
ROW_PX = 66
_HEAD_PX, _MOST_PX = 38, 500


def height_of(count: int) -> int:
    """The height of a table of so many rows, in px; more than a few are scrolled."""
    return min(_HEAD_PX + ROW_PX * count, _MOST_PX)
