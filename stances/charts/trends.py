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

_HIGH = 372  # px
_ROW = 16  # px
_OFF = 3.2  # px
# A line that ended so many days before the last bears its name where it ends.
_ENDED = 90
# Of the wide drawing and the narrow: px free on its left, px of its narrowest place.
_WIDE = (96, 636)
_NARROW = (70, 288)
_YEAR = 34  # px that the name of a year takes
_MOST_EVENTS = 4


class Happened(NamedTuple):
    """An event at the top of the chart: two to four words, its day and address."""

    label: str
    day: date
    link: str = ""


class _Series(NamedTuple):
    """A line to draw: its days as numbers, and the figures on each, NaN for none."""

    name: str
    days: list[float]
    stance: list[float]
    low: list[float]
    high: list[float]


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
    with_line = set(known["key"])
    names = {key: name for key, name in names.items() if key in with_line}
    y = _level_axis(known, _with_margin(names), labels)
    series = {key: _series(name, lines[lines["key"] == key], y) for key, name in names.items()}

    shown_events = [event for event in events if first < event.day < last][:_MOST_EVENTS]
    right = 14 + max(theme.wide(name, 13, True) for name in names.values())
    plots = []
    for left, least in (_WIDE, _NARROW):
        wide = least - left - right
        years = (last - first).days / 365
        x = plot.time_axis(first, last, ceil(_YEAR * years / wide) or 1)
        up, behind = _events(shown_events, x, y.first, wide, left, right)
        margins, over = _lines(series, x, y, acts, links or {})
        marks = [*margins, *behind, *over]
        plots.append(plot.Plot(x, y, marks, _HIGH, (left, up, right, 26)))

    legend = [plot.Key("margin of doubt", "band")]
    if acts is not None and len(acts):
        legend.insert(0, plot.Key("act"))
    last_stances = known.groupby("key")["stance"].last()
    spoken = []
    for key, name in names.items():
        level = int(level_of(last_stances[key]))
        spoken.append(f"{name} {labels[level]}")
    alt = f"Levels from {first.year} to {last.year}, at the end: {', '.join(spoken)}"
    return plot.Chart(alt, plots[0], plots[1], legend)


def _with_margin(names: Mapping[str, str]) -> list[str]:
    """Return whose margins are drawn: the subject's, or both where two are compared."""
    keys = list(names)
    return keys if len(keys) == 2 else keys[:1]


def _level_axis(
    known: pd.DataFrame, with_margin: Sequence[str], labels: Mapping[int, str]
) -> plot.Axis:
    """Return the axis of levels: it ends a level above the highest line, and not below a margin
    that is drawn.
    """
    highest_margin = known.loc[known["key"].isin(with_margin), "high"].max()
    top = max(
        floor(known["stance"].max()) + 1,
        # What is left of rounding is no level more.
        ceil(highest_margin - 1e-6),
        min(labels) + 2,
    )
    return plot.level_axis(labels, min(labels), min(top, max(labels)))


def _series(name: str, rows: pd.DataFrame, y: plot.Axis) -> _Series:
    low = rows["low"].clip(y.last, y.first).tolist()
    high = rows["high"].clip(y.last, y.first).tolist()
    return _Series(name, plot.numbers(rows["date"]), rows["stance"].tolist(), low, high)


def _lines(
    series: Mapping[str, _Series],
    x: plot.Axis,
    y: plot.Axis,
    acts: pd.DataFrame | None,
    links: Mapping[str, str],
) -> tuple[list[plot.Mark], list[plot.Mark]]:
    """Return the margins, and the lines with their acts, the subject on top, and their names."""
    with_margin = _with_margin({key: line.name for key, line in series.items()})
    offsets = _offsets(series, x, y)
    margins = list[plot.Mark]()
    lines = list[plot.Mark]()
    for n, key in reversed(list(enumerate(series))):
        own = series[key]
        color = theme.LINES[n]
        if key in with_margin:
            margins.append(plot.Area(own.days, own.low, own.high, color, 0.1))
        width = 1.8 if n else 3.6
        dash = theme.DASHES[n]
        line = plot.Line(own.days, own.stance, color, width, dash, own.name, offsets[key])
        lines.append(line)
        if acts is not None:
            lines.append(_dots(acts[acts["key"] == key], line))
    for key, end in _ends(series, x, y).items():
        lines.append(plot.Group([end], end.text, links.get(key, "")))
    return margins, lines


def _dots(acts: pd.DataFrame, line: plot.Line) -> plot.Dots:
    """Return the acts of a line on it."""
    days = plot.numbers(acts["date"])
    places = np.searchsorted(line.x, days, side="right") - 1
    heights = [line.y[place] if place >= 0 else float("nan") for place in places]
    hover = []
    for day, title in zip(acts["date"], acts["title"], strict=True):
        hover.append(f"{words.day(day)}  {line.name}: {title}")
    links = list(acts["link"]) if "link" in acts else ()
    return plot.Dots(days, heights, line.color, "bg", 9, 1.6, hover, links, line.dy)


def _offsets(series: Mapping[str, _Series], x: plot.Axis, y: plot.Axis) -> dict[str, float]:
    """Return by how many px each line is set off from earlier ones that it would cover."""
    grid = np.linspace(x.first, x.last, 240)
    pixels_a_level = _HIGH / abs(y.first - y.last)
    steps = [sign * n * _OFF for n in range(9) for sign in (1, -1)]
    offsets = dict[str, float]()
    heights = dict[str, np.ndarray]()
    for key, line in series.items():
        place = np.searchsorted(line.days, grid, side="right") - 1
        stance = np.asarray(line.stance)[np.maximum(place, 0)]
        height = np.where(place >= 0, stance, np.nan) * pixels_a_level
        # Two lines cover each other where they are less than 2 px apart on 3 % of the way.
        covered = [
            earlier
            for earlier, its_height in heights.items()
            if np.mean(np.abs(height - its_height) < 2) > 0.03
        ]
        taken = {offsets[earlier] for earlier in covered}
        offsets[key] = next(step for step in steps if step not in taken)
        heights[key] = height
    return offsets


def _ends(series: Mapping[str, _Series], x: plot.Axis, y: plot.Axis) -> dict[str, plot.Text]:
    """Return the name of each line at its end, those at the right edge clear of one another."""
    ends = dict[str, plot.Text]()
    for color, (key, line) in zip(theme.LINES, series.items(), strict=False):
        last_known = int(np.flatnonzero(~np.isnan(line.stance))[-1])
        end_day = x.last
        # A line that ends holds up to its next day, on which it has no figure.
        if last_known + 1 < len(line.days):
            end_day = line.days[last_known + 1]
        is_ended = end_day < x.last - _ENDED
        ends[key] = plot.Text(
            x=end_day if is_ended else x.last,
            y=line.stance[last_known],
            text=line.name,
            color=color,
            strong=True,
            dx=10,
            halo=is_ended,
        )
    at_edge = [key for key, end in ends.items() if not end.halo]
    heights = [_HIGH * y.part(ends[key].y) for key in at_edge]
    places = plot.apart(heights, _ROW, 0, _HIGH + 4)
    for key, height, place in zip(at_edge, heights, places, strict=True):
        ends[key] = replace(ends[key], dy=place - height)
    return ends


# -- what happened ---------------------------------------------------------------------------------


class _Label(NamedTuple):
    """Words above the plot: their row from the top, the px of their line, and of both ends."""

    row: int
    line: float
    low: float
    high: float

    def clashes(self, label: "_Label") -> bool:
        """Say whether words lie on others, or on a line that comes up to their row."""
        if self.row == label.row and self.low < label.high and label.low < self.high:
            return True
        if label.row <= self.row and self.low < label.line < self.high:
            return True
        return self.row <= label.row and label.low < self.line < label.high


def _events(
    events: Sequence[Happened], x: plot.Axis, top: float, wide: float, left: float, right: float
) -> tuple[float, list[plot.Mark]]:
    """Return the px above the plot, and a dotted line for each event with its words on top.
    `wide`, `left`, `right`: px of the plot, and free beside it.
    """
    if not events:
        return 14, []
    lines = [wide * x.part(day_number(event.day)) for event in events]
    widths = [theme.wide(event.label, 12) + 8 for event in events]
    labels = _labels(lines, widths, -left, wide + right)
    rows = max(label.row for label in labels) + 1
    marks = list[plot.Mark]()
    for event, label in zip(events, labels, strict=True):
        day = day_number(event.day)
        up = 8 + _ROW * (rows - label.row)
        is_after = label.low == label.line
        side = 1 if is_after else -1
        anchor = "start" if is_after else "end"
        text = plot.Text(day, top, event.label, "muted", 12, anchor, dx=5 * side, dy=6 - up)
        marks.append(plot.Rule("edge", x=day, dash="1.5 3", up=up))
        marks.append(plot.Group([text], f"{event.label}, {words.day(event.day)}", event.link))
    return 14 + _ROW * rows, marks


def _labels(
    lines: Sequence[float], widths: Sequence[float], least: float, most: float
) -> list[_Label]:
    """Return the labels of lines, of which the px and the width of their words are given.

    They are placed from the left on; where one then has no room, from the right on; where that does
    not help, one below another, right of their lines.
    """
    labels = _in_turn(lines, widths, least, most)
    if not labels:
        labels = _in_turn(lines[::-1], widths[::-1], least, most)[::-1]
    if not labels:
        for row, (line, width) in enumerate(zip(lines, widths, strict=True)):
            labels.append(_Label(row, line, line, line + width))
    return labels


def _in_turn(
    lines: Sequence[float], widths: Sequence[float], least: float, most: float
) -> list[_Label]:
    """Return each label within the bounds in the uppermost row where it clashes with none before
    it, right of its line if it can be; empty where one has no room.
    """
    placed = list[_Label]()
    for line, width in zip(lines, widths, strict=True):
        sides = [(line, line + width), (line - width, line)]
        within = [(low, high) for low, high in sides if least <= low and high <= most]
        places = [_Label(row, line, *side) for row in range(len(lines)) for side in within]
        free = [place for place in places if not any(map(place.clashes, placed))]
        if not free:
            return []
        placed.append(free[0])
    return placed
