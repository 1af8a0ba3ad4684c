"""Tables whose heads sort, held against the keys of their columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from stances.pages.block import TableBlock
from stances.render.table import table_html
from stances.tables.table import TableColumn


def codes_of(block: TableBlock) -> list[str]:
    """The rows of a table by their codes, in their order."""
    return [*map(block.table.code, block.rows)]


def assert_heads_sort(tables: Callable[[str], Mapping[str, TableBlock]], default: str) -> None:
    """Each head sorts its own table, with its file, and no other. `tables`: those of a page by
    their ids, in an order of the address.
    """
    for part, before in tables(default).items():
        assert len(before.rows) > 1, part
        orders = {
            order: column
            for column in before.table.columns
            for order, direction in column.orders.items()
            if direction
        }
        for order, column in orders.items():
            after = dict(tables(order))
            _assert_sorted(after.pop(part), before, column, order)
            others = tables(default)
            assert all(codes_of(block) == codes_of(others[of]) for of, block in after.items())


def _assert_sorted(block: TableBlock, before: TableBlock, column: TableColumn, order: str) -> None:
    part, direction = block.table.part, column.orders[order]
    assert sorted(codes_of(block)) == sorted(codes_of(before))
    html = table_html(block)
    assert f'id="{part}"' in html
    heads = re.findall(r'aria-sort="(\w+)"[^>]*><a href="([^"]*)"[^>]*>(.*?)</a>', html)
    [(shown, link, name)] = heads
    assert (shown, name) == (direction, escape(column.name))
    assert link.endswith(f"#{part}")
    # Those without a figure are last.
    rows = [row for row in block.rows if column.text(row)]
    assert block.rows[: len(rows)] == rows
    if order != block.table.first:
        keys = [column.key(row) if column.key else column.text(row).lower() for row in rows]
        assert keys == sorted(keys, reverse=direction == "descending")
    file = block.file
    assert not (file and file.rows) or list(file.rows) == block.rows
