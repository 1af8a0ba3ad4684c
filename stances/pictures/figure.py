"""A figure of ours as SVG: each trace, shape, axis and annotation where plotly draws it.

It knows what our figures use of plotly, and refuses other kinds of traces; labels of pointers and
buttons are left out, as a picture has none.
"""

import math
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from stances.pictures.axes import Axis, Spec, axes_of
from stances.pictures.canvas import Canvas, Value
from stances.pictures.labels import LEADING, TO_MIDDLE, first_base, high, wide, write
from stances.pictures.traces import TRACES, dashes

_TICK_LENGTH = 5
# From an axis to its names, beside what the layout says: half of its line, and with ticks a part of
# the size of letters.
_TO_NAMES, _BEYOND_TICKS = 0.5, 0.2
# Of a legend: what a row has beside its letters, what is over and under all rows, and at most
# between it and the edge, where no margin is smaller; from the left the lines and their names.
_LEGEND_ROW, _AROUND_LEGEND, _TO_EDGE = 3, 5, 12
_SAMPLE, _TO_LEGEND_NAME = (5, 35), 41
# Each second value that an axis names by itself: a narrower one has no room for it.
_SECOND: Mapping[str, Value] = {"class": "second"}
# By how many years plotly names them where it has room for fewer; of every fifth and every second
# year both name the tenth.
_COARSER = {1: 2, 2: 10, 5: 10}
_BORDER = 1  # around an annotation, seen or not
_ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True)
class Sheet:
    """The sheet of a figure: its axes, and the `plot` (left, top, width, height in px)."""

    canvas: Canvas
    layout: Spec
    plot: tuple[float, float, float, float]
    axes: Mapping[str, Axis]

    @property
    def font(self) -> Spec:
        """The font of all that has none of its own."""
        font: Spec = self.layout["font"]
        return font

    def place(self, ref: str, value: Any) -> float:
        """Return where a value of a shape or a note lies: on an axis, or in parts of the plot."""
        name, _, part_of = ref.partition(" ")
        left, top, across, down = self.plot
        if not part_of:
            return self.axes[name].at(value)
        if part_of == "paper":
            start, length = (left, across) if name == "x" else (top, down)
        else:
            start, length = self.axes[name].offset, self.axes[name].length
        return float(start + length * (value if ref[0] == "x" else 1 - value))


def draw_figure(canvas: Canvas, figure: Spec, across: float, down: float) -> None:
    """Draw a figure in the upper left corner of a canvas or group, so many px wide and high."""
    layout, edges = figure["layout"], edges_of(figure)
    # One that a form has no room for keeps its place among all.
    traces = [trace for trace in figure["data"] if trace.get("visible", True)]
    wide, high = across - edges["l"] - edges["r"], down - edges["t"] - edges["b"]
    plot = edges["l"], edges["t"], wide, high
    sheet = Sheet(canvas, layout, plot, axes_of(layout, traces, plot))
    _shapes(sheet, below=True)
    for name, axis in sheet.axes.items():
        _grid(sheet, name, axis)
    for number, trace in enumerate(traces):
        x, y = (sheet.axes[trace.get(f"{letter}axis", letter)] for letter in "xy")
        TRACES[trace["type"]](canvas, trace, x, y, sheet.font, f"plot-{number}")
    for name, axis in sheet.axes.items():
        _names(sheet, name, axis)
    _shapes(sheet, below=False)
    for note in layout.get("annotations") or ():
        _note(sheet, note)
    if named := _legend_traces(layout, traces):
        _legend(sheet, named)


def edges_of(figure: Spec) -> Spec:
    """Return what is free around the plot, in px; below for a legend too, by the plot's height."""
    layout: Spec = figure["layout"]
    edges: Spec = layout["margin"]
    rows = len(_legend_traces(layout, figure["data"]))
    if not rows:
        return edges
    below = -layout["legend"]["y"]
    high = math.ceil(rows * _legend_row(layout) + 2 * _AROUND_LEGEND)
    high += min(_TO_EDGE, *edges.values())
    return {**edges, "b": round((high + below * (layout["height"] - edges["t"])) / (1 + below))}


def _legend_row(layout: Spec) -> float:
    high: float = LEADING * layout["font"]["size"] + _LEGEND_ROW
    return high


def _legend_traces(layout: Spec, traces: Sequence[Spec]) -> list[Spec]:
    """Return the traces that a legend names, if there is one."""
    has_legend = layout.get("showlegend")
    return [trace for trace in traces if has_legend and trace.get("showlegend")]


def _legend(sheet: Sheet, traces: Sequence[Spec]) -> None:
    """Draw the names of lines below the plot, one under the other."""
    left, top, _, down = sheet.plot
    size, color = sheet.font["size"], sheet.font["color"]
    high = _legend_row(sheet.layout)
    first = top + down * (1 - sheet.layout["legend"]["y"]) + _AROUND_LEGEND + high / 2
    with sheet.canvas.at(left):
        for row, trace in enumerate(traces):
            y, line = first + high * row, trace["line"]
            ends = left + _SAMPLE[0], y, left + _SAMPLE[1], y
            sheet.canvas.line(*ends, stroke=line["color"], stroke_width=line["width"])
            base = y + TO_MIDDLE * size
            write(sheet.canvas, left + _TO_LEGEND_NAME, base, trace["name"], size, color)


# -- axes --------------------------------------------------------------------------------------


def _across(sheet: Sheet, name: str, axis: Axis) -> Axis:
    """Return the axis that an axis stands on."""
    other = "y" if name[0] == "x" else "x"
    return sheet.axes[axis.spec.get("anchor") or other]


def _grid(sheet: Sheet, name: str, axis: Axis) -> None:
    """Draw the lines of an axis through the plot, and that of its zero."""
    spec, other = axis.spec, _across(sheet, name, axis)
    if spec.get("showgrid"):
        for tick in axis.ticks():
            _rule(sheet, name, axis.px(tick.value), other, spec["gridcolor"], 1)
    low, high_end = sorted((axis.first, axis.last))
    if spec.get("zeroline") and low <= 0 <= high_end:
        _rule(sheet, name, axis.px(0), other, spec["zerolinecolor"], spec["zerolinewidth"])


def _rule(sheet: Sheet, name: str, at: float, other: Axis, color: str, thick: float) -> None:
    ends = (at, other.offset, at, other.end)
    if name[0] == "y":
        ends = (other.offset, at, other.end, at)
    sheet.canvas.line(*ends, stroke=color, stroke_width=thick)


def _names(sheet: Sheet, name: str, axis: Axis) -> None:
    """Draw the values that are named beside an axis, with their ticks."""
    spec, other = axis.spec, _across(sheet, name, axis)
    if not (spec.get("visible", True) and spec.get("showticklabels", True)):
        return
    font = {**sheet.font, **({"color": spec["color"]} if spec.get("color") else {})}
    font |= spec.get("tickfont") or {}
    ticked = spec.get("ticks") == "outside"
    length = spec.get("ticklen", _TICK_LENGTH) if ticked else 0
    space = length + _TO_NAMES + spec.get("ticklabelstandoff", 0)
    space += _BEYOND_TICKS * font["size"] if ticked else 0
    draw = _name_below if name[0] == "x" else _name_beside
    ticks = axis.ticks()
    spare = _spare([tick.label for tick in ticks]) if axis.is_automatic else set()
    for number, tick in enumerate(ticks):
        at = axis.px(tick.value), length, space
        with sheet.canvas.within(**_SECOND) if number in spare else nullcontext():
            draw(sheet, axis, other, at, tick.label, font)
    if (spec.get("title") or {}).get("text"):
        _title(sheet, axis, other.offset - space - 1.2 * font["size"])


def _title(sheet: Sheet, axis: Axis, end: float) -> None:
    """Draw what the names over a plot are, above them."""
    title = axis.spec["title"]
    font, base = {**sheet.font, **title["font"]}, end - title["standoff"]
    middle = axis.offset + axis.length / 2
    write(sheet.canvas, middle, base, title["text"], font["size"], font["color"], "middle")


def _spare(labels: Sequence[str]) -> set[int]:
    """Return the places of names without room on a narrower axis, as plotly leaves them out."""
    if len(labels) < 2 or not all(label.isdecimal() for label in labels):
        return set(range(1, len(labels), 2))
    years = [int(label) for label in labels]
    coarser = _COARSER.get(years[1] - years[0], 1)
    return {number for number, year in enumerate(years) if year % coarser}


def _name_below(
    sheet: Sheet, axis: Axis, other: Axis, at: tuple[float, float, float], label: str, font: Spec
) -> None:
    """Draw a name under an axis, or over it, upright where it is turned."""
    (x, length, space), size, canvas, spec = at, font["size"], sheet.canvas, axis.spec
    on_top = spec.get("side") == "top"
    edge, down = (other.offset, -1) if on_top else (other.end, 1)
    if length and spec.get("tickcolor"):
        canvas.line(x, edge, x, edge + down * length, stroke=spec["tickcolor"])
    base = edge + down * (space + size * (0.2 if on_top else 1))
    if spec.get("tickangle"):
        turned = f"rotate({spec['tickangle']} {x:.1f} {base - size / 2:.1f})"
        with canvas.at(x), canvas.within(transform=turned):
            write(canvas, x, base, label, size, font["color"], "end")
        return
    first = spec.get("ticklabelposition") == "outside right"
    if first and x + wide(label, size) > axis.end:
        return
    write(canvas, x, base, label, size, font["color"], "start" if first else "middle")


def _name_beside(
    sheet: Sheet, axis: Axis, other: Axis, at: tuple[float, float, float], label: str, font: Spec
) -> None:
    """Draw a name left or right of an axis, its lines around the height of its value."""
    (y, _, space), size = at, font["size"]
    base = y - high(label, size) / 2 + high("", size) / 2 + TO_MIDDLE * size
    if axis.spec.get("side") == "right":
        write(sheet.canvas, other.end + space, base, label, size, font["color"])
        return
    write(sheet.canvas, other.offset - space, base, label, size, font["color"], "end")


# -- shapes and annotations --------------------------------------------------------------------


def _ref(part: Spec, letter: str) -> str:
    ref: str = part.get(f"{letter}ref") or letter
    return f"{letter} paper" if ref == "paper" else ref


def _shapes(sheet: Sheet, below: bool) -> None:
    """Draw the shapes that lie below the traces, or those above."""
    for shape in sheet.layout.get("shapes") or ():
        if (shape.get("layer") == "below") == below:
            _shape(sheet, shape)


def _shape(sheet: Sheet, shape: Spec) -> None:
    """Draw a line or a rectangle."""
    x0, x1 = (sheet.place(_ref(shape, "x"), shape[end]) for end in ("x0", "x1"))
    y0, y1 = (sheet.place(_ref(shape, "y"), shape[end]) for end in ("y0", "y1"))
    line = shape["line"]
    thick = line.get("width", 2)
    stroke: dict[str, Value] = {
        "stroke": line.get("color") if thick else None,
        "stroke_width": thick or None,
        "stroke_dasharray": dashes(line),
    }
    if shape["type"] == "line":
        sheet.canvas.draw("line", x1=x0, y1=y0, x2=x1, y2=y1, **stroke)
        return
    box = {"x": min(x0, x1), "y": min(y0, y1), "width": abs(x1 - x0), "height": abs(y1 - y0)}
    sheet.canvas.draw("rect", **box, fill=shape.get("fillcolor"), **stroke)


def _note(sheet: Sheet, note: Spec) -> None:
    """Draw a text at a place, or at the end of a line to it."""
    font = {**sheet.font, **(note.get("font") or {})}
    size, label = font["size"], note["text"]
    x, y = _place_of(sheet, note, "x"), _place_of(sheet, note, "y")
    x, y = x + note.get("xshift", 0), y - note.get("yshift", 0)
    around = note.get("borderpad", 1) + _BORDER
    box = wide(label, size) + 2 * around, high(label, size) + 2 * around
    across = _anchor(note, "x", ("left", "center", "right"), note.get("x", 0.5))
    down = _anchor(note, "y", ("bottom", "middle", "top"), note.get("y", 0.5))
    to = (x, y)
    if note.get("showarrow", True):
        to = (x + note["ax"], y + note["ay"])
        start = x + note.get("standoff", 0)
        sheet.canvas.line(start, y, *to, stroke=note["arrowcolor"], stroke_width=note["arrowwidth"])
    left, top = to[0] - box[0] * _ALIGNED[across], to[1] - box[1] * _ALIGNED[down]
    anchor = _ANCHORS[across]
    start = left + {"start": around, "middle": box[0] / 2, "end": box[0] - around}[anchor]
    base = first_base(top + around, size)
    if note.get("align") == "left":
        anchor, start = "start", left + around
    with sheet.canvas.at(start) if note.get("bgcolor") else nullcontext():
        if note.get("bgcolor"):
            sheet.canvas.rect(left, top, *box, fill=note["bgcolor"])
        write(sheet.canvas, start, base, label, size, font["color"], anchor)


def _place_of(sheet: Sheet, note: Spec, letter: str) -> float:
    """Return where an annotation stands; one without a place in the middle."""
    if note.get(letter) is None:
        return sheet.place(f"{letter} paper", 0.5)
    return sheet.place(_ref(note, letter), note[letter])


def _anchor(note: Spec, letter: str, sides: tuple[str, str, str], at: Any) -> str:
    """Return the side by which an annotation is placed; left to plotly by its third of the plot."""
    anchor = note.get(f"{letter}anchor")
    if anchor and anchor != "auto":
        return str(anchor)
    if note.get("showarrow", True) or note.get(f"{letter}ref") != "paper":
        return sides[1]
    return sides[0] if at < 1 / 3 else sides[2] if at > 2 / 3 else sides[1]
