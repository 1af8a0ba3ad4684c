"""The stance map: countries and markers in the colours of their classes on one date.

A step to another date must cost little, so all that does not change with the date is built once
for each view and set of actors, and a step puts its own columns into a shallow copy of it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from stances.codebook import Codebook
from stances.figures.theme import (
    CLEAR,
    Theme,
    colorscale,
    font,
    hover_label,
    level_range,
    no_position_level,
    theme,
)

STATE = "state"

Json = dict[str, Any]
Place = tuple[float, float]


class MapActor(NamedTuple):
    """What the map must know of an actor on every date; `lon`, `lat` in degrees."""

    code: str
    kind: str
    lon: float
    lat: float
    covered: bool


@dataclass(frozen=True)
class View:
    """A part of the world: what plotly is to draw, and which markers lie inside.

    `lon`, `lat`: degrees, the window that must be visible; `marker_size`: px;
    `marker_gap`: degrees of latitude that two markers keep between them; `outline`: px.
    """

    scope: str
    resolution: int
    projection: Mapping[str, Any]
    lon: tuple[float, float]
    lat: tuple[float, float]
    marker_size: int
    marker_gap: float
    outline: float

    @property
    def geometry_file(self) -> str:
        """The name of the file that plotly.js asks for under `topojsonURL`."""
        return f"{self.scope}_{self.resolution}m.json"

    def shows(self, lon: float, lat: float) -> bool:
        """Whether a point lies inside the window."""
        return self.lon[0] <= lon <= self.lon[1] and self.lat[0] <= lat <= self.lat[1]


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "europe": View(
            scope="europe",
            resolution=50,
            projection={"type": "azimuthal equal area", "rotation": {"lon": 15, "lat": 53}},
            lon=(-28.0, 48.0),
            lat=(34.2, 70.2),
            marker_size=13,
            marker_gap=1.2,
            outline=1.2,
        ),
        "world": View(
            scope="world",
            resolution=110,
            projection={"type": "equal earth", "rotation": {"lon": 11}},
            lon=(-180.0, 180.0),
            lat=(-58.0, 84.0),
            marker_size=8,
            marker_gap=3.4,
            outline=0.8,
        ),
    }
)


@dataclass(frozen=True)
class MapBase:
    """The part of a map that is the same on every date; shared, so never to be changed.

    `data`: the traces for not covered, classes, outlines and markers; `area_rows` and
    `marker_rows`: which rows of the table of actors the classes and the markers show, in order.
    """

    data: tuple[Json, Json, Json, Json]
    layout: Json
    area_rows: npt.NDArray[np.intp]
    marker_rows: npt.NDArray[np.intp]


def geometry_ids(file: Path) -> frozenset[str]:
    """The ids of the countries that a TopoJSON file of `data/geometry` draws."""
    geometries = json.loads(file.read_text(encoding="utf-8"))["objects"]["countries"]["geometries"]
    return frozenset(geometry["id"] for geometry in geometries)


def stance_map(
    position: pd.DataFrame,
    codebook: Codebook,
    view: str,
    mode: str,
    geometry: frozenset[str],
    height: int = 430,
) -> go.Figure:
    """The map of one date; `height` in px.

    `position`: one row per actor, columns actor, kind, lon, lat, level (NaN: no position), covered,
    act_in_force, hover (text, escaped). `geometry`: the ids that the view's file draws. Traces:
    countries that are not covered; countries by class; outlines where an act is in force; markers
    of the actors that the geometry lacks. A click brings the code of the actor as `customdata`.
    """
    levels = codebook.scale.levels
    base = map_base(map_actors(position), levels, view, mode, geometry, height)
    codes = level_codes(position["level"].to_numpy(float), levels)
    hover = position["hover"].to_numpy(object)
    in_force = position["act_in_force"].to_numpy(bool)
    grey, areas, outlines, markers = base.data
    rows, spots = base.area_rows, base.marker_rows
    data = [
        grey,
        {**areas, "z": codes[rows].tolist(), "text": hover[rows].tolist()},
        _with_outlines(outlines, np.array(areas["locations"], object)[in_force[rows]]),
        _with_markers(markers, codes[spots], hover[spots], in_force[spots], theme(mode)),
    ]
    # The base is valid (a test has plotly check it) and the columns have the right types.
    return go.Figure({"data": data, "layout": base.layout}, _validate=False)


def map_actors(table: pd.DataFrame) -> tuple[MapActor, ...]:
    """The actors of a table with the columns actor, kind, lon, lat, covered; one row each."""
    columns = (table[name].tolist() for name in ("actor", "kind", "lon", "lat", "covered"))
    return tuple(map(MapActor._make, zip(*columns, strict=True)))


def level_codes(level: npt.NDArray[np.float64], levels: range) -> npt.NDArray[np.int8]:
    """Levels as whole numbers; NaN becomes the code beyond the scale for "no position"."""
    return np.where(np.isnan(level), no_position_level(levels), level).astype(np.int8)


@lru_cache(maxsize=32)
def map_base(
    actors: tuple[MapActor, ...],
    levels: range,
    view: str,
    mode: str,
    geometry: frozenset[str],
    height: int,
) -> MapBase:
    """All of a map that does not change with the date."""
    shown, look = VIEWS[view], theme(mode)
    drawn = [row for row, actor in enumerate(actors) if actor.covered and actor.code in geometry]
    spots = [
        row
        for row, actor in enumerate(actors)
        if actor.covered and actor.code not in geometry and shown.shows(actor.lon, actor.lat)
    ]
    codes = [actors[row].code for row in drawn]
    rest = sorted(geometry.difference(codes))
    data = (
        _flat(rest, look.not_covered, look.border),
        _areas(codes, levels, mode),
        _flat([], CLEAR, look.outline) | {"marker": _line(look.outline, shown.outline)},
        _markers([actors[row] for row in spots], shown, levels, mode),
    )
    return MapBase(data, _layout(view, mode, height), np.array(drawn, int), np.array(spots, int))


def _flat(codes: list[str], color: str, border: str) -> Json:
    """Countries in one colour, silent to the mouse."""
    return {
        "type": "choropleth",
        "locations": codes,
        "z": [0] * len(codes),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, color], [1, color]],
        "showscale": False,
        "hoverinfo": "skip",
        "marker": _line(border, 0.6),
        "unselected": {"marker": {"opacity": 1}},
    }


def _areas(codes: list[str], levels: range, mode: str) -> Json:
    low, high = level_range(levels)
    return {
        "type": "choropleth",
        "locations": codes,
        "customdata": codes,
        "zmin": low,
        "zmax": high,
        "colorscale": colorscale(levels, mode),
        "showscale": False,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": _line(theme(mode).border, 0.6),
        "unselected": {"marker": {"opacity": 1}},
    }


def _markers(actors: list[MapActor], view: View, levels: range, mode: str) -> Json:
    low, high = level_range(levels)
    places = spread([(actor.lon, actor.lat) for actor in actors], view.marker_gap)
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [round(lon, 2) for lon, _ in places],
        "lat": [round(lat, 2) for _, lat in places],
        "customdata": [actor.code for actor in actors],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": ["circle" if actor.kind == STATE else "square" for actor in actors],
            "size": view.marker_size,
            "opacity": 1,
            "cmin": low,
            "cmax": high,
            "colorscale": colorscale(levels, mode),
        },
        "unselected": {"marker": {"opacity": 1}},
    }


def spread(places: list[Place], gap: float) -> list[Place]:
    """Places (lon, lat) pushed apart until any two are `gap` degrees of latitude from another.

    The same places always land on the same spots. Stops after 50 rounds, however crowded.
    """
    moved = [list(place) for place in places]
    for _ in range(50):
        pairs = [(a, b) for i, a in enumerate(moved) for b in moved[:i] if _push(a, b, gap)]
        if not pairs:
            break
    return [(lon, lat) for lon, lat in moved]


def _push(one: list[float], other: list[float], gap: float) -> bool:
    """Move two places apart along the line between them; whether they were too near."""
    narrow = max(math.cos(math.radians(one[1])), 0.1)
    east, north = (one[0] - other[0]) * narrow, one[1] - other[1]
    apart = math.hypot(east, north)
    if apart >= gap - 1e-6:
        return False
    if apart == 0:
        east, apart = 1e-9, 1e-9
    step = (gap - apart) / 2 / apart
    for place, sign in ((one, 1), (other, -1)):
        place[0] += sign * step * east / narrow
        place[1] += sign * step * north
    return True


def _with_outlines(trace: Json, codes: npt.NDArray[np.object_]) -> Json:
    return {**trace, "locations": codes.tolist(), "z": [0] * len(codes)}


def _with_markers(
    trace: Json,
    codes: npt.NDArray[np.int8],
    hover: npt.NDArray[np.object_],
    in_force: npt.NDArray[np.bool_],
    look: Theme,
) -> Json:
    line = {
        "color": np.where(in_force, look.outline, look.border).tolist(),
        "width": np.where(in_force, 2, 1).tolist(),
    }
    marker = {**trace["marker"], "color": codes.tolist(), "line": line}
    return {**trace, "text": hover.tolist(), "marker": marker}


def _line(color: str, width: float) -> Json:
    return {"line": {"color": color, "width": width}}


def _layout(view: str, mode: str, height: int) -> Json:
    """The frame of the map; an empty template keeps kilobytes of defaults out of each step."""
    shown, look = VIEWS[view], theme(mode)
    return {
        "template": {},
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": look.sea,
        "showlegend": False,
        "uirevision": view,
        "font": font(look),
        "hoverlabel": hover_label(look),
        "geo": _geo(shown, look),
    }


def _geo(view: View, look: Theme) -> Json:
    hidden = ("frame", "coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
    return {
        "scope": view.scope,
        "resolution": view.resolution,
        "projection": dict(view.projection),
        "fitbounds": False,
        "lonaxis": {"range": list(view.lon), "showgrid": False},
        "lataxis": {"range": list(view.lat), "showgrid": False},
        "bgcolor": look.sea,
        **{f"show{layer}": False for layer in hidden},
    }
