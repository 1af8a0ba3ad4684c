"""The stance map: countries and markers in the colours of their classes on one date.

A step to another date must cost little, on the server and in the browser: all that does not change
with the date is made once (`map_base`), a step puts its own columns into a shallow copy of it, and
all countries are one trace, since plotly goes through the whole geometry for each.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from stances import escapes
from stances.dataset.codebook import NO_POSITION, NOT_COVERED, Scale
from stances.figures.theme import (
    OLD_LABEL,
    Theme,
    colorscale,
    faded_level,
    font,
    hover_label,
    level_range,
    no_position_level,
    not_covered_level,
    theme,
)

STATE = "state"
# Between countries, in px, and around markers: plain, with a power that was not used, with a rule
# that was, chosen.
BORDER, POWER = 0.6, 1.2
MARKER_LINES = (1.0, 1.6, 2.0, 3.0)
# Of the labels of countries, and how high a page has the map, in px.
LABEL_SIZE, HEIGHT = 9, 430

Json = dict[str, Any]
Place = tuple[float, float]
Line = tuple[str, float]


class Label(NamedTuple):
    """A text on a map: the country that it is on, and its middle, in degrees."""

    actor: str
    text: str
    lon: float
    lat: float


@dataclass(frozen=True)
class MapView:
    """A part of the world: what plotly is to draw, and which markers lie inside.

    `lon`, `lat`: degrees, the window that must be visible; `marker_size`: px;
    `marker_gap`, `code_gap`: degrees of latitude that two markers or codes keep between them;
    `open_sea`: where bodies that are no states stand, `body_gap` degrees below one another, with
    room for their names in the east;
    `outline`: px, half of which is seen, within the country; `whole`: all of the world is seen.
    """

    label: str
    scope: str
    resolution: int
    projection: Mapping[str, Any]
    lon: tuple[float, float]
    lat: tuple[float, float]
    marker_size: int
    marker_gap: float
    code_gap: float
    open_sea: Place
    body_gap: float
    outline: float
    whole: bool = False

    @property
    def geometry_file(self) -> str:
        """The name of the file that plotly.js asks for under `topojsonURL`."""
        return f"{self.scope}_{self.resolution}m.json"

    def shows(self, lon: float, lat: float) -> bool:
        """Say whether a point lies inside the window."""
        return self.lon[0] <= lon <= self.lon[1] and self.lat[0] <= lat <= self.lat[1]


VIEWS: Mapping[str, MapView] = MappingProxyType(
    {
        "europe": MapView(
            label="Europe",
            scope="europe",
            resolution=50,
            projection={"type": "azimuthal equal area", "rotation": {"lon": 15, "lat": 53}},
            lon=(-28.0, 48.0),
            lat=(34.2, 70.2),
            marker_size=13,
            marker_gap=1.2,
            code_gap=1.7,
            open_sea=(-21.5, 45.5),
            body_gap=2.6,
            outline=2.0,
        ),
        "world": MapView(
            label="World",
            scope="world",
            resolution=110,
            projection={"type": "equal earth", "rotation": {"lon": 11}},
            lon=(-180.0, 180.0),
            lat=(-58.0, 84.0),
            marker_size=8,
            marker_gap=3.4,
            code_gap=9.0,
            open_sea=(-64.0, 33.5),
            body_gap=6.5,
            outline=1.4,
            whole=True,
        ),
    }
)


@dataclass(frozen=True)
class MapBase:
    """The part of a map that is the same on every date; shared, so never to be changed.

    `countries`, `markers`: traces without their colours and hover labels; `labels`: the trace of
    the labels of countries, of which `labelled` are the codes; `rest`: the ids of the countries
    that are not covered; `area_rows` and `marker_rows`: which rows of the table of actors stand as
    countries and as markers, in order; `outline`: px.
    """

    levels: range
    palette: Theme
    outline: float
    countries: Json
    markers: Json
    labels: Json
    labelled: list[str]
    layout: Json
    rest: list[str]
    area_rows: npt.NDArray[np.intp]
    marker_rows: npt.NDArray[np.intp]


def stance_map(position: pd.DataFrame, base: MapBase, chosen: str | None = None) -> go.Figure:
    """Return the map of one date: its traces (see `map_traces`) in its layout."""
    return go.Figure({"data": map_traces(position, base, chosen), "layout": base.layout})


def map_traces(position: pd.DataFrame, base: MapBase, chosen: str | None = None) -> list[Json]:
    """Return what is drawn on one date.

    `position`: one row per actor, in the order of those that `base` was made of; columns actor,
    level (NaN: no position), old, outline (0: none, 1: a power, 2: a rule that was used), hover
    (text, escaped). `chosen`: an actor to be drawn out. Traces: countries by class, paler where the
    position is old, outlined; markers of the actors that the geometry lacks; labels of the
    countries. A click brings the code of the actor as `customdata`, and none where nothing is
    covered.
    """
    level, old = position["level"].to_numpy(float), position["old"].to_numpy(bool)
    codes = level_codes(level, base.levels, old)
    rows = base.area_rows[_drawing_order(position, base.area_rows, chosen)]
    countries = {**base.countries, **_countries_on(position, base, rows, codes, chosen)}
    spots = base.marker_rows
    markers = {
        **base.markers,
        "hovertext": position["hover"].to_numpy(object)[spots].tolist(),
        "marker": {
            **base.markers["marker"],
            "color": codes[spots].tolist(),
            "line": _lines(position, spots, base, MARKER_LINES, chosen),
        },
    }
    # A copy of what is shared: plotly takes the type out of a trace while it reads it, and another
    # thread that makes a figure at that moment would find none.
    return [countries, markers, {**base.labels}]


def _drawing_order(
    position: pd.DataFrame, rows: npt.NDArray[np.intp], chosen: str | None
) -> npt.NDArray[np.intp]:
    """Return the strongest outlines first: their neighbours, drawn after them, cover the half of
    each that lies outside. The chosen one last, so that nothing covers its frame.
    """
    outline = position["outline"].to_numpy(np.int64)[rows]
    last = position["actor"].to_numpy(object)[rows] == chosen
    return np.argsort(np.where(last, 1, -outline), kind="stable")


def _countries_on(
    position: pd.DataFrame,
    base: MapBase,
    rows: npt.NDArray[np.intp],
    codes: npt.NDArray[np.int8],
    chosen: str | None,
) -> Json:
    """Return what the trace of countries has of a date. What is not covered comes before the last,
    so that it too covers the outlines of its neighbours.
    """
    covered = position["actor"].to_numpy(object)[rows].tolist()
    hover = position["hover"].to_numpy(object)[rows].tolist()
    lines = _lines(position, rows, base, _country_lines(base.outline), chosen)
    first = int((position["outline"].to_numpy(np.int64)[rows] > 0).sum())
    rest = len(base.rest)

    def among(those: list[Any], value: Any) -> list[Any]:
        return [*those[:first], *value, *those[first:]]

    return {
        "locations": among(covered, base.rest),
        "customdata": among(covered, [None] * rest),
        "z": among(codes[rows].tolist(), [not_covered_level(base.levels)] * rest),
        "text": among(hover, [NOT_COVERED] * rest),
        "marker": {
            "line": {
                "color": among(lines["color"], [base.palette.border] * rest),
                "width": among(lines["width"], [BORDER] * rest),
            }
        },
    }


def level_codes(
    level: npt.NDArray[np.float64], levels: range, old: npt.NDArray[np.bool_] | bool = False
) -> npt.NDArray[np.int8]:
    """Levels as whole numbers; NaN and levels of old positions have codes beyond the scale."""
    codes = np.where(old, level + faded_level(0, levels), level)
    return np.where(np.isnan(level), no_position_level(levels), codes).astype(np.int8)


def map_base(
    actors: pd.DataFrame,
    levels: range,
    view: str,
    mode: str,
    geometry: frozenset[str],
    height: int = HEIGHT,
    labels: Sequence[Label] | None = None,
) -> MapBase:
    """All of a map that does not change with the date; `height` in px.

    `actors`: one row each, columns actor, short_name, kind, lon, lat (degrees), covered.
    `geometry`: the ids that the view's file draws; `labels`: of countries; None: the codes of as
    many as do not run into one another, where the actors lie.
    """
    area, palette = VIEWS[view], theme(mode)
    covered = actors["covered"].to_numpy(bool)
    drawn, inside = _countries_and_inside(actors, area, geometry)
    areas, spots = np.flatnonzero(covered & drawn), np.flatnonzero(covered & ~drawn & inside)
    if labels is None:
        labels = _codes_on(actors[covered & drawn & inside], area)
    on_areas = set(actors["actor"].iloc[areas])
    labels = [label for label in labels if label.actor in on_areas]
    return MapBase(
        levels,
        palette,
        area.outline,
        _countries(levels, mode),
        _markers(actors.iloc[spots], area, levels, mode),
        {
            "type": "scattergeo",
            "mode": "text",
            "lon": [round(label.lon, 2) for label in labels],
            "lat": [round(label.lat, 2) for label in labels],
            "text": [escapes.chart(label.text) for label in labels],
            "textfont": {"size": LABEL_SIZE, "color": palette.ink},
            "hoverinfo": "skip",
            "unselected": {"textfont": {"color": palette.ink}},
        },
        [label.actor for label in labels],
        _layout(view, mode, height),
        sorted(geometry.difference(actors["actor"].iloc[areas])),
        areas,
        spots,
    )


def codes_on(actors: pd.DataFrame, view: MapView, geometry: frozenset[str]) -> list[str]:
    """Return the codes that `map_base` draws in a view: as countries or as markers inside it."""
    drawn, inside = _countries_and_inside(actors, view, geometry)
    codes: list[str] = actors["actor"][actors["covered"] & (drawn | inside)].tolist()
    return codes


def _countries_and_inside(
    actors: pd.DataFrame, view: MapView, geometry: frozenset[str]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which actors a view draws as countries, and which lie inside it."""
    places = zip(actors["lon"], actors["lat"], strict=True)
    inside = [view.shows(lon, lat) for lon, lat in places]
    return actors["actor"].isin(geometry).to_numpy(), np.array(inside, bool)


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


def _markers(actors: pd.DataFrame, view: MapView, levels: range, mode: str) -> Json:
    """States that the geometry lacks as circles; other bodies as squares with their names."""
    low, high = level_range(levels)
    state = (actors["kind"] == STATE).to_numpy(bool)
    places = _marker_places(actors, state, view)
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "lon": [round(lon, 2) for lon, _ in places],
        "lat": [round(lat, 2) for _, lat in places],
        "text": np.where(state, "", actors["short_name"].map(escapes.chart)).tolist(),
        "textposition": "middle right",
        "textfont": {"size": 11, "color": theme(mode).ink},
        "customdata": actors["actor"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": np.where(state, "circle", "square").tolist(),
            "size": view.marker_size,
            "opacity": 1,
            "cmin": low,
            "cmax": high,
            "colorscale": colorscale(levels, mode),
        },
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": theme(mode).ink}},
    }


def _marker_places(
    actors: pd.DataFrame, state: npt.NDArray[np.bool_], view: MapView
) -> list[Place]:
    """Return where markers stand: states where they lie, pushed apart; bodies in the open sea, one
    below the other, where there is room for their names.
    """
    places = list(zip(actors["lon"].tolist(), actors["lat"].tolist(), strict=True))
    states = iter(
        spread([p for p, is_state in zip(places, state, strict=True) if is_state], view.marker_gap)
    )
    lon, lat = view.open_sea
    below = iter(range(len(places)))
    return [next(states) if s else (lon, lat - next(below) * view.body_gap) for s in state]


def _codes_on(actors: pd.DataFrame, view: MapView) -> list[Label]:
    """Return the codes of countries, where they lie, of as many as do not run into one another."""
    columns = (actors[name].tolist() for name in ("actor", "lon", "lat"))
    labels = [Label(code, code, lon, lat) for code, lon, lat in zip(*columns, strict=True)]
    places = [(label.lon, label.lat) for label in labels]
    return [labels[place] for place in _apart(places, view.code_gap)]


def _apart(places: list[Place], gap: float) -> list[int]:
    """Return the first place, and each that is `gap` degrees of latitude from those before."""
    numbers: list[int] = []
    for number, place in enumerate(places):
        if all(_distance(place, places[other])[0] >= gap for other in numbers):
            numbers.append(number)
    return numbers


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
    apart, east, north = _distance(one, other)
    if apart >= gap - 1e-6:
        return False
    if apart == 0:
        east, apart = 1e-9, 1e-9
    step = (gap - apart) / 2 / apart
    for place, sign in ((one, 1), (other, -1)):
        place[0] += sign * step * east / _narrow(one)
        place[1] += sign * step * north
    return True


def _distance(one: Sequence[float], other: Sequence[float]) -> tuple[float, float, float]:
    """Measure how far apart places are, in all, east, north, in degrees of latitude."""
    east, north = (one[0] - other[0]) * _narrow(one), one[1] - other[1]
    return math.hypot(east, north), east, north


def _narrow(place: Sequence[float]) -> float:
    """Return what a degree of longitude is of one of latitude."""
    return max(math.cos(math.radians(place[1])), 0.1)


def _lines(
    position: pd.DataFrame,
    rows: npt.NDArray[np.intp],
    base: MapBase,
    widths: tuple[float, ...],
    chosen: str | None,
) -> dict[str, list[Any]]:
    """Return lines around shapes: borders, outlines, the chosen one's frame; `widths` in px."""
    palette, outline = base.palette, position["outline"].to_numpy(np.int64)[rows]
    kind = np.where(position["actor"].to_numpy(object)[rows] == chosen, 3, outline)
    return {
        "color": np.array(_line_colors(palette), object)[kind].tolist(),
        "width": np.array(widths)[kind].tolist(),
    }


def line_kinds(view: MapView, mode: str) -> tuple[list[Line], list[Line]]:
    """Return the lines around countries and around markers, each by colour and px: plain, with a
    power that was not used, with a rule that was, chosen.
    """
    colors = _line_colors(theme(mode))
    countries, markers = _country_lines(view.outline), MARKER_LINES
    return [*zip(colors, countries, strict=True)], [*zip(colors, markers, strict=True)]


class LegendEntry(NamedTuple):
    """A sign of a map with its words: a `level` of countries, None: an outline of a `kind`."""

    text: str
    level: int | None = None
    kind: int = 0


def map_legend(scale: Scale, outlined: Mapping[int, str]) -> tuple[LegendEntry, ...]:
    """Return the legend of every map, the lowest class first. `outlined`: meanings of outlines."""
    levels = scale.levels
    return (
        *(LegendEntry(scale.labels[level], level) for level in levels),
        LegendEntry(NO_POSITION, no_position_level(levels)),
        LegendEntry(NOT_COVERED, not_covered_level(levels)),
        LegendEntry(OLD_LABEL, int(faded_level(scale.restricting, levels))),
        *(LegendEntry(text, kind=kind) for kind, text in outlined.items()),
    )


def outline_lines(palette: Theme) -> dict[int, Line]:
    """Return the lines by which a legend draws the outlines, by their kinds."""
    return {2: (palette.outline, 2.0), 1: (palette.pale_outline, POWER)}


def _line_colors(palette: Theme) -> tuple[str, ...]:
    return palette.border, palette.pale_outline, palette.outline, palette.accent


def _country_lines(outline: float) -> tuple[float, ...]:
    return BORDER, POWER, outline, outline + 1


def _layout(view: str, mode: str, height: int) -> Json:
    """Return the frame of the map; an empty template keeps kilobytes of defaults out of a step."""
    area, palette = VIEWS[view], theme(mode)
    return {
        "template": {},
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": palette.sea,
        "showlegend": False,
        "uirevision": view,
        "font": font(palette),
        "hoverlabel": hover_label(palette),
        "geo": _geo(area, palette),
    }


def _geo(view: MapView, palette: Theme) -> Json:
    hidden = ("frame", "coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
    return {
        "scope": view.scope,
        "resolution": view.resolution,
        "projection": dict(view.projection),
        "fitbounds": False,
        "lonaxis": {"range": list(view.lon), "showgrid": False},
        "lataxis": {"range": list(view.lat), "showgrid": False},
        "bgcolor": palette.sea,
        **{f"show{layer}": False for layer in hidden},
    }
