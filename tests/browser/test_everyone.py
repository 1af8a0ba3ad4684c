"""Every page for every reader: ears, eyes, any width, either scheme, before Streamlit and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import ALL, PAGES, await_live, axe, begin, misplaced

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
WIDTHS = (320, 390, 1280, 1920)
_SHIFT = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.shift += entry.value;
})).observe({type: 'layout-shift', buffered: true});
"""


def findings(page: Page) -> list[str]:
    """Return all that is wrong with a page, at each width and in each scheme."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        found += [f"{width} px: {line}" for line in misplaced(page)]
        if width in (390, 1280):
            found += [f"{width} px: {line}" for line in axe(page)]
            page.emulate_media(color_scheme="dark")
            found += [f"{width} px, dark: {line}" for line in axe(page, "color-contrast")]
            page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("name", ALL)
def test_before_scripts_of_streamlit(open_page: Open, name: str) -> None:
    page = open_page(begin(ALL[name], live=False))
    found = findings(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_live_and_on_the_way_there(open_page: Open, name: str) -> None:
    """Nothing moves while Streamlit takes over what was read; the map stays the same drawing."""
    page = open_page(begin(PAGES[name], live=True), init=_SHIFT)
    page.evaluate("() => { window.map = document.querySelector('svg.map'); }")
    await_live(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.02
    assert page.evaluate("window.map === document.querySelector('svg.map')")
    found = findings(page)
    assert not found, "\n".join(found)
