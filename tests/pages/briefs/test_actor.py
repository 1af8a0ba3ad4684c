"""The brief of an actor: one page with what its own page and the register say."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

pytest.importorskip("pypdf", reason="needs tests/requirements.txt")

from stances import Dataset
from stances.answers.binding import binding, binds_nothing
from stances.answers.ledger import Span, effect_words, ledger
from stances.answers.practice import use_words
from stances.answers.profile import profile
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.pages.briefs.actor import weightiest_first
from tests.folders import Folder
from tests.pages.briefs.read import SITE, bare, brief_of, links, page_count, pages, root_of

DAY = "2020-04-10"


def _page(data: Dataset, code: str, **query: str) -> str:
    [page] = pages(brief_of(data, code, **query))
    return page


def test_it_says_what_the_page_says_and_what_binds(six: Dataset) -> None:
    tracker, day = Tracker(six), six.day(DAY)
    page = _page(six, "ARC", as_of=DAY)
    assert bare(profile(tracker, "ARC", day).text) in page
    acts = binding(tracker, "ARC", day)
    assert acts
    for act in acts:
        assert bare(act.title) in page
        assert bare(act.legal_name) in page
        assert bare(use_words(act.use)) in page
        assert bare(act.use.what) in page
    for code in six.codebook.columns:
        assert bare(six.codebook.domain_label(code)) in page


def test_on_a_day_past_use_and_doubt_are_told_as_known_later(folder: Folder) -> None:
    folder.replace("about.toml", "[licence]", "covered_to = 2020-07-01\n[licence]")
    folder.edit("acts", 2, doubt="Nobody has read it")
    page = _page(folder.load(), "ARC", as_of=DAY)
    assert bare("In doubt on 1 July 2020: Nobody has read it.") in page
    assert bare("By 1 July 2020: ") in page
    assert bare("By 1 July 2020: ") not in _page(folder.load(), "ARC", as_of="2020-07-01")


def test_of_a_level_without_a_rule_the_newest_of_its_events_is_named(folder: Folder) -> None:
    newest = bare("The newest, 1 Apr 2020: Arcadia orders")
    folder.add("events", 2, event_id="ARC-20200301-rule", date="2020-03-01", domain="schools")
    assert newest not in _page(folder.load(), "ARC", as_of=DAY)
    order = {"event_id": "ARC-20200401-order", "date": "2020-04-01", "domain": "schools"}
    folder.add("events", 2, **order, title="Arcadia orders Acme out")
    assert newest in _page(folder.load(), "ARC", as_of=DAY)


def test_a_level_of_an_act_to_come_rests_on_no_statements(folder: Folder) -> None:
    folder.edit("acts", 2, in_force_from="2020-05-01")
    page = _page(folder.load(), "ARC", as_of=DAY)
    assert bare("Act not yet in force") in page


def test_what_happened_is_told_with_what_it_changed(six: Dataset) -> None:
    tracker, day = Tracker(six), six.day(DAY)
    actions = [
        action
        for action in ledger(tracker, Span(six.day("2019-04-11"), day))
        if action.actor == "ARC"
    ]
    page = _page(six, "ARC", as_of=DAY, since="2019-04-11")
    assert actions
    for action in actions:
        assert bare(action.title) in page
        assert bare(effect_words(six.codebook, action, figures=False)) in page
    assert bare("No recorded act or statement.") in _page(six, "ARC", as_of=DAY, since=DAY)


def test_where_there_are_many_deeds_acts_and_what_moved_most_lead(six: Dataset) -> None:
    [action, *_] = ledger(Tracker(six), Span(six.day("2019-04-11"), six.day(DAY)))
    moves = [(False, 0.1), (False, -2.0), (True, 0.0), (True, 0.5), *[(False, 0.0)] * 5]
    many = [replace(action, binds=binds, before=0.0, after=move) for binds, move in moves]
    result, text = weightiest_first(many)
    assert [(each.binds, each.effect) for each in result[:5]] == [
        (True, 0.5), (True, 0.0), (False, -2.0), (False, 0.1), (False, 0.0),
    ]  # fmt: skip
    assert text
    # A few stand in the order of their days.
    assert weightiest_first(many[:2]) == (many[:2], "")


def test_one_whom_nothing_binds_and_without_a_position_has_one_too(six: Dataset) -> None:
    day = six.day("2020-04-10")
    page = _page(six, "CAL", as_of=DAY)
    assert bare(binds_nothing(six.codebook, Tracker(six).names["CAL"], OVERALL, day)) in page
    assert bare("No current position") in page


def test_a_reader_is_told_what_concerns_it(folder: Folder) -> None:
    folder.edit("actors", 3, article="the")
    six = folder.load()
    page = _page(six, "ARC", as_of="2020-07-01", from_="BOR")
    tracker, day = Tracker(six), six.day("2020-07-01")
    name = f"the {tracker.names['BOR']}"
    for text in (
        f"brief, for {name}",
        f"For {name}",
        f"What {name} did in the same time",
        "stricter than",
    ):
        assert bare(text) in page
    assert bare(profile(tracker, "BOR", day).text) in page


def test_sources_data_and_citation_stand_there(six: Dataset) -> None:
    brief = brief_of(six, "ARC", as_of=DAY)
    [page] = pages(brief)
    for text in (six.version, *six.about.authors, "rest on", f"{SITE}/actor?as_of={DAY}&actor=ARC"):
        assert bare(text) in page
    assert f"{SITE}/actor?as_of={DAY}&actor=ARC" in links(brief)
    assert set(links(brief)) & set(six.sources["url"])


def test_other_settings_are_said(six: Dataset) -> None:
    page = _page(six, "ARC", as_of=DAY, basis="acts", settings="roads:1")
    assert bare("Not as published") in page


def test_the_same_is_asked_for_by_the_same_bytes(six: Dataset) -> None:
    assert brief_of(six, "ARC", as_of=DAY) == brief_of(six, "ARC", as_of=DAY)


def test_it_is_tagged_and_names_itself(six: Dataset) -> None:
    brief = brief_of(six, "ARC", as_of=DAY)
    root = root_of(brief)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert b"10 April 2020" in root["/Metadata"].get_data()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"as_of": "tomorrow"}, "as_of: tomorrow is not a day"),
        ({"since": "tomorrow"}, "since: tomorrow is not a day"),
        ({"as_of": DAY, "since": "2020-04-11"}, "since: 2020-04-11 is after 2020-04-10"),
        ({"from_": "ARC"}, "from: the brief is of ARC itself; choose another actor"),
        ({"from_": "MOON"}, "from: MOON is not one of: BOR, CAL"),
        ({"settings": "roads:x"}, "settings: roads: x is not a number"),
        ({"basis": "moon"}, "basis: moon is not one of"),
    ],
)
def test_bad_input_is_named_in_a_line(six: Dataset, query: dict[str, str], text: str) -> None:
    with pytest.raises(BadInput) as error:
        brief_of(six, "ARC", **query)
    assert str(error.value).startswith(text)
    assert "\n" not in str(error.value)


@pytest.mark.slow
@pytest.mark.parametrize("query", [{}, {"as_of": "2019-06-30"}, {"since": "2010-01-01"}], ids=str)
@pytest.mark.parametrize("part", range(6))
def test_every_actor_has_a_page(real: Dataset, part: int, query: dict[str, str]) -> None:
    for actor in real.position_actors[part::6]:
        brief = brief_of(real, actor, **query)
        assert page_count(brief) == 1, actor
        assert b"pdfuaid" in root_of(brief)["/Metadata"].get_data(), actor


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_every_reader_has_a_page(real: Dataset, part: int) -> None:
    actors = real.position_actors
    for reader, actor in list(pairwise(actors))[part::6]:
        assert page_count(brief_of(real, actor, from_=reader, since="2015-01-01")) == 1, actor


def test_that_a_deadline_was_counted_by_us_is_not_cut(folder: Folder) -> None:
    folder.edit("deadlines", 2, note="Counted by us")
    page = _page(folder.load(), "BOR", as_of=DAY)
    assert bare("7 Mar 2021(counted by us) the benefit ends") in page
