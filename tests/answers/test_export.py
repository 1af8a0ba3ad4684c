import io
import json
from datetime import date

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances.answers import export
from stances.tables.col import Col

COLS = [
    Col("code", "text", "A code"),
    Col("day", "day", "A day"),
    Col("part", "partial", "A date"),
    Col("level", "whole", "A level"),
    Col("stance", "number", "A stance"),
    Col("used", "truth", "Whether it was"),
]
FRAME = pd.DataFrame(
    {
        "code": ["A", ""],
        "day": [date(2020, 1, 2), None],
        "part": ["2020-02", ""],
        "level": [-3.0, np.nan],
        "stance": [-1.23456, np.nan],
        "used": [True, None],
        "not asked for": [1, 2],
    }
)
ABOUT = {"dataset_version": "2020-01-02-aa", "covered_to": date(2020, 1, 2)}


def one_text(text: str) -> pd.DataFrame:
    return pd.DataFrame({"code": [text]})


def test_a_csv_has_iso_days_four_decimals_and_nothing_where_nothing_is_known() -> None:
    head, full, empty = export.csv(FRAME, COLS).decode().splitlines()
    assert head == "code,day,part,level,stance,used"
    assert full == "A,2020-01-02,2020-02,-3,-1.2346,yes"
    assert empty == ",,,,,"


def test_json_has_the_same_cells_with_their_types() -> None:
    told = json.loads(export.json_file(FRAME, COLS, ABOUT))
    assert told["covered_to"] == "2020-01-02"
    assert told["count"] == 2
    full, empty = told["rows"]
    assert list(full.values()) == ["A", "2020-01-02", "2020-02", -3, -1.2346, True]
    assert isinstance(full["level"], int)
    assert set(empty.values()) == {None}


def test_a_workbook_has_rows_columns_and_what_is_told_of_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(FRAME, COLS, ABOUT)))
    rows = list(book["Rows"].values)
    assert rows[0] == tuple(col.name for col in COLS)
    assert rows[1][1].date() == date(2020, 1, 2)
    assert rows[1][3:] == (-3, -1.2346, True)
    assert not any(rows[2:])
    assert ("stance", "A stance") in book["Columns"].values
    assert ("covered_to", "2020-01-02") in book["About"].values


def test_parquet_has_types_and_descriptions() -> None:
    table = pq.read_table(io.BytesIO(export.parquet(FRAME, COLS, ABOUT)))
    assert [str(field.type) for field in table.schema][1:] == [
        "date32[day]", "string", "int64", "double", "bool",
    ]  # fmt: skip
    assert table.schema.field("level").metadata[b"description"] == b"A level"
    assert table.schema.metadata[b"dataset_version"] == b"2020-01-02-aa"
    assert table.to_pylist()[1] == dict.fromkeys((col.name for col in COLS), None)


@pytest.mark.parametrize("ending", export.FORMATS)
def test_a_table_without_rows_is_a_file_and_the_same_input_the_same_bytes(ending: str) -> None:
    _, write = export.FORMATS[ending]
    assert write(FRAME.iloc[:0], COLS, ABOUT)
    assert write(FRAME, COLS, ABOUT) == write(FRAME, COLS, ABOUT)


def test_the_index_may_be_a_column() -> None:
    assert export.csv(FRAME.set_index("code"), COLS) == export.csv(FRAME, COLS)


def test_a_zero_has_no_sign() -> None:
    frame = pd.DataFrame({"stance": [-0.00001]})
    assert export.csv(frame, [COLS[4]]).decode().splitlines()[1] == "0.0000"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1+1", "\n=1"])
def test_no_spreadsheet_runs_a_text(text: str) -> None:
    read = pd.read_csv(io.BytesIO(export.csv(one_text(text), COLS[:1])), keep_default_na=False)
    assert read["code"].tolist() == [f"'{text}"]
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(one_text(text), COLS[:1])))
    assert book["Rows"]["A2"].data_type == "s"
    assert book["Rows"]["A2"].value.startswith("'")
    assert export.json_rows(one_text(text), COLS[:1]) == [{"code": text}]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a_text_comes_back_as_it_went(text: str) -> None:
    rows = pd.read_csv(
        io.BytesIO(export.csv(one_text(text), COLS[:1])),
        dtype=str,
        keep_default_na=False,
        skip_blank_lines=False,
    )
    assert rows["code"].iloc[0].removeprefix("'") == text.removeprefix("'")


# -- calendar ----------------------------------------------------------------------------------


def entries(**cells: str) -> pd.DataFrame:
    row = {"uid": "u1", "end": date(2026, 12, 31), "summary": "Out", "about": "Rule", "url": "x"}
    return pd.DataFrame([row | cells])


def test_a_calendar_has_whole_days() -> None:
    lines = export.ics(entries(), "Dates", "site", date(2026, 7, 2)).decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"} < set(lines)
    assert "UID:u1@site" in lines
    assert "DTSTAMP:20260702T000000Z" in lines


def test_a_calendar_escapes_its_texts() -> None:
    content = export.ics(entries(summary="a,b;c\\d\ne"), "Dates", "s", date(2026, 7, 2)).decode()
    assert "SUMMARY:a\\,b\\;c\\\\d\\ne\r\n" in content


def test_long_lines_of_a_calendar_are_folded_between_letters() -> None:
    text = "Überwachung der Netze " * 12
    content = export.ics(entries(about=text), "Dates", "s", date(2026, 7, 2))
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert f"DESCRIPTION:{text}" in content.replace(b"\r\n ", b"").decode()
