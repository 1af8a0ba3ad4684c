"""The labels of a map: names of countries where they fit, else codes that run into no label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from stances.answers.tracker import Tracker
from stances.dataset.outlines import centres, rings
from stances.figures.map import VIEWS, Label, Place
from stances.model.lifetimes import Floats
from stances.pictures.frame import Box
from stances.pictures.letters import width
from stances.pictures.projection import Projected, fit, rings_on

# The map on which labels are measured, and their letters there, in px: on a page both are as large,
# or there is more room.
_SHEET, _SIZE = Box(0, 0, 640, 427), 10.5
# Codes have capitals alone, which are wider by up to this where the page has a typeface of the
# reader's; names are less so.
_WIDER = 1.25
# How high letters are, and what a name keeps from the border of its country.
_HIGH, _MARGIN = 8, 2
# A country is searched for room at so many places from west to east and from south to north.
_ACROSS = 48
# So much of a name stands on its country.
_ON_LAND = 0.7

Numbers = NDArray[np.integer[Any]]

# A country, its name, and where it lies.
_Placed = tuple[str, str, float, float]


class _Edges(NamedTuple):
    """The edges of a label on the sheet, in px."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Edges) -> bool:
        """Say whether two labels run into one another."""
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.bottom < other.top or other.bottom < self.top)


def map_labels(tracker: Tracker, view: str) -> tuple[Label, ...]:
    """Return the labels of all countries with an event that a view draws."""
    placed = tracker.map_actors[tracker.map_actors["covered"]]
    columns = (placed[name].tolist() for name in ("actor", "short_name", "lon", "lat"))
    return _labels(
        view, tracker.data.outlines[VIEWS[view].geometry_file], tuple(zip(*columns, strict=True))
    )


# Trackers of all settings have the same.
@lru_cache(maxsize=4)
def _labels(view: str, outlines: bytes, placed: tuple[_Placed, ...]) -> tuple[Label, ...]:
    projected, drawn = fit(VIEWS[view], _SHEET, as_on_page=True), rings(outlines)
    land, numbers = _land(projected, drawn), {code: at for at, code in enumerate(drawn, 1)}
    rows = [row for row in placed if row[0] in drawn]
    names = []
    for code, name, *_ in rows:
        place = _space(projected, drawn[code], land, numbers[code], width(name, _SIZE))
        names += [Label(code, name, *place)] if place else []
    named = {label.actor for label in names}
    # Of two that run into one another the larger country has its code.
    sizes = np.bincount(land.ravel(), minlength=len(drawn) + 1)
    rest = [row for row in rows if row[0] not in named]
    rest.sort(key=lambda row: -int(sizes[numbers[row[0]]]))
    codes = _codes(projected, rest, centres(outlines))
    return tuple(_apart(projected, [*names, *codes]))


def _codes(
    projected: Projected, rows: Iterable[_Placed], middles: Mapping[str, Place]
) -> Iterable[Label]:
    """Yield the codes of countries, each at the middle of its country; that of one that a view cuts
    through may lie outside, and then it stands where the country lies, if that is inside.
    """
    view = projected.view
    for code, _, lon, lat in rows:
        place = middles[code] if view.shows(*middles[code]) else (lon, lat)
        if view.shows(*place):
            yield Label(code, code, *place)


def _apart(projected: Projected, labels: Iterable[Label]) -> Iterable[Label]:
    """Yield the labels that run into none of those before them."""
    taken: list[_Edges] = []
    for label in labels:
        x, y = projected.place(label.lon, label.lat)
        wider = _WIDER if label.text == label.actor else 1
        half = width(label.text, _SIZE) / 2 * wider
        edges = _Edges(x - half, y - _HIGH / 2, x + half, y + _HIGH / 2)
        if not any(edges.meets(other) for other in taken):
            taken.append(edges)
            yield label


def _land(projected: Projected, drawn: Mapping[str, list[Floats]]) -> Numbers:
    """Return the sheet with the number of a country wherever one lies, from 1 on; 0: none."""
    sheet = Image.new("I", (int(_SHEET.width), int(_SHEET.height)))
    pen = ImageDraw.Draw(sheet)
    for number, parts in enumerate(drawn.values(), 1):
        for ring in (ring for part in parts for ring in rings_on(projected, part)):
            pen.polygon([*map(tuple, ring.tolist())], fill=number)
    return np.asarray(sheet)


def _space(
    projected: Projected, parts: list[Floats], land: Numbers, number: int, wide: float
) -> Place | None:
    """Return the place nearest to the middle of what is seen of a country, a number in `land`, at
    which a name so many px wide lies in it, or but for a part over the sea; None: there is none.
    """
    down, across = np.nonzero(land == number)
    if not len(down):
        return None
    right, low = int(wide / 2) + _MARGIN, _HIGH // 2 + _MARGIN
    top, left = max(down.min() - low, 0), max(across.min() - right, 0)
    near = land[top : down.max() + low + 1, left : across.max() + right + 1]
    places = _places(projected, parts)
    x, y = (axis.round().astype(int) for axis in projected.points(*places.T))
    x, y = x - left, y - top
    inside = (x >= right) & (x <= near.shape[1] - right) & (y >= low) & (y <= near.shape[0] - low)
    x, y, places = x[inside], y[inside], places[inside]
    edges = y - low, y + low, x - right, x + right
    within = _sum_in(near == number, *edges)
    whole = 4 * right * low
    fits = (_sum_in(near > 0, *edges) == within) & (within >= _ON_LAND * whole)
    if not fits.any():
        return None
    far = np.hypot(x + left - across.mean(), y + top - down.mean())
    lon, lat = places[np.lexsort([far, within < whole, ~fits])[0]]
    return float(lon), float(lat)


def _sum_in(
    mask: NDArray[np.bool_], top: Numbers, bottom: Numbers, left: Numbers, right: Numbers
) -> Numbers:
    """Return how much of each of many boxes is true in a mask, in px."""
    sums: Numbers = np.pad(mask.cumsum(axis=0, dtype=np.int32).cumsum(axis=1), ((1, 0), (1, 0)))
    inside: Numbers = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return inside


def _places(projected: Projected, parts: list[Floats]) -> Floats:
    """Return places (lon, lat) all over the largest part of a country."""
    largest = max(parts, key=lambda part: float(np.ptp(part, axis=0).prod()))
    view, (west, south), (east, north) = projected.view, largest.min(axis=0), largest.max(axis=0)
    lon = np.linspace(max(west, view.lon[0]), min(east, view.lon[1]), _ACROSS)
    lat = np.linspace(max(south, view.lat[0]), min(north, view.lat[1]), _ACROSS)
    return np.stack(np.meshgrid(lon, lat), axis=-1).reshape(-1, 2)
