"""The maps of two days side by side as a picture, under one legend."""

from datetime import date

from stances import words
from stances.answers.practice import outline_words
from stances.answers.two_days import span_of_maps, two_days_lead
from stances.charts.chart import Key
from stances.figures.map import map_legend, outline_lines
from stances.filters.map import day_beside, part_of
from stances.pictures.canvas import Canvas
from stances.pictures.charts import KEY_ROW, draw_legend, key_rows
from stances.pictures.frame import Box
from stances.pictures.letters import STRONG
from stances.pictures.map import draw_map, fills_of, map_in
from stances.pictures.request import PictureRequest

_APART, _DAY, _BELOW = 24, 20, 30


def draw_maps(request: PictureRequest) -> Canvas:
    """Return the map of a day or, where another stands beside it, of both."""
    then = day_beside(request.view)
    return draw_map(request) if then is None else _draw_two(request, then)


def _draw_two(request: PictureRequest, then: date) -> Canvas:
    tracker = request.tracker
    part = part_of(tracker, request.view["view"])
    span = span_of_maps(then, request.day, request.domain, part)
    canvas, box = request.sheet(*two_days_lead(tracker, span, part))
    canvas.add_hatches()
    rows = key_rows(_keys(request), box.width)
    draw_legend(canvas, box, rows)
    free = box.cut_top(KEY_ROW * len(rows) + 4)
    wide = (free.width - _APART) / 2
    for number, day in enumerate((then, request.day)):
        place = Box(free.x + number * (wide + _APART), free.y, wide, free.height)
        canvas.text(place.x, place.y + _DAY, words.day(day), _DAY, weight=STRONG)
        view = request.view.but(as_of=day)
        map_in(canvas, PictureRequest(view), place.cut_top(_BELOW))
    return canvas


def _keys(request: PictureRequest) -> tuple[Key, ...]:
    """Return what the colours, stripes and outlines of both maps mean."""
    codebook, palette = request.tracker.codebook, request.palette
    fills, lines = fills_of(codebook.scale.levels, palette), outline_lines(palette)
    return tuple(
        Key(entry.text, "swatch hollow", lines[entry.kind][0])
        if entry.level is None
        else Key(entry.text, "swatch", fills[entry.level])
        for entry in map_legend(codebook.scale, outline_words(codebook))
    )
