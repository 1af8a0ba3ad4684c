"""The search of the page of acts, on the six-event dataset."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from stances.answers.tracker import Tracker
from stances.filters.acts import FILTERS, act_matches
from tests.filters.settings import part_name, view_with

ORDER, PERMIT, RULE = "ARC-roads-order", "BOR-school-permit", "CAL-bridge-rule"
EVERY = {ORDER, PERMIT, RULE}


def names(tracker: Tracker, **settings: Any) -> list[str]:
    """The filters of an address, by their names."""
    return [each.name for each in act_matches(view_with(tracker, **settings)).filters]


def test_without_a_link_it_looks_for_what_is_in_force_and_counts_the_rest(
    tracker_six: Tracker,
) -> None:
    result = act_matches(view_with(tracker_six))
    assert result.day == tracker_six.data.today
    assert {*result.rows["act_id"]} == {PERMIT, RULE}
    assert result.others == {"ended": 1, "not_yet": 0}


@pytest.mark.parametrize(
    ("settings", "acts", "filters"),
    [
        ({"status": "all"}, EVERY, []),
        ({"status": "all", "who": ["ARC", "CAL"]}, {ORDER, RULE}, ["who"]),
        ({"status": "all", "q": "last such bridge"}, {RULE}, ["q"]),
        ({"status": "all", "domain": "schools"}, {PERMIT}, ["domain"]),
        ({"status": "ended"}, {ORDER}, ["status"]),
        ({"status": "all", "deadline": "removal"}, {RULE}, ["deadline"]),
        ({"status": "all", "aim": ["size"]}, {RULE}, ["aim"]),
        ({"status": "all", "applied": ["unknown"]}, {RULE}, ["applied"]),
        ({"status": "all", "scope": ["lessons"]}, {PERMIT}, ["scope"]),
        ({"status": "all", "q": "bridges", "aim": ["size"]}, {RULE}, ["q", "aim"]),
    ],
    ids=part_name,
)
def test_each_setting_narrows_and_is_told_as_a_filter(
    tracker_six: Tracker, settings: dict[str, Any], acts: set[str], filters: list[str]
) -> None:
    result = act_matches(view_with(tracker_six, **settings))
    assert {*result.rows["act_id"]} == acts
    assert [each.name for each in result.filters] == filters
    assert {*filters} <= {*FILTERS, "domain"}


def test_an_earlier_day_is_a_filter_of_its_own(tracker_six: Tracker) -> None:
    assert names(tracker_six, status="all") == []
    assert names(tracker_six, status="all", as_of=date(2020, 4, 10)) == ["as_of"]
