"""The page of data and method as blocks: a section at a time, in a frame what is covered."""

from __future__ import annotations

import pytest

import stances
from stances.links.parameters import SECTIONS
from stances.pages.block import ChartBlock
from stances.render.html import blocks_html
from tests.pages.test_register import blocks_of, files_of

# What is live of each section, in the order of the page.
LIVE = {
    "downloads": ["snapshot", "tables"],
    "codebook": ["sum", "example"],
    "sensitivity": ["presets", "settings"],
    "coverage": ["measure", "coverage"],
    "agreement": [],
    "citing": ["cited", "cited-bib", "cite-bib", "cited-ris", "cite-ris"],
}


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_has_its_parts_in_their_order(six: stances.Dataset, section: str) -> None:
    blocks = blocks_of(six, "data", section=section)
    assert [block.live for block in blocks if block.live] == LIVE[section]
    assert files_of(blocks) == (["coverage"] if section == "coverage" else [])


def test_own_settings_show_what_they_change(six: stances.Dataset) -> None:
    query = {"section": "sensitivity", "settings": "act:8", "as_of": "2020-11-01"}
    blocks = blocks_of(six, "data", **query)
    [chart] = [block for block in blocks if isinstance(block, ChartBlock)]
    assert (chart.live, chart.framed) == ("sensitivity", False)
    assert files_of(blocks) == ["sensitivity"]


def test_a_frame_has_what_is_covered_whatever_section_is_asked_for(six: stances.Dataset) -> None:
    for section in SECTIONS:
        html = blocks_html(blocks_of(six, "data", section=section, embed="true"))
        assert html.count('class="chart') == 1
        assert "<table" not in html
