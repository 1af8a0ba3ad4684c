"""Who moved between two days: a small dot then, a large dot now, on the levels."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from stances import words
from stances.charts import plot, theme

_ROW = 30  # px


def chart(
    moved: pd.DataFrame,
    days: tuple[date, date],
    names: Mapping[str, str],
    labels: Mapping[int, str],
    links: Mapping[str, str],
) -> plot.Chart:
    """Return a row for each that moved between two days: by actor then, now, level_then, level_now,
    weak.
    """
    if moved.empty:
        return plot.Chart()
    first, last = map(words.day, days)
    left = 22 + max(theme.wide(names[actor], 13, True) for actor in moved.index)
    # Room for dots at the ends of the scale.
    x = plot.Axis(min(labels) - 0.4, max(labels) + 0.4)

    marks = list[plot.Mark]()
    spoken = list[str]()
    middle = _ROW / 2 + 3
    for actor, row in moved.iterrows():
        name = names[str(actor)]
        is_bold = row["level_then"] != row["level_now"]
        before = f"{labels[int(row['level_then'])]} {words.figure(row['then'])}"
        after = f"{labels[int(row['level_now'])]} {words.figure(row['now'])}"
        note = "weak report" if row["weak"] else ""
        parts: list[plot.Mark] = [
            # What the pointer meets is the whole row.
            plot.bar(x.first, x.last, middle - 12, middle + 12, "transparent"),
            plot.Text(x.first, middle, name, strong=is_bold, dx=-left),
            plot.Line([row["then"], row["now"]], [middle, middle], "muted", 1.5),
            plot.dot(row["then"], middle, theme.level_token(row["level_then"]), "edge", 8, 1),
            plot.dot(row["now"], middle, theme.level_token(row["level_now"]), "edge", 14, 1),
            _badge(note, row["then"], row["now"], middle),
        ]
        hover = f"{name}: {before} on {first}, {after} on {last}"
        if note:
            hover += f" ({note})"
        marks.append(plot.Group(parts, hover, links.get(str(actor), "")))
        spoken.append(f"{name} from {before} to {after}")
        middle += _ROW

    high = float(_ROW * len(moved) + 6)
    y = plot.Axis(0, high)
    free = (left, 34, 8, 4)
    figures = {level: words.figure(level, 0) for level in labels}
    wide = plot.Plot(_level_axis(x, labels), y, marks, high, free)
    narrow = plot.Plot(_level_axis(x, figures), y, marks, high, free)
    keys = [plot.Key(first, "small"), plot.Key(last)]
    return plot.Chart(f"Moved: {'; '.join(spoken)}", wide, narrow, keys)


def _level_axis(ends: plot.Axis, names: Mapping[int, str]) -> plot.Axis:
    ticks = [plot.Tick(level, name, theme.level_token(level)) for level, name in names.items()]
    return plot.Axis(ends.first, ends.last, ticks, grid=True, top=True)


def _badge(text: str, then: float, now: float, middle: float) -> plot.Text:
    """Return a note beside the dots, on the side where there is room."""
    if max(then, now) < 1:
        return plot.Text(max(then, now), middle, text, "muted", 12, dx=14, halo=True)
    return plot.Text(min(then, now), middle, text, "muted", 12, "end", dx=-14, halo=True)
