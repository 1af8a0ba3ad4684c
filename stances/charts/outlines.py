"""Outlines: what a map draws of the world on every day, projected, written and labelled once.

Outlines of the data are TopoJSON. A region is a part of the world and how it lies on a sheet.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.polynomial import Polynomial
from numpy.typing import NDArray

from stances.charts import theme

Floats = NDArray[np.float64]
Place = tuple[float, float]

# The drawing is so many units wide: whole numbers are fine enough for its outlines.
WIDTH = 1600
# What lies outside is drawn in to so far from the edge, where it falls together and costs nothing.
_OUTSIDE = 40
# Islands that are smaller are left out, if the country has larger ones.
_SMALL = 5
# The radius of a state that has no outline.
SPOT = 9
# Letters in units: of large names and of others.
_LARGE = 23
_LESS = 19.5
# A name may stand out of its country so far on each side.
_OVER = 26
# Of Equal Earth: how far north a place lies, by the powers of its theta (the first, third, seventh
# and ninth), and what makes theta of its latitude.
_NORTH = Polynomial([0, 1.340264, 0, -0.081106, 0, 0, 0, 0.000893, 0, 0.003796])
_M = np.sqrt(3) / 2


def azimuthal(lon: Floats, lat: Floats, middle: Place) -> Floats:
    """Azimuthal equal area: points east and south of the middle, in radii of the Earth."""
    # J. P. Snyder, Map Projections: A Working Manual, USGS 1987, page 185, of a sphere.
    east = np.radians(lon - middle[0])
    lat = np.radians(lat)
    middle_lat = np.radians(middle[1])
    sin_lat = np.sin(lat)
    cos_lat = np.cos(lat)
    sin_middle = np.sin(middle_lat)
    cos_middle = np.cos(middle_lat)

    near = sin_middle * sin_lat + cos_middle * cos_lat * np.cos(east)
    north = cos_middle * sin_lat - sin_middle * cos_lat * np.cos(east)
    # The far end of the Earth would lie infinitely far.
    scale = np.sqrt(2 / np.maximum(1 + near, 1e-9))
    x = scale * cos_lat * np.sin(east)
    y = -scale * north
    return np.column_stack([x, y])


def equal_earth(lon: Floats, lat: Floats, middle: Place) -> Floats:
    """Equal Earth, as `azimuthal`. A ring that crosses the far side goes on beyond the rim."""
    # B. Šavrič, T. Patterson and B. Jenny, The Equal Earth map projection, International Journal
    # of Geographical Information Science 33 (3), 2019, of a sphere; online in 2018.
    east = np.unwrap((lon - middle[0] + 180) % 360 - 180, period=360)
    theta = np.arcsin(_M * np.sin(np.radians(lat)))
    # Areas are kept: what is stretched to the north is made narrower as much.
    stretch = _NORTH.deriv()(theta)
    x = np.radians(east) * np.cos(theta) / (_M * stretch)
    return np.column_stack([x, -_NORTH(theta)])


class Region(NamedTuple):
    """What the map shows of the world; places are (lon, lat), lengths in units of the sheet.

    `west`, `east`, `north`, `south`: places on its edges; `bodies`: where on the sheet those stand
    that are no states; `least_width`: of countries that have a name, `least_dot`: the width of
    those that have a dot all the same (0: all); `phone`: from where to where a telephone shows the
    sheet, and its letters (map.css);
    `name_places`: where a name stands other than in the middle of its country; `abbreviations`: of
    names that are too long.
    """

    file: str
    project: Callable[[Floats, Floats, Place], Floats]
    middle: Place
    west: Place
    east: Place
    north: Place
    south: Place
    height: int
    bodies: Place
    least_width: float
    least_dot: float
    phone: tuple[float, float, float]
    name_places: Mapping[str, Place]
    abbreviations: Mapping[str, str]

    def sheet(self) -> Callable[[Any], Floats]:
        """Return what puts places onto the sheet, in units, with as much sea above as below."""

        def project(places: Any) -> Floats:
            """Return places as the projection has them."""
            lon, lat = np.transpose(places)
            return self.project(lon, lat, self.middle)

        # One by one: a projection takes several places for a ring, and may carry it round the rim.
        left = project([self.west])[0, 0]
        right = project([self.east])[0, 0]
        top = project([self.north])[0, 1]
        bottom = project([self.south])[0, 1]

        scale = WIDTH / (right - left)
        above = (self.height - (bottom - top) * scale) / 2

        def on_sheet(places: Any) -> Floats:
            """Return places in units from the upper left corner of the sheet."""
            from_corner = project(places) - (left, top)
            points: Floats = from_corner * scale + (0, above)
            return points

        return on_sheet


# By the codes of `view` in addresses, where their labels are.
REGIONS = {
    "europe": Region(
        file="europe_50m.json",
        project=azimuthal,
        middle=(14, 52),
        west=(-24, 40),
        east=(46.5, 40),
        north=(14, 71.1),
        south=(14, 36.2),
        height=1069,
        bodies=(40, 600),
        least_width=40,
        least_dot=0,
        phone=(285, 1465, 36),
        name_places={
            "NOR": (8.6, 61.3),
            "SWE": (15.2, 62.8),
            "FIN": (26.2, 62.6),
            "RUS": (40, 57.5),
            "FRA": (2.4, 46.8),
            "GBR": (-1.3, 52.5),
            "ESP": (-3.7, 40.2),
            "ITA": (12.4, 43.0),
            "GRC": (22, 39.4),
            "DNK": (9.2, 56.1),
            "LTU": (23.8, 55.3),
            "PRT": (-8.1, 39.6),
            "CHE": (8.2, 46.8),
            "NLD": (5.6, 52.2),
            "BEL": (4.6, 50.6),
            "TUR": (33, 39),
            "UKR": (31, 49.2),
            "DZA": (2.5, 35.2),
            "HRV": (16.4, 45.6),
            "GEO": (43.6, 42.2),
            "LVA": (25.2, 56.9),
            "EST": (25.6, 58.8),
        },
        abbreviations={
            "DNK": "Den.",
            "LTU": "Lith.",
            "PRT": "Port.",
            "CHE": "Switz.",
            "NLD": "Neth.",
            "BEL": "Bel.",
        },
    ),
    "world": Region(
        file="world_110m.json",
        project=equal_earth,
        middle=(11, 0),
        west=(-138, 0),
        east=(168, 0),
        north=(11, 83.6),
        south=(11, -56),
        height=890,
        bodies=(40, 590),
        least_width=70,
        least_dot=50,
        phone=(0, WIDTH, 50),
        name_places={
            "USA": (-99, 39),
            "CAN": (-105, 57),
            "RUS": (95, 62),
            "IDN": (113.5, -0.8),
            "CHN": (103, 35.5),
            "BRA": (-52, -10),
            "IND": (78.5, 22.5),
        },
        abbreviations={},
    ),
}


class Label(NamedTuple):
    """A name on the map with its middle; `size`: in units, 0: no name (`text` is empty), a place
    for the dot; `is_minor`: there is no room for it on a telephone.
    """

    code: str
    text: str
    size: float
    x: float
    y: float
    is_minor: bool = True


class Drawing(NamedTuple):
    """All of a map that no day changes: `paths` of states by code, that of all other countries
    (`rest`), by code where states stand that have no path (`spots`), and names.
    """

    paths: dict[str, str]
    rest: str
    spots: dict[str, Place]
    labels: list[Label]


def countries(topology: bytes) -> dict[str, tuple[list[Floats], Place]]:
    """Return the rings of the countries of a TopoJSON file, holes too, and their middles, by their
    ids, which are the codes of actors: points (lon, lat).
    """
    content = json.loads(topology)
    scale = content["transform"]["scale"]
    start = content["transform"]["translate"]
    # An arc is a first point and the steps to all others, in whole numbers.
    arcs = [np.cumsum(arc, axis=0) * scale + start for arc in content["arcs"]]

    outlines: dict[str, tuple[list[Floats], Place]] = {}
    for shape in content["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"]
        if shape["type"] == "Polygon":
            polygons = [polygons]
        # The parts of a country may stand under its id several times.
        rings, _ = outlines.setdefault(shape["id"], ([], shape["properties"]["ct"]))
        for arc_numbers in chain.from_iterable(polygons):
            parts = []
            for n in arc_numbers:
                # Neighbours share an arc: for one of them ~n is arc n, read backwards.
                part = arcs[n] if n >= 0 else arcs[~n][::-1]
                parts.append(part)
            rings.append(np.concatenate(parts))
    return outlines


def drawing(topologies: Mapping[str, bytes], states: pd.DataFrame, name: str) -> Drawing:
    """Return what a region (`europe`, `world`) draws on every day.

    `topologies`: TopoJSON by file; `states`: a row of `actors.csv` for each state that takes
    positions, by code; bodies are none of them.
    """
    region = REGIONS[name]
    on_sheet = region.sheet()

    rest = ""
    paths: dict[str, str] = {}
    rings: dict[str, list[Floats]] = {}
    middles: dict[str, Place] = {}
    for code, (outline, middle) in countries(topologies[region.file]).items():
        visible = _in_sight(region, [on_sheet(ring) for ring in outline])
        path = "".join(map(_path, visible))
        if code not in states.index:
            rest += path
        elif visible:
            paths[code] = path
            rings[code] = visible
            middles[code] = region.name_places.get(code, middle)

    # States that have no outline in sight are a spot, if that lies on the sheet.
    missing = states.drop(index=list(paths))
    spots = _placed(region, missing[["lon", "lat"]].T.to_dict("list"))
    labels = []
    # They have no name, but a dot where countries of their width have one.
    if region.least_dot <= 2 * SPOT:
        labels = [Label(code, "", 0, *spot) for code, spot in spots.items()]
    places = _placed(region, middles)
    labels += _labels(region, places, rings, states["short_name"])
    return Drawing(paths, rest, spots, labels)


def _placed(region: Region, places: Mapping[Any, Any]) -> dict[str, Place]:
    """Return where places (lon, lat) by code lie on the sheet, without those beyond its edge."""
    on_sheet = region.sheet()
    points: dict[str, Place] = {}
    for code, place in places.items():
        x, y = on_sheet([place])[0].tolist()
        if 0 < x < WIDTH and 0 < y < region.height:
            points[code] = x, y
    return points


def _in_sight(region: Region, rings: Sequence[Floats]) -> list[Floats]:
    """Return the rings of a country that lie on the sheet, without islands that are small."""
    edge = np.array([WIDTH, region.height])
    visible = []
    for ring in rings:
        drawn = np.clip(ring, -_OUTSIDE, edge + _OUTSIDE)
        # The corners of the box around it.
        begins = drawn.min(axis=0)
        ends = drawn.max(axis=0)
        if (ends > 0).all() and (begins < edge).all():
            visible.append(drawn)

    large = [ring for ring in visible if np.ptp(ring, axis=0).max() >= _SMALL]
    if large:
        return large
    return visible


def _path(ring: Floats) -> str:
    """Return a closed path as steps, which are short: from the corner of the sheet to the first
    point, and from each to the next. Empty where it is a single point.
    """
    points = np.round(ring).astype(int)
    (x, y), *steps = np.diff(points, axis=0, prepend=0).tolist()
    written = []
    for right, down in steps:
        if right or down:
            # A minus parts two figures as well.
            gap = "" if down < 0 else " "
            written.append(f"{right}{gap}{down}")
    if not written:
        return ""
    return f"M{x} {y}l{' '.join(written)}z"


class _Box(NamedTuple):
    """The room that a name takes on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, box: "_Box") -> bool:
        """Say whether two boxes share a point."""
        is_beside = self.right < box.left or self.left > box.right
        is_above_or_below = self.bottom < box.top or self.top > box.bottom
        return not is_beside and not is_above_or_below


def _labels(
    region: Region,
    middles: Mapping[str, Place],
    rings: Mapping[str, list[Floats]],
    names: "pd.Series[str]",
) -> Iterator[Label]:
    """Yield the names that have room in their countries, those of the largest first, and lie on
    none before them; of other countries that are wide enough the place of a dot. `middles`: where
    names stand, by code; `rings`: of their countries, on the sheet.
    """
    areas: dict[str, float] = {}
    widths: dict[str, float] = {}
    for code in middles:
        # Across and down, of each ring; its box stands for its area.
        extents = np.array([np.ptp(ring, axis=0) for ring in rings[code]])
        areas[code] = extents.prod(axis=1).sum()
        widths[code] = extents[:, 0].max()

    taken: list[_Box] = []
    taken_on_phones: list[_Box] = []
    for code in sorted(areas, key=areas.__getitem__, reverse=True):
        text = region.abbreviations.get(code, names[code])
        x, y = middles[code]

        outline = rings[code]
        size = 0.0
        if widths[code] >= region.least_width:
            if _takes_room(taken, outline, x, y, text, _LARGE):
                size = _LARGE
            elif _takes_room(taken, outline, x, y, text, _LESS):
                size = _LESS
        if not size:
            if widths[code] >= region.least_dot:
                yield Label(code, text="", size=0, x=x, y=y)
            continue

        # A telephone shows fewer names, no abbreviations, in larger letters: they run into one
        # another alone.
        first, last, phone_size = region.phone
        half = theme.text_width(text, phone_size, strong=True) / 2
        is_whole = text == names[code] and first < x - half and x + half < last
        is_on_phones = is_whole and _takes_room(taken_on_phones, outline, x, y, text, phone_size)
        yield Label(code, text=text, size=size, x=x, y=y, is_minor=not is_on_phones)


def _takes_room(
    taken: list[_Box], rings: Sequence[Floats], x: float, y: float, text: str, size: float
) -> bool:
    """Say whether a name fits its country and lies on none before it; if so it joins these."""
    half = theme.text_width(text, size, strong=True) / 2
    if _room(rings, x, y, size) < 2 * (half - _OVER):
        return False
    # y is the middle of the text, and a dot stands above that.
    box = _Box(
        left=x - half,
        top=y - size,
        right=x + half,
        bottom=y + size / 2,
    )
    if any(map(box.overlaps, taken)):
        return False
    taken.append(box)
    return True


def _room(rings: Sequence[Floats], x: float, y: float, high: float) -> float:
    """Return how wide a text may be that has its middle at a place in a country of some rings, 0
    where it is not in the country; `high`: the size of its letters.
    """
    half = np.inf
    # The country has to be as wide at the height of the letters as in their middle and at their
    # foot: a coast that runs aslant cuts off corners.
    for line in (y - high / 3, y, y + high / 3):
        crossings = []
        for ring in rings:
            # Where a ring crosses the line, between one of its points and the next.
            is_below = ring[:, 1] > line
            crossed = np.flatnonzero(np.diff(is_below))
            x0, y0 = ring[crossed].T
            x1, y1 = ring[crossed + 1].T
            part = (line - y0) / (y1 - y0)
            crossings.append(x0 + part * (x1 - x0))

        borders = np.concatenate(crossings)
        is_left = borders < x
        # A place is inside if one meets an odd number of borders on the way there.
        if is_left.sum() % 2 == 0:
            return 0.0
        left = borders[is_left].max()
        right = borders[~is_left].min()
        half = min(half, x - left, right - x)
    return 2 * half
