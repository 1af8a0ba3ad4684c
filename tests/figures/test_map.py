from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest

from stances import Dataset
from stances.dataset.codebook import NOT_COVERED
from stances.dataset.files import OUTLINES
from stances.figures.map import BORDER, VIEWS, map_base, spread, stance_map
from stances.figures.theme import DARK, LIGHT, no_position_level, not_covered_level
from tests.figures.tables import assert_plotly_accepts, geometry, position

EVERY_VIEW = pytest.mark.parametrize("view", VIEWS)


def _map(data: Dataset, table: pd.DataFrame, view: str, mode: str = "light") -> go.Figure:
    return stance_map(
        table, map_base(table, data.codebook.scale.levels, view, mode, geometry(view))
    )


def _covered(countries: go.Choropleth) -> dict[str, list[Any]]:
    """Class, colour and width of the line of each country that a click can choose."""
    line = countries.marker.line
    rows = zip(countries.customdata, countries.z, line.color, line.width, strict=True)
    return {code: rest for code, *rest in rows if code is not None}


@EVERY_VIEW
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_plotly_accepts_every_part(real: Dataset, view: str, mode: str) -> None:
    figure = _map(real, position(real), view, mode)
    assert_plotly_accepts(figure)
    # Plotly goes through the whole geometry for each trace of countries.
    assert [trace.type for trace in figure.data] == ["choropleth", "scattergeo"]


@EVERY_VIEW
def test_every_covered_actor_has_its_class_once(real: Dataset, view: str) -> None:
    table = position(real).set_index("actor")
    countries, markers = _map(real, table.reset_index(), view).data
    none = no_position_level(real.codebook.scale.levels)
    drawn = {code: level for code, (level, *_) in _covered(countries).items()}
    drawn |= dict(zip(markers.customdata, markers.marker.color, strict=True))
    assert len(drawn) == len(_covered(countries)) + len(markers.customdata)
    assert drawn == {code: table["level"].fillna(none)[code] for code in drawn}
    missing = set(table.index[table["covered"]]) - set(drawn)
    assert not any(VIEWS[view].shows(*table.loc[code, ["lon", "lat"]]) for code in missing)
    assert view != "world" or not missing


@EVERY_VIEW
def test_each_country_has_its_own_row(real: Dataset, view: str) -> None:
    table = position(real).set_index("actor")
    countries, _ = _map(real, table.reset_index(), view).data
    assert sorted(countries.locations) == sorted(geometry(view))
    rows = zip(countries.locations, countries.customdata, countries.text, strict=True)
    for place, code, hover in rows:
        if code is None:
            assert hover == NOT_COVERED
        else:
            assert (code, hover) == (place, table.loc[place, "hover"])


@EVERY_VIEW
def test_the_rest_of_the_geometry_is_not_covered(real: Dataset, view: str) -> None:
    table = position(real)
    countries, _ = _map(real, table, view).data
    covered = set(table["actor"][table["covered"]])
    assert set(_covered(countries)) == covered & geometry(view)
    beyond = not_covered_level(real.codebook.scale.levels)
    greys = {z for z, code in zip(countries.z, countries.customdata, strict=True) if code is None}
    assert greys == {beyond}
    assert countries.colorscale[-1][1] == LIGHT.not_covered


def test_an_actor_without_events_is_not_covered(real: Dataset) -> None:
    table = position(real)
    code = next(code for code in table["actor"] if code in geometry("europe"))
    table.loc[table["actor"] == code, "covered"] = False
    countries, _ = _map(real, table, "europe").data
    assert code in countries.locations
    assert code not in _covered(countries)


@EVERY_VIEW
def test_acts_in_force_are_outlined_above_their_neighbours(real: Dataset, view: str) -> None:
    table = position(real)
    in_force = set(table["actor"][table["act_in_force"]])
    countries, markers = _map(real, table, view).data
    lines = {code: tuple(line) for code, (_, *line) in _covered(countries).items()}
    outline = LIGHT.outline, VIEWS[view].outline
    assert {code for code, line in lines.items() if line == outline} == in_force & set(lines)
    assert set(lines.values()) == {outline, (LIGHT.border, BORDER)}
    # What is drawn later lies above.
    strong = [color == LIGHT.outline for color in countries.marker.line.color]
    assert strong == sorted(strong)
    ringed = np.array(markers.marker.line.color) == LIGHT.outline
    assert set(np.array(markers.customdata)[ringed]) == in_force & set(markers.customdata)


def test_bodies_and_states_have_different_markers(real: Dataset) -> None:
    table = position(real).set_index("actor")
    markers = _map(real, table.reset_index(), "europe").data[1]
    kinds = table.loc[list(markers.customdata), "kind"]
    by_symbol = pd.Series(markers.marker.symbol, index=kinds.index).groupby(kinds.to_numpy())
    assert by_symbol.nunique().eq(1).all()
    assert by_symbol.first().nunique() == kinds.nunique() > 1


def test_colours_follow_the_theme(real: Dataset) -> None:
    for mode, look in (("light", LIGHT), ("dark", DARK)):
        figure = _map(real, position(real), "europe", mode)
        assert figure.layout.geo.bgcolor == look.sea
        colors = [color for _, color in figure.data[0].colorscale]
        assert colors[-3:] == [look.no_position, look.not_covered, look.not_covered]
        assert figure.data[0].colorscale == figure.data[1].marker.colorscale


@EVERY_VIEW
def test_the_view_is_fixed_and_nothing_dims(real: Dataset, view: str) -> None:
    figure = _map(real, position(real), view)
    geo = figure.layout.geo
    assert geo.fitbounds is False
    assert f"{geo.scope}_{geo.resolution}m.json" == VIEWS[view].geometry_file
    assert figure.layout.uirevision == view
    assert all(trace.unselected.marker.opacity == 1 for trace in figure.data)


def test_a_step_leaves_earlier_maps_as_they_were(real: Dataset) -> None:
    table = position(real)
    base = map_base(table, real.codebook.scale.levels, "world", "light", geometry("world"))
    before = stance_map(table, base)
    shown = before.to_dict()
    later = table.assign(level=-table["level"], act_in_force=~table["act_in_force"], hover="x")
    after = stance_map(later, base)
    after.update_traces(marker_opacity=0.5)
    assert before.to_dict() == shown
    assert stance_map(table, base).to_dict() == shown
    assert list(after.data[0].z) != list(before.data[0].z)


@EVERY_VIEW
def test_a_step_is_small(real: Dataset, view: str) -> None:
    figure = _map(real, position(real).assign(hover=""), view)
    assert len(plotly.io.to_json(figure, validate=False)) <= 12_000


def test_crowded_markers_are_spread() -> None:
    places = spread([(4.4, 50.8), (4.4, 50.8), (4.3, 50.9), (100.0, 1.0)], gap=3.0)
    assert places[3] == (100.0, 1.0)
    for index, (lon, lat) in enumerate(places):
        for other_lon, other_lat in places[:index]:
            narrow = math.cos(math.radians((lat + other_lat) / 2))
            assert math.hypot((lon - other_lon) * narrow, lat - other_lat) > 2.7


def test_every_view_is_drawn_from_outlines_that_each_dataset_has() -> None:
    assert {view.geometry_file for view in VIEWS.values()} == set(OUTLINES)
