"""Why an actor stands where it does: figures that add up, days found by the model, and words."""

from __future__ import annotations

import math
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from stances import Dataset, words
from stances.answers.reasons import (
    DomainPart,
    domain_parts,
    lost_on,
    policy_levels,
    reasons,
    rests_on,
    shares_together,
    standing_of,
    why_no_act,
    why_none,
)
from stances.answers.tracker import Tracker
from stances.answers.worked import NO_WEIGHT
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.model.explain import ROLE_ACT
from stances.model.settings import Settings
from tests.folders import Folder

DAYS = [date(2013, 6, 30), date(2019, 3, 4), date(2022, 6, 30), date(2025, 1, 31)]
EVERY_DAY = pytest.mark.parametrize("day", DAYS, ids=str)


@pytest.mark.slow
@EVERY_DAY
def test_what_is_printed_adds_up_for_every_actor_and_domain(tracker: Tracker, day: date) -> None:
    found = 0
    for actor in tracker.model.actors:
        for domain, row in standing_of(tracker, actor, day).items():
            counting = reasons(tracker, actor, domain, day, row.stance, row.evidence)
            assert bool(counting) != math.isnan(row.stance)
            if not counting:
                continue
            found += 1
            shares = sum(reason.share for reason in counting)
            table = tracker.model_of(actor).explain(actor, domain, day)
            assert f"{shares:.1f}" == f"{100 * table['share'].sum():.1f}"
            assert f"{shares:.1f}" == "100.0" or domain == OVERALL
            assert _printed(sum(reason.contribution for reason in counting)) == _printed(row.stance)
            assert _printed(sum(reason.weight for reason in counting)) == _printed(row.evidence)
    assert found


@EVERY_DAY
def test_domains_add_up_to_the_overall_stance(tracker: Tracker, day: date) -> None:
    for actor in tracker.model.actors:
        standing = standing_of(tracker, actor, day)
        parts = domain_parts(tracker, actor, day, standing[OVERALL].stance)
        # One without a position has a part too, by what is left of it.
        having = {d for d in tracker.model.domains if standing[d].evidence > 0}
        assert set(parts) == (set() if math.isnan(standing[OVERALL].stance) else having)
        if parts:
            shares = tracker.model_of(actor).explain(actor, OVERALL, day)["share"].sum()
            assert f"{shares_together(parts):.1f}" == f"{100 * shares:.1f}"
            whole = sum(part.contribution for part in parts.values())
            assert _printed(whole) == _printed(standing[OVERALL].stance)


def test_an_overall_stance_known_in_little_says_how_far_it_counts(tracker_six: Tracker) -> None:
    codebook, fresh = tracker_six.codebook, SimpleNamespace(old=False)
    certain = {"roads": fresh, "schools": fresh}
    day = date(2020, 2, 1)
    parts = domain_parts(tracker_six, "BOR", day, 0.5)
    assert parts == {"schools": DomainPart(50.0, 0.5)}
    text = rests_on(codebook, parts, certain)
    assert text == "The overall label rests on schools alone: counted half."
    old = {**certain, "schools": SimpleNamespace(old=True)}
    assert rests_on(codebook, parts, old) == f"{text} The evidence is old."
    third = {"schools": DomainPart(33.3, 0.33)}
    assert rests_on(codebook, third, certain).endswith("schools alone: counted for 33 %.")
    both = {"roads": DomainPart(50.0, 1.0), "schools": DomainPart(25.0, 0.25)}
    text = rests_on(codebook, both, certain)
    assert text.startswith("The overall label rests on all two fields: roads (50 %) and ")
    assert text.endswith(" That is little: 25 % of it is counted as 0.")
    assert rests_on(codebook, both, old) == f"{text} Evidence on schools is old."
    whole = rests_on(codebook, {"roads": DomainPart(100.0, 2.0)}, certain)
    assert whole == "The overall label rests on one of two fields: roads."


@pytest.mark.parametrize(
    ("schools", "text"),
    [
        (49.9, "The rest, less than 1 %, is counted as 0."),
        (45.3, "The rest, 5 %, is counted as 0."),
        (25.1, "The rest, 25 %, is counted as 0."),
        (25.0, "That is little: 25 % of it is counted as 0."),
        (13.6, "That is little: 36 % of it is counted as 0."),
    ],
)
def test_only_where_a_quarter_is_missing_it_is_said_to_be_little(
    six: Dataset, schools: float, text: str
) -> None:
    parts = {"roads": DomainPart(50.0, 1.0), "schools": DomainPart(schools, 0.1)}
    fresh = dict.fromkeys(parts, SimpleNamespace(old=False))
    assert rests_on(six.codebook, parts, fresh).endswith(f"). {text}")


def _printed(value: float) -> str:
    return words.figure(round(value, 4), 2)


def test_an_act_comes_first_and_a_milder_word_confirms_it(tracker_six: Tracker) -> None:
    day = date(2020, 7, 19)
    act, word = reasons(tracker_six, "ARC", "roads", day, -2.0, 3.5)
    assert (act.event_id, act.role) == ("ARC-20200101-roads-order", ROLE_ACT)
    assert (word.score, word.counted_score, word.confirms) == (-1, -2, True)
    assert (act.weight, word.weight) == (3.0, 0.5)
    assert (act.share, word.share) == (85.7, 14.3)
    assert (act.contribution, word.contribution) == (-1.71, -0.29)


def test_a_lost_position_is_dated_as_on_paper(tracker_six: Tracker) -> None:
    last = tracker_six.data.today
    assert lost_on(tracker_six, "ARC", "roads", last) == date(2022, 6, 19)
    assert lost_on(tracker_six, "BOR", "schools", last) == date(2021, 3, 7)
    assert lost_on(tracker_six, "BOR", "roads", last) == date(2021, 9, 28)
    assert lost_on(tracker_six, "BOR", OVERALL, last) == date(2021, 9, 28)
    assert lost_on(tracker_six, "CAL", OVERALL, last) is None
    # Known on the very day, and before anything came in.
    assert lost_on(tracker_six, "ARC", "roads", date(2022, 6, 19)) == date(2022, 6, 19)
    assert lost_on(tracker_six, "ARC", "roads", date(2019, 12, 31)) is None


@EVERY_DAY
def test_a_lost_position_is_dated_as_day_by_day(tracker: Tracker, day: date) -> None:
    days = [day - timedelta(days=k) for k in range(1500, -1, -1)]
    days = [d for d in days if d >= tracker.codebook.first_date]
    overall = tracker.model.arrays(days).stance[:, :, 0]
    for place, actor in enumerate(tracker.model.actors):
        known = np.flatnonzero(~np.isnan(overall[:, place]))
        if len(known) and known[-1] < len(days) - 1:
            assert lost_on(tracker, actor, OVERALL, day) == days[known[-1] + 1]


def test_why_none_names_the_cause_that_there_is(tracker_six: Tracker) -> None:
    last = tracker_six.data.today
    lapsed = why_none(tracker_six, "BOR", "schools", last)
    assert "On 7 March 2021 an act ended or lapsed" in lapsed
    assert tracker_six.titles["BOR-20200201-school-permit"] in lapsed
    assert "too old to count since 28 September 2021" in why_none(tracker_six, "BOR", OVERALL, last)
    assert "no scored event up to" in why_none(tracker_six, "CAL", OVERALL, last)
    before = why_none(tracker_six, "ARC", "roads", date(2019, 12, 31))
    assert "the first is of 1 January 2020" in before


def test_why_none_overall_where_the_domains_with_a_position_weigh_nothing(six: Dataset) -> None:
    own = Tracker(six, Settings.chosen(six.codebook, {"roads": 0}))
    assert why_none(own, "ARC", OVERALL, date(2020, 7, 1)) == NO_WEIGHT
    # Later roads has none either; that it had one is nothing that the overall stance lost.
    text = why_none(own, "ARC", OVERALL, date(2022, 12, 31))
    assert "never been above the minimum of 0.375 in any field that weighs anything" in text
    lapsed = why_none(own, "BOR", OVERALL, date(2022, 12, 31))
    assert "what is left is above the minimum of 0.375 in no field that weighs anything" in lapsed


def test_an_act_whose_place_another_took_has_not_ended_by_itself(six: Dataset) -> None:
    # With so high a minimum the repeal, which takes the place of the order, leaves no position.
    strict = Settings.chosen(six.codebook, {}, minimum_evidence=2.0)
    text = why_none(Tracker(six, strict), "ARC", "roads", date(2020, 10, 27))
    assert "since 27 October 2020 what counts is no more than the minimum of 2" in text
    assert "ended" not in text


def test_why_no_act_is_in_force(tracker_six: Tracker) -> None:
    repealed = why_no_act(tracker_six, "ARC", "roads", date(2021, 1, 1))
    assert "Arcadia repeals its order" in repealed
    assert "left none on 27 October 2020" in repealed
    lapsed = why_no_act(tracker_six, "BOR", "schools", date(2021, 3, 7))
    assert "ended or lapsed on 7 March 2021" in lapsed
    text = why_no_act(tracker_six, "BOR", "roads", date(2020, 7, 1))
    assert text == "No act is in force; the label rests on statements."


def test_an_act_that_is_not_scored_is_not_told_away(tracker_six: Tracker) -> None:
    # Caldon's rule is in force from July 2021 on, and no event brought it.
    before, after = date(2021, 6, 30), date(2021, 7, 1)
    assert why_no_act(tracker_six, "CAL", "roads", before).startswith("No act is in force;")
    text = why_no_act(tracker_six, "CAL", "roads", after)
    assert text == "No act in force is counted; the label rests on statements."
    assert why_no_act(tracker_six, "CAL", "schools", after).startswith("No act is in force;")
    acts = Tracker(tracker_six.data, basis="acts")
    assert why_none(acts, "CAL", OVERALL, after) == (
        f"{NO_POSITION}: no act in force is counted in any field on 1 July 2021."
    )
    assert why_none(acts, "CAL", "roads", before) == (
        f"{NO_POSITION}: no act is in force on 30 June 2021."
    )


@pytest.mark.parametrize(
    ("cells", "general"),
    [
        ({"obligation": "Bridges by large builders must go"}, True),
        ({"obligation": "Bridges by ACME must go"}, False),
        ({"obligation": "Bridges must go", "name": "Acme rule"}, False),
        (
            {
                "obligation": "Bridges must go",
                "applied": "yes",
                "applied_what": "One went",
                "applied_since": "2021-07",
            },
            False,
        ),
    ],
)
def test_rules_that_are_not_about_the_subject_are_called_so(
    folder: Folder, cells: dict[str, str], general: bool
) -> None:
    folder.edit("acts", 4, **cells)
    text = why_no_act(Tracker(folder.load()), "CAL", "roads", date(2021, 7, 1))
    none = "No act in force is counted"
    if general:
        none = "No rule here names Acme or is known to have been used against it"
    assert text == f"{none}; the label rests on statements."


def test_policy_levels_are_the_acts_of_all_domains(tracker_six: Tracker) -> None:
    levels = policy_levels(tracker_six, "ARC")
    assert levels["key"].tolist() == ["roads", "roads"]
    assert levels["score"].tolist() == [-2, 0]
    assert levels["until"].iloc[0].date() == date(2020, 10, 27)
    assert levels["until"].isna().tolist() == [False, True]
    assert policy_levels(tracker_six, "CAL").empty


def test_policy_levels_of_two_domains_come_in_order_of_time(folder: Folder) -> None:
    folder.add("events", 5, event_id="ARC-20200201-school-permit", actor="ARC")
    levels = policy_levels(Tracker(folder.load()), "ARC")
    assert levels["key"].tolist() == ["roads", "schools", "roads"]
    assert [day.date() for day in levels["date"]] == [
        date(2020, 1, 1), date(2020, 2, 1), date(2020, 10, 27),
    ]  # fmt: skip
    assert [day.date() for day in levels["until"].dropna()] == [
        date(2020, 10, 27), date(2021, 3, 7),
    ]  # fmt: skip


def test_events_of_other_domains_alone_are_no_events_of_a_domain(tracker_six: Tracker) -> None:
    last = tracker_six.data.today
    assert why_none(tracker_six, "ARC", "schools", last) == why_none(
        tracker_six, "CAL", "schools", last
    )
    assert "no scored event up to" in why_none(tracker_six, "ARC", "schools", last)
