"""A chart before any script: its figure, as wide as its place, in the form that fits."""

from collections.abc import Mapping
from typing import Any

from stances.charts.chart import Chart
from stances.figures.map import Json
from stances.figures.parts import COMPACT
from stances.figures.theme import BOTH
from stances.pictures.figure import draw_figure, edges_of
from stances.pictures.fluid import Fluid

# How wide a chart is on the page in a window of 1280 px, and on a telephone of 390.
_WIDE, _NARROW = 1120, 358
# Of the hidden buttons that a figure brings along, that for narrow screens.
_NARROW_BUTTON = 1


def chart_html(chart: Chart, kind: str = "", name: str = "lines") -> str:
    """Return the figure of a chart in the colours of BOTH. `kind`: classes of its place in the
    page; `name`: what no other chart of the page has.
    """
    if chart.svg:
        return chart.svg
    wide, narrow = chart.own_figure, narrow_form(chart.own_figure)
    drawn = _form(chart.alt, wide, _WIDE, name)
    forms = drawn.markup("wide" if narrow else "whole")
    if narrow:
        # Whose panels stand elsewhere, its lines do too.
        again, own = (drawn, name) if _panels(wide) == _panels(narrow) else (None, f"{name}-narrow")
        forms += _form(chart.alt, narrow, _NARROW, own, again).markup("narrow")
    if chart.own_figure["layout"].get("meta") == COMPACT:
        kind = f"{kind} compact".strip()
    return f'<div class="chart {kind}">{forms}</div>'


def _panels(figure: Json) -> list[Any]:
    """Return where the panels of a figure lie in its plot."""
    return [axis.get("domain") for name, axis in figure["layout"].items() if "axis" in name]


def _form(alt: str, figure: Json, wide: int, name: str, again: Fluid | None = None) -> Fluid:
    """Return a form of a figure; a narrow one may have the lines of the wide one, `again`."""
    high, edges = figure["layout"]["height"], edges_of(figure)
    box = edges["l"], edges["t"], wide - edges["l"] - edges["r"], high - edges["t"] - edges["b"]
    canvas = Fluid(BOTH, alt, (wide, high), box, name, again)
    draw_figure(canvas, figure, wide, high)
    return canvas


def narrow_form(figure: Json) -> Json | None:
    """Return a figure as its button for narrow screens leaves it; None: it has no other."""
    menus = figure["layout"].get("updatemenus")
    if not menus:
        return None
    args = menus[0]["buttons"][_NARROW_BUTTON]["args"]
    traces, layout, places = args if len(args) > 1 else ({}, args[0], [])
    changed = figure["layout"]
    for path, value in layout.items():
        changed = _put(changed, path.split("."), value)
    data = [*figure["data"]]
    for number, place in enumerate(places):
        data[place] = data[place] | {name: values[number] for name, values in traces.items()}
    return {"data": data, "layout": changed}


def _put(layout: Mapping[str, Any], path: list[str], value: Any) -> Json:
    """Return a layout with a value at a path of plotly."""
    name, *inside = path
    if not inside:
        return {**layout, name: value}
    return {**layout, name: _put(layout.get(name) or {}, inside, value)}
