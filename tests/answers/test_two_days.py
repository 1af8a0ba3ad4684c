"""The map before and after: what leads two maps, and which first days are offered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from stances.answers.acts import whose
from stances.answers.happened import Move
from stances.answers.practice import practice_counts, practice_sentence
from stances.answers.stance_map import MapPart, map_lead, map_levels, map_table
from stances.answers.standing import map_headline, map_subtitle, standings
from stances.answers.tracker import Tracker
from stances.answers.two_days import (
    FirstDay,
    field_of_day,
    landmark_days,
    not_before,
    span_of_maps,
    two_days_lead,
    year_ends,
)
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS
from stances.filters.map import part_of
from stances.model.changes import LASTING
from tests.folders import Folder
from tests.golden import Golden

THEN, NOW = date(2019, 12, 31), date(2020, 6, 30)


def test_what_leads_two_maps(golden: Golden, tracker_six: Tracker) -> None:
    cases = {"one map": [not_before(NOW, THEN)]}
    for then, now, domain, view in (
        (THEN, NOW, "roads", "world"),
        (THEN, NOW, "overall", "europe"),
        (NOW, date(2022, 6, 20), "roads", "world"),
        (date(2019, 3, 1), THEN, "schools", "world"),
        # A permit lapsed in between, and nobody did a thing.
        (date(2021, 3, 1), date(2021, 3, 31), "schools", "world"),
    ):
        part = part_of(tracker_six, view)
        span = span_of_maps(then, now, domain, part)
        lead = two_days_lead(tracker_six, span, part)
        cases[f"{view}, {domain}, {then} to {now}"] = list(lead)
    golden(cases)


def test_many_who_went_to_another_level_are_counted_and_the_furthest_named(
    monkeypatch: pytest.MonkeyPatch, tracker_six: Tracker
) -> None:
    moves = [
        Move(actor, actor, then, now, LASTING, done=done, time=now - then - done)
        for actor, then, now, done in (
            # By what was done alone beyond the end of the scale.
            ("ARC", 1.0, -2.0, -5.0),
            ("BOR", 0.0, 2.0, 2.0),
            ("CAL", 0.0, 1.0, 1.0),
            ("CAL", 0.0, -1.0, -1.0),
            # Within a level; by age alone; by age against what was done, and far beyond it.
            ("BOR", 0.0, 0.1, 0.1),
            ("BOR", 0.0, 1.0, 0.0),
            ("BOR", 0.0, 1.0, -0.5),
            ("BOR", 0.4, 1.0, 0.05),
        )
    ]
    monkeypatch.setattr("stances.answers.two_days.moves_among", lambda *_: moves)
    headline, subtitle = two_days_lead(tracker_six, span_of_maps(THEN, NOW, "roads"))
    assert headline.startswith("None of two actors with a position on either day stood at Block")
    assert subtitle.startswith(
        "Four with a position on both days went to another level, the furthest: "
        "Republic of Arcadia from Admit to Block. Between the two days: "
    )


def test_the_first_days_are_ends_of_years_and_days_before_landmarks(tracker_six: Tracker) -> None:
    events = tracker_six.data.events
    landmarks = events[events["landmark"]]
    offered = landmark_days(tracker_six, NOW, "roads")
    expected = [day.date() - timedelta(days=1) for day in landmarks["date"]]
    assert [each.day for each in offered] == expected
    assert len(expected) == 1
    assert all(title in offered[0].text for title in landmarks["title"])
    assert landmark_days(tracker_six, THEN, "roads") == []
    # One of another field than the maps says its own, and leads to it.
    [other] = landmark_days(tracker_six, NOW, "schools")
    assert (other.text, other.domain) == (f"{offered[0].text} (roads)", "roads")
    assert landmark_days(tracker_six, NOW, "overall") == [offered[0]._replace(domain="overall")]
    of_day = landmarks["date"].iloc[0].date()
    shown = {"schools": "roads", "roads": "roads", "overall": "overall"}
    assert {field: field_of_day(tracker_six, of_day, field) for field in shown} == shown
    assert field_of_day(tracker_six, THEN, "schools") == "schools"
    assert year_ends(tracker_six, NOW, "roads") == [FirstDay(THEN, str(THEN.year), "roads")]
    assert year_ends(tracker_six, THEN, "roads") == []


def test_a_landmark_changed_what_its_two_maps_show(tracker_six: Tracker) -> None:
    [before] = [each.day for each in landmark_days(tracker_six, NOW, "roads")]
    after = before + timedelta(days=1)
    assert map_levels(tracker_six, before, "roads") != map_levels(tracker_six, after, "roads")


# -- the finding of the map: its title, and the words on the part of the world that it shows -------


DAY = date(2020, 6, 30)
NORTH = MapPart("the North", frozenset({"ARC", "BOR"}))


def test_in_a_domain_all_are_told_of_and_on_a_part_the_group_that_leads(
    folder: Folder, golden: Golden, tracker_six: Tracker
) -> None:
    folder.replace("about.toml", 'lead = { group = "Pact", domain = "roads" }', "")
    cases = {
        "the world": map_lead(tracker_six, DAY, "roads"),
        "a part": map_lead(tracker_six, DAY, "roads", NORTH),
        # Without a group that leads the stances come first.
        "without a lead": map_lead(Tracker(folder.load()), DAY, "roads"),
    }
    golden(cases)


def test_the_numbers_are_those_of_practice(tracker_six: Tracker) -> None:
    for part, group in ((NORTH, "Pact"), (MapPart("", ()), ALL_ACTORS)):
        result = practice_counts(tracker_six, DAY, "schools", group)
        who = whose(tracker_six.data.about, result.members, group)
        text = practice_sentence(tracker_six.codebook, "schools", who, result)
        assert map_lead(tracker_six, DAY, "schools", part)[0] == text


def test_over_all_domains_the_title_counts_the_colours(tracker_six: Tracker) -> None:
    title, shown = map_lead(tracker_six, DAY, OVERALL, NORTH)
    levels = [row.level for row in standings(tracker_six, DAY, OVERALL)[:2]]
    assert map_levels(tracker_six, DAY, OVERALL, NORTH) == levels
    named = map_headline(tracker_six.codebook, levels, lambda n: f"{n} X")
    assert title == named.replace("2 X", "two actors on the map of the North")
    assert shown == map_subtitle(tracker_six.codebook, OVERALL, DAY)


def test_the_rows_have_the_outline_of_their_domain(tracker_six: Tracker) -> None:
    roads, schools = (map_table(tracker_six, DAY, domain) for domain in ("roads", "schools"))
    assert roads["outline"].tolist() == [2, 0, 0]
    assert schools["outline"].tolist() == [0, 0, 0]
