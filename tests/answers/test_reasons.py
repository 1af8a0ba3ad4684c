"""Why an actor stands where it does: figures that add up, days found by the model, and words."""

from __future__ import annotations

import math
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from stances import words
from stances.answers.formula import NO_WEIGHT
from stances.answers.reasons import (
    DomainPart,
    domain_parts,
    loss_day,
    policy_levels,
    reasons,
    rests_on,
    shares_together,
    standing_of,
    why_no_act,
    why_none,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.model.explain import ROLE_ACT
from stances.model.settings import Settings
from tests.folders import Folder
from tests.golden import Golden

DAYS = [date(2013, 6, 30), date(2019, 3, 4), date(2022, 6, 30), date(2025, 1, 31)]
EVERY_DAY = pytest.mark.parametrize("day", DAYS, ids=str)


@pytest.mark.slow
@EVERY_DAY
def test_what_is_printed_adds_up_for_every_actor_and_domain(tracker: Tracker, day: date) -> None:
    result = 0
    for actor in tracker.model.actors:
        for domain, row in standing_of(tracker, actor, day).items():
            counting = reasons(tracker, row, day)
            assert bool(counting) != math.isnan(row.stance)
            if not counting:
                continue
            result += 1
            shares = sum(reason.share for reason in counting)
            table = tracker.model_of(actor).explain(actor, domain, day)
            assert f"{shares:.1f}" == f"{100 * table['share'].sum():.1f}"
            assert f"{shares:.1f}" == "100.0" or domain == OVERALL
            assert _two_decimals(sum(reason.contribution for reason in counting)) == _two_decimals(
                row.stance
            )
            assert _two_decimals(sum(reason.weight for reason in counting)) == _two_decimals(
                row.evidence
            )
    assert result


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
            assert _two_decimals(whole) == _two_decimals(standing[OVERALL].stance)


def test_an_overall_stance_known_in_little_says_how_far_it_counts(
    golden: Golden, tracker_six: Tracker
) -> None:
    certain = {domain: SimpleNamespace(old=False) for domain in ("roads", "schools")}
    old = {**certain, "schools": SimpleNamespace(old=True)}

    def rests(parts: dict[str, DomainPart], known: dict[str, SimpleNamespace] = certain) -> str:
        return rests_on(tracker_six.codebook, parts, known)

    half = domain_parts(tracker_six, "BOR", date(2020, 2, 1), 0.5)
    assert half == {"schools": DomainPart(50.0, 0.5)}
    whole = DomainPart(50.0, 1.0)
    both = {"roads": whole, "schools": DomainPart(25.0, 0.25)}
    cases = {
        "half": rests(half),
        "half, and old": rests(half, old),
        "a third": rests({"schools": DomainPart(33.3, 0.33)}),
        "two": rests(both),
        "two, one old": rests(both, old),
        "one whole": rests({"roads": DomainPart(100.0, 2.0)}),
    }
    # Only where a quarter is missing it is said to be little.
    for share in (49.9, 45.3, 25.1, 25.0, 13.6):
        cases[f"50 and {share}"] = rests({"roads": whole, "schools": DomainPart(share, 0.1)})
    golden(cases)


def _two_decimals(value: float) -> str:
    return words.figure(round(value, 4), 2)


def test_an_act_comes_first_and_a_milder_word_confirms_it(tracker_six: Tracker) -> None:
    day = date(2020, 7, 19)
    act, word = reasons(tracker_six, standing_of(tracker_six, "ARC", day)["roads"], day)
    assert (act.event_id, act.role) == ("ARC-20200101-roads-order", ROLE_ACT)
    assert (word.score, word.counted_score, word.confirms) == (-1, -2, True)
    assert (act.weight, word.weight) == (3.0, 0.5)
    assert (act.share, word.share) == (85.7, 14.3)
    assert (act.contribution, word.contribution) == (-1.71, -0.29)


def test_a_lost_position_is_dated_as_on_paper(tracker_six: Tracker) -> None:
    last = tracker_six.data.today
    assert loss_day(tracker_six, "ARC", "roads", last) == date(2022, 6, 19)
    assert loss_day(tracker_six, "BOR", "schools", last) == date(2021, 3, 7)
    assert loss_day(tracker_six, "BOR", "roads", last) == date(2021, 9, 28)
    assert loss_day(tracker_six, "BOR", OVERALL, last) == date(2021, 9, 28)
    assert loss_day(tracker_six, "CAL", OVERALL, last) is None
    # Known on the very day, and before anything came in.
    assert loss_day(tracker_six, "ARC", "roads", date(2022, 6, 19)) == date(2022, 6, 19)
    assert loss_day(tracker_six, "ARC", "roads", date(2019, 12, 31)) is None


@EVERY_DAY
def test_a_lost_position_is_dated_as_day_by_day(tracker: Tracker, day: date) -> None:
    days = [day - timedelta(days=k) for k in range(1500, -1, -1)]
    days = [d for d in days if d >= tracker.codebook.first_date]
    overall = tracker.model.arrays(days).stance[:, :, 0]
    for place, actor in enumerate(tracker.model.actors):
        known = np.flatnonzero(~np.isnan(overall[:, place]))
        if len(known) and known[-1] < len(days) - 1:
            assert loss_day(tracker, actor, OVERALL, day) == days[known[-1] + 1]


def test_why_none(golden: Golden, tracker_six: Tracker) -> None:
    data, last = tracker_six.data, tracker_six.data.today
    own = Tracker(data, Settings.from_choices(tracker_six.codebook, {"roads": 0}))
    # With so high a minimum the repeal, which takes the place of the order, leaves no position;
    # an act whose place another took has not ended by itself.
    strict = Tracker(data, Settings.from_choices(tracker_six.codebook, {}, minimum_evidence=2.0))
    acts = Tracker(data, basis="acts")
    assert why_none(own, "ARC", OVERALL, date(2020, 7, 1)) == NO_WEIGHT
    cases = {
        "lapsed": why_none(tracker_six, "BOR", "schools", last),
        "too old": why_none(tracker_six, "BOR", OVERALL, last),
        "no event": why_none(tracker_six, "CAL", OVERALL, last),
        # Events of other domains are none of this one.
        "no event of the domain": why_none(tracker_six, "ARC", "schools", last),
        "not yet": why_none(tracker_six, "ARC", "roads", date(2019, 12, 31)),
        # Later roads has none either; that it had one is nothing that the overall stance lost.
        "never any of weight": why_none(own, "ARC", OVERALL, date(2022, 12, 31)),
        "lapsed, none of weight": why_none(own, "BOR", OVERALL, date(2022, 12, 31)),
        "replaced": why_none(strict, "ARC", "roads", date(2020, 10, 27)),
        "by acts, not scored": why_none(acts, "CAL", OVERALL, date(2021, 7, 1)),
        "by acts, not in force": why_none(acts, "CAL", "roads", date(2021, 6, 30)),
    }
    golden(cases)


def test_why_no_act_is_in_force(folder: Folder, golden: Golden, tracker_six: Tracker) -> None:
    # Caldon's rule is in force from July 2021 on, and no event brought it.
    before, after = date(2021, 6, 30), date(2021, 7, 1)
    cases = {
        "repealed": why_no_act(tracker_six, "ARC", "roads", date(2021, 1, 1)),
        "lapsed": why_no_act(tracker_six, "BOR", "schools", date(2021, 3, 7)),
        "words alone": why_no_act(tracker_six, "BOR", "roads", date(2020, 7, 1)),
        "not yet": why_no_act(tracker_six, "CAL", "roads", before),
        "not scored": why_no_act(tracker_six, "CAL", "roads", after),
        "none in the domain": why_no_act(tracker_six, "CAL", "schools", after),
    }
    rules = {
        "not about the subject": {"obligation": "Bridges by large builders must go"},
        "about the subject": {"obligation": "Bridges by ACME must go"},
        "named after the subject": {"obligation": "Bridges must go", "name": "Acme rule"},
        "used against the subject": {
            "name": "Bridge rule", "applied": "yes", "applied_what": "One went",
            "applied_since": "2021-07",
        },
    }  # fmt: skip
    for case, cells in rules.items():
        folder.edit("acts", 4, **cells)
        cases[case] = why_no_act(Tracker(folder.load()), "CAL", "roads", after)
    golden(cases)


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
