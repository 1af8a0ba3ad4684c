"""Every chart that is shown can be had as figures: what it is drawn from lies beside it as CSV."""

from __future__ import annotations

import re

import pytest

from tests.ui.pages import markup, open_page

# Of each chart, by its key: the page and state that show it, and what offers its figures there.
CHARTS: dict[str, tuple[str, dict[str, str], str]] = {
    "map": ("map", {}, "As CSV"),
    "map-before": ("map", {"before": "2019-12-31"}, r"\w+ positions as CSV"),
    "trend": ("trends", {}, "These lines as CSV"),
    "actor-history": ("actor", {"actor": "ARC"}, "These lines and levels as CSV"),
    "actor-timeline": ("actor", {"actor": "ARC"}, r"\w+ events? as CSV"),
    "deadlines": ("acts", {}, r"\w+ deadlines? as CSV"),
    "calendar": ("acts", {}, r"\w+ deadlines? as CSV"),
    "dumbbell": ("compare", {"then": "2020-01-01"}, r"\w+ rows? as CSV"),
    "trend-pair": ("compare", {"compare": "actors"}, r"\w+ days? as CSV"),
    "trend-gap": ("compare", {"compare": "actors"}, r"\w+ days? as CSV"),
    "domains": ("compare", {"compare": "actors"}, r"\w+ fields? as CSV"),
    "matrix": ("compare", {"compare": "distances", "group": "all"}, r"\w+ rows? as CSV"),
    "coverage": ("data", {"section": "coverage"}, r"\w+ rows? as CSV"),
    "sensitivity": ("data", {"section": "sensitivity", "settings": "act:6"}, r"\w+ rows? as CSV"),
}
DAY = "2020-08-19"


@pytest.mark.usefixtures("six_shown")
@pytest.mark.parametrize("key", CHARTS)
def test_a_chart_has_its_figures_beside_it(key: str) -> None:
    page, query, text = CHARTS[key]
    app = open_page(page, as_of=DAY, **query)
    shown = {chart.key for chart in app.get("plotly_chart")}
    # How a label is made stands in a table beside it.
    assert key in shown <= {*CHARTS, "actor-made"}
    links = re.findall(r'<a href="[^"]*\.csv[^"]*"[^>]*>(.*?)</a>', markup(app))
    offered = [*links, *(button.label for button in app.get("download_button"))]
    assert [label for label in offered if re.fullmatch(text, label)], (text, offered)
