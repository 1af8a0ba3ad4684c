"""Which way events go: on six events by hand, in every case, and in words."""

from __future__ import annotations

import math
from datetime import date

import pytest

from stances.answers import directions
from stances.answers.actions import net_move_between
from stances.answers.firm import mark_legend, source_count, unsure_words
from stances.answers.history import known_period
from stances.answers.ledger import Span, ledger
from stances.answers.tracker import Tracker
from stances.answers.turns import turns
from stances.dataset.codebook import OVERALL
from stances.markup.chip import event_chip
from stances.model.directions import AS_BEFORE, EASED, NEW, SOFTER, STRICTER
from stances.model.stance import ACTS
from tests.folders import Folder
from tests.golden import Golden
from tests.ui.pages import plain

# Worked out from tests/data/six/README.md: the plan and the permit are first positions.
BY_HAND = {
    "ARC-20200101-roads-order": (NEW, math.nan, -2.0),
    "ARC-20200410-minister-worried": (AS_BEFORE, -2.0, -2.0),
    "ARC-20201027-order-repealed": (SOFTER, -2.0, 0.0),
    "BOR-20200201-school-permit": (NEW, math.nan, 1.0),
    "BOR-20200511-teachers-doubt": (STRICTER, 1.0, 0.5),
    "BOR-20200601-ring-road-plan": (NEW, math.nan, 2.0),
}


def test_the_six_events_go_as_they_do_on_paper(tracker_six: Tracker) -> None:
    result = directions.courses(tracker_six)
    assert {event: course.direction for event, course in result.items()} == {
        event: direction for event, (direction, _, _) in BY_HAND.items()
    }
    for event, (_, before, after) in BY_HAND.items():
        assert result[event][1:] == pytest.approx((before, after), nan_ok=True)


def test_they_are_the_same_where_acts_alone_count(tracker_six: Tracker) -> None:
    acts = Tracker(tracker_six.data, basis=ACTS)
    assert str(directions.courses(acts)) == str(directions.courses(tracker_six))


def _next_act(folder: Folder, day: str, **cells: str) -> Tracker:
    """The six events and one more act on the roads of Arcadia."""
    event = f"ARC-{day.replace('-', '')}-next-act"
    cells = {"event_id": event, "date": day, "instrument": "order", "score": "-2"} | cells
    folder.add("events", 2, **cells)
    for line in (2, 3, 4):
        folder.add("codings", line, event_id=event, score=cells["score"])
    return Tracker(folder.load())


@pytest.mark.parametrize(
    ("day", "cells", "direction"),
    [
        # The order of -2 holds until 27 October 2020.
        ("2020-06-01", {"score": "-1"}, SOFTER),
        ("2020-06-01", {}, AS_BEFORE),
        ("2020-06-01", {"instrument": "repeal"}, EASED),
        ("2020-06-01", {"instrument": "repeal", "score": "-1"}, SOFTER),
        # Since then nothing is in force, and the stance is Even, while there is one.
        ("2021-01-01", {}, STRICTER),
        ("2021-01-01", {"instrument": "repeal", "score": "0"}, AS_BEFORE),
        ("2022-12-01", {}, NEW),
    ],
)
def test_an_act_is_held_against_the_level_before_it(
    folder: Folder, day: str, cells: dict[str, str], direction: str
) -> None:
    tracker = _next_act(folder, day, **cells)
    assert directions.direction_of(tracker, f"ARC-{day.replace('-', '')}-next-act") == direction


def test_the_first_act_is_new_though_words_asked_for_its_level(folder: Folder) -> None:
    event = "BOR-20200701-ring-road-order"
    folder.add("events", 7, event_id=event, date="2020-07-01", instrument="order")
    for line, row in enumerate(folder.rows("codings"), start=1):
        if row["event_id"] == "BOR-20200601-ring-road-plan":
            folder.add("codings", line, event_id=event)
    assert directions.courses(Tracker(folder.load()))[event] == (NEW, 2.0, 2.0)


def test_words_of_the_day_of_an_act_do_not_share_its_way(folder: Folder) -> None:
    tracker = _next_act(folder, "2020-04-10", score="-1")
    assert directions.direction_of(tracker, "ARC-20200410-next-act") == SOFTER
    # The worried minister says what the act of that day leaves.
    assert directions.direction_of(tracker, "ARC-20200410-minister-worried") == AS_BEFORE


def test_context_goes_no_way(folder: Folder) -> None:
    folder.edit("events", 3, score="")
    tracker = Tracker(folder.load())
    assert directions.direction_of(tracker, "ARC-20200410-minister-worried") == ""
    assert set(directions.courses(tracker)) == set(BY_HAND) - {"ARC-20200410-minister-worried"}


def test_acts_stand_at_a_level_and_words_say_one(tracker_six: Tracker) -> None:
    codebook = tracker_six.codebook
    assert directions.chip_words(codebook, "order", -2.0) == "stands at Block"
    assert directions.chip_words(codebook, "speech", 1.0) == "says Admit"
    repeal = "ARC-20201027-order-repealed"
    assert (
        directions.course_words(tracker_six, repeal, "repeal", 0.0)
        == "leaves nothing in force, softer"
    )


@pytest.mark.parametrize(
    ("direction", "after", "text"),
    [
        (STRICTER, -0.01, STRICTER),
        # As it is printed: 0.00 is 0.
        (STRICTER, -0.004, "less open"),
        (STRICTER, 2.0, "less open"),
        (SOFTER, -1.0, SOFTER),
        (SOFTER, 0.004, SOFTER),
        (SOFTER, 0.01, "more open"),
        (NEW, 1.0, NEW),
        (EASED, 1.0, EASED),
        (AS_BEFORE, 1.0, AS_BEFORE),
    ],
)
def test_nobody_who_is_still_open_is_called_strict_or_soft(
    direction: str, after: float, text: str
) -> None:
    assert directions.direction_word(direction, after) == text


def test_readers_are_told_another_word_than_the_file_has(tracker_six: Tracker) -> None:
    doubt = "BOR-20200511-teachers-doubt"
    assert directions.direction_words(tracker_six, doubt, "speech") == "position less open"
    assert directions.direction_of(tracker_six, doubt) == STRICTER


def test_of_a_position_that_moved_within_its_label_the_label_is_as_before(folder: Folder) -> None:
    minister, mayor = "ARC-20200410-minister-worried", "ARC-20200411-mayor"
    # Worried, the minister is in line with the order, and moves nothing.
    worried = directions.direction_words(Tracker(folder.load()), minister, "speech")
    # For Acme he moves it to Limit; the mayor, who takes no side, within that.
    folder.edit("events", 3, score="1")
    folder.add("events", 3, event_id=mayor, date="2020-04-11", score="0")
    for line, row in enumerate(folder.rows("codings"), start=1):
        if row["event_id"] == minister:
            folder.add("codings", line, event_id=mayor)
    tracker = Tracker(folder.load())
    course = directions.courses(tracker)[mayor]
    assert course == (AS_BEFORE, pytest.approx(-1.25, abs=0.01), pytest.approx(-1, abs=0.01))
    words = directions.direction_words(tracker, mayor, "speech")
    assert (worried, words) == ("position as before", "label as before")


def test_the_ledger_and_its_file_have_it(tracker_six: Tracker) -> None:
    for action in ledger(tracker_six, Span(date(2019, 12, 31), date(2020, 12, 31))):
        assert action.direction == BY_HAND[action.event_id][0]


def test_what_words_moved_is_set_aside_with_them_by_an_act(folder: Folder) -> None:
    # The minister speaks for Acme in April; an order as strict as the first sets that aside.
    folder.edit("events", 3, score="1")
    year = date(2020, 1, 31), date(2020, 7, 31), "roads", "ARC"
    softer = net_move_between(Tracker(folder.load()), *year).softer
    assert softer == (("roads", pytest.approx(0.75), pytest.approx(-1.25)),)
    assert net_move_between(_next_act(folder, "2020-06-01"), *year) == directions.UNMOVED


# -- which events are marked as single or weak reports, in the same words wherever they stand ------


PLAN, PERMIT, SPEECH = (
    "BOR-20200601-ring-road-plan", "BOR-20200201-school-permit", "ARC-20200410-minister-worried",
)  # fmt: skip


def test_words_of_the_lowest_confidence_are_marked_and_acts_are_not(
    golden: Golden, tracker_six: Tracker
) -> None:
    # Plan and permit are both doubtful; the permit binds.
    cases = {
        "a plan": unsure_words(tracker_six, PLAN),
        "a permit": unsure_words(tracker_six, PERMIT),
        "the way of a plan": directions.course_words(tracker_six, PLAN, "plan", 2),
        "the chip of a plan": plain(event_chip(tracker_six, PLAN)),
        "the way of a permit": directions.course_words(tracker_six, PERMIT, "permit", 1),
    }
    golden(cases)


def test_a_table_has_the_mark_beside_the_number_of_sources(folder: Folder, golden: Golden) -> None:
    folder.replace("codebook.toml", "[scale]\n", 'weak_tiers = ["paper"]\n[scale]\n')
    tracker = Tracker(folder.load())
    # Weak sources are told of an act too.
    assert [source_count(tracker, event) for event in (PLAN, PERMIT, SPEECH)] == [
        "1 \N{DAGGER}"
    ] * 3
    assert mark_legend(tracker, ["ARC-20200101-roads-order"]) == ""
    golden({"legend": mark_legend(tracker, [PERMIT])})


# -- the events that moved the lines of a chart most -----------------------------------------------


BOTH = ["ARC", "BOR"]
WHOLE = date(2019, 1, 1), date(2021, 3, 31)


def _ids(tracker: Tracker, codes: list[str], domain: str = OVERALL) -> list[str]:
    return turns(tracker, tuple(codes), domain, WHOLE)["event_id"].tolist()


def test_they_are_of_those_chosen_and_moved_their_lines(tracker_six: Tracker) -> None:
    assert {event[:3] for event in _ids(tracker_six, ["ARC"])} == {"ARC"}
    result = _ids(tracker_six, BOTH)
    assert {event[:3] for event in result} == {*BOTH}
    # With the first event of a line there is a position, which nothing moved.
    first = tracker_six.data.events.groupby("actor")["event_id"].first()
    assert not {*result} & {*first}
    assert _ids(tracker_six, ["BOR"], "roads") == []


def test_their_names_are_whole_and_say_whose_they_are(folder: Folder) -> None:
    title = f"The <b>ministry</b> {'bars Acme ' * 7}".strip()
    for line in range(2, 8):
        folder.edit("events", line, title=title)
    tracker = Tracker(folder.load())
    marks = turns(tracker, tuple(BOTH), OVERALL, WHOLE)
    wanted = title.replace("<", "&lt;").replace(">", "&gt;")
    for name in marks["name"]:
        assert name.count("<br>") == 1
        assert name.replace("<br>", " ") in {f"Arcadia: {wanted}", f"Boria: {wanted}"}


def test_years_before_the_first_position_are_left_out(tracker_six: Tracker) -> None:
    assert known_period(tracker_six, BOTH, OVERALL, WHOLE) == (date(2020, 1, 1), WHOLE[1])
    later = date(2020, 5, 1), WHOLE[1]
    assert known_period(tracker_six, BOTH, OVERALL, later) == later
    nobody = date(2019, 1, 1), date(2019, 12, 31)
    assert known_period(tracker_six, BOTH, OVERALL, nobody) == nobody
