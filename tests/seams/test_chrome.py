"""Every rule for what Streamlit and plotly draw finds what it is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.view import come_to
from tests.cases import ENDED_ACT
from tests.folders import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

SHEET = ROOT / "stances" / "seams" / "chrome.css"
# Together they have all that the rules speak of.
VIEWS = (
    "?actor=POL",
    "?embed=true",
    "?before=2019-05-15",
    "trends",
    "members",
    "actor?actor=POL",
    f"acts?act={ENDED_ACT}",
    "compare",
    "events?event=POL-20190108-arrest-weijing-w",
    "data?section=downloads",
    "data?section=sensitivity",
)


# Of selectors those that find something.
FOUND = "all => all.filter(one => document.querySelector(one))"


def selectors() -> set[str]:
    """The selectors of the sheet, one by one, without states and made-up content."""
    text = re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    heads = re.findall(r"([^{}]+)\{[^{}]*\}", re.sub(r"::after|:hover|\.drag-ahead ", "", text))
    return {each.strip() for head in heads for each in re.split(r",(?![^()]*\))", head)}


@pytest.mark.slow
def test_every_rule_finds_what_it_is_for(page: Page, server: Server) -> None:
    lost = selectors()
    assert len(lost) > 20
    for view in VIEWS:
        come_to(page, server, view)
        page.locator("h1.headline").first.wait_for()
        lost -= set(page.evaluate(FOUND, sorted(lost)))
    for opened, part in (("stDateInput", "stDateInputCalendar"), ("stMainMenu", "stMainMenuList")):
        page.get_by_test_id(opened).locator("button").last.click()
        page.get_by_test_id(part).wait_for()
        lost -= set(page.evaluate(FOUND, sorted(lost)))
        page.keyboard.press("Escape")
    page.locator(".stDateInput [role=spinbutton]").first.click()
    page.keyboard.type("20300101")
    page.locator(".stDateInput [role=alert]").wait_for()
    lost -= set(page.evaluate(FOUND, sorted(lost)))
    assert lost == set()


def test_streamlit_is_leant_on_by_test_ids_alone() -> None:
    assert not re.search(r"\.st[A-Z]", SHEET.read_text(encoding="utf-8"))


def test_no_sheet_of_the_pages_needs_names_that_are_not_promised() -> None:
    for sheet in (ROOT / "stances" / "ui").rglob("*.css"):
        rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"data-testid|\.st[A-Z]|\.js-plotly|\.updatemenu", rules), sheet
