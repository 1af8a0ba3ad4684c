"""Lines of levels through time, with what happened, acts as dots, and one margin of doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import ceil, floor
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.charts import plot, theme
from stances.dataset.days import day_number
from stances.model.stance import level_of

_HIGH = 372  # px of the plot
_ROW = 16  # px of a line of words: above the plot, and beside its right edge
# px by which lines are set off from one another, the nearest first: as many as the page has lines
# at most (`MOST_LINES`), so that one is always free.
_OFFSETS = (0, 3.2, -3.2, 6.4, -6.4, 9.6)
# A line that ended so many days before the last bears its name where it ends.
_ENDED = 90
# px free left of the wide drawing, for the names of levels; the narrow one has them within.
_LEFT = 96
# px of the narrowest place that each of the two drawings has: names are set apart for that.
_WIDE = 636
_NARROW = 288
_NUMBER = 14  # px that the number of an event takes
_YEAR = 34  # px that the name of a year takes
_MOST_EVENTS = 4
# px above the plot: half a letter of its uppermost name, and air.
_ABOVE = 14


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
    acts: pd.DataFrame,
    links: Mapping[str, str],
) -> plot.Chart:
    """Return the lines of `names`, in its order; the first is the subject of the headline. Those
    without a position in the period are left out; where none is left, the chart is empty.

    A line is of an actor or a group, its key the code. `lines`: key, date, stance (NaN: no
    position), low, high; `acts`: key, date, title, link; `events`: what happened (`in_period`);
    `links`: of the lines, by key. A telephone has the events by their numbers.
    """
    known = lines.dropna(subset=["stance"])
    if known.empty:
        return plot.Chart()

    last_stances = known.groupby("key")["stance"].last()
    names = {key: name for key, name in names.items() if key in last_stances}
    # The margin is drawn of the subject alone, of both where two are compared.
    with_margin = list(names)
    if len(names) != 2:
        with_margin = with_margin[:1]
    y = _level_axis(known, with_margin, labels)

    lines = lines.assign(
        day=plot.day_numbers(lines["date"]),
        low=lines["low"].clip(y.last, y.first),
        high=lines["high"].clip(y.last, y.first),
    )
    series = {key: lines[lines["key"] == key] for key in names}

    # Both drawings have these, as they have the same ends.
    x = plot.time_axis(first, last)
    # The margin of the subject on top.
    bands: list[plot.Mark] = []
    for key, color in zip(with_margin, theme.LINES, strict=False):
        bands.insert(0, _band(series[key], color))
    curves = _lines(series, names, x, y, acts)
    ends = _ends(series, names, x, y, links)

    years = (last - first).days / 365
    right = 14 + theme.widest(names.values())
    plots = []
    for is_narrow in (False, True):
        left = 0 if is_narrow else _LEFT
        width = (_NARROW if is_narrow else _WIDE) - left - right
        # A period of one day has a name too.
        years_a_name = max(ceil(_YEAR * years / width), 1)
        x = plot.time_axis(first, last, step=years_a_name)
        axis = y
        names_of_levels: list[plot.Mark] = []
        if is_narrow:
            up, rules = _numbers(events, x, top=y.first, width=width)
            axis, names_of_levels = _names_inside(x, y)
        else:
            up, rules = _events(events, x, top=y.first, width=width, left=left, right=right)
        drawing = plot.Plot(
            x=x,
            y=axis,
            marks=[*bands, *rules, *names_of_levels, *curves, *ends],
            high=_HIGH,
            margins=(left, up, right, 26),
        )
        plots.append(drawing)

    legend = [plot.Key("margin of doubt", "band")]
    if len(acts):
        legend.insert(0, plot.Key("act"))
    spoken = []
    for key, name in names.items():
        level = int(level_of(last_stances[key]))
        spoken.append(f"{name} {labels[level]}")
    alt = f"Levels from {first.year} to {last.year}, at the end: {', '.join(spoken)}"
    return plot.Chart(alt, plots[0], narrow=plots[1], legend=legend)


def _level_axis(
    known: pd.DataFrame, with_margin: Sequence[str], labels: Mapping[int, str]
) -> plot.Axis:
    """Return the axis of levels: it ends a level above the highest line, and not below a margin
    that is drawn. `known`: the points of lines that have a stance; `with_margin`: the keys of the
    lines whose margin is drawn, one at least.
    """
    # A margin may reach higher than the line that it is of.
    has_margin = known["key"].isin(with_margin)
    highest_margin = known.loc[has_margin, "high"].max()
    lowest = min(labels)
    top = max(
        floor(known["stance"].max()) + 1,
        # What is left of rounding is no level more.
        ceil(highest_margin - 1e-6),
        # Three levels at least are shown.
        lowest + 2,
    )
    return plot.level_axis(labels, lowest, min(top, max(labels)))


def _names_inside(x: plot.Axis, y: plot.Axis) -> tuple[plot.Axis, list[plot.Mark]]:
    """Return the axis of levels without names, and these as marks that stand on its lines: they
    take no width from the plot.
    """
    marks: list[plot.Mark] = []
    ticks = []
    for tick in y.ticks:
        ticks.append(plot.Tick(tick.value, ""))
        square = plot.Text(
            x.first, tick.value, "\N{BLACK SQUARE}", color=tick.color, size=12, dy=-9
        )
        name = replace(square, text=tick.label, color="muted", dx=13, halo=True)
        marks += [square, name]
    return replace(y, ticks=ticks), marks


def _band(rows: pd.DataFrame, color: str) -> plot.Area:
    """Return the margin of doubt around a line."""
    return plot.Area(
        x=rows["day"].tolist(),
        low=rows["low"].tolist(),
        high=rows["high"].tolist(),
        color=color,
        opacity=0.1,
    )


def _lines(
    series: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    x: plot.Axis,
    y: plot.Axis,
    acts: pd.DataFrame,
) -> list[plot.Mark]:
    """Return the lines with the dots of their acts, the subject on top. `series`: the rows of each
    line by its key, in the order of colours.
    """
    offsets = _offsets(series, x, y)
    marks: list[plot.Mark] = []
    # Of width, dash and colour the first, the subject, has its own; it is drawn last.
    for n, key in reversed(list(enumerate(series))):
        rows = series[key]
        line = plot.Line(
            rows["day"].tolist(),
            rows["stance"].tolist(),
            color=theme.LINES[n],
            width=1.8 if n else 3.6,
            dash=theme.DASHES[n],
            name=names[key],
            dy=offsets[key],
        )
        marks.append(line)

        acts_of_line = acts[acts["key"] == key]
        days = plot.day_numbers(acts_of_line["date"])
        hover = []
        for day, title in zip(acts_of_line["date"], acts_of_line["title"], strict=True):
            hover.append(f"{words.day(day)}  {line.name}: {title}")
        dots = plot.Dots(
            x=days,
            y=_stances_on(rows, days).tolist(),
            fill=line.color,
            edge="bg",
            size=9,
            thick=1.6,
            hover=hover,
            links=acts_of_line["link"].tolist(),
            dy=line.dy,
        )
        marks.append(dots)
    return marks


def _stances_on(rows: pd.DataFrame, days: Any) -> Any:
    """Return the figures of a line on days: of the point up to each, NaN before the first."""
    point_count = np.searchsorted(rows["day"], days, side="right")
    # Where no point is up to a day, the count is 0: NaN stands there.
    return np.append(np.nan, rows["stance"])[point_count]


def _offsets(series: Mapping[str, pd.DataFrame], x: plot.Axis, y: plot.Axis) -> dict[str, float]:
    """Return by how many px each line is set off from earlier ones that it would cover; most are
    not, by 0.
    """
    # Points enough to see where lines coincide.
    days = np.linspace(x.first, x.last, 240)
    pixels_a_level = _HIGH / (y.first - y.last)
    offsets: dict[str, float] = {}
    # px of each line before it is set off; NaN, where it has no figure, covers nothing.
    heights: dict[str, np.ndarray] = {}
    for key, rows in series.items():
        height = _stances_on(rows, days) * pixels_a_level
        taken_offsets = set()
        for earlier, earlier_height in heights.items():
            # Two lines cover each other where they are less than 2 px apart on 3 % of the way.
            is_covered = np.abs(height - earlier_height) < 2
            if is_covered.mean() > 0.03:
                taken_offsets.add(offsets[earlier])
        offsets[key] = next(offset for offset in _OFFSETS if offset not in taken_offsets)
        heights[key] = height
    return offsets


def _ends(
    series: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    x: plot.Axis,
    y: plot.Axis,
    links: Mapping[str, str],
) -> list[plot.Group]:
    """Return the name of each line at its end, those at the right edge clear of one another."""
    ends: dict[str, plot.Text] = {}
    for color, (key, rows) in zip(theme.LINES, series.items(), strict=False):
        # A line that ends holds up to its next day, on which it has no figure; one that goes on has
        # no such day: NaN, which is before nothing.
        is_after = rows["stance"].bfill().isna()
        end_day = float(rows.loc[is_after, "day"].min())
        is_ended = end_day < x.last - _ENDED
        ends[key] = plot.Text(
            x=end_day if is_ended else x.last,
            y=float(rows["stance"].ffill().iloc[-1]),
            text=names[key],
            color=color,
            strong=True,
            dx=10,
            halo=is_ended,
        )

    # The halo is of those that end within the plot.
    at_edge = {key: end for key, end in ends.items() if not end.halo}
    spread = plot.spread(
        list(at_edge.values()),
        y,
        high=_HIGH,
        gap=_ROW,
        below=4,
    )
    ends.update(zip(at_edge, spread, strict=True))
    groups = []
    for key, end in ends.items():
        groups.append(plot.Group([end], end.text, link=links.get(key, "")))
    return groups


# -- what happened ---------------------------------------------------------------------------------


def in_period(events: Sequence[Happened], first: date, last: date) -> list[Happened]:
    """Return what is shown of a period: the first few that lie within it, not at its ends."""
    shown = [event for event in events if first < event.day < last]
    return shown[:_MOST_EVENTS]


def _numbers(
    events: Sequence[Happened], x: plot.Axis, top: float, width: float
) -> tuple[float, list[plot.Mark]]:
    """Return the px above the plot, and a dotted line for each event with its number on top. `top`:
    the value there; `width`: px of the plot.
    """
    days = [day_number(event.day) for event in events]
    lines_x = [width * x.part(day) for day in days]
    places = plot.apart(lines_x, gap=_NUMBER, low=0, high=width)
    marks: list[plot.Mark] = []
    for n, event in enumerate(events):
        number = plot.Text(
            days[n],
            top,
            str(n + 1),
            color="muted",
            size=12,
            anchor="middle",
            strong=True,
            dx=places[n] - lines_x[n],
            dy=-26,
        )
        marks += _flag(event, number, up=18)
    return 36, marks


def _flag(event: Happened, text: plot.Text, up: float) -> list[plot.Mark]:
    """Return the dotted line of an event, which stands out `up` px above the plot, and its text."""
    rule = plot.Rule(text.x, "edge", dash="1.5 3", up=up)
    hover = f"{event.label}, {words.day(event.day)}"
    return [rule, plot.Group([text], hover, link=event.link)]


class _Label(NamedTuple):
    """Words above the plot: their row, 0 on top; px across of their line, and of both their ends,
    one of which is at the line.
    """

    row: int
    line_x: float
    left: float
    right: float

    def clashes(self, label: "_Label") -> bool:
        """Say whether words lie on others, or on a line that comes up to their row."""
        if self.row == label.row:
            return self.left < label.right and label.left < self.right
        # The line of the upper one passes all rows below it.
        if self.row > label.row:
            return self.left < label.line_x < self.right
        return label.left < self.line_x < label.right


def _events(
    events: Sequence[Happened], x: plot.Axis, top: float, width: float, left: float, right: float
) -> tuple[float, list[plot.Mark]]:
    """Return the px above the plot, and a dotted line for each event with its words on top.
    `top`: the value there; `width`, `left`, `right`: px of the plot, and free beside it.
    """
    if not events:
        return _ABOVE, []

    days = [day_number(event.day) for event in events]
    lines_x = [width * x.part(day) for day in days]
    # Words stand 5 px off the line, and leave 3 free behind them.
    widths = [theme.text_width(event.label, 12) + 8 for event in events]
    labels = _labels(lines_x, widths, least=-left, most=width + right)
    row_count = 1 + max(label.row for label in labels)

    marks: list[plot.Mark] = []
    for event, day, label in zip(events, days, labels, strict=True):
        # px from the plot up to the end of the line; the middle of the words is 6 px below that.
        # With 8 px under the lowest words, less than _ABOVE, the highest stay within what is
        # returned.
        up = 8 + _ROW * (row_count - label.row)
        # Left of the line, else right of it; 5 px off.
        anchor = "end"
        dx = -5
        if label.left == label.line_x:
            anchor = "start"
            dx = 5
        text = plot.Text(
            day,
            top,
            event.label,
            color="muted",
            size=12,
            anchor=anchor,
            dx=dx,
            dy=6 - up,
        )
        marks += _flag(event, text, up=up)
    return _ABOVE + _ROW * row_count, marks


def _labels(
    lines_x: Sequence[float], widths: Sequence[float], least: float, most: float
) -> list[_Label]:
    """Return the labels of lines between two ends; all in px: where each line is, and the width of
    its words.

    They are placed from the left on; where one then has no room, from the right on; where that does
    not help, one below another, right of their lines.
    """
    labels = _place_labels(lines_x, widths, least=least, most=most)
    if not labels:
        labels = _place_labels(lines_x[::-1], widths[::-1], least=least, most=most)
        labels.reverse()
    if not labels:
        for x, width in zip(lines_x, widths, strict=True):
            labels.append(_Label(row=len(labels), line_x=x, left=x, right=x + width))
    return labels


def _place_labels(
    lines_x: Sequence[float], widths: Sequence[float], least: float, most: float
) -> list[_Label]:
    """Return each label within the bounds in the uppermost row where it clashes with none before
    it, right of its line if it can be; empty where one has no room.
    """
    labels: list[_Label] = []
    for x, width in zip(lines_x, widths, strict=True):
        candidates = []
        for row in range(len(lines_x)):
            if x + width <= most:
                candidates.append(_Label(row=row, line_x=x, left=x, right=x + width))
            if x - width >= least:
                candidates.append(_Label(row=row, line_x=x, left=x - width, right=x))

        for candidate in candidates:
            if not any(map(candidate.clashes, labels)):
                labels.append(candidate)
                break
        else:
            return []
    return labels
