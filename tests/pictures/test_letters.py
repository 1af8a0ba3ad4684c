"""Texts in lines that have room for them, by the widths of the typeface."""

from __future__ import annotations

import pytest

from stances.pictures.letters import STRONG, balance, cut, fit, is_known, lines, width

LONG = "Twenty-one of 27 members have an act in force that restricts Acme in roads; four exclude it"


def test_a_strong_text_is_wider() -> None:
    assert width(LONG, 20, STRONG) > width(LONG, 20) > width(LONG, 10) > 0


@pytest.mark.parametrize("text", [LONG, "x" * 200, "a " * 100, f"{'x' * 90} {LONG}"])
@pytest.mark.parametrize("space", [60, 333, 1120])
def test_lines_have_room_and_nothing_is_lost(text: str, space: int) -> None:
    result = lines(text, 20, space)
    assert all(width(line, 20) <= space for line in result)
    assert "".join(result).replace(" ", "") == text.replace(" ", "")


def test_what_has_no_room_ends_in_an_ellipsis() -> None:
    result = lines(LONG, 20, 300, most=2)
    assert len(result) == 2
    assert result[-1].endswith("\N{HORIZONTAL ELLIPSIS}")
    assert width(result[-1], 20) <= 300
    assert cut("short", 20, 300) == "short"


def test_a_day_stays_with_its_month() -> None:
    text = "Stances over all domains, 26 November 2026"
    space = width("Stances over all domains, 26", 20) + 1
    assert [" ".join(line.split()) for line in lines(text, 20, space)] == [
        "Stances over all domains,",
        "26 November 2026",
    ]


def test_lines_are_of_a_like_length() -> None:
    result = balance(LONG, 36, 1120, STRONG)
    assert len(result) == len(lines(LONG, 36, 1120, STRONG)) == 2
    first, second = (width(line, 36, STRONG) for line in result)
    assert abs(first - second) < 0.25 * first


def test_letters_become_smaller_before_anything_is_left_out() -> None:
    assert fit(LONG, (36, 20), 1120, 1)[0] == 20
    size, result = fit(LONG, (36, 20), 200, 2)
    assert (size, len(result)) == (20, 2)


def test_the_letters_of_the_typeface_are_known() -> None:
    assert is_known(
        "Żółć, Ελλάδα, Москва: \N{MINUS SIGN}1.2 \N{EN DASH} \N{LEFT DOUBLE QUOTATION MARK}"
    )
    assert not is_known("\N{ARABIC LETTER ALEF}")
