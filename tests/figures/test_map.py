from __future__ import annotations

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest

from stances import Dataset
from stances.figures.map import VIEWS, spread, stance_map
from stances.figures.theme import DARK, LIGHT, no_position_level, theme
from tests.figures.tables import assert_plotly_accepts, geometry, position

EVERY_VIEW = pytest.mark.parametrize("view", VIEWS)


def _map(data: Dataset, table: pd.DataFrame, view: str, mode: str = "light") -> go.Figure:
    return stance_map(table, data.codebook, view, mode, geometry(view))


@EVERY_VIEW
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_plotly_accepts_every_part(real: Dataset, view: str, mode: str) -> None:
    figure = _map(real, position(real), view, mode)
    assert_plotly_accepts(figure)
    assert [trace.type for trace in figure.data] == ["choropleth"] * 3 + ["scattergeo"]


@EVERY_VIEW
def test_every_covered_actor_has_its_class_once(real: Dataset, view: str) -> None:
    table = position(real).set_index("actor")
    _, areas, _, markers = _map(real, table.reset_index(), view).data
    none = no_position_level(real.codebook.scale.levels)
    drawn = dict(zip(areas.locations, areas.z, strict=True))
    drawn |= dict(zip(markers.customdata, markers.marker.color, strict=True))
    assert len(drawn) == len(areas.locations) + len(markers.customdata)
    assert drawn == {code: table["level"].fillna(none)[code] for code in drawn}
    assert list(areas.customdata) == list(areas.locations)
    missing = set(table.index[table["covered"]]) - set(drawn)
    assert not any(VIEWS[view].shows(*table.loc[code, ["lon", "lat"]]) for code in missing)
    assert view != "world" or not missing


@EVERY_VIEW
def test_the_rest_of_the_geometry_is_not_covered(real: Dataset, view: str) -> None:
    grey, areas, *_ = _map(real, position(real), view).data
    assert set(grey.locations) | set(areas.locations) == geometry(view)
    assert not set(grey.locations) & set(areas.locations)
    assert {color for _, color in grey.colorscale} == {LIGHT.not_covered}


def test_an_actor_without_events_is_not_covered(real: Dataset) -> None:
    table = position(real)
    code = next(code for code in table["actor"] if code in geometry("europe"))
    table.loc[table["actor"] == code, "covered"] = False
    grey, areas, *_ = _map(real, table, "europe").data
    assert code in grey.locations
    assert code not in areas.locations


@EVERY_VIEW
def test_acts_in_force_are_outlined(real: Dataset, view: str) -> None:
    table = position(real)
    in_force = set(table["actor"][table["act_in_force"]])
    _, areas, outlines, markers = _map(real, table, view).data
    assert set(outlines.locations) == in_force & set(areas.locations)
    assert outlines.hoverinfo == "skip"
    assert outlines.marker.line.color == LIGHT.outline
    ringed = np.array(markers.marker.line.color) == LIGHT.outline
    assert set(np.array(markers.customdata)[ringed]) == in_force & set(markers.customdata)


def test_bodies_and_states_have_different_markers(real: Dataset) -> None:
    table = position(real).set_index("actor")
    markers = _map(real, table.reset_index(), "europe").data[3]
    kinds = table.loc[list(markers.customdata), "kind"]
    by_symbol = pd.Series(markers.marker.symbol, index=kinds.index).groupby(kinds.to_numpy())
    assert by_symbol.nunique().eq(1).all()
    assert by_symbol.first().nunique() == kinds.nunique() > 1


def test_colours_follow_the_theme(real: Dataset) -> None:
    for mode, look in (("light", LIGHT), ("dark", DARK)):
        figure = _map(real, position(real), "europe", mode)
        assert figure.layout.geo.bgcolor == look.sea
        assert figure.data[1].colorscale[-1][1] == theme(mode).no_position
        assert figure.data[1].colorscale == figure.data[3].marker.colorscale


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
    before = _map(real, table, "world")
    shown = before.to_dict()
    later = table.assign(level=-table["level"], act_in_force=~table["act_in_force"], hover="x")
    after = _map(real, later, "world")
    after.update_traces(marker_opacity=0.5)
    assert before.to_dict() == shown
    assert _map(real, table, "world").to_dict() == shown
    assert list(after.data[1].z) != list(before.data[1].z)


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
