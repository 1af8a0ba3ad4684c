"""Traces of figures on a sheet."""

from __future__ import annotations

import re

import pytest

from stances.figures.theme import LIGHT
from stances.pictures.axes import Axis
from stances.pictures.canvas import Canvas
from stances.pictures.traces import draw_bars


@pytest.mark.parametrize(
    ("kind", "base", "lasts"),
    [
        ("linear", [0, 2], [5, 2]),
        ("date", ["1970-01-01", "1970-01-03"], [432_000_000, 172_800_000]),
    ],
)
def test_bars_are_as_long_as_their_numbers_or_days(
    kind: str, base: list[object], lasts: list[int]
) -> None:
    canvas = Canvas(LIGHT, "", 200, 100)
    x, y = Axis({"type": kind}, 0, 200, 0, 10), Axis({}, 0, 100, 0, 2)
    bars = {"base": base, "x": lasts, "y": [0.5, 1.5], "width": 1, "marker": {"color": "#000000"}}
    draw_bars(canvas, bars, x, y)
    drawn = re.findall(r'<rect x="(\d+)" y="\d+" width="(\d+)"[^>]*class="bar"', canvas.markup())
    assert drawn == [("0", "100"), ("40", "40")]
