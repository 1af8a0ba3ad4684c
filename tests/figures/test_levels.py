"""The grid of levels: colours by class, and letters that its rows hold where it is low."""

from __future__ import annotations

import math
from typing import Any

from stances.figures.levels import LEAST, LevelCells, grid_parts, level_grid, lower
from stances.figures.theme import LIGHT
from stances.pictures.canvas import Canvas
from stances.pictures.figure import draw_figure

SCALE = range(-2, 3)


def _grid() -> dict[str, Any]:
    levels = [[-2.0, math.nan], [2.0, 0.0]]
    texts, old = [["-2", ""], ["+2", "0"]], [[False, False], [True, False]]
    cells = LevelCells(["A", "B"], ["2019", "2020"], levels, texts, old)
    return level_grid(cells, SCALE, LIGHT.mode)


def _fills(grid: dict[str, Any], high: int) -> list[str]:
    canvas = Canvas(LIGHT, "", 400, high)
    draw_figure(canvas, grid, 400, high)
    return [path.attrib["fill"] for path in canvas.root.iter("path")]


def test_a_cell_has_the_colour_of_its_class_paler_where_it_is_old() -> None:
    grid = _grid()
    expected = [LIGHT.level_color(-2), LIGHT.paler_color(2), LIGHT.level_color(0)]
    assert _fills(grid, grid["layout"]["height"]) == expected


def test_a_lower_grid_has_letters_that_its_rows_hold() -> None:
    grid = _grid()
    for high in (60, 44):
        small = lower(grid, high)
        layout, row = small["layout"], (high - small["layout"]["margin"]["t"]) / 2
        sizes = {layout[axis]["tickfont"]["size"] for axis in ("xaxis", "yaxis")}
        assert layout["height"] == high
        assert max(*sizes, small["data"][0]["textfont"]["size"]) <= max(row, 5)
        assert _fills(small, high) == _fills(grid, grid["layout"]["height"])


def test_rows_that_have_no_room_stand_beside_one_another_then_are_counted() -> None:
    names, years = [f"N{row}" for row in range(40)], ["2019", "2020"]
    texts = [["-2", "0"]] * 40
    grid = level_grid(LevelCells(names, years, [[-2.0, 0.0]] * 40, texts), SCALE, LIGHT.mode)
    halves = grid_parts(grid, 400, 30 + 20 * 10, cell=20)
    assert [name for part in halves for name in part["layout"]["yaxis"]["ticktext"]] == names
    assert len(halves) == 2
    assert min(part["layout"]["yaxis"]["tickfont"]["size"] for part in halves) >= LEAST
    # Where a second part has no room for its cells, the rest is told as a number.
    [first] = grid_parts(grid, 400, 30 + 20 * 10, cell=150)
    *rows, rest = first["layout"]["yaxis"]["ticktext"]
    assert rows == names[: len(rows)]
    assert rest == f"and {40 - len(rows)} more"


def test_names_of_columns_that_would_run_into_the_next_are_left_out() -> None:
    cells = LevelCells(["A"], ["2019", "2020", "2 Jul 2021"], [[0.0] * 3], [["0"] * 3])
    grid = level_grid(cells, SCALE, "light")
    for wide, named in ((400, 3), (120, 2)):
        [part] = grid_parts(grid, wide, 60, cell=20)
        assert part["layout"]["xaxis"]["ticktext"][-1] == "2 Jul 2021"
        assert len(part["layout"]["xaxis"]["ticktext"]) == named
