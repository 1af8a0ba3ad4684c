"""The blocks that all pages have in common."""

from __future__ import annotations

import re

import pytest

import stances
from stances.links.parameters import SECTIONS
from stances.links.view import view_at
from stances.pages.block import Block, ChartBlock, HeadlineBlock, TableBlock
from stances.pages.register import BLOCKS
from stances.render.html import blocks_html
from tests.folders import Folder
from tests.ui.pages import plain

DAY = "2020-04-10"


def blocks_of(data: stances.Dataset, page: str, **query: str) -> list[Block]:
    """The blocks of a page on a day."""
    return list(BLOCKS[page](view_at(data, page, {"as_of": DAY, **query})))


def files_of(blocks: list[Block]) -> list[str]:
    """Return the names of the tables that can be taken along."""
    return [block.file.what for block in blocks if isinstance(block, TableBlock) and block.file]


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("members", {}),
        ("actor", {"actor": "ARC"}),
        ("acts", {}),
        ("acts", {"act": "ARC-roads-order"}),
    ],
)
def test_a_day_before_the_last_known_says_when_use_and_doubt_were_known(
    folder: Folder, page: str, query: dict[str, str]
) -> None:
    folder.replace("about.toml", "[licence]", "covered_to = 2020-07-01\n[licence]")
    data, known = folder.load(), "Use and doubt are told as known on 1 July 2020."
    there = blocks_html(blocks_of(data, page, as_of="2020-06-30", **query))
    # Once, and once more on the rule that is open.
    assert there.count(known) == 1 + ("act" in query)
    assert known not in blocks_html(blocks_of(data, page, as_of="2020-07-01", **query))


@pytest.mark.parametrize(
    ("page", "query", "way"),
    [
        (
            "trends",
            {"actors": "ARC,BOR"},
            "What made Republic of Arcadia and Kingdom of Boria part",
        ),
        ("events", {"who": "ARC,BOR"}, "What made Republic of Arcadia and Kingdom of Boria part"),
        ("events", {"q": "acme", "domain": "schools"}, "Two more in other fields"),
        ("acts", {"q": "acme", "domain": "schools"}, "One more in other fields"),
    ],
)
def test_a_frame_has_no_ways_to_what_it_does_not_show(
    six: stances.Dataset, page: str, query: dict[str, str], way: str
) -> None:
    assert way in blocks_html(blocks_of(six, page, **query))
    assert way not in blocks_html(blocks_of(six, page, embed="true", **query))


@pytest.mark.parametrize("page", BLOCKS)
@pytest.mark.parametrize("frame", [{}, {"embed": "true"}])
def test_a_page_finds_one_thing_first(
    six: stances.Dataset, page: str, frame: dict[str, str]
) -> None:
    blocks = blocks_of(six, page, **frame)
    [headline] = [block for block in blocks if isinstance(block, HeadlineBlock)]
    html = plain(blocks_html(blocks))
    assert html.count(headline.text) >= 1
    for line in headline.lines:
        assert line in html


@pytest.mark.parametrize(
    ("page", "query"),
    [
        *((page, {}) for page in BLOCKS),
        *(("data", {"section": section}) for section in SECTIONS),
        *(("compare", {"compare": kind}) for kind in ("dates", "actors", "distances")),
        ("data", {"section": "sensitivity", "settings": "act:8"}),
        ("trends", {"layout": "small"}),
    ],
)
def test_a_chart_has_its_picture_in_each_form(
    six: stances.Dataset, page: str, query: dict[str, str]
) -> None:
    blocks = blocks_of(six, page, **query)
    charts = sum(isinstance(block, ChartBlock) for block in blocks)
    html = blocks_html(blocks)
    for ending in ("png", "svg"):
        linked = re.findall(rf'href="pictures/[^"]+?\.{ending}(?=[?"])(?![^"]*height=)', html)
        assert len(set(linked)) >= charts, ending


@pytest.mark.parametrize("page", BLOCKS)
def test_what_copies_with_its_source_has_one_word_and_one_form(
    six: stances.Dataset, page: str
) -> None:
    html = blocks_html(blocks_of(six, page))
    links = re.findall(r'<a [^>]*class="([^"]*)"[^>]*>(Cite|Copy[^<]*|)</a>', html)
    links = [(css, text) for css, text in links if "copy" in css.split()]
    assert links
    assert {css for css, _ in links} == {"copy cite"}
    # In a row of a table the style writes the word.
    assert {text for _, text in links} <= {"Cite", ""}


@pytest.mark.parametrize("page", BLOCKS)
def test_what_is_live_has_a_name_of_its_own(six: stances.Dataset, page: str) -> None:
    names = [block.live for block in blocks_of(six, page) if block.live]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("page", BLOCKS)
def test_a_frame_has_no_control(six: stances.Dataset, page: str) -> None:
    assert "controls" not in [block.live for block in blocks_of(six, page, embed="true")]
    assert "<form" not in blocks_html(blocks_of(six, page, embed="true"))


@pytest.mark.parametrize("page", BLOCKS)
def test_columns_of_a_group_stand_together(six: stances.Dataset, page: str) -> None:
    for block in blocks_of(six, page):
        assert bool(block.group) == bool(block.column), block
