"""The middle of each country, where its code is written."""

from __future__ import annotations

import json

import pytest

from stances.dataset.outlines import centres
from stances.figures.map import VIEWS
from tests.folders import REAL


def topology() -> bytes:
    """A square from (10, 20) to (12, 22), a smaller part of it apart, and a neighbour that shares a
    side, which runs backwards there.
    """
    arcs = [
        [[0, 0], [20, 0]],
        [[20, 0], [0, 20], [-20, 0], [0, -20]],
        [[90, 90], [1, 0], [0, 1], [-1, 0], [0, -1]],
        [[20, 0], [20, 0], [0, -20], [-40, 0], [0, 20]],
    ]
    countries = [
        {"type": "MultiPolygon", "id": "ONE", "arcs": [[[0, 1]], [[2]]]},
        {"type": "Polygon", "id": "TWO", "arcs": [[3, 0]]},
    ]
    transform = {"scale": [0.1, 0.1], "translate": [10, 20]}
    objects = {"countries": {"type": "GeometryCollection", "geometries": countries}}
    return json.dumps({"transform": transform, "objects": objects, "arcs": arcs}).encode()


def test_the_middle_is_that_of_the_largest_part() -> None:
    result = centres(topology())
    assert result["ONE"] == pytest.approx((11, 21))
    assert result["TWO"] == pytest.approx((12, 19))


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_every_country_that_is_drawn_has_one(view: object) -> None:
    content = (REAL / "geometry" / view.geometry_file).read_bytes()  # type: ignore[attr-defined]
    ids = {each["id"] for each in json.loads(content)["objects"]["countries"]["geometries"]}
    result = centres(content)
    assert set(result) == ids
    # What crosses the line of dates has its middle beyond it.
    assert all(-180 <= lon <= 360 and -90 <= lat <= 90 for lon, lat in result.values())
