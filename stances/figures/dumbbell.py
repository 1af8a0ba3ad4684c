"""Two stances a row, joined: those of an actor on two days, or of two actors in a domain."""

import numpy as np
import pandas as pd

from stances import escapes
from stances.dataset.codebook import Codebook
from stances.figures.map import Json
from stances.figures.parts import PLAIN_AXIS, band, box, empty_note, marks
from stances.figures.theme import CLASS_COLORS, CLEAR, Theme, base_layout, theme
from stances.figures.trend import faint, plot_values, signed_level

NOTHING = "Nothing to draw"
_ROW_PX = 23
_TOP, _BOTTOM = 24, 6
_LETTER_PX, _LEAST_PX = 6.6, 64  # what a name needs on the left
_NOTE_PX = 48  # and a note on the right
_BAR = 0.13  # half the height of a hollow bar, in rows
_SPACE = 0.22  # points beyond the ends of the scale, so that a dot there is whole


def dumbbell(
    table: pd.DataFrame,
    codebook: Codebook,
    mode: str,
    colors: tuple[str, str] | None = None,
    chosen: str | None = None,
) -> Json:
    """Return a row for each row of `table`, the first on top: a dot for each of two stances, a line
    between them, and a note at its end.

    `table`: key, name, first, second (stances, NaN: no position, so no dot), level (the class of
    `second`, NaN: none), note, hover (escaped text), and where the way has two parts `between`: up
    to it the way is drawn hollow, from there on as a line. `colors`: of the two dots; without them
    the first is hollow and the second has the colour of its class. `chosen`: the key of the row to
    mark. Dots bring the key of their row as `customdata`.
    """
    palette = theme(mode)
    hollow = {
        "color": palette.background,
        "line": {"color": palette.muted, "width": 1.5},
        "size": 9,
    }
    of_class = [palette.level_color(level) for level in table["level"].tolist()]
    one, other = (
        (hollow, _full(of_class, palette))
        if colors is None
        else (_full(colors[0], palette), _full(colors[1], palette))
    )
    start = table["between" if "between" in table else "first"]
    data = [
        _joints(start, table["second"], palette),
        _dots(table, "first", one),
        # On an axis of its own, which has the notes for labels.
        _dots(table, "second", other) | {"yaxis": "y2"},
    ]
    layout = _layout(table, codebook.scale.levels, palette, chosen)
    return {"data": data, "layout": layout}


def _full(color: str | list[str], palette: Theme) -> Json:
    return {"color": color, "line": {"color": palette.ink, "width": 1}, "size": 12}


def _joints(start: pd.Series, end: pd.Series, palette: Theme) -> Json:
    """One line for each row, cut off from the next by a gap."""
    one, other = plot_values(start), plot_values(end)
    return {
        "type": "scatter",
        "x": [x for pair in zip(one, other, strict=True) for x in (*pair, None)],
        "y": np.repeat(np.arange(len(start)), 3).tolist(),
        "mode": "lines",
        "line": {"color": palette.muted, "width": 2.5},
        "hoverinfo": "skip",
    }


def _dots(table: pd.DataFrame, column: str, marker: Json) -> Json:
    x, y = plot_values(table[column]), range(len(table))
    return marks(table, "key", x, [*y], marker) | {"cliponaxis": False}


def _layout(table: pd.DataFrame, levels: range, palette: Theme, chosen: str | None) -> Json:
    names = [escapes.chart(name) for name in table["name"]]
    longest = max((len(name) for name in table["name"]), default=0)
    bold = [f"<b>{n}</b>" if k == chosen else n for n, k in zip(names, table["key"], strict=True)]
    notes = [escapes.chart(note) for note in table["note"]]
    return base_layout(palette, _TOP + _BOTTOM + _ROW_PX * max(len(table), 3)) | {
        "margin": {
            "l": max(_LEAST_PX, round(14 + longest * _LETTER_PX)),
            "r": _NOTE_PX,
            "t": _TOP,
            "b": _BOTTOM,
        },
        "dragmode": False,
        # Its line would strike through what stands in the middle of an empty chart.
        "xaxis": _scale_axis(levels, palette) | {"zeroline": bool(len(table))},
        "yaxis": _row_axis(bold, palette),
        "yaxis2": _row_axis(notes, palette) | {"overlaying": "y", "side": "right"},
        "shapes": _class_columns(levels) + _hollow(table, palette) + _bands(table, palette, chosen),
        "annotations": [] if len(table) else [empty_note(NOTHING, palette)],
    }


def _scale_axis(levels: range, palette: Theme) -> Json:
    return {
        "range": [levels[0] - 0.5 - _SPACE, levels[-1] + 0.5 + _SPACE],
        "tickvals": list(levels),
        "ticktext": [signed_level(level) for level in levels],
        "side": "top",
        **PLAIN_AXIS,
        "zerolinecolor": palette.muted,
        "zerolinewidth": 0.7,
        "tickfont": {"color": palette.muted},
    }


def _row_axis(words: list[str], palette: Theme) -> Json:
    """Rows from the top down, each with a word."""
    return {
        "range": [max(len(words), 3) - 0.5, -0.5],
        "tickvals": list(range(len(words))),
        "ticktext": words,
        "ticklabelstandoff": 6,
        "tickfont": {"color": palette.ink, "size": 12.5},
        **PLAIN_AXIS,
    }


def _class_columns(levels: range) -> list[Json]:
    """Return a breath of each class's colour behind its part of the scale."""
    return [
        box(faint(CLASS_COLORS[level], 0.12))
        | {"x0": level - 0.5, "x1": level + 0.5, "yref": "paper", "y0": 0, "y1": 1}
        for level in levels
    ]


def _hollow(table: pd.DataFrame, palette: Theme) -> list[Json]:
    """Return the first part of the way of each row that has two, as the outline of a bar."""
    if "between" not in table:
        return []
    spans = zip(plot_values(table["first"]), plot_values(table["between"]), strict=True)
    outline = {"width": 1.2, "color": palette.muted}
    return [
        box(CLEAR)
        | {"x0": start, "x1": end, "y0": place - _BAR, "y1": place + _BAR, "line": outline}
        for place, (start, end) in enumerate(spans)
        if start is not None and end is not None and start != end
    ]


def _bands(table: pd.DataFrame, palette: Theme, chosen: str | None) -> list[Json]:
    """Return a band behind the chosen row."""
    return [
        band(place - 0.5, place + 0.5, faint(palette.ink, 0.1))
        for place in np.flatnonzero(table["key"].to_numpy(object) == chosen).tolist()
    ]
