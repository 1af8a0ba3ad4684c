"""The steps of acts: which are ahead, in which order, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import stances
from stances.answers.acts import act_on
from stances.answers.calendar import (
    MONTHS,
    calendar_alt,
    calendar_none,
    calendar_subtitle,
    calendar_title,
    due_calendar,
)
from stances.answers.steps import (
    EVER,
    DuePeriod,
    Step,
    act_sentence,
    counts_words,
    deadlines_alt,
    deadlines_headline,
    deadlines_subtitle,
    due_of,
    due_text,
    next_step,
    row_texts,
    step_counts,
    step_words,
    steps,
    steps_gone_by,
    steps_of,
    steps_of_act,
    steps_of_ended,
)
from stances.answers.tracker import Tracker
from stances.markup.act import act_html
from stances.words import quote
from tests.folders import Folder, load
from tests.golden import Golden, Said
from tests.ui.pages import plain

ORDER, PERMIT, RULE = "ARC-roads-order", "BOR-school-permit", "CAL-bridge-rule"
LATE, SUMMER = date(2023, 1, 31), date(2022, 6, 30)


def _lines(result: list[Step]) -> list[tuple[str, str, str, bool]]:
    return [(step.act.act_id[:3], step.deadline, step.kind, step.passed) for step in result]


def test_the_next_comes_first_and_what_has_passed_last_the_newest_first(
    tracker_six: Tracker,
) -> None:
    assert _lines(list(steps(tracker_six, SUMMER))) == [
        ("CAL", "2022", "removal", False),
        ("CAL", "2023-06-30", "lapse", False),
        ("CAL", "2021-09", "removal", True),
        ("BOR", "2021-03-07", "lapse", True),
    ]
    assert [step.deadline for step in steps(tracker_six, date(2021, 8, 1))] == [
        "2021-09", "2022", "2023-06-30", "2021-03-07",
    ]  # fmt: skip


def test_a_month_and_a_year_are_spans_and_pass_with_their_last_day(tracker_six: Tracker) -> None:
    result = {step.deadline: step for step in steps(tracker_six, date(2021, 9, 30))}
    month, year = result["2021-09"], result["2022"]
    assert (month.first, month.end, month.passed) == (date(2021, 9, 1), date(2021, 9, 30), False)
    assert (year.first, year.end) == (date(2022, 1, 1), date(2022, 12, 31))
    assert steps(tracker_six, date(2021, 10, 1))[2].passed


def test_steps_are_narrowed(tracker_six: Tracker) -> None:
    def deadlines_of(*args: object, **more: object) -> list[str]:
        result = steps_of(tracker_six, SUMMER, *args, **more)  # type: ignore[arg-type]
        return [step.deadline for step in result]

    assert deadlines_of(["BOR"]) == deadlines_of(domain="schools") == ["2021-03-07"]
    assert deadlines_of(kinds=["lapse"]) == ["2023-06-30", "2021-03-07"]
    assert deadlines_of(period=DuePeriod(date(2022, 12, 31), date(2022, 12, 31))) == ["2022"]
    assert deadlines_of(period=DuePeriod(None, date(2021, 9, 29))) == ["2021-03-07"]
    assert deadlines_of(period=EVER) == deadlines_of()


def test_what_is_next_is_of_an_act_in_force(tracker_six: Tracker) -> None:
    before = next_step(steps(tracker_six, date(2021, 3, 1)))
    assert before is not None
    assert before.act.act_id == PERMIT
    # The rule is adopted then, and not yet in force.
    assert next_step(steps(tracker_six, date(2021, 6, 30))) is None


def test_an_act_of_a_folder_without_steps_has_its_own_deadline(folder: Folder) -> None:
    folder.path.joinpath("deadlines.csv").unlink()
    tracker = Tracker(folder.load())
    assert _lines(list(steps(tracker, SUMMER))) == [
        ("CAL", "2022", "removal", False),
        ("BOR", "2021-03-07", "lapse", True),
    ]


# -- in words ------------------------------------------------------------------------------------


def _headline(tracker: Tracker, day: date, group: str = "", **more: object) -> str:
    return deadlines_headline(tracker, steps_of(tracker, day, **more), day, group)  # type: ignore[arg-type]


def test_headlines(golden: Golden, tracker_six: Tracker) -> None:
    cases = {
        "one in force": _headline(tracker_six, date(2020, 6, 30), "Pact"),
        "one in force, three to come": _headline(tracker_six, date(2021, 3, 1), "Pact"),
        "three to come": _headline(tracker_six, date(2021, 6, 30), "Pact"),
        "two in force": _headline(tracker_six, SUMMER, "Pact"),
        "none": _headline(tracker_six, date(2023, 7, 1), "Pact"),
        "of one kind": _headline(tracker_six, date(2021, 8, 1), kinds=["removal"]),
    }
    golden(cases)


def test_what_rules_to_come_set_is_counted_apart_whether_listed_or_not(
    folder: Folder, golden: Golden
) -> None:
    folder.replace("about.toml", "[licence]", "covered_to = 2021-02-01\n[licence]")
    tracker, day = Tracker(folder.load()), date(2021, 3, 1)
    every, opening = steps_of(tracker, day), tracker.data.opening_day
    assert step_counts(every) == (1, 3, 0)
    [listed], unlisted = [s for s in every if s.binds], [s for s in every if not s.binds]
    cases = {
        "counts": counts_words(tracker.data, every, day),
        "counts on the day that opens": counts_words(
            tracker.data, steps_of(tracker, opening), opening
        ),
        "three not listed": deadlines_headline(tracker, [listed], day, "", unlisted),
        "one not listed": deadlines_headline(tracker, [listed], day, "", unlisted[:1]),
        "none listed": deadlines_headline(tracker, [], day, "", unlisted),
    }
    golden(cases)


def test_what_a_rule_to_come_sets_before_the_next_is_told(folder: Folder, golden: Golden) -> None:
    folder.edit("deadlines", 3, deadline="2021-03-05")
    tracker, day = Tracker(folder.load()), date(2021, 3, 1)
    every = steps_of(tracker, day)
    listed, unlisted = [s for s in every if s.binds], [s for s in every if not s.binds]
    cases = {
        "listed": deadlines_headline(tracker, every, day),
        "not listed": deadlines_headline(tracker, listed, day, "", unlisted),
    }
    golden(cases)


def test_those_of_one_day_are_all_next(folder: Folder, golden: Golden) -> None:
    last = {"deadline": "2022-12-31"}
    folder.edit("acts", 3, **last)
    folder.add("deadlines", 2, act_id=PERMIT, what="One", part="core", **last)
    folder.add("deadlines", 2, act_id=PERMIT, what="Two", part="access", **last)
    two = _headline(Tracker(folder.load()), SUMMER)
    no_end = {"ended": "", "ended_how": "", "ended_by": ""}
    due = {"deadline_kind": "removal", "deadline_what": "All roads"}
    folder.edit("acts", 2, **no_end, **last, **due)
    due = {"kind": "removal", "what": "All roads", "part": "all"}
    folder.add("deadlines", 2, act_id="ARC-roads-order", **due, **last)
    three = _headline(Tracker(folder.load()), SUMMER)
    # Of more than two what falls due is left to the list.
    golden({"of two": two, "of three": three})


def test_a_codebook_of_other_kinds_has_its_own_words(folder: Folder) -> None:
    before = _headline(Tracker(folder.load()), date(2021, 8, 1), kinds=["removal"])
    for name in ("codebook.toml", "acts.csv", "deadlines.csv"):
        path = folder.path / name
        path.write_text(path.read_text().replace("removal", "farewell"))
    assert _headline(Tracker(folder.load()), date(2021, 8, 1), kinds=["farewell"]) == before
    assert quote("what stands must go") in before


def test_the_line_above_and_the_words_for_who_cannot_see_bars(
    golden: Golden, tracker_six: Tracker
) -> None:
    def below(day: date, period: DuePeriod = EVER) -> str:
        return deadlines_subtitle(steps_of(tracker_six, day, period=period), day, period)

    def alt(result: list[Step], table: bool) -> str:
        return deadlines_alt(result, tracker_six.names, tracker_six.codebook, SUMMER, table=table)

    def rule(day: date, dated: bool = True) -> str:
        return act_sentence(tracker_six, act_on(tracker_six.data, day, RULE), day, dated=dated)

    result = steps_of(tracker_six, SUMMER)
    cases = {
        "none has passed": below(date(2021, 3, 7)),
        "one of four has": below(date(2021, 3, 8)),
        "two of four have": below(SUMMER),
        "from a day on": below(SUMMER, DuePeriod(date(2022, 1, 1))),
        "alt above a table": alt(result, table=True),
        "alt of more than are named": alt(result * 2, table=False),
        "an act with its next step": rule(SUMMER),
        "an act with its last": rule(date(2023, 7, 1)),
        "an act in the news": rule(SUMMER, dated=False),
    }
    golden(cases)


def test_an_act_that_has_ended_tells_what_it_reached(folder: Folder, golden: Golden) -> None:
    folder.edit("acts", 4, ended="2022-12-31", ended_how="repealed")
    tracker = Tracker(folder.load())
    rule = act_on(tracker.data, LATE, RULE)
    assert steps_of_act(tracker, RULE, LATE) == []
    text = [step_words(tracker.codebook, step) for step in steps_of_ended(tracker, rule, LATE)]
    assert all(words in plain(act_html(tracker, rule, LATE)) for words in text)
    # While it holds they stand among all others.
    assert steps_of_ended(tracker, act_on(tracker.data, SUMMER, RULE), SUMMER) == []
    golden({"ended": text})


def test_an_act_in_a_table_has_its_next_deadline(
    tracker_six: Tracker, six: stances.Dataset
) -> None:
    days = {date(2021, 8, 1): "Sep 2021", SUMMER: "2022", date(2023, 7, 1): "30 Jun 2023"}
    for day, deadline in days.items():
        assert due_of(tracker_six, act_on(six, day, RULE), day) == deadline
    assert due_of(tracker_six, act_on(six, LATE, ORDER), LATE) == ""
    assert [step.deadline for step in steps_of_act(tracker_six, RULE, LATE)] == [
        "2021-09", "2022", "2023-06-30",
    ]  # fmt: skip


def test_what_has_passed_since_is_said_of_the_last_day_that_is_known(tracker_six: Tracker) -> None:
    data = tracker_six.data
    known = replace(data.about, covered_to=SUMMER)
    early, late = replace(data, about=known), replace(data, about=known, today=SUMMER)
    result = steps_of(tracker_six, SUMMER)
    assert {step.passed for step in result} == {True, False}
    gone = [step for step in result if not step.passed and step.end < data.today]
    assert gone
    since = steps_gone_by(steps_of(Tracker(early), SUMMER))
    assert [step.deadline for step in since] == [step.deadline for step in gone]
    assert all("passed since" in step.reserve for step in since)
    assert not steps_gone_by(steps_of(Tracker(late), SUMMER))
    assert not steps_gone_by(steps_of(Tracker(early), SUMMER - timedelta(days=1)))


def test_what_has_passed_since_and_doubt_stand_in_the_sentence(
    folder: Folder, golden: Golden
) -> None:
    folder.replace("about.toml", "[licence]", f"covered_to = {SUMMER}\n[licence]")
    folder.edit("acts", 4, doubt="Nobody has seen it")
    folder.edit("deadlines", 5, note="Two years on, counted by us")
    days = {"one of two": LATE, "all": date(2023, 7, 31), "none yet": date(2022, 12, 31)}
    text = {}
    for name, today in days.items():
        tracker = Tracker(load(folder.path, today=today))
        text[name] = _headline(tracker, SUMMER, "Pact")
        row = act_on(tracker.data, SUMMER, RULE)
        text[f"{name}, a table"] = due_of(tracker, row, SUMMER)
        text[f"{name}, short"] = due_text(tracker.codebook, steps_of_act(tracker, RULE, SUMMER))
        text[f"{name}, the rule"] = act_sentence(tracker, row, SUMMER)
    # On a day before, the doubt is known of a later one.
    before = SUMMER - timedelta(days=1)
    text["the day before"] = _headline(tracker, before, "Pact")
    text["the day before, short"] = due_text(tracker.codebook, steps_of_act(tracker, RULE, before))
    golden(text)


# -- the deadlines ahead in the months of two years ------------------------------------------------


DAY = date(2021, 2, 1)


def test_two_years_begin_with_the_month_of_the_day(tracker_six: Tracker) -> None:
    result = due_calendar(steps(tracker_six, date(2021, 3, 7)), date(2021, 3, 7))
    assert len(result.months) == MONTHS + 1
    assert (result.months[0], result.last) == (date(2021, 3, 1), date(2023, 2, 28))
    # The permit lapses on that very day; the grant ends after the two years.
    assert [step.deadline for step in result.steps] == ["2021-03-07", "2021-09", "2022"]
    assert result.later == 1


def test_what_has_passed_is_not_ahead(tracker_six: Tracker) -> None:
    result = due_calendar(steps(tracker_six, date(2021, 10, 1)), date(2021, 10, 1))
    assert [step.deadline for step in result.steps] == ["2022", "2023-06-30"]
    assert result.later == 0


def test_steps_of_an_actor_stand_together(tracker_six: Tracker) -> None:
    near = [step for step in steps(tracker_six, DAY) if not step.passed]
    [first, *others] = near
    result = due_calendar([others[0], first, *others[1:]], DAY)
    assert [step.act.actor for step in result.steps] == ["CAL", "CAL", "BOR"]


def test_what_is_said(golden: Golden, tracker_six: Tracker) -> None:
    def said_of(day: date) -> Said:
        result = due_calendar(steps(tracker_six, day), day)
        if not result.steps:
            return calendar_none(result, day)
        title = calendar_title(tracker_six, result, day)
        return [title, calendar_subtitle(result), calendar_alt(tracker_six, title, result)]

    days = (DAY, date(2021, 10, 1), date(2023, 1, 1), date(2023, 7, 1))
    twice = [step for step in steps(tracker_six, DAY) if not step.passed][:1] * 2
    fullest = calendar_subtitle(due_calendar(twice, DAY))
    golden({str(day): said_of(day) for day in days} | {"two in a month": fullest})


def test_a_reserve_without_room_behind_its_day_stands_before_what_falls_due(
    tracker_six: Tracker,
) -> None:
    data = replace(tracker_six.data, about=replace(tracker_six.data.about, covered_to=SUMMER))
    step = steps_gone_by(steps_of(Tracker(data), SUMMER))[0]
    codebook, reserve = data.codebook, step.reserve.strip()
    when, lines = row_texts(codebook, step, "Arcadia")
    assert when == f"{step.text} {reserve}"
    assert not lines[0].startswith(reserve)
    when, lines = row_texts(codebook, step, "m" * (60 - len(step.text)))
    assert when == step.text
    assert " ".join(lines).startswith(reserve)
    assert max(map(len, (when, *lines))) <= 60
