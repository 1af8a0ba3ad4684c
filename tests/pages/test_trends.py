"""The page of trends as blocks: its lines, where they end, and the events that moved them."""

from __future__ import annotations

import stances
from stances.links.view import view_at
from stances.pages.block import ChartBlock, TableBlock
from stances.render.html import block_html, blocks_html
from stances.render.page import page_html
from tests.pages.test_register import blocks_of

SPEECH = "ARC-20200410-minister-worried"


def test_the_events_of_the_lines_are_a_table_and_one_of_them_opens(six: stances.Dataset) -> None:
    [table, *_] = [
        block
        for block in blocks_of(six, "trends", actors="ARC", event=SPEECH)
        if isinstance(block, TableBlock) and not block.live
    ]
    assert "The events of those chosen" in block_html(table)
    assert table.group == "opened"
    # From a row of a long page to what it opens.
    assert f"event={SPEECH}#events" in block_html(table)
    # Of a country that is not chosen none is opened.
    other = blocks_of(six, "trends", actors="BOR", event=SPEECH)
    assert "event" not in [block.live for block in other]


def test_a_frame_has_the_chart_without_the_events(six: stances.Dataset) -> None:
    framed = blocks_of(six, "trends", actors="ARC", embed="true")
    [chart] = [block for block in framed if isinstance(block, ChartBlock)]
    assert (chart.opens, chart.framed) == ("event", True)
    assert "The events of those chosen" not in blocks_html(framed)


def test_links_that_leave_out_a_line_stand_with_the_controls(six: stances.Dataset) -> None:
    html = page_html(view_at(six, "trends", {"actors": "ARC,BOR"}))
    assert html.index("Leave out:") < html.index("<h1")
