"""The kit of wording."""

from __future__ import annotations

from datetime import date

import pytest

from stances import words
from stances.dataset.days import first_day, last_day


@pytest.mark.parametrize(
    ("value", "text"),
    [(-2.0, "−2.00"), (0.5, "+0.50"), (0.0, "0.00"), (-0.004, "0.00"), (float("nan"), "–")],
)
def test_a_figure_has_a_true_minus_and_a_zero_no_sign(value: float, text: str) -> None:
    assert words.figure(value) == text
    assert words.figure(1.26, 1) == "+1.3"


def test_a_day_is_no_more_exact_than_it_is_known() -> None:
    day = date(2026, 7, 2)
    assert [words.day(day, of) for of in ("day", "month", "year")] == [
        "2 Jul 2026", "Jul 2026", "2026",
    ]  # fmt: skip
    told = [words.partial(text) for text in ("2026-12-31", "2026-04", "2028", "")]
    assert told == ["31 Dec 2026", "Apr 2026", "2028", ""]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-05-06", date(2023, 5, 6), date(2023, 5, 6)),
    ],
)
def test_the_ends_of_a_date_known_in_part(text: str, first: date, last: date) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


def test_two_days_have_month_and_year_once_where_they_are_one() -> None:
    assert words.span(date(2026, 7, 2), date(2026, 7, 5)) == "2 and 5 Jul 2026"
    assert words.span(date(2025, 7, 2), date(2026, 7, 5)) == "2 Jul 2025 and 5 Jul 2026"
    assert words.span(date(2026, 1, 2), date(2026, 7, 2)) == "2 Jan and 2 Jul 2026"
    assert words.span(date(2025, 7, 2), date(2026, 7, 2)) == "2 Jul 2025 and 2 Jul 2026"


def test_counts() -> None:
    assert [words.number(n) for n in (0, 1, 12, 13, 1234)] == ["no", "one", "twelve", "13", "1,234"]
    assert words.number(3, start=True) == "Three"
    told = [words.plural(1, "rule"), words.plural(3, "country"), words.plural(1234, "day")]
    assert told == ["1 rule", "3 countries", "1,234 days"]


def test_lists_and_capitals() -> None:
    assert [words.joined([*"abc"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert words.joined(["a", "b"], "or") == "a or b"
    assert words.capital("the EU") == "The EU"
    assert [words.within(text) for text in ("Telecom networks", "EU funds")] == [
        "telecom networks", "EU funds",
    ]  # fmt: skip
