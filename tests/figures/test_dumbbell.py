"""Two stances a row: where the dots stand, what they say, and what is missing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from stances import Dataset
from stances.figures.dumbbell import NOTHING
from stances.figures.theme import CLASS_COLORS, CLEAR, theme
from tests.figures.acceptance import dumbbell_chart as dumbbell
from tests.figures.tables import assert_plotly_accepts

JOINTS, FIRST, SECOND = range(3)


def rows(**columns: list[Any]) -> pd.DataFrame:
    table = {
        "key": ["A", "B", "C"],
        "name": ["Aland", "B & <b>land</b>", "Cland"],
        "first": [1.0, np.nan, -2.0],
        "second": [-1.2346, 2.0, np.nan],
        "level": [-1.0, 2.0, np.nan],
        "note": ["\N{MINUS SIGN}2.23", "", ""],
        "hover": ["a", "b", "c"],
    }
    return pd.DataFrame(table | columns)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("colors", [None, ("#c81e6a", "#3a5fd5")])
def test_plotly_accepts_every_part(
    real: Dataset, mode: str, colors: tuple[str, str] | None
) -> None:
    assert_plotly_accepts(dumbbell(rows(), real.codebook, mode, colors, chosen="B"))
    assert_plotly_accepts(dumbbell(rows().iloc[:0], real.codebook, mode, colors))


def test_each_row_has_its_dots_and_the_line_between_them(real: Dataset) -> None:
    figure = dumbbell(rows(), real.codebook, "light")
    assert list(figure.data[FIRST].x) == [1.0, None, -2.0]
    assert list(figure.data[SECOND].x) == [-1.235, 2.0, None]
    assert list(figure.data[JOINTS].x) == [1.0, -1.235, None, None, 2.0, None, -2.0, None, None]
    assert list(figure.data[JOINTS].y) == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert list(figure.data[FIRST].customdata) == ["A", "B", "C"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1], "the first row on top"


def test_the_second_dot_has_the_colour_of_its_class(real: Dataset) -> None:
    figure = dumbbell(rows(), real.codebook, "dark")
    expected = [CLASS_COLORS[-1], CLASS_COLORS[2], theme("dark").no_position]
    assert list(figure.data[SECOND].marker.color) == expected
    assert figure.data[FIRST].marker.color == theme("dark").background


def test_dots_may_have_colours_of_their_own(real: Dataset) -> None:
    figure = dumbbell(rows(), real.codebook, "light", ("#c81e6a", "#3a5fd5"))
    assert [figure.data[place].marker.color for place in (FIRST, SECOND)] == ["#c81e6a", "#3a5fd5"]


def test_names_and_notes_stand_at_the_ends_and_are_harmless(real: Dataset) -> None:
    figure = dumbbell(rows(), real.codebook, "light", chosen="A")
    names = list(figure.layout.yaxis.ticktext)
    assert names == ["<b>Aland</b>", "B &amp; &lt;b&gt;land&lt;/b&gt;", "Cland"]
    assert list(figure.layout.yaxis2.ticktext) == rows()["note"].tolist()


def test_the_chosen_row_has_a_band(real: Dataset) -> None:
    bare = dumbbell(rows(), real.codebook, "light")
    marked = dumbbell(rows(), real.codebook, "light", chosen="C")
    [band] = marked.layout.shapes[len(bare.layout.shapes) :]
    assert (band.y0, band.y1) == (1.5, 2.5)


def test_a_way_of_two_parts_is_hollow_first(real: Dataset) -> None:
    whole = dumbbell(rows(), real.codebook, "light")
    table = rows(between=[0.5, np.nan, -2.0])
    figure = dumbbell(table, real.codebook, "light", chosen="A")
    # None where a row has no first part.
    [hollow, _] = figure.layout.shapes[len(whole.layout.shapes) :]
    assert (hollow.x0, hollow.x1) == (1.0, 0.5)
    assert hollow.y0 < 0 < hollow.y1
    assert hollow.fillcolor == CLEAR
    assert hollow.line.width
    assert list(figure.data[JOINTS].x)[:2] == [0.5, -1.235]
    assert list(figure.data[FIRST].x) == list(whole.data[FIRST].x)
    assert_plotly_accepts(figure)


def test_an_empty_table_says_so(real: Dataset) -> None:
    figure = dumbbell(rows().iloc[:0], real.codebook, "light")
    assert [note.text for note in figure.layout.annotations] == [NOTHING]
    assert (
        figure.layout.xaxis.zeroline,
        dumbbell(rows(), real.codebook, "light").layout.xaxis.zeroline,
    ) == (False, True)
    assert figure.layout.height > 50


def test_the_axis_has_the_points_of_the_scale(real: Dataset, six: Dataset) -> None:
    for data in (real, six):
        figure = dumbbell(rows(), data.codebook, "light")
        assert list(figure.layout.xaxis.tickvals) == list(data.codebook.scale.levels)
