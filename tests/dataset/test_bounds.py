"""Of junk so much is told as helps, and not much more is read."""

from __future__ import annotations

import pickle
import sys
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from stances import DataFaults, Fault
from stances.dataset import reading
from stances.dataset.characters import has_unseen, is_blank
from stances.dataset.days import first_day, last_day
from stances.dataset.faults import MOST_FAULTS, some_left_out
from tests.folders import Folder

MORE = f"has more than {MOST_FAULTS} faults, of which {MOST_FAULTS} are told"


def test_of_a_file_so_many_faults_are_told_and_that_there_are_more() -> None:
    many = [Fault("many.csv", line, "", "wrong") for line in range(1, MOST_FAULTS + 2)]
    enough = [Fault("enough.csv", line, "", "wrong") for line in range(1, MOST_FAULTS + 1)]
    text = DataFaults([*many, *enough]).faults
    assert text == (*enough, Fault("many.csv", 0, "", MORE), *many[:-1])
    assert some_left_out(text)
    assert not some_left_out(enough)
    # Faults that were told already are told once more with others.
    assert DataFaults([*text, many[-1]]).faults == text
    assert DataFaults(text).faults == text
    # A process beside that reads a folder hands them back.
    assert pickle.loads(pickle.dumps(DataFaults(text))).faults == text


def test_a_fault_is_no_longer_than_a_line_can_be() -> None:
    text = Fault("a.csv", 1, "b", "x" * 100_000).message
    assert len(text) == 1_000
    assert text.endswith("…")


def _lines(*lines: str) -> Callable[[Folder], None]:
    """Return a function that puts lines at the end of a table, time and again."""

    def put(folder: Folder) -> None:
        path = folder.path / "codings.csv"
        path.write_bytes(path.read_bytes() + ("\n".join(lines) + "\n").encode())

    return put


REPEATED = "ARC-20200101-roads-order,first,-2,"


@pytest.mark.parametrize(
    "junk",
    [
        _lines(*["junk"] * 300),
        _lines(*[",,,"] * 300),
        _lines(*[REPEATED] * 300),
        _lines(*[f"nobody-{number},first,1," for number in range(300)]),
        _lines(*[f"{REPEATED}{sign}" for sign in "\x01" * 300]),
    ],
    ids=["uneven", "empty", "repeated", "unresolved", "control"],
)
def test_junk_of_any_kind_is_told_in_few_lines(
    folder: Folder, junk: Callable[[Folder], None]
) -> None:
    junk(folder)
    first, *others = folder.faults()
    assert first == f"codings.csv: {MORE}"
    assert len(others) == MOST_FAULTS
    assert all(line.startswith("codings.csv:") for line in others)


def test_not_all_of_the_junk_is_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    rows = reading._rows

    def count_rows(*of: object) -> object:
        for row in rows(*of):  # type: ignore[arg-type]
            read.append(1)
            yield row

    monkeypatch.setattr(reading, "_rows", count_rows)
    monkeypatch.setattr(reading, "_ROWS_AT_ONCE", 500)
    _lines(*[",,,"] * 50_000)(folder)
    assert len(folder.faults()) == 1 + MOST_FAULTS
    assert len(read) < 2_000


def test_codebooks_of_junk_are_told_in_few_lines(folder: Folder) -> None:
    path = folder.path / "codebook.toml"
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"k{number} = 1\n" for number in range(300))
    text = folder.faults()
    assert text[0] == f"codebook.toml: {MORE}"
    assert len(text) == 1 + MOST_FAULTS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 10_001, "codings.csv:1 the line has 10,000 characters or more"),
        ("event_id,coder,score,why\n" + "," * 900_000, "codings.csv:2 the line has 786,432 "),
        (",".join(f"c{number}" for number in range(1_000)), "codings.csv:1 wrong header: missing "),
    ],
    ids=["header", "line", "columns"],
)
def test_a_line_that_no_row_can_have_is_not_taken_apart(
    folder: Folder, text: str, message: str
) -> None:
    (folder.path / "codings.csv").write_text(text)
    (fault,) = folder.faults()
    assert fault.startswith(message)
    assert len(fault) < 1_100


# -- dates known in part: a day, a month or a year, from their first day to their last -------------


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2019-03-04", date(2019, 3, 4), date(2019, 3, 4)),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_known_in_part_has_a_first_and_a_last_day(
    partial: str, first: date, last: date
) -> None:
    assert (first_day(partial), last_day(partial)) == (first, last)


# -- characters that are not what they seem --------------------------------------------------------


# Default_Ignorable_Code_Point of DerivedCoreProperties.txt, first and last.
IGNORABLE = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
# Of format, and seen all the same: what stands over or around the figures that follow.
VISIBLE = {0x70F, 0x6DD, 0x8E2, 0x890, 0x891, 0x110BD, 0x110CD, *range(0x600, 0x606)}


def of_format() -> list[str]:
    letters = map(chr, range(sys.maxunicode + 1))
    return [c for c in letters if unicodedata.category(c) == "Cf" and ord(c) not in VISIBLE]


def test_what_a_font_may_leave_out_is_unseen() -> None:
    ignorable = [chr(n) for first, last in IGNORABLE for n in range(first, last + 1)]
    for sign in (*ignorable, *of_format(), "\U0001343f", "\u2800", "\ufffc"):
        assert has_unseen(f"a{sign}b"), hex(ord(sign))
        assert is_blank(f" {sign}"), hex(ord(sign))
        assert not is_blank(f"a{sign}")


@pytest.mark.parametrize(
    "text", ["", " \u00a0\t", "\u0300", "\u0903", "\u200b \u20dd", "\u3164\u0300"]
)
def test_marks_without_a_letter_are_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize(
    "text", ["e\u0301", "-\u0301", "+", "\u0621", "\U0001f468\u200d\U0001f467"]
)
def test_whatever_is_seen_is_not(text: str) -> None:
    assert not is_blank(text)


def test_letters_of_any_script_are_seen() -> None:
    for text in ("a\u0301o\u0308", "\u09b8\u09cd\u09a4", "\u30fc", "\u0600\u0661"):
        assert not has_unseen(text)
