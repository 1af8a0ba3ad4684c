"""The ribbon: a band of time in the colours of levels, on cards, a country's fields, a group."""

from collections.abc import Mapping
from datetime import date
from math import isnan

import pandas as pd

from stances import words
from stances.answers import stance
from stances.charts import levels, theme
from stances.charts.plot import Axis, Bars, Dots, Mark, Plot, day_at, extent, numbers
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
    axis = Axis(*extent(first, last))
    marks = [band(runs, axis, labels), *(points(dots, axis) if dots is not None else ())]
    plot = Plot(axis, Axis(0, 1), marks, high)
    return fluid(plot, alt(runs, first, last, labels, name), "ribbon")


def stacked(
    shares: pd.DataFrame, first: date, last: date, labels: Mapping[int, str], name: str = ""
) -> str:
    """Return the ribbon of a group, its members at each level stacked: `shares` as of `levels`."""
    x, most = Axis(*extent(first, last)), float(shares["members"].max())
    ground = Bars([x.first], [x.last], [most], [0], ["land"])
    plot = Plot(x, Axis(most, 0), [ground, *levels.areas(shares, x.first, x.last)], 30)
    return fluid(plot, f"{name}: {levels.counted(shares, labels)}".removeprefix(": "), "ribbon")


def band(
    runs: pd.DataFrame, axis: Axis, labels: Mapping[int, str], low: float = 0, high: float = 1
) -> Bars:
    """Return the runs of levels between two heights, on the ground of no position."""
    x0, x1, fill, hover = [axis.first], [axis.last], ["land"], [""]
    ends = zip(numbers(runs["since"]), numbers(runs["until"]), strict=True)
    for (since, until), level, old in zip(ends, runs["level"], runs["is_old"], strict=True):
        start, end = max(since, axis.first), axis.last if isnan(until) else min(until, axis.last)
        if start < end and not isnan(level):
            x0.append(start)
            x1.append(end)
            fill.append(theme.level_token(level, bool(old)))
            note = f" ({stance.OLD})" if old else ""
            hover.append(f"{labels[int(level)]}{note}, from {_day(since)}")
    return Bars(x0, x1, [low] * len(x0), [high] * len(x0), fill, hover)


def points(events: pd.DataFrame, axis: Axis, middle: float = 0.5) -> list[Mark]:
    """Return the dots of events: acts large, over statements, small."""
    days = pd.Series(numbers(events["date"]), events.index)
    within, is_act = days.between(axis.first, axis.last), events["binding"].astype(bool)
    marks: list[Mark] = []
    for chosen, size, thick in ((within & ~is_act, 4.5, 1), (within & is_act, 9.5, 1.5)):
        told = zip(days[chosen], events.loc[chosen, "title"], strict=True)
        hover = [f"{_day(day)}  {title}" for day, title in told]
        at, heights = days[chosen].tolist(), [middle] * len(hover)
        marks.append(Dots(at, heights, "#14161a", "#ffffff", size, thick, hover))
    return marks


def alt(
    runs: pd.DataFrame, first: date, last: date, labels: Mapping[int, str], name: str = ""
) -> str:
    """Return the levels of a ribbon in words, one after another."""
    (start, end), steps, before = extent(first, last), list[str](), ""
    ends = zip(numbers(runs["since"]), numbers(runs["until"]), runs["level"], strict=True)
    for since, until, level in ends:
        word = stance.NONE if isnan(level) else labels[int(level)]
        if since <= end and not until <= start and word != before:
            steps.append(word if since <= start else f"{word} from {_day(since)}")
            before = word
    found = ", ".join(steps) or f"{stance.NONE} from {first.year} to {last.year}"
    return f"{name}: {found}".removeprefix(": ")


def _day(at: float) -> str:
    return words.day(day_at(at))
