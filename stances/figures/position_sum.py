"""One position as a sum: a bar for each part, as wide as it counts and beginning where the last one
ended; below them all of them together, and their average on the scale.

`rows`: label, how, what (texts), share, part (as printed). `segments`: row (its place in `rows`),
code, level (the class of its colour; NaN: no position), share (percent) and hover (escaped text),
in the order of the rows; a row of several small parts has several.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import pandas as pd

from stances import escapes
from stances.figures.map import Json
from stances.figures.parts import (
    LETTERS,
    cut,
    cut_rows,
    form_buttons,
    marks,
    row_text,
    rule,
    silent_marks,
)
from stances.figures.theme import CLEAR, Theme, base_layout, theme
from stances.figures.trend import signed_level

# In px: the head, a row, from its top to its bar and how high that is, on narrow screens lower.
HEAD, ROW = 22, 56
_BAR, _LOW_BAR = (16, 24), (35, 13)
_SCALE, _UNDER, _BOTTOM = 24, 46, 4
NAMES_PX, SIDE, _ADDS_PX = 385, 12, 58
_SMALL = 11
# So many percent of the bars hold the share of one, and beside one that ends so far right there is
# none.
_INSIDE, _FAR = 14, 84
# Letters of a line of text beside the bars, where what counts has two, and above them.
_BESIDE, _ABOVE = 68, 60
_WHAT, _ADDS, _TOGETHER = "What counts", "Adds", "Together"


class Average(NamedTuple):
    """The result of a sum: label, printed figure, the line under it, value, scale, labels."""

    label: str
    part: str
    note: str
    stance: float
    levels: Sequence[int]
    labels: Mapping[int, str]


def summed_bars(rows: pd.DataFrame, segments: pd.DataFrame, average: Average, mode: str) -> Json:
    """Return the sum; tables as told at the top of this module. Two hidden buttons bring the shapes
    for wide and narrow screens: texts beside bars, or above. Bars bring their code as `customdata`.
    """
    palette = theme(mode)
    ends = list(accumulate(segments["share"]))
    segments = segments.assign(start=[0.0, *ends[:-1]], end=ends)
    high = HEAD + ROW * (len(rows) + 1) + _SCALE + _UNDER
    wide, narrow = (
        _shape(rows, segments, average, palette, is_narrow) for is_narrow in (False, True)
    )
    layout = base_layout(palette, high + _BOTTOM) | {
        "dragmode": False,
        "margin": {"l": wide["margin.l"], "r": _ADDS_PX, "t": 0, "b": _BOTTOM},
        "xaxis": {"range": [0, 100], "visible": False, "fixedrange": True},
        "yaxis": {"range": [high, 0], "visible": False, "fixedrange": True},
        "shapes": wide["shapes"],
        "annotations": wide["annotations"],
        "updatemenus": [form_buttons(wide, narrow)],
    }
    return {"data": [_targets(segments), _pointer(average, len(rows), palette)], "layout": layout}


def _top(row: int) -> int:
    """Return where a row begins, in px from the top; the one after the last has all together."""
    return HEAD + ROW * row


def _targets(segments: pd.DataFrame) -> Json:
    """Return what a pointer finds on the bars."""
    x = ((segments["start"] + segments["end"]) / 2).round(2).tolist()
    y = [_top(row) + ROW / 2 for row in segments["row"].tolist()]
    return marks(segments, "code", x, y, {"color": CLEAR, "size": 26, "symbol": "square"})


def _pointer(average: Average, rows: int, palette: Theme) -> Json:
    """Return the mark of the average under the scale."""
    marker = {"color": [palette.ink], "size": 13, "symbol": "triangle-up", "opacity": 1}
    return silent_marks([_on_scale(average)], [_top(rows + 1) + _SCALE + 9], marker)


def _on_scale(average: Average) -> float:
    """Return where the average lies on the scale, in percent of its width."""
    part = (average.stance - average.levels[0] + 0.5) / len(average.levels)
    return round(100 * part, 2)


def _shape(
    rows: pd.DataFrame, segments: pd.DataFrame, average: Average, palette: Theme, narrow: bool
) -> Json:
    """Return what of the layout depends on the width of the screen, by plotly's paths."""
    left, count = SIDE if narrow else NAMES_PX, len(rows)
    down, high = _LOW_BAR if narrow else _BAR
    parts: Iterable[Any] = segments.itertuples(index=False)
    named: list[Any] = list(rows.itertuples(index=False))
    bars = [
        _bar(part, _top(place) + down, high, palette)
        for part in parts
        for place in (part.row, count)
    ]
    texts = [
        text
        for place, row in enumerate(named)
        for text in _row(row, _top(place), palette, left, narrow)
    ]
    shares = [
        _share(
            row.share, segments[segments["row"] == place], _top(place) + down + high / 2, palette
        )
        for place, row in enumerate(named)
    ]
    return {
        "margin.l": left,
        "shapes": [
            *bars,
            rule(_top(count), palette.muted),
            *_cells(average, _top(count + 1), palette),
        ],
        "annotations": [
            *_heads(palette, left),
            *texts,
            *shares,
            *_row(_whole(average), _top(count), palette, left, narrow),
            *_scale(average, _top(count + 1), palette, narrow),
        ],
    }


class _Row(NamedTuple):
    label: str
    how: str
    what: str
    part: str


def _whole(average: Average) -> _Row:
    return _Row(
        f"{_TOGETHER}: {average.label}", "", "The average, by how much each counts", average.part
    )


def _bar(segment: Any, top: float, high: float, palette: Theme) -> Json:
    edge = {"width": 1, "color": palette.background}
    ends = {"x0": round(segment.start, 2), "x1": round(segment.end, 2), "y0": top, "y1": top + high}
    return {"type": "rect", "fillcolor": palette.level_color(segment.level), "line": edge, **ends}


def _cells(average: Average, top: float, palette: Theme) -> Iterator[Json]:
    wide = 100 / len(average.levels)
    for place, level in enumerate(average.levels):
        yield {
            "type": "rect",
            "fillcolor": palette.level_color(level),
            "line": {"width": 1, "color": palette.background},
            "x0": round(place * wide, 2),
            "x1": round((place + 1) * wide, 2),
            "y0": top,
            "y1": top + _SCALE,
        }


def _heads(palette: Theme, left: int) -> Iterator[Json]:
    for text, place in ((_WHAT, {"x": 0, "xshift": -left}), (_ADDS, _at_the_right())):
        yield row_text(f"<b>{text}</b>", HEAD / 2, palette.muted) | place


def _row(row: Any, top: float, palette: Theme, left: int, narrow: bool) -> Iterator[Json]:
    """Yield the texts of a row, beside or above its bar, and what it adds at its end."""
    most = _ABOVE if narrow else _BESIDE
    how = f"  {escapes.chart(cut(row.how, most - len(row.label)))}" if row.how else ""
    what = cut_rows(row.what, most, 1 if narrow else 2)
    text = f"<b>{escapes.chart(row.label)}</b>{how}<br>{what}"
    down, high = _LOW_BAR if narrow else _BAR
    place = {"yanchor": "bottom", "y": top + down - 1} if narrow else {}
    yield row_text(text, top + ROW / 2, palette.ink) | {"x": 0, "xshift": -left} | place
    yield row_text(f"<b>{row.part}</b>", top + down + high / 2, palette.ink) | _at_the_right()


def _at_the_right() -> Json:
    return {"x": 1, "xanchor": "right", "align": "right", "xshift": _ADDS_PX - SIDE}


def _share(text: str, rows: pd.DataFrame, y: float, palette: Theme) -> Json:
    """Return the share of a row in its bar, or where that is too short beside it."""
    start, end = rows["start"].iloc[0], rows["end"].iloc[-1]
    note = row_text(text, y, palette.ink) | {"xref": "x"}
    if len(rows) == 1 and end - start >= _INSIDE:
        level = rows["level"].iloc[0]
        color = palette.ink if level != level else palette.on_level(level)
        font = {"size": LETTERS, "color": color}
        return note | {
            "x": round((start + end) / 2, 2),
            "xanchor": "center",
            "align": "center",
            "font": font,
        }
    if end > _FAR:
        return note | {"x": round(start, 2), "xanchor": "right", "align": "right", "xshift": -5}
    return note | {"x": round(end, 2), "xshift": 4}


def _scale(average: Average, top: float, palette: Theme, narrow: bool) -> Iterator[Json]:
    """Yield the scale's labels, if narrow those of its ends and the average, and its mark."""
    wide, last = 100 / len(average.levels), len(average.levels) - 1
    for place, level in enumerate(average.levels):
        name = average.labels[level]
        if not narrow or place in (0, last) or name == average.label:
            font = {"size": 9 if narrow else _SMALL, "color": palette.on_level(level)}
            label = escapes.chart(name)
            label = label if narrow else f"{label} {signed_level(level)}"
            middle: Json = {"xref": "x", "x": round((place + 0.5) * wide, 2), "font": font}
            yield row_text(label, top + _SCALE / 2, palette.ink, anchor="center") | middle
    at = _on_scale(average)
    near = 38 if narrow else 25
    anchor = "left" if at < near else "right" if at > 100 - near else "center"
    text = f"<b>{escapes.chart(average.label)}</b>  {escapes.chart(average.note)}".rstrip()
    under: Json = {"xref": "x", "x": at, "xshift": {"left": -8, "right": 8}.get(anchor, 0)}
    yield row_text(text, top + _SCALE + 30, palette.ink, anchor=anchor) | under
