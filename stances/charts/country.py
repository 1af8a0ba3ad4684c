"""The ribbons of a country, one a field, with its acts and statements: its picture."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from stances.answers import stance
from stances.charts import ribbon, theme
from stances.charts.plot import Axis, Bars, Chart, Key, Mark, Plot, Text, time_axis

_ROW, _BAND = 34, 22  # px


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
    left = 16 + max(theme.wide(field.name, 13) for field in fields)
    marks, said = list[Mark](), list[str]()
    for n, field in enumerate(fields):
        middle = _ROW * (n + 0.5)
        marks.append(Text(x.first, middle, field.name, dx=-left))
        marks.append(ribbon.band(field.runs, x, labels, middle - _BAND / 2, middle + _BAND / 2))
        marks += ribbon.points(field.events, x, middle)
        known = field.level == field.level
        word = labels[int(field.level)] if known else field.instead
        token = theme.level_token(field.level, field.is_old)
        said.append(f"{field.name} {word or stance.NONE}")
        if known:
            edge = token.removeprefix("old ")
            marks.append(Bars(*_square(x, middle), [token], round=2, edge=edge))
        look = ("ink", 13, "start", True, 30) if known else ("muted", 13, "start", False, 12)
        marks.append(Text(x.last, middle, word, *look))
    high = float(_ROW * len(fields))
    keys = [Key("act"), Key("statement", "small"), Key(stance.OLD, "stripes", "muted")]
    plot = Plot(x, Axis(0, high), marks, high, (left, 0, 118, 24))
    return Chart("; ".join(said), plot, False, keys, labels)


def _square(x: Axis, middle: float) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return the sides of a square behind the ribbons, in a picture's width."""
    day = (x.last - x.first) / 530
    return [x.last + 12 * day], [x.last + 23 * day], [middle - 5.5], [middle + 5.5]
