"""The table of members, worked out by hand on the six events; on the real data, what must hold."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from datetime import date

import pytest

from stances import words
from stances.answers.binding import binding
from stances.answers.member_file import (
    MEMBER_COLUMNS,
    member_columns,
    member_records,
    members_file_name,
    members_json,
    members_typed,
)
from stances.answers.members import (
    Member,
    Totals,
    binds_line,
    deadline_note,
    done_line,
    in_order,
    member_table,
    members_headline,
    members_sentence,
    members_subtitle,
    orders,
    totals_told,
)
from stances.answers.tracker import Tracker
from stances.answers.typed import to_bytes
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS, REMOVAL
from stances.model.changes import HELD
from stances.model.register import IN_FORCE
from tests.folders import Folder

MIDSUMMER, AUTUMN, LATE = date(2020, 6, 30), date(2020, 8, 19), date(2022, 6, 20)


def row_of(tracker: Tracker, actor: str, day: date, domain: str = OVERALL) -> Member:
    """The row of an actor in the table of all."""
    table = member_table(tracker, ALL_ACTORS, day, domain)
    [found] = [row for row in table.rows if row.actor == actor]
    return found


# -- who stands in it, and what binds ------------------------------------------------------------


def test_the_members_of_the_day_stand_in_order_of_the_names_shown(tracker_six: Tracker) -> None:
    # Arcadia left on 1 July 2020.
    before = member_table(tracker_six, "Pact", MIDSUMMER, OVERALL)
    assert [row.short_name for row in before.rows] == ["Arcadia", "Boria", "Caldon"]
    after = member_table(tracker_six, "Pact", AUTUMN, OVERALL)
    assert [row.actor for row in after.rows] == ["BOR", "CAL"]
    everyone = member_table(tracker_six, ALL_ACTORS, AUTUMN, OVERALL)
    assert [row.actor for row in everyone.rows] == ["ARC", "BOR", "CAL"]


def test_over_all_domains_what_binds_is_that_of_the_lead_domain(tracker_six: Tracker) -> None:
    assert member_table(tracker_six, "Pact", MIDSUMMER, OVERALL).bound_in == "roads"
    assert member_table(tracker_six, "Pact", MIDSUMMER, "schools").bound_in == "schools"
    # The order bars Acme from the roads; in the schools only Boria has an act.
    order, permit = (row_of(tracker_six, actor, MIDSUMMER) for actor in ("ARC", "BOR"))
    assert order.binding is not None
    assert (order.binding.act_id, order.binding.name) == ("ARC-roads-order", "Roads order")
    assert (order.binding.level, order.binding.since) == (-2, words.dated("2020-01-01"))
    assert permit.binding is None
    in_schools = row_of(tracker_six, "BOR", MIDSUMMER, "schools").binding
    assert in_schools is not None
    # The day of the permit is not known.
    assert (in_schools.name, in_schools.level) == ("School permit", 1)
    assert in_schools.since == words.dated("2020-02")


def test_what_no_event_brought_binds_without_a_level(tracker_six: Tracker) -> None:
    # Caldon's rule was adopted in 2021 and binds from July 2021 on.
    assert row_of(tracker_six, "CAL", date(2021, 6, 30)).binding is None
    bound = row_of(tracker_six, "CAL", date(2021, 7, 1)).binding
    assert bound is not None
    assert (bound.act_id, bound.event_id) == ("CAL-bridge-rule", "")
    assert math.isnan(bound.level)
    assert bound.since == words.dated("2021-07")


@pytest.fixture
def planned(folder: Folder) -> Tracker:
    """The register with a line that rests on words: Boria's plan of a ring road."""
    folder.add(
        "acts", 2, act_id="BOR-ring-road", actor="BOR", event_id="BOR-20200601-ring-road-plan",
        name="Ring road plan", adopted="2020-06-01", in_force_from="2020-06-01", ended="",
        ended_how="", ended_by="",
    )  # fmt: skip
    return Tracker(folder.load())


def test_what_an_event_of_words_brought_binds_without_a_level(planned: Tracker) -> None:
    bound = row_of(planned, "BOR", AUTUMN).binding
    assert bound is not None
    assert (bound.act_id, bound.since) == ("BOR-ring-road", words.dated("2020-06-01"))
    assert math.isnan(bound.level)
    # It does not rest on words alone, and no act of the model's is milder.
    totals = member_table(planned, "Pact", AUTUMN, OVERALL).totals
    assert (totals.milder, totals.unscored, totals.words_alone) == (0, 1, 0)
    assert (1, "with one not scored as an act") in totals_told(
        planned.codebook, member_table(planned, "Pact", AUTUMN, OVERALL)
    )


def test_what_is_not_yet_in_force_does_not_bind(folder: Folder) -> None:
    folder.edit("acts", 2, in_force_from="2020-07-15")
    tracker = Tracker(folder.load())
    assert row_of(tracker, "ARC", MIDSUMMER).binding is None
    totals = member_table(tracker, "Pact", MIDSUMMER, OVERALL).totals
    assert totals == Totals(3, 0, 0, 0, 1, 1, 0, 0, 0, 1)
    assert (1, "with an act not yet in force") in totals_told(
        tracker.codebook, member_table(tracker, "Pact", MIDSUMMER, OVERALL)
    )
    assert row_of(tracker, "ARC", date(2020, 7, 15)).binding is not None


def test_an_act_that_has_ended_binds_no_more(tracker_six: Tracker) -> None:
    assert row_of(tracker_six, "ARC", date(2020, 10, 26)).binding is not None
    assert row_of(tracker_six, "ARC", date(2020, 10, 27)).binding is None


# -- deadlines -----------------------------------------------------------------------------------


def test_a_deadline_passes_on_the_day_after_its_last(tracker_six: Tracker) -> None:
    codebook = tracker_six.codebook
    # The deadline is the year 2022.
    ahead, behind = (row_of(tracker_six, "CAL", date(*d)) for d in ((2022, 12, 31), (2023, 1, 1)))
    assert ahead.deadline is not None
    assert behind.deadline is not None
    assert (ahead.deadline.ends, ahead.deadline.kind) == (words.dated("2022"), REMOVAL)
    assert deadline_note(codebook, ahead) == "what stands must go"
    assert deadline_note(codebook, behind) == "what stands must go (passed)"
    permit = row_of(tracker_six, "BOR", MIDSUMMER, "schools")
    assert deadline_note(codebook, permit) == "the benefit ends"


def test_a_level_that_is_older_than_the_act_is_not_told_as_its_day(folder: Folder) -> None:
    # The ban on Arcadia's roads holds since January; the line that the register shows is of May.
    folder.edit("acts", 2, adopted="2020-05-04", in_force_from="")
    tracker = Tracker(folder.load())
    table = member_table(tracker, "Pact", MIDSUMMER, OVERALL)
    [row] = [row for row in table.rows if row.actor == "ARC"]
    assert row.binding is not None
    assert row.binding.adopted == words.dated("2020-05-04")
    told = binds_line(tracker.codebook, table, row)
    assert told == "Block since 1 Jan 2020, now: Roads order"
    # The day of the act itself is told only where it is another one.
    permit = row_of(tracker, "BOR", MIDSUMMER, "schools").binding
    assert permit is not None
    assert permit.adopted is None


def test_a_date_of_removal_goes_before_another_deadline(folder: Folder) -> None:
    # Boria's permit lapses; another line of the register on the schools says: out by 2024.
    line = folder.add(
        "acts", 4, act_id="BOR-school-rule", actor="BOR", domain="schools", name="School rule",
        adopted="2020-03", in_force_from="", deadline="2024",
    )  # fmt: skip
    tracker = Tracker(folder.load())
    row = row_of(tracker, "BOR", MIDSUMMER, "schools")
    assert row.binding is not None
    assert row.deadline is not None
    assert (row.binding.name, row.deadline.act_name) == ("School permit", "School rule")
    assert deadline_note(tracker.codebook, row) == "what stands must go; by: School rule"
    # Of two the next one, and none that has passed before one that is still to come.
    folder.add("acts", line, act_id="BOR-school-early", name="Early rule", deadline="2022")
    folder.add("acts", line, act_id="BOR-school-past", name="Past rule", deadline="2020-05")
    early = row_of(Tracker(folder.load()), "BOR", MIDSUMMER, "schools").deadline
    assert early is not None
    assert (early.act_name, early.passed) == ("Early rule", False)


# -- what was done -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "day", "domain", "told"),
    [
        # Neither had a position a year before: permit, speech and plan; order and speech.
        ("BOR", AUTUMN, OVERALL, "1 act, 2 statements; new position: Promote"),
        ("ARC", AUTUMN, OVERALL, "1 act, 1 statement; new position: Block"),
        # In the year the order did not fade; the repeal made 0 of -2. The order was the day before.
        ("ARC", date(2021, 1, 1), "roads", "1 act, 1 statement; Block to Even"),
        # Only the speech is of these twelve months, and the permit lapsed.
        ("BOR", date(2021, 4, 9), "schools", "1 statement; position lost"),
        # The speech was three weeks before them: the lapse is all that happened.
        ("BOR", date(2021, 6, 1), "schools", "No act or statement; an act ended: position lost"),
        # The plan only fades: what time does is not told here.
        ("BOR", date(2021, 8, 1), "roads", "No act or statement"),
        ("BOR", date(2021, 10, 1), "roads", "No act or statement"),
        ("CAL", LATE, OVERALL, "No act or statement"),
    ],
)
def test_what_was_done_in_twelve_months_and_what_it_made(
    tracker_six: Tracker, actor: str, day: date, domain: str, told: str
) -> None:
    row = row_of(tracker_six, actor, day, domain)
    assert done_line(tracker_six.codebook, row) == told


def test_deeds_that_change_no_label_leave_it_as_before(tracker_six: Tracker) -> None:
    row = row_of(tracker_six, "ARC", AUTUMN)
    held = replace(row.move, position=HELD, then=-1.6, now=-1.9, done=-0.3, time=0.0)
    one = row._replace(acts=0, statements=1, move=held)
    assert done_line(tracker_six.codebook, one) == "1 statement; Block as before"
    # From -1.4 by -0.5; a label that time alone changed is none of what was done.
    moved = one._replace(move=replace(held, then=-1.3, done=-0.5, time=-0.1))
    assert done_line(tracker_six.codebook, moved) == "1 statement; Limit to Block"
    faded = one._replace(move=replace(held, then=-1.3, done=0.0, time=-0.6))
    # It was at another level, and time brought it here.
    assert done_line(tracker_six.codebook, faded) == "1 statement"
    nearer = one._replace(move=replace(held, then=-1.4, now=-2.0, done=-0.35, time=-0.25))
    assert done_line(tracker_six.codebook, nearer) == "1 statement"
    # Time went the other way: on both days it has the same label.
    kept = one._replace(move=replace(held, then=-1.6, now=-1.9, done=-0.5, time=0.2))
    assert done_line(tracker_six.codebook, kept) == "1 statement; Block as before"
    ended = one._replace(acts=0, statements=0, move=nearer.move)
    assert done_line(tracker_six.codebook, ended) == "No act or statement; an act ended"


def test_words_that_are_left_out_are_not_counted(tracker_six: Tracker) -> None:
    acts = Tracker(tracker_six.data, basis="acts")
    row = row_of(acts, "BOR", AUTUMN)
    # Boria's speech and plan are words; the permit is an act.
    assert (row.acts, row.statements, row.events) == (1, None, 1)
    assert done_line(acts.codebook, row) == "1 act; new position: Admit"
    assert done_line(acts.codebook, row_of(acts, "CAL", AUTUMN)) == "No act"
    table = member_table(acts, ALL_ACTORS, AUTUMN, OVERALL)
    assert [each["statements_12_months"] for each in member_records(acts, table)] == [None] * 3
    assert [each.actor for each in in_order(acts.codebook, table.rows, "done")] == [
        "ARC",
        "BOR",
        "CAL",
    ]


def test_events_are_those_of_two_years_and_of_the_domain(tracker_six: Tracker) -> None:
    assert row_of(tracker_six, "BOR", AUTUMN).events == 3
    assert row_of(tracker_six, "BOR", AUTUMN, "schools").events == 2
    # Two years after the speech of 11 May 2020 it is still one of them, the day after no more.
    assert row_of(tracker_six, "BOR", date(2022, 5, 10), "schools").events == 1
    assert row_of(tracker_six, "BOR", date(2022, 5, 11), "schools").events == 0
    last = row_of(tracker_six, "BOR", AUTUMN, "schools").last
    assert last.last_event_id == "BOR-20200511-teachers-doubt"


def test_under_a_certainty_of_one_half_a_position_is_fading(tracker_six: Tracker) -> None:
    # Boria on 7 March 2021: certainty 0.3427; on 19 August 2020: 1.
    assert row_of(tracker_six, "BOR", date(2021, 3, 7)).standings[0].fading
    assert not row_of(tracker_six, "BOR", AUTUMN).standings[0].fading


# -- what is found -------------------------------------------------------------------------------


def test_the_totals_on_paper(tracker_six: Tracker) -> None:
    # Arcadia's order is as low as the scale goes; Boria plans roads; Caldon has no position.
    totals = member_table(tracker_six, "Pact", MIDSUMMER, OVERALL).totals
    assert totals == Totals(3, 1, 1, 0, 1, 1, 0, 0, 0, 0)
    # In the schools Boria's permit is no restriction.
    in_schools = member_table(tracker_six, "Pact", MIDSUMMER, "schools").totals
    assert in_schools == Totals(3, 0, 0, 1, 0, 2, 0, 0, 0, 0)
    # Caldon's rule sets the year 2022, which has passed in January 2023; no event brought it.
    late = member_table(tracker_six, "Pact", LATE, OVERALL).totals
    assert late == Totals(2, 0, 0, 0, 0, 1, 1, 0, 1, 0)
    passed = member_table(tracker_six, "Pact", date(2023, 1, 1), OVERALL)
    assert (passed.totals.removing, passed.totals.passed) == (1, 1)
    assert (1, "set a removal date (1 passed)") in totals_told(tracker_six.codebook, passed)


@pytest.mark.parametrize(
    ("group", "day", "found"),
    [
        (
            "Pact",
            MIDSUMMER,
            "One of three Pact members has an act in force that restricts Acme in roads",
        ),
        (
            "Pact",
            LATE,
            "None of two Pact members has an act in force that restricts Acme in roads; one sets "
            "a date by which it must be out",
        ),
        (
            ALL_ACTORS,
            AUTUMN,
            "One of three actors has an act in force that restricts Acme in roads",
        ),
    ],
)
def test_the_sentence(tracker_six: Tracker, group: str, day: date, found: str) -> None:
    table = member_table(tracker_six, group, day, OVERALL)
    assert members_headline(tracker_six.codebook, table) == found
    assert words.day(day) in members_subtitle(tracker_six.codebook, table)


def test_a_group_that_nobody_belongs_to_yet_is_told(folder: Folder) -> None:
    for line in (2, 3, 4):
        folder.edit("memberships", line, joined="2022-01-01", left="")
    tracker = Tracker(folder.load())
    table = member_table(tracker, "Pact", AUTUMN, OVERALL)
    assert members_headline(tracker.codebook, table) == "Pact has no members on 19 August 2020"


def test_what_binds_in_justice_is_an_open_case(folder: Folder) -> None:
    folder.replace("codebook.toml", 'label = "Roads"', 'label = "Roads"\nopen_case = true')
    tracker = Tracker(folder.load())
    table = member_table(tracker, "Pact", MIDSUMMER, OVERALL)
    assert "has an open case that restricts Acme in roads" in members_headline(
        tracker.codebook, table
    )
    assert (1, "restrict by an open case") in totals_told(tracker.codebook, table)


# -- in an order ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "day", "wanted"),
    [
        ("name", AUTUMN, "ARC BOR CAL"),
        # What binds without a level stands before nothing.
        ("act", date(2021, 7, 1), "CAL ARC BOR"),
        ("act", AUTUMN, "ARC BOR CAL"),
        ("deadline", date(2021, 7, 1), "CAL ARC BOR"),
        # Arcadia is at 0, Boria at its plan; Caldon has no position.
        ("stance", date(2020, 11, 1), "ARC BOR CAL"),
        # Boria's plan is of June, Arcadia's speech of April.
        ("last", AUTUMN, "BOR ARC CAL"),
        ("done", AUTUMN, "BOR ARC CAL"),
        ("roads", AUTUMN, "ARC BOR CAL"),
        # Only Boria has a position in the schools.
        ("schools", AUTUMN, "BOR ARC CAL"),
        # Three events of Boria, two of Arcadia.
        ("events", AUTUMN, "BOR ARC CAL"),
    ],
)
def test_rows_stand_in_the_order_asked_for(
    tracker_six: Tracker, order: str, day: date, wanted: str
) -> None:
    table = member_table(tracker_six, ALL_ACTORS, day, OVERALL)
    assert [
        row.actor for row in in_order(tracker_six.codebook, table.rows, order)
    ] == wanted.split()


def test_what_is_still_to_come_stands_before_what_has_passed(folder: Folder) -> None:
    folder.edit(
        "acts", 2, ended="", ended_how="", ended_by="", deadline="2020-06", deadline_kind="removal"
    )
    tracker = Tracker(folder.load())
    rows = member_table(tracker, ALL_ACTORS, date(2021, 7, 1), OVERALL).rows
    ordered = in_order(tracker.codebook, rows, "deadline")
    assert [row.actor for row in ordered] == ["CAL", "ARC", "BOR"]


# -- as a file -----------------------------------------------------------------------------------


def test_the_csv_has_the_figures_of_the_table(tracker_six: Tracker) -> None:
    table = member_table(tracker_six, ALL_ACTORS, date(2021, 3, 7), OVERALL)
    rows = {
        row["actor"]: row
        for row in csv.DictReader(io.StringIO(to_bytes(members_typed(tracker_six, table)).decode()))
    }
    assert list(rows) == ["ARC", "BOR", "CAL"]
    assert list(rows["BOR"]) == list(member_columns(tracker_six.codebook))
    boria = rows["BOR"]
    assert (boria["stance"], boria["label"], boria["certainty"]) == ("1.8442", "Promote", "0.3427")
    assert (boria["stance_schools"], boria["label_schools"]) == ("", "No current position")
    assert (boria["act_id"], boria["act_domain"], boria["deadline_passed"]) == ("", "roads", "")
    assert (boria["last_event_id"], boria["events_24_months"]) == (
        "BOR-20200601-ring-road-plan",
        "3",
    )
    later = member_table(tracker_six, "Pact", date(2023, 1, 1), OVERALL)
    caldon = {row["actor"]: row for row in member_records(tracker_six, later)}["CAL"]
    assert (caldon["act_name"], caldon["act_level"]) == ("Bridge rule", None)
    assert (caldon["deadline"], caldon["deadline_passed"]) == ("2022", True)


def test_the_json_has_the_sentence_the_totals_and_what_columns_tell(tracker_six: Tracker) -> None:
    table = member_table(tracker_six, "Pact", MIDSUMMER, OVERALL)
    told = members_json(tracker_six, table)
    assert told["sentence"] == members_sentence(tracker_six.codebook, table)
    found = members_headline(tracker_six.codebook, table)
    assert told["sentence"] == f"{found} (as of 30 June 2020)."
    assert told["totals"] == table.totals._asdict()
    assert list(told["columns"]) == [*MEMBER_COLUMNS, *list(told["rows"][0])[len(MEMBER_COLUMNS) :]]
    assert told["rows"][0]["act_level"] == -2
    assert told["rows"][0]["act_label"] == "Block"


def test_the_file_says_what_it_is_of(tracker_six: Tracker) -> None:
    table = member_table(tracker_six, "Pact", MIDSUMMER, OVERALL)
    assert members_file_name(tracker_six, table) == "acme-stances_2020-06-30_overall_members-pact"
    acts = Tracker(tracker_six.data, basis="acts")
    name = members_file_name(acts, member_table(acts, "Pact", MIDSUMMER, "roads"))
    assert name == "acme-stances_2020-06-30_roads_acts_members-pact"


# -- the real data -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2020, 7, 14), date(2024, 3, 4), None])
def test_every_table_of_the_real_data_adds_up(tracker: Tracker, day: date | None) -> None:
    day = day or tracker.data.today
    for group in (*tracker.groups, ALL_ACTORS):
        for domain in tracker.codebook.columns:
            table = member_table(tracker, group, day, domain)
            totals = table.totals
            bound = totals.restricting + totals.milder + totals.unscored
            unbound = totals.pending + totals.words_alone + totals.without
            assert bound + unbound == totals.members == len(table.rows)
            assert totals.excluding <= totals.restricting
            assert totals.passed <= totals.removing
            for row in table.rows:
                held = binding(tracker, row.actor, day, table.bound_in)
                in_force = [line.name for line in held if line.status == IN_FORCE]
                assert (row.binding and row.binding.name) == (in_force or [None])[0]
            for order in orders(tracker.codebook):
                assert {row.actor for row in in_order(tracker.codebook, table.rows, order)} == {
                    row.actor for row in table.rows
                }
