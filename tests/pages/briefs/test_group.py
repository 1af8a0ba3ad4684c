"""The brief of a group: what its members did and must do, where each stands, and stood before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

pytest.importorskip("pypdf", reason="needs tests/requirements.txt")

from stances import Dataset
from stances.answers.members import member_table, members_headline
from stances.answers.practice import use_words
from stances.answers.tracker import Tracker
from stances.answers.years import first_year, group_years, years_headline
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS
from stances.pages.briefs.group import _doubts, _view_of
from tests.folders import Folder
from tests.pages.briefs.read import SITE, bare, brief_of, links, page_count, pages, root_of

DAY = "2020-07-01"


def test_it_says_what_the_page_of_members_says(six: Dataset) -> None:
    table = member_table(Tracker(six), "Pact", six.day(DAY), OVERALL)
    first, second, _ = pages(brief_of(six, "Pact", as_of=DAY))
    assert bare(members_headline(Tracker(six), table)) in first
    assert table.rows
    for row in table.rows:
        assert bare(row.short_name) in second
        act = row.binding
        assert act is None or bare(act.use.what or act.title) in second
        assert act is None or bare(use_words(act.use).replace(",", "")) in second


def test_whose_deadline_it_is_stands_there_where_another_act_sets_it(folder: Folder) -> None:
    folder.keep("deadlines", 1)
    folder.add(
        "acts", 2, act_id="ARC-roads-rule", event_id="", name="Removal rule", deadline="2024",
        deadline_kind="removal", deadline_what="what stands",
    )  # fmt: skip
    _, text, _ = pages(brief_of(folder.load(), "Pact", as_of="2020-04-10"))
    assert bare("by another rule") in text
    assert bare("Level in roads") in text


def test_a_rule_in_doubt_is_marked_and_named(folder: Folder) -> None:
    folder.edit("acts", 4, doubt="Nobody has read it.")
    _, text, _ = pages(brief_of(folder.load(), "Pact", as_of="2021-12-01"))
    assert bare("No level, in doubt") in text
    assert bare("Caldon: whether the rule holds as shown; the brief of each says why.") in text
    folder.edit("acts", 2, doubt="Nobody has read it.")
    _, text, _ = pages(brief_of(folder.load(), "Pact", as_of="2020-06-30"))
    assert bare("Block, in doubt") in text


def test_on_a_day_past_use_and_doubt_are_known_later(folder: Folder) -> None:
    folder.replace("about.toml", "[licence]", "covered_to = 2020-12-31\n[licence]")
    told = bare("Use and doubt are told as known on 31 December 2020.")
    data = folder.load()
    assert told in "".join(pages(brief_of(data, "Pact", as_of="2020-07-01")))
    assert told not in "".join(pages(brief_of(data, "Pact", as_of="2020-12-31")))


def test_a_doubt_of_one_rule_is_told_apart(folder: Folder) -> None:
    # Boria's permit, which does not limit, is in doubt; Arcadia's order, which does, is too.
    folder.edit("acts", 2, doubt="Nobody has read it.")
    tracker, day = Tracker(folder.load()), date(2020, 6, 30)
    roads, schools = (member_table(tracker, "Pact", day, code) for code in ("roads", "schools"))
    both = replace(roads, rows=(*roads.rows, *schools.rows))
    assert _doubts(roads) == (
        "Arcadia: whether the rule holds as shown; the brief of each says why."
    )
    assert _doubts(schools) == "Boria: whether one rule holds as shown; the brief of each says why."
    assert _doubts(both) == (
        "Arcadia: whether the rule holds as shown; Boria: whether one does; "
        "the brief of each says why."
    )
    assert _doubts(replace(roads, rows=())) == ""


@pytest.mark.parametrize(("lon", "view"), [("-3.25", "europe"), ("-100.5", "world")])
def test_the_map_has_every_member_with_a_position(folder: Folder, lon: str, view: str) -> None:
    # Boria has one; Caldon, far in the south, has none.
    folder.edit("actors", 3, lon=lon)
    tracker = Tracker(folder.load())
    members = member_table(tracker, "Pact", tracker.data.day(DAY), OVERALL)
    assert _view_of(tracker, members) == view


def test_deadlines_ahead_and_deeds_are_told(six: Dataset) -> None:
    first, *_ = pages(brief_of(six, "Pact", as_of="2021-12-01", since="2020-01-01"))
    act = six.acts.set_index("act_id").loc["CAL-bridge-rule"]
    assert bare(act["name"]) in first
    assert bare("Deadlines ahead") in first
    titles = six.events.set_index("event_id")["title"]
    assert bare(titles["BOR-20200511-teachers-doubt"]) in first


def test_it_ends_with_the_years(six: Dataset) -> None:
    tracker = Tracker(six)
    years = group_years(tracker, "Pact", six.day("2021-12-01"), OVERALL, first_year(tracker))
    *_, last = pages(brief_of(six, "Pact", as_of="2021-12-01"))
    assert bare(years_headline(tracker, years)) in last
    for row in years.rows:
        assert bare(row.short_name) in last


def test_who_has_no_position_is_named(six: Dataset) -> None:
    table = member_table(Tracker(six), "Pact", six.day(DAY), OVERALL)
    nowhere = [
        row.short_name for row in table.rows if row.standings[0].stance != row.standings[0].stance
    ]
    _, second, _ = pages(brief_of(six, "Pact", as_of=DAY))
    assert nowhere
    assert all(bare(name) in second.partition("Gaps")[2] for name in nowhere)


def test_a_reader_is_told_who_is_nearest(six: Dataset) -> None:
    first, *_ = pages(brief_of(six, "Pact", as_of=DAY, from_="ARC"))
    assert bare(f"For {Tracker(six).names['ARC']}") in first


def test_a_group_without_members_has_two_pages(folder: Folder) -> None:
    for line, row in enumerate(folder.rows("memberships"), 1):
        if row["group"] == "Pact":
            folder.edit("memberships", line, joined="2021-01-01", left="")
    first, _ = pages(brief_of(folder.load(), "Pact", as_of=DAY))
    assert bare("Pact has no members on 1 July 2020") in first


def test_all_actors_have_a_brief(six: Dataset) -> None:
    first, *_ = pages(brief_of(six, ALL_ACTORS, as_of=DAY))
    assert bare("All countries and bodies") in first


def test_the_map_is_a_picture_with_words_for_it(six: Dataset) -> None:
    brief = brief_of(six, "Pact", as_of=DAY)
    assert b"pdfuaid" in root_of(brief)["/Metadata"].get_data()
    assert "/StructTreeRoot" in root_of(brief)
    assert f"{SITE}/members?as_of={DAY}&group=Pact" in links(brief)
    assert brief == brief_of(six, "Pact", as_of=DAY)


@pytest.mark.slow
@pytest.mark.parametrize("query", [{}, {"as_of": "2012-06-30"}, {"since": "2010-01-01"}], ids=str)
def test_every_group_with_members_has_three_pages(real: Dataset, query: dict[str, str]) -> None:
    tracker, day = Tracker(real), real.day(query.get("as_of", str(real.opening_day)))
    for group in [*tracker.groups, ALL_ACTORS]:
        count = 3 if tracker.belonging(group, day) else 2
        for reader in ({}, {"from_": real.first_actors[0]}):
            brief = brief_of(real, group, **query, **reader)
            assert page_count(brief) == count, group
            assert b"pdfuaid" in root_of(brief)["/Metadata"].get_data(), group
