"""A figure of the face in a page of its own: it draws, and asks no host for anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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
    page, asked = browser.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    path = tmp_path / "map.html"
    path.write_text(figure.to_html(include_plotlyjs=True), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_selector(COUNTRY, state="attached")
    assert page.locator(COUNTRY).count() > len(data.actors) / 4
    page.wait_for_timeout(500)
    assert asked == [path.as_uri()]
    page.close()


def test_a_trend_draws_and_asks_nobody(
    browser: Browser, real: stances.Dataset, tmp_path: Path
) -> None:
    figure = stances.plot_trend(stances.Stances(real))
    page, asked = browser.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    path = tmp_path / "trend.html"
    path.write_text(figure.to_html(include_plotlyjs=True), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_selector(LINE, state="attached")
    assert page.locator(LINE).count() >= len(real.about.featured)
    assert asked == [path.as_uri()]
    page.close()
