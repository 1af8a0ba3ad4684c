"""The table of members, worked out by hand on the six events; on the real data, what must hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from stances import words
from stances.answers.binding import binding
from stances.answers.directions import UNMOVED, Direction, NetMove
from stances.answers.happened import Part
from stances.answers.member_file import (
    COLUMNS,
    member_columns,
    member_records,
    members_file_name,
    members_json,
    typed_members,
)
from stances.answers.members import (
    PRACTICES,
    Member,
    binds_line,
    counted_rows,
    counted_text,
    deadline_note,
    done_line,
    in_order,
    leading_note,
    listed_totals,
    member_rows,
    member_table,
    members_headline,
    members_sentence,
    members_subtitle,
    orders,
    totals_listed_texts,
    whole_count,
)
from stances.answers.practice import practice_counts
from stances.answers.tracker import Tracker
from stances.answers.typed_table import to_bytes
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS
from stances.model.changes import LASTING
from stances.model.lifetimes import ENDED
from stances.model.register import IN_FORCE
from stances.tables.briefs import members_table as paper_table
from stances.tables.members import members_table
from tests.folders import Folder
from tests.golden import Golden, Said
from tests.ui.pages import lines

MIDSUMMER, AUTUMN, LATE = date(2020, 6, 30), date(2020, 8, 19), date(2022, 6, 20)


def row_of(tracker: Tracker, actor: str, day: date, domain: str = OVERALL) -> Member:
    """The row of an actor in the table of all."""
    table = member_table(tracker, ALL_ACTORS, day, domain)
    [result] = [row for row in table.rows if row.actor == actor]
    return result


# -- who stands in it, and what binds ------------------------------------------------------------


def test_the_members_of_the_day_stand_in_order_of_the_names_shown(tracker_six: Tracker) -> None:
    # Arcadia left on 1 July 2020.
    before = member_table(tracker_six, "Pact", MIDSUMMER, OVERALL)
    assert [row.short_name for row in before.rows] == ["Arcadia", "Boria", "Caldon"]
    after = member_table(tracker_six, "Pact", AUTUMN, OVERALL)
    assert [row.actor for row in after.rows] == ["BOR", "CAL"]
    everyone = member_table(tracker_six, ALL_ACTORS, AUTUMN, OVERALL)
    assert [row.actor for row in everyone.rows] == ["ARC", "BOR", "CAL"]


def _planned(folder: Folder) -> None:
    """The register with a line that rests on words: Boria's plan of a ring road."""
    folder.add(
        "acts", 2, act_id="BOR-ring-road", actor="BOR", event_id="BOR-20200601-ring-road-plan",
        name="Ring road plan", adopted="2020-06-01", in_force_from="2020-06-01", ended="",
        ended_how="", ended_by="",
    )  # fmt: skip


def _to_come(folder: Folder) -> None:
    folder.edit("acts", 2, in_force_from="2020-07-15")


def _school_rules(folder: Folder, *rules: tuple[str, str]) -> None:
    """Further lines of the register on Boria's schools, with what they set a date for."""
    folder.keep("deadlines", 1)
    for name, deadline in rules:
        folder.add(
            "acts", 4, act_id=f"BOR-school-{name}", actor="BOR", domain="schools",
            name=f"School {name}", adopted="2020-03", in_force_from="", deadline=deadline,
        )  # fmt: skip


def _used_otherwise(folder: Folder) -> None:
    """Of two rules by one event the first is shown; the second alone has been used."""
    folder.edit("acts", 2, applied="no", applied_what="Nobody was barred", applied_since="")
    used = {"applied": "yes", "applied_what": "Acme left a road", "applied_since": "2020-02"}
    folder.add("acts", 2, act_id="ARC-old-order", name="Old order", **used)


def _used_before(folder: Folder, since: str) -> None:
    used = {"applied": "yes", "applied_what": "Acme left a road"}
    folder.edit("acts", 2, **used, applied_since="2020-07-18")
    folder.add("acts", 2, act_id="ARC-old-order", name="Old order", **used, applied_since=since)


def _edited(**cells: str) -> Callable[[Folder], None]:
    return lambda folder: folder.edit("acts", 2, **cells)


LATE_RULE, EARLY_RULE, PAST_RULE = ("rule", "2024"), ("early", "2020-12"), ("past", "2020-05")
# Whose rows, on which day and in which domain, where what was changed.
VIEWS: dict[str, tuple[str, date, str, Callable[[Folder], object] | None]] = {
    "in summer": ("Pact", MIDSUMMER, OVERALL, None),
    "in summer, in schools": ("Pact", MIDSUMMER, "schools", None),
    "in autumn": (ALL_ACTORS, AUTUMN, OVERALL, None),
    "in autumn, in schools": (ALL_ACTORS, AUTUMN, "schools", None),
    "before the order is used": ("Pact", date(2020, 1, 31), "roads", None),
    "once the order is used": ("Pact", date(2020, 2, 1), "roads", None),
    "an order that was eased": ("Pact", date(2020, 2, 1), "roads", _edited(applied="eased")),
    "an order in doubt": ("Pact", date(2020, 2, 1), "roads", _edited(doubt="Unsure")),
    "on the last day of the order": (ALL_ACTORS, date(2020, 10, 26), "roads", None),
    "after the order": (ALL_ACTORS, date(2020, 10, 27), "roads", None),
    "once the permit has lapsed": (ALL_ACTORS, date(2021, 3, 7), OVERALL, None),
    "before a rule without an event": ("Pact", date(2021, 6, 30), OVERALL, None),
    "a rule without an event": ("Pact", date(2021, 7, 1), OVERALL, None),
    "two years after a speech": ("Pact", date(2022, 5, 10), "schools", None),
    "later than two years": ("Pact", date(2022, 5, 11), "schools", None),
    "late": ("Pact", LATE, OVERALL, None),
    "one date behind": ("Pact", date(2023, 1, 1), OVERALL, None),
    "a plan in the register": ("Pact", AUTUMN, OVERALL, _planned),
    "an order that is to come": ("Pact", MIDSUMMER, OVERALL, _to_come),
    "an order on its first day": (ALL_ACTORS, date(2020, 7, 15), OVERALL, _to_come),
    "two rules with dates": (
        "Pact", MIDSUMMER, "schools", lambda folder: _school_rules(folder, LATE_RULE)
    ),
    "more rules with dates": (
        "Pact", MIDSUMMER, "schools",
        lambda folder: _school_rules(folder, LATE_RULE, EARLY_RULE, PAST_RULE),
    ),
    "another rule was used": (ALL_ACTORS, date(2020, 7, 19), OVERALL, _used_otherwise),
    **{
        f"another rule was used, {since}": (
            ALL_ACTORS, date(2020, 7, 19), OVERALL, partial(_used_before, since=since)
        )
        for since in ("2020-02", "2020", "2021-05-04")
    },
}  # fmt: skip


def _row_text(row: Member, record: dict[str, Any]) -> str:
    """All that is known of a member; what is not, is left out."""
    parts = [f"{name} {value}" for name, value in record.items() if value not in (None, "")]
    rests = row.deadline and row.deadline.act.name, row.leading and row.leading.act.name
    use = row.use.applied, row.use.what, row.used_by, row.earlier_use
    return f"{'; '.join(parts)}; deadlines of {rests}, use {use}"


def test_rows_and_totals_on_paper(golden: Golden, tmp_path: Path, tracker_six: Tracker) -> None:
    cases: dict[str, Said] = {}
    for number, (case, (group, day, domain, change)) in enumerate(VIEWS.items()):
        tracker = tracker_six
        if change:
            folder = Folder(tmp_path / str(number))
            change(folder)
            tracker = Tracker(folder.load())
        table = member_table(tracker, group, day, domain)
        texts = totals_listed_texts(tracker.codebook, table)
        cases[case] = [
            ", ".join(f"{name} {count}" for name, count in table.totals._asdict().items()),
            *(f"{count} {text}" for count, text in texts),
            *(
                _row_text(*pair)
                for pair in zip(table.rows, member_records(tracker, table), strict=True)
            ),
        ]
    golden(cases)


# -- deadlines -----------------------------------------------------------------------------------


def test_a_deadline_passes_on_the_day_after_its_last(golden: Golden, tracker_six: Tracker) -> None:
    # The deadline is the year 2022; another one follows.
    days = (2022, 12, 31), (2023, 1, 1), (2023, 7, 1)
    ahead, behind, over = (row_of(tracker_six, "CAL", date(*day)) for day in days)
    assert ahead.deadline is not None
    assert ahead.deadline == ahead.leading
    assert (ahead.deadline.deadline, ahead.deadline.passed) == ("2022", False)
    assert behind.leading is not None
    assert (behind.leading.deadline, behind.leading.passed) == ("2022", True)
    permit = row_of(tracker_six, "BOR", MIDSUMMER, "schools")
    rows = {"ahead": ahead, "one behind": behind, "all behind": over, "a benefit": permit}
    golden({case: deadline_note(tracker_six.codebook, row) for case, row in rows.items()})


def test_a_level_that_is_older_than_the_act_is_not_told_as_its_day(
    folder: Folder, golden: Golden
) -> None:
    # The ban on Arcadia's roads holds since January; the line that the register shows is of May.
    folder.edit("acts", 2, adopted="2020-05-04", in_force_from="")
    tracker = Tracker(folder.load())
    table = member_table(tracker, "Pact", MIDSUMMER, OVERALL)
    [row] = [row for row in table.rows if row.actor == "ARC"]
    assert row.binding is not None
    assert row.binding.adopted == words.partial_date("2020-05-04")
    # The day of the act itself is told only where it is another one.
    permit = row_of(tracker, "BOR", MIDSUMMER, "schools").binding
    assert permit is not None
    assert permit.adopted is None
    cases = {"what binds now": binds_line(tracker.codebook, table, row)}
    # Its level counts from its adoption, before it binds.
    folder.edit("acts", 2, adopted="2020-01-01", in_force_from="2020-03-01")
    tracker = Tracker(folder.load())
    table = member_table(tracker, "Pact", MIDSUMMER, OVERALL)
    [row] = [row for row in table.rows if row.actor == "ARC"]
    assert row.binding is not None
    assert row.binding.begun == words.partial_date("2020-03-01")
    golden(cases | {"what bound later": binds_line(tracker.codebook, table, row)})


# -- what was done -------------------------------------------------------------------------------


def test_what_was_done_in_twelve_months_and_what_it_made(
    golden: Golden, tracker_six: Tracker
) -> None:
    def done_text(actor: str, day: date, domain: str = OVERALL) -> str:
        return done_line(tracker_six.codebook, row_of(tracker_six, actor, day, domain))

    cases = {
        # Neither had a position a year before: permit, speech and plan; order and speech.
        "new in two": done_text("BOR", AUTUMN),
        "new in one": done_text("ARC", AUTUMN),
        # In the year the order did not fade; the repeal made 0 of -2. The order was the day before.
        "softer": done_text("ARC", date(2021, 1, 1), "roads"),
        # Only the speech is of these twelve months, and the permit lapsed.
        "a word, and lost": done_text("BOR", date(2021, 4, 9), "schools"),
        # The speech was three weeks before them: the lapse is all that happened.
        "lost by a lapse": done_text("BOR", date(2021, 6, 1), "schools"),
        # The plan only fades: what time does is not told here.
        "only faded": done_text("BOR", date(2021, 8, 1), "roads"),
        "faded away": done_text("BOR", date(2021, 10, 1), "roads"),
        "never anything": done_text("CAL", LATE),
    }
    golden(cases)


def test_a_direction_is_told_by_the_domains_and_not_by_the_overall_stance(
    golden: Golden, tracker_six: Tracker
) -> None:
    row = row_of(tracker_six, "ARC", AUTUMN)
    one = row._replace(acts=0, statements=1)
    # Whatever the overall figure did.
    upward = replace(row.move, position=LASTING, then=-1.9, now=-1.6, done=0.3, time=0.0)
    strict, open_still = Direction("roads", -0.6, -1.6), Direction("roads", -0.6, 0.4)
    soft = Direction("schools", 0.5, -0.5)
    stricter = one._replace(move=upward, net=NetMove((strict,), (), ()))
    still = stricter._replace(net=UNMOVED)
    ended = replace(upward, parts=(Part("A", "roads", ENDED, 0.3),))
    rows = {
        "stricter": stricter,
        "both ways": stricter._replace(net=NetMove((strict,), (soft,), ())),
        "less open": stricter._replace(net=NetMove((open_still,), (), ())),
        "no way": still,
        "an act ended": still._replace(statements=0, move=ended),
        "an act ended, and words": stricter._replace(move=ended),
    }
    golden({case: done_line(tracker_six.codebook, row) for case, row in rows.items()})


def test_words_that_are_left_out_are_not_counted(tracker_six: Tracker) -> None:
    acts = Tracker(tracker_six.data, basis="acts")
    row = row_of(acts, "BOR", AUTUMN)
    # Boria's speech and plan are words; the permit is an act.
    assert (row.acts, row.statements, row.events) == (1, None, 1)
    assert done_line(acts.codebook, row) == "1 act; new in schools"
    assert done_line(acts.codebook, row_of(acts, "CAL", AUTUMN)) == "No act recorded"
    table = member_table(acts, ALL_ACTORS, AUTUMN, OVERALL)
    assert [each["statements_12_months"] for each in member_records(acts, table)] == [None] * 3
    assert [each.actor for each in in_order(acts.codebook, table.rows, "done")] == [
        "ARC",
        "BOR",
        "CAL",
    ]


# -- what is found -------------------------------------------------------------------------------


def test_the_sentence(golden: Golden, tracker_six: Tracker) -> None:
    groups = {
        "a group": ("Pact", MIDSUMMER), "a group later": ("Pact", LATE), "all": (ALL_ACTORS, AUTUMN)
    }  # fmt: skip
    cases = {}
    for case, (group, day) in groups.items():
        table = member_table(tracker_six, group, day, OVERALL)
        below = members_subtitle(tracker_six, table)
        cases[case] = (members_headline(tracker_six, table), below)
    table = member_table(tracker_six, ALL_ACTORS, AUTUMN, "roads")
    cases["a domain"] = (members_subtitle(tracker_six, table),)
    golden(cases)


def test_a_group_that_nobody_belongs_to_yet_is_told(folder: Folder, golden: Golden) -> None:
    for line in (2, 3, 4):
        folder.edit("memberships", line, joined="2022-01-01", left="")
    tracker = Tracker(folder.load())
    table = member_table(tracker, "Pact", AUTUMN, OVERALL)
    golden({"nobody yet": members_headline(tracker, table)})


def test_what_binds_in_justice_is_an_open_case(folder: Folder, golden: Golden) -> None:
    folder.replace("codebook.toml", 'label = "Roads"', 'label = "Roads"\nopen_case = true')
    tracker = Tracker(folder.load())
    table = member_table(tracker, "Pact", MIDSUMMER, OVERALL)
    number, text = totals_listed_texts(tracker.codebook, table)[0]
    assert number == 1
    golden({"headline": members_headline(tracker, table), "total": text})


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
    folder.keep("deadlines", 1)
    folder.edit(
        "acts", 2, ended="", ended_how="", ended_by="", deadline="2020-06", deadline_kind="removal"
    )
    tracker = Tracker(folder.load())
    rows = member_table(tracker, ALL_ACTORS, date(2021, 7, 1), OVERALL).rows
    ordered = in_order(tracker.codebook, rows, "deadline")
    assert [row.actor for row in ordered] == ["CAL", "ARC", "BOR"]


# -- as a file -----------------------------------------------------------------------------------


def test_the_csv_has_the_columns_and_rows_of_the_table(tracker_six: Tracker) -> None:
    table = member_table(tracker_six, ALL_ACTORS, date(2021, 3, 7), OVERALL)
    content = to_bytes(typed_members(tracker_six, table)).decode()
    rows = {row["actor"]: row for row in csv.DictReader(io.StringIO(content))}
    assert list(rows) == ["ARC", "BOR", "CAL"]
    boria = rows["BOR"]
    assert list(boria) == list(member_columns(tracker_six.codebook))
    assert (boria["stance"], boria["label"], boria["certainty"]) == ("1.8442", "Promote", "0.3427")
    assert (boria["stance_schools"], boria["label_schools"]) == ("", "No current position")


def test_those_who_used_a_rule_stand_before_those_who_did_not(tracker_six: Tracker) -> None:
    table = member_table(tracker_six, ALL_ACTORS, date(2020, 3, 1), OVERALL)
    assert next(row.actor for row in in_order(tracker_six.codebook, table.rows, "used")) == "ARC"
    schools = member_table(tracker_six, ALL_ACTORS, date(2020, 3, 1), "schools")
    assert next(row.actor for row in in_order(tracker_six.codebook, schools.rows, "used")) == "BOR"


def test_the_json_has_the_sentence_the_totals_and_what_columns_tell(tracker_six: Tracker) -> None:
    table = member_table(tracker_six, "Pact", MIDSUMMER, OVERALL)
    text = members_json(tracker_six, table)
    assert text["sentence"] == members_sentence(tracker_six, table)
    result = members_headline(tracker_six, table)
    assert result.startswith("One of three")
    assert text["sentence"] == f"On 30 June 2020, o{result[1:]}"
    assert text["totals"] == table.totals._asdict()
    first = [column.name for column in COLUMNS]
    assert list(text["columns"]) == [*first, *list(text["rows"][0])[len(first) :]]
    assert text["rows"][0]["act_level"] == -2
    assert text["rows"][0]["act_label"] == "Block"


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
            assert totals.excluding <= totals.restricting == totals.used + totals.unused
            assert totals.doubted <= totals.restricting
            counts = practice_counts(tracker, day, table.bound_in, group)
            assert counts == table.counts
            assert counts.limiting == totals.restricting
            assert totals.passed <= totals.removing
            for row in table.rows:
                rules = binding(tracker, row.actor, day, table.bound_in)
                in_force = [line.name for line in rules if line.status == IN_FORCE]
                assert (row.binding and row.binding.name) == (in_force or [None])[0]
            for order in orders(tracker.codebook):
                assert {row.actor for row in in_order(tracker.codebook, table.rows, order)} == {
                    row.actor for row in table.rows
                }


def test_a_milder_rule_that_was_used_is_told_beside_a_power(folder: Folder, golden: Golden) -> None:
    # Arcadia's order is a power; an advice at Limit, which is older, has been used.
    folder.edit("acts", 2, applied="no", applied_what="Nobody was barred", applied_since="")
    folder.edit("events", 3, date="2019-06-01", instrument="order", score="-1")
    advice = folder.add(
        "acts", 2, act_id="ARC-advice", event_id="ARC-20200410-minister-worried", name="Advice",
        adopted="2019-06", in_force_from="", applied="yes", applied_since="2020-05",
    )  # fmt: skip
    cases: dict[str, Said] = {"milder": _use_told(folder, MIDSUMMER)}
    assert _use_told(folder, date(2020, 4, 30)) == ["No; Nobody was barred", "No | "]
    folder.edit("acts", advice, applied="eased")
    cases["eased since"] = _use_told(folder, MIDSUMMER)
    folder.edit("acts", advice, applied_since="")
    cases["of no known day"] = _use_told(folder, MIDSUMMER)
    folder.edit("acts", advice, doubt="Its law has ended")
    cases["in doubt"] = _use_told(folder, MIDSUMMER)
    folder.replace("about.toml", "[licence]", "covered_to = 2020-07-01\n[licence]")
    cases["in doubt as known later"] = _use_told(folder, MIDSUMMER)
    # What limits and was used needs no other beside it.
    folder.edit("acts", 2, applied="yes", applied_since="2020-02")
    cases["the order too"] = _use_told(folder, MIDSUMMER)
    folder.edit("acts", 2, applied="no", applied_since="")
    folder.add("acts", 2, act_id="ARC-old-order", name="Old order", applied="yes", doubt="Unsure")
    cases["another of the level, in doubt"] = _use_told(folder, MIDSUMMER)
    golden(cases)


def _use_told(folder: Folder, day: date) -> list[str]:
    """What is said of the use of Arcadia's rules, on screen and in print."""
    tracker = Tracker(folder.load())
    table = member_table(tracker, "Pact", day, "roads")
    [row] = [row for row in table.rows if row.actor == "ARC"]
    screen = members_table(tracker, table).columns[2].cell(row)
    paper = paper_table(tracker, table, "Who").columns[2].paper
    assert paper is not None
    assert paper.cell is not None
    cell = paper.cell(row)
    return ["; ".join(lines(screen)), f"{cell.text} | {cell.note}"]


# -- those who are counted ------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2020, 1, 31), date(2020, 2, 1), MIDSUMMER, AUTUMN, LATE])
@pytest.mark.parametrize("changed", [{}, {"doubt": "Unsure"}], ids=["sure", "doubted"])
def test_each_figure_shows_as_many_members_as_it_counts(
    folder: Folder, changed: dict[str, str], day: date
) -> None:
    folder.edit("acts", 2, **changed)
    tracker = Tracker(folder.load())
    for group in ("Pact", ALL_ACTORS):
        table = member_table(tracker, group, day, "roads")
        for total in listed_totals(tracker.codebook, table):
            if total.practice:
                assert len(counted_rows(table.rows, total.practice)) == total.number, total
        limiting = counted_rows(table.rows, "limits")
        assert len(limiting) == table.totals.restricting
        assert len(counted_rows(table.rows, "all")) == len(table.rows)


def test_every_choice_of_members_has_its_words_in_a_domain_of_cases(folder: Folder) -> None:
    folder.replace("codebook.toml", 'label = "Roads"', 'label = "Roads"\nopen_case = true')
    tracker = Tracker(folder.load())
    for day in (MIDSUMMER, AUTUMN, LATE):
        table = member_table(tracker, "Pact", day, "roads")
        for practice in PRACTICES:
            text = counted_text(tracker.codebook, table, practice)
            assert ("none" in text) == (not counted_rows(table.rows, practice)), practice
            assert members_headline(tracker, table, practice)


def test_those_shown_are_named_by_their_figure(golden: Golden, tracker_six: Tracker) -> None:
    table, codebook = member_table(tracker_six, ALL_ACTORS, AUTUMN, "roads"), tracker_six.codebook
    assert [row.actor for row in counted_rows(table.rows, "used")] == ["ARC"]
    figures = ("all", "limits", "used", "power")
    golden({figure: counted_text(codebook, table, figure) for figure in figures})


def test_those_shown_have_the_headline_and_all_come_under_it(
    golden: Golden, tracker_six: Tracker
) -> None:
    days = {"all": AUTUMN, "used": AUTUMN, "power": date(2020, 1, 31), "dated": date(2023, 1, 1)}
    cases = {}
    for figure, day in days.items():
        table = member_table(tracker_six, ALL_ACTORS, day, "roads")
        headline = members_headline(tracker_six, table, figure)
        cases[figure] = (headline, whole_count(tracker_six, table, figure))
    golden(cases)


def test_the_file_says_how_each_member_is_counted(folder: Folder) -> None:
    days = {date(2020, 1, 31): "power", date(2020, 2, 1): "used", date(2020, 10, 27): "none"}
    for day, counted in days.items():
        tracker = Tracker(folder.load())
        rows = member_records(tracker, member_table(tracker, ALL_ACTORS, day, "roads"))
        assert [row["counted_as"] for row in rows] == [counted, "none", "none"], day
    folder.replace("codebook.toml", 'label = "Roads"', 'label = "Roads"\nopen_case = true')
    tracker = Tracker(folder.load())
    rows = member_records(tracker, member_table(tracker, ALL_ACTORS, AUTUMN, "roads"))
    assert [row["counted_as"] for row in rows] == ["case", "none", "none"]


def test_a_leading_date_is_found_where_another_kind_is_next(
    golden: Golden, tracker_six: Tracker
) -> None:
    later = member_table(tracker_six, "Pact", date(2023, 1, 1), OVERALL)
    [caldon] = counted_rows(later.rows, "dated")
    assert caldon.deadline is not None
    assert caldon.deadline.kind == "lapse"
    # Where they are counted by that date it leads, and the other stands beside.
    [first] = member_rows(later.rows, "dated")
    assert first.deadline == caldon.leading
    assert first.leading == caldon.deadline
    assert member_rows(later.rows, "all") == list(later.rows)
    records = {row["actor"]: row for row in member_records(tracker_six, later)}
    names = ("lead_deadline", "lead_deadline_kind", "lead_deadline_act_id", "lead_deadline_passed")
    assert tuple(records["CAL"][name] for name in names) == (
        "2022", "removal", "CAL-bridge-rule", True,
    )  # fmt: skip
    assert tuple(records["BOR"][name] for name in names) == (None, None, None, None)
    # Narrowed to those, the file has first what the screen has, and the other beside it.
    [narrowed] = member_records(tracker_six, later, "dated")
    assert (narrowed["deadline"], narrowed["deadline_kind"]) == ("2022", "removal")
    whole = records["CAL"]
    assert narrowed["next_deadline_kind"] == whole["next_deadline_kind"] == "lapse"
    assert narrowed["next_deadline"] == whole["next_deadline"] == whole["deadline"]
    assert narrowed["lead_deadlines"] == whole["lead_deadlines"]
    assert [each.split(" ")[0] for each in narrowed["lead_deadlines"].split("; ")] == [
        step.deadline for step in caldon.leading_steps
    ]
    [sooner] = counted_rows(member_table(tracker_six, "Pact", LATE, OVERALL).rows, "dated")
    # Where it is the one shown nothing is said twice.
    rows = {"another is next": caldon, "it is next": sooner, "counted by it": first}
    golden({case: leading_note(tracker_six.codebook, row) for case, row in rows.items()})


def test_a_line_of_what_binds_says_its_doubt(golden: Golden, tracker_six: Tracker) -> None:
    # A permit does not limit: the level need not rest on it alone.
    table = member_table(tracker_six, "Pact", MIDSUMMER, "schools")
    [boria] = [row for row in table.rows if row.actor == "BOR"]
    assert (boria.doubts_all, boria.doubts_one) == (False, True)
    golden({"in doubt": binds_line(tracker_six.codebook, table, boria)})


def test_rules_are_told_as_in_doubt_only_where_all_that_limit_are(
    folder: Folder, golden: Golden
) -> None:
    # Of two orders on the roads the second is shown; that of January goes on beside it.
    for row in (2, 3):
        folder.edit("events", row, instrument="order", score="-2", landmark="no")
    again = {"act_id": "ARC-again", "event_id": "ARC-20200410-minister-worried"}
    second = folder.add(
        "acts", 2, **again, adopted="2020-04-10", in_force_from="2020-05-01",
        obligation="No bridge either", doubt="Nobody has read it",
    )  # fmt: skip
    cases: dict[str, Said] = {"the one shown": _doubt_told(folder)}
    folder.edit("acts", 2, doubt="Nor this one")
    cases["both"] = _doubt_told(folder)
    folder.edit("acts", second, doubt="")
    cases["the other"] = _doubt_told(folder)
    # No level rests on Caldon's rule: the day is its own.
    folder.edit("acts", 4, doubt="Nor that one")
    cases["without a level"] = _doubt_told(folder, "CAL", LATE)
    golden(cases)


def _doubt_told(folder: Folder, actor: str = "ARC", day: date = MIDSUMMER) -> Said:
    """What is said of what binds an actor, in a picture, on screen and in print."""
    tracker = Tracker(folder.load())
    table = member_table(tracker, "Pact", day, "roads")
    [row] = [row for row in table.rows if row.actor == actor]
    assert row.doubts_all == (bool(row.binding and row.binding.doubt) and not row.doubts_one)
    [paper] = [column.paper for column in paper_table(tracker, table, "Who").columns[1:2]]
    assert paper is not None
    assert paper.cell is not None
    cell, columns = paper.cell(row), members_table(tracker, table).columns
    screen = "; ".join(lines(columns[1].cell(row)))
    return [binds_line(tracker.codebook, table, row), screen, f"{cell.text} | {cell.note}"]
