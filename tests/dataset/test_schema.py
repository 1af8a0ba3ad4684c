"""The rules of each column, and the conversion of what passes them."""

from __future__ import annotations

import sys
import unicodedata
from xml.parsers import expat

import numpy as np
import pandas as pd
import pytest

import stances
from stances.dataset import schema
from tests.depth import each
from tests.folders import TODAY, Folder
from tests.golden import Golden

FULLWIDTH_ONE = "\N{FULLWIDTH DIGIT ONE}"
LONG_TITLE = "t" * (schema.LONGEST_TITLE + 1)

# With what a link, Markdown or HTML makes something of, or what nobody sees.
NAMES_REFUSED = (
    "A,B", "A;B", "A&B", "A+B", "A%2CB", "A#B", "A?B", "A/B", "A=B", "<b>A</b>", '"A"', "A'B",
    "**A**", "A_B", "`A`", "$$A$$", "[A](b)", ":red[A]", "A|B", "A\\B", "A.B", " A", "A ", "A  B",
    "-A", "A-", "A--B", "A\u00d7B",
)  # fmt: skip

CODERS_REFUSED = tuple(name for name in NAMES_REFUSED if name not in ("A'B", "A.B", "A_B"))
CODERS_TAKEN = (
    "O'Brien", "O\u2019Brien", "J. Smith", "J.R. Smith Jr.", "jane_doe", "Mar\u00eda-Jos\u00e9",
    "\u674e\u660e", "\u0936\u0930\u094d\u092e\u093e", "\u0418\u0432\u0430\u043d",
)  # fmt: skip

# Of each kind: a joiner, a blank of no width, a mark of direction, a filler, a tag.
UNSEEN = (
    "\u200d", "\u200b", "\u200f", "\u3164", "\U000e0041", "\u00ad", "\ufeff", "\ufe0f",
    "\U0001d173", "\U0001bca0", "\ufffc",
)  # fmt: skip

# What a browser takes for the sign that ends a user, or a host.
MEANT_FOR_USERS = [
    sign
    for sign in map(chr, range(128, sys.maxunicode + 1))
    if set(unicodedata.normalize("NFKC", sign)) & {"@", "\\"}
]

# Of format alone, a mark without its letter, signs for nothing.
BLANKS = ("\U0001d173", "\u0300", " \u20dd\ufe0f", "\ufffc", "\u034f\u034f", "\u115f\u1160")

# What is put where, by table and column.
CELLS: dict[str, dict[str, list[str]]] = {
    "events": {
        "score": ["5", "-3", "1.0", "+1", " 1", "nan", FULLWIDTH_ONE, "9" * 400],
        "date": ["1999-12-31", "2023-02-01", "2020-02-30", "2020-1-1", "2020-01-01T00:00", ""],
        "date_precision": ["week", ""],
        "end_date": ["soon", "2019-12-31"],
        "domain": ["sea", "Roads", "overall"],
        "instrument": ["law"],
        "confidence": ["high"],
        "landmark": ["true", ""],
        "title": [
            LONG_TITLE, "  ", "a\tb", "a\x00b", "a\x85b", "a\u2028b", "a\u202eb", "a\u2066b",
            "a\ufffeb",
        ],
        "summary": ["a\uffffb", "", "a\nb"],
        "speaker": [""],
        "note": ["a\rb"],
        "recorded": ["", "0000-01-01", "1999-12-31", "2023-02-02", "2206-06-24"],
    },
    "sources": {
        "url": [
            "ftp://x.example/", "javascript:alert(1)", "https://", "https:///a", "https://[",
            "https://a b", " http://a.example", "http://a@b.example",
            *(f"http://a{sign}b.example/" for sign in MEANT_FOR_USERS), "https://a:b@c.example",
            "https://a.example\\@b.example/", "https://a.example/\u200b",
            f"https://a.example/{'x' * 8000}",
        ],
        "publisher": ["", "\u2060\u200b", "A\u00adB"],
        "title": [""],
        "published": ["2020-13", "May 2020", "202"],
        "language": ["eng"],
        "checked": ["yes"],
        "tier": ["", "radio"],
    },
    "acts": {
        "domain": ["sea"],
        "name": ["", "An\u200dact", "n" * 61],
        "note": ["\u200b", "a\nb"],
        "obligation": ["o" * 171],
        "scope": ["", "streets;", "streets;sky"],
        "aim": ["all"],
        "adopted": ["2020-13", "2023-02"],
        "in_force_from": ["soon"],
        "deadline": ["20"],
        "deadline_kind": ["stop"],
        "deadline_what": ["a\tb"],
        "ended": ["2020-10-32"],
        "ended_how": ["gone"],
        "legal_reference": ["a\nb"],
        "legal_url": ["javascript:a()"],
        "penalty": ["a\nb"],
        "used": ["a\nb"],
        "confidence": ["high"],
        "recorded": ["2023-02-02"],
        "applied": ["", "often"],
        "applied_what": ["w" * 111],
        "applied_since": ["soon"],
        "doubt": ["d" * 141],
    },
    "deadlines": {
        "deadline": ["", "2021-13"],
        "kind": ["stop"],
        "part": ["roof"],
        "what": ["", "w" * 81],
        "note": ["a\nb"],
    },
    "profiles": {
        "as_of": ["2021-04", "2023-02-01"],
        "text": ["", "t" * 321, "It is at -2.", "It is at +1.5", "From 0 to \u22121"],
        "recorded": ["2023-02-02"],
    },
    "actors": {
        "article": ["a"],
        "name": ["", *(f"Bor{sign}ia" for sign in UNSEEN)],
        "short_name": ["", "\u200b \u2060", *BLANKS],
        "region": [""],
        "kind": ["party"],
        "lon": ["181", "1e2", "nan"],
        "lat": ["-90.1", ""],
    },
    "memberships": {
        "group": ["", *NAMES_REFUSED],
        "joined": [""],
        "left": ["2019-01-01", "never"],
    },
    "codings": {
        "coder": [*CODERS_REFUSED],
        "score": ["3"],
        "recorded": ["2023-02-02", "2022"],
        "codebook": ["newest", "5C0FFEE1"],
    },
    "external_codings": {
        "source": [""],
        "url": ["a.example"],
        "as_of": [""],
        "actor": ["arc"],
        "category": [""],
        "score": ["-3"],
        "list": [""],
        "basis": ["rumour"],
        "quality": ["good"],
    },
}  # fmt: skip
# The line of the row that gets the cell, where it is not the first.
ROWS = {"acts": 3, "actors": 3}


def test_each_cell_that_breaks_a_rule_is_told_with_its_line_and_column(
    folder: Folder, golden: Golden
) -> None:
    lines = {
        (table, column, text): folder.add(table, ROWS.get(table, 2), **{column: text})
        for table, columns in CELLS.items()
        for column, texts in columns.items()
        for text in texts
    }
    faults = folder.faults()
    cases: dict[str, list[str]] = {}
    for (table, column, _), line in lines.items():
        place = f"{table}.csv:{line} {column}: "
        told = [fault.removeprefix(place) for fault in faults if fault.startswith(place)]
        assert told, place
        cases.setdefault(f"{table} {column}", []).extend(told)
    golden(cases)


def test_every_column_with_a_rule_of_its_own_is_tried(six: stances.Dataset) -> None:
    # Ids and references are tried with the rules between tables.
    elsewhere = {
        "event_id", "source_id", "act_id", "source_ids", "ended_by", "actor", "why", "act_ids",
        "event_ids",
    }  # fmt: skip
    for table in schema.tables(six.codebook, TODAY).values():
        for column in table.columns:
            assert column.name in CELLS[table.name] or column.name in elsewhere, column.name


@each(
    ("table", "line", "cells"),
    [
        ("events", 2, {"title": "t" * schema.LONGEST_TITLE}),
        ("events", 2, {"title": "名" * schema.LONGEST_TITLE}),
        ("events", 2, {"recorded": "2023-02-01"}),
        ("events", 2, {"score": "", "end_date": "2020-01-01", "note": ""}),
        ("events", 2, {"title": "=1+1", "speaker": "-", "summary": "\u200f<script>$$[a](b)"}),
        ("sources", 2, {"url": "https://xn--bcher-kva.example/ü?q=%20#x", "published": ""}),
        ("sources", 2, {"published": "2020-02-29"}),
        ("acts", 2, {"name": "n" * schema.LONGEST_ACT_NAME}),
        ("acts", 2, {"obligation": "o" * schema.LONGEST_OBLIGATION, "scope": "streets"}),
        ("acts", 2, {"adopted": "2020", "in_force_from": "2020-01", "legal_url": ""}),
        ("acts", 3, {"note": ""}),
        ("deadlines", 5, {"deadline": "2999", "note": ""}),
        ("codings", 2, {"coder": "Maria K"}),
        ("codings", 2, {"coder": "desk-2"}),
        ("actors", 3, {"lon": "-180", "lat": "90.0"}),
        ("memberships", 2, {"left": "2019-01-02"}),
        ("memberships", 2, {"group": "G7"}),
        ("memberships", 2, {"group": "5 Ojos"}),
        ("memberships", 2, {"group": "China-CEEC 17-1"}),
        ("memberships", 2, {"group": "Visegr\u00e1d Four"}),
        ("external_codings", 2, {"score": "", "quality": ""}),
    ],
    usual=6,
)
def test_the_edge_of_what_is_allowed_is_allowed(
    folder: Folder, table: str, line: int, cells: dict[str, str]
) -> None:
    folder.edit(table, line, **cells)
    assert folder.faults() == []


def test_a_cell_that_is_taken_can_be_put_into_xml() -> None:
    # The characters of XML 1.0: all others make a feed that no reader opens. What is not UTF-8,
    # half a pair of surrogates included, has been told by the time cells are read.
    texts = pd.Series([chr(code) for code in range(1, 0x11000) if not 0xD800 <= code <= 0xDFFF])
    frame = pd.DataFrame({"source": texts.radd("a").add("b")}, dtype="str")
    column = schema.Column("source", "text", "Any text")
    note = schema.cell_faults(schema.Table("any", "", (column,)), frame, range(len(frame)), "any")
    refused = {texts[fault.line] for fault in note}
    assert {text for text in texts if not _in_xml(text)} - refused == set()
    assert not refused & set("é名\u200d\ufffd\U00010000")


def _in_xml(text: str) -> bool:
    try:
        expat.ParserCreate().Parse(f"<a>{text if text not in '<&' else ''}</a>", True)
    except expat.ExpatError:
        return False
    return True


def test_a_cell_with_two_faults_is_told_the_first(folder: Folder) -> None:
    folder.edit("events", 2, date="\n")
    text = [fault for fault in folder.faults() if fault.startswith("events.csv:2 date: ")]
    assert text == [r"events.csv:2 date: \n is empty"]


def test_cells_are_converted_each_to_its_kind(six: stances.Dataset) -> None:
    kinds = {"day": "datetime64[s]", "whole": "Int64", "number": "float64", "truth": "bool"}
    for name, table in schema.tables(six.codebook, TODAY).items():
        frame: pd.DataFrame = getattr(six, name)
        assert list(frame.columns) == table.header
        for column in table.columns:
            assert str(frame[column.name].dtype) == kinds.get(column.kind, "str"), column.name
    assert six.events["score"].tolist() == [-2, -1, 0, 1, -1, 2]
    assert six.events["landmark"].tolist() == [True] + [False] * 5
    assert six.actors["lon"].tolist() == [10.5, -3.25, 20, 0]
    assert six.memberships["left"].isna().tolist() == [False, True, True]
    assert np.isnan(six.external_codings["score"].astype("float64")[2])
    assert six.events["note"].tolist()[:2] == ["", "One report only"]


def test_a_table_without_rows_has_the_same_types(folder: Folder) -> None:
    full = folder.load()
    for table in schema.TABLE_NAMES:
        if table in ("actors", "memberships"):
            continue
        folder.keep(table, 1)
    empty = folder.load()
    for table in schema.TABLE_NAMES:
        before, after = getattr(full, table).dtypes, getattr(empty, table).dtypes
        pd.testing.assert_series_equal(before, after, obj=table)


def test_texts_that_look_missing_stay_texts(folder: Folder) -> None:
    folder.edit("events", 2, speaker="NA", title="null", summary="None")
    row = folder.load().events.iloc[0]
    assert (row.speaker, row.title, row.summary) == ("NA", "null", "None")


def test_the_schema_does_not_change_with_the_day(six: stances.Dataset) -> None:
    one, other = (schema.tables(six.codebook, day) for day in (TODAY, six.codebook.first_date))
    assert [t.header for t in one.values()] == [t.header for t in other.values()]


def test_a_profile_may_tell_of_years_and_parts(folder: Folder) -> None:
    folder.edit("profiles", 2, text="Out of 5G-1 cores by 2024-25, the first 3-2 in the chamber.")
    assert folder.faults() == []


@pytest.mark.parametrize("coder", CODERS_TAKEN)
def test_a_coder_has_any_name_of_a_person(folder: Folder, coder: str) -> None:
    folder.edit("codings", 2, coder=coder)
    assert folder.faults() == []
