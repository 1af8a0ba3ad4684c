"""Who moved between two days: a small dot then, a large dot now, on the levels."""

from collections.abc import Mapping
from dataclasses import replace
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
    widths = [theme.text_width(names[actor], 13, True) for actor in moved.index]
    left = 22 + max(widths)
    # Room for dots at the ends of the scale.
    x = plot.Axis(
        min(labels) - 0.4,
        max(labels) + 0.4,
        grid=True,
        top=True,
    )

    marks: list[plot.Mark] = []
    spoken = []
    middle = _ROW / 2 + 3
    for row in moved.reset_index().to_dict("records"):
        actor = row["actor"]
        name = names[actor]
        then = row["then"]
        now = row["now"]
        level_then = row["level_then"]
        level_now = row["level_now"]
        before = f"{labels[level_then]} {words.figure(then)}"
        after = f"{labels[level_now]} {words.figure(now)}"
        spoken.append(f"{name} from {before} to {after}")

        hover = f"{name}: {before} on {first}, {after} on {last}"
        note = ""
        if row["weak"]:
            note = "weak report"
            hover += f" ({note})"

        is_bold = level_then != level_now
        parts: list[plot.Mark] = [
            # What the pointer meets is the whole row.
            plot.bar(x.first, x.last, middle - 12, middle + 12, "transparent"),
            plot.Text(x.first, middle, name, strong=is_bold, dx=-left),
            plot.Line([then, now], [middle, middle], "muted", 1.5),
            plot.dot(then, middle, theme.level_token(level_then), "edge", 8, 1),
            plot.dot(now, middle, theme.level_token(level_now), "edge", 14, 1),
            _note(note, then, now, middle),
        ]
        marks.append(plot.Group(parts, hover, links.get(actor, "")))
        middle += _ROW

    high = _ROW * len(moved) + 6
    wide = plot.Plot(
        replace(x, ticks=_ticks(labels)),
        plot.Axis(0, high),
        marks,
        high,
        (left, 34, 8, 4),
    )
    figures = {level: words.figure(level, 0) for level in labels}
    narrow = replace(wide, x=replace(x, ticks=_ticks(figures)))
    keys = [plot.Key(first, "small"), plot.Key(last)]
    return plot.Chart(f"Moved: {'; '.join(spoken)}", wide, narrow, keys)


def _ticks(names: Mapping[int, str]) -> list[plot.Tick]:
    ticks = []
    for level, name in names.items():
        ticks.append(plot.Tick(level, name, theme.level_token(level)))
    return ticks


def _note(text: str, then: float, now: float, middle: float) -> plot.Text:
    """Return a note beside the dots, on the side where there is room."""
    right = max(then, now)
    if right < 1:
        return plot.Text(right, middle, text, "muted", 12, dx=14, halo=True)
    return plot.Text(min(then, now), middle, text, "muted", 12, "end", dx=-14, halo=True)
