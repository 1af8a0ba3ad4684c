"""A chart is saved with what the page says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# Each opens a page of its own.
pytestmark = pytest.mark.slow

CHART = ".st-key-trend .js-plotly-plot"
SCALE = 2


def saved_height(page: Page) -> int:
    """How high the saved picture is, in its own pixels."""
    image = pytest.importorskip("PIL.Image", reason="needs tests/requirements.txt")
    page.locator(CHART).hover()
    with page.expect_download() as download:
        page.locator(f"{CHART} .modebar-btn[data-title*='PNG']").click()
    with image.open(Path(download.value.path())) as picture:
        return int(picture.height)


def chart_height(page: Page) -> float:
    box = page.locator(CHART).bounding_box()
    assert box is not None
    return box["height"]


def test_title_and_source_stand_around_the_chart(page: Page, server: Server) -> None:
    open_view(page, server, "trends", has_map=False)
    assert saved_height(page) > SCALE * (chart_height(page) + 60)


def test_where_the_page_has_other_names_the_chart_is_saved_all_the_same(
    page: Page, server: Server
) -> None:
    open_view(page, server, "trends", has_map=False)
    page.evaluate(
        "for (const name of ['stMain', 'stApp'])"
        " document.querySelector(`.${name}`).classList.remove(name)"
    )
    assert saved_height(page) > SCALE * chart_height(page)


def test_where_it_cannot_be_completed_the_chart_is_saved_as_it_is(
    page: Page, server: Server
) -> None:
    open_view(page, server, "trends", has_map=False)
    gone = "CanvasRenderingContext2D.prototype.measureText = undefined"
    page.evaluate(f"() => {{ {gone}; }}")
    # As plotly saves it: not twice the size either.
    assert saved_height(page) == pytest.approx(chart_height(page), abs=1)


@pytest.mark.parametrize("form", ["PNG", "SVG"])
def test_a_button_below_a_chart_saves_it(page: Page, server: Server, form: str) -> None:
    open_view(page, server, "compare?compare=actors&first=POL&second=CZE", has_map=False)
    button = page.locator("button[data-chart='domains']", has_text=form)
    button.scroll_into_view_if_needed()
    with page.expect_download() as download:
        button.click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith({"PNG": b"\x89PNG", "SVG": b"<svg"}[form])
    assert download.value.suggested_filename.endswith(f".{form.lower()}")
