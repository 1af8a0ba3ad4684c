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
from stances.dataset.names import ACTOR_CODE, CODER_NAME
from tests.depth import each
from tests.folders import TODAY, Folder

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
    ("\u200d", r"\u200d"), ("\u200b", r"\u200b"), ("\u200f", r"\u200f"), ("\u3164", "\u3164"),
    ("\U000e0041", r"\U000e0041"), ("\u00ad", r"\xad"), ("\ufeff", r"\ufeff"), ("\ufe0f", "\ufe0f"),
    ("\U0001d173", r"\U0001d173"), ("\U0001bca0", r"\U0001bca0"), ("\ufffc", "\ufffc"),
)  # fmt: skip

# What a browser takes for the sign that ends a user, or a host.
MEANT_FOR_USERS = [
    sign
    for sign in map(chr, range(128, sys.maxunicode + 1))
    if set(unicodedata.normalize("NFKC", sign)) & {"@", "\\"}
]

# Of format alone, a mark without its letter, signs for nothing.
BLANKS = (
    ("\U0001d173", r"\U0001d173"), ("\u0300", "\u0300"), (" \u20dd\ufe0f", " \u20dd\ufe0f"),
    ("\ufffc", "\ufffc"), ("\u034f\u034f", "\u034f\u034f"), ("\u115f\u1160", "\u115f\u1160"),
)  # fmt: skip

# table, line, column, what is put there, what is told of it
CELLS = [
    ("events", 2, "score", "5", "5 is outside -2..2"),
    ("events", 2, "score", "-3", "-3 is outside -2..2"),
    ("events", 2, "score", "1.0", "1.0 is not a whole number"),
    ("events", 2, "score", "+1", "+1 is not a whole number"),
    ("events", 2, "score", " 1", " 1 is not a whole number"),
    ("events", 2, "score", "nan", "nan is not a whole number"),
    ("events", 2, "score", FULLWIDTH_ONE, f"{FULLWIDTH_ONE} is not a whole number"),
    ("events", 2, "score", "9" * 400, f"{'9' * 59}… is not a whole number"),
    ("events", 2, "date", "1999-12-31", "1999-12-31 is before 2000-01-01"),
    ("events", 2, "date", "2023-02-01", "2023-02-01 is after today, 2023-01-31"),
    ("events", 2, "date", "2020-02-30", "2020-02-30 is not a day such as 2019-03-04"),
    ("events", 2, "date", "2020-1-1", "2020-1-1 is not a day such as 2019-03-04"),
    ("events", 2, "date", "2020-01-01T00:00", "2020-01-01T00:00 is not a day such as 2019-03-04"),
    ("events", 2, "date", "", '"" is empty'),
    ("events", 2, "date_precision", "week", "week is not one of: day, month, year"),
    ("events", 2, "date_precision", "", '"" is empty'),
    ("events", 2, "end_date", "soon", "soon is not a day such as 2019-03-04"),
    ("events", 2, "end_date", "2019-12-31", "2019-12-31 is before the date of the event"),
    ("events", 2, "domain", "sea", "sea is not one of: roads, schools"),
    ("events", 2, "domain", "Roads", "Roads is not one of: roads, schools"),
    ("events", 2, "domain", "overall", "overall is not one of: roads, schools"),
    ("events", 2, "instrument", "law", "law is not one of: speech, plan, order, permit, repeal"),
    ("events", 2, "confidence", "high", "high is not one of: sure, likely, doubtful"),
    ("events", 2, "landmark", "true", "true is not yes or no"),
    ("events", 2, "landmark", "", '"" is empty'),
    ("events", 2, "title", LONG_TITLE, f"longer than 90 characters: {'t' * 59}…"),
    ("events", 2, "title", "  ", '"  " is empty'),
    ("events", 2, "title", "a\tb", r"a\tb has a line break or a control character"),
    ("events", 2, "title", "a\x00b", r"a\x00b has a line break or a control character"),
    ("events", 2, "title", "a\x85b", r"a\x85b has a line break or a control character"),
    ("events", 2, "title", "a\u2028b", r"a\u2028b has a line break or a control character"),
    ("events", 2, "title", "a\u202eb", r"a\u202eb has a line break or a control character"),
    ("events", 2, "title", "a\u2066b", r"a\u2066b has a line break or a control character"),
    ("events", 2, "title", "a\ufffeb", r"a\ufffeb has a line break or a control character"),
    ("events", 2, "summary", "a\uffffb", r"a\uffffb has a line break or a control character"),
    ("events", 2, "summary", "", '"" is empty'),
    ("events", 2, "summary", "a\nb", r"a\nb has a line break or a control character"),
    ("events", 2, "speaker", "", '"" is empty'),
    ("events", 2, "note", "a\rb", r"a\rb has a line break or a control character"),
    ("events", 2, "recorded", "", '"" is empty'),
    ("events", 2, "recorded", "0000-01-01", "0000-01-01 is not a day such as 2019-03-04"),
    ("events", 2, "recorded", "1999-12-31", "1999-12-31 is before 2000-01-01"),
    ("events", 2, "recorded", "2023-02-02", "2023-02-02 is after tomorrow, 2023-02-01"),
    ("events", 2, "recorded", "2206-06-24", "2206-06-24 is after tomorrow, 2023-02-01"),
    ("sources", 2, "url", "ftp://x.example/", "ftp://x.example/ is not an http or https address"),
    ("sources", 2, "url", "javascript:alert(1)",
     "javascript:alert(1) is not an http or https address"),
    ("sources", 2, "url", "https://", "https:// is not an http or https address"),
    ("sources", 2, "url", "https:///a", "https:///a is not an http or https address"),
    ("sources", 2, "url", "https://[", "https://[ is not an http or https address"),
    ("sources", 2, "url", "https://a b", "https://a b is not an http or https address"),
    ("sources", 2, "url", " http://a.example", " http://a.example is not an http or https address"),
    ("sources", 2, "url", "http://a@b.example", "http://a@b.example names a user before its host"),
    *(("sources", 2, "url", f"http://a{sign}b.example/",
       f"http://a{sign}b.example/ names a user before its host")
      for sign in MEANT_FOR_USERS),
    ("sources", 2, "url", "https://a:b@c.example",
     "https://a:b@c.example names a user before its host"),
    ("sources", 2, "url", "https://a.example\\@b.example/",
     "https://a.example\\@b.example/ names a user before its host"),
    ("sources", 2, "url", "https://a.example/\u200b",
     r"https://a.example/\u200b has a character that cannot be seen"),
    ("sources", 2, "publisher", "", '"" is empty'),
    ("sources", 2, "publisher", "\u2060\u200b", r"\u2060\u200b is empty"),
    ("sources", 2, "publisher", "A\u00adB", r"A\xadB has a character that cannot be seen"),
    ("sources", 2, "title", "", '"" is empty'),
    ("sources", 2, "published", "2020-13",
     "2020-13 is not a day, month or year such as 2019-03-04"),
    ("sources", 2, "published", "May 2020",
     "May 2020 is not a day, month or year such as 2019-03-04"),
    ("sources", 2, "published", "202", "202 is not a day, month or year such as 2019-03-04"),
    ("sources", 2, "language", "eng", "eng is not of the form [a-z]{2}"),
    ("sources", 2, "checked", "yes", "yes is not one of: read, cited"),
    ("sources", 2, "tier", "", '"" is empty'),
    ("sources", 2, "tier", "radio", "radio is not one of: gazette, paper, copy"),
    ("acts", 2, "domain", "sea", "sea is not one of: roads, schools"),
    ("acts", 2, "name", "", '"" is empty'),
    ("acts", 2, "name", "An\u200dact", r"An\u200dact has a character that cannot be seen"),
    ("acts", 2, "note", "\u200b", r"\u200b is empty"),
    ("acts", 2, "name", "n" * 61, f"longer than 60 characters: {'n' * 59}…"),
    ("acts", 2, "obligation", "o" * 171, f"longer than 170 characters: {'o' * 59}…"),
    ("acts", 2, "scope", "", '"" is empty'),
    ("acts", 2, "scope", "streets;",
     "streets; is not one or more, with ; between, of: bridges, streets, lessons"),
    ("acts", 2, "scope", "streets;sky",
     "streets;sky is not one or more, with ; between, of: bridges, streets, lessons"),
    ("acts", 2, "aim", "all", "all is not one of: named, size"),
    ("acts", 2, "adopted", "2020-13", "2020-13 is not a day, month or year such as 2019-03-04"),
    ("acts", 2, "adopted", "2023-02", "2023-02 is after today, 2023-01-31"),
    ("acts", 2, "in_force_from", "soon", "soon is not a day, month or year such as 2019-03-04"),
    ("acts", 3, "deadline", "20", "20 is not a day, month or year such as 2019-03-04"),
    ("acts", 3, "deadline_kind", "stop", "stop is not one of: removal, lapse"),
    ("acts", 3, "deadline_what", "a\tb", r"a\tb has a line break or a control character"),
    ("acts", 2, "ended", "2020-10-32",
     "2020-10-32 is not a day, month or year such as 2019-03-04"),
    ("acts", 2, "ended_how", "gone", "gone is not one of: repealed, forgotten"),
    ("acts", 2, "legal_reference", "a\nb", r"a\nb has a line break or a control character"),
    ("acts", 2, "legal_url", "javascript:a()",
     "javascript:a() is not an http or https address"),
    ("acts", 2, "penalty", "a\nb", r"a\nb has a line break or a control character"),
    ("acts", 2, "used", "a\nb", r"a\nb has a line break or a control character"),
    ("acts", 2, "confidence", "high", "high is not one of: sure, likely, doubtful"),
    ("acts", 2, "note", "a\nb", r"a\nb has a line break or a control character"),
    ("acts", 2, "recorded", "2023-02-02", "2023-02-02 is after tomorrow, 2023-02-01"),
    ("acts", 2, "applied", "", '"" is empty'),
    ("acts", 2, "applied", "often", "often is not one of: yes, eased, no, unknown"),
    ("acts", 2, "applied_what", "w" * 111, f"longer than 110 characters: {'w' * 59}…"),
    ("acts", 2, "applied_since", "soon", "soon is not a day, month or year such as 2019-03-04"),
    ("acts", 2, "doubt", "d" * 141, f"longer than 140 characters: {'d' * 59}…"),
    ("deadlines", 2, "deadline", "", '"" is empty'),
    ("deadlines", 2, "deadline", "2021-13",
     "2021-13 is not a day, month or year such as 2019-03-04"),
    ("deadlines", 2, "kind", "stop", "stop is not one of: removal, lapse"),
    ("deadlines", 2, "part", "roof",
     "roof is not one of: core, access, management, transport, all, other"),
    ("deadlines", 2, "what", "", '"" is empty'),
    ("deadlines", 2, "what", "w" * 81, f"longer than 80 characters: {'w' * 59}…"),
    ("deadlines", 2, "note", "a\nb", r"a\nb has a line break or a control character"),
    ("profiles", 2, "as_of", "2021-04", "2021-04 is not a day such as 2019-03-04"),
    ("profiles", 2, "as_of", "2023-02-01", "2023-02-01 is after today, 2023-01-31"),
    ("profiles", 2, "text", "", '"" is empty'),
    ("profiles", 2, "text", "t" * 321, f"longer than 320 characters: {'t' * 59}…"),
    *(("profiles", 2, "text", text, f"{text} has the figure of a score")
      for text in ("It is at -2.", "It is at +1.5", "From 0 to \u22121")),
    ("profiles", 2, "recorded", "2023-02-02", "2023-02-02 is after tomorrow, 2023-02-01"),
    ("actors", 3, "article", "a", "a is not one of: the"),
    ("actors", 3, "name", "", '"" is empty'),
    *(("actors", 3, "name", f"Bor{sign}ia", f"Bor{text}ia has a character that cannot be seen")
      for sign, text in UNSEEN),
    ("actors", 3, "short_name", "", '"" is empty'),
    ("actors", 3, "short_name", "\u200b \u2060", r"\u200b \u2060 is empty"),
    *(("actors", 3, "short_name", text, f"{note} is empty") for text, note in BLANKS),
    ("actors", 3, "region", "", '"" is empty'),
    ("actors", 4, "kind", "party", "party is not one of: state, league, company"),
    ("actors", 3, "lon", "181", "181 is outside -180..180"),
    ("actors", 3, "lon", "1e2", "1e2 is not a number"),
    ("actors", 3, "lon", "nan", "nan is not a number"),
    ("actors", 3, "lat", "-90.1", "-90.1 is outside -90..90"),
    ("actors", 3, "lat", "", '"" is empty'),
    ("memberships", 2, "group", "", '"" is empty'),
    *(("memberships", 2, "group", name,
       f"{name} is not of Latin letters and digits with single spaces or hyphens between")
      for name in NAMES_REFUSED),
    ("memberships", 2, "joined", "", '"" is empty'),
    ("memberships", 2, "left", "2019-01-01", "2019-01-01 is not after the day of joining"),
    ("memberships", 2, "left", "never", "never is not a day such as 2019-03-04"),
    *(("codings", 2, "coder", name, f"{name} is not of {CODER_NAME.text}")
      for name in CODERS_REFUSED),
    ("codings", 2, "score", "3", "3 is outside -2..2"),
    ("external_codings", 2, "source", "", '"" is empty'),
    ("external_codings", 2, "url", "a.example", "a.example is not an http or https address"),
    ("external_codings", 2, "as_of", "",  '"" is empty'),
    ("external_codings", 2, "actor", "arc", f"arc is not of the form {ACTOR_CODE}"),
    ("external_codings", 2, "category", "", '"" is empty'),
    ("external_codings", 2, "score", "-3", "-3 is outside -2..2"),
    ("external_codings", 2, "list", "", '"" is empty'),
    ("external_codings", 2, "basis", "rumour", f"rumour is not one of: {', '.join(schema.BASES)}"),
    ("external_codings", 2, "quality", "good", "good is not one of: weak"),
]  # fmt: skip


@each("table", schema.TABLE_NAMES, usual=2)
def test_each_cell_that_breaks_a_rule_is_told_with_its_line_and_column(
    folder: Folder, table: str
) -> None:
    expected = []
    for _, line, column, text, note in (case for case in CELLS if case[0] == table):
        at = folder.add(table, line, **{column: text})
        expected.append(f"{table}.csv:{at} {column}: {note}")
    faults = folder.faults()
    assert expected
    assert [note for note in expected if note not in faults] == []


def test_every_column_with_a_rule_of_its_own_is_tried(six: stances.Dataset) -> None:
    tried = {(table, column) for table, _, column, _, _ in CELLS}
    # Ids and references are tried with the rules between tables.
    elsewhere = {
        "event_id", "source_id", "act_id", "source_ids", "ended_by", "actor", "why", "act_ids",
        "event_ids",
    }  # fmt: skip
    for table in schema.tables(six.codebook, TODAY).values():
        for column in table.columns:
            assert (table.name, column.name) in tried or column.name in elsewhere, column.name


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
