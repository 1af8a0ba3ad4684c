"""Distances of many actors, each from each, as a square of cells."""

import math
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import getitem

import numpy as np
import numpy.typing as npt

from stances import escapes
from stances.figures.levels import LEAST
from stances.figures.map import Json
from stances.figures.parts import CELLS, PLAIN_AXIS, empty_note, form_buttons, silent_marks
from stances.figures.theme import Theme, base_layout, between, in_mode, theme

NOTHING = "No two actors can be compared"
NUMBERED = "Columns by the numbers of the rows"
# Where the classes of distance begin, in points of the scale.
STEPS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)
_FAR = {"light": "#dde5ed", "dark": "#2a323b"}
_CELL_PX = {12: 34, 40: 21, 1_000: 13}  # by the largest number of actors
_FIGURES = 12  # up to so many actors the cells have figures
_NAME_PX = 92
_LARGEST = 2.5
# From so many actors on, a telephone needs small names; from so many on, columns are narrower than
# letters are high, and over every so many of them stands a number.
_SMALL, _NUMBERS, _EACH = 21, 29, 5
_TINY, _LETTER = {"x": 8, "y": 11}, 0.52  # px, and the width of a letter as a part of it


def distance_colors(mode: str) -> list[str]:
    """Return the colour of each class of `STEPS`, the strongest for the nearest."""
    near, far = theme(mode).accent, in_mode(_FAR, mode)
    count = len(STEPS) - 1
    return [between(near, far, place / count) for place in range(count + 1)]


def matrix(names: Sequence[str], distance: npt.NDArray[np.float64], mode: str) -> Json:
    """Return the distances of N actors in the order given, the nearer the darker.

    `names`: N, no two the same. `distance`: N x N, points of the scale, NaN: cannot be told, and
    left blank. The diagonal is only a dot: nobody is apart from itself. With many actors there are
    two hidden buttons, as in `trend_chart`, of which the page presses the one that fits.
    """
    palette = theme(mode)
    labels = [escapes.chart(name) for name in names]
    # Nobody reads the distance of an actor from itself.
    apart = np.where(np.eye(len(labels), dtype=bool), np.nan, distance)
    data = [
        _cells(labels, apart, mode),
        silent_marks(labels, labels, {"color": palette.muted, "size": 3}),
    ]
    layout = _layout(labels, palette)
    if len(labels) >= _SMALL:
        narrow = _narrow(labels)
        wide = {path: reduce(getitem, path.split("."), layout) for path in narrow}
        layout["updatemenus"] = [form_buttons(wide, narrow)]
    return {"data": data, "layout": layout}


def lower_matrix(figure: Json, high: float) -> Json:
    """Return distances so many px high, with letters that can be read: where rows are lower than
    these, of every second, third ... the name alone.
    """
    layout, labels = figure["layout"], figure["layout"]["yaxis"]["ticktext"]
    longest = max(map(len, labels), default=0) * _LETTER
    row = (high - 2 - longest * LEAST - 8) / max(len(labels), 1)
    size = round(min(layout["yaxis"]["tickfont"]["size"], max(LEAST, row * 0.92)), 1)
    step = max(math.ceil(LEAST / 0.92 / row), 1)
    named = {"tickvals": labels[::step], "ticktext": labels[::step]}
    axes = {
        name: layout[name] | named | {"tickfont": layout[name]["tickfont"] | {"size": size}}
        for name in ("xaxis", "yaxis")
    }
    sides = round(8 + longest * size)
    margin = layout["margin"] | {"l": sides, "b": sides}
    notes = [_EACH_NAMED | {"text": f"one in {step}<br>is named"}] if step > 1 else []
    font = {"font": {"size": size, "color": layout["yaxis"]["tickfont"]["color"]}}
    annotations = [*layout["annotations"], *(note | font for note in notes)]
    frame = {"height": high, "margin": margin, "annotations": annotations}
    return {**figure, "layout": layout | axes | frame}


# Below the names of the rows, and to the left of those of the columns.
_EACH_NAMED = {
    "x": 0, "xref": "paper", "xanchor": "right", "xshift": -4,
    "y": 0, "yref": "paper", "yanchor": "top", "yshift": -4, "showarrow": False,
}  # fmt: skip


def _cells(labels: list[str], distance: npt.NDArray[np.float64], mode: str) -> Json:
    # Two decimals are what is shown, and a third of the bytes.
    cells = [[None if v != v else round(v, 2) for v in row] for row in distance.tolist()]
    return {
        **CELLS,
        "x": labels,
        "y": labels,
        "z": cells,
        "zmin": 0,
        "zmax": _LARGEST,
        "colorscale": _colorscale(mode),
        "hovertemplate": "<b>%{y}</b>, <b>%{x}</b><br>%{z:.2f} points apart<extra></extra>",
        "texttemplate": "%{z:.2f}" if len(labels) <= _FIGURES else "",
    }


def _colorscale(mode: str) -> list[tuple[float, str]]:
    edges = [*(round(step / _LARGEST, 4) for step in STEPS), 1.0]
    bands = zip(pairwise(edges), distance_colors(mode), strict=True)
    return [(edge, color) for ends, color in bands for edge in ends]


def _narrow(labels: list[str]) -> Json:
    """Return what of the layout is different on a telephone, by plotly's paths."""
    if len(labels) < _NUMBERS:
        longest = max(map(len, labels)) * _LETTER
        left, bottom = (min(_NAME_PX, round(8 + longest * _TINY[axis])) for axis in "yx")
        sizes = {f"{axis}axis.tickfont.size": size for axis, size in _TINY.items()}
        return {"margin.l": left, "margin.b": bottom, **sizes}
    numbers = range(_EACH, len(labels) + 1, _EACH)
    return {
        "margin.t": 36,
        "margin.b": 2,
        "xaxis.side": "top",
        "xaxis.title.text": NUMBERED,
        "xaxis.tickangle": 0,
        "xaxis.ticks": "outside",
        "xaxis.tickvals": [labels[number - 1] for number in numbers],
        "xaxis.ticktext": [str(number) for number in numbers],
        "yaxis.ticktext": [f"{number} {label}" for number, label in enumerate(labels, 1)],
    }


def _layout(labels: list[str], palette: Theme) -> Json:
    cell = next(px for most, px in _CELL_PX.items() if len(labels) <= most)
    ends = [-0.5, max(len(labels), 1) - 0.5]
    axis = {
        "type": "category",
        "categoryarray": labels,
        "categoryorder": "array",
        "tickmode": "array",
        "tickvals": labels,
        "ticktext": labels,
        "tickfont": {"color": palette.ink, "size": 12 if cell > 15 else 10},
        "ticks": "",
        **PLAIN_AXIS,
    }
    columns = {
        "range": ends,
        "side": "bottom",
        "tickcolor": palette.muted,
        "title": {"text": "", "font": {"color": palette.muted, "size": 11}, "standoff": 4},
    }
    return base_layout(palette, _NAME_PX + cell * max(len(labels), 3)) | {
        "margin": {"l": _NAME_PX, "r": 2, "t": 2, "b": _NAME_PX - 2},
        "dragmode": False,
        # Few names lie flat where they have the room.
        "xaxis": axis | columns | ({} if len(labels) <= _FIGURES else {"tickangle": -90}),
        "yaxis": axis | {"range": ends[::-1]},
        "annotations": [] if labels else [empty_note(NOTHING, palette)],
    }
