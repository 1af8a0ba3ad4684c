"""Dates known in part: a day, a month or a year, from their first day to their last."""

from __future__ import annotations

from datetime import date

import pytest

from stances.dataset.days import first_day, last_day


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
