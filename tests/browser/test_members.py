"""The page of members in the browser: on paper, on a telephone, sorted, and as a file."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.controls import address, slider
from tests.browser.view import come_to, settle
from tests.depth import each

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

ROWS, SORTED = "table.members tbody tr", "table.members th[aria-sort]"
# A link of the heading, which is in every sheet that has the heading.
HEADING = b"order=deadline"
NOT_REPEATED = "table.members thead { display: table-row-group !important; }"
A4_LANDSCAPE = (842, 595)
LABELS = "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"


def _open(page: Page, server: Server, view: str) -> None:
    come_to(page, server, view)
    page.locator(ROWS).first.wait_for()


@each("scheme", ["light", "dark"])
def test_the_union_prints_on_two_sheets_with_the_heading_on_each_and_no_controls(
    page: Page, server: Server, scheme: str
) -> None:
    _open(page, server, "members?group=EU")
    printed = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [(round(float(w)), round(float(h))) for w, h in sizes] == [A4_LANDSCAPE] * 2
    page.emulate_media(media="print")
    color = page.locator("table.members").evaluate("table => getComputedStyle(table).color")
    assert color == "rgb(20, 22, 26)", scheme
    for control in ("navigation", "controls", "members-controls"):
        assert not page.locator(f".st-key-{control}").is_visible()
    assert page.locator("h1.headline").is_visible()
    page.add_style_tag(content=NOT_REPEATED)
    once = page.pdf(prefer_css_page_size=True)
    assert printed.count(HEADING) > once.count(HEADING) > 0


@pytest.mark.parametrize("viewport", [(390, 844)])
def test_on_a_telephone_a_member_is_a_card_with_its_labels(page: Page, six_server: Server) -> None:
    _open(page, six_server, "members?as_of=2020-06-30")
    boxes = [row.bounding_box() for row in page.locator(ROWS).all()]
    assert len(boxes) == 3
    for above, below in pairwise(boxes):
        assert above is not None
        assert below is not None
        assert above["y"] + above["height"] <= below["y"] + 1
        assert above["width"] <= 390
    shown = page.locator(ROWS).first.locator("td:visible")
    first = ['"What binds in roads: "', '"Applied to Acme: "', '"Overall: "']
    assert shown.evaluate_all(LABELS) == first
    page.locator(".fold:has(+ .members) summary").click()
    further = [
        '"Roads: "',
        '"Last act or statement: "',
        '"In 12 months: "',
        '"Events in 2 years: "',
    ]
    expect(shown).to_have_count(len(first) + len(further))
    assert shown.evaluate_all(LABELS) == [*first, *further]


def test_the_order_outlasts_a_step_of_the_date(kept_page: Page, server: Server) -> None:
    page = kept_page
    _open(page, server, "members?as_of=2024-06-30")
    page.locator("table.members thead a", has_text="Overall").press("Enter")
    page.locator(SORTED, has_text="Overall").wait_for()
    settle(page)
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    assert address(page)["as_of"] == "2024-07-31"
    assert address(page)["order"] == "stance"
    assert page.locator(SORTED).inner_text() == "Overall"
    # And the headings lead to views of the new date.
    page.locator("table.members thead a", has_text="Member").press("Enter")
    page.locator(SORTED, has_text="Member").wait_for()
    assert address(page)["as_of"] == "2024-07-31"
