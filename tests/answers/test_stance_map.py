"""The finding of the map: its title, and the words on the part of the world that it shows."""

from __future__ import annotations

from datetime import date

from stances.answers.acts import whose
from stances.answers.practice import practice_counts, practice_sentence
from stances.answers.stance_map import MapPart, map_lead, map_levels, map_table
from stances.answers.standing import map_headline, map_subtitle, standings
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS
from tests.folders import Folder
from tests.golden import Golden

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
