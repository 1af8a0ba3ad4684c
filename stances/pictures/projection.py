"""Maps on paper: the outlines of a view, in its projection, fitted into a box."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stances.figures.map import MapView
from stances.figures.standalone import features
from stances.model.lifetimes import Floats
from stances.pictures.frame import Box

# Equal Earth: Savric, Patterson and Jenny, 2018.
_A1, _A2, _A3, _A4, _M = 1.340264, -0.081106, 0.000893, 0.003796, np.sqrt(3) / 2
# Outlines are drawn on a grid of so many px: finer is not seen, and neighbours still meet on it.
_GRID = 0.4
# What is smaller an outline would fill.
_SMALL = 9
_SAMPLES = 91

Points = tuple[Floats, Floats]


def azimuthal(lon: Floats, lat: Floats, middle: tuple[float, float]) -> Points:
    """Azimuthal equal area: degrees to east and south of the middle, in radii of the Earth."""
    across, up = np.radians(lon - middle[0]), np.radians(lat)
    sine, cosine = np.sin(np.radians(middle[1])), np.cos(np.radians(middle[1]))
    near = sine * np.sin(up) + cosine * np.cos(up) * np.cos(across)
    scale = np.sqrt(2 / np.maximum(1 + near, 1e-9))
    north = cosine * np.sin(up) - sine * np.cos(up) * np.cos(across)
    return scale * np.cos(up) * np.sin(across), -scale * north


def equal_earth(lon: Floats, lat: Floats, middle: tuple[float, float]) -> Points:
    """Return the Equal Earth projection: degrees to east and south of the middle, in radii of the
    Earth; beyond 180 degrees from the middle it goes on as it is before.
    """
    across, theta = np.radians(lon - middle[0]), np.arcsin(_M * np.sin(np.radians(lat)))
    square = theta**2
    sixth = square**3
    narrow = _M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    north = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return across * np.cos(theta) / narrow, -north


_PROJECTIONS = {"azimuthal equal area": azimuthal, "equal earth": equal_earth}
# What cuts the world open at the far side of its middle, and so must be closed there.
_CUT_OPEN = {"equal earth"}


class Projected(NamedTuple):
    """A view in a box: `scale` px to the radius of the Earth, and where its middle lies."""

    view: MapView
    scale: float
    x: float
    y: float

    def points(self, lon: Floats, lat: Floats) -> Points:
        """Return where degrees lie on the sheet, in px."""
        x, y = _project(self.view, lon, lat)
        return self.x + self.scale * x, self.y + self.scale * y

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place lies on the sheet, in px, on the side of the middle it is on."""
        x, y = self.points(np.array([_around(self.view, lon)]), np.array([lat]))
        return float(x[0]), float(y[0])


def _project(view: MapView, lon: Floats, lat: Floats) -> Points:
    rotation = view.projection["rotation"]
    middle = rotation["lon"], rotation.get("lat", 0.0)
    return _PROJECTIONS[view.projection["type"]](lon, lat, middle)


def _around(view: MapView, lon: Any) -> Any:
    """Degrees within 180 of the middle of a view."""
    middle = view.projection["rotation"]["lon"]
    return (lon - middle + 180) % 360 - 180 + middle


def fit(view: MapView, box: Box, as_on_page: bool = False) -> Projected:
    """Return a view as large as a box has room for, in its middle, or where plotly has it."""
    x, y = _project(view, *_rim(view, view.lon, view.lat))
    scale = min(box.width / np.ptp(x), box.height / np.ptp(y))
    middle = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    if as_on_page:
        middle = _centre_on_page(view)
    left, top = box.x + box.width / 2, box.y + box.height / 2
    return Projected(
        view, float(scale), float(left - scale * middle[0]), float(top - scale * middle[1])
    )


def _centre_on_page(view: MapView) -> tuple[float, float]:
    """Return what plotly puts in the middle: the middle of degrees on the turned globe."""
    rotation = view.projection["rotation"]
    lon = np.array([sum(view.lon) / 2 - rotation["lon"] if view.scope != "world" else 0.0])
    lat = np.array([sum(view.lat) / 2 - rotation.get("lat", 0.0)])
    x, y = _PROJECTIONS[view.projection["type"]](lon, lat, (0.0, 0.0))
    return float(x[0]), float(y[0])


def _rim(view: MapView, lon: tuple[float, float], lat: tuple[float, float]) -> Points:
    """Points around a window of degrees; of the whole world, to both sides of the middle."""
    if lon[1] - lon[0] >= 360:
        middle = view.projection["rotation"]["lon"]
        lon = middle - 180, middle + 180
    east, north = np.linspace(*lon, _SAMPLES), np.linspace(*lat, _SAMPLES)
    return (
        np.concatenate([east, np.full(_SAMPLES, lon[1]), east[::-1], np.full(_SAMPLES, lon[0])]),
        np.concatenate([np.full(_SAMPLES, lat[0]), north, np.full(_SAMPLES, lat[1]), north[::-1]]),
    )


class CountryPaths(NamedTuple):
    """The paths of the parts of a country: those with room for an outline, and the others."""

    large: str
    small: str


def countries(projected: Projected, outlines: bytes, box: Box) -> dict[str, CountryPaths]:
    """Return the parts of each country by its id that lie in a box. `outlines`: TopoJSON."""
    by_country: dict[str, list[Floats]] = {}
    # The parts of a country may stand under its id several times.
    for feature in features(outlines)["features"]:
        rings = by_country.setdefault(feature["id"], [])
        for polygon in feature["geometry"]["coordinates"]:
            rings += [ring for points in polygon for ring in rings_on(projected, points)]
    return {code: _paths(rings, box) for code, rings in by_country.items()}


def _paths(rings: Sequence[Floats], box: Box) -> CountryPaths:
    inside = [ring for ring in rings if _meets(ring, box)]
    small = [ring for ring in inside if np.ptp(ring, axis=0).max() < _SMALL]
    large = [ring for ring in inside if np.ptp(ring, axis=0).max() >= _SMALL]
    return CountryPaths("".join(map(_path, large)), "".join(map(_path, small)))


def rings_on(projected: Projected, points: Sequence[Sequence[float]] | Floats) -> list[Floats]:
    """Return a ring on the sheet; where the world is cut open, one that crosses the cut twice: once
    on either side, of which the rim of the world lets the half be seen.
    """
    lon, lat = np.array(points, float).T
    view = projected.view
    if view.projection["type"] not in _CUT_OPEN:
        return [np.column_stack(projected.points(lon, lat))]
    if lat.max() < view.lat[0]:
        return []  # what lies around a pole has no ring here
    lon = np.unwrap(_around(view, lon), period=360)
    middle = view.projection["rotation"]["lon"]
    beyond = [
        shift
        for shift in (-360, 0, 360)
        if lon.max() + shift > middle - 180 and lon.min() + shift < middle + 180
    ]
    return [np.column_stack(projected.points(lon + shift, lat)) for shift in beyond]


def _meets(ring: Floats, box: Box) -> bool:
    low, high = ring.min(axis=0), ring.max(axis=0)
    return bool(low[0] < box.right and high[0] > box.x and low[1] < box.bottom and high[1] > box.y)


def _path(ring: Floats) -> str:
    """Return a closed path through points, those left out that lie on the one before them. Its
    steps are told and not its places: they are shorter, and many are the same.
    """
    places: NDArray[np.int64] = np.round(ring / _GRID).astype(np.int64)
    is_step = np.append(True, (places[1:] != places[:-1]).any(axis=1))
    (x, y), *steps = np.diff(places[is_step], axis=0, prepend=0).tolist()
    text = " ".join(_step(right, down) for right, down in steps)
    return f"M{_short(x)} {_short(y)}l{text}z"


@cache
def _step(right: int, down: int) -> str:
    """Return a step of the grid in px; a sign parts two figures as a blank does."""
    return f"{_short(right)}{'' if down < 0 else ' '}{_short(down)}"


def _short(steps: int) -> str:
    """Write so many steps of the grid in px: .4, -.8, 12."""
    return re.sub(r"^(-?)0\.", r"\1.", f"{steps * _GRID:.1f}".removesuffix(".0"))


def rim_of_the_world(projected: Projected) -> str | None:
    """Return the path around all that can be seen of the world; None: nothing cuts it open."""
    if projected.view.projection["type"] not in _CUT_OPEN:
        return None
    around = _rim(projected.view, (-180.0, 180.0), (-90.0, 90.0))
    return _path(np.column_stack(projected.points(*around)))


def places(projected: Projected, trace: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Return where the points of a trace with `lon` and `lat` lie on the sheet."""
    return [projected.place(*at) for at in zip(trace["lon"], trace["lat"], strict=True)]
