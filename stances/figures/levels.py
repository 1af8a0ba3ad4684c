"""Levels of many actors in several domains, as a grid of cells with their labels."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stances import escapes
from stances.figures.map import Json, level_codes
from stances.figures.parts import CELLS, PLAIN_AXIS
from stances.figures.theme import CLEAR, Theme, base_layout, colorscale, level_range, theme

_ROW_PX, _TOP, _BOTTOM, _NAMES_PX = 22, 44, 8, 120
# Of one that is lower: above its cells, and the largest and smallest letters, which a row holds and
# which can be read on a slide.
_LOW_TOP, _LETTERS, LEAST, _LETTERS_OF_ROW = 22, 11, 8.4, 0.92
# The width of a letter as a part of its height, from a name to the cells, and from part to part.
_WIDTH, _TO_CELLS, BETWEEN = 0.52, 8, 20


class LevelCells(NamedTuple):
    """The cells of a grid, a row for each of `names` and in it one for each of `columns`: `levels`,
    points of the scale, NaN: no position, which stays empty; `texts`; and which are paler since
    they are `old`, empty: none.
    """

    names: Sequence[str]
    columns: Sequence[str]
    levels: Sequence[Sequence[float]]
    texts: Sequence[Sequence[str]]
    old: Sequence[Sequence[bool]] = ()


def level_grid(grid: LevelCells, scale: range, mode: str) -> Json:
    """Return a figure of cells in the colours of their classes. `scale`: all its levels."""
    old = np.array(grid.old, bool) if grid.old else False
    codes = level_codes(np.array(grid.levels, float), scale, old)
    cells = [
        [None if level != level else int(code) for level, code in zip(*row, strict=True)]
        for row in zip(grid.levels, codes, strict=True)
    ]
    low, high = level_range(scale)
    trace = {
        **CELLS,
        "x": list(range(len(grid.columns))),
        "y": list(range(len(grid.names))),
        "customdata": [
            [f"<b>{escapes.chart(name)}</b><br>{escapes.chart(column)}" for column in grid.columns]
            for name in grid.names
        ],
        "z": cells,
        "text": [[escapes.chart(text) for text in row] for row in grid.texts],
        "texttemplate": "%{text}",
        "textfont": {"size": 11},
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
        "colorscale": colorscale(scale, mode, cells=True),
        "zmin": low,
        "zmax": high,
    }
    return {"data": [trace], "layout": _layout(grid.names, grid.columns, theme(mode))}


def grid_parts(grid: Json, wide: float, high: float, cell: float) -> list[Json]:
    """Return a grid, so many px wide and high, in parts that stand beside one another, with letters
    that can be read: in as many as its rows need and its cells, at least `cell` px wide, have room
    for. Of more rows as many as have room, and how many are left out.
    """
    [cells], names = grid["data"], grid["layout"]["yaxis"]["ticktext"]
    fitting = max(int((high - _LOW_TOP - _BOTTOM) * _LETTERS_OF_ROW / LEAST), 1)
    one = _names_px(names, LEAST) + cell * len(cells["x"]) + BETWEEN
    count = min(max(int((wide + BETWEEN) / one), 1), math.ceil(len(names) / fitting)) or 1
    size = min(fitting, math.ceil(len(names) / count))
    whole = len(names) <= size * count
    last = len(names) if whole else size * count - 1
    across = (wide - BETWEEN * (count - 1)) / count
    parts = [
        _without_crowded_names(
            lower(_rows_of(grid, start, min(start + size, last), size), high), across
        )
        for start in range(0, max(last, 1), size)
    ]
    if not whole:
        axis = parts[-1]["layout"]["yaxis"]
        axis["tickvals"] = [*axis["tickvals"], size - 1]
        axis["ticktext"] = [*axis["ticktext"], f"and {len(names) - last} more"]
    return parts


def _rows_of(grid: Json, start: int, stop: int, size: int) -> Json:
    """Return some rows of a grid, as high as `size` rows."""
    [cells], layout = grid["data"], grid["layout"]
    rows = {name: cells[name][start:stop] for name in ("z", "text", "customdata")}
    names = layout["yaxis"]["ticktext"][start:stop]
    ticks = {"tickvals": list(range(len(names))), "ticktext": names}
    axis = layout["yaxis"] | ticks | {"range": [size - 0.5, -0.5]}
    return {
        "data": [cells | rows | {"y": list(range(len(names)))}],
        "layout": layout | {"yaxis": axis},
    }


def _without_crowded_names(grid: Json, wide: float) -> Json:
    """Return a grid so many px wide without the names of columns that would run into the next."""
    layout = grid["layout"]
    axis, margin = layout["xaxis"], layout["margin"]
    names = axis.get("ticktext", [])
    cell = (wide - margin["l"] - margin["r"]) / max(len(names), 1)
    letter, places = axis["tickfont"]["size"] * _WIDTH, list(range(len(names)))[-1:]
    for place in reversed(range(len(names) - 1)):
        letters = 1 + (len(names[place]) + len(names[places[0]])) / 2
        if letters * letter <= (places[0] - place) * cell:
            places.insert(0, place)
    named = {"tickvals": places, "ticktext": [names[place] for place in places]} if names else {}
    return {**grid, "layout": layout | {"xaxis": axis | named}}


def _names_px(names: Sequence[str], size: float) -> float:
    return _TO_CELLS + max(map(len, names), default=0) * size * _WIDTH


def lower(grid: Json, high: float) -> Json:
    """Return a grid so many px high, whose letters are as large as its rows have room for."""
    [cells], layout = grid["data"], grid["layout"]
    rows = layout["yaxis"].get("range", (len(cells["y"]), 0))
    row = (high - _LOW_TOP - _BOTTOM) / max(rows[0] - rows[1], 1)
    size = round(min(_LETTERS, max(LEAST, row * _LETTERS_OF_ROW)), 1)
    axes = {name: layout[name] | {"tickfont": {"size": size}} for name in ("xaxis", "yaxis")}
    left = _names_px(layout["yaxis"]["ticktext"], size)
    margin = layout["margin"] | {"t": _LOW_TOP, "l": left}
    return {
        "data": [cells | {"textfont": cells["textfont"] | {"size": size}}],
        "layout": layout | axes | {"height": high, "margin": margin},
    }


def _layout(names: Sequence[str], columns: Sequence[str], palette: Theme) -> Json:
    return base_layout(palette, _TOP + _BOTTOM + _ROW_PX * max(len(names), 2), 12) | {
        "margin": {"l": _NAMES_PX, "r": 4, "t": _TOP, "b": _BOTTOM},
        "dragmode": False,
        "xaxis": cell_axis(columns) | {"side": "top", "color": palette.muted},
        "yaxis": cell_axis(names) | {"autorange": "reversed", "color": palette.ink},
    }


def cell_axis(labels: Sequence[str]) -> Json:
    """Return an axis that names each of its cells."""
    return {
        **PLAIN_AXIS,
        # A little room between the names and the cells.
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": CLEAR,
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": [escapes.chart(label) for label in labels],
    }
