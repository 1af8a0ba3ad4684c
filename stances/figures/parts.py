"""Parts that figures have in common: marks, texts, rules, bands, and forms for two widths."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from stances import escapes
from stances.figures.map import Json
from stances.figures.theme import Theme

LETTERS = 12
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
# As `meta` of a figure: below so many px it takes its form for narrow screens; others below 680.
COMPACT = {"narrowPx": 600}
# An axis without a grid, which nobody moves; and cells that stand apart.
PLAIN_AXIS: Json = {"showgrid": False, "zeroline": False, "fixedrange": True}
CELLS: Json = {"type": "heatmap", "hoverongaps": False, "showscale": False, "xgap": 1, "ygap": 1}


def marks(rows: Any, key: str, x: Sequence[Any], y: Sequence[Any], marker: Json) -> Json:
    """Return a mark for each row, which tells its `hover` to a pointer and brings its `key` as
    `customdata`; none pales where another is chosen.
    """
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "markers",
        "text": rows["hover"].tolist(),
        "customdata": rows[key].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"opacity": 1, **marker},
        "unselected": {"marker": {"opacity": 1}},
        "showlegend": False,
    }


def silent_marks(x: Sequence[Any], y: Sequence[Any], marker: Json) -> Json:
    """Return marks that a pointer does not find; one on the edge of the plot is whole."""
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "markers",
        "marker": marker,
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def empty_note(text: str, palette: Theme) -> Json:
    """Return what is said in the middle of a figure that draws nothing."""
    return {"text": text, "showarrow": False, "font": {"color": palette.muted, "size": 15}}


def plot_text(text: str, x: float, y: float, font: Json, anchor: str = "left bottom") -> Json:
    """Return a text at a place in parts of the plot. `anchor`: the sides of it placed there."""
    across, up = anchor.split()
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": across,
        "yanchor": up,
        "showarrow": False,
        "font": font,
    }


def cut(text: str, most: int) -> str:
    """Return a text in so many letters at most."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}{_ELLIPSIS}"


def cut_rows(text: str, letters: int, most: int | None = None) -> str:
    """Return a text in rows of so many letters, escaped; what `most` rows cannot hold is cut."""
    rows = wrap(text, letters, max_lines=most, placeholder=_ELLIPSIS)
    return "<br>".join(map(escapes.chart, rows))


def upright(day: str, line: Json, top: float = 1) -> Json:
    """Return a line at a day, up to a part of the plot's height."""
    return {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": top, "line": line}


def rule(y: float, color: str) -> Json:
    """Return a thin line across the plot at a height."""
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y}
    return {"type": "line", "line": {"color": color, "width": 1}, **ends}


def box(color: str) -> Json:
    """Return a rectangle without a border behind all else, still without its ends."""
    return {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": color}


def band(bottom: float, top: float, color: str) -> Json:
    """Return a band across the plot behind all else."""
    return box(color) | {"xref": "paper", "x0": 0, "x1": 1, "y0": bottom, "y1": top}


def row_text(text: str, y: float, color: str, size: float = LETTERS, anchor: str = "left") -> Json:
    """Return a text at the plot's left end, around a height. `anchor`: the side placed there."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": anchor,
        "y": y,
        "yanchor": "middle",
        "align": anchor,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": size, "color": color},
    }


def form_buttons(wide: Json, narrow: Json) -> Json:
    """Return the hidden buttons; by `showlegend` the page tells which one was pressed last."""
    return {
        "type": "buttons",
        # On the plot: beside it they would push the margin, hidden or not.
        "x": 0,
        "xanchor": "left",
        "buttons": [
            {"label": label, "method": "relayout", "args": [{**shape, "showlegend": pressed}]}
            for label, shape, pressed in (("wide", wide, False), ("narrow", narrow, True))
        ],
    }
