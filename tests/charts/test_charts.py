"""Charts on the small dataset: their words, and what is said where there is nothing to draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

import stances
from stances.answers.steps import SINCE
from stances.charts.actor import history_of, timeline_of
from stances.charts.chart import ChartOf
from stances.charts.data import coverage_of_view, sensitivity_of_view
from stances.charts.deadlines import calendar_of
from stances.charts.distances import distances_chart, distances_of_view
from stances.charts.moves import moves_of_view
from stances.charts.pair import domains_of_view, gap_of, lines_of
from stances.charts.position_sum import summed_of
from stances.charts.years import years_of_view
from stances.dataset.codebook import OVERALL
from stances.figures.theme import LIGHT, MODES
from stances.links.parameters import PARAMETERS
from stances.links.view import View, view_of
from stances.model.distance import Distances
from tests.folders import Folder
from tests.golden import Golden

DAY = date(2020, 8, 19)


def _view(data: stances.Dataset, mode: str = LIGHT.mode, **more: Any) -> View:
    view = view_of(data, "", {"domain": OVERALL})
    settings = PARAMETERS["settings"].read(view.tracker, more.pop("settings", "half_life:1"))
    values = {"as_of": DAY, **more, "settings": settings}
    return replace(view.but(**values), mode=mode)


PAIR, TWICE = {"first": "ARC", "second": "BOR"}, {"first": "ARC", "second": "ARC"}
CHARTS: dict[str, tuple[ChartOf, dict[str, Any]]] = {
    "history": (history_of, {"actor": "ARC"}),
    "timeline": (timeline_of, {"actor": "ARC"}),
    "how a label is made": (summed_of, {"actor": "BOR", "domain": "schools"}),
    "how an overall label is made": (summed_of, {"actor": "BOR"}),
    "calendar": (calendar_of, {"as_of": date(2021, 8, 1)}),
    "lines of a pair": (lines_of, PAIR),
    "gap of a pair": (gap_of, PAIR),
    "domains of a pair": (domains_of_view, PAIR),
    "moves": (moves_of_view, {"then": date(2020, 1, 1)}),
    "moves of one": (moves_of_view, {"then": date(2020, 4, 1), "among": "BOR"}),
    "distances": (distances_of_view, {"group": "all"}),
    "years": (years_of_view, {"group": "all"}),
    "coverage": (coverage_of_view, {}),
    "sensitivity": (sensitivity_of_view, {"settings": "act:6"}),
}
# Where nothing is to be drawn the title says why.
EMPTY: dict[str, tuple[ChartOf, dict[str, Any]]] = {
    "history of a group": (history_of, {"actor": "Pact"}),
    "how a mean is made": (summed_of, {"actor": "Pact"}),
    "how no label is made": (summed_of, {"actor": "CAL"}),
    "calendar of nothing": (calendar_of, {"as_of": date(2020, 1, 1)}),
    "timeline of a group": (timeline_of, {"actor": "Pact"}),
    "timeline before all events": (timeline_of, {"actor": "ARC", "as_of": date(2012, 1, 1)}),
    "lines of one": (lines_of, TWICE),
    "gap of one": (gap_of, TWICE),
    "domains of one": (domains_of_view, TWICE),
    "published settings": (sensitivity_of_view, {}),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("chart_of", "more"), CHARTS.values(), ids=CHARTS)
def test_a_chart_has_a_figure(
    six: stances.Dataset, chart_of: ChartOf, more: dict[str, Any], mode: str
) -> None:
    assert len(chart_of(_view(six, mode, **more)).of_plotly.data)


def test_charts_and_those_of_nothing_have_words_around_them(
    golden: Golden, six: stances.Dataset
) -> None:
    cases = {}
    for name, (chart_of, more) in (CHARTS | EMPTY).items():
        chart = chart_of(_view(six, **more))
        assert (chart.figure is None) == (name in EMPTY)
        cases[name] = [chart.title, chart.subtitle, chart.alt]
    golden(cases)


def test_a_name_within_a_text_has_its_article(folder: Folder) -> None:
    folder.edit("actors", 2, article="the")
    view = _view(folder.load(), actor="ARC")
    for chart_of, opening in ((history_of, "Policy level of"), (timeline_of, "Timeline of the")):
        chart = chart_of(view)
        assert chart.title.startswith("Republic of Arcadia: ")
        assert chart.alt.startswith(opening)
        assert "of the Republic of Arcadia on Acme" in chart.alt
    both = "The Republic of Arcadia and Kingdom of Boria"
    assert domains_of_view(view.but(**PAIR)).title == f"{both} by field"
    table = np.array([[0.0, 1.0], [1.0, 0.0]])
    apart = Distances(("ARC", "BOR"), table, table.astype(np.int64), table[..., np.newaxis] > 0)
    assert distances_chart(view.tracker, apart, "light").title.startswith(f"{both} are nearest")


@pytest.mark.parametrize("name", ["history", "calendar", "moves", "sensitivity"])
def test_a_chart_on_a_slide_has_its_rows_nearer_before_its_letters_get_smaller(
    six: stances.Dataset, name: str
) -> None:
    chart_of, more = CHARTS[name]
    chart = chart_of(_view(six, **more))
    assert chart.within is not None
    lower = chart.within(int(chart.high * 0.8))["layout"]["height"]
    lowest = chart.within(10)["layout"]["height"]
    assert lower == int(chart.high * 0.8)
    assert chart.high / 2 < lowest < lower


def test_a_calendar_has_hollow_marks_of_what_has_passed_since(six: stances.Dataset) -> None:
    known = replace(six, about=replace(six.about, covered_to=DAY))
    for data, hollow in ((six, False), (known, True)):
        chart = calendar_of(_view(data))
        [marks] = [trace for trace in chart.own_figure["data"] if trace["mode"] == "markers"]
        pairs = zip(marks["marker"]["color"], marks["marker"]["line"]["color"], strict=True)
        open_marks = [x for x, (fill, edge) in zip(marks["x"], pairs, strict=True) if fill != edge]
        over = [x for x in marks["x"] if x < six.today.isoformat()]
        assert over
        assert open_marks == (over if hollow else [])
        assert (SINCE in [key.text for key in chart.legend]) == hollow
