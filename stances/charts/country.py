"""The ribbons of a country, one a field, with its acts and statements: its picture."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from typing import NamedTuple

import pandas as pd

from stances.answers import stance
from stances.charts import ribbon, theme
from stances.charts.plot import Axis, Bar, Chart, Key, Mark, Plot, Text, time_axis

_ROW = 34  # px
_BAND = 22  # px
_RIGHT = 118  # px for the level in words
_SQUARE = 11  # px
_SQUARE_AFTER = 12  # px from the plot to the square of the level
_LABEL_AFTER = 30  # px from the plot to the label behind it
# px of the plot, to set a square by px on an axis of days.
_WIDE = 530


class Field(NamedTuple):
    """A row: runs and events (`dots`) as of `ribbon.svg`, and the level now (NaN: none). `instead`:
    in words when the newest event was ("Last Mar 2021"), empty where there is none; it stands where
    there is no level.
    """

    name: str
    runs: pd.DataFrame
    events: pd.DataFrame
    level: float
    is_old: bool = False
    instead: str = ""


def chart(fields: Sequence[Field], first: date, last: date, labels: Mapping[int, str]) -> Chart:
    """Return a ribbon for each field, under one axis of years, with the level of today behind."""
    years = last.year - first.year
    # About twelve years at most are named.
    x = time_axis(first, last, step=1 + years // 12)
    days_a_pixel = (x.last - x.first) / _WIDE
    square_start = x.last + _SQUARE_AFTER * days_a_pixel
    square_end = square_start + _SQUARE * days_a_pixel
    # px left of the plot: the longest name, and air.
    left = 16 + max(theme.text_width(field.name, 13) for field in fields)

    marks: list[Mark] = []
    spoken = []
    middle = _ROW / 2
    for field in fields:
        low = middle - _BAND / 2
        high = middle + _BAND / 2
        marks.append(Text(x.first, middle, field.name, dx=-left))
        marks += ribbon.band(field.runs, x, labels, low=low, high=high)
        marks += ribbon.points(field.events, x, middle)

        level = field.level
        if isnan(level):
            marks.append(Text(x.last, middle, field.instead, color="muted", dx=_SQUARE_AFTER))
            # A screen reader hears that there is nothing.
            label = field.instead if field.instead else stance.NONE
        else:
            label = labels[int(level)]
            square = Bar(
                x0=square_start,
                x1=square_end,
                y0=middle - _SQUARE / 2,
                y1=middle + _SQUARE / 2,
                fill=theme.level_token(level, field.is_old),
                round=2,
                edge=theme.level_token(level),
            )
            marks.append(square)
            marks.append(Text(x.last, middle, label, strong=True, dx=_LABEL_AFTER))
        spoken.append(f"{field.name} {label}")
        middle += _ROW

    # Its height is in px, across it are days.
    full_height = _ROW * len(fields)
    plot = Plot(
        x=x,
        y=Axis(0, full_height),
        marks=marks,
        high=full_height,
        margins=(left, 0, _RIGHT, 24),
    )
    keys = [Key("act"), Key("statement", "small"), Key(stance.OLD, "stripes", color="muted")]
    return Chart("; ".join(spoken), plot, legend=keys, scale=labels)
