"""Lines of levels through time, with what happened, acts as dots, and one margin of doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import ceil, floor
from typing import NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.charts import theme
from stances.charts.plot import (
    Area,
    Axis,
    Chart,
    Dots,
    Group,
    Key,
    Line,
    Mark,
    Plot,
    Rule,
    Text,
    apart,
    level_axis,
    number,
    numbers,
    time_axis,
)  # fmt: skip
from stances.model.stance import level_of

_HIGH, _ROW, _OFF = 372, 16, 3.2  # px
# A line that ended so many days before the last bears its name where it ends.
_ENDED = 90
# Of the wide drawing and the narrow: px free on its left, px of its narrowest place, years apart.
_WIDE, _NARROW = (96, 636, 1), (70, 288, 2)


class Happened(NamedTuple):
    """An event at the top of the chart: two to four words, its day and address."""

    label: str
    day: date
    link: str = ""


def chart(
    lines: pd.DataFrame,
    names: Mapping[str, str],
    events: Sequence[Happened],
    first: date,
    last: date,
    labels: Mapping[int, str],
    acts: pd.DataFrame | None = None,
    links: Mapping[str, str] | None = None,
) -> Chart:
    """Return the lines of `names`, in its order; the first is the subject of the headline.

    `lines`: key, date, stance, low, high; `acts`: key, date, title, link; `links`: of the lines.
    """
    lines = lines[lines["date"] <= pd.Timestamp(last)]
    known = lines.dropna(subset=["stance"])
    if known.empty:
        return Chart()
    names = {key: name for key, name in names.items() if (known["key"] == key).any()}
    series = {key: lines[lines["key"] == key] for key in names}
    # The axis ends a level above the highest line, and not below a margin that is drawn.
    margin = known.loc[known["key"].isin(_doubtful(names)), "high"].max()
    top = max(floor(known["stance"].max()) + 1, ceil(margin - 1e-6), min(labels) + 2)
    y = level_axis(labels, min(labels), min(top, max(labels)))
    shown, drawn = [one for one in events if first < one.day < last][:4], list[Plot]()
    for left, least, step in (_WIDE, _NARROW):
        x = time_axis(first, last, step * (1 + (last.year - first.year) // 12))
        right = 14 + max(theme.wide(name, 13, True) for name in names.values())
        up, behind = _happened(shown, x, y.first, (left, least, right))
        margins, over = _lines(series, names, x, y, acts, links or {})
        drawn.append(Plot(x, y, [*margins, *behind, *over], _HIGH, (left, up, right, 26)))
    legend = [Key("margin of doubt", "band")]
    if acts is not None and len(acts):
        legend.insert(0, Key("act"))
    ends = known.groupby("key")["stance"].last()
    at = dict(zip(ends.index, level_of(ends.to_numpy()), strict=True))
    said = ", ".join(f"{name} {labels[int(at[key])]}" for key, name in names.items())
    alt = f"Levels from {first.year} to {last.year}, at the end: {said}"
    return Chart(alt, *drawn, legend)


def _doubtful(names: Mapping[str, str]) -> list[str]:
    """Return whose margins are drawn: the subject's, or both where two are compared."""
    return list(names)[: 2 if len(names) == 2 else 1]


def _lines(
    series: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    x: Axis,
    y: Axis,
    acts: pd.DataFrame | None,
    links: Mapping[str, str],
) -> tuple[list[Mark], list[Mark]]:
    """Return the margins, and the lines with their acts, the subject on top, and their names."""
    days = {key: numbers(rows["date"]) for key, rows in series.items()}
    heights = {key: rows["stance"].tolist() for key, rows in series.items()}
    off = _set_off(days, heights, x, y)
    margins, drawn = list[Mark](), list[Mark]()
    for n, (key, name) in reversed(list(enumerate(names.items()))):
        color, width = theme.LINES[n], 1.8 if n else 3.6
        if key in _doubtful(names):
            low, high = (series[key][side].clip(y.last, y.first) for side in ("low", "high"))
            margins.append(Area(days[key], low.tolist(), high.tolist(), color, 0.1))
        line = Line(days[key], heights[key], color, width, theme.DASHES[n], name, off[key])
        drawn.append(line)
        if acts is not None:
            drawn.append(_dots(acts[acts["key"] == key], line))
    found = _ends(days, heights, names, x, y)
    return margins, drawn + [Group([at], at.text, links.get(key, "")) for key, at in found.items()]


def _dots(acts: pd.DataFrame, line: Line) -> Dots:
    """Return the acts of a line on it."""
    days = numbers(acts["date"])
    places = np.searchsorted(line.x, days, side="right") - 1
    heights = [line.y[place] if place >= 0 else float("nan") for place in places]
    rows = zip(acts["date"], acts["title"], strict=True)
    told = [f"{words.day(day)}  {line.name}: {title}" for day, title in rows]
    links = list(acts["link"]) if "link" in acts else ()
    return Dots(days, heights, line.color, "bg", 9, 1.6, told, links, line.dy)


def _set_off(
    days: Mapping[str, list[float]], heights: Mapping[str, list[float]], x: Axis, y: Axis
) -> dict[str, float]:
    """Return by how many px each line is set off from earlier ones that it would cover."""
    grid = np.linspace(x.first, x.last, 240)
    drawn, off = dict[str, np.ndarray](), dict[str, float]()
    for key in days:
        place = np.searchsorted(days[key], grid, side="right") - 1
        own = np.where(place >= 0, np.asarray(heights[key])[np.maximum(place, 0)], np.nan)
        own = own * _HIGH / abs(y.first - y.last)
        taken = {off[of] for of, at in drawn.items() if np.mean(np.abs(own - at) < 2) > 0.03}
        steps = (sign * n * _OFF for n in range(9) for sign in (1, -1))
        off[key], drawn[key] = next(step for step in steps if step not in taken), own
    return off


def _ends(
    days: Mapping[str, list[float]],
    heights: Mapping[str, list[float]],
    names: Mapping[str, str],
    x: Axis,
    y: Axis,
) -> dict[str, Text]:
    """Return the name of each line at its end, those at the right edge clear of one another."""
    found = dict[str, Text]()
    for n, (key, name) in enumerate(names.items()):
        place = int(np.flatnonzero(~np.isnan(heights[key]))[-1])
        ended = days[key][place + 1] if place + 1 < len(days[key]) else x.last
        at = ended if ended < x.last - _ENDED else x.last
        look = {"strong": True, "dx": 10.0, "halo": at < x.last}
        found[key] = Text(at, heights[key][place], name, theme.LINES[n], **look)
    edge = [key for key, end in found.items() if end.x == x.last]
    wanted = [_HIGH * y.part(found[key].y) for key in edge]
    for key, want, place in zip(edge, wanted, apart(wanted, _ROW, 0, _HIGH + 4), strict=True):
        found[key] = replace(found[key], dy=place - want)
    return found


def _happened(
    events: Sequence[Happened], x: Axis, top: float, room: tuple[float, float, float]
) -> tuple[float, list[Mark]]:
    """Return the px above the plot, and a dotted line for each event with its words on top."""
    left, place, right = room
    least = place - left - right
    places = [least * x.part(number(one.day)) for one in events]
    sizes = [theme.wide(one.label, 12) + 8 for one in events]
    bounds = -left, least + right
    rows = next(
        (found for most in range(5) if (found := _rows(places, sizes, bounds, most)) is not None),
        [(n, 1) for n in range(len(events))],
    )
    most = 1 + max((row for row, _ in rows), default=-1)
    marks = list[Mark]()
    for one, (row, side) in zip(events, rows, strict=True):
        day, up = number(one.day), 8 + _ROW * (most - row)
        anchor = "start" if side > 0 else "end"
        label = Text(day, top, one.label, "muted", 12, anchor, dx=5 * side, dy=6 - up)
        marks.append(Rule("edge", x=day, dash="1.5 3", up=up))
        marks.append(Group([label], f"{one.label}, {words.day(one.day)}", one.link))
    return 14 + _ROW * most, marks


def _rows(
    places: Sequence[float], sizes: Sequence[float], bounds: tuple[float, float], most: int
) -> list[tuple[int, int]] | None:
    """Return for each label its row (0: on top) and side (1: right of its line), or None.

    A label lies within the bounds, on no other label of its row, and on no line that reaches it.
    """

    def box(n: int, side: int) -> tuple[float, float]:
        return (places[n], places[n] + sizes[n]) if side > 0 else (places[n] - sizes[n], places[n])

    def clash(n: int, mine: tuple[int, int], other: int, theirs: tuple[int, int]) -> bool:
        (low, high), (left, right) = box(n, mine[1]), box(other, theirs[1])
        crossed = theirs[0] <= mine[0] and low < places[other] < high
        crosses = mine[0] <= theirs[0] and left < places[n] < right
        return crossed or crosses or (mine[0] == theirs[0] and low < right and left < high)

    def placed(taken: list[tuple[int, int]]) -> list[tuple[int, int]] | None:
        n = len(taken)
        if n == len(places):
            return taken
        for mine in ((row, side) for row in range(most) for side in (1, -1)):
            low, high = box(n, mine[1])
            if low < bounds[0] or high > bounds[1]:
                continue
            if any(clash(n, mine, other, theirs) for other, theirs in enumerate(taken)):
                continue
            if (found := placed([*taken, mine])) is not None:
                return found
        return None

    return placed([])
