"""The matrix of distances: nearer is darker, what cannot be told is blank."""

from __future__ import annotations

import json
from functools import reduce
from operator import getitem
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from stances import Dataset
from stances.figures.levels import LEAST
from stances.figures.matrix import NOTHING, STEPS, distance_colors, lower_matrix
from stances.figures.matrix import matrix as as_drawn
from stances.figures.theme import theme
from stances.model.distance import distances
from tests.figures.acceptance import distance_matrix as matrix
from tests.figures.colour import contrast
from tests.figures.tables import assert_plotly_accepts

NAMES = ["Aland", "B & land", "Cland"]
DISTANCE = np.array([[0.0, 0.234, np.nan], [0.234, 0.0, 1.0], [np.nan, 1.0, 0.0]])
CELLS, DIAGONAL = range(2)
BOTH_MODES = pytest.mark.parametrize("mode", ["light", "dark"])


@BOTH_MODES
def test_plotly_accepts_every_part(mode: str) -> None:
    assert_plotly_accepts(matrix(NAMES, DISTANCE, mode))
    assert_plotly_accepts(matrix([], np.zeros((0, 0)), mode))


def test_cells_have_two_decimals_and_blanks_stay_blank() -> None:
    cells = matrix(NAMES, DISTANCE, "light").data[CELLS]
    assert [list(row) for row in cells.z] == [
        [None, 0.23, None],
        [0.23, None, 1.0],
        [None, 1.0, None],
    ]
    assert list(cells.x) == list(cells.y) == ["Aland", "B &amp; land", "Cland"]
    assert cells.hoverongaps is False


def test_nobody_is_apart_from_itself() -> None:
    dots = matrix(NAMES, DISTANCE, "light").data[DIAGONAL]
    assert list(dots.x) == list(dots.y)


def test_few_actors_have_figures_in_the_cells_and_many_have_none() -> None:
    assert matrix(NAMES, DISTANCE, "light").data[CELLS].texttemplate
    many = [f"actor {place}" for place in range(30)]
    assert not matrix(many, np.ones((30, 30)), "light").data[CELLS].texttemplate


def _press(figure: go.Figure, label: str) -> dict[str, Any]:
    """Return the layout as a hidden button makes it."""
    (menu,) = figure.layout.updatemenus
    [button] = [button for button in menu.buttons if button.label == label]
    shape: dict[str, Any] = button.args[0]
    return shape


def _many(count: int) -> go.Figure:
    return matrix(
        [f"actor {place}" for place in range(1, count + 1)], np.ones((count,) * 2), "dark"
    )


def test_a_telephone_has_the_names_of_columns_or_numbers() -> None:
    assert not matrix(NAMES, DISTANCE, "light").layout.updatemenus
    named = _press(_many(27), "narrow")
    assert named["xaxis.tickfont.size"] < 10
    assert "xaxis.ticktext" not in named
    numbered = _press(_many(61), "narrow")
    assert numbered["xaxis.ticktext"] == [str(number) for number in range(5, 62, 5)]
    assert numbered["xaxis.tickvals"][1] == "actor 10"
    assert numbered["yaxis.ticktext"][9] == "10 actor 10"


@pytest.mark.parametrize("count", [27, 61])
def test_a_matrix_made_narrow_can_be_made_wide_again(count: int) -> None:
    figure = _many(count)
    assert_plotly_accepts(figure)
    wide, narrow = _press(figure, "wide"), _press(figure, "narrow")
    assert wide.keys() == narrow.keys()
    assert narrow.pop("showlegend")
    layout = json.loads(figure.to_json())["layout"]
    for path, value in wide.items():
        assert reduce(getitem, path.split("."), layout) == value
    # By `showlegend` the page tells the two apart; there is nothing to be shown in a legend.
    assert not any(trace.showlegend for trace in figure.data)


@BOTH_MODES
def test_each_class_of_distance_has_its_own_band(mode: str) -> None:
    cells = matrix(NAMES, DISTANCE, mode).data[CELLS]
    colors = [color for _, color in cells.colorscale]
    assert colors[::2] == colors[1::2] == distance_colors(mode)
    starts = [edge * cells.zmax for edge, _ in cells.colorscale][::2]
    assert starts == pytest.approx(list(STEPS), abs=1e-3)


@BOTH_MODES
def test_the_nearer_the_more_it_stands_out(mode: str) -> None:
    against = [contrast(color, theme(mode).background) for color in distance_colors(mode)]
    assert against == sorted(against, reverse=True)
    assert against[-1] > 1.1, "the furthest can be told from a blank"
    assert len(set(distance_colors(mode))) == len(STEPS)


def test_an_empty_matrix_says_so() -> None:
    figure = matrix([], np.zeros((0, 0)), "light")
    assert [note.text for note in figure.layout.annotations] == [NOTHING]


def test_all_actors_stay_light_enough_to_send(real: Dataset) -> None:
    arrays = real.model.arrays(real.months)
    result = distances(real.model, arrays, real.model.actors, real.codebook.first_date, real.today)
    figure = matrix(result.actors, result.distance, "light")
    cells = np.array(figure.data[CELLS].z, float)
    apart = ~np.eye(len(cells), dtype=bool)
    assert (np.isnan(cells) == np.isnan(result.distance))[apart].all()
    # A figure of two decimals and its comma, and little besides.
    assert len(figure.to_json()) < 8 * cells.size


def test_lower_distances_keep_letters_that_can_be_read() -> None:
    names = [f"N{row}" for row in range(30)]
    figure = as_drawn(names, np.ones((30, 30)), "light")
    axis = lower_matrix(figure, 200)["layout"]["yaxis"]
    assert axis["tickfont"]["size"] >= LEAST
    assert 1 < len(axis["ticktext"]) < 30
    assert list(lower_matrix(figure, 600)["layout"]["yaxis"]["ticktext"]) == names
