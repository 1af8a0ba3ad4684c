"""Every page for every reader: ears, eyes, any width, either scheme, before Streamlit and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import ALL, PAGES, await_live, axe, begin, misplaced

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
_SHIFT = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.shift += entry.value;
})).observe({type: 'layout-shift', buffered: true});
"""


def misplaced_at(page: Page, *widths: int) -> list[str]:
    """Return what lies amiss on a page at each width."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        found += [f"{width} px: {line}" for line in misplaced(page)]
    return found


def unheard(page: Page) -> list[str]:
    """Return what axe finds, of contrast in the dark too."""
    found = axe(page)
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {line}" for line in axe(page, "color-contrast")]


@pytest.mark.parametrize("name", ALL)
def test_before_scripts_of_streamlit(open_page: Open, name: str) -> None:
    page = open_page(begin(ALL[name], live=False))
    found = misplaced_at(page, 1920, 1280, 320, 390) + unheard(page) + axe(page, "target-size")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_live_and_on_the_way_there(open_page: Open, name: str) -> None:
    """Nothing moves while Streamlit takes over what was read, or where typefaces come late; the map
    stays the same drawing.
    """
    page = open_page(begin(PAGES[name], live=True), init=_SHIFT, late="**/source-*.woff2")
    page.evaluate("() => { window.map = document.querySelector('svg.map'); }")
    await_live(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.02
    assert page.evaluate("window.map === document.querySelector('svg.map')")
    found = misplaced_at(page, 320, 1280)
    if name in ("map", "trends", "events"):  # all that Streamlit draws, and the rest as before
        found += unheard(page)
    assert not found, "\n".join(found)
