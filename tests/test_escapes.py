"""The kit of escapes: whatever a text says, where it arrives it is a text."""

from __future__ import annotations

import ast
import csv
import html
import io
import json
import re
import sys
import unicodedata
from urllib.parse import unquote
from xml.etree import ElementTree as Xml

import pytest

from stances import escapes
from stances.dataset.names import SLUG, slug
from tests.folders import ROOT
from tests.payloads import HEBREW, PAYLOADS

# What a text says, and what a spreadsheet gets.
CELLS = [
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'),
    ("=a,b", "'=a,b"),
    ("\t=1", "'\t'=1"),
    # A lone CR would break the row for some readers, so it becomes a space.
    ("\r=1", "' '=1"),
    ("\t", "'\t"),
    # Full-width, small, raised signs, and those of other scripts.
    *((f"{sign}1+1", f"'{sign}1+1") for sign in "\uff1d\uff0b\uff0d\uff20\ufe66\u207c\ufb29\u2212"),
    *((f"{sign}1+1", f"'{sign}1+1") for sign in "\u2a75\u2a76"),
    # After blanks of each kind, and what takes no room.
    *((f"{blank}=1+1", f"'{blank}=1+1") for blank in " \u00a0\u3000\u2003\u200b\ufeff\u00ad\u3164"),
    # After what a spreadsheet may split at.
    ("a;=1+1", "a;'=1+1"),
    ("a; =1+1", "a;' =1+1"),
    ('a;"=1+1"', 'a;\'"=1+1"'),
    ("a;;\uff20b", "a;;'\uff20b"),
    ("a|=1+1|-cmd", "a|'=1+1|'-cmd"),
    ("a\t=1+1", "a\t'=1+1"),
    ("a\n=1+1", "a\n'=1+1"),
    ("a;-1+cmd|' /C calc'!A0", "a;'-1+cmd|' /C calc'!A0"),
    ("a; -1 if so", "a;' -1 if so"),
    # After what is read as that once it is normalised, and quotation marks that are.
    *((f"a{split}=1", f"a{split}'=1") for split in "\u037e\ufe14\ufe54\uff1b\uff5c"),
    ('a;\uff02=1"', "a;'\uff02=1\""),
    # A number that the end of the text does not end, or another sign than the one before it.
    ("a; -1", "a;' -1"),
    ("a; +2,5", "a;' +2,5"),
    ("a;-1|b;c", "a;'-1|b;c"),
    ("a|-1;b|c", "a|'-1;b|c"),
    ("a\t-1;b", "a\t'-1;b"),
    # What runs nothing stays.
    ("a;-1;b", "a;-1;b"),
    ("a; +2,5 ;b|-3|c", "a; +2,5 ;b|-3|c"),
    ("a-b = c; d+e", "a-b = c; d+e"),
    ("a@b.example", "a@b.example"),
    ("'=1", "'=1"),
    ("1;2", "1;2"),
    ("", ""),
]
# What a text may end in, to have the one after it run where a semicolon parts the cells.
RUNS = "0+cmd|' /C calc'!A0;"
UNSEEN = '"\uff02\u200b\ufeff\u00ad\u3164'
SIGNS = re.compile(r"[=+\-@\u2212]")


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_a_cell_runs_nothing(text: str, expected: str) -> None:
    assert escapes.cell(text) == expected
    assert escapes.cell(expected).replace("'", "") == expected.replace("'", "")


@pytest.mark.parametrize("split", [",", ";", "\t", "|"])
def test_no_cell_starts_with_a_sign_however_the_file_is_split(split: str) -> None:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(
        [["first", escapes.cell(text), RUNS, "last"] for text, _ in CELLS]
    )
    for row in csv.reader(io.StringIO(made.getvalue(), newline=""), delimiter=split):
        for result in row:
            start = unicodedata.normalize("NFKC", result.strip().strip(UNSEEN).strip())
            number = re.fullmatch(r"[+-][0-9]+([.,][0-9]+)?", start)
            assert number or not SIGNS.match(start), result


def test_whatever_is_a_sign_once_it_is_normalised_starts_nothing() -> None:
    letters = map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1)))
    signs = [c for c in letters if SIGNS.match(unicodedata.normalize("NFKC", c))]
    assert {"=", "\u2a75"} < set(signs)
    assert [c for c in signs if escapes.cell(f"{c}1") != f"'{c}1"] == []
    assert [c for c in signs if escapes.cell(f"a; {c}1") != f"a;' {c}1"] == []


@pytest.mark.parametrize("text", PAYLOADS)
def test_markup_reads_as_the_text(text: str) -> None:
    made = escapes.html(text)
    assert html.unescape(made) == text
    assert not set(made) & set("<>\"'")
    assert html.unescape(escapes.chart(text)) == text
    assert not set(escapes.chart(text)) & set("<>")


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_label_reads_as_the_text_once_its_escapes_are_gone(text: str) -> None:
    made = escapes.label(text)
    # Markdown takes a backslash before a sign of ASCII for an escape.
    read = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", made)
    assert read.replace("\u2060", "") == text.strip().replace("\u2060", "")
    assert not re.search(r":[\w+-]+:|:material/", made)


def test_a_label_without_signs_stays() -> None:
    for text in ("Half-life (days): 3", "a, b; c. 100 % & more", "It's 1/2", HEBREW):
        assert escapes.label(text) == escapes.spoken_label(text) == text
    for text in ("C#: yes!", "3 - 2 = 1", "a @ b", "a.example/b"):
        assert escapes.label(text) == text


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_is_heard_has_no_signs(text: str) -> None:
    heard = escapes.spoken_label(text)
    assert not re.search(r"[\\`*_\[\]<>~$@#!^|={}]|:\S|&\S|//|www\.", heard)
    letters = re.findall(r"[^\W\d_]", text)
    assert re.findall(r"[^\W\d_]", heard) == letters


def test_a_name_from_right_to_left_keeps_its_direction_to_itself() -> None:
    assert escapes.isolate(HEBREW) == f"\u2068{HEBREW}\u2069"
    assert escapes.isolate("Bor\u00e9 (x)") == "Bor\u00e9 (x)"


@pytest.mark.parametrize("text", PAYLOADS)
def test_writers_and_names_of_files_hold_every_text(text: str) -> None:
    assert json.loads(json.dumps(text, ensure_ascii=False)) == text
    element = Xml.Element("a", {"b": text})
    element.text = text
    read = Xml.fromstring(Xml.tostring(element, encoding="unicode"))
    assert (read.text, read.get("b")) == (text, text)
    assert re.fullmatch(f"(?:{SLUG})?", slug(text))


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_is_escaped_can_be_had_as_it_was_written(text: str) -> None:
    assert escapes.as_written(escapes.html(text)) == text
    assert escapes.as_written(escapes.chart(text)) == text


def test_no_other_place_escapes_by_itself() -> None:
    own = []
    for path in sorted((ROOT / "stances").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = [node.module] if isinstance(node, ast.ImportFrom) else []
            named += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if {"html", "xml.sax.saxutils"} & set(named) and path.name != "escapes.py":
                own.append(f"{path.name}:{node.lineno}")
    assert own == []


# What DOMPurify, by which Streamlit cleans markup, drops an attribute for.
DROPPED_FOR = re.compile(
    r"((--!?|])>)|</(style|script|title|xmp|textarea|noscript|iframe)", re.IGNORECASE
)


@pytest.mark.parametrize("text", ["a --> b", "a ]> b", "</title>", "67 %", "%3C", *PAYLOADS])
def test_what_is_copied_is_kept_by_what_cleans_markup_and_comes_back(text: str) -> None:
    value = html.unescape(escapes.clipboard(text))
    assert not DROPPED_FOR.search(value)
    assert unquote(value) == text
