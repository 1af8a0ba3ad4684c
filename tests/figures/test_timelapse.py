from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import plotly.io
import pytest

from stances import Dataset
from stances.figures.map import VIEWS, map_base
from stances.figures.theme import no_position_level
from stances.figures.timelapse import timelapse
from tests.figures.tables import actors, assert_plotly_accepts, geometry, levels

LIMITS = {"europe": 130_000, "world": 180_000}
EVERY_VIEW = pytest.mark.parametrize("view", VIEWS)


def _timelapse(data: Dataset, view: str) -> go.Figure:
    table = actors(data)
    base = map_base(table, data.codebook.scale.levels, view, "light", geometry(view))
    return timelapse(levels(data), data.months, table, base)


@EVERY_VIEW
def test_the_whole_period_stays_under_the_limit(real: Dataset, view: str) -> None:
    figure = _timelapse(real, view)
    assert [frame.name for frame in figure.frames] == [f"{day:%Y-%m}" for day in real.months]
    assert len({frame.name for frame in figure.frames}) == len(figure.frames)
    assert len(plotly.io.to_json(figure, validate=False)) <= LIMITS[view]


@EVERY_VIEW
def test_plotly_accepts_every_part(real: Dataset, view: str) -> None:
    figure = _timelapse(real, view)
    assert_plotly_accepts(figure)


@EVERY_VIEW
def test_each_frame_shows_the_classes_of_its_month(real: Dataset, view: str) -> None:
    figure = _timelapse(real, view)
    none = no_position_level(real.codebook.scale.levels)
    expected = np.where(np.isnan(levels(real)), none, levels(real))
    places = {code: index for index, code in enumerate(real.model.actors)}
    areas, markers = figure.data[1], figure.data[2]
    rows = [places[code] for code in areas.locations]
    spots = [places[code] for code in markers.customdata]
    for month, frame in enumerate(figure.frames):
        assert list(frame.traces) == [1, 2]
        assert list(frame.data[0].z) == expected[month, rows].tolist()
        assert list(frame.data[1].marker.color) == expected[month, spots].tolist()


def test_the_last_month_is_shown_first(real: Dataset) -> None:
    figure = _timelapse(real, "europe")
    assert figure.data[1].z == figure.frames[-1].data[0].z
    assert figure.data[2].marker.color == figure.frames[-1].data[1].marker.color


def test_the_only_button_shows_a_frame_and_nothing_plays_by_itself(real: Dataset) -> None:
    (menu,) = _timelapse(real, "europe").layout.updatemenus
    (button,) = menu.buttons
    assert button.method == "animate"
    assert button.args[1]["frame"] == {"duration": 0, "redraw": True}
    assert not _timelapse(real, "europe").layout.sliders


def test_names_are_escaped(real: Dataset) -> None:
    table = actors(real).assign(name="<img src=x>")
    base = map_base(table, real.codebook.scale.levels, "world", "dark", geometry("world"))
    figure = timelapse(levels(real), real.months, table, base)
    texts = {*figure.data[1].text, *figure.data[2].hovertext}
    assert texts == {"&lt;img src=x&gt;"}
