"""Figures that draw outside the dashboard: their outlines, and what stands around them."""

from __future__ import annotations

import json

import pytest

from stances.figures.standalone import features
from tests.folders import REAL

# Two countries of one degree, side by side: they share the arc between them, and the second one has
# an island.
SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [10, 50]},
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
        [[30, 0], [1, 0], [0, 1], [-1, -1]],
    ],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "ARC", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "BOR", "arcs": [[[2, ~0]], [[3]]]},
            ],
        }
    },
}


def test_arcs_become_rings_in_degrees() -> None:
    result = features(json.dumps(SQUARES).encode())
    west, east = result["features"]
    assert (west["id"], east["id"]) == ("ARC", "BOR")
    assert west["geometry"]["coordinates"] == [[[[11, 50], [11, 51], [10, 51], [10, 50], [11, 50]]]]
    assert east["geometry"]["coordinates"] == [
        [[[11, 50], [12, 50], [12, 51], [11, 51], [11, 50]]],
        [[[13, 50], [13.1, 50], [13.1, 50.1], [13, 50]]],
    ]


def test_outlines_need_no_grid_and_a_country_no_shape() -> None:
    triangle = [[10, 50], [11, 50], [10, 51], [10, 50]]
    countries = [{"type": "Polygon", "id": "ARC", "arcs": [[0]]}, {"type": None, "id": "BOR"}]
    outlines = {"arcs": [triangle], "objects": {"countries": {"geometries": countries}}}
    west, east = features(json.dumps(outlines).encode())["features"]
    assert west["geometry"]["coordinates"] == [[triangle]]
    assert east["geometry"]["coordinates"] == []


@pytest.mark.parametrize("path", sorted((REAL / "geometry").glob("*.json")), ids=lambda p: p.stem)
def test_every_ring_of_the_product_is_closed_and_on_the_globe(path) -> None:  # type: ignore[no-untyped-def]
    result = features(path.read_bytes())["features"]
    rings = [ring for each in result for shape in each["geometry"]["coordinates"] for ring in shape]
    assert rings
    for ring in rings:
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
