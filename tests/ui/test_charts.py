"""Every chart that is shown can be had as figures: what it is drawn from lies beside it as CSV."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from stances.ui import views
from tests.ui.pages import markup, open_page

# Of each chart, by its key: the page and state that show it, and what offers its figures there.
CHARTS: dict[str, tuple[str, dict[str, str], str]] = {
    "map": ("map", {}, "As CSV"),
    "map-before": ("map", {"before": "2019-12-31"}, r"\w+ positions as CSV"),
    "trend": ("trends", {}, "These lines as CSV"),
    "actor-history": ("actor", {"actor": "ARC"}, "These lines and levels as CSV"),
    "actor-timeline": ("actor", {"actor": "ARC"}, r"\w+ events? as CSV"),
    "deadlines": ("acts", {}, r"\w+ deadlines? as CSV"),
    "dumbbell": ("compare", {"then": "2020-01-01"}, r"\w+ rows? as CSV"),
    "trend-pair": ("compare", {"compare": "actors"}, r"\w+ days? as CSV"),
    "trend-gap": ("compare", {"compare": "actors"}, r"\w+ days? as CSV"),
    "domains": ("compare", {"compare": "actors"}, r"\w+ fields? as CSV"),
    "matrix": ("compare", {"compare": "distances", "group": "all"}, r"\w+ rows? as CSV"),
    "coverage": ("data", {"section": "coverage"}, r"\w+ rows? as CSV"),
    "sensitivity": ("data", {"section": "sensitivity", "settings": "act:6"}, r"\w+ rows? as CSV"),
}
DAY = "2020-08-19"


def _keys() -> set[str]:
    """The keys under which the pages draw charts, read from their source."""
    result = set()
    for path in Path(views.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            target.id: value.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target, value in _pairs(node)
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.plotly_chart":
                [key] = [each.value for each in node.keywords if each.arg == "key"]
                result.add(key.value if isinstance(key, ast.Constant) else names[ast.unparse(key)])
    return {str(key) for key in result}


def _pairs(node: ast.Assign) -> list[tuple[ast.expr, ast.expr]]:
    """Names and values of an assignment, which may be of several at once."""
    [target] = node.targets
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        return list(zip(target.elts, node.value.elts, strict=True))
    return [(target, node.value)]


def test_no_chart_is_forgotten_here() -> None:
    assert _keys() <= set(CHARTS)


@pytest.mark.usefixtures("six_shown")
@pytest.mark.parametrize("key", CHARTS)
def test_a_chart_has_its_figures_beside_it(key: str) -> None:
    page, query, text = CHARTS[key]
    app = open_page(page, as_of=DAY, **query)
    shown = {chart.key for chart in app.get("plotly_chart")}
    assert key in shown
    links = re.findall(r'<a href="[^"]*\.csv[^"]*"[^>]*>(.*?)</a>', markup(app))
    offered = [*links, *(button.label for button in app.get("download_button"))]
    assert [label for label in offered if re.fullmatch(text, label)], (text, offered)
