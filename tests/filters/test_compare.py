"""The search of the comparison of two days, on the six-event dataset."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from stances.answers.history import no_period
from stances.answers.tracker import Tracker
from stances.filters.compare import happened_headline, span_of
from stances.links.parameters import among_labels
from tests.filters.settings import view_with
from tests.golden import Golden

BEFORE, AFTER = date(2020, 1, 15), date(2020, 12, 31)


def span(tracker: Tracker, **settings: Any) -> tuple[Any, str]:
    return span_of(view_with(tracker, **settings))


def test_two_days_are_taken_as_they_are(tracker_six: Tracker) -> None:
    looked_at, wrong = span(tracker_six, then=BEFORE, as_of=AFTER, domain="roads")
    assert (looked_at.then, looked_at.now, looked_at.domain) == (BEFORE, AFTER, "roads")
    assert wrong == ""


def test_a_first_day_after_the_last_gives_a_year_which_is_told(
    golden: Golden, tracker_six: Tracker
) -> None:
    lines = {}
    for name, last in (("first after last", BEFORE), ("first on the day after the last", AFTER)):
        looked_at, lines[name] = span(tracker_six, then=AFTER, as_of=last)
        assert (looked_at.then, looked_at.now) == (tracker_six.year_before(last), last)
    golden(lines)


def test_no_day_is_before_all_days(golden: Golden, tracker_six: Tracker) -> None:
    first = tracker_six.codebook.first_date
    looked_at, _ = span(tracker_six, then=first, as_of=first)
    assert (looked_at.then, looked_at.now) == (first, first)
    golden({"no day": happened_headline(tracker_six, looked_at)})


@pytest.mark.parametrize(
    ("among", "group", "actors"), [("all", "", ()), ("Pact", "Pact", ()), ("BOR", "", ("BOR",))]
)
def test_it_looks_among_all_the_members_of_a_group_or_at_one_actor(
    tracker_six: Tracker, among: str, group: str, actors: tuple[str, ...]
) -> None:
    looked_at, _ = span(tracker_six, then=BEFORE, as_of=AFTER, among=among)
    assert (looked_at.group, looked_at.actors) == (group, actors)


def test_all_groups_and_actors_are_offered(golden: Golden, tracker_six: Tracker) -> None:
    golden(among_labels(tracker_six))


def test_deeds_lead(golden: Golden, tracker_six: Tracker) -> None:
    looked_at, _ = span(tracker_six, then=BEFORE, as_of=AFTER)
    # Arcadia's order is repealed, Boria has come to a position; Caldon never acts.
    golden({"a year": happened_headline(tracker_six, looked_at)})


def test_a_first_day_of_another_page_after_the_last_is_told(tracker_six: Tracker) -> None:
    assert span(tracker_six, **{"as_of": BEFORE, "from": AFTER})[1] == no_period(AFTER, BEFORE)
    # One that this page could begin on, or its own first day, says nothing.
    assert span(tracker_six, **{"as_of": AFTER, "from": BEFORE})[1] == ""
    own = {"as_of": BEFORE, "from": AFTER, "then": date(2019, 6, 1)}
    assert span(tracker_six, **own)[1] == ""
