"""A table with its types: the same cells in a CSV, in JSON, in a workbook and in Parquet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pyarrow.parquet as pq
import pytest

from stances.answers import workbook as workbooks
from stances.answers.parquet import parquet
from stances.answers.typed_table import TypedTable, csv_parts, from_records, records, values
from stances.answers.workbook import workbook
from stances.dataset.faults import BadInput
from stances.dataset.schema import Column

openpyxl = pytest.importorskip("openpyxl", reason="needs tests/requirements.txt")

COLUMNS = (
    Column("name", "text", "Who", optional=True),
    Column("day", "day", "When", optional=True),
    Column("since", "partial", "Since when", optional=True),
    Column("events", "whole", "How many", optional=True),
    Column("stance", "number", "How far", optional=True),
    Column("passed", "truth", "Whether", optional=True),
)
ROWS = [
    {"name": "Arcadia", "day": date(2020, 1, 31), "since": "2019-03", "events": 3,
     "stance": -1.23456, "passed": True},
    {"name": "=1+1", "day": "2020-02-29", "since": "2019", "events": 0, "stance": 0.0,
     "passed": False},
    {"name": "Caldora"},
]  # fmt: skip
CELLS = [
    ("Arcadia", date(2020, 1, 31), "2019-03", 3, -1.2346, True),
    ("=1+1", date(2020, 2, 29), "2019", 0, 0.0, False),
    ("Caldora", None, None, None, None, None),
]
ABOUT = {
    "title": "Stances: a table",
    "dataset_version": "2022-03-15-0123abcd",
    "dataset_recorded": "2022-03-15",
    "citation": "A. Table.",
}


def table(
    rows: list[dict[str, object]] = ROWS, columns: tuple[Column, ...] = COLUMNS
) -> TypedTable:
    return TypedTable("Table", "table", columns, [*from_records(columns, rows)], ABOUT)


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    """The cells of each sheet, row by row, days as days."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [
            tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row)
            for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book.worksheets
    }


def test_every_kind_has_the_same_cells_in_their_types() -> None:
    [rows] = table().parts
    assert [*zip(*values(COLUMNS, rows), strict=True)] == CELLS
    assert [tuple(row.values()) for row in records(COLUMNS, rows)] == [
        (name, day and str(day), *rest) for name, day, *rest in CELLS
    ]
    result = pq.read_table(io.BytesIO(parquet(table())))
    assert [tuple(row.values()) for row in result.to_pylist()] == CELLS
    assert list(map(str, result.schema.types)) == [
        "string", "date32[day]", "string", "int64", "double", "bool",
    ]  # fmt: skip
    # A sheet is for a spreadsheet, as a CSV is.
    harmless = [("'=1+1" if name == "=1+1" else name, *rest) for name, *rest in CELLS]
    assert sheets(workbook(table()))["Table"][1:] == harmless
    text = b"".join(csv_parts(table())).decode()
    assert [*csv.reader(io.StringIO(text))][1:] == [
        ["Arcadia", "2020-01-31", "2019-03", "3", "-1.2346", "yes"],
        ["'=1+1", "2020-02-29", "2019", "0", "0.0000", "no"],
        ["Caldora", "", "", "", "", ""],
    ]


def test_columns_of_frames_are_as_well_as_those_of_records() -> None:
    [rows] = table().parts
    typed = rows.assign(
        day=pd.to_datetime(rows["day"]).astype("datetime64[s]"),
        events=rows["events"].astype("Int64"),
        stance=rows["stance"].astype("float64"),
        passed=rows["passed"].astype("boolean"),
    )
    assert [*zip(*values(COLUMNS, typed), strict=True)] == CELLS


def test_a_workbook_tells_of_its_columns_and_of_itself() -> None:
    content = workbook(table())
    result = sheets(content)
    assert list(result) == ["Table", "Columns", "About"]
    assert result["Columns"][1:4] == [
        ("name", "text", "Who"), ("day", "date", "When"),
        ("since", "text: day, month or year, as far as it is known", "Since when"),
    ]  # fmt: skip
    assert dict(result["About"][1:]) == ABOUT
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Table"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F4")
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert sheet.column_dimensions["A"].width >= len("Arcadia")
    assert book.properties.title == ABOUT["title"]


def test_parquet_tells_of_its_columns_and_of_itself() -> None:
    schema = pq.read_schema(io.BytesIO(parquet(table())))
    note = {name.decode(): text.decode() for name, text in schema.metadata.items()}
    assert json.loads(note.pop("columns")) == {each.name: each.description for each in COLUMNS}
    assert note == ABOUT
    assert [field.metadata[b"description"].decode() for field in schema] == [
        each.description for each in COLUMNS
    ]


@pytest.mark.parametrize("write", [workbook, parquet])
def test_the_same_table_gives_the_same_bytes(write: Callable[[TypedTable], bytes]) -> None:
    assert write(table()) == write(table())


def test_a_workbook_has_no_time_of_its_own() -> None:
    content = workbook(table())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 31)}
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert {properties.created, properties.modified} == {datetime(2022, 3, 15)}


@pytest.mark.parametrize("write", [workbook, parquet])
def test_a_table_without_rows_has_its_columns(write: Callable[[TypedTable], bytes]) -> None:
    content = write(table([]))
    if write is parquet:
        result = pq.read_table(io.BytesIO(content))
        assert (result.num_rows, result.column_names) == (0, [each.name for each in COLUMNS])
    else:
        assert sheets(content)["Table"] == [tuple(each.name for each in COLUMNS)]


def test_parts_make_one_table() -> None:
    [rows] = table().parts
    parted = replace(table(), parts=[rows[:1], rows[1:]])
    assert sheets(workbook(parted)) == sheets(workbook(table()))
    whole, parts = (pq.read_table(io.BytesIO(parquet(each))) for each in (table(), parted))
    assert parts.equals(whole)


def test_more_rows_than_a_sheet_has_room_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    with pytest.raises(BadInput, match="room for 2 rows, and here are more; allowed are fewer"):
        workbook(table())


def test_what_no_cell_can_hold_is_told_in_it() -> None:
    rows = [
        {**ROWS[0], "name": "x" * 40_000, "day": date(1899, 12, 31)},
        {**ROWS[0], "name": "_x0041_ \x07", "day": date(1900, 3, 1)},
    ]
    [_, long, odd] = sheets(workbook(table(rows)))["Table"]
    assert len(str(long[0])) == 32_767
    assert str(long[0]).endswith("x [cut: a cell has no room for more]")
    assert (long[1], odd[1]) == ("1899-12-31", date(1900, 3, 1))
    # As a spreadsheet writes it, so that it reads it as it was.
    assert odd[0] == "_x005F_x0041_ _x0007_"
