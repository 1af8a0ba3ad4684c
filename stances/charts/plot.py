"""A chart, described once: axes and marks, without a library's words.

`svg.py` draws it for pages and pictures, `live.py` hands it to plotly where a reader zooms. Colours
are tokens of `theme.py`. A day stands on an axis as its number (days since 1970). Where a mark
takes `hover` or `links`, they are empty or one a place; texts are not escaped here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from math import isnan
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances.charts import theme
from stances.dataset.days import day_number

Numbers = Sequence[float]
Texts = Sequence[str]


class Tick(NamedTuple):
    """A value that is named; `color`: of a square before its name (of names above a plot, of a bar
    over it), empty: none; `minor`: a telephone leaves it out.
    """

    value: float
    label: str
    color: str = ""
    minor: bool = False


@dataclass(frozen=True)
class Axis:
    """From `first` (left, or top) to `last`; `grid`: lines at its ticks; `top`: names above."""

    first: float
    last: float
    ticks: Sequence[Tick] = ()
    grid: bool = False
    top: bool = False

    def part(self, value: float) -> float:
        """Return how far along the axis a value lies, from 0 to 1, beyond where it lies outside."""
        # An axis of no length has all at its beginning.
        return (value - self.first) / ((self.last - self.first) or 1)


@dataclass(frozen=True)
class Line:
    """A line through points, broken where y is missing (NaN); `width`: px; `dash`: px of strokes
    and gaps, "8 3", empty: none; `dy`: px by which it is set off, downwards, as in all marks.
    """

    x: Numbers
    y: Numbers
    color: str
    width: float = 1.8
    dash: str = ""
    name: str = ""
    dy: float = 0


@dataclass(frozen=True)
class Area:
    """What lies between two lines, `low` and `high` at each x; missing (NaN) where either is."""

    x: Numbers
    low: Numbers
    high: Numbers
    color: str
    opacity: float | None = None

    def outlines(self) -> Iterator[tuple[list[float], list[float]]]:
        """Yield a polygon, x and y, for each stretch in which both ends are known."""
        points = zip(self.x, self.low, self.high, strict=True)
        for is_known, stretch in groupby(points, key=_is_known):
            if is_known:
                x, low, high = zip(*stretch, strict=True)
                # Out along the upper line, and back along the lower.
                across = [*x, *reversed(x)]
                up = [*high, *reversed(low)]
                yield across, up


def _is_known(point: tuple[float, float, float]) -> bool:
    """Say whether a point (x, low, high) has both ends."""
    _, low, high = point
    # A sum with NaN is NaN.
    return not isnan(low + high)


@dataclass(frozen=True)
class Dots:
    """Circles of `size` px across, with an edge of `thick` px; those with a NaN are not drawn."""

    x: Numbers
    y: Numbers
    fill: str
    edge: str
    size: float = 9
    thick: float = 1.5
    hover: Texts = ()
    links: Texts = ()
    dy: float = 0


@dataclass(frozen=True)
class Bar:
    """A rectangle of values, in any order of its ends; `gap`: px left free above it, where bars
    stand on one another; `round`: px of its corners; `edge`: the colour of its outline, empty:
    none.
    """

    x0: float
    x1: float
    y0: float
    y1: float
    fill: str
    gap: float = 0
    round: float | None = None
    edge: str = ""


def dot(x: float, y: float, fill: str, edge: str, size: float, thick: float) -> Dots:
    """Return a single circle."""
    return Dots(x=[x], y=[y], fill=fill, edge=edge, size=size, thick=thick)


@dataclass(frozen=True)
class Rule:
    """An upright line through the plot at a value of its x; `up`: px that it stands out above."""

    x: float
    color: str = "line"
    dash: str = ""
    up: float = 0


@dataclass(frozen=True)
class Text:
    """A text at values, `dx`, `dy` px beside, its middle at y; `lead`: what stands bold before it;
    `anchor`: which part of it is at x, the `start`, `middle` or `end`; `strong`: bold; `halo`: the
    background around its letters, where it stands on lines; `minor`: a telephone leaves it out.
    Without words nothing is drawn.
    """

    x: float
    y: float
    text: str
    color: str = "ink"
    size: float = 13
    anchor: str = "start"
    strong: bool = False
    dx: float = 0
    dy: float = 0
    lead: str = ""
    halo: bool = False
    minor: bool = False


@dataclass(frozen=True)
class Group:
    """Marks that are told of as one (`hover`), and lead to one place (`link`; empty: none)."""

    marks: Sequence["Mark"]
    hover: str = ""
    link: str = ""


Mark = Line | Area | Dots | Bar | Rule | Text | Group


@dataclass(frozen=True)
class Plot:
    """Marks on two axes, later ones upon earlier ones: `high` px of the plot; `margins`: free
    around it, left, top, right, bottom px.
    """

    x: Axis
    y: Axis
    marks: Sequence[Mark]
    high: float
    margins: tuple[float, float, float, float] = (0, 0, 0, 0)

    @property
    def full_height(self) -> float:
        """Return the height with what is free around it."""
        return self.high + self.margins[1] + self.margins[3]


class Key(NamedTuple):
    """What a mark means. `shape`: a `dot`, a `small` or `hollow` one, a `square`, one of `stripes`
    (old levels), a `band` (a margin) or a `bar` (days).
    """

    text: str
    shape: str = "dot"
    color: str = "ink"

    @property
    def width(self) -> int:
        """Return the width of the mark in px."""
        return 18 if self.shape in ("band", "bar") else 12


@dataclass(frozen=True)
class Chart:
    """A chart: `alt` of its page, `title` and `subtitle` of its picture.

    `plot`: None where there is nothing to draw; `narrow`: its drawing on a telephone, None: the
    same; `scale`: labels of the levels, where a scale bar and the keys beside it tell of its
    colours, else empty.
    """

    alt: str = ""
    plot: Plot | None = None
    narrow: Plot | None = None
    legend: Sequence[Key] = ()
    scale: Mapping[int, str] = field(default_factory=dict)
    title: str = ""
    subtitle: str = ""


def day_numbers(days: "pd.Series[Any]") -> list[float]:
    """Return a column of days as their numbers, NaN where there is none."""
    times = days.to_numpy("datetime64[D]")
    in_days = np.where(np.isnat(times), np.nan, times.astype(np.int64))
    figures: list[float] = in_days.tolist()
    return figures


def extent(first: date, last: date) -> tuple[int, int]:
    """Return the numbers of two days as the ends of an axis, which is a day long at least."""
    start = day_number(first)
    return start, max(day_number(last), start + 1)


def day_at(number: float) -> date:
    """Return the day of a number."""
    return date(1970, 1, 1) + timedelta(days=int(number))


def time_axis(first: date, last: date, step: int = 1, grid: bool = False) -> Axis:
    """Return the axis of a period, every `step`-th year named where it begins; the first alone
    where none of these begins in it.
    """
    start, end = extent(first, last)
    ticks: list[Tick] = []
    for year in range(first.year, last.year + 1, step):
        day = day_number(date(year, 1, 1))
        # A year that began up to 45 days before the period is named where this begins; of a year
        # that began earlier still, less is shown than its name would say.
        if day > start - 45:
            ticks.append(Tick(max(day, start), str(year)))
    if not ticks:
        ticks.append(Tick(start, str(first.year)))
    return Axis(start, end, ticks=ticks, grid=grid)


def level_axis(labels: Mapping[int, str], lowest: int, highest: int) -> Axis:
    """Return the axis of levels, the highest on top, each named by word and colour."""
    ticks = []
    for level in range(lowest, highest + 1):
        ticks.append(Tick(level, labels[level], color=theme.level_token(level)))
    return Axis(highest, lowest, ticks=ticks, grid=True)


def apart(wanted: Numbers, gap: float, low: float, high: float) -> list[float]:
    """Return places near those wanted, `gap` between any two, within two ends, in the order of
    `wanted`. All in one unit, such as px; where too many are wanted, the last lie beyond the end.
    """
    # Each of places side by side, by their positions in `wanted`. A block lies as near as can be to
    # what its members want on average.
    blocks: list[list[int]] = []

    def start(block: list[int]) -> float:
        """Return the first place of a block, which it takes with its middle at what is wanted."""
        length = gap * (len(block) - 1)
        wanted_start = sum(wanted[n] for n in block) / len(block) - length / 2
        return max(low, min(wanted_start, high - length))

    for n in sorted(range(len(wanted)), key=wanted.__getitem__):
        block = [n]
        # What runs into the block before joins it, which may then run into the one before.
        while blocks:
            room = start(block) - start(blocks[-1])
            # What is left of rounding is no collision.
            if room >= gap * len(blocks[-1]) - 1e-6:
                break
            block = blocks.pop() + block
        blocks.append(block)

    places = [0.0] * len(wanted)
    for block in blocks:
        first = start(block)
        for position, n in enumerate(block):
            places[n] = first + gap * position
    return places


def spread(
    texts: Sequence[Text], axis: Axis, high: float, gap: float, below: float = 0
) -> list[Text]:
    """Return texts beside a plot of `high` px set off so that they keep `gap` px apart, as near as
    can be to where they belong; they may lie `below` px under it.
    """
    heights = [high * axis.part(text.y) for text in texts]
    places = apart(heights, gap=gap, low=0, high=high + below)
    moved = []
    for text, height, place in zip(texts, heights, places, strict=True):
        moved.append(replace(text, dy=place - height))
    return moved
