"""What binds on a day, held against the register of the six events, and the sentence to quote."""

from __future__ import annotations

from datetime import date

import pytest

from stances.answers.binding import (
    binding,
    binds_heading,
    deadline_words,
    quote,
    since_words,
    source_of,
)
from stances.answers.tracker import Tracker
from stances.model.register import IN_FORCE, NOT_YET
from stances.words import Dated
from tests.folders import Folder

MINUS = "\N{MINUS SIGN}"


def _held(tracker: Tracker, actor: str, day: str, domain: str = "overall") -> list[tuple[str, str]]:
    found = binding(tracker, actor, date.fromisoformat(day), domain)
    return [(line.act_id or line.event_id, line.status) for line in found]


@pytest.mark.parametrize(
    ("actor", "day", "held"),
    [
        ("ARC", "2019-12-31", []),
        ("ARC", "2020-01-01", [("ARC-roads-order", IN_FORCE)]),
        ("ARC", "2020-10-26", [("ARC-roads-order", IN_FORCE)]),
        ("ARC", "2020-10-27", []),
        ("BOR", "2020-02-01", [("BOR-school-permit", IN_FORCE)]),
        ("BOR", "2021-03-08", [("BOR-school-permit", IN_FORCE)]),
        ("CAL", "2020-12-31", []),
        ("CAL", "2021-01-01", [("CAL-bridge-rule", NOT_YET)]),
        ("CAL", "2021-07-01", [("CAL-bridge-rule", IN_FORCE)]),
    ],
)
def test_what_binds_follows_the_register(
    tracker_six: Tracker, actor: str, day: str, held: list[tuple[str, str]]
) -> None:
    assert _held(tracker_six, actor, day) == held


def test_a_domain_narrows_what_binds(tracker_six: Tracker) -> None:
    assert _held(tracker_six, "ARC", "2020-01-01", "schools") == []
    assert _held(tracker_six, "ARC", "2020-01-01", "roads") == [("ARC-roads-order", IN_FORCE)]


def test_dates_are_told_no_more_exactly_than_they_are_known(tracker_six: Tracker) -> None:
    [rule] = binding(tracker_six, "CAL", date(2021, 7, 1))
    assert rule.since == Dated(date(2021, 7, 1), "month")
    assert rule.deadline == Dated(date(2022, 1, 1), "year")
    assert deadline_words(tracker_six.codebook, rule) == "2022: what stands must go"
    assert rule.level != rule.level, "no event brought it"
    [passed] = binding(tracker_six, "CAL", date(2023, 1, 1))
    assert deadline_words(tracker_six.codebook, passed) == "2022: what stands must go (passed)"
    [coming] = binding(tracker_six, "CAL", date(2021, 1, 1))
    assert since_words(tracker_six.codebook, coming) == "Not yet in force, from Jul 2021"


def test_an_act_that_is_in_no_register_binds_too_and_the_act_shown_comes_first(
    folder: Folder,
) -> None:
    folder.add("events", 2, event_id="ARC-20200301-old-rule", date="2020-03-01", domain="schools")
    folder.add("acts", 2, act_id="ARC-a-decree", event_id="", in_force_from="2020-05")
    tracker = Tracker(folder.load())
    assert _held(tracker, "ARC", "2020-06-01") == [
        ("ARC-roads-order", IN_FORCE),
        ("ARC-a-decree", IN_FORCE),
        ("ARC-20200301-old-rule", IN_FORCE),
    ]
    shown, other, unlisted = binding(tracker, "ARC", date(2020, 6, 1))
    assert (shown.shown, other.shown, unlisted.shown) == (True, False, True)
    assert unlisted.level == -2
    source = source_of(tracker, unlisted)
    assert source.source_id == "arc-gazette"


def test_an_act_that_is_adopted_and_not_yet_in_force_is_told_so(folder: Folder) -> None:
    # By its event the order sets the level from January on, by the register it binds from June on.
    folder.edit("acts", 2, in_force_from="2020-06-01")
    tracker = Tracker(folder.load())
    assert _held(tracker, "ARC", "2020-05-31") == [("ARC-roads-order", NOT_YET)]
    [order] = binding(tracker, "ARC", date(2020, 5, 31))
    assert order.shown
    said = quote(tracker, "ARC", date(2020, 5, 31))
    assert said.sentence.endswith(
        "over all domains: \u201cRoads order\u201d in roads is adopted, binds from 1 June 2020."
    )
    assert said.source.source_id == "arc-gazette"
    assert _held(tracker, "ARC", "2020-06-01") == [("ARC-roads-order", IN_FORCE)]
    assert "has been in force" in quote(tracker, "ARC", date(2020, 6, 1)).sentence


def test_the_sentence_has_label_act_since_and_deadline(tracker_six: Tracker) -> None:
    said = quote(tracker_six, "ARC", date(2020, 7, 19))
    assert said.sentence == (
        f"As of 19 July 2020, Republic of Arcadia stands at Block ({MINUS}2.00) on Acme over all "
        "domains: \u201cRoads order\u201d has been in force in roads since 1 January 2020."
    )
    assert said.source.source_id == "arc-gazette"
    said = quote(tracker_six, "BOR", date(2020, 8, 19), "schools")
    assert said.sentence == (
        "As of 19 August 2020, Kingdom of Boria stands at Admit (+0.71) on Acme in schools: "
        "\u201cSchool permit\u201d has been in force in schools since February 2020, with a "
        "deadline of 7 March 2021 (the benefit ends)."
    )


def test_an_act_without_a_position_and_past_its_deadline_is_told(tracker_six: Tracker) -> None:
    said = quote(tracker_six, "CAL", date(2023, 1, 1))
    assert said.sentence == (
        "As of 1 January 2023, Caldon has no current position on Acme over all domains, but "
        "\u201cBridge rule\u201d has been in force in roads since July 2021, with a deadline of "
        "2022 (what stands must go), which has passed."
    )
    # Of its two sources the one of the better tier.
    assert said.source.source_id == "arc-daily"


def test_without_an_act_the_latest_statement_is_told(tracker_six: Tracker) -> None:
    said = quote(tracker_six, "BOR", date(2021, 9, 1), "roads")
    assert said.sentence.endswith(
        "; no act is in force, and its latest statement is \u201cBoria plans a ring road by "
        "Acme\u201d, 1 June 2020."
    )
    assert said.source.source_id == "bor-herald"
    only_act = quote(tracker_six, "ARC", date(2019, 12, 31))
    assert only_act.sentence == (
        "As of 31 December 2019, no position of Republic of Arcadia on Acme over all domains is "
        "recorded."
    )
    assert only_act.source is None


def test_where_words_are_left_out_the_sentence_says_so(tracker_six: Tracker) -> None:
    acts = Tracker(tracker_six.data, basis="acts")
    said = quote(acts, "BOR", date(2020, 8, 19), "schools").sentence
    assert said.startswith(
        "As of 19 August 2020, Kingdom of Boria stands at Admit (+1.00) on Acme in schools (words "
        "left out): "
    )
    none = quote(acts, "BOR", date(2020, 8, 19), "roads").sentence
    assert "has no current position on Acme in roads (words left out); no act is in force" in none


def test_an_act_that_ended_is_the_latest_where_nothing_was_said(folder: Folder) -> None:
    folder.edit("events", 3, instrument="order", score="0")
    said = quote(Tracker(folder.load()), "ARC", date(2021, 1, 1)).sentence
    assert said.endswith(
        "its latest act is \u201cArcadia repeals its order\u201d, 27 October 2020."
    )


def test_an_open_case_is_never_said_to_be_in_force(folder: Folder) -> None:
    folder.replace("codebook.toml", "[domains.schools]", "open_case = true\n[domains.schools]")
    tracker = Tracker(folder.load())
    said = quote(tracker, "ARC", date(2020, 7, 19)).sentence
    assert "\u201cRoads order\u201d has been an open case in roads since 1 January 2020." in said
    assert "in force" not in said
    none = quote(tracker, "ARC", date(2021, 1, 1), "roads").sentence
    assert "; no case is open, and its latest statement is" in none
    [case] = binding(tracker, "ARC", date(2020, 7, 19))
    assert since_words(tracker.codebook, case) == "Open case since 1 Jan 2020"


def test_the_heading_names_the_day_unless_it_is_today() -> None:
    today = date(2026, 7, 1)
    assert binds_heading(today, today) == "What binds today"
    assert binds_heading(date(2020, 7, 1), today) == "What binds on 1 July 2020"


def test_every_actor_of_the_real_data_has_a_sentence_with_a_source(tracker: Tracker) -> None:
    day = tracker.data.today
    for actor in tracker.model.actors:
        said = quote(tracker, actor, day)
        known = tracker.names[actor] in said.sentence and said.sentence.endswith(".")
        assert known, said.sentence
        assert (said.source is not None) == (actor in tracker.covered)
        in_register = [line for line in binding(tracker, actor, day) if line.status == IN_FORCE]
        assert ("has been" in said.sentence) == bool(in_register)
