"""The hatching of actors without a current position on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stances.figures.theme import DARK, LIGHT
from stances.seams.hatching import _svg_rgb, hatch_patterns, hatch_rules
from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

HATCHED = """
shape => [...document.querySelectorAll(`.st-key-map ${shape}`)]
  .filter(path => getComputedStyle(path).fill.startsWith('url("#hatch-light"')).length
"""


def test_the_rules_use_the_patterns_of_both_themes() -> None:
    assert _svg_rgb("#a3a09e") == "rgb(163, 160, 158)"
    for palette in (LIGHT, DARK):
        rule = f'.choroplethlayer path[fill="{_svg_rgb(palette.no_position)}"]'
        assert f"{rule}{{fill:url(#hatch-{palette.mode})!important}}" in hatch_rules()
        assert f'<pattern id="hatch-{palette.mode}"' in hatch_patterns()


def test_plotly_draws_countries_and_markers_as_the_rules_find_them(
    page: Page, server: Server
) -> None:
    # In its first year hardly anybody had a position.
    open_view(page, server, "?as_of=2010-06-30")
    for shape in (".choroplethlayer path", ".scattergeo path.point"):
        page.wait_for_function(HATCHED, arg=shape)
