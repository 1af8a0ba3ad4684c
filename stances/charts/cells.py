"""The levels of a group's members through the years as cells: the picture of Groups."""

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd

from stances import words
from stances.answers import stance
from stances.charts import theme
from stances.charts.plot import Axis, Bars, Chart, Dots, Group, Key, Mark, Plot, Text, Tick

_ROW, _HEAD, _CELL, _GAP = 24, 34, 38, 8  # px
_WIDE = 800


def chart(
    sections: Sequence[tuple[str, Sequence[str]]],
    by_year: pd.DataFrame,
    names: Mapping[str, str],
    labels: Mapping[int, str],
    notes: Mapping[str, str] | None = None,
    now: str = "Now",
) -> Chart:
    """Return a row of cells a member, in sections under their headings.

    `by_year`, by actor: columns of two parts, the figure (level, is_old, used) and the year, the
    last of them `now`; `notes`: what stands behind the cells of a member (its rule).
    """
    marks, said, down = list[Mark](), list[str](), 0.0
    left = 16 + max((theme.wide(names[actor], 13, True) for actor in by_year.index), default=0)
    years = list(by_year["level"].columns)
    places = {year: n * _CELL + (n == len(years) - 1) * _GAP for n, year in enumerate(years)}
    for heading, actors in sections:
        marks.append(Text(0, down + _HEAD - 12, heading, strong=True, dx=-left))
        down += _HEAD
        for actor in actors:
            row, note = by_year.loc[actor], (notes or {}).get(actor, "")
            marks.append(Text(0, down + _ROW / 2, names[actor], dx=-left))
            for year, x0 in places.items():
                level, old, used = (row[of, year] for of in ("level", "is_old", "used"))
                marks.append(_cell(x0, down, float(level), bool(old), bool(used)))
            marks.append(Text(len(years) * _CELL + _GAP + 14, down + _ROW / 2, note, "muted"))
            down += _ROW
        at_end = list(by_year.loc[list(actors), ("level", years[-1])])
        counts = [f"{at_end.count(n)} {label}" for n, label in labels.items() if n in at_end]
        said.append(f"{heading}: {', '.join(counts)}")
    short = [f"\N{RIGHT SINGLE QUOTATION MARK}{year[-2:]}" for year in years[:-1]]
    ticks = [
        Tick(x0 + _CELL / 2, name) for x0, name in zip(places.values(), [*short, now], strict=True)
    ]
    x, y = Axis(0, _WIDE - left, ticks, top=True), Axis(0, max(down, _HEAD))
    plot = Plot(x, y, marks, down, (left, 22, 0, 6))
    keys = Key(stance.USED), Key(stance.OLD, "stripes", "muted")
    return Chart("; ".join(said), plot, False, keys, labels)


def _cell(left: float, top: float, level: float, old: bool, used: bool) -> Mark:
    x0, x1, y0, y1 = left + 1, left + _CELL - 1, top + 1, top + _ROW - 1
    middle = left + _CELL / 2, top + _ROW / 2
    if isnan(level):
        return Bars([x0], [x1], [y0], [y1], ["bg"], round=2, edge="line")
    token, ink = theme.level_token(level, old), "ink" if old else theme.on_level(level)
    edge = token.removeprefix("old ")
    marks: list[Mark] = [Bars([x0], [x1], [y0], [y1], [token], round=2, edge=edge)]
    if old:
        marks.append(Bars([middle[0] - 10], [middle[0] + 10], [y0 + 3], [y1 - 3], ["bg"], round=2))
    marks.append(Text(*middle, words.figure(level, 0), ink, 12, "middle", True))
    if used:
        marks.append(Dots([x1 - 6], [y0 + 6], ink, ink, 4, 0))
    return Group(marks)
