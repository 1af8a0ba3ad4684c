"""The search of the page of events, on the six-event dataset."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from stances.answers.tracker import Tracker
from stances.filters.events import Search, headline, period, search_of
from stances.links.view import View
from tests.filters.settings import part_name, view_with
from tests.folders import TODAY, Folder
from tests.golden import Golden


def search_for(view: View) -> Search:
    """Return the query of a view, in the period that it asks for."""
    return search_of(view, period(view)[0])


def find(tracker: Tracker, **settings: Any) -> set[str]:
    """The ids of the events found, without the actor's code before and the words behind."""
    search = search_for(view_with(tracker, **settings))
    ids = tracker.event_columns["event_id"][tracker.search.rows(search.query)]
    return {event.split("-")[1] for event in ids}


EVERY = {"20200101", "20200410", "20201027", "20200201", "20200511", "20200601"}


@pytest.mark.parametrize(
    ("settings", "events", "filters"),
    [
        ({}, EVERY, []),
        ({"who": ["ARC"]}, {"20200101", "20200410", "20201027"}, ["who"]),
        ({"domain": "schools"}, {"20200201", "20200511"}, ["domain"]),
        ({"instruments": ["speech"]}, {"20200410", "20200511"}, ["instruments"]),
        ({"confidence": ["doubtful"]}, {"20200201", "20200601"}, ["confidence"]),
        ({"scores": (1, 2)}, {"20200201", "20200601"}, ["scores"]),
        ({"counted": "context"}, set(), ["counted"]),
        ({"q": "minister worry"}, {"20200410", "20201027"}, ["q"]),
        ({"from_": date(2020, 6, 1)}, {"20200601", "20201027"}, ["from"]),
        ({"who": ["BOR"], "domain": "roads"}, {"20200601"}, ["who", "domain"]),
    ],
    ids=part_name,
)
def test_each_setting_narrows_and_is_told_as_a_filter(
    tracker_six: Tracker, settings: dict[str, Any], events: set[str], filters: list[str]
) -> None:
    assert find(tracker_six, **settings) == events
    search = search_for(view_with(tracker_six, **settings))
    assert [each.name for each in search.filters] == filters


def test_a_group_stands_for_its_members_of_the_period(tracker_six: Tracker) -> None:
    view = view_with(tracker_six, who=["Pact"], as_of=date(2020, 2, 1))
    # Arcadia and Caldon belong to it then, Boria joins a month later.
    assert search_for(view).members == {"Pact": ["ARC", "CAL"]}


def test_a_period_that_is_none_is_the_year_before_and_says_so(
    golden: Golden, tracker_six: Tracker
) -> None:
    last = date(2020, 6, 1)
    days, wrong = period(view_with(tracker_six, from_=TODAY, as_of=last))
    assert days == (date(2019, 6, 1), last)
    assert period(view_with(tracker_six))[1] == ""
    golden({"none": wrong})


def test_of_a_year_it_is_told_how_many_only_name_it(folder: Folder) -> None:
    folder.edit("events", 5, date="2019-12-31", summary="A permit of 2020 lets Acme teach.")
    tracker = Tracker(folder.load())
    cases = {}
    for text in ("2019", "2020"):
        view = view_with(tracker, q=text)
        search = search_for(view)
        rows = tracker.search.rows(search.query)
        cases[text] = len(rows), headline(view, search, rows)[2]
    assert cases == {"2019": (1, []), "2020": (6, ["Five of them happened in 2020."])}
