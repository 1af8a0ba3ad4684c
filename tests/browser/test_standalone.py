"""A figure of the face in a page of its own: it draws, and asks no host for anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import plotly.graph_objects as go
import pytest

import stances
from tests.depth import each

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What is taken along from a page is in the slow run; the usual one reads and uses pages.
pytestmark = pytest.mark.slow

COUNTRY = ".choroplethlayer path"
LINE = ".scatterlayer .js-line"


@each(("view", "mode"), [("europe", "light"), ("world", "dark")])
def test_a_map_draws_and_asks_nobody(
    browser: Browser, real: stances.Dataset, tmp_path: Path, view: str, mode: str
) -> None:
    data = stances.Stances(real)
    figure = stances.plot_map(data, "2024-03-04", "networks", view, mode)
    assert _parts_drawn(browser, figure, tmp_path, COUNTRY) > len(data.actors) / 4


def test_a_trend_draws_and_asks_nobody(
    browser: Browser, real: stances.Dataset, tmp_path: Path
) -> None:
    figure = stances.plot_trend(stances.Stances(real))
    assert _parts_drawn(browser, figure, tmp_path, LINE) >= len(real.about.featured)


def _parts_drawn(browser: Browser, figure: go.Figure, folder: Path, part: str) -> int:
    """Return how many parts of a figure are drawn from a file that asks nobody."""
    page, requests = browser.new_page(), list[str]()
    page.on("request", lambda request: requests.append(request.url))
    path = folder / "figure.html"
    path.write_text(figure.to_html(include_plotlyjs=True), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_selector(part, state="attached")
    page.wait_for_timeout(500)
    assert requests == [path.as_uri()]
    count = page.locator(part).count()
    page.close()
    return count
