"""The page of the map as blocks: its table, in each of its orders."""

from __future__ import annotations

import stances
from stances.pages.block import TableBlock
from tests.pages.sorting import assert_heads_sort
from tests.pages.test_register import blocks_of


def test_the_map_as_a_table_sorts_by_its_heads(six: stances.Dataset) -> None:
    def tables(sort: str) -> dict[str, TableBlock]:
        blocks = blocks_of(six, "", as_of="2020-11-01", sort=sort)
        [block] = [block for block in blocks if isinstance(block, TableBlock)]
        return {block.table.part: block}

    assert [*tables("stance")] == ["positions"]
    assert_heads_sort(tables, "stance")
    # Its heads say the order.
    assert tables("since")["positions"].text == ""
