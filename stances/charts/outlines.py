"""Outlines: what a map draws of the world on every day, projected, written and labelled once.

Outlines of the data are TopoJSON. A view is a part of the world and how that lies on a sheet.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.answers.tracker import Tracker, tracker_of
from stances.charts import theme

Floats = NDArray[np.float64]
Place = tuple[float, float]

# The drawing is so many units wide and high: whole numbers are fine enough for its outlines.
WIDTH, HEIGHT = 1600, 1069
# What lies outside is drawn in to so far from the edge, where it falls together and costs nothing.
_OUTSIDE = 40
# Islands that are smaller are left out, if the country has larger ones.
_SMALL = 5
# Letters in units: of a telephone, of large names and of others; how far a name may stand out.
_PHONE, _LARGE, _LESS, _OVER = 33, 23, 19.5, 26
# Equal Earth: Savric, Patterson and Jenny, 2018.
_A1, _A2, _A3, _A4, _M = 1.340264, -0.081106, 0.000893, 0.003796, np.sqrt(3) / 2


def azimuthal(lon: Floats, lat: Floats, middle: Place) -> Floats:
    """Azimuthal equal area: points east and south of the middle, in radii of the Earth."""
    across, up, tilt = np.radians(lon - middle[0]), np.radians(lat), np.radians(middle[1])
    near = np.sin(tilt) * np.sin(up) + np.cos(tilt) * np.cos(up) * np.cos(across)
    north = np.cos(tilt) * np.sin(up) - np.sin(tilt) * np.cos(up) * np.cos(across)
    scale = np.sqrt(2 / np.maximum(1 + near, 1e-9))
    return np.column_stack([scale * np.cos(up) * np.sin(across), -scale * north])


def equal_earth(lon: Floats, lat: Floats, middle: Place) -> Floats:
    """Equal Earth, as `azimuthal`. A ring that crosses the far side goes on beyond the rim."""
    turned = np.unwrap((lon - middle[0] + 180) % 360 - 180, period=360)
    theta = np.arcsin(_M * np.sin(np.radians(lat)))
    square, sixth = theta**2, theta**6
    narrow = _M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    north = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return np.column_stack([np.radians(turned) * np.cos(theta) / narrow, -north])


class View(NamedTuple):
    """A part of the world. `edges`: places (lon, lat) on the left, right, top and bottom one;
    `bodies`: where those stand that are no states, in units; `labels`: where a name stands other
    than in the middle of its country, and a shorter name; `least`: how wide the countries are, in
    units, that have one.
    """

    label: str
    file: str
    project: Callable[[Floats, Floats, Place], Floats]
    middle: Place
    edges: tuple[Place, Place, Place, Place]
    bodies: Place
    least: float
    labels: Mapping[str, tuple[float, float, str]]

    def sheet(self) -> Callable[[Any], Floats]:
        """Return what puts places onto the sheet, in units, with as much sea above as below."""

        def project(places: Any) -> Floats:
            lon, lat = np.asarray(places, float).T
            return self.project(lon, lat, self.middle)

        (left, _), (right, _), (_, top), (_, bottom) = (project([edge])[0] for edge in self.edges)
        scale = WIDTH / (right - left)
        above = (HEIGHT - (bottom - top) * scale) / 2
        return lambda places: (project(places) - (left, top)) * scale + (0, above)


VIEWS = {
    "europe": View(
        "Europe", "europe_50m.json", azimuthal, (14, 52),
        ((-24, 40), (46.5, 40), (14, 71.1), (14, 36.2)), (40, 600), 40,
        {"NOR": (8.6, 61.3, ""), "SWE": (15.2, 62.8, ""), "FIN": (26.2, 62.6, ""),
         "RUS": (40, 57.5, ""), "FRA": (2.4, 46.8, ""), "GBR": (-1.3, 52.5, ""),
         "ESP": (-3.7, 40.2, ""), "ITA": (12.4, 43.0, ""), "GRC": (22, 39.4, ""),
         "DNK": (9.2, 56.1, "Den."), "LTU": (23.8, 55.3, "Lith."), "PRT": (-8.1, 39.6, "Port."),
         "CHE": (8.2, 46.8, "Switz."), "NLD": (5.6, 52.2, "Neth."), "BEL": (4.6, 50.6, "Bel."),
         "TUR": (33, 39, ""), "UKR": (31, 49.2, ""), "DZA": (2.5, 35.2, ""),
         "HRV": (16.4, 45.6, ""), "GEO": (43.6, 42.2, ""), "LVA": (25.2, 56.9, ""),
         "EST": (25.6, 58.8, "")},
    ),
    "world": View(
        "World", "world_110m.json", equal_earth, (11, 0),
        ((-162, 0), (176, 0), (11, 83.6), (11, -57)), (40, 720), 70,
        {"USA": (-99, 39, ""), "CAN": (-105, 57, ""), "RUS": (95, 62, ""), "IDN": (113.5, -0.8, ""),
         "CHN": (103, 35.5, ""), "BRA": (-52, -10, ""), "IND": (78.5, 22.5, "")},
    ),
}  # fmt: skip


class Label(NamedTuple):
    """A name on the map with its middle; `size`: in units, 0: no name, a place for the dot;
    `is_minor`: there is no room for it on a telephone.
    """

    code: str
    text: str
    size: float
    x: float
    y: float
    is_minor: bool = True


class Drawing(NamedTuple):
    """All of a map that no day changes: paths by code, that of all other countries, where states
    stand that have no path, and names.
    """

    paths: dict[str, str]
    rest: str
    spots: dict[str, Floats]
    labels: list[Label]


def countries(topology: bytes) -> dict[str, tuple[list[Floats], Place]]:
    """Return the rings of the countries of a TopoJSON file, holes too, and their middles, by their
    ids: points (lon, lat).
    """
    read = json.loads(topology)
    scale, start = (np.array(read["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + start for arc in read["arcs"]]
    found: dict[str, tuple[list[Floats], Place]] = {}
    for shape in read["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        # The parts of a country may stand under its id several times.
        rings, _ = found.setdefault(shape["id"], ([], tuple(shape["properties"]["ct"])))
        for ring in (ring for polygon in polygons for ring in polygon):
            rings.append(np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]))
    return found


def governments(tracker: Tracker) -> pd.DataFrame:
    """Return the states among those who take positions, as `actors.csv` has them."""
    actors = tracker.data.actors.set_index("actor").loc[tracker.actors]
    return actors[actors["kind"] == tracker.codebook.position_kinds[0]]


def drawing(tracker: Tracker, name: str) -> Drawing:
    """Return what a view (`europe`, `world`) draws on every day."""
    return tracker_of(tracker.data).remember(_drawing, name)


def _drawing(tracker: Tracker, name: str) -> Drawing:
    view, states = VIEWS[name], governments(tracker)
    place, edge = view.sheet(), np.array([WIDTH, HEIGHT])

    def on_sheet(places: Mapping[str, Any]) -> dict[str, Floats]:
        """Return where longitudes and latitudes lie on the sheet, without those beyond its edge."""
        found = {code: place([at])[0] for code, at in places.items()}
        return {code: at for code, at in found.items() if (at > 0).all() and (at < edge).all()}

    # The rings of all countries in sight, of states and of the rest.
    outlines = countries(tracker.data.outlines[view.file])
    seen = {code: _in_sight(map(place, rings), edge) for code, (rings, _) in outlines.items()}
    rings = {code: seen[code] for code in seen if seen[code] and code in states.index}
    rest = "".join(_path(ring) for code in seen if code not in states.index for ring in seen[code])
    # Where the names of states stand, and the states that have no outline.
    at = on_sheet({code: view.labels.get(code, outlines[code][1])[:2] for code in rings})
    lost = states.drop(index=list(rings))[["lon", "lat"]]
    spots = on_sheet(dict(zip(lost.index, lost.to_numpy(), strict=True)))
    labels = [Label(code, "", 0, x, y) for code, (x, y) in spots.items()]
    labels += _labels(view, at, rings, states["short_name"])
    paths = {code: "".join(map(_path, outline)) for code, outline in rings.items()}
    return Drawing(paths, rest, spots, labels)


def _in_sight(rings: Iterable[Floats], edge: Floats) -> list[Floats]:
    """Return the rings of a country that lie on the sheet, without islands that are small."""
    drawn = [np.clip(ring, -_OUTSIDE, edge + _OUTSIDE) for ring in rings]
    seen = [ring for ring in drawn if (ring.max(0) > 0).all() and (ring.min(0) < edge).all()]
    return [ring for ring in seen if np.ptp(ring, axis=0).max() >= _SMALL] or seen


def _path(ring: Floats) -> str:
    """Return a closed path, as steps: they are short, and many are the same."""
    (x, y), *steps = np.diff(np.round(ring).astype(int), axis=0, prepend=0).tolist()
    told = [f"{right}{'' if down < 0 else ' '}{down}" for right, down in steps if right or down]
    return f"M{x} {y}l{' '.join(told)}z" if told else ""  # an islet that is a point


def _labels(
    view: View, at: Mapping[str, Floats], rings: Mapping[str, list[Floats]], names: "pd.Series[str]"
) -> Iterable[Label]:
    """Yield the names that have room in their countries, the largest first, of as many as run into
    nothing; of the others the place of the dot.
    """
    area = {code: sum(float(np.ptp(ring, axis=0).prod()) for ring in rings[code]) for code in at}
    taken: dict[bool, list[tuple[float, float, float, float]]] = {True: [], False: []}

    def fits(code: str, text: str, size: float) -> bool:
        """Say whether a name has room, which it takes then; names of a telephone stand alone."""
        (x, y), half, others = at[code], theme.wide(text, size, True) / 2, taken[size == _PHONE]
        box = (x - half, y - size, x + half, y + size / 2)
        free = bool(_room(rings[code], x, y, size) >= 2 * (half - _OVER)) and all(
            box[2] < one[0] or box[0] > one[2] or box[3] < one[1] or box[1] > one[3]
            for one in others
        )
        others += [box] * free
        return free

    for code in sorted(at, key=lambda code: -area[code]):
        wide = max(float(np.ptp(ring, axis=0)[0]) for ring in rings[code])
        text = (view.labels[code][2] if code in view.labels else "") or names[code]
        sizes = (_LARGE, _LESS) if wide >= view.least else ()
        size = next((size for size in sizes if fits(code, text, size)), 0.0)
        (x, y), named = at[code], bool(size)
        is_minor = not named or not fits(code, text, _PHONE)
        yield Label(code, text * named, size, float(x), float(y), is_minor)


def _room(rings: Iterable[Floats], x: float, y: float, high: float) -> float:
    """Return how wide a text may be that has its middle at a place in a country."""
    half = np.inf
    for line in (y - high / 3, y, y + high / 3):
        crossed = [np.inf, -np.inf]
        for ring in rings:
            (one_x, one_y), (two_x, two_y) = ring[:-1].T, ring[1:].T
            at = np.flatnonzero((one_y > line) != (two_y > line))
            part = (line - one_y[at]) / (two_y[at] - one_y[at])
            crossed.extend(one_x[at] + part * (two_x[at] - one_x[at]))
        across = np.array(crossed)
        if (across < x).sum() % 2:  # outside, since -inf is one of them
            return 0.0
        half = min(half, x - across[across < x].max(), across[across > x].min() - x)
    return 2 * half
