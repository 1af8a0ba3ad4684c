"""A row put into a table changes no other row by a byte."""

from __future__ import annotations

import pytest

import stances
from stances.dataset import schema
from stances.dataset.rows import (
    complete_table,
    has_row,
    rows_by_line,
    rows_of,
    with_row,
    with_row_replaced,
)
from stances.dataset.schema import Column, Table

TABLE = Table("words", "", (Column("word", "text", "", key=True), Column("told", "text", "")))
EVENTS = Table("events", "", (Column("event_id", "text", "", key=True), Column("date", "day", "")))
PAIRS = Table(
    "pairs", "", (Column("one", "text", "", key=True), Column("other", "text", "", key=True))
)


@pytest.mark.parametrize(
    ("content", "row", "expected"),
    [
        (b"word,told\na,1\nc,3\n", ("b", "2"), b"word,told\na,1\nb,2\nc,3\n"),
        (b"word,told\na,1\nc,3\n", ("d", "4"), b"word,told\na,1\nc,3\nd,4\n"),
        (b"word,told\nc,3\na,1\n", ("b", "2"), b"word,told\nc,3\na,1\nb,2\n"),
        (b"word,told\n", ("b", "2"), b"word,told\nb,2\n"),
        (b"word,told\na,1", ("b", "2"), b"word,told\na,1\nb,2\n"),
        (b"word,told\r\na,1\r\n", ("b", "2"), b"word,told\r\na,1\r\nb,2\r\n"),
        (b'"word","told"\n"a","1"\n', ("b", "2"), b'"word","told"\n"a","1"\n"b","2"\n'),
        (b"\xef\xbb\xbfword,told\na,1\n", ("b", "2"), b"\xef\xbb\xbfword,told\na,1\nb,2\n"),
        (b'word,told\n"a",1\n', ("b", 'x, "y"'), b'word,told\n"a",1\nb,"x, ""y"""\n'),
    ],
)  # fmt: skip
def test_a_row_comes_where_the_order_has_it_written_as_the_others(
    content: bytes, row: tuple[str, str], expected: bytes
) -> None:
    assert with_row(TABLE, content, dict(zip(TABLE.header, row, strict=True))) == expected


def test_events_are_in_order_of_their_dates() -> None:
    content = b"event_id,date\nZ-1,2019-01-01\nA-1,2020-01-01\n"
    made = with_row(EVENTS, content, {"event_id": "B-1", "date": "2019-06-01"})
    assert made.splitlines()[2] == b"B-1,2019-06-01"


def test_in_a_table_without_order_a_row_comes_to_those_of_its_first_key() -> None:
    content = b"one,other\nb,2\nb,1\na,1\n"
    made = with_row(PAIRS, content, {"one": "b", "other": "0"})
    assert made == b"one,other\nb,2\nb,1\nb,0\na,1\n"


def test_a_row_is_replaced_in_its_place() -> None:
    content = b'word,told\n"c","3"\na,1\n'
    row = {"word": "c", "told": "x"}
    assert has_row(TABLE, content, row)
    assert not has_row(TABLE, content, row | {"word": "d"})
    assert with_row_replaced(TABLE, content, row) == b"word,told\nc,x\na,1\n"


def test_a_row_with_a_line_break_is_found_by_its_first_line() -> None:
    result = rows_by_line(TABLE, b'word,told\na,"1\n2"\nb,3\n')
    assert result[2] == {"word": "a", "told": "1\n2"}
    assert result[4] == {"word": "b", "told": "3"}


@pytest.mark.parametrize("name", schema.TABLE_NAMES)
def test_a_row_taken_out_of_the_real_data_and_put_back_is_the_same(
    real: stances.Dataset, name: str
) -> None:
    table = schema.tables(real.codebook, real.today)[name]
    content = complete_table(table, real.files[table.file])
    rows = rows_of(table, content)
    lines = content.splitlines(keepends=True)
    for place in {0, len(rows) // 2, len(rows) - 1}:
        without = b"".join(lines[: place + 1] + lines[place + 2 :])
        again = with_row(table, without, rows[place])
        assert sorted(again.splitlines()) == sorted(content.splitlines())
        assert set(without.splitlines()) <= set(again.splitlines())
