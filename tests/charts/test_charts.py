"""Charts on the small dataset: their words, and what is said where there is nothing to draw."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import stances
from stances.answers.tracker import Tracker
from stances.charts.actor import history_of, timeline_of
from stances.charts.chart import ChartOf
from stances.charts.data import coverage_of_view, sensitivity_of_view
from stances.charts.distances import distances_of_view
from stances.charts.moves import moves_of_view
from stances.charts.pair import domains_of_view, gap_of, lines_of
from stances.figures.theme import MODES
from stances.links.parameters import PARAMETERS

DAY = date(2020, 8, 19)


def _view(data: stances.Dataset, **more: Any) -> tuple[Tracker, dict[str, Any]]:
    settings = PARAMETERS["settings"].read(Tracker(data), more.pop("settings", "half_life:1"))
    tracker = Tracker(data, settings)
    values = {name: each.default(tracker) for name, each in PARAMETERS.items()}
    return tracker, {**values, "as_of": DAY, **more}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("chart_of", "more", "text"),
    [
        (history_of, {"actor": "ARC"}, "Republic of Arcadia: history of the policy"),
        (timeline_of, {"actor": "ARC"}, "Arcadia: all events"),
        (lines_of, {"first": "ARC", "second": "BOR"}, "further apart in this period"),
        (gap_of, {"first": "ARC", "second": "BOR"}, "further apart in this period"),
        (
            domains_of_view,
            {"first": "ARC", "second": "BOR"},
            "Republic of Arcadia and Kingdom of Boria by field",
        ),
        (moves_of_view, {"then": date(2020, 1, 1)}, "position"),
        (distances_of_view, {"group": "all"}, "No two can be compared"),
        (coverage_of_view, {}, "have no event"),
        (sensitivity_of_view, {"settings": "act:6"}, "under your settings"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_chart_has_a_figure_and_the_words_around_it(
    six: stances.Dataset, chart_of: ChartOf, more: dict[str, Any], text: str, mode: str
) -> None:
    tracker, view = _view(six, **more)
    chart = chart_of(tracker, view, mode)
    assert text in f"{chart.title} {chart.subtitle} {chart.alt}"
    assert len(chart.of_plotly.data)


@pytest.mark.parametrize(
    ("chart_of", "more", "text"),
    [
        (history_of, {"actor": "Pact"}, "has no events of its own: its members have"),
        (timeline_of, {"actor": "Pact"}, "has no events of its own"),
        (timeline_of, {"actor": "ARC", "as_of": date(2012, 1, 1)}, "no event up to 1 January 2012"),
        (lines_of, {"first": "ARC", "second": "ARC"}, "Both are Republic of Arcadia"),
        (gap_of, {"first": "ARC", "second": "ARC"}, "Both are Republic of Arcadia"),
        (domains_of_view, {"first": "ARC", "second": "ARC"}, "Both are Republic of Arcadia"),
        (sensitivity_of_view, {}, "These are the published settings"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_where_nothing_is_to_be_drawn_the_title_says_why(
    six: stances.Dataset, chart_of: ChartOf, more: dict[str, Any], text: str
) -> None:
    tracker, view = _view(six, **more)
    chart = chart_of(tracker, view, "light")
    assert chart.figure is None
    assert text in chart.title
