"""The policy level of an actor: bars for what its binding acts left in force, over its stance.

`series`: key, date, stance, low, high, in the order in which a line is drawn; stance NaN where
there is no position. `acts`: key, event_id, date, until (missing: in force at the end), score and
hover (escaped text). `names`: key -> name, one panel each, from the top down.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from stances import escapes
from stances.dataset.codebook import Codebook
from stances.figures.map import Json
from stances.figures.parts import marks, plot_text
from stances.figures.theme import CLASS_COLORS, Theme, base_layout, theme
from stances.figures.trend import (
    OF_LINES,
    Columns,
    by_key,
    class_bands,
    iso_days,
    level_axis,
    level_words,
    plot_values,
    ribbon,
)
from stances.figures.trend import time_axis as trend_axis

# Shared with the timeline, so that one stands exactly under the other.
MARGIN = {"l": 92, "r": 10}
_TOP, _BOTTOM = 24, 26  # over the highest panel and under the lowest, in px
_ALONE_PX, _PANEL_PX, _GAP_PX = 250, 92, 28
_BAR_PX, _LINE_PX, _MARK_PX, _RIM_PX = 7, 1.6, 9, 1.2


def policy_history(
    series: pd.DataFrame,
    acts: pd.DataFrame,
    names: Mapping[str, str],
    codebook: Codebook,
    mode: str,
    period: tuple[date, date],
) -> Json:
    """One panel for each of `names`, all over the same `period`; tables as told at the top of this
    module. An act of score 0 leaves nothing in force: it has a mark and no bar. Marks bring their
    event_id as `customdata`.
    """
    palette, count = theme(mode), len(names)
    panel = _ALONE_PX if count == 1 else _PANEL_PX
    plot = count * (panel + _GAP_PX) - _GAP_PX
    layout = base_layout(palette, plot + _TOP + _BOTTOM) | {
        "margin": {**MARGIN, "t": _TOP, "b": _BOTTOM},
        "xaxis": time_axis(palette, period) | {"anchor": _axis("y", count - 1)},
        "dragmode": False,
        "annotations": [],
        "shapes": [],
    }
    data: list[Json] = []
    lines = by_key(_bends(series), names, OF_LINES)
    acts_of = by_key(acts, names, ("event_id", "date", "until", "score", "hover"))
    for index, (key, name) in enumerate(names.items()):
        axis = _axis("y", index)
        top = 1 - index * (panel + _GAP_PX) / plot
        rows, acts_here = lines[key], acts_of[key]
        traces = [ribbon(rows, palette.ink), *_bars(acts_here, period[1]), _line(rows, palette)]
        data += [trace | {"yaxis": axis} for trace in [*traces, _marks(acts_here, palette)]]
        bottom = round(max(top - panel / plot, 0.0), 4)
        layout[_axis("yaxis", index)] = _level_axis(codebook, palette, count) | {
            "domain": [bottom, round(top, 4)]
        }
        layout["annotations"].append(_title(name, top, palette))
        layout["shapes"] += class_bands(codebook.scale.levels, "paper", axis)
    return {"data": data, "layout": layout}


def _level_labels(codebook: Codebook, count: int) -> list[tuple[int, str]]:
    """Return the points of the scale named beside so many panels: all, or ends and middle."""
    levels, words = codebook.scale.levels, level_words(codebook)
    places = range(len(levels)) if count == 1 else (0, -levels[0], len(levels) - 1)
    return [(levels[place], words[place]) for place in places]


def _axis(name: str, index: int) -> str:
    """Return the name that plotly has for the axis of a panel; the first has no number."""
    return f"{name}{index + 1}" if index > 0 else name


def time_axis(palette: Theme, period: tuple[date, date]) -> Json:
    """Return the axis of a period, with years that a telephone has room for too."""
    return trend_axis(palette, period, narrow=True) | {"fixedrange": True}


def _level_axis(codebook: Codebook, palette: Theme, count: int) -> Json:
    levels, text = codebook.scale.levels, _level_labels(codebook, count)
    return level_axis(codebook, palette, narrow=True) | {
        "range": [levels[0] - 0.5, levels[-1] + 0.5],
        "tickvals": [level for level, _ in text],
        "ticktext": [wording for _, wording in text],
    }


def _bends(series: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the lines without those that repeat what stands before and after them."""
    key = series["key"].to_numpy()
    same = key[1:] == key[:-1]
    for name in ("stance", "low", "high"):
        values = series[name].to_numpy().round(3)
        same &= (values[1:] == values[:-1]) | (np.isnan(values[1:]) & np.isnan(values[:-1]))
    repeats = np.zeros(len(series), bool)
    repeats[1:-1] = same[1:] & same[:-1]
    return series[~repeats]


def _bars(acts: Columns, last: date) -> list[Json]:
    """Return what acts left in force, one trace for each level: from each act's day to its end."""
    until = acts["until"]
    ends = iso_days(np.where(np.isnat(until), np.datetime64(last), until))
    starts = iso_days(acts["date"])
    spans: dict[int, list[str | None]] = {}
    for score, start, end in zip(acts["score"].tolist(), starts, ends, strict=True):
        if score and start < end:
            spans.setdefault(int(score), []).extend((start, end, None))
    return [
        {
            "type": "scatter",
            "x": x,
            "y": [score, score, None] * (len(x) // 3),
            "mode": "lines",
            "line": {"color": CLASS_COLORS[score], "width": _BAR_PX},
            "hoverinfo": "skip",
        }
        for score, x in spans.items()
    ]


def _line(rows: Columns, palette: Theme) -> Json:
    return {
        "type": "scatter",
        "x": iso_days(rows["date"]),
        "y": plot_values(rows["stance"]),
        "mode": "lines",
        "line": {"color": palette.ink, "width": _LINE_PX},
        "connectgaps": False,
        "hovertemplate": "position %{y:+.2f}<br>%{x|%-d %B %Y}<extra></extra>",
    }


def _marks(acts: Columns, palette: Theme) -> Json:
    """Return the day on which each act took force."""
    colors = [CLASS_COLORS[int(score)] for score in acts["score"]]
    rim = {"color": palette.ink, "width": _RIM_PX}
    marker = {"symbol": "square", "size": _MARK_PX, "color": colors, "line": rim}
    x, y = iso_days(acts["date"]), acts["score"].astype(float).tolist()
    # One of the last day stands on the edge.
    return marks(acts, "event_id", x, y, marker) | {"cliponaxis": False}


def _title(name: str, top: float, palette: Theme) -> Json:
    font = {"color": palette.ink, "size": 13}
    return plot_text(f"<b>{escapes.chart(name)}</b>", 0, round(top, 4), font)
