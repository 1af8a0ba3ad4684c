"""Levels of many actors in several domains, as a grid of cells with their labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stances import escapes
from stances.figures.map import Json, level_codes
from stances.figures.theme import CLEAR, Theme, colorscale, font, hover_label, level_range, theme

_ROW_PX, _TOP, _BOTTOM, _NAMES_PX = 22, 44, 8, 120
# Of one that is lower: above its cells, and the largest and smallest letters, which a row holds.
_LOW_TOP, _LETTERS, _LEAST, _LETTERS_OF_ROW = 22, 11, 5, 0.92


def level_grid(
    names: Sequence[str],
    columns: Sequence[str],
    levels: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    scale: range,
    mode: str,
    old: Sequence[Sequence[bool]] = (),
) -> Json:
    """Return a figure with a row for each name and a cell for each column, in the colour of its
    class. `levels`: points of the scale by row and column, NaN: no position, which stays empty;
    `texts`: of the cells; `scale`: its levels; `old`: which cells are paler, none where it is
    empty.
    """
    codes = level_codes(np.array(levels, float), scale, np.array(old, bool) if old else False)
    cells = [
        [None if level != level else int(code) for level, code in zip(*row, strict=True)]
        for row in zip(levels, codes, strict=True)
    ]
    return {
        "data": [_cells(names, columns, cells, texts, scale, mode)],
        "layout": _layout(names, columns, theme(mode)),
    }


def lower(grid: Json, high: int) -> Json:
    """Return a grid so many px high, whose letters are as large as its rows have room for."""
    [cells], layout = grid["data"], grid["layout"]
    row = (high - _LOW_TOP - _BOTTOM) / max(len(cells["y"]), 1)
    size = round(min(_LETTERS, max(_LEAST, row * _LETTERS_OF_ROW)), 1)
    axes = {name: layout[name] | {"tickfont": {"size": size}} for name in ("xaxis", "yaxis")}
    margin = layout["margin"] | {"t": _LOW_TOP}
    return {
        "data": [cells | {"textfont": {"size": size}}],
        "layout": layout | axes | {"height": high, "margin": margin},
    }


def _cells(
    names: Sequence[str],
    columns: Sequence[str],
    codes: Sequence[Sequence[int | None]],
    texts: Sequence[Sequence[str]],
    scale: range,
    mode: str,
) -> Json:
    low, high = level_range(scale)
    return {
        "type": "heatmap",
        "x": list(range(len(columns))),
        "y": list(range(len(names))),
        "customdata": [
            [f"<b>{escapes.chart(name)}</b><br>{escapes.chart(column)}" for column in columns]
            for name in names
        ],
        "z": codes,
        "text": [[escapes.chart(text) for text in row] for row in texts],
        "texttemplate": "%{text}",
        "textfont": {"size": 11},
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
        "hoverongaps": False,
        "colorscale": colorscale(scale, mode),
        "zmin": low,
        "zmax": high,
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
    }


def _layout(names: Sequence[str], columns: Sequence[str], look: Theme) -> Json:
    return {
        "template": {},
        "height": _TOP + _BOTTOM + _ROW_PX * max(len(names), 2),
        "margin": {"l": _NAMES_PX, "r": 4, "t": _TOP, "b": _BOTTOM},
        "font": font(look, 12),
        "hoverlabel": hover_label(look),
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "dragmode": False,
        "xaxis": _axis(columns) | {"side": "top", "color": look.muted},
        "yaxis": _axis(names) | {"autorange": "reversed", "color": look.ink},
    }


def _axis(labels: Sequence[str]) -> Json:
    """Return an axis that names each of its cells."""
    return {
        "fixedrange": True,
        "showgrid": False,
        "showline": False,
        "zeroline": False,
        # A little room between the names and the cells.
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": CLEAR,
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": [escapes.chart(label) for label in labels],
    }
