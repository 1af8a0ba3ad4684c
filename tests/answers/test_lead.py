"""What leads the first page: how many members of a group acts bind, and how far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from stances import words
from stances.answers.lead import (
    BoundMembers,
    bound_members,
    bound_sentence,
    lead_sentence,
    map_lead,
    with_removal,
)
from stances.answers.members import member_table
from stances.answers.standing import map_headline, map_subtitle, standings
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.tables import Dataset
from tests.folders import Folder

# The order of Arcadia (-2 on the roads) holds from 1 January to 26 October 2020; the scale ends at
# -2, where it restricts. Arcadia leaves the Pact on 1 July. Boria's permit is for schools
# and restricts nothing. Caldon's rule of 2021 has the roads rid of old bridges by 2022.
_DAYS = ((2, 29), (3, 1))
HELD, LEFT, REMOVAL = date(2020, 6, 30), date(2020, 7, 1), date(2021, 7, 1)


def test_members_with_an_act_that_restricts_are_counted(tracker_six: Tracker) -> None:
    found = bound_members(tracker_six, HELD, "Pact", "roads")
    assert found == (3, 1, 1, 0)
    assert bound_members(tracker_six, LEFT, "Pact", "roads") == (2, 0, 0, 0)
    assert bound_members(tracker_six, HELD, "Pact", "schools") == (3, 0, 0, 0)
    assert bound_members(tracker_six, REMOVAL, "Pact", "roads") == (2, 0, 0, 1)


def test_who_sets_a_date_of_removal_is_told_by_the_register(tracker: Tracker) -> None:
    day = tracker.data.today
    acts = tracker.data.acts
    for domain in tracker.codebook.domains:
        found = with_removal(tracker, day, domain)
        sets = acts[(acts["deadline_kind"] == "removal") & (acts["domain"] == domain)]
        assert found <= set(sets["actor"])
        assert found >= set(sets.loc[(sets["ended"] == "") & (sets["adopted"] < str(day)), "actor"])


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (BoundMembers(27, 21, 4, 8), "21 of 27 Pact members have an act in force that restricts "
         "Acme in roads; four exclude it and eight set a date by which it must be out"),
        (BoundMembers(3, 1, 1, 0), "One of three Pact members has an act in force that restricts "
         "Acme in roads; one excludes it"),
        (BoundMembers(3, 2, 0, 1), "Two of three Pact members have an act in force that restricts "
         "Acme in roads; one sets a date by which it must be out"),
        (BoundMembers(3, 0, 0, 0), "None of three Pact members has an act in force that restricts "
         "Acme in roads"),
    ],
)  # fmt: skip
def test_the_sentence(six: Dataset, found: BoundMembers, told: str) -> None:
    scale = replace(six.codebook.scale, restricting=-1)
    codebook = replace(six.codebook, scale=scale)
    who = f"{words.number(found.members)} Pact members"
    assert bound_sentence(codebook, "roads", who, found) == told


def test_where_no_label_is_below_the_one_that_restricts_nobody_is_said_to_exclude(
    tracker_six: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stances.answers.lead.bound_members", lambda *_: BoundMembers(3, 1, 1, 1))
    assert lead_sentence(tracker_six, HELD, OVERALL) == (
        "One of three Pact members has an act in force that restricts Acme in roads; one sets a "
        "date by which it must be out"
    )


def test_an_act_that_is_not_yet_in_force_binds_nobody(folder: Folder) -> None:
    # The order of January 2020 shall bind from March on.
    folder.edit("acts", 2, in_force_from="2020-03-01")
    tracker = Tracker(folder.load())
    before, after = (bound_members(tracker, date(2020, *day), "Pact", "roads") for day in _DAYS)
    assert (before.restricting, after.restricting) == (0, 1)
    rows = [standings(tracker, date(2020, *day), "roads")[0] for day in _DAYS]
    assert [row.pending for row in rows] == [True, False]
    assert [row.act_in_force for row in rows] == [False, True]
    assert rows[0].level == rows[1].level == -2


def test_a_group_without_members_has_none(tracker_six: Tracker) -> None:
    told = bound_sentence(
        tracker_six.codebook, "roads", "no Pact members", BoundMembers(0, 0, 0, 0)
    )
    assert told == "No Pact members on this day"


def test_a_domain_that_is_looked_at_leads(tracker_six: Tracker) -> None:
    assert lead_sentence(tracker_six, HELD, "schools").endswith("Acme in schools")


def test_who_stands_where_comes_second(tracker_six: Tracker) -> None:
    first, second = map_lead(tracker_six, HELD, "roads")
    assert first == lead_sentence(tracker_six, HELD, "roads")
    levels = [row.level for row in standings(tracker_six, HELD, "roads")]
    told = (tracker_six.codebook, levels, "roads", HELD)
    assert second == f"{map_headline(*told)}. {map_subtitle(*told)}"


def test_without_a_group_that_leads_the_stances_come_first(folder: Folder) -> None:
    folder.replace("about.toml", 'lead = { group = "Pact", domain = "roads" }', "")
    tracker = Tracker(folder.load())
    levels = [row.level for row in standings(tracker, HELD, OVERALL)]
    told = (tracker.codebook, levels, OVERALL, HELD)
    assert map_lead(tracker, HELD, OVERALL) == (map_headline(*told), map_subtitle(*told))


@pytest.mark.parametrize("day", [date(2019, 3, 4), date(2020, 1, 31), date(2026, 6, 30)])
@pytest.mark.parametrize("domain", ["networks", "trade", "justice"])
def test_the_page_of_members_counts_the_same(tracker: Tracker, day: date, domain: str) -> None:
    totals = member_table(tracker, tracker.lead.group, day, domain).totals
    counted = totals.members, totals.restricting, totals.excluding, totals.removing
    assert counted == bound_members(tracker, day, tracker.lead.group, domain)
