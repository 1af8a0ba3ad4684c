from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest

from stances import Dataset, escapes
from stances.dataset.codebook import NOT_COVERED
from stances.dataset.files import OUTLINES
from stances.figures.map import BORDER, POWER, VIEWS, Label, codes_on, map_base, spread, stance_map
from stances.figures.theme import DARK, LIGHT, faded_level, no_position_level, not_covered_level
from tests.figures.tables import assert_plotly_accepts, geometry, position

EVERY_VIEW = pytest.mark.parametrize("view", VIEWS)


def _map(data: Dataset, table: pd.DataFrame, view: str, mode: str = "light") -> go.Figure:
    return stance_map(
        table, map_base(table, data.codebook.scale.levels, view, mode, geometry(view))
    )


def _covered_countries(countries: go.Choropleth) -> dict[str, list[Any]]:
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
    assert [trace.type for trace in figure.data] == ["choropleth", "scattergeo", "scattergeo"]


class _Shared(dict[str, Any]):
    """Values that others may be reading at the same moment."""

    def pop(self, *_: Any) -> Any:
        raise AssertionError

    def __copy__(self) -> dict[str, Any]:
        return dict(self)


def test_what_maps_share_is_not_even_changed_for_a_moment(real: Dataset) -> None:
    table, levels = position(real), real.codebook.scale.levels
    base = map_base(table, levels, "europe", "light", geometry("europe"))
    shared = replace(
        base,
        **{part: _Shared(getattr(base, part)) for part in ("countries", "markers", "labels")},
        layout=_Shared(base.layout),
    )
    assert stance_map(table, shared) == stance_map(table, base)


@EVERY_VIEW
def test_every_covered_actor_has_its_class_once(real: Dataset, view: str) -> None:
    table = position(real).set_index("actor")
    # The colours of old positions are another test's.
    table["old"] = False
    countries, markers, _ = _map(real, table.reset_index(), view).data
    none = no_position_level(real.codebook.scale.levels)
    drawn = {code: level for code, (level, *_) in _covered_countries(countries).items()}
    drawn |= dict(zip(markers.customdata, markers.marker.color, strict=True))
    assert len(drawn) == len(_covered_countries(countries)) + len(markers.customdata)
    assert drawn == {code: table["level"].fillna(none)[code] for code in drawn}
    missing = set(table.index[table["covered"]]) - set(drawn)
    assert not any(VIEWS[view].shows(*table.loc[code, ["lon", "lat"]]) for code in missing)
    assert view != "world" or not missing


@EVERY_VIEW
def test_each_country_has_its_own_row(real: Dataset, view: str) -> None:
    table = position(real).set_index("actor")
    countries, *_ = _map(real, table.reset_index(), view).data
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
    countries, *_ = _map(real, table, view).data
    covered = set(table["actor"][table["covered"]])
    assert set(_covered_countries(countries)) == covered & geometry(view)
    beyond = not_covered_level(real.codebook.scale.levels)
    greys = {z for z, code in zip(countries.z, countries.customdata, strict=True) if code is None}
    assert greys == {beyond}
    assert countries.colorscale[17][1] == LIGHT.not_covered


def test_an_actor_without_events_is_not_covered(real: Dataset) -> None:
    table = position(real)
    code = next(code for code in table["actor"] if code in geometry("europe"))
    table.loc[table["actor"] == code, "covered"] = False
    countries, *_ = _map(real, table, "europe").data
    assert code in countries.locations
    assert code not in _covered_countries(countries)


@EVERY_VIEW
def test_rules_are_outlined_below_their_neighbours(real: Dataset, view: str) -> None:
    table = position(real)
    powers, used = (set(table["actor"][table["outline"] == kind]) for kind in (1, 2))
    countries, markers, _ = _map(real, table, view).data
    lines = {code: tuple(line) for code, (_, *line) in _covered_countries(countries).items()}
    strong, pale = (LIGHT.outline, VIEWS[view].outline), (LIGHT.pale_outline, POWER)
    assert {code for code, line in lines.items() if line == strong} == used & set(lines)
    assert {code for code, line in lines.items() if line == pale} == powers & set(lines)
    assert set(lines.values()) == {strong, pale, (LIGHT.border, BORDER)}
    assert pale[1] < strong[1]
    # What is drawn later lies above, so no outline covers a country that has a weaker one.
    ranks = [LIGHT.outline, LIGHT.pale_outline, LIGHT.border]
    drawn = [ranks.index(color) for color in countries.marker.line.color]
    assert drawn == sorted(drawn)
    for color, those in ((LIGHT.outline, used), (LIGHT.pale_outline, powers)):
        ringed = np.array(markers.marker.line.color) == color
        assert set(np.array(markers.customdata)[ringed]) == those & set(markers.customdata)


@EVERY_VIEW
def test_those_seen_on_a_view_are_those_drawn(real: Dataset, view: str) -> None:
    table = position(real)
    codes = codes_on(table, VIEWS[view], geometry(view))
    countries, markers, _ = _map(real, table, view).data
    assert sorted(codes) == sorted([*_covered_countries(countries), *markers.customdata])
    assert VIEWS[view].whole == (set(codes) == set(table["actor"][table["covered"]]))


@EVERY_VIEW
def test_the_chosen_actor_is_framed_above_all(real: Dataset, view: str) -> None:
    table = position(real)
    base = map_base(table, real.codebook.scale.levels, view, "light", geometry(view))
    on_land = next(
        code
        for code in table["actor"]
        if code in _covered_countries(stance_map(table, base).data[0])
    )
    countries = stance_map(table, base, on_land).data[0]
    assert countries.locations[-1] == on_land
    colors = countries.marker.line.color
    assert [color == LIGHT.accent for color in colors] == [*[False] * (len(colors) - 1), True]
    marker = base.markers["customdata"][0]
    rings = stance_map(table, base, marker).data[1].marker.line.color
    assert [color == LIGHT.accent for color in rings] == [True, *[False] * (len(rings) - 1)]


def test_an_old_position_is_paler(real: Dataset) -> None:
    table = position(real).assign(old=False, level=-2.0)
    table.loc[table["actor"] == "POL", "old"] = True
    levels = real.codebook.scale.levels
    drawn = {
        code: z for code, (z, *_) in _covered_countries(_map(real, table, "europe").data[0]).items()
    }
    assert drawn.pop("POL") == faded_level(-2, levels)
    assert set(drawn.values()) == {-2}


@EVERY_VIEW
def test_bodies_stand_in_a_column_with_their_names(real: Dataset, view: str) -> None:
    markers = _map(real, position(real), view).data[1]
    names = real.actors.set_index("actor")["short_name"]
    square = np.array(markers.marker.symbol) == "square"
    assert 0 < square.sum() < len(square) or square.all()
    text = [names[code] if s else "" for code, s in zip(markers.customdata, square, strict=True)]
    assert list(markers.text) == text
    assert set(np.array(markers.lon)[square]) == {VIEWS[view].open_sea[0]}
    assert list(np.array(markers.lat)[square]) == sorted(np.array(markers.lat)[square])[::-1]


@EVERY_VIEW
def test_codes_stand_apart_in_the_countries_that_are_drawn(real: Dataset, view: str) -> None:
    table, levels = position(real), real.codebook.scale.levels
    codes = map_base(table, levels, view, "light", geometry(view)).labels
    assert set(codes["text"]) <= set(table["actor"]) & geometry(view)
    places = list(zip(codes["lon"], codes["lat"], strict=True))
    assert all(VIEWS[view].shows(*place) for place in places)
    for index, (lon, lat) in enumerate(places):
        for other_lon, other_lat in places[:index]:
            narrow = math.cos(math.radians(other_lat))
            apart = math.hypot((lon - other_lon) * narrow, lat - other_lat)
            assert apart > VIEWS[view].code_gap * 0.8


def test_labels_are_written_on_covered_countries_alone(real: Dataset) -> None:
    table, levels = position(real), real.codebook.scale.levels
    one, other = list(table["actor"][table["covered"] & table["actor"].isin(geometry("world"))])[:2]
    table.loc[table["actor"] == other, "covered"] = False
    labels = [Label(one, "<b>One", 1.234, 2.0), Label(other, "Other", 3.0, 4.0)]
    base = map_base(table, levels, "world", "light", geometry("world"), labels=labels)
    assert (base.labelled, base.labels["lon"]) == ([one], [1.23])
    assert base.labels["text"] == [escapes.chart("<b>One")]


def test_bodies_and_states_have_different_markers(real: Dataset) -> None:
    table = position(real).set_index("actor")
    markers = _map(real, table.reset_index(), "europe").data[1]
    kinds = table.loc[list(markers.customdata), "kind"]
    by_symbol = pd.Series(markers.marker.symbol, index=kinds.index).groupby(kinds.to_numpy())
    assert by_symbol.nunique().eq(1).all()
    assert by_symbol.first().nunique() == kinds.nunique() > 1


def test_colours_follow_the_theme(real: Dataset) -> None:
    for mode, palette in (("light", LIGHT), ("dark", DARK)):
        figure = _map(real, position(real), "europe", mode)
        assert figure.layout.geo.bgcolor == palette.sea
        colors = [color for _, color in figure.data[0].colorscale]
        assert [colors[at] for at in (15, 16, 17)] == [
            palette.no_position, palette.not_covered, palette.not_covered,
        ]  # fmt: skip
        assert figure.data[0].colorscale == figure.data[1].marker.colorscale


@EVERY_VIEW
def test_the_view_is_fixed_and_nothing_dims(real: Dataset, view: str) -> None:
    figure = _map(real, position(real), view)
    geo = figure.layout.geo
    assert geo.fitbounds is False
    assert f"{geo.scope}_{geo.resolution}m.json" == VIEWS[view].geometry_file
    assert figure.layout.uirevision == view
    assert all(trace.unselected.marker.opacity == 1 for trace in figure.data[:2])
    inks = {trace.unselected.textfont.color for trace in figure.data[1:]}
    assert inks == {LIGHT.ink}


def test_a_step_leaves_earlier_maps_as_they_were(real: Dataset) -> None:
    table = position(real)
    base = map_base(table, real.codebook.scale.levels, "world", "light", geometry("world"))
    before = stance_map(table, base)
    shown = before.to_dict()
    later = table.assign(level=-table["level"], outline=2 - table["outline"], hover="x")
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
