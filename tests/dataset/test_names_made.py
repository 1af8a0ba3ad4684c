"""Names made for new rows, and what tells that two addresses are one page."""

from __future__ import annotations

import pytest

from stances.dataset import ids
from stances.dataset.doubles import probable_doubles


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Arcadia bars Acme", "ARC-20200101-arcadia-bars-acme"),
        ("Étude à “Zürich”: 5G!", "ARC-20200101-etude-a-zurich-5g"),
        ("A b c " + "more " * 9, "ARC-20200101-a-b-c-more-more-more-more-more-more-more"),
        ("x" * 60, f"ARC-20200101-{'x' * 40}"),
    ],
)  # fmt: skip
def test_an_event_is_called_by_actor_day_and_title(title: str, expected: str) -> None:
    assert ids.event_id("ARC", "2020-01-01", title, ()) == expected


def test_a_title_in_another_script_gives_a_name_too() -> None:
    one, other = (ids.event_id("ARC", "2020-01-01", title, ()) for title in ("名", "号"))
    assert one != other
    assert one.startswith("ARC-20200101-")
    assert len(one) == len("ARC-20200101-") + 6


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = ["ARC-20200101-x", "ARC-20200101-x-2", "ARC-x"]
    assert ids.event_id("ARC", "2020-01-01", "X", taken) == "ARC-20200101-x-3"
    assert ids.act_id("ARC", "X", taken) == "ARC-x-2"


def test_a_source_is_called_by_publisher_and_address() -> None:
    made = ids.source_id("Báo Quốc Tế (The World and Vietnam)", "https://a.example/")
    assert made.startswith("bao-quoc-te-the-world-an-")
    assert made != ids.source_id("Báo Quốc Tế (The World and Vietnam)", "https://a.example/b")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/b", "http://a.example/b/", True),
        ("https://a.example/b", "https://A.example/b#top", True),
        ("https://a.example", "https://a.example/", True),
        ("https://a.example/b", "https://a.example/B", False),
        ("https://a.example/b?page=2", "https://a.example/b", False),
        ("https://a.example/b?page=2", "https://a.example/b?page=3", False),
    ],
)
def test_addresses_of_one_page(one: str, other: str, same: bool) -> None:
    assert (ids.same_page(one) == ids.same_page(other)) is same


def test_a_page_is_classed_as_most_of_its_host() -> None:
    known = [
        ("https://www.a.example/1", "copy"),
        ("https://a.example/2", "press"),
        ("http://a.example/3", "press"),
        ("https://b.example/3", "agency"),
    ]
    assert ids.most_common_of_host("https://a.example/new", known) == "press"
    assert ids.most_common_of_host("https://c.example/new", known) is None


# -- events that may be one recorded twice are named: same actor, near date, like title ------------


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
