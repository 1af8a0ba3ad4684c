"""The amount that there is of each actor in each year, as a heat map."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from stances import escapes
from stances.figures.levels import cell_axis
from stances.figures.map import Json
from stances.figures.parts import CELLS, PLAIN_AXIS
from stances.figures.theme import Theme, base_layout, in_mode, theme

_ROW_PX = 16
_FEW_YEARS = 6
_TOP, _BOTTOM = 26, 8
_LABELS_PX = 104  # room for the names at the left
# The colour of the cell with the most; the number in ink must be readable on all up to it.
MOST = {"light": "#7eabd6", "dark": "#345f8f"}
NOTHING = "No event up to this day"


def coverage_map(
    table: pd.DataFrame, names: Mapping[str, str], column: str, noun: str, mode: str
) -> Json:
    """Return a row for each actor, a column for each year; the darker, the more.

    `table`: actor, year and the counts in `column`, a row for every actor and year, actors in the
    order of the rows. `names`: short name by actor. `noun`: what is counted, in the plural. Cells
    with 0 stay empty. Colours follow the square root, so that few and many can both be told apart.
    """
    palette = theme(mode)
    counts = table.pivot_table(index="actor", columns="year", values=column, sort=False)
    numbers = counts.to_numpy(np.int64)
    labels = [names[actor] for actor in counts.index]
    data = [
        {
            **CELLS,
            "x": [int(year) for year in counts.columns],
            "y": list(range(len(labels))),
            "z": np.where(numbers > 0, np.sqrt(numbers), np.nan).round(3),
            "text": [[str(n) if n else "" for n in row] for row in numbers.tolist()],
            "texttemplate": "%{text}",
            "textfont": {"size": 10, "color": palette.ink},
            "customdata": [
                [escapes.chart(label) if n else "" for n in row]
                for label, row in zip(labels, numbers.tolist(), strict=True)
            ],
            "hovertemplate": f"<b>%{{customdata}}</b><br>%{{x}}: %{{text}} {noun}<extra></extra>",
            "colorscale": [[0, palette.grid], [1, in_mode(MOST, mode)]],
            "zmin": 0,
        }
    ]
    layout = _layout(labels, palette)
    if len(counts.columns) < _FEW_YEARS:
        layout["xaxis"] |= {"dtick": 1}  # else the browser sets ticks within a year
    return {"data": data, "layout": layout}


def high(actors: int) -> int:
    """Return how high the map of so many actors is, in px."""
    return _TOP + _BOTTOM + _ROW_PX * max(actors, 4)


def _layout(labels: list[str], palette: Theme) -> Json:
    layout = base_layout(palette, high(len(labels)), 12) | {
        "margin": {"l": _LABELS_PX, "r": 4, "t": _TOP, "b": _BOTTOM},
        "dragmode": False,
        # As many years as have room for their names on a telephone.
        "xaxis": {
            **PLAIN_AXIS,
            "side": "top",
            "tickformat": "d",
            "dtick": 5,
            "color": palette.muted,
        },
        "yaxis": cell_axis(labels) | {"autorange": "reversed", "color": palette.ink},
    }
    if not labels:
        layout["annotations"] = [{"text": NOTHING, "showarrow": False}]
        layout["xaxis"] |= {"visible": False}
    return layout
