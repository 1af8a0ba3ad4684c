"""The ribbon: a band of time in the colours of levels, on cards, a country's fields, a group."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers import stance
from stances.charts import levels, theme
from stances.charts.plot import Axis, Bar, Dots, Group, Mark, Plot, day_at, day_numbers, extent
from stances.charts.svg import fluid


def svg(
    runs: pd.DataFrame,
    first: date,
    last: date,
    labels: Mapping[int, str],
    name: str,
    high: float = 12,
    dots: pd.DataFrame | None = None,
) -> str:
    """Return the ribbon of an actor in a field, from one day to another.

    `runs`: since, until (not within; NaT: it lasts), level (NaN: none), is_old; `dots`: date,
    binding, title, of which acts are large and statements small; `name`: what a screen reader says
    before the levels; `high`: px.
    """
    start, end = extent(first, last)
    axis = Axis(start, end)
    marks = band(runs, axis, labels)
    if dots is not None:
        marks += points(dots, axis)
    plot = Plot(x=axis, y=Axis(0, 1), marks=marks, high=high)
    text = alt(runs, first, last, labels, name)
    return fluid(plot, text, "ribbon")


def stacked(
    shares: pd.DataFrame, first: date, last: date, labels: Mapping[int, str], name: str
) -> str:
    """Return the ribbon of a group, its members at each level stacked. `shares`: as of
    `levels.areas`; `name`: as of `svg`.
    """
    start, end = extent(first, last)
    # Its height at any time; what no level fills is the ground.
    member_count = float(shares["members"].max())
    ground = Bar(x0=start, x1=end, y0=member_count, y1=0, fill="land")
    areas = levels.areas(shares, start, end)

    plot = Plot(
        x=Axis(start, end),
        y=Axis(member_count, 0),
        marks=[ground, *areas],
        high=30,
    )
    counts = levels.counted(shares.iloc[-1], labels)
    return fluid(plot, f"{name}: {counts}", "ribbon")


def band(
    runs: pd.DataFrame, axis: Axis, labels: Mapping[int, str], low: float = 0, high: float = 1
) -> list[Mark]:
    """Return the runs of levels between two heights, on the ground of no position."""
    ground = Bar(axis.first, axis.last, low, high, fill="land")
    marks: list[Mark] = [ground]
    for since, until, level, is_old in _rows(runs):
        start = max(since, axis.first)
        end = axis.last if isnan(until) else min(until, axis.last)
        if isnan(level) or start >= end:
            continue
        run = Bar(start, end, low, high, fill=theme.level_token(level, is_old))
        note = f" ({stance.OLD})" if is_old else ""
        marks.append(Group([run], f"{labels[int(level)]}{note}, from {_day(since)}"))
    return marks


def _rows(runs: pd.DataFrame) -> Iterator[tuple[float, float, float, bool]]:
    """Yield the runs: the days of both ends as numbers (NaN: no end), the level (NaN: none),
    whether it is old.
    """
    since_days = day_numbers(runs["since"])
    until_days = day_numbers(runs["until"])
    return zip(
        since_days,
        until_days,
        runs["level"],
        runs["is_old"],
        strict=True,
    )


def points(events: pd.DataFrame, axis: Axis, middle: float = 0.5) -> list[Mark]:
    """Return the dots of events (date, binding, title) at a height, those beyond the axis left out:
    acts large, over statements, small.
    """
    # Arrays: frames of the few events of a field would cost more than their drawing.
    days = np.array(day_numbers(events["date"]))
    titles = events["title"].to_numpy()
    is_act = events["binding"].to_numpy(bool)
    is_there = (days >= axis.first) & (days <= axis.last)
    statements = is_there & ~is_act
    acts = is_there & is_act
    return [
        _dots(days[statements], titles[statements], middle, size=4.5, thick=1),
        _dots(days[acts], titles[acts], middle, size=9.5, thick=1.5),
    ]


def _dots(
    days: NDArray[Any], titles: NDArray[Any], middle: float, size: float, thick: float
) -> Dots:
    """Return dots in px at some days, with the titles of their events."""
    x = days.tolist()
    y = [middle] * len(x)
    hover = [f"{_day(day)}  {title}" for day, title in zip(x, titles, strict=True)]
    # Black with a white edge in both modes: they lie on levels, which keep their colours too.
    return Dots(
        x=x,
        y=y,
        fill="#14161a",
        edge="#ffffff",
        size=size,
        thick=thick,
        hover=hover,
    )


def alt(runs: pd.DataFrame, first: date, last: date, labels: Mapping[int, str], name: str) -> str:
    """Return the levels of a ribbon in words, one after another, behind its name."""
    start, end = extent(first, last)
    steps = []
    label_before = ""
    for since, until, level, _ in _rows(runs):
        label = stance.NONE if isnan(level) else labels[int(level)]
        # Runs differ also in being old, which is not said here. A run that lasts ends at NaN, which
        # is before nothing.
        if since > end or until <= start or label == label_before:
            continue
        label_before = label
        # What held already when the ribbon begins has no day here.
        if since > start:
            label += f" from {_day(since)}"
        steps.append(label)
    return f"{name}: {', '.join(steps)}"


def _day(number: float) -> str:
    """Return a number of days in words."""
    return words.day(day_at(number))
