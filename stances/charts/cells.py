"""The levels of a group's members through the years as cells: the picture of Groups."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from stances import words
from stances.answers import stance
from stances.charts import levels, theme
from stances.charts.plot import Axis, Bar, Chart, Group, Key, Mark, Plot, Text, Tick, dot

_ROW = 24  # px
_HEAD = 34  # px of the heading of a section
_CELL = 38  # px across
_GAP = 8  # px before the last column
_WIDE = 800  # px of the drawing


def chart(
    sections: Sequence[tuple[str, Sequence[str]]],
    by_place: Mapping[tuple[str, str], Mapping[str, Any]],
    names: Mapping[str, str],
    labels: Mapping[int, str],
    notes: Mapping[str, str],
    last_column: str = "Now",
) -> Chart:
    """Return a row of cells a member, in sections (heading, actors).

    `by_place`: level (NaN: no position), is_old and used, by actor and column: the years, and the
    day shown as the last, which is headed `last_column`; `notes`: what stands behind the cells of a
    member (its rule).
    """
    # px left of the cells: the longest name, and air.
    left = 16 + theme.widest(names[actor] for actor, _ in by_place)
    # Each once, in their order.
    years = list(dict.fromkeys(year for _, year in by_place))
    # px of the left side of each column.
    starts = [n * _CELL for n in range(len(years))]
    # The last column is set apart: it is no end of a year.
    starts[-1] += _GAP
    after_cells = starts[-1] + _CELL + 14

    marks: list[Mark] = []
    spoken = []
    top = 0.0
    for heading, actors in sections:
        marks.append(Text(0, top + _HEAD - 12, heading, strong=True, dx=-left))
        top += _HEAD
        for actor in actors:
            middle = top + _ROW / 2
            marks.append(Text(0, middle, names[actor], dx=-left))
            for year, start in zip(years, starts, strict=True):
                place = by_place[actor, year]
                cell = _cell(
                    left=start,
                    top=top,
                    level=place["level"],
                    is_old=place["is_old"],
                    has_dot=place["used"],
                )
                marks.append(cell)
            marks.append(Text(after_cells, middle, notes.get(actor, ""), color="muted"))
            top += _ROW
        last_levels = [by_place[actor, years[-1]]["level"] for actor in actors]
        counts = {str(level): last_levels.count(level) for level in labels}
        spoken.append(f"{heading}: {levels.counted(counts, labels)}")

    ticks = []
    for year, start in zip(years, starts, strict=True):
        # 2018 as ’18.
        heading = f"\N{RIGHT SINGLE QUOTATION MARK}{year[-2:]}"
        if year == years[-1]:
            heading = last_column
        ticks.append(Tick(start + _CELL / 2, heading))
    # Its values are px, from the left of the cells and from the top.
    plot = Plot(
        x=Axis(0, _WIDE - left, ticks=ticks, top=True),
        y=Axis(0, top),
        marks=marks,
        high=top,
        margins=(left, 22, 0, 6),
    )
    keys = [Key(stance.USED), Key(stance.OLD, "stripes", color="muted")]
    return Chart("; ".join(spoken), plot, legend=keys, scale=labels)


def _cell(left: float, top: float, level: float, is_old: bool, has_dot: bool) -> Mark:
    """Return a cell whose corner is at `left`, `top` px: its level in figures on its colour; an old
    one is striped around the figure, one without a level (NaN) empty. `has_dot`: a rule was used.
    """
    # A px of air on all sides.
    x0 = left + 1
    x1 = left + _CELL - 1
    y0 = top + 1
    y1 = top + _ROW - 1
    if isnan(level):
        return Bar(x0=x0, x1=x1, y0=y0, y1=y1, fill="bg", round=2, edge="line")

    middle = left + _CELL / 2
    token = theme.level_token(level, is_old)
    edge = theme.level_token(level)
    ink = theme.on_level(level)
    marks: list[Mark] = [Bar(x0=x0, x1=x1, y0=y0, y1=y1, fill=token, round=2, edge=edge)]
    if is_old:
        ink = "ink"
        ground = Bar(
            x0=middle - 10,
            x1=middle + 10,
            y0=y0 + 3,
            y1=y1 - 3,
            fill="bg",
            round=2,
        )
        marks.append(ground)
    text = Text(
        middle,
        top + _ROW / 2,
        words.figure(level, 0),
        color=ink,
        size=12,
        anchor="middle",
        strong=True,
    )
    marks.append(text)
    if has_dot:
        marks.append(dot(x1 - 6, y0 + 6, fill=ink, edge=ink, size=4, thick=0))
    return Group(marks)
