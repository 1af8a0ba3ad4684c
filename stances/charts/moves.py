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
    links: Mapping[str, str] | None = None,
) -> plot.Chart:
    """Return a row for each that moved between two days: by actor then, now, level_then, level_now,
    weak.
    """
    if moved.empty:
        return plot.Chart()
    rows = moved.reset_index().to_dict("records")
    high, edges = float(_ROW * len(rows) + 6), (min(labels) - 0.4, max(labels) + 0.4)
    left = 22 + max(theme.wide(names[row["actor"]], 13, True) for row in rows)
    marks, said = list[plot.Mark](), list[str]()
    first, last = map(words.day, days)
    for n, row in enumerate(rows):
        middle, name = _ROW * (n + 0.5) + 3, names[row["actor"]]
        then, now = ((row[at], row[f"level_{at}"]) for at in ("then", "now"))
        weak = "weak report" if row.get("weak") else ""
        told = [f"{labels[int(level)]} {words.figure(at)}" for at, level in (then, now)]
        said.append(f"{name} from {told[0]} to {told[1]}")
        parts: list[plot.Mark] = [
            plot.Bars([edges[0]], [edges[1]], [middle - 12], [middle + 12], ["transparent"]),
            plot.Text(edges[0], middle, name, strong=then[1] != now[1], dx=-left),
            plot.Line([then[0], now[0]], [middle, middle], "muted", 1.5),
            plot.Dots([then[0]], [middle], theme.level_token(then[1]), "edge", 8, 1),
            plot.Dots([now[0]], [middle], theme.level_token(now[1]), "edge", 14, 1),
            _badge(weak, then[0], now[0], middle),
        ]
        hover = f"{name}: {told[0]} on {first}, {told[1]} on {last}{f' ({weak})' if weak else ''}"
        marks.append(plot.Group(parts, hover, (links or {}).get(row["actor"], "")))
    wide, narrow = (
        plot.Plot(_axis(named, edges), plot.Axis(0, high), marks, high, (left, 34, 8, 4))
        for named in (labels, {level: words.figure(level, 0) for level in labels})
    )
    legend = plot.Key(first, "small"), plot.Key(last)
    return plot.Chart(f"Moved: {'; '.join(said)}", wide, narrow, legend)


def _axis(names: Mapping[int, str], edges: tuple[float, float]) -> plot.Axis:
    ticks = [plot.Tick(level, name, theme.level_token(level)) for level, name in names.items()]
    return plot.Axis(*edges, ticks, grid=True, top=True)


def _badge(text: str, then: float, now: float, middle: float) -> plot.Text:
    """Return a note beside the dots, on the side where there is room."""
    if max(then, now) < 1:
        return plot.Text(max(then, now), middle, text, "muted", 12, dx=14, halo=True)
    return plot.Text(min(then, now), middle, text, "muted", 12, "end", dx=-14, halo=True)
