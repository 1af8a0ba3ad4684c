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
from stances.charts.plot import Axis, Bars, Dots, Mark, Plot, bar, day_at, day_numbers, extent
from stances.charts.svg import fluid


def svg(
    runs: pd.DataFrame,
    first: date,
    last: date,
    labels: Mapping[int, str],
    name: str = "",
    high: float = 12,
    dots: pd.DataFrame | None = None,
) -> str:
    """Return the ribbon of an actor in a field, from one day to another.

    `runs`: since, until (not within), level, is_old; `dots`: date, binding, title, of which acts
    are large and statements small; `name`: what a screen reader says before the levels.
    """
    start, end = extent(first, last)
    axis = Axis(start, end)
    marks: list[Mark] = [band(runs, axis, labels)]
    if dots is not None:
        marks += points(dots, axis)
    plot = Plot(x=axis, y=Axis(0, 1), marks=marks, high=high)
    text = alt(runs, first, last, labels, name)
    return fluid(plot, text, "ribbon")


def stacked(
    shares: pd.DataFrame, first: date, last: date, labels: Mapping[int, str], name: str = ""
) -> str:
    """Return the ribbon of a group, its members at each level stacked: `shares` as of `levels`."""
    start, end = extent(first, last)
    member_count = float(shares["members"].max())
    ground = bar(x0=start, x1=end, y0=member_count, y1=0, fill="land")
    areas = levels.areas(shares, start, end)

    plot = Plot(
        x=Axis(start, end),
        y=Axis(member_count, 0),
        marks=[ground, *areas],
        high=30,
    )
    counts = levels.counted(shares, labels)
    return fluid(plot, _named(name, counts), "ribbon")


def band(
    runs: pd.DataFrame, axis: Axis, labels: Mapping[int, str], low: float = 0, high: float = 1
) -> Bars:
    """Return the runs of levels between two heights, on the ground of no position."""
    # The first bar is the ground.
    x0 = [axis.first]
    x1 = [axis.last]
    fill = ["land"]
    hover = [""]
    for since, until, level, is_old in _rows(runs):
        start = max(since, axis.first)
        end = axis.last if isnan(until) else min(until, axis.last)
        if isnan(level) or start >= end:
            continue
        x0.append(start)
        x1.append(end)
        fill.append(theme.level_token(level, is_old))
        note = f" ({stance.OLD})" if is_old else ""
        hover.append(f"{labels[int(level)]}{note}, from {_day(since)}")

    return Bars(
        x0=x0,
        x1=x1,
        y0=[low] * len(x0),
        y1=[high] * len(x0),
        fill=fill,
        hover=hover,
    )


def _rows(runs: pd.DataFrame) -> Iterator[tuple[float, float, float, bool]]:
    """Yield the runs: the days of both ends as day_numbers, the level, whether it is old."""
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


def alt(
    runs: pd.DataFrame, first: date, last: date, labels: Mapping[int, str], name: str = ""
) -> str:
    """Return the levels of a ribbon in words, one after another."""
    start, end = extent(first, last)
    steps = []
    label_before = ""
    for since, until, level, _ in _rows(runs):
        label = stance.NONE if isnan(level) else labels[int(level)]
        if since > end or until <= start or label == label_before:
            continue
        label_before = label
        if since > start:
            label += f" from {_day(since)}"
        steps.append(label)
    if not steps:
        steps = [f"{stance.NONE} from {first.year} to {last.year}"]
    return _named(name, ", ".join(steps))


def _named(name: str, text: str) -> str:
    """Return a text behind a name, where there is one."""
    if name:
        return f"{name}: {text}"
    return text


def _day(number: float) -> str:
    """Return a number of days in words."""
    return words.day(day_at(number))
