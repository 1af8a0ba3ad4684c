"""One position as a sum: what makes it, in figures that add up as printed, and in plain words."""

from __future__ import annotations

from datetime import date

import pytest

import stances
from stances import words
from stances.answers.position_sum import (
    FEWEST,
    MOST,
    PositionSum,
    sum_alt,
    sum_heading,
    sum_subtitle,
    sum_title,
    sum_up,
    sum_words,
    summed_example,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from tests.folders import Folder
from tests.golden import Golden, Said

DAY = date(2020, 8, 19)
CASES = {
    "one act": ("ARC", "roads", date(2020, 1, 1)),
    "confirmed": ("ARC", "roads", date(2020, 4, 10)),
    "nothing left": ("ARC", "roads", date(2020, 10, 27)),
    "for and against": ("BOR", "schools", DAY),
    "all fields": ("BOR", OVERALL, DAY),
    "little known": ("BOR", OVERALL, date(2020, 2, 1)),
    "what is left": ("BOR", OVERALL, date(2021, 3, 7)),
}


def of(tracker: Tracker, case: str) -> PositionSum:
    result = sum_up(tracker, *CASES[case])
    assert result is not None
    return result


@pytest.mark.parametrize("case", CASES)
def test_the_figures_add_up_as_printed(tracker_six: Tracker, case: str) -> None:
    result = of(tracker_six, case)
    assert round(sum(each.share for each in result.summands), 1) == 100
    whole = round(sum(each.part for each in result.summands), 2)
    assert words.figure(whole, 2) == words.figure(result.stance, 2)


def test_every_label_of_the_real_data_adds_up(real: stances.Dataset) -> None:
    tracker, day, count = Tracker(real), real.opening_day, 0
    for actor in tracker.model.actors[::4]:
        for domain in tracker.codebook.columns:
            if result := sum_up(tracker, actor, domain, day):
                count += 1
                assert round(sum(each.share for each in result.summands), 1) == 100
                whole = round(sum(each.part for each in result.summands), 2)
                assert words.figure(whole, 2) == words.figure(result.stance, 2)
    assert count > len(tracker.model.actors) / 4


def test_a_field_is_made_of_its_events(tracker_six: Tracker) -> None:
    result = of(tracker_six, "for and against")
    assert [(each.code[:12], each.label, each.share) for each in result.summands] == [
        ("BOR-20200201", "Admit", 85.7),
        ("BOR-20200511", "Limit", 14.3),
    ]


def test_what_is_missing_is_a_part_that_adds_nothing(tracker_six: Tracker) -> None:
    *_, missing = of(tracker_six, "little known").summands
    assert (missing.code, missing.label, missing.share, missing.part) == ("", "Even", 50.0, 0.0)


def test_without_a_position_nothing_is_made(tracker_six: Tracker) -> None:
    assert sum_up(tracker_six, "CAL", OVERALL, DAY) is None
    assert sum_up(tracker_six, "ARC", "schools", DAY) is None


def test_what_is_said(golden: Golden, tracker_six: Tracker) -> None:
    def said_of(case: str) -> Said:
        result = of(tracker_six, case)
        listed = [f"{each.label} | {each.how} | {each.what}" for each in result.summands]
        return [
            sum_title(tracker_six, result),
            sum_heading(tracker_six, result),
            sum_words(tracker_six, result),
            sum_subtitle(tracker_six, result, CASES[case][2]),
            sum_alt(tracker_six, result, CASES[case][2]),
            *listed,
        ]

    golden({case: said_of(case) for case in CASES})


def test_the_example_is_the_stance_in_which_most_differs(tracker_six: Tracker) -> None:
    # Arcadia's speech confirms its order; in Boria the king's is against the permit.
    example = summed_example(tracker_six, DAY)
    assert example == of(tracker_six, "for and against")


def test_without_a_stance_of_a_few_events_there_is_no_example(tracker_six: Tracker) -> None:
    assert summed_example(tracker_six, date(2019, 6, 1)) is None
    # One act alone is no sum.
    assert summed_example(tracker_six, date(2020, 1, 1)) is None


def test_the_real_data_have_an_example_of_a_few_events(real: stances.Dataset) -> None:
    example = summed_example(Tracker(real), real.today)
    assert example is not None
    assert FEWEST <= len(example.summands) <= MOST
    assert example.low <= example.stance <= example.high


def test_an_act_is_told_from_the_day_on_which_it_binds(folder: Folder) -> None:
    # Adopted in January, it binds from March on; its level counts from January.
    folder.edit("acts", 2, in_force_from="2020-03-01")
    result = sum_up(Tracker(folder.load()), "ARC", "roads", date(2020, 3, 1))
    assert result is not None
    [act] = result.summands
    assert act.how == "Order, in force since 1 Mar 2020; at this level since 1 Jan 2020"
