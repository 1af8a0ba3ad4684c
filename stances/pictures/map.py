"""The stance map of a day as a picture: what the Map page draws, with its legend beside it."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from stances import escapes, words
from stances.answers.practice import outline_words, outlines
from stances.answers.stance_map import map_levels, map_table
from stances.answers.standing import Standing, map_alt, standings
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NOT_COVERED
from stances.figures import theme
from stances.figures.hatch import hatches
from stances.figures.map import (
    BORDER,
    HEIGHT,
    VIEWS,
    Json,
    LegendEntry,
    MapBase,
    map_base,
    map_legend,
    map_traces,
    outline_lines,
)
from stances.filters.map import lead_on, part_of
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box
from stances.pictures.letters import STRONG, lines, width
from stances.pictures.map_labels import map_labels
from stances.pictures.projection import (
    CountryPaths,
    Projected,
    countries,
    fit,
    places,
    rim_of_the_world,
)
from stances.pictures.request import PictureRequest

_LEGEND, _APART = 244, 24
_ROW, _SWATCH, _LETTERS, _HEAD = 27, 18, 16, 14
# A label that has no room in one line is smaller, and has several.
_SMALL, _LEADING, _MOST_LINES = 13, 1.2, 3
_TO_LABEL = _SWATCH + 10
_CODE, _NAME, _LEAST_SQUARE = 10.5, 13, 9
# The labels of a map of the whole world are measured on one so wide: they are smaller by as much as
# it is narrower, and where nobody could read them there are none.
_NAMED, _LEAST_NAMED = 640, 540

_NO_MEMBER = "No member, or not covered"

# How a swatch is drawn, what it means, and how many actors there are of it.
Item = tuple[dict[str, Any], str, str]


def draw_map(request: PictureRequest) -> Canvas:
    """Return the map of a day. The country of a chosen actor is framed."""
    lead = lead_on(request.tracker, request.day, request.domain, request.view["view"])
    canvas, box = request.sheet(*lead)
    put_map(canvas, box, request)
    return canvas


def put_map(
    canvas: Canvas, box: Box, request: PictureRequest, members: tuple[str, ...] | None = None
) -> None:
    """Draw the map with its legend into a part of a sheet. `members`: the actors that are shown,
    all others as if they were not covered; None: all are.
    """
    canvas.add_hatches()
    rows = standings(request.tracker, request.day, request.domain)
    actors = part_of(request.tracker, request.view["view"]).actors if members is None else members
    visible = [row for row in rows if not actors or row.actor in actors]
    blank = NOT_COVERED if members is None else _NO_MEMBER
    _legend(canvas, box, request, visible, _chosen_row(rows, request.view["actor"]), blank)
    map_in(canvas, request, box.cut_left(_LEGEND), members)


def map_alone(request: PictureRequest, wide: int, high: int) -> Canvas:
    """Return the map without texts and legend around it, lying as it does on the page. What it
    draws of an actor has its code as `data-actor`.
    """
    tracker, day, domain = request.tracker, request.day, request.domain
    levels = map_levels(tracker, day, domain, part_of(tracker, request.view["view"]))
    canvas = Canvas(request.palette, map_alt(tracker.codebook, levels, domain, day), wide, high)
    canvas.add_hatches()
    map_in(canvas, request, Box(0, 0, wide, high), as_on_page=True)
    return canvas


def map_in(
    canvas: Canvas,
    request: PictureRequest,
    panel: Box,
    members: tuple[str, ...] | None = None,
    as_on_page: bool = False,
) -> None:
    """Draw the map alone into a box of a sheet that has the patterns at hand."""
    tracker, chosen = request.tracker, request.view["actor"]
    base = tracker.remember(base_of, request.view["view"], request.palette.mode, members)
    position = map_table(tracker, request.day, request.domain)
    _draw(canvas, request, panel, base, map_traces(position, base, chosen), as_on_page)


def base_of(
    tracker: Tracker, view: str, mode: str, members: tuple[str, ...] | None = None
) -> MapBase:
    """Return what a view of the map has on every day; for `Tracker.remember`."""
    file, placed = VIEWS[view].geometry_file, tracker.map_actors
    if members is not None:
        placed = placed.assign(covered=placed["covered"] & placed["actor"].isin(members))
    levels, labels = tracker.codebook.scale.levels, map_labels(tracker, view)
    return map_base(placed, levels, view, mode, tracker.geometry[file], labels=labels)


def _paths(
    tracker: Tracker, view: str, box: Box, as_on_page: bool
) -> tuple[Projected, dict[str, CountryPaths]]:
    """Return a view in a box, and the paths of its countries; for `Tracker.remember`."""
    projected = fit(VIEWS[view], box, as_on_page)
    return projected, countries(projected, tracker.data.outlines[VIEWS[view].geometry_file], box)


def _draw(
    canvas: Canvas,
    request: PictureRequest,
    panel: Box,
    base: MapBase,
    traces: list[Json],
    as_on_page: bool,
) -> None:
    """Countries, then markers, then codes, as far as they lie in the panel."""
    projected, paths = request.tracker.remember(_paths, request.view["view"], panel, as_on_page)
    shape = f"M{panel.x} {panel.y}H{panel.right}V{panel.bottom}H{panel.x}Z"
    canvas.path(shape, fill=canvas.palette.sea)
    within = canvas.group(clip_path=canvas.clip(f"panel-{panel.x:.0f}", shape))
    rim = rim_of_the_world(projected)
    canvas.group(
        within,
        clip_path=canvas.clip(f"world-{panel.x:.0f}", rim) if rim else None,
        fill_rule="evenodd",
        stroke_linejoin="round",
    )
    fills = fills_of(base.levels, canvas.palette)
    shapes, markers, labels = traces
    _countries(canvas, shapes, paths, fills)
    canvas.group(within)
    is_whole = VIEWS[request.view["view"]].whole and not as_on_page
    scale = min(1, panel.width / _NAMED) if is_whole and panel.width >= _LEAST_NAMED else 1
    _markers(canvas, markers, projected, fills, None if as_on_page else panel, _NAME * scale)
    if not is_whole or panel.width >= _LEAST_NAMED:
        canvas.group(within, **{"class": "codes"})
        inks = [_inks(canvas, shapes, base.levels)[code] for code in base.labelled]
        _labels(canvas, labels, projected, inks, _CODE * scale)
    canvas.end()


def fills_of(levels: range, palette: theme.Theme) -> dict[int, str]:
    """Return what each whole number of a map's trace is filled with."""
    return _by_level(levels, palette, [f"url(#{hatch.name})" for hatch in hatches(palette)])


def _grounds(levels: range, palette: theme.Theme) -> dict[int, str]:
    """Return what each whole number of a map's trace is filled with, without stripes."""
    return _by_level(levels, palette, [hatch.ground for hatch in hatches(palette)])


def _by_level(levels: range, palette: theme.Theme, hatched: Sequence[str]) -> dict[int, str]:
    """Return the fill of each level. `hatched`: of no position, then of old classes."""
    none, *fading = hatched
    return {
        **{level: theme.CLASS_COLORS[level] for level in levels},
        theme.no_position_level(levels): none,
        theme.not_covered_level(levels): palette.not_covered,
        **{
            int(theme.faded_level(level, levels)): fill
            for level, fill in zip(theme.CLASS_COLORS, fading, strict=True)
            if level in levels
        },
    }


def _countries(
    canvas: Canvas, trace: Json, paths: dict[str, CountryPaths], fills: dict[int, str]
) -> None:
    """Each country in the order of the trace; its small islands have a border and no outline."""
    line = trace["marker"]["line"]
    marks = zip(trace["locations"], trace["z"], line["color"], line["width"], strict=True)
    for code, level, color, wide in marks:
        drawn = {"fill": fills[level], "data_actor": code}
        if paths[code].large:
            canvas.path(paths[code].large, stroke=color, stroke_width=wide, **drawn)
        if paths[code].small:
            canvas.path(paths[code].small, stroke=color, stroke_width=min(wide, BORDER), **drawn)


def _markers(
    canvas: Canvas,
    trace: Json,
    projected: Projected,
    fills: dict[int, str],
    panel: Box | None,
    size: float,
) -> None:
    """Draw states without outlines as circles, other bodies as squares with their names."""
    marker = trace["marker"]
    # What has a size of its own on the page has it in proportion here.
    half = marker["size"] * (panel.height if panel else HEIGHT) / HEIGHT / 2
    line = marker["line"]
    marks: Any = zip(
        trace["customdata"],
        places(projected, trace),
        trace["text"],
        marker["symbol"],
        marker["color"],
        line["color"],
        line["width"],
        strict=True,
    )
    for code, (x, y), name, symbol, level, color, wide in marks:
        drawn = {"fill": fills[level], "stroke": color, "stroke_width": wide, "data_actor": code}
        if symbol == "circle":
            canvas.draw("circle", cx=x, cy=y, r=half, **drawn)
        else:
            square = max(2 * half, _LEAST_SQUARE if panel else 0)
            canvas.rect(x - square / 2, y - square / 2, square, square, **drawn)
        beside = x + half + (6 if panel else 2.5), y + size * 0.34
        canvas.text(*beside, escapes.as_written(name), size, halo=canvas.palette.sea)


def _labels(
    canvas: Canvas, trace: Json, projected: Projected, inks: Sequence[tuple[str, str]], size: float
) -> None:
    """Draw the labels of countries, each in what can be read on it, in letters of a size."""
    marks = zip(places(projected, trace), trace["text"], inks, strict=True)
    for (x, y), escaped, (ink, halo) in marks:
        text = escapes.as_written(escaped)
        canvas.text(x, y + size * 0.34, text, size, ink, anchor="middle", halo=halo)


def _inks(canvas: Canvas, shapes: Json, levels: range) -> dict[str, tuple[str, str]]:
    """Return the colours of a text on each country, and of what surrounds it: its own, since the
    text may be wider. In the dark theme too it is dark on a light class.
    """
    palette, grounds = canvas.palette, _grounds(levels, canvas.palette)
    return {
        code: (palette.on_level(level) if level in levels else palette.ink, grounds[level])
        for code, level in zip(shapes["locations"], shapes["z"], strict=True)
    }


# -- the legend ---------------------------------------------------------------------------------


def _chosen_row(rows: Sequence[Standing], code: str | None) -> Standing | None:
    return next((row for row in rows if row.actor == code), None)


def _legend(
    canvas: Canvas,
    box: Box,
    request: PictureRequest,
    rows: Sequence[Standing],
    chosen: Standing | None,
    blank: str,
) -> None:
    """Draw the classes with the number of actors in each, and what else the map draws. `blank`:
    what a country is that no actor of these has.
    """
    tracker, palette = request.tracker, canvas.palette
    codebook, levels = tracker.codebook, tracker.codebook.scale.levels
    counts = _counts(request, rows)
    items: list[Item] = [
        (
            _swatch_style(entry, levels, palette),
            blank if entry.level == theme.not_covered_level(levels) else entry.text,
            counts.get((entry.level, entry.kind), ""),
        )
        for entry in map_legend(codebook.scale, outline_words(codebook))
    ]
    if chosen:
        text = words.label(tracker.codebook, chosen.stance)
        frame = {"fill": "none", "stroke": palette.accent, "stroke_width": 3}
        items.append((frame, f"{chosen.short_name}: {text}", ""))
    right = box.x + _LEGEND - _APART
    canvas.text(right, box.y + _HEAD * 0.7, "How many", _HEAD, palette.muted, anchor="end")
    further = [
        (len(_label_lines(item, right - box.x)[1]) - 1) * _SMALL * _LEADING for item in items
    ]
    high = min(_ROW, (box.height - _HEAD - 6 - sum(further)) / len(items))
    y = box.y + _HEAD + 4
    for item, more in zip(items, further, strict=True):
        _entry(canvas, box.x, right, y, item)
        y += high + more


def _counts(request: PictureRequest, rows: Sequence[Standing]) -> dict[tuple[int | None, int], str]:
    """Return how many actors there are of each level and of each kind of outline, as entries of the
    legend name these, where they are counted.
    """
    tracker = request.tracker
    levels, place = tracker.codebook.scale.levels, tracker.column(request.domain)
    kinds = dict(zip(tracker.model.actors, outlines(tracker, request.day)[:, place], strict=True))
    covered = [row for row in rows if row.covered]
    of_level = Counter(row.level for row in covered)
    of_kind = Counter(int(kinds[row.actor]) for row in covered)
    without = sum(math.isnan(row.stance) for row in covered)
    return {
        **{(level, 0): str(of_level[level]) for level in levels},
        (theme.no_position_level(levels), 0): str(without),
        **{(None, kind): str(of_kind[kind]) for kind in outline_lines(request.palette)},
    }


def _swatch_style(entry: LegendEntry, levels: range, palette: theme.Theme) -> dict[str, Any]:
    """Return how the swatch of an entry is drawn."""
    if entry.level is not None:
        return {"fill": fills_of(levels, palette)[entry.level]}
    color, wide = outline_lines(palette)[entry.kind]
    return {"fill": "none", "stroke": color, "stroke_width": wide}


def _label_lines(item: Item, wide: float) -> tuple[float, list[str]]:
    """Return what an entry of the legend means, in the size and the lines in which it has room."""
    _, label, count = item
    space = wide - _TO_LABEL - (width(count, _LETTERS, STRONG) + 8 if count else 0)
    if width(label, _LETTERS) <= space:
        return _LETTERS, [label]
    return _SMALL, lines(label, _SMALL, space, most=_MOST_LINES)


def _entry(canvas: Canvas, x: float, right: float, y: float, item: Item) -> None:
    """Draw a swatch, what it means, and the number of actors at the end of the row."""
    drawn, _, count = item
    edge = drawn.get("stroke_width", 0) / 2
    side = _SWATCH - 2 * edge
    canvas.rect(x + edge, y + edge, side, side, **drawn)
    size, text = _label_lines(item, right - x)
    base = y + _SWATCH / 2
    for number, line in enumerate(text):
        canvas.text(x + _TO_LABEL, base + size * (0.34 + number * _LEADING), line, size)
    end = right, base + _LETTERS * 0.34
    canvas.text(*end, count, _LETTERS, canvas.palette.muted, STRONG, anchor="end")
