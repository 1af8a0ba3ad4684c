"""The amount that there is of each actor in each year, as a heat map."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from stances import escapes
from stances.figures.map import Json
from stances.figures.theme import CLEAR, Theme, base_layout, in_mode, theme

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
    labels = [escapes.chart(names[actor]) for actor in counts.index]
    data = [
        {
            "type": "heatmap",
            "x": [int(year) for year in counts.columns],
            "y": list(range(len(labels))),
            "z": np.where(numbers > 0, np.sqrt(numbers), np.nan).round(3),
            "text": [[str(n) if n else "" for n in row] for row in numbers.tolist()],
            "texttemplate": "%{text}",
            "textfont": {"size": 10, "color": palette.ink},
            "customdata": [
                [label if n else "" for n in row]
                for label, row in zip(labels, numbers.tolist(), strict=True)
            ],
            "hovertemplate": f"<b>%{{customdata}}</b><br>%{{x}}: %{{text}} {noun}<extra></extra>",
            "hoverongaps": False,
            "colorscale": [[0, palette.grid], [1, in_mode(MOST, mode)]],
            "zmin": 0,
            "showscale": False,
            "xgap": 1,
            "ygap": 1,
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
        "xaxis": _axis() | {"side": "top", "tickformat": "d", "dtick": 5, "color": palette.muted},
        "yaxis": _axis()
        | {
            "autorange": "reversed",
            # A little room between the names and the cells.
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": CLEAR,
            "tickmode": "array",
            "tickvals": list(range(len(labels))),
            "ticktext": labels,
            "color": palette.ink,
        },
    }
    if not labels:
        layout["annotations"] = [{"text": NOTHING, "showarrow": False}]
        layout["xaxis"] |= {"visible": False}
    return layout


def _axis() -> dict[str, object]:
    return {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
    }
