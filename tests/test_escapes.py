"""The kit of escapes: whatever a text says, where it arrives it is a text."""

from __future__ import annotations

import csv
import io
import re

import pytest

from stances import escapes

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
    # What runs nothing stays.
    ("a; -1", "a; -1"),
    ("a;-1;b", "a;-1;b"),
    ("a; +2,5", "a; +2,5"),
    ("a-b = c; d+e", "a-b = c; d+e"),
    ("a@b.example", "a@b.example"),
    ("'=1", "'=1"),
    ("1;2", "1;2"),
    ("", ""),
]
SIGNS = re.compile(r"[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]")


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_a_cell_runs_nothing(text: str, expected: str) -> None:
    assert escapes.cell(text) == expected
    assert escapes.cell(expected).replace("'", "") == expected.replace("'", "")


@pytest.mark.parametrize("split", [",", ";", "\t", "|"])
def test_no_cell_starts_with_a_sign_however_the_file_is_split(split: str) -> None:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(
        [["first", escapes.cell(text), "last"] for text, _ in CELLS]
    )
    for row in csv.reader(io.StringIO(made.getvalue(), newline=""), delimiter=split):
        for found in row:
            start = found.strip().strip('"\u200b\ufeff\u00ad\u3164').strip()
            number = re.fullmatch(r"[+-][0-9]+([.,][0-9]+)?", start.rstrip('",last'))
            assert number or not SIGNS.match(start), found
