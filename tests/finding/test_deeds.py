"""What the comparison of two days looks for, on the six-event dataset."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from stances.answers.tracker import Tracker
from stances.finding.deeds import happened_found, span_of
from tests.finding.asked import asked

BEFORE, AFTER = date(2020, 1, 15), date(2020, 12, 31)


def span(tracker: Tracker, **settings: Any) -> tuple[Any, str]:
    return span_of(tracker, asked(tracker, **settings))


def test_two_days_are_taken_as_they_are(tracker_six: Tracker) -> None:
    looked_at, wrong = span(tracker_six, then=BEFORE, as_of=AFTER, domain="roads")
    assert (looked_at.then, looked_at.now, looked_at.domain) == (BEFORE, AFTER, "roads")
    assert wrong == ""


def test_swapped_days_are_put_in_their_order_and_told(tracker_six: Tracker) -> None:
    looked_at, wrong = span(tracker_six, then=AFTER, as_of=BEFORE)
    assert (looked_at.then, looked_at.now) == (BEFORE, AFTER)
    assert wrong


def test_one_day_twice_is_told(tracker_six: Tracker) -> None:
    assert span(tracker_six, then=AFTER, as_of=AFTER)[1]
    assert (
        span(tracker_six, then=AFTER, as_of=AFTER)[1]
        != span(tracker_six, then=AFTER, as_of=BEFORE)[1]
    )


@pytest.mark.parametrize(("among", "group"), [("all", ""), ("Pact", "Pact")])
def test_it_looks_among_all_or_the_members_of_a_group(
    tracker_six: Tracker, among: str, group: str
) -> None:
    assert span(tracker_six, then=BEFORE, as_of=AFTER, among=among)[0].group == group


def test_deeds_lead(tracker_six: Tracker) -> None:
    looked_at, _ = span(tracker_six, then=BEFORE, as_of=AFTER)
    line, shown = happened_found(tracker_six, looked_at)
    # Arcadia's order is repealed, Boria has come to a position; Caldon never acts.
    assert "Caldon" not in line
    assert "15 January 2020" in shown
    assert "31 December 2020" in shown
