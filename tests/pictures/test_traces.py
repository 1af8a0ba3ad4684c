"""Traces of figures on a sheet."""

from __future__ import annotations

import re

import pytest

from stances.figures.levels import level_grid
from stances.figures.theme import CLASS_COLORS, LIGHT
from stances.pictures.axes import Axis
from stances.pictures.canvas import Canvas
from stances.pictures.traces import draw_bars, draw_cells


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


def test_numbers_on_cells_have_the_ink_of_their_class() -> None:
    levels = range(min(CLASS_COLORS), max(CLASS_COLORS) + 1)
    numbers = [[str(level)] for level in levels]
    rows = [[float(level)] for level in levels]
    grid = level_grid([*map(str, levels)], ["2026"], rows, numbers, levels, "light")
    canvas = Canvas(LIGHT, "", 100, 200)
    x, y = Axis({}, 0, 100, -0.5, 0.5), Axis({}, 0, 200, -0.5, len(levels) - 0.5)
    draw_cells(canvas, grid["data"][0], x, y, {"color": LIGHT.ink}, "")
    drawn = re.findall(r'<text [^>]*?fill="(#\w+)"[^>]*>([^<]+)', canvas.markup())
    assert [ink for ink, _ in drawn] == [LIGHT.on_level(level) for level in levels]
