"""Who moved between two days: a small dot then, a large dot now, on the levels."""

from collections.abc import Mapping, Sequence

import pandas as pd

from stances import words
from stances.charts import theme
from stances.charts.plot import (
    Axis,
    Bars,
    Chart,
    Dots,
    Group,
    Key,
    Line,
    Mark,
    Plot,
    Text,
    Tick,
    figure,
)  # fmt: skip

_ROW = 30  # px


def chart(
    moved: pd.DataFrame,
    names: Mapping[str, str],
    labels: Mapping[int, str],
    links: Mapping[str, str] | None = None,
) -> Chart:
    """Return a row for each that moved: by actor then, now, level_then, level_now, weak."""
    if moved.empty:
        return Chart()
    rows = moved.reset_index().to_dict("records")
    levels, high = sorted(labels), float(_ROW * len(rows) + 6)
    left = 22 + max(theme.wide(names[row["actor"]], 13, True) for row in rows)
    marks, said = list[Mark](), list[str]()
    for n, row in enumerate(rows):
        middle, name = _ROW * (n + 0.5) + 3, names[row["actor"]]
        then, now = ((row[at], row[f"level_{at}"]) for at in ("then", "now"))
        weak = "weak report" if row.get("weak") else ""
        told = [f"{labels[int(level)]} {words.figure(at)}" for at, level in (then, now)]
        said.append(f"{name} from {told[0]} to {told[1]}")
        joint = Line([then[0], now[0]], [middle, middle], "muted", 1.5)
        parts: list[Mark] = [
            Bars(
                [levels[0] - 0.4], [levels[-1] + 0.4], [middle - 12], [middle + 12], ["transparent"]
            ),
            Text(levels[0] - 0.4, middle, name, strong=then[1] != now[1], dx=-left),
            joint,
            Dots([then[0]], [middle], theme.level_token(then[1]), "edge", 8, 1),
            Dots([now[0]], [middle], theme.level_token(now[1]), "edge", 14, 1),
            _badge(weak, then[0], now[0], middle),
        ]
        hover = f"{name}: {told[0]} then, {told[1]} now{f' ({weak})' if weak else ''}"
        marks.append(Group(parts, hover, (links or {}).get(row["actor"], "")))
    wide, narrow = (
        Plot(_axis(levels, said_as), Axis(0, high), marks, high, (left, 34, 8, 4))
        for said_as in ([labels[level] for level in levels], [figure(level) for level in levels])
    )
    legend = Key("then", "small"), Key("now")
    return Chart(f"Moved: {'; '.join(said)}", wide, narrow, legend)


def _axis(levels: Sequence[int], names: Sequence[str]) -> Axis:
    ticks = [
        Tick(level, name, theme.level_token(level))
        for level, name in zip(levels, names, strict=True)
    ]
    return Axis(levels[0] - 0.4, levels[-1] + 0.4, ticks, grid=True, top=True)


def _badge(text: str, then: float, now: float, middle: float) -> Text:
    """Return a note beside the dots, on the side where there is room."""
    if max(then, now) < 1:
        return Text(max(then, now), middle, text, "muted", 12, dx=14, halo=True)
    return Text(min(then, now), middle, text, "muted", 12, "end", dx=-14, halo=True)
