"""Events that may be one recorded twice are named: same actor, near date, like title."""

from __future__ import annotations

import pytest

from stances.dataset.doubles import probable_doubles

KNOWN = {
    "event_id": "ARC-20200101-bars",
    "actor": "ARC",
    "date": "2020-01-01",
    "date_precision": "day",
    "title": "Arcadia bars Acme from its roads",
}


@pytest.mark.parametrize(
    ("cells", "double"),
    [
        ({}, True),
        ({"date": "2020-01-11"}, True),
        ({"date": "2019-12-22"}, True),
        ({"date": "2020-01-12"}, False),
        ({"title": "ARCADIA BARS ACME FROM ROADS"}, True),
        ({"title": "King opens the new harbour"}, False),
        ({"actor": "BOR"}, False),
        ({"event_id": KNOWN["event_id"]}, False),
        ({"date": "2019-12-01", "date_precision": "month"}, True),
        ({"date": "2019-11-01", "date_precision": "month"}, False),
        ({"date": "2020-01-01", "date_precision": "year"}, True),
        ({"date": "2019-01-01", "date_precision": "year"}, True),
        ({"date": "2018-01-01", "date_precision": "year"}, False),
    ],
)
def test_what_is_taken_for_a_double(cells: dict[str, str], double: bool) -> None:
    event = KNOWN | {"event_id": "ARC-20200101-new"} | cells
    assert bool(probable_doubles(event, [KNOWN])) is double


def test_the_likest_comes_first() -> None:
    less = KNOWN | {
        "event_id": "ARC-20200101-a",
        "title": "Arcadia bars Acme from the roads of all",
    }
    new = KNOWN | {"event_id": "ARC-20200102-new"}
    assert [each["event_id"] for each in probable_doubles(new, [less, KNOWN])] == [
        KNOWN["event_id"],
        less["event_id"],
    ]
