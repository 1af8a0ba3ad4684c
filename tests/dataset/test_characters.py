"""Characters that are not what they seem."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from stances.dataset.characters import has_unseen, is_blank

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
