"""The ribbons of a country, one a field, with its acts and statements: its picture."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from typing import NamedTuple

import pandas as pd

from stances.answers import stance
from stances.charts import ribbon, theme
from stances.charts.plot import Axis, Chart, Key, Mark, Plot, Text, bar, time_axis

_ROW = 34  # px
_BAND = 22  # px
_RIGHT = 118  # px for the level in words
# px of the plot, to set a square by px on an axis of days.
_WIDE = 530


class Field(NamedTuple):
    """A row: runs and events as of `ribbon.svg`, the level now, or what is said in its place."""

    name: str
    runs: pd.DataFrame
    events: pd.DataFrame
    level: float
    is_old: bool = False
    instead: str = ""


def chart(fields: Sequence[Field], first: date, last: date, labels: Mapping[int, str]) -> Chart:
    """Return a ribbon for each field, under one axis of years, with the level of today behind."""
    x = time_axis(first, last, 1 + (last.year - first.year) // 12)
    pixel = (x.last - x.first) / _WIDE
    left = 16 + max(theme.text_width(field.name, 13) for field in fields)

    marks = list[Mark]()
    spoken = list[str]()
    middle = _ROW / 2
    for field in fields:
        marks.append(Text(x.first, middle, field.name, dx=-left))
        band = ribbon.band(field.runs, x, labels, middle - _BAND / 2, middle + _BAND / 2)
        marks.append(band)
        marks += ribbon.points(field.events, x, middle)
        if isnan(field.level):
            marks.append(Text(x.last, middle, field.instead, "muted", dx=12))
            spoken.append(f"{field.name} {field.instead or stance.NONE}")
        else:
            token = theme.level_token(field.level, field.is_old)
            edge = theme.level_token(field.level)
            start = x.last + 12 * pixel
            end = x.last + 23 * pixel
            square = bar(start, end, middle - 5.5, middle + 5.5, token, round=2, edge=edge)
            label = labels[int(field.level)]
            marks += [square, Text(x.last, middle, label, strong=True, dx=30)]
            spoken.append(f"{field.name} {label}")
        middle += _ROW

    high = float(_ROW * len(fields))
    keys = [Key("act"), Key("statement", "small"), Key(stance.OLD, "stripes", "muted")]
    plot = Plot(x, Axis(0, high), marks, high, (left, 0, _RIGHT, 24))
    return Chart("; ".join(spoken), plot, False, keys, labels)
