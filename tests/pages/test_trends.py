"""The page of trends as blocks: its lines, where they end, and the events that moved them."""

from __future__ import annotations

import stances
from stances.answers.turns import TURNS
from stances.links.view import view_at
from stances.pages.block import ChartBlock, TableBlock
from stances.render.html import block_html, blocks_html
from stances.render.page import page_html
from tests.pages.test_register import blocks_of
from tests.ui.pages import plain

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


def test_events_that_moved_the_lines_are_listed_once(six: stances.Dataset) -> None:
    query = {"actors": "ARC", "as_of": "2020-12-31"}
    html = blocks_html(blocks_of(six, "trends", **query))
    assert TURNS in html
    assert html.count('<ol class="landmarks">') == 1
    assert "<summary>All marked events by number</summary>" in html
    small = blocks_html(blocks_of(six, "trends", **query, layout="small"))
    assert "landmarks" not in small


def test_each_line_has_the_position_at_its_end(six: stances.Dataset) -> None:
    [ends] = [block for block in blocks_of(six, "trends", actors="ARC,BOR") if block.live == "ends"]
    assert isinstance(ends, TableBlock)
    for name in ("Republic of Arcadia", "Kingdom of Boria"):
        assert name in plain(block_html(ends))
    none = [block.live for block in blocks_of(six, "trends", actors="")]
    assert "ends" not in none


def test_a_frame_has_the_chart_without_the_events(six: stances.Dataset) -> None:
    framed = blocks_of(six, "trends", actors="ARC", embed="true")
    [chart] = [block for block in framed if isinstance(block, ChartBlock)]
    assert (chart.opens, chart.framed) == ("event", True)
    assert "The events of those chosen" not in blocks_html(framed)


def test_links_that_leave_out_a_line_stand_with_the_controls(six: stances.Dataset) -> None:
    html = page_html(view_at(six, "trends", {"actors": "ARC,BOR"}))
    assert html.index("Leave out:") < html.index("<h1")


def test_two_lines_lead_to_the_two_side_by_side_and_back(six: stances.Dataset) -> None:
    pair = "compare=actors&amp;first=ARC&amp;second=BOR"
    html = blocks_html(blocks_of(six, "trends", actors="ARC,BOR,Pact"))
    assert html.index("</h1>") < html.index(pair) < html.index('class="chart')
    assert "compare=actors" not in blocks_html(blocks_of(six, "trends", actors="ARC,Pact"))
    both = blocks_of(six, "compare", compare="actors", first="ARC", second="BOR")
    assert "actors=ARC,BOR" in blocks_html(both)
