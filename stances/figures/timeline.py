"""All events of an actor over time, a row for each domain.

`events`: event_id, key (the row), date, binding (bool), score (NaN: context, which is not counted)
and hover (escaped text), in order of date. `names`: key -> name, one row each, from the top down;
each has events.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from stances.figures.history import MARGIN, time_axis
from stances.figures.map import Json
from stances.figures.parts import PLAIN_AXIS, cut_rows, marks, rule
from stances.figures.theme import CLASS_COLORS, Theme, base_layout, theme
from stances.figures.trend import iso_days

_TOP, _BOTTOM = 6, 26
# A mark, and what a row has beside its lanes of marks, in px. So many marks fit side by side.
_MARK_PX, _LANE_PX, _ROW_PX = 10, 12, 22
_MARKS_ABREAST = 75
_LETTERS = 12  # of a line in the margin


def event_timeline(
    events: pd.DataFrame, names: Mapping[str, str], mode: str, period: tuple[date, date]
) -> Json:
    """Return a mark for each event: squares for acts and discs for words in the colour of their
    score, hollow for context. Events close to each other stand in lanes above one another. Marks
    bring their event_id as `customdata`; tables as told at the top of this module.
    """
    palette = theme(mode)
    width = (period[1] - period[0]).days / _MARKS_ABREAST
    days = events["date"].to_numpy("datetime64[D]").astype(np.int64)
    places = {key: np.flatnonzero(events["key"].to_numpy() == key) for key in names}
    lanes = {key: _lanes(days[places[key]].tolist(), width) for key in names}
    heights = [_ROW_PX + _LANE_PX * (1 + max(lanes[key])) for key in names]
    ends = np.cumsum(heights).tolist()
    middles = [end - height / 2 for end, height in zip(ends, heights, strict=True)]
    y = np.full(len(events), np.nan)
    for key, middle in zip(names, middles, strict=True):
        # Lanes stack around the middle.
        deepest = max(lanes[key])
        y[places[key]] = [middle + (deepest / 2 - lane) * _LANE_PX for lane in lanes[key]]
    total = ends[-1]
    layout = base_layout(palette, total + _TOP + _BOTTOM) | {
        "margin": {**MARGIN, "t": _TOP, "b": _BOTTOM},
        "dragmode": False,
        "xaxis": time_axis(palette, period),
        "yaxis": {
            "range": [total, 0],
            "tickvals": middles,
            "ticktext": [cut_rows(name, _LETTERS) for name in names.values()],
            "ticklabelstandoff": 6,
            "tickfont": {"color": palette.ink, "size": 11},
            **PLAIN_AXIS,
        },
        "shapes": [rule(end, palette.grid) for end in ends[:-1]],
    }
    return {"data": _traces(events.assign(y=y), palette), "layout": layout}


def _lanes(days: list[int], width: float) -> list[int]:
    """Return the lane of each event of a row: the first one that is free for `width` days."""
    free: list[float] = []
    lanes = []
    for day in days:
        lane = next((at for at, since in enumerate(free) if day >= since), len(free))
        free[lane : lane + 1] = [day + width]
        lanes.append(lane)
    return lanes


def _traces(events: pd.DataFrame, palette: Theme) -> list[Json]:
    context = np.isnan(events["score"].to_numpy())
    binding = events["binding"].to_numpy(bool)
    return [
        _marks(events[context], "circle-open", palette),
        _marks(events[~context & ~binding], "circle", palette),
        _marks(events[~context & binding], "square", palette),
    ]


def _marks(events: pd.DataFrame, symbol: str, palette: Theme) -> Json:
    colors = [
        palette.muted if score != score else CLASS_COLORS[int(score)] for score in events["score"]
    ]
    rim = {"color": palette.muted, "width": 1}
    marker = {"symbol": symbol, "size": _MARK_PX, "color": colors, "line": rim}
    x, y = iso_days(events["date"]), events["y"].round(1).tolist()
    # One of the last day stands on the edge.
    return marks(events, "event_id", x, y, marker) | {"cliponaxis": False}
