"""The ribbon: a band of time in the colours of levels, on cards, a country's fields, a group."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from stances import words
from stances.charts import levels, theme
from stances.charts.plot import Axis, Bars, Dots, Mark, Plot, number, numbers
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
    axis = Axis(number(first), number(last), days=True)
    marks = [bars(runs, axis, labels), *(points(dots, axis) if dots is not None else ())]
    plot = Plot(axis, Axis(0, 1), marks, high)
    return fluid(plot, alt(runs, first, last, labels, name), "ribbon")


def stacked(
    shares: pd.DataFrame, first: date, last: date, labels: Mapping[int, str], name: str = ""
) -> str:
    """Return the ribbon of a group: its members at each level, stacked. `shares`: as of `levels`."""
    axis = Axis(number(first), number(last), days=True)
    now = shares.iloc[-1]
    counts = [f"{int(now[str(n)])} {label}" for n, label in labels.items() if now[str(n)]]
    said = f"{name}: {', '.join(counts)}".removeprefix(": ")
    most = Axis(float(shares["members"].max()), 0)
    marks = [Bars([axis.first], [axis.last], [most.first], [0], ["land"]), *levels.areas(shares)]
    return fluid(Plot(axis, most, marks, 30), said, "ribbon")


def bars(
    runs: pd.DataFrame, axis: Axis, labels: Mapping[int, str], low: float = 0, high: float = 1
) -> Bars:
    """Return the runs of levels between two heights, on the ground of no position."""
    boxes: list[tuple[float, float, str, str]] = [(axis.first, axis.last, "land", "")]
    ends = zip(numbers(runs["since"]), numbers(runs["until"]), strict=True)
    for (since, until), level, old in zip(ends, runs["level"], runs["is_old"], strict=True):
        start, end = max(since, axis.first), min(until if until == until else axis.last, axis.last)
        if start < end and level == level:
            told = f"{labels[int(level)]}{' (old statements)' if old else ''}, from {_day(since)}"
            boxes.append((start, end, theme.level_token(level, bool(old)), told))
    x0, x1, fill, hover = map(list, zip(*boxes, strict=True))
    return Bars(x0, x1, [low] * len(x0), [high] * len(x0), fill, hover)  # type: ignore[arg-type]


def points(events: pd.DataFrame, axis: Axis, middle: float = 0.5, by: float = 1) -> list[Mark]:
    """Return the dots of events: acts large, over statements, small."""
    marks: list[Mark] = []
    for binding, size, thick in ((False, 4.5, 1), (True, 9.5, 1.5)):
        rows = events[events["binding"].astype(bool) == binding]
        days = [
            day if axis.first <= day <= axis.last else float("nan") for day in numbers(rows["date"])
        ]
        hover = [f"{_day(day)}  {title}" for day, title in zip(days, rows["title"], strict=True)]
        look: dict[str, Any] = {"size": size * by, "thick": thick, "hover": hover}
        marks.append(Dots(days, [middle] * len(days), "#14161a", "#ffffff", **look))
    return marks


def alt(
    runs: pd.DataFrame, first: date, last: date, labels: Mapping[int, str], name: str = ""
) -> str:
    """Return the levels of a ribbon in words, one after another."""
    steps = list[str]()
    within = runs[(pd.to_datetime(runs["until"]) > pd.Timestamp(first)) | runs["until"].isna()]
    said = [
        (labels[int(level)] if level == level else "no position", since)
        for level, since in zip(within["level"], numbers(within["since"]), strict=True)
    ]
    for label, group in groupby(said, key=lambda one: one[0]):
        since = next(group)[1]
        steps.append(label if since <= number(first) else f"{label} from {_day(since)}")
    found = ", ".join(steps) or f"no position from {first.year} to {last.year}"
    return f"{name}: {found}".removeprefix(": ")


def _day(at: float) -> str:
    return "" if at != at else words.day(date.fromordinal(int(at) + date(1970, 1, 1).toordinal()))
