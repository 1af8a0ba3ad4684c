"""Pages in a browser of their own, without any server: on paper, and what their script does."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stances.dataset.load import Dataset
from stances.render import page
from tests.render.pages import documents, drawn, head_of

playwright = pytest.importorskip("playwright.sync_api")
if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
RENDER = Path(page.__file__).parent


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip("needs chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()


@cache
def style() -> str:
    """Return the sheet with its typefaces inside."""
    text = (RENDER / "style.css").read_text(encoding="utf-8")
    for font in (RENDER / "fonts").glob("*.woff2"):
        inside = base64.b64encode(font.read_bytes()).decode()
        text = text.replace(f"assets/{font.name}", f"data:font/woff2;base64,{inside}")
    return text


def opened(window: Page, data: Dataset, path: str, **query: str) -> Page:
    head = f"{head_of(data, path, tuple(query.items()))}<style>{style()}</style>"
    body = drawn(data, path, **query)
    window.goto("about:blank")
    window.set_content(f"<!doctype html><html lang='en'><head>{head}</head>{body}")
    window.add_script_tag(content=(RENDER / "page.js").read_text(encoding="utf-8"), type="module")
    return window


def sheets(window: Page, data: Dataset, path: str, **query: str) -> int:
    printed = opened(window, data, path, **query).pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def test_every_page_fits_two_sheets(window: Page, real: Dataset) -> None:
    most = {"group": "all", "domain": "trade"}
    for path, query in [*documents(real).items(), ("members", most)]:
        assert sheets(window, real, path, **query) <= 2, path


def test_lines_table_and_years_are_one_sheet(window: Page, real: Dataset) -> None:
    assert sheets(window, real, "trends") == 1


def test_half_a_sheet_has_the_narrow_drawing(window: Page, real: Dataset) -> None:
    shown = opened(window, real, "changes")
    shown.emulate_media(media="print")
    assert shown.locator(".chart.narrow").is_visible()
    assert not shown.locator(".chart.wide").is_visible()
    shown.emulate_media(media="null")


@pytest.mark.parametrize("actor", ["USA", "CAN", "CHN", "EU-COM", "POL"])
def test_a_country_is_one_sheet(window: Page, real: Dataset, actor: str) -> None:
    assert sheets(window, real, "actor", actor=actor) == 1


def test_a_sheet_has_no_controls(window: Page, real: Dataset) -> None:
    shown = opened(window, real, "")
    shown.emulate_media(media="print")
    for part in (".nav", ".menus", ".ctl", ".scrub"):
        assert not shown.locator(part).first.is_visible()
    assert shown.locator("h1").is_visible() and shown.locator(".map").is_visible()
    shown.emulate_media(media="null")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(window: Page, real: Dataset, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    for path, query in documents(real).items():
        shown = opened(window, real, path, **query)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, path
        # No number is pressed into a letter a line, or runs under what stands beside it.
        fits = "cell => cell.offsetHeight < 60 && cell.scrollWidth <= cell.clientWidth"
        cells = "[...document.querySelectorAll('.dat td.num')]"
        assert shown.evaluate(f"{cells}.every({fits})"), path
    window.set_viewport_size({"width": 1280, "height": 900})


def test_a_header_sorts_and_turns_over(window: Page, real: Dataset) -> None:
    shown = opened(window, real, "acts")
    since = shown.get_by_role("button", name="Since")
    days = ".reg tbody td:nth-child(6)"
    texts = f"[...document.querySelectorAll('{days}')].map(cell => cell.dataset.sort)"
    for turned in (False, True):
        since.click()
        found = [day for day in shown.evaluate(texts) if day]
        assert found == sorted(found, reverse=turned)
    # A name that is not said again in the first order is seen in another.
    assert shown.locator(".reg .same .vh").first.bounding_box()["width"] > 20  # type: ignore[index]


def test_a_form_sends_what_is_other_than_usual(window: Page, real: Dataset) -> None:
    shown = opened(window, real, "changes")
    asked: list[str] = []
    shown.route("https://stances.example/**", lambda route: route.fulfill(body=""))
    shown.on("request", lambda request: asked.append(request.url))
    base = "const b = document.createElement('base'); b.href = 'https://stances.example/'"
    shown.evaluate(f"{base}; document.head.append(b)")
    shown.locator("input[name=from]").fill("1 March 2019")
    shown.locator("input[name=from]").press("Enter")
    shown.wait_for_timeout(300)
    assert asked and asked[0] == "https://stances.example/changes?from=2019-03-01"


def test_a_press_elsewhere_or_escape_closes_a_menu(window: Page, real: Dataset) -> None:
    shown = opened(window, real, "")
    menu = shown.locator("details.menu").first
    for leave in (lambda: shown.locator("h1").click(), lambda: shown.keyboard.press("Escape")):
        menu.locator("summary").click()
        assert menu.get_attribute("open") is not None
        leave()
        assert menu.get_attribute("open") is None
