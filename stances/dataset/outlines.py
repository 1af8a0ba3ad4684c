"""The outlines of countries, from a TopoJSON file: their rings and centres, and whether a map can
be drawn.

The form: github.com/topojson/topojson-spec. A country is drawn by rings, a ring is made of arcs by
their numbers, and an arc is written as steps on a grid (`transform`), or as points where there is
none.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from stances.dataset.faults import inline
from stances.dataset.plain import parse_json

Ring = npt.NDArray[np.float64]
Place = tuple[float, float]

# In square radians, some 400 square metres: what is smaller is a line or a point.
_LEAST_AREA = 1e-11
# Of all rings together. Arcs may stand in several, and a small file could name a large one often.
_MOST_POINTS = 2_000_000
# Degrees by which a place may lie beside its country: outlines of the whole world are rough.
_BESIDE = 2.0
_EAST, _NORTH, _ROUNDED = 360.0, 90.0, 1e-6


class NotDrawn(ValueError):
    """A file of outlines that no map can be drawn from, and why."""


# Of those of the product it is asked wherever others are measured by them.
@lru_cache(maxsize=4)
def country_ids(content: bytes) -> frozenset[str]:
    """Return the ids of the countries drawn. Raises ValueError: no JSON; NotDrawn: other JSON."""
    return frozenset(country["id"] for country in _countries(parse_json(content)))


def _countries(topology: Any) -> list[dict[str, Any]]:
    try:
        countries = topology["objects"]["countries"]
        drawn = list(countries["geometries"]) if countries["type"] == "GeometryCollection" else [{}]
        named = all(isinstance(country["id"], str) for country in drawn)
    except (LookupError, TypeError):
        named = False
    if not named:
        raise NotDrawn("is no TopoJSON whose object countries has an id for each of them")
    return drawn


# Whether they draw, where they lie and the middles of countries are all asked of the same file.
@lru_cache(maxsize=4)
def rings(content: bytes) -> dict[str, list[Ring]]:
    """Return the outer rings of each country by its id: points (lon, lat), in degrees. All share
    them, so nobody may change them.

    Raises ValueError for what is no JSON, and NotDrawn where a browser would find nothing to draw,
    or something that is no number.
    """
    topology = parse_json(content)
    drawn, arcs = _countries(topology), _arcs(topology)
    numbered = [(country["id"], polygon) for country in drawn for polygon in _polygons(country)]
    lengths = [len(arc) for arc in arcs]
    _refuse_unknown(numbered, len(arcs))
    points = sum(lengths[number] for _, polygon in numbered for ring in polygon for number in ring)
    if points > _MOST_POINTS:
        raise NotDrawn(f"has {points:,} points in all rings; the most is {_MOST_POINTS:,}")
    by_country: dict[str, list[Ring]] = {country["id"]: [] for country in drawn}
    # The parts of a country may stand under its id several times.
    for code, polygon in numbered:
        by_country[code].append(
            np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in polygon[0]])
        )
    return by_country


# Asked for each map of each reader.
@lru_cache(maxsize=4)
def whole_countries(content: bytes) -> bytes:
    """Return the file with each country once, all of its parts in one shape: plotly draws the first
    of an id alone. One without parts apart is as it lies there. Raises as `rings` does.
    """
    topology = parse_json(content)
    parts: dict[str, list[dict[str, Any]]] = {}
    for country in _countries(topology):
        parts.setdefault(country["id"], []).append(country)
    if all(len(countries) == 1 for countries in parts.values()):
        return content
    topology["objects"]["countries"]["geometries"] = [_whole(*each) for each in parts.values()]
    return json.dumps(topology, ensure_ascii=False, separators=(",", ":")).encode()


def _whole(first: dict[str, Any], *others: dict[str, Any]) -> dict[str, Any]:
    """Return a country with the polygons of all its parts."""
    if not others:
        return first
    polygons = [polygon for part in (first, *others) for polygon in _polygons(part)]
    return {**first, "type": "MultiPolygon", "arcs": polygons}


def refuse_undrawn(content: bytes) -> None:
    """Raise NotDrawn where a map from these outlines would lack one of their countries, ValueError
    where they are no JSON.

    Both projections of the map keep areas, so a country has one on the map if it has one on the
    sphere. Its rings run clockwise: one that does not is drawn as all the rest of the world.
    """
    countries = rings(content)
    if not countries:
        raise NotDrawn("has no country")
    for code, parts in countries.items():
        area = sum(map(_area, parts))
        if area < _LEAST_AREA:
            text = "runs the wrong way round" if area <= -_LEAST_AREA else "has no area"
            raise NotDrawn(f"{inline(code)} {text}")


def _extents(content: bytes) -> dict[str, Ring]:
    """Return the south-western and the north-eastern corner of each country, degrees."""
    points = {code: np.concatenate(parts) for code, parts in rings(content).items()}
    return {
        code: np.stack([points_of.min(axis=0), points_of.max(axis=0)])
        for code, points_of in points.items()
    }


def misplaced_countries(content: bytes, places: Mapping[str, Place]) -> tuple[list[str], int]:
    """Return the countries, of those with a place (lon, lat in degrees), that are drawn elsewhere,
    and how many of those with a place are drawn. `content`: one from which a map can be drawn.
    """
    extents = _extents(content)
    drawn = [code for code in places if code in extents]
    return [code for code in drawn if not _lies_in(extents[code], places[code])], len(drawn)


def _lies_in(extent: Ring, place: Place) -> bool:
    first, last = extent
    return bool((first - _BESIDE <= place).all() and (place <= last + _BESIDE).all())


def _arcs(topology: Any) -> list[Ring]:
    """Return the points of each arc, in degrees."""
    try:
        grid = topology.get("transform", {"scale": [1, 1], "translate": [0, 0]})
        scale, start = _points([grid["scale"]])[0], _points([grid["translate"]])[0]
        arcs = [_points(arc) for arc in topology["arcs"]]
        if "transform" in topology:
            with np.errstate(all="ignore"):
                arcs = [np.cumsum(arc, axis=0) * scale + start for arc in arcs]
    except (LookupError, TypeError, ValueError) as error:
        raise NotDrawn(f"has arcs that are none: {inline(error)}") from None
    for number, arc in enumerate(arcs):
        # Not a number is not within either.
        if not (np.abs(arc) <= (_EAST + _ROUNDED, _NORTH + _ROUNDED)).all():
            raise NotDrawn(f"has an arc, number {number}, that leaves the world")
    return arcs


def _points(arc: Any) -> Ring:
    points = np.array(arc)
    if points.dtype.kind not in "if" or points.ndim != 2 or points.shape[1] != 2:
        raise ValueError("points must be pairs of numbers")
    return points.astype(np.float64)


def _polygons(country: dict[str, Any]) -> Iterator[list[list[int]]]:
    """Yield the polygons of a country: outer ring, holes; each the numbers of its arcs."""
    kind, shape = str(country.get("type")), country.get("arcs")
    polygons = {"Polygon": [shape], "MultiPolygon": shape}.get(kind)
    if not _is_filled(polygons) or not all(map(_is_polygon, polygons)):
        raise NotDrawn(f"{inline(country['id'])} has no shape, or a ring without arcs")
    yield from polygons


def _is_polygon(rings: Any) -> bool:
    return _is_filled(rings) and all(
        _is_filled(ring) and all(type(number) is int for number in ring) for ring in rings
    )


def _is_filled(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list) and bool(value)


def _refuse_unknown(numbered: list[tuple[str, list[list[int]]]], arcs: int) -> None:
    for code, polygon in numbered:
        unknown = [n for ring in polygon for n in ring if not -arcs <= n < arcs]
        if unknown:
            text = f"names arc {inline(unknown[0])}, of which there are {arcs:,}"
            raise NotDrawn(f"{inline(code)} {text}")


def _area(ring: Ring) -> float:
    """Return the area within a ring on the sphere in square radians; negative anticlockwise."""
    x, y = np.radians(ring[:, 0]), np.sin(np.radians(ring[:, 1]))
    return float(np.sum(np.roll(x, -1) * y - x * np.roll(y, -1))) / 2


def centres(topology: bytes) -> dict[str, tuple[float, float]]:
    """Return the centre (lon, lat, degrees) of each country's largest part, by its id."""
    return {
        code: _centre(max(parts, key=lambda ring: abs(_area(ring))))
        for code, parts in rings(topology).items()
    }


def _centre(ring: Ring) -> tuple[float, float]:
    """Return the centre of gravity of what lies within a ring."""
    (x, y), (next_x, next_y) = ring.T, np.roll(ring, -1, axis=0).T
    cross = x * next_y - next_x * y
    whole = 3 * cross.sum()
    return float(((x + next_x) * cross).sum() / whole), float(((y + next_y) * cross).sum() / whole)
