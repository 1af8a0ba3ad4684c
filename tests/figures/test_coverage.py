"""The heat map of coverage: a cell for each count above 0, empty cells for the others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stances import Dataset
from stances.answers import coverage
from stances.figures.coverage import MOST, NOTHING
from stances.figures.theme import theme
from tests.figures.acceptance import coverage_map
from tests.figures.colour import contrast
from tests.figures.tables import assert_plotly_accepts

NAMES = {"a": "Alpha <b>", "b": "Beta"}


def _table() -> pd.DataFrame:
    cells = [("a", 2018, 4), ("a", 2019, 0), ("b", 2018, 0), ("b", 2019, 1)]
    return pd.DataFrame(cells, columns=["actor", "year", "events"])


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_plotly_accepts_it(real: Dataset, mode: str) -> None:
    table = coverage.by_year(real.actors, real.events, real.event_sources, real.today)
    names = dict(zip(real.actors["actor"], real.actors["short_name"], strict=True))
    assert_plotly_accepts(coverage_map(table, names, "sources", "sources", mode))


def test_a_cell_says_how_many_and_0_is_empty() -> None:
    (heat,) = coverage_map(_table(), NAMES, "events", "events", "light").data
    assert [list(row) for row in heat.text] == [["4", ""], ["", "1"]]
    assert np.isnan(np.array(heat.z, float)).tolist() == [[False, True], [True, False]]
    assert list(heat.x) == [2018, 2019]


def test_rows_keep_their_order_and_names_are_harmless() -> None:
    figure = coverage_map(_table(), NAMES, "events", "events", "light")
    assert list(figure.layout.yaxis.ticktext) == ["Alpha &lt;b&gt;", "Beta"]
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.data[0].customdata[0][0] == "Alpha &lt;b&gt;"


def test_two_actors_of_one_name_have_a_row_each() -> None:
    figure = coverage_map(_table(), {"a": "Same", "b": "Same"}, "events", "events", "light")
    assert len(figure.data[0].y) == 2


def test_without_events_it_says_so() -> None:
    figure = coverage_map(_table().head(0), NAMES, "events", "events", "light")
    assert [note.text for note in figure.layout.annotations] == [NOTHING]
    assert_plotly_accepts(figure)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_number_of_a_cell_is_readable_at_both_ends_of_the_colours(mode: str) -> None:
    figure = coverage_map(_table(), NAMES, "events", "events", mode)
    ink = figure.data[0].textfont.color
    ends = [color for _, color in figure.data[0].colorscale]
    assert ends == [theme(mode).grid, MOST[mode]]
    assert all(contrast(ink, color) >= 4.5 for color in ends)
