"""The page of acts as blocks: the register, what falls due under it, and the act that is open."""

from __future__ import annotations

import io
import re
from datetime import date
from xml.etree import ElementTree as Xml

import pandas as pd

import stances
from stances.links.view import view_at
from stances.pages.block import Block, ChartBlock, TableBlock
from stances.render.html import block_html, blocks_html
from stances.render.page import page_html
from stances.tables.table import rows_csv
from tests.pages.test_register import blocks_of
from tests.ui.pages import plain

DUE, RULE = "2022-06-30", "CAL-bridge-rule"


def _chart(blocks: list[Block], name: str = "deadlines") -> ChartBlock:
    charts = [block for block in blocks if isinstance(block, ChartBlock)]
    [chart] = [block for block in charts if block.live == name]
    return chart


def test_the_calendar_comes_before_the_rules_unless_one_is_open(six: stances.Dataset) -> None:
    def charts(**view: str) -> list[str]:
        blocks = blocks_of(six, "acts", **{"as_of": DUE, **view})
        return [block.live for block in blocks if isinstance(block, ChartBlock)]

    assert charts() == ["calendar", "deadlines"]
    assert charts(act=RULE) == ["deadlines", "calendar"]
    # In a frame, and where nothing is ahead, there is none.
    assert charts(embed="true") == charts(who="BOR") == ["deadlines"]
    assert _chart(blocks_of(six, "acts", as_of=DUE), "calendar").opens == "act"


def test_the_deadlines_name_whose_they_are_and_what_falls_due(six: stances.Dataset) -> None:
    html = block_html(_chart(blocks_of(six, "acts", as_of=DUE)))
    rows = (
        "Caldon 2022 The last such bridge",
        "Boria 7 March 2021 (rule in doubt) The permit runs out",
    )
    [form] = Xml.fromstring(html)
    note = " ".join(" ".join(text.itertext()) for text in form.iter() if "text" in text.tag)
    for row in rows:
        assert row in " ".join(note.split())


def test_the_deadlines_are_a_table_too_whose_rows_lead_to_their_acts(six: stances.Dataset) -> None:
    blocks = blocks_of(six, "acts", as_of=DUE)
    [folded] = [block for block in blocks if block.folded]
    assert isinstance(folded, TableBlock)
    assert block_html(folded).count(f"act={RULE}") == 3
    assert f"<summary>{folded.folded}</summary>" in blocks_html(blocks)
    assert _chart(blocks).opens == "act"


def _deadlines(data: stances.Dataset, **query: str) -> TableBlock:
    """Return the deadlines, as a table."""
    blocks = blocks_of(data, "acts", **{"as_of": DUE, "status": "all", **query})
    [table] = [
        block for block in blocks if isinstance(block, TableBlock) and block.order[0] == "sort"
    ]
    return table


def test_the_deadlines_sort_by_their_heads_in_page_and_file(six: stances.Dataset) -> None:
    shown = _deadlines(six)
    assert not shown.unfolds
    heads = {code: column for column in shown.table.columns for code in column.orders}
    assert list(heads) == ["actor", "next", "kind", "rule", "since"]
    for order, column in heads.items():
        block = _deadlines(six, sort=order)
        # As they come, too, where a head asks for that.
        assert block.unfolds
        assert len(block.rows) == len(shown.rows) > 3
        html = blocks_html([block])
        assert html.startswith('<details class="folded" id="deadlines"')
        [head] = re.findall(r'aria-sort="\w+"[^>]*><a href="([^"]*)"[^>]*>', html)
        assert head.endswith("#deadlines")
        file = pd.read_csv(io.BytesIO(rows_csv(block.table, block.rows)), dtype=str)
        cells = file[column.name].tolist()
        if order == "since":
            assert cells == sorted(cells, reverse=True)
        elif order != "next":
            assert cells == sorted(cells, key=str.lower)
        # A rule is opened at the top of the page.
        assert all("#" not in link for link in re.findall(r'href="([^"]*act=[^"]*)"', html))
    assert _deadlines(six, sort="next").rows == shown.rows


def test_the_order_of_the_rules_is_not_that_of_the_deadlines(six: stances.Dataset) -> None:
    view = view_at(six, "acts", {"by": "date", "sort": "rule"})
    assert (view["by"], view["sort"]) == ("date", "rule")
    [line] = view_at(six, "acts", {"sort": "name"}).refused
    assert line == (
        "sort in the address: name is not one of: next, actor, kind, rule, since. "
        "The default is shown."
    )


def test_what_is_open_comes_first_and_stands_in_the_second_column(
    six: stances.Dataset,
) -> None:
    inside = [
        block for block in blocks_of(six, "acts", as_of=DUE, act=RULE) if block.group == "opened"
    ]
    assert [block.column for block in inside] == [2, *[1] * (len(inside) - 1)]
    assert inside[0].live == "act"
    opened = blocks_of(six, "events", event="BOR-20200201-school-permit")
    assert [block.column for block in opened if block.live == "event"] == [2]
    assert len(inside) > 1
    assert "Not among" not in plain(block_html(inside[0]))
    narrowed = blocks_of(six, "acts", as_of=DUE, act=RULE, who="BOR")
    [apart] = [block for block in narrowed if block.live == "act"]
    assert "Not among the rules found." in plain(block_html(apart))


def test_a_period_that_ends_before_it_begins_is_named_and_not_swapped(six: stances.Dataset) -> None:
    view = view_at(six, "acts", {"due_from": "2023-01-01", "due_to": "2022-01-01"})
    html = page_html(view)
    line = "Deadlines from 1 January 2023 is after deadlines to 1 January 2022: none lies between."
    assert line in html
    assert view["due_from"] == date(2023, 1, 1)
    same = {"due_from": "2022-12-31", "due_to": "2022-12-31"}
    assert "none lies between" not in page_html(view_at(six, "acts", same))
