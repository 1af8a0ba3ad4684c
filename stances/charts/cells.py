"""The levels of a group's members through the years as cells: the picture of Groups."""

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd

from stances import words
from stances.answers import stance
from stances.charts import theme
from stances.charts.plot import Axis, Chart, Group, Key, Mark, Plot, Text, Tick, bar, dot

_ROW = 24  # px
_HEAD = 34  # px
_CELL = 38  # px
_GAP = 8  # px
_WIDE = 800


def chart(
    sections: Sequence[tuple[str, Sequence[str]]],
    by_year: pd.DataFrame,
    names: Mapping[str, str],
    labels: Mapping[int, str],
    notes: Mapping[str, str],
    last_column: str = "Now",
) -> Chart:
    """Return a row of cells a member, in sections under their headings.

    `by_year`, by actor: columns of two parts, the figure (level, is_old, used) and the year, the
    last of them the day shown; `notes`: what stands behind the cells of a member (its rule).
    """
    left = 16 + max(
        (theme.text_width(names[actor], 13, True) for actor in by_year.index), default=0
    )
    years = list(by_year["level"].columns)
    column_starts = [n * _CELL for n in range(len(years))]
    # The last column is set apart: it is no end of a year.
    column_starts[-1] += _GAP
    after_cells = len(years) * _CELL + _GAP + 14

    marks = list[Mark]()
    spoken = list[str]()
    top = 0.0
    for heading, actors in sections:
        marks.append(Text(0, top + _HEAD - 12, heading, strong=True, dx=-left))
        top += _HEAD
        for actor in actors:
            middle = top + _ROW / 2
            marks.append(Text(0, middle, names[actor], dx=-left))
            row = by_year.loc[actor]
            for year, start in zip(years, column_starts, strict=True):
                is_old = bool(row["is_old", year])
                has_dot = bool(row["used", year])
                marks.append(_cell(start, top, float(row["level", year]), is_old, has_dot))
            marks.append(Text(after_cells, middle, notes.get(actor, ""), "muted"))
            top += _ROW
        last_levels = by_year["level"].loc[list(actors), years[-1]]
        spoken.append(f"{heading}: {_counts(last_levels, labels)}")

    headings = [f"\N{RIGHT SINGLE QUOTATION MARK}{year[-2:]}" for year in years[:-1]]
    headings.append(last_column)
    ticks = []
    for start, heading in zip(column_starts, headings, strict=True):
        ticks.append(Tick(start + _CELL / 2, heading))
    x = Axis(0, _WIDE - left, ticks, top=True)
    plot = Plot(x, Axis(0, max(top, _HEAD)), marks, top, (left, 22, 0, 6))
    keys = [Key(stance.USED), Key(stance.OLD, "stripes", "muted")]
    return Chart("; ".join(spoken), plot, False, keys, labels)


def _counts(levels: pd.Series, labels: Mapping[int, str]) -> str:
    """Return how many levels are at each point of the scale, in words."""
    counts = {label: int((levels == level).sum()) for level, label in labels.items()}
    return ", ".join(f"{count} {label}" for label, count in counts.items() if count)


def _cell(left: float, top: float, level: float, is_old: bool, has_dot: bool) -> Mark:
    """Return a cell: its level in figures on its colour; old ones are striped around the figure."""
    x0 = left + 1
    x1 = left + _CELL - 1
    y0 = top + 1
    y1 = top + _ROW - 1
    if isnan(level):
        return bar(x0, x1, y0, y1, "bg", round=2, edge="line")

    middle = left + _CELL / 2
    token = theme.level_token(level, is_old)
    ink = "ink" if is_old else theme.on_level(level)
    marks: list[Mark] = [
        bar(x0, x1, y0, y1, token, round=2, edge=theme.level_token(level)),
    ]
    if is_old:
        marks.append(bar(middle - 10, middle + 10, y0 + 3, y1 - 3, "bg", round=2))
    figure = words.figure(level, 0)
    marks.append(Text(middle, top + _ROW / 2, figure, ink, 12, "middle", True))
    if has_dot:
        marks.append(dot(x1 - 6, y0 + 6, ink, ink, 4, 0))
    return Group(marks)
