"""Who moved between two days: a small dot then, a large dot now, on the levels."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from stances import words
from stances.charts import plot, theme

_ROW = 30  # px
_RIGHT = 40  # px right of the scale: by how much each has moved
_WEAK = "weak report"


def chart(
    moved: pd.DataFrame,
    days: tuple[date, date],
    names: Mapping[str, str],
    labels: Mapping[int, str],
    links: Mapping[str, str],
) -> plot.Chart:
    """Return a row for each that moved between two days; nothing where nobody did. `moved`: by
    actor, then, now (stances), level_then, level_now, weak (whether the move rests on one weak
    report); `names`, `links`: of actors; `labels`: of the levels.
    """
    if moved.empty:
        return plot.Chart()

    first, last = map(words.day, days)
    # px left of the scale: the longest name, and air.
    left = 22 + theme.widest(names[actor] for actor in moved.index)
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
        is_bold = level_then != level_now
        parts: list[plot.Mark] = [
            # What the pointer meets is the whole row.
            plot.Bar(x.first, x.last, middle - 12, middle + 12, fill="transparent"),
            plot.Text(x.first, middle, name, strong=is_bold, dx=-left),
            plot.Line([then, now], [middle, middle], color="muted", width=1.5),
            plot.dot(
                then, middle, fill=theme.level_token(level_then), edge="edge", size=8, thick=1
            ),
            plot.dot(now, middle, fill=theme.level_token(level_now), edge="edge", size=14, thick=1),
            plot.Text(
                x.last,
                middle,
                words.figure(now - then),
                color="muted",
                size=12,
                anchor="end",
                dx=_RIGHT,
            ),
        ]
        if row["weak"]:
            parts.append(_weak_note(then, now, middle))
            hover += f" ({_WEAK})"
        marks.append(plot.Group(parts, hover, link=links.get(actor, "")))
        middle += _ROW

    high = _ROW * len(moved) + 6
    wide = plot.Plot(
        x=replace(x, ticks=_ticks(labels)),
        y=plot.Axis(0, high),
        marks=marks,
        high=high,
        margins=(left, 34, _RIGHT, 4),
    )
    # A telephone has no room for words there.
    figures = {level: words.figure(level, 0) for level in labels}
    narrow = replace(wide, x=replace(x, ticks=_ticks(figures)))
    keys = [plot.Key(first, "small"), plot.Key(last)]
    return plot.Chart(f"Moved: {'; '.join(spoken)}", wide, narrow=narrow, legend=keys)


def _ticks(names: Mapping[int, str]) -> list[plot.Tick]:
    """Return the levels under their names, with their colours."""
    ticks = []
    for level, name in names.items():
        ticks.append(plot.Tick(level, name, color=theme.level_token(level)))
    return ticks


def _weak_note(then: float, now: float, middle: float) -> plot.Text:
    """Return the note of a move that rests on a weak report, beside its dots: right of them, but
    left where they are far on the right. `then`, `now`: stances.
    """
    x = max(then, now)
    anchor = "start"
    dx = 14
    # Of the widest scale, to 3, less than two levels are free right of that.
    if x >= 1:
        x = min(then, now)
        anchor = "end"
        dx = -14
    return plot.Text(x, middle, _WEAK, color="muted", size=12, anchor=anchor, dx=dx, halo=True)
