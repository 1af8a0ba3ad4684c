"""What pages share: parts of long tables, controls by their kind."""

from __future__ import annotations

import pandas as pd
import pytest

from stances.dataset.load import Dataset
from stances.links.pages import PAGES
from stances.pages import shared
from stances.pages.registry import MAKERS, page_of
from tests.render.pages import documents, drawn, view

ROWS = pd.DataFrame({"n": range(60)})


@pytest.mark.parametrize(
    ("at", "first", "count", "links"),
    [
        ("1", 0, 25, ["Next 25", "Show all 60"]),
        ("2", 25, 25, ["Next 10", "Show all 60", "Previous 25"]),
        ("3", 50, 10, ["Show all 60", "Previous 25"]),
        ("8", 50, 10, ["Show all 60", "Previous 25"]),
        (str(shared.ALL_ROWS), 0, 60, []),
    ],
)
def test_a_long_table_is_told_in_parts(
    six: Dataset, at: str, first: int, count: int, links: list[str]
) -> None:
    rows, around = shared.part(view(six, "events", page=at), ROWS, 25, "events")
    assert [rows["n"].iloc[0], len(rows)] == [first, count]
    assert [words for _, words in around.values()] == links


def test_what_is_past_the_end_is_the_last_part(six: Dataset) -> None:
    _, around = shared.part(view(six, "events", page="8"), ROWS, 25, "events")
    assert around["previous"] == ("events?page=2#s-events", "Previous 25")


def test_the_last_part_has_no_next_one(six: Dataset) -> None:
    _, around = shared.part(view(six, "events", page="2"), ROWS.head(50), 25, "events")
    assert list(around) == ["all", "previous"]


def test_a_table_that_fits_has_no_parts(six: Dataset) -> None:
    rows, around = shared.part(view(six, "events", page="2"), ROWS.head(25), 25, "events")
    assert len(rows) == 25 and not around


def test_a_control_knows_what_is_usual(six: Dataset) -> None:
    shown = view(six, "", domain="schools", as_of="2021-03-04")
    field, day = shared.controls(shown)
    assert (field.kind, field.value, field.default) == ("select", "schools", "roads")
    assert (day.kind, day.value, day.default) == ("day", "4 Mar 2021", "31 Jan 2023")
    assert ("overall", "Overall") in field.options or len(field.options) == 3


def test_every_page_of_the_register_is_made(six: Dataset) -> None:
    assert MAKERS.keys() == PAGES.keys()
    for path, query in documents(six).items():
        made = page_of(view(six, path, **query))
        assert made.headline and made.scope and made.printed_title
        ids = [block.id for block in made.blocks]
        assert all(ids) and len(ids) == len(set(ids))


def test_a_record_is_told_as_of_the_newest_day_and_says_so(six: Dataset) -> None:
    for path, query in (
        ("e", {"event": "ARC-20200101-roads-order"}),
        ("a", {"act": "ARC-roads-order"}),
    ):
        shown = view(six, path, **query, as_of="2019-06-01", basis="acts")
        assert (shown.day, shown["basis"]) == (six.opening_day, "all")
        assert "as known on 31 Jan 2023" in drawn(six, path, **query)


def test_the_days_around_a_known_event_have_the_event(real: Dataset) -> None:
    """A period begins after its first day, so that is the eve."""
    controls = page_of(view(real, "changes")).controls
    options = next(one.options for one in controls if one.kind == "menu")
    assert [said for _, said in options][:2] == ["Past year", "US Entity List, 90 days"]
    assert options[1][0].endswith("from=2019-05-15&to=2019-08-14")


def test_a_line_is_taken_away_and_the_others_stay(real: Dataset) -> None:
    controls = page_of(view(real, "trends", actor="POL,SWE,CHN")).controls
    options = next(one.options for one in controls if one.kind == "buttons")
    assert options[1] == ("POL,CHN", "Sweden")


def test_what_is_followed_is_what_is_said(real: Dataset) -> None:
    assert page_of(view(real, "trends")).feed_filter == {"actor": ()}
    assert page_of(view(real, "members", group="NATO")).scope == "NATO 32, telecom networks"
    assert page_of(view(real, "events", q="Reuters", actor="POL")).scope == "Poland, all fields"
