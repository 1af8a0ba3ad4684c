"""The deadlines ahead in the months of two years."""

from __future__ import annotations

from datetime import date

from stances.answers.calendar import (
    MONTHS,
    calendar_alt,
    calendar_none,
    calendar_subtitle,
    calendar_title,
    due_calendar,
)
from stances.answers.steps import steps
from stances.answers.tracker import Tracker
from tests.golden import Golden, Said

DAY = date(2021, 2, 1)


def test_two_years_begin_with_the_month_of_the_day(tracker_six: Tracker) -> None:
    result = due_calendar(steps(tracker_six, date(2021, 3, 7)), date(2021, 3, 7))
    assert len(result.months) == MONTHS + 1
    assert (result.months[0], result.last) == (date(2021, 3, 1), date(2023, 2, 28))
    # The permit lapses on that very day; the grant ends after the two years.
    assert [step.deadline for step in result.steps] == ["2021-03-07", "2021-09", "2022"]
    assert result.later == 1


def test_what_has_passed_is_not_ahead(tracker_six: Tracker) -> None:
    result = due_calendar(steps(tracker_six, date(2021, 10, 1)), date(2021, 10, 1))
    assert [step.deadline for step in result.steps] == ["2022", "2023-06-30"]
    assert result.later == 0


def test_steps_of_an_actor_stand_together(tracker_six: Tracker) -> None:
    near = [step for step in steps(tracker_six, DAY) if not step.passed]
    [first, *others] = near
    result = due_calendar([others[0], first, *others[1:]], DAY)
    assert [step.act.actor for step in result.steps] == ["CAL", "CAL", "BOR"]


def test_what_is_said(golden: Golden, tracker_six: Tracker) -> None:
    def said_of(day: date) -> Said:
        result = due_calendar(steps(tracker_six, day), day)
        if not result.steps:
            return calendar_none(result, day)
        title = calendar_title(tracker_six, result, day)
        return [
            title,
            calendar_subtitle(result),
            calendar_alt(tracker_six, title, result),
        ]

    days = (DAY, date(2021, 10, 1), date(2023, 1, 1), date(2023, 7, 1))
    twice = [step for step in steps(tracker_six, DAY) if not step.passed][:1] * 2
    fullest = calendar_subtitle(due_calendar(twice, DAY))
    golden({str(day): said_of(day) for day in days} | {"two in a month": fullest})
