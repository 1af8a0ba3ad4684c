"""The middle of each country on a map, where its code is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Ring = npt.NDArray[np.float64]


def centres(topology: bytes) -> dict[str, tuple[float, float]]:
    """The centre (lon, lat, in degrees) of the largest part of each country, by its id.

    `topology`: a TopoJSON file with the object `countries` (github.com/topojson/topojson-spec).
    """
    read = json.loads(topology)
    arcs = [_arc(arc, read["transform"]) for arc in read["arcs"]]
    rings: dict[str, list[Ring]] = {}
    # The parts of a country may stand under its id several times.
    for country in read["objects"]["countries"]["geometries"]:
        rings.setdefault(str(country["id"]), []).extend(_rings(country, arcs))
    return {
        code: _centre(max(parts, key=lambda ring: abs(_area(ring))))
        for code, parts in rings.items()
    }


def _arc(steps: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """The points of an arc, which is written as steps from point to point."""
    return np.cumsum(steps, axis=0) * transform["scale"] + transform["translate"]


def _rings(country: dict[str, Any], arcs: list[Ring]) -> Iterator[Ring]:
    """The outer rings of a country; an arc with a negative number runs backwards."""
    several = country["type"] == "MultiPolygon"
    for polygon in country["arcs"] if several else [country["arcs"]]:
        yield np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in polygon[0]])


def _area(ring: Ring) -> float:
    """Twice the area within a ring, in square degrees; its sign tells which way the ring runs."""
    x, y = ring.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def _centre(ring: Ring) -> tuple[float, float]:
    """The centre of gravity of what lies within a ring."""
    (x, y), (next_x, next_y) = ring.T, np.roll(ring, -1, axis=0).T
    cross = x * next_y - next_x * y
    whole = 3 * cross.sum()
    return float(((x + next_x) * cross).sum() / whole), float(((y + next_y) * cross).sum() / whole)
