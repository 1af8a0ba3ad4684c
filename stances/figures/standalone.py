"""Figures that draw outside the dashboard, in a notebook or a page of one's own, and ask no host.

On the dashboard the page has the headline, the legend, the source line and the outlines of the
map; here the figure itself has them.

Leans on plotly.js: it fetches outlines of its own where the first trace of a map names countries,
drawn or not. So markers, which name places, come first. If that changes, plotly asks its CDN for
outlines that nothing draws; the browser test of this module would tell.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from types import MappingProxyType
from typing import Any

import numpy as np
import plotly.graph_objects as go

from stances import escapes
from stances.dataset.codebook import Scale
from stances.figures.map import Json, map_legend, outline_lines
from stances.figures.parts import plot_text
from stances.figures.theme import Theme, code_colors

# Letters that fit a line of a figure of 700 px, and the height of a line: of title and subtitle.
_TITLE_LETTERS, _TITLE_PX = 64, 23
_LETTERS, _LINE_PX = 104, 18
_SPACE_PX = 26  # above and below both
_LEGEND_PX, _SOURCE_PX = 64, 34
_DECIMALS = 2  # of a degree: a kilometre

Line = list[list[float]]


@dataclass(frozen=True)
class Caption:
    """The texts around a figure: what it finds, what it shows, and where it is from."""

    title: str
    subtitle: str
    source: str


def standalone_map(
    figure: go.Figure,
    outlines: bytes,
    scale: Scale,
    palette: Theme,
    caption: Caption,
    outlined: Mapping[int, str] = MappingProxyType({}),
) -> go.Figure:
    """Return a map of `stances.figures.map` with its countries, legend and caption inside.

    `outlines`: the TopoJSON file of the view; `outlined`: what each kind of outline means.
    """
    countries, markers, codes = (trace.to_plotly_json() for trace in figure.data)
    shapes = {"geojson": features(outlines), "locationmode": "geojson-id"}
    data = [
        markers | {"showlegend": False},
        *_legend(scale, palette, outlined),
        countries | shapes,
        codes | {"showlegend": False},
    ]
    layout = figure.layout.to_plotly_json() | {"showlegend": True}
    # Below the map, and over the source line.
    layout["legend"] = {"orientation": "h", "x": 0, "y": 0, "yanchor": "top"}
    return go.Figure(data, _with_caption(layout, palette, caption, _LEGEND_PX + _SOURCE_PX))


def standalone_trend(figure: Json, palette: Theme, caption: Caption) -> go.Figure:
    """Return a chart of `stances.figures.trend` with its caption inside."""
    layout = figure["layout"] | {"paper_bgcolor": palette.background}
    # The page presses these hidden buttons as its width asks for.
    del layout["updatemenus"]
    return go.Figure(figure["data"], _with_caption(layout, palette, caption, _SOURCE_PX))


def features(outlines: bytes) -> Json:
    """Return the countries of a TopoJSON file as GeoJSON, each with its id, to a kilometre."""
    topology = json.loads(outlines)
    lines = _lines(topology)
    items = []
    for country in topology["objects"]["countries"]["geometries"]:
        # A country without a shape has no arcs.
        shape = country.get("arcs", [])
        polygons = [shape] if country.get("type") == "Polygon" else shape
        rings = [[_ring(lines, arcs) for arcs in polygon] for polygon in polygons]
        geometry = {"type": "MultiPolygon", "coordinates": rings}
        items.append({"type": "Feature", "id": country["id"], "geometry": geometry})
    return {"type": "FeatureCollection", "features": items}


def _lines(topology: Json) -> list[Line]:
    """Return the arcs of a topology in degrees; those on a grid are given by their steps."""
    arcs = [np.array(arc, float) for arc in topology["arcs"]]
    if grid := topology.get("transform"):
        arcs = [np.cumsum(arc, axis=0) * grid["scale"] + grid["translate"] for arc in arcs]
    return [np.round(arc, _DECIMALS).tolist() for arc in arcs]


def _ring(lines: Sequence[Line], arcs: Sequence[int]) -> Line:
    """Return the arcs of a ring one after the other; ~n is arc n from its end to its beginning."""
    ring: Line = []
    for arc in arcs:
        line = lines[arc] if arc >= 0 else lines[~arc][::-1]
        ring += line[bool(ring) :]
    return ring


def _legend(scale: Scale, palette: Theme, outlined: Mapping[int, str]) -> list[Json]:
    """Traces without a place, each an entry of the legend."""
    colors = code_colors(scale.levels, palette)
    lines = {0: (palette.muted, 0.5), **outline_lines(palette)}
    return [
        {
            "type": "scattergeo",
            "lon": [None],
            "lat": [None],
            "mode": "markers",
            "name": escapes.chart(entry.text),
            "marker": {
                "symbol": "square",
                "size": 12,
                "color": palette.background if entry.level is None else colors[entry.level],
                "line": dict(zip(("color", "width"), lines[entry.kind], strict=True)),
                "opacity": 1,
            },
            "showlegend": True,
        }
        for entry in map_legend(scale, outlined)
    ]


def _with_caption(layout: Json, palette: Theme, caption: Caption, below: int) -> Json:
    """Return a layout with title, subtitle and `below` px for a source; the plot stays as high."""
    title, subtitle = wrap(caption.title, _TITLE_LETTERS), wrap(caption.subtitle, _LETTERS)
    above = _SPACE_PX + _TITLE_PX * len(title) + _LINE_PX * len(subtitle)
    margin = layout["margin"]
    return layout | {
        "height": layout["height"] - margin["t"] + above + below,
        "margin": margin | {"t": above, "b": margin["b"] + below},
        "title": {
            "text": f"<b>{_break_lines(title)}</b>",
            "font": {"size": 18, "color": palette.ink},
            "subtitle": {
                "text": _break_lines(subtitle),
                "font": {"size": 13, "color": palette.muted},
            },
            "x": 0.01,
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 14},
        },
        "annotations": [*layout.get("annotations", []), _source(caption, palette, margin, below)],
    }


def _break_lines(lines: Sequence[str]) -> str:
    return "<br>".join(escapes.chart(line) for line in lines)


def _source(caption: Caption, palette: Theme, margin: Mapping[str, Any], below: int) -> Json:
    source = plot_text(escapes.chart(caption.source), 0, 0, {"size": 11, "color": palette.muted})
    return source | {"xshift": 8 - margin["l"], "yshift": 8 - margin["b"] - below}
