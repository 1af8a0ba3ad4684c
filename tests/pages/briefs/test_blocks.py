"""A brief is of the blocks that pages are made of: it reads as HTML too."""

from __future__ import annotations

import pytest

from stances import Dataset
from stances.pages.block import Block, TableBlock, TextBlock
from stances.pages.briefs import actor, group
from stances.pages.briefs.request import brief_request
from stances.render.html import blocks_html
from tests.ui.pages import plain

DAY = "2020-07-01"


def _blocks(data: Dataset, code: str) -> list[Block]:
    request = brief_request(data, code, {"as_of": DAY})
    pages = group.pages(request) if request.of_group else (actor.blocks(request),)
    return [block for page in pages for block in page]


@pytest.mark.parametrize("code", ["ARC", "CAL", "Pact"])
def test_all_that_paper_says_can_be_read_as_a_page(six: Dataset, code: str) -> None:
    blocks = _blocks(six, code)
    html = plain(blocks_html(blocks))
    for block in blocks:
        if isinstance(block, TextBlock):
            assert all(text in html for text in (block.heading, *block.text))
            assert all(note.text in html for note in block.notes)
        if isinstance(block, TableBlock):
            first = block.table.columns[0]
            assert all(first.text(row) in html for row in block.rows)


def test_what_has_no_space_stands_on_the_page_that_shows_the_same(six: Dataset) -> None:
    tables = [block for block in _blocks(six, "Pact") if isinstance(block, TableBlock)]
    assert {block.place.page for block in tables} == {"members", "acts", "compare"}
    assert all(block.place.query["as_of"] == DAY for block in tables)
