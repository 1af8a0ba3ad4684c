"""Levels of many actors in several domains, as a grid of cells with their labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stances import escapes
from stances.figures.map import Json
from stances.figures.theme import CLEAR, Theme, font, hover_label, theme

_ROW_PX, _TOP, _BOTTOM, _NAMES_PX = 22, 44, 8, 120


def level_grid(
    names: Sequence[str],
    columns: Sequence[str],
    levels: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    ends: tuple[int, int],
    mode: str,
) -> Json:
    """Return a figure with a row for each name and a cell for each column, in the colour of its
    class. `levels`: points of the scale by row and column, NaN: no position, which stays empty;
    `texts`: of the cells; `ends`: of the scale.
    """
    look = theme(mode)
    return {
        "data": [_cells(names, columns, levels, texts, ends, look)],
        "layout": _layout(names, columns, look),
    }


def _cells(
    names: Sequence[str],
    columns: Sequence[str],
    levels: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    ends: tuple[int, int],
    look: Theme,
) -> Json:
    return {
        "type": "heatmap",
        "x": list(range(len(columns))),
        "y": list(range(len(names))),
        "customdata": [
            [f"<b>{escapes.chart(name)}</b><br>{escapes.chart(column)}" for column in columns]
            for name in names
        ],
        "z": [[None if level != level else int(level) for level in row] for row in levels],
        "text": [[escapes.chart(text) for text in row] for row in texts],
        "texttemplate": "%{text}",
        "textfont": {"size": 11},
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
        "hoverongaps": False,
        "colorscale": _colorscale(look.level_color, ends),
        "zmin": ends[0] - 0.5,
        "zmax": ends[1] + 0.5,
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


def _colorscale(color_of: Callable[[float], str], ends: tuple[int, int]) -> list[tuple[float, str]]:
    """Return the colour of each whole number, without any between them."""
    first, last = ends
    count = last - first + 1
    return [
        (round((level - first + side) / count, 4), color_of(level))
        for level in range(first, last + 1)
        for side in (0, 1)
    ]


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
