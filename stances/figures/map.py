"""The stance map: countries and markers in the colours of their classes on one date.

A step to another date must cost little, on the server and in the browser: all that does not change
with the date is made once (`map_base`), a step puts its own columns into a shallow copy of it, and
all countries are one trace, since plotly goes through the whole geometry for each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from stances.dataset.codebook import NOT_COVERED
from stances.figures.theme import (
    Theme,
    colorscale,
    font,
    hover_label,
    level_range,
    no_position_level,
    not_covered_level,
    theme,
)

STATE = "state"
# Between countries, in px.
BORDER = 0.6

Json = dict[str, Any]
Place = tuple[float, float]


@dataclass(frozen=True)
class View:
    """A part of the world: what plotly is to draw, and which markers lie inside.

    `lon`, `lat`: degrees, the window that must be visible; `marker_size`: px;
    `marker_gap`: degrees of latitude that two markers keep between them; `outline`: px.
    """

    label: str
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
            label="Europe",
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
            label="World",
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

    `countries`, `markers`: traces without their colours and texts; `rest`: the ids of the countries
    that are not covered; `area_rows` and `marker_rows`: which rows of the table of actors stand as
    countries and as markers, in order; `outline`: px.
    """

    levels: range
    look: Theme
    outline: float
    countries: Json
    markers: Json
    layout: Json
    rest: list[str]
    area_rows: npt.NDArray[np.intp]
    marker_rows: npt.NDArray[np.intp]


def stance_map(position: pd.DataFrame, base: MapBase) -> go.Figure:
    """The map of one date.

    `position`: one row per actor, in the order of those that `base` was made of; columns actor,
    level (NaN: no position), act_in_force, hover (text, escaped). Traces: countries by class,
    outlined where an act is in force; markers of the actors that the geometry lacks. A click brings
    the code of the actor as `customdata`, and none where nothing is covered.
    """
    codes = level_codes(position["level"].to_numpy(float), base.levels)
    hover = position["hover"].to_numpy(object)
    in_force = position["act_in_force"].to_numpy(bool)
    # Countries are drawn in this order, so no neighbour is drawn over an outline.
    rows = base.area_rows[np.argsort(in_force[base.area_rows], kind="stable")]
    covered = position["actor"].to_numpy(object)[rows].tolist()
    rest, spots = len(base.rest), base.marker_rows
    outlined = np.concatenate([np.zeros(rest, bool), in_force[rows]])
    countries = {
        **base.countries,
        "locations": [*base.rest, *covered],
        "customdata": [*[None] * rest, *covered],
        "z": [*[not_covered_level(base.levels)] * rest, *codes[rows].tolist()],
        "text": [*[NOT_COVERED] * rest, *hover[rows].tolist()],
        "marker": {"line": _lines(outlined, base.look, BORDER, base.outline)},
    }
    ring = {"color": codes[spots].tolist(), "line": _lines(in_force[spots], base.look, 1, 2)}
    markers = {
        **base.markers,
        "text": hover[spots].tolist(),
        "marker": {**base.markers["marker"], **ring},
    }
    return go.Figure({"data": [countries, markers], "layout": base.layout})


def level_codes(level: npt.NDArray[np.float64], levels: range) -> npt.NDArray[np.int8]:
    """Levels as whole numbers; NaN becomes the code beyond the scale for "no position"."""
    return np.where(np.isnan(level), no_position_level(levels), level).astype(np.int8)


def map_base(
    actors: pd.DataFrame,
    levels: range,
    view: str,
    mode: str,
    geometry: frozenset[str],
    height: int = 430,
) -> MapBase:
    """All of a map that does not change with the date; `height` in px.

    `actors`: one row each, columns actor, kind, lon, lat (degrees), covered. `geometry`: the ids
    that the view's file draws.
    """
    shown, look = VIEWS[view], theme(mode)
    covered = actors["covered"].to_numpy(bool)
    drawn = actors["actor"].isin(geometry).to_numpy()
    inside = [shown.shows(lon, lat) for lon, lat in zip(actors["lon"], actors["lat"], strict=True)]
    areas, spots = np.flatnonzero(covered & drawn), np.flatnonzero(covered & ~drawn & inside)
    return MapBase(
        levels,
        look,
        shown.outline,
        _countries(levels, mode),
        _markers(actors.iloc[spots], shown, levels, mode),
        _layout(view, mode, height),
        sorted(geometry.difference(actors["actor"].iloc[areas])),
        areas,
        spots,
    )


def _countries(levels: range, mode: str) -> Json:
    low, high = level_range(levels)
    return {
        "type": "choropleth",
        "zmin": low,
        "zmax": high,
        "colorscale": colorscale(levels, mode),
        "showscale": False,
        "hovertemplate": "%{text}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }


def _markers(actors: pd.DataFrame, view: View, levels: range, mode: str) -> Json:
    low, high = level_range(levels)
    places = list(zip(actors["lon"].tolist(), actors["lat"].tolist(), strict=True))
    places = spread(places, view.marker_gap)
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [round(lon, 2) for lon, _ in places],
        "lat": [round(lat, 2) for _, lat in places],
        "customdata": actors["actor"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": ["circle" if kind == STATE else "square" for kind in actors["kind"]],
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


def _lines(
    outlined: npt.NDArray[np.bool_], look: Theme, plain: float, strong: float
) -> dict[str, list[Any]]:
    """The lines around shapes, borders and outlines, of `plain` and `strong` px."""
    return {
        "color": np.where(outlined, look.outline, look.border).tolist(),
        "width": np.where(outlined, strong, plain).tolist(),
    }


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
