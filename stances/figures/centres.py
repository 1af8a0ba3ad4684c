"""The middle of each country on a map, where its code is written."""

from __future__ import annotations

import numpy as np

from stances.dataset.outlines import Ring, rings


def centres(topology: bytes) -> dict[str, tuple[float, float]]:
    """Return the centre (lon, lat, in degrees) of the largest part of each country, by its
    id.

    `topology`: a TopoJSON file with the object `countries`.
    """
    return {
        code: _centre(max(parts, key=lambda ring: abs(_area(ring))))
        for code, parts in rings(topology).items()
    }


def _area(ring: Ring) -> float:
    """Twice the area within a ring, in square degrees; its sign tells which way the ring runs."""
    x, y = ring.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def _centre(ring: Ring) -> tuple[float, float]:
    """Return the centre of gravity of what lies within a ring."""
    (x, y), (next_x, next_y) = ring.T, np.roll(ring, -1, axis=0).T
    cross = x * next_y - next_x * y
    whole = 3 * cross.sum()
    return float(((x + next_x) * cross).sum() / whole), float(((y + next_y) * cross).sum() / whole)
