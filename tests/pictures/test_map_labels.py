"""The labels of a map: names in their countries, else codes, and none over another."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from stances import Dataset
from stances.answers.tracker import Tracker
from stances.dataset.outlines import rings
from stances.figures.map import VIEWS, Label
from stances.pictures.frame import Box
from stances.pictures.letters import width
from stances.pictures.map_labels import map_labels
from stances.pictures.projection import fit, rings_on
from tests.figures.tables import geometry

EVERY_VIEW = pytest.mark.parametrize("view", VIEWS)
# The map of the page, and its letters.
WIDE, HIGH, SIZE = 640, 427, 10.5

Points = NDArray[np.float64]


def _box(view: str, label: Label) -> tuple[float, float, float, float]:
    """Where a label stands on the page: its left, upper, right and lower edge."""
    x, y = fit(VIEWS[view], Box(0, 0, WIDE, HIGH), as_on_page=True).place(label.lon, label.lat)
    # In the typeface of a reader capitals are wider.
    half = width(label.text, SIZE) / 2 * (1.25 if label.text == label.actor else 1)
    return x - half, y - SIZE / 3, x + half, y + SIZE / 3


def _is_inside(ring: Points, x: float, y: float) -> bool:
    """Whether a line from a point to the right crosses a ring an odd number of times."""
    odd = False
    for (ax, ay), (bx, by) in zip(ring, np.roll(ring, 1, axis=0), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            odd = not odd
    return odd


@EVERY_VIEW
def test_labels_are_of_countries_that_are_drawn_and_run_into_no_other(
    real: Dataset, view: str
) -> None:
    tracker = Tracker(real)
    labels = map_labels(tracker, view)
    names = dict(zip(real.actors["actor"], real.actors["short_name"], strict=True))
    covered = set(tracker.map_actors["actor"][tracker.map_actors["covered"]])
    assert {label.actor for label in labels} <= covered & geometry(view)
    assert all(label.text in (label.actor, names[label.actor]) for label in labels)
    assert len({label.text == label.actor for label in labels}) == 2
    boxes = [_box(view, label) for label in labels]
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0 or labels[place].text == labels[place].actor
        for other in boxes[:place]:
            beside = right < other[0] or other[2] < left
            assert beside or bottom < other[1] or other[3] < top, labels[place]


def test_a_name_covers_no_other_country(real: Dataset) -> None:
    view = "europe"
    projected = fit(VIEWS[view], Box(0, 0, WIDE, HIGH), as_on_page=True)
    drawn = {
        code: [ring for part in parts for ring in rings_on(projected, part)]
        for code, parts in rings(real.outlines[VIEWS[view].geometry_file]).items()
    }
    named = [label for label in map_labels(Tracker(real), view) if label.text != label.actor]
    assert named
    for label in named:
        left, top, right, bottom = _box(view, label)
        middle = (left + right) / 2, (top + bottom) / 2
        assert any(_is_inside(ring, *middle) for ring in drawn[label.actor]), label
        corners = [(x, y) for x in (left, right) for y in (top, bottom)]
        others = [ring for code, parts in drawn.items() if code != label.actor for ring in parts]
        for ring in others:
            low, most = ring.min(axis=0), ring.max(axis=0)
            near = [c for c in corners if (low <= c).all() and (c <= most).all()]
            assert not any(_is_inside(ring, *corner) for corner in near), label
