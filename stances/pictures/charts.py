"""A chart as a picture: its words and its legend around its figure, in the height that it needs."""

import math
from collections.abc import Sequence

from stances.charts.chart import Chart, ChartOf, Key
from stances.figures.deadlines import SPAN
from stances.figures.levels import BETWEEN
from stances.figures.map import Json
from stances.pictures.canvas import HEIGHT, OUTLINES, Canvas
from stances.pictures.figure import draw_figure
from stances.pictures.frame import Box, in_words
from stances.pictures.letters import lines, width
from stances.pictures.request import PictureRequest

# So much larger than on a page, whose letters a sheet would make small.
SCALE = 1.2
_LETTERS, KEY_ROW, _APART, _BELOW, _OVER_DAY = 15, 24, 20, 12, 4
# Of what stands below all.
_NOTE_LINES, _NOTE_LINE, _ABOVE_NOTE, _BELOW_NOTE = 3, 19, 7, 9
# How wide each mark of a legend is, with the room to its words.
_MARK, _STROKE = 20, 32
# Of a legend in columns: how many, its letters, a line, and what is below each item.
_COLUMNS, _SMALL, _LINE, _BETWEEN = 2, 13, 17, 3


def draw_chart(chart_of: ChartOf, request: PictureRequest) -> Canvas:
    """Return the chart of a view, as high as its figure asks for, but no lower than other pictures;
    where a height is asked for, its figure is drawn smaller or with more room.
    """
    chart = chart_of(request.view)
    texts = chart.title, chart.subtitle
    if chart.figure is None or chart.sheet:
        canvas, box = request.sheet(*texts)
        box = _above_note(canvas, box, chart.note)
        if chart.sheet:
            _on_sheet(canvas, box, chart)
        else:
            in_words(canvas, box, chart.instead[0], chart.instead[1:])
        return canvas
    rows = key_rows(chart.legend, request.sheet(*texts)[1].width)
    legend: float = KEY_ROW * len(rows) + (_BELOW if rows else 0)
    high = chart.high
    needed = request.around(*texts) + legend + high * SCALE
    canvas, box = request.sheet(*texts, high=max(HEIGHT, needed))
    if legend <= box.height / 2:
        draw_legend(canvas, box, rows)
    else:
        legend = _draw_columns(canvas, box, chart.legend) + _BELOW
    _figure(canvas, box.cut_top(legend), chart)
    return canvas


def _above_note(canvas: Canvas, box: Box, note: str) -> Box:
    """Write what is not drawn below all; what is left above it."""
    if not note:
        return box
    rows = lines(note, _LETTERS, box.width, most=_NOTE_LINES)
    above = box._replace(height=box.height - _NOTE_LINE * len(rows) - _ABOVE_NOTE - _BELOW_NOTE)
    for number, row in enumerate(rows, 1):
        base = above.bottom + _ABOVE_NOTE + _NOTE_LINE * number
        canvas.text(box.x, base, row, _LETTERS)
    canvas.add_words(note)
    return above


def _on_sheet(canvas: Canvas, box: Box, chart: Chart) -> None:
    """Draw the figure that a chart has on a sheet, no higher than it is, under its legend."""
    assert chart.sheet is not None
    inside = box.cut_top(KEY_ROW * len(key_rows(chart.legend, box.width)) + _OVER_DAY)
    figure, keys = chart.sheet(inside.height / SCALE)
    draw_legend(canvas, box, key_rows(keys, box.width))
    high = figure["layout"]["height"] * SCALE
    put_figure(canvas, inside._replace(height=high), figure, SCALE)


def _figure(canvas: Canvas, box: Box, chart: Chart) -> None:
    figure, is_lower = chart.own_figure, box.height < chart.high * SCALE
    if chart.parts and is_lower:
        parts = chart.parts(box.width / SCALE, int(box.height / SCALE))
        for place, part in zip(box.columns(len(parts), BETWEEN * SCALE), parts, strict=True):
            put_figure(canvas, place, part, SCALE)
        return
    if chart.within and is_lower:
        figure = chart.within(int(box.height / SCALE))
    put_figure(canvas, box, figure, min(SCALE, box.height / figure["layout"]["height"]))


def put_figure(canvas: Canvas, box: Box, figure: Json, scale: float) -> None:
    """Draw a figure in a box of the sheet, so much larger than on a page."""
    with canvas.within(transform=f"translate({box.x:g} {box.y:.2f}) scale({scale:.4f})"):
        draw_figure(canvas, figure, box.width / scale, box.height / scale)


def key_rows(keys: Sequence[Key], space: float) -> list[list[Key]]:
    """Return the items of a legend in rows that have room."""
    rows: list[list[Key]] = []
    left = 0.0
    for key in keys:
        if not rows or _wide(key) > left:
            rows.append([])
            left = space
        rows[-1].append(key)
        left -= _wide(key) + _APART
    return rows


def _wide(key: Key) -> float:
    return _mark_wide(key) + width(key.text, _LETTERS)


def _mark_wide(key: Key) -> float:
    if not key.mark:
        return 0
    return _STROKE if key.mark.startswith("way") else _MARK


def draw_legend(canvas: Canvas, box: Box, rows: Sequence[Sequence[Key]]) -> None:
    """Draw the items of a legend, row by row."""
    for number, row in enumerate(rows):
        x, base = box.x, box.y + KEY_ROW * number + _LETTERS * 0.86
        for key in row:
            _mark(canvas, key, x, base - _LETTERS * 0.34)
            canvas.text(x + _mark_wide(key), base, key.text, _LETTERS, canvas.palette.muted)
            x += _wide(key) + _APART


def _draw_columns(canvas: Canvas, box: Box, keys: Sequence[Key]) -> float:
    """Draw the items of a long legend in columns of small letters, and return how high it is."""
    most, ends = math.ceil(len(keys) / _COLUMNS), list[float]()
    for number, column in enumerate(box.columns(_COLUMNS, _APART)):
        y = box.y
        for key in keys[number * most : (number + 1) * most]:
            _mark(canvas, key, column.x, y + _SMALL / 2)
            x = column.x + _mark_wide(key)
            for row in lines(key.text, _SMALL, column.right - x):
                canvas.text(x, y + _SMALL * 0.86, row, _SMALL, canvas.palette.muted)
                y += _LINE
            y += _BETWEEN
        ends.append(y)
    return max(ends) - box.y


def _mark(canvas: Canvas, key: Key, x: float, y: float) -> None:
    """Draw the mark of an item, as the style of pages draws it, `y` being its middle."""
    if not key.mark:
        return
    classes = key.mark.split()
    palette, kind, hollow = canvas.palette, classes[0], "hollow" in classes
    fill = "none" if hollow or "blank" in key.mark else key.color or palette.muted
    edge = key.color or palette.muted if hollow else palette.grid if "blank" in key.mark else None
    lines = {"fill": fill, "stroke": edge, "stroke_width": 1.5 if edge else None}
    shape = next((name for name in classes if name in OUTLINES), None)
    if shape:
        color = palette.accent if "leads" in classes else palette.muted
        canvas.mark(shape, x + 6, y, 5.5, color, hollow)
    elif "span" in classes:
        canvas.draw(
            "rect", x=x, y=y - 3.5, width=16, height=7, fill=palette.muted, fill_opacity=SPAN
        )
    elif kind == "way":
        half = 4 if hollow else 2
        canvas.draw("rect", x=x, y=y - half, width=24, height=2 * half, **lines)
    elif kind == "swatch":
        canvas.draw("rect", x=x, y=y - 7, width=14, height=14, **lines)
    else:
        canvas.draw("circle", cx=x + 6, cy=y, r=5.5, **lines)
