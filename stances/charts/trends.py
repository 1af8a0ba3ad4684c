"""Lines of levels through time, with what happened, acts as dots, and one margin of doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import ceil, floor
from typing import NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.charts import plot, theme
from stances.dataset.days import day_number
from stances.model.stance import level_of

_HIGH, _ROW, _OFF = 372, 16, 3.2  # px
# A line that ended so many days before the last bears its name where it ends.
_ENDED = 90
# Of the wide drawing and the narrow: px free on its left, px of its narrowest place.
_WIDE, _NARROW = (96, 636), (70, 288)
_YEAR = 34  # px that the name of a year takes


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
) -> plot.Chart:
    """Return the lines of `names`, in its order; the first is the subject of the headline.

    `lines`: key, date, stance, low, high; `acts`: key, date, title, link; `links`: of the lines.
    """
    lines = lines[lines["date"] <= pd.Timestamp(last)]
    known = lines.dropna(subset=["stance"])
    if known.empty:
        return plot.Chart()
    names = {key: name for key, name in names.items() if (known["key"] == key).any()}
    series = {key: lines[lines["key"] == key] for key in names}
    # The axis ends a level above the highest line, and not below a margin that is drawn.
    margin = known.loc[known["key"].isin(_doubtful(names)), "high"].max()
    top = max(floor(known["stance"].max()) + 1, ceil(margin - 1e-6), min(labels) + 2)
    y = plot.level_axis(labels, min(labels), min(top, max(labels)))
    shown, drawn = [one for one in events if first < one.day < last][:4], list[plot.Plot]()
    right = 14 + max(theme.wide(name, 13, True) for name in names.values())
    for left, least in (_WIDE, _NARROW):
        years = (last - first).days / 365
        x = plot.time_axis(first, last, ceil(_YEAR * years / (least - left - right)) or 1)
        up, behind = _happened(shown, x, y.first, (left, least, right))
        margins, over = _lines(series, names, x, y, acts, links or {})
        drawn.append(plot.Plot(x, y, [*margins, *behind, *over], _HIGH, (left, up, right, 26)))
    legend = [plot.Key("margin of doubt", "band")]
    if acts is not None and len(acts):
        legend.insert(0, plot.Key("act"))
    ends = known.groupby("key")["stance"].last()
    at = dict(zip(ends.index, level_of(ends.to_numpy()), strict=True))
    said = ", ".join(f"{name} {labels[int(at[key])]}" for key, name in names.items())
    alt = f"Levels from {first.year} to {last.year}, at the end: {said}"
    wide, narrow = drawn
    return plot.Chart(alt, wide, narrow, legend)


def _doubtful(names: Mapping[str, str]) -> list[str]:
    """Return whose margins are drawn: the subject's, or both where two are compared."""
    return list(names)[: 2 if len(names) == 2 else 1]


def _lines(
    series: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    x: plot.Axis,
    y: plot.Axis,
    acts: pd.DataFrame | None,
    links: Mapping[str, str],
) -> tuple[list[plot.Mark], list[plot.Mark]]:
    """Return the margins, and the lines with their acts, the subject on top, and their names."""
    days = {key: plot.numbers(rows["date"]) for key, rows in series.items()}
    heights = {key: rows["stance"].tolist() for key, rows in series.items()}
    off = _set_off(days, heights, x, y)
    margins, drawn = list[plot.Mark](), list[plot.Mark]()
    for n, (key, name) in reversed(list(enumerate(names.items()))):
        color, width = theme.LINES[n], 1.8 if n else 3.6
        if key in _doubtful(names):
            low, high = (series[key][side].clip(y.last, y.first) for side in ("low", "high"))
            margins.append(plot.Area(days[key], low.tolist(), high.tolist(), color, 0.1))
        line = plot.Line(days[key], heights[key], color, width, theme.DASHES[n], name, off[key])
        drawn.append(line)
        if acts is not None:
            drawn.append(_dots(acts[acts["key"] == key], line))
    for key, end in _ends(days, heights, names, x, y).items():
        drawn.append(plot.Group([end], end.text, links.get(key, "")))
    return margins, drawn


def _dots(acts: pd.DataFrame, line: plot.Line) -> plot.Dots:
    """Return the acts of a line on it."""
    days = plot.numbers(acts["date"])
    places = np.searchsorted(line.x, days, side="right") - 1
    heights = [line.y[place] if place >= 0 else float("nan") for place in places]
    rows = zip(acts["date"], acts["title"], strict=True)
    told = [f"{words.day(day)}  {line.name}: {title}" for day, title in rows]
    links = list(acts["link"]) if "link" in acts else ()
    return plot.Dots(days, heights, line.color, "bg", 9, 1.6, told, links, line.dy)


def _set_off(
    days: Mapping[str, list[float]], heights: Mapping[str, list[float]], x: plot.Axis, y: plot.Axis
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
    x: plot.Axis,
    y: plot.Axis,
) -> dict[str, plot.Text]:
    """Return the name of each line at its end, those at the right edge clear of one another."""
    found = dict[str, plot.Text]()
    for n, (key, name) in enumerate(names.items()):
        place = int(np.flatnonzero(~np.isnan(heights[key]))[-1])
        ended = days[key][place + 1] if place + 1 < len(days[key]) else x.last
        at = ended if ended < x.last - _ENDED else x.last
        end = plot.Text(at, heights[key][place], name, theme.LINES[n], strong=True, dx=10)
        found[key] = replace(end, halo=at < x.last)
    edge = [key for key, end in found.items() if end.x == x.last]
    wanted = [_HIGH * y.part(found[key].y) for key in edge]
    for key, want, put in zip(edge, wanted, plot.apart(wanted, _ROW, 0, _HIGH + 4), strict=True):
        found[key] = replace(found[key], dy=put - want)
    return found


class _Label(NamedTuple):
    """Words above the plot: their row from the top, the px of their line, and of both ends."""

    row: int
    line: float
    low: float
    high: float

    def clashes(self, other: "_Label") -> bool:
        """Say whether words lie on others, or on a line that comes up to their row."""
        crossed = other.row <= self.row and self.low < other.line < self.high
        crosses = self.row <= other.row and other.low < self.line < other.high
        covers = self.row == other.row and self.low < other.high and other.low < self.high
        return crossed or crosses or covers


def _happened(
    events: Sequence[Happened], x: plot.Axis, top: float, room: tuple[float, float, float]
) -> tuple[float, list[plot.Mark]]:
    """Return the px above the plot, and a dotted line for each event with its words on top."""
    left, place, right = room
    wide = place - left - right
    lines = [(wide * x.part(day_number(one.day)), theme.wide(one.label, 12) + 8) for one in events]
    placed = _placed(lines, -left, wide + right)
    most, marks = max((label.row for label in placed), default=-1) + 1, list[plot.Mark]()
    for one, label in zip(events, placed, strict=True):
        day, up = day_number(one.day), 8 + _ROW * (most - label.row)
        side, anchor = (1, "start") if label.low == label.line else (-1, "end")
        text = plot.Text(day, top, one.label, "muted", 12, anchor, dx=5 * side, dy=6 - up)
        marks.append(plot.Rule("edge", x=day, dash="1.5 3", up=up))
        marks.append(plot.Group([text], f"{one.label}, {words.day(one.day)}", one.link))
    return 14 + _ROW * most, marks


def _placed(lines: Sequence[tuple[float, float]], least: float, most: float) -> list[_Label]:
    """Return the labels of lines, of which the px and the width of their words are given.

    They are placed from the left on; where one then has no room, from the right on; where that does
    not help, one below another, right of their lines.
    """
    found = _in_turn(lines, least, most) or _in_turn(lines[::-1], least, most)[::-1]
    return found or [_Label(row, at, at, at + size) for row, (at, size) in enumerate(lines)]


def _in_turn(lines: Sequence[tuple[float, float]], least: float, most: float) -> list[_Label]:
    """Return each label within the bounds in the uppermost row where it clashes with none before
    it, right of its line if it can be; empty where one has no room.
    """
    taken = list[_Label]()
    for at, size in lines:
        sides = [(at, at + size), (at - size, at)]
        within = [side for side in sides if least <= side[0] and side[1] <= most]
        free = (_Label(row, at, *side) for row in range(len(lines)) for side in within)
        found = next((one for one in free if not any(map(one.clashes, taken))), None)
        if found is None:
            return []
        taken.append(found)
    return taken
