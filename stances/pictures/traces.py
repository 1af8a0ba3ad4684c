"""Traces of plotly as SVG: lines, areas, marks and texts of scatters, cells, and bars."""

import math
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from stances.figures.theme import CLEAR, between, ink_on
from stances.model.lifetimes import Floats
from stances.pictures.axes import Axis, Spec
from stances.pictures.canvas import Canvas
from stances.pictures.labels import TO_MIDDLE, write

_LEAST_DASH = 3
_LINE, _MARK = 2, 6
# From a mark to the text beside it, in px beside half its size, and in parts of the letters.
_TO_TEXT = 3
_DAY_MS = 86_400_000


def dashes(line: Spec) -> str | None:
    """Return the attribute that tells how a line is broken."""
    if line.get("dash") != "dot":
        return None
    length = max(line.get("width", _LINE), _LEAST_DASH)
    return f"{length:g} {length:g}"


def draw_scatter(canvas: Canvas, trace: Spec, x: Axis, y: Axis, font: Spec, name: str) -> None:
    """Draw the points of a trace, joined, marked or with texts as its mode says."""
    if trace["mode"] == "lines" and canvas.repeats():
        return
    points = np.column_stack([x.all_at(trace["x"]), y.all_at(trace["y"])])
    if not len(points):
        return
    mode, clip = trace["mode"], None
    if trace.get("cliponaxis", True) and _leaves(points, x, y):
        clip = canvas.clip(name, f"M{x.offset} {y.offset}H{x.end}V{y.end}H{x.offset}Z")
    with canvas.within(clip_path=clip) if clip else nullcontext():
        if trace.get("fill") == "toself":
            outlines = [f"M{_steps(points[start:end])}Z" for start, end in _stretches(points)]
            canvas.path("".join(outlines), fill=trace["fillcolor"])
        if "lines" in mode and trace["line"].get("width", _LINE):
            _line(canvas, points, trace["line"])
        if "markers" in mode:
            _marks(canvas, points, trace["marker"])
        if "text" in mode:
            _texts(canvas, trace, points, font)


def _leaves(points: Floats, x: Axis, y: Axis) -> bool:
    """Say whether any point lies beyond the axes."""
    low, high = (x.offset - 0.5, y.offset - 0.5), (x.end + 0.5, y.end + 0.5)
    return bool(((points < low) | (points > high)).any())


def _line(canvas: Canvas, points: Floats, line: Spec) -> None:
    outlines = [
        f"M{_steps(points[start:end])}" for start, end in _stretches(points) if end - start > 1
    ]
    if outlines:
        canvas.path(
            "".join(outlines),
            fill="none",
            **{"class": "line"},
            stroke=line["color"],
            stroke_width=line.get("width", _LINE),
            stroke_linejoin="round",
            stroke_dasharray=dashes(line),
        )


def _stretches(points: Floats) -> list[tuple[int, int]]:
    """Return where each run of known points begins, and behind its last one."""
    known = ~np.isnan(points).any(axis=1)
    edges = np.flatnonzero(np.diff(known, prepend=False, append=False))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _steps(points: Floats) -> str:
    # All at once: one by one takes twice as long, and a chart has thousands.
    return ("L%.1f %.1f" * len(points))[1:] % tuple(points.ravel().tolist())


# -- marks -------------------------------------------------------------------------------------


class _Marker(NamedTuple):
    symbol: str
    half: float
    fill: str
    stroke: str | None
    thick: float | None


def _marks(canvas: Canvas, points: Floats, marker: Spec) -> None:
    """Draw the marks of points, those of one style together."""
    for style, marks in groupby(_marks_of_points(points, marker), key=lambda mark: mark[0]):
        lines = {"fill": style.fill, "stroke": style.stroke, "stroke_width": style.thick}
        if style.symbol == "circle":
            canvas.dots([(x, y) for _, x, y in marks], style.half, **lines)
            continue
        with canvas.within(**lines):
            for _, x, y in marks:
                with canvas.at(x):
                    canvas.path(_outline(style.symbol, x, y, style.half), **{"class": "mark"})


def _marks_of_points(points: Floats, marker: Spec) -> Iterator[tuple[_Marker, float, float]]:
    line = marker.get("line") or {}
    count = len(points)
    colors, sizes = _values(marker["color"], count), _values(marker.get("size", _MARK), count)
    symbols, edges = (
        _values(marker.get("symbol", "circle"), count),
        _values(line.get("color"), count),
    )
    thick = line.get("width", 0)
    rows = zip(points.tolist(), symbols, colors, edges, sizes, strict=True)
    for (x, y), symbol, color, edge, size in rows:
        if math.isnan(x + y) or not size or color == CLEAR:
            continue
        shape, _, is_open = symbol.partition("-open")
        # An open mark is a ring in its own colour, as thick as its edge or a px.
        fill, stroke = ("none", color) if is_open or symbol != shape else (color, edge)
        has_edge = bool(stroke) and bool(thick)
        edge_of = (stroke, thick) if has_edge else (None, None)
        yield _Marker(shape, size / 2, fill, *edge_of), x, y


def _values(value: Any, count: int) -> list[Any]:
    if isinstance(value, np.ndarray):
        return list(value.tolist())
    return list(value) if isinstance(value, list | tuple) else [value] * count


def _outline(symbol: str, x: float, y: float, half: float) -> str:
    """Return the path of a mark around its middle, in the proportions of plotly."""
    if symbol == "square":
        corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    elif symbol == "diamond":
        far = 1.3 * half
        corners = [(far, 0), (0, far), (-far, 0), (0, -far)]
    else:
        side = 2 * half / math.sqrt(3)
        corners = [(-side, half / 2), (side, half / 2), (0, -half)]
    return "M" + "L".join(f"{x + right:.1f} {y + down:.1f}" for right, down in corners) + "Z"


def _texts(canvas: Canvas, trace: Spec, points: Floats, font: Spec) -> None:
    """Draw a text at each point: on it, or beside its mark."""
    font = {**font, **(trace.get("textfont") or {})}
    up, _, across = trace.get("textposition", "middle center").partition(" ")
    size, half = font["size"], (trace.get("marker") or {}).get("size", 0) / 2
    gap = half / 0.8 + _TO_TEXT - 2 if half else 0
    shift = {"left": -gap, "right": gap}.get(across, 0.0)
    rise = {"top": -0.75 * gap, "bottom": 0.75 * gap + 0.75 * size}.get(up, TO_MIDDLE * size)
    anchor = {"left": "end", "right": "start"}.get(across, "middle")
    for (x, y), text in zip(points.tolist(), trace["text"], strict=True):
        if text and not math.isnan(x + y):
            write(canvas, x + shift, y + rise, text, size, font["color"], anchor)


# -- cells and bars ----------------------------------------------------------------------------


def draw_cells(canvas: Canvas, trace: Spec, x: Axis, y: Axis, font: Spec, _: str) -> None:
    """Draw a cell for each number of a heat map, and the number where the trace writes it."""
    z = np.array(trace["z"], float)
    color_of = _colors(trace, z)
    across, down = x.all_at(trace["x"]), y.all_at(trace["y"])
    wide, high = (abs(a.length / (a.last - a.first)) for a in (x, y))
    gaps = trace["xgap"], trace["ygap"]
    # What can be read on the cell, as the page has it, unless the trace says otherwise.
    style = {**font, "color": None, **(trace.get("textfont") or {})}
    cells = np.argwhere(~np.isnan(z)).tolist()
    # Those of a colour in one path: there may be thousands.
    outlines: dict[str, list[str]] = {}
    for row, column in cells:
        left, top = across[column] - (wide - gaps[0]) / 2, down[row] - (high - gaps[1]) / 2
        outline = (
            f"M{left:.1f} {top:.1f}h{wide - gaps[0]:.1f}v{high - gaps[1]:.1f}h{gaps[0] - wide:.1f}z"
        )
        outlines.setdefault(color_of(z[row, column]), []).append(outline)
    if not canvas.repeats():
        for color, parts in outlines.items():
            canvas.path("".join(parts), fill=color)
    for row, column in cells:
        if text := _cell_text(trace, row, column):
            ink = style.get("color")
            color = ink_on(color_of(z[row, column])) if ink in (None, "auto") else ink
            base = down[row] + TO_MIDDLE * style["size"]
            write(canvas, across[column], base, text, style["size"], color, "middle")


def _cell_text(trace: Spec, row: int, column: int) -> str:
    """Return what a cell says: its text, or its number to two decimals."""
    template = trace.get("texttemplate")
    if template == "%{text}":
        return str(trace["text"][row][column])
    return f"{trace['z'][row][column]:.2f}" if template else ""


def _colors(trace: Spec, z: Floats) -> Callable[[float], str]:
    """Return the colour of a number: between those of the scale."""
    low, high = trace.get("zmin"), trace.get("zmax")
    if (low is None or high is None) and not np.isnan(z).all():
        low, high = float(np.nanmin(z)), float(np.nanmax(z))
        if low == high:
            low, high = low - 0.5, high + 0.5
    scale = [(float(at), color) for at, color in trace["colorscale"]]

    @cache
    def color_of(value: float) -> str:
        part = min(max((value - (low or 0)) / ((high or 1) - (low or 0)), 0.0), 1.0)
        end = next(place for place in range(1, len(scale)) if part <= scale[place][0] + 1e-9)
        # Where two bands meet, a number is of the upper one.
        while end + 2 < len(scale) and part >= scale[end][0] - 1e-9 and scale[end][0] < 1:
            end += 2 if scale[end][0] == scale[end + 1][0] else 1
        (start, one), (stop, other) = scale[end - 1], scale[end]
        share = (part - start) / (stop - start) if stop > start else 1.0
        return between(one, other, min(max(share, 0), 1))

    return color_of


def draw_bars(canvas: Canvas, trace: Spec, x: Axis, y: Axis, *_: Any) -> None:
    """Draw bars to the right, from where each begins; over days `x` is in milliseconds."""
    starts, middles = x.numbers(trace["base"]), y.all_at(trace["y"])
    colors = _values(trace["marker"]["color"], len(starts))
    half = abs(trace["width"] / 2 * y.length / (y.last - y.first))
    unit = _DAY_MS if x.is_date else 1
    for start, lasts, middle, color in zip(starts, trace["x"], middles, colors, strict=True):
        left, right = x.px(start), x.px(start + lasts / unit)
        canvas.rect(left, middle - half, right - left, 2 * half, fill=color, **{"class": "bar"})


Draw = Callable[[Canvas, Spec, Axis, Axis, Spec, str], None]
TRACES: dict[str, Draw] = {"scatter": draw_scatter, "heatmap": draw_cells, "bar": draw_bars}
