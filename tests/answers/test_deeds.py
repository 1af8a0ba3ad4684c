"""What actors did, newest first."""

from __future__ import annotations

from datetime import date

import pytest

from stances.answers.deeds import (
    Count,
    acting,
    deeds_between,
    done_in_year,
    last_acted,
    latest_deeds,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.words import MINUS

LAST = date(2020, 10, 27)


def test_the_latest_come_first(tracker_six: Tracker) -> None:
    found = latest_deeds(tracker_six, LAST, OVERALL, 3)
    assert [deed.event_id for deed in found] == [
        "ARC-20201027-order-repealed", "BOR-20200601-ring-road-plan", "BOR-20200511-teachers-doubt",
    ]  # fmt: skip
    repeal = found[0]
    assert (repeal.actor, repeal.domain, repeal.score, repeal.binding) == ("ARC", "roads", 0, True)
    assert repeal.date.date() == LAST


def test_some_actors_a_domain_and_a_day_narrow_them(tracker_six: Tracker) -> None:
    [first] = latest_deeds(tracker_six, date(2020, 6, 1), OVERALL, 1, ["ARC"])
    assert first.event_id == "ARC-20200410-minister-worried"
    assert [d.domain for d in latest_deeds(tracker_six, LAST, "schools", 9)] == ["schools"] * 2
    assert latest_deeds(tracker_six, date(2019, 12, 31), OVERALL, 9) == []


def test_acts_and_statements_after_a_day_are_counted(tracker_six: Tracker) -> None:
    new_year = date(2020, 1, 1)
    # The order is of the first day itself, which is not after it.
    assert deeds_between(tracker_six, new_year, LAST, OVERALL, ["ARC"]) == Count(1, 1)
    assert deeds_between(tracker_six, new_year, LAST, "schools", ["ARC"]) == Count(0, 0)
    assert acting(tracker_six, new_year, LAST, OVERALL, ["ARC", "BOR", "CAL"]) == 2


def test_context_is_no_deed(tracker: Tracker) -> None:
    events = tracker.data.events.set_index("event_id")
    found = latest_deeds(tracker, tracker.data.today, OVERALL, len(events))
    assert {deed.event_id for deed in found} == set(events.index[events["score"].notna()])


@pytest.mark.parametrize(
    ("count", "done", "told"),
    [
        (Count(0, 0), 0.0, "No act or statement in 12 months"),
        (Count(1, 0), 0.0, "In 12 months one act: no change"),
        (Count(1, 2), -0.4, f"In 12 months one act, two statements: {MINUS}0.40 by what was done"),
        (Count(0, 0), -1.26, f"No act or statement in 12 months; {MINUS}1.26 as an act ended"),
        (Count(0, 1), float("nan"), "In 12 months one statement"),
    ],
)
def test_a_year_is_told_by_deeds_alone(count: Count, done: float, told: str) -> None:
    assert done_in_year(count, done) == told


def test_the_last_deed_in_words(tracker_six: Tracker) -> None:
    [deed] = latest_deeds(tracker_six, LAST, OVERALL, 1)
    assert last_acted(deed) == "Last acted 27 Oct 2020: Arcadia repeals its order"
    assert last_acted(deed, ("Kingdom", "Boria")).endswith(": Boria: Arcadia repeals its order")
    # The title says itself who acted.
    assert last_acted(deed, ("Republic of Arcadia", "Arcadia")) == last_acted(deed)
    assert last_acted(None) == "No act or statement yet"
