"""The steps of acts: which are ahead, in which order, and what is said of them."""

from __future__ import annotations

from datetime import date

import pytest

import stances
from stances.answers.acts import act_on
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
    next_step,
    step_counts,
    step_words,
    steps,
    steps_of,
    steps_of_act,
    steps_of_ended,
)
from stances.answers.tracker import Tracker
from stances.markup.act import act_html
from stances.words import quoted
from tests.folders import Folder
from tests.ui.pages import plain

ORDER, PERMIT, RULE = "ARC-roads-order", "BOR-school-permit", "CAL-bridge-rule"
LATE, SUMMER = date(2023, 1, 31), date(2022, 6, 30)


def _lines(found: list[Step]) -> list[tuple[str, str, str, bool]]:
    return [(step.act.act_id[:3], step.deadline, step.kind, step.passed) for step in found]


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
    found = {step.deadline: step for step in steps(tracker_six, date(2021, 9, 30))}
    month, year = found["2021-09"], found["2022"]
    assert (month.first, month.end, month.passed) == (date(2021, 9, 1), date(2021, 9, 30), False)
    assert (year.first, year.end) == (date(2022, 1, 1), date(2022, 12, 31))
    assert steps(tracker_six, date(2021, 10, 1))[2].passed


def test_steps_are_narrowed(tracker_six: Tracker) -> None:
    def left(*args: object, **more: object) -> list[str]:
        found = steps_of(tracker_six, SUMMER, *args, **more)  # type: ignore[arg-type]
        return [step.deadline for step in found]

    assert left(["BOR"]) == left(domain="schools") == ["2021-03-07"]
    assert left(kinds=["lapse"]) == ["2023-06-30", "2021-03-07"]
    assert left(period=DuePeriod(date(2022, 12, 31), date(2022, 12, 31))) == ["2022"]
    assert left(period=DuePeriod(None, date(2021, 9, 29))) == ["2021-03-07"]
    assert left(period=EVER) == left()


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


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (
            date(2020, 6, 30),
            "One deadline of Kingdom of Boria is ahead under rules in force, for {lapse}; the "
            "next: The permit runs out, 7 March 2021",
        ),
        (
            date(2021, 3, 1),
            "One deadline of Kingdom of Boria is ahead under rules in force, for {lapse}, three "
            "more under rules to come; the next is Kingdom of Boria's: The permit runs out, "
            "7 March 2021",
        ),
        (
            date(2021, 6, 30),
            "Three deadlines of Caldon are ahead under rules to come; the first, of an act "
            "not yet in force: Bridges over water, September 2021",
        ),
        (
            SUMMER,
            "Two deadlines of Caldon are ahead under rules in force; the next: "
            "The last such bridge, 2022",
        ),
        (
            date(2023, 7, 1),
            "No deadline is ahead; the last to pass was Caldon's: The grant for new bridges ends, "
            "30 June 2023",
        ),
    ],
)
def test_the_next_step_is_told_whatever_its_kind(
    tracker_six: Tracker, day: date, text: str
) -> None:
    kinds = {"removal": quoted("what stands must go"), "lapse": quoted("the benefit ends")}
    assert _headline(tracker_six, day, "Pact") == text.format(**kinds)


def test_a_headline_of_one_kind_says_which(tracker_six: Tracker) -> None:
    text = _headline(tracker_six, date(2021, 8, 1), kinds=["removal"])
    kind = quoted("what stands must go")
    assert text.startswith(
        f"Two deadlines of Caldon are ahead under rules in force, both for {kind}; the next"
    )


def test_what_rules_to_come_set_is_counted_apart_whether_listed_or_not(folder: Folder) -> None:
    folder.replace("about.toml", "[licence]", "covered_to = 2021-02-01\n[licence]")
    tracker, day = Tracker(folder.load()), date(2021, 3, 1)
    every = steps_of(tracker, day)
    assert step_counts(every) == (1, 3, 0)
    assert counts_words(step_counts(every)) == (
        "One date ahead under rules in force, three more under rules to come."
    )
    [listed], unlisted = [s for s in every if s.binds], [s for s in every if not s.binds]
    assert deadlines_headline(tracker, [listed], day, "", unlisted).startswith(
        "As far as known to 1 February 2021: One deadline of Kingdom of Boria is ahead under rules "
        f"in force, for {quoted('the benefit ends')} (three more under rules to come, not listed "
        "here); the next: "
    )
    alone = deadlines_headline(tracker, [listed], day, "", unlisted[:1])
    assert "(one more under a rule to come, not listed here)" in alone
    assert deadlines_headline(tracker, [], day, "", unlisted) == (
        "As far as known to 1 February 2021: No deadline is ahead under rules in force "
        "(three under rules to come, not listed here)"
    )


def test_those_of_one_day_are_all_next(folder: Folder) -> None:
    folder.edit("acts", 3, deadline="2022-12-31")
    folder.add("deadlines", 2, act_id=PERMIT, deadline="2022-12-31", what="One", part="core")
    folder.add("deadlines", 2, act_id=PERMIT, deadline="2022-12-31", what="Two", part="access")
    text = _headline(Tracker(folder.load()), SUMMER)
    assert text.endswith(
        "; the next, 31 December 2022, are Kingdom of Boria's (One; Two) and Caldon's "
        "(The last such bridge)"
    )


def test_where_more_than_two_have_one_next_day_what_falls_due_is_left_to_the_list(
    folder: Folder,
) -> None:
    last = {"deadline": "2022-12-31"}
    folder.edit("acts", 3, **last)
    no_end = {"ended": "", "ended_how": "", "ended_by": ""}
    due = {"deadline_kind": "removal", "deadline_what": "All roads"}
    folder.edit("acts", 2, **no_end, **last, **due)
    folder.add("deadlines", 2, act_id=PERMIT, what="One", part="core", **last)
    due = {"kind": "removal", "what": "All roads", "part": "all"}
    folder.add("deadlines", 2, act_id="ARC-roads-order", **due, **last)
    text = _headline(Tracker(folder.load()), SUMMER)
    assert text.endswith(
        "; the next, 31 December 2022, are Republic of Arcadia's, Kingdom of Boria's and Caldon's"
    )


def test_a_codebook_of_other_kinds_has_its_own_words(folder: Folder) -> None:
    before = _headline(Tracker(folder.load()), date(2021, 8, 1), kinds=["removal"])
    for name in ("codebook.toml", "acts.csv", "deadlines.csv"):
        path = folder.path / name
        path.write_text(path.read_text().replace("removal", "farewell"))
    assert _headline(Tracker(folder.load()), date(2021, 8, 1), kinds=["farewell"]) == before
    assert quoted("what stands must go") in before


def test_how_many_have_passed_is_told(tracker_six: Tracker) -> None:
    def text(day: date, period: DuePeriod = EVER) -> str:
        return deadlines_subtitle(steps_of(tracker_six, day, period=period), day, period)

    bars = "Bars run from entry into force to the deadline; on"
    assert text(date(2021, 3, 7)) == f"{bars} 7 March 2021, none has passed."
    assert text(date(2021, 3, 8)) == f"{bars} 8 March 2021, 1 of 4 has passed."
    assert text(SUMMER) == f"{bars} 30 June 2022, 2 of 4 have passed."
    assert text(SUMMER, DuePeriod(date(2022, 1, 1))).endswith(
        " none has passed. Only deadlines from 1 January 2022."
    )


def test_the_alt_text_names_the_rows_in_their_order(tracker_six: Tracker) -> None:
    found, names = steps_of(tracker_six, SUMMER), tracker_six.names
    alt = deadlines_alt(found, names, tracker_six.codebook, SUMMER, table=True)
    assert alt.startswith("Four deadlines, each with a bar from the entry into force of its act")
    assert (
        "with a line at 30 June 2022: Caldon: The last such bridge, 2022; Caldon: The grant for "
        "new bridges ends, 30 June 2023; Caldon: Bridges over water, September 2021 (passed); "
        "Kingdom of Boria: The permit runs out, 7 March 2021 (passed). All stand in the table"
    ) in alt
    twice = deadlines_alt(found * 2, names, tracker_six.codebook, SUMMER, table=False)
    assert twice.endswith("; and three more.")


def test_an_act_is_quoted_with_its_next_step(tracker_six: Tracker, six: stances.Dataset) -> None:
    def text(day: date) -> str:
        return act_sentence(tracker_six, act_on(six, day, RULE), day)

    rule, asks = f"Caldon, {quoted('Bridge rule')}", "Bridges by builders as large as Acme must go."
    assert text(SUMMER) == (
        f"{rule}, 30 June 2022: in force since July 2021. Next deadline: The last such bridge, "
        f"2022. {asks}"
    )
    assert text(date(2023, 7, 1)).endswith(
        f"Last deadline, passed: The grant for new bridges ends, 30 June 2023. {asks}"
    )


def test_an_act_that_has_ended_tells_what_it_reached(folder: Folder) -> None:
    folder.edit("acts", 4, ended="2022-12-31", ended_how="repealed")
    tracker = Tracker(folder.load())
    rule = act_on(tracker.data, LATE, RULE)
    assert steps_of_act(tracker, RULE, LATE) == []
    text = [step_words(tracker.codebook, step) for step in steps_of_ended(tracker, rule, LATE)]
    assert text == [
        "September 2021 (passed). What stands must go: Bridges over water",
        "2022 (passed). What stands must go: The last such bridge",
        "30 June 2023 (not reached: the rule had ended). The benefit ends: The grant for new "
        "bridges ends",
    ]
    assert all(words in plain(act_html(tracker, rule, LATE)) for words in text)
    # While it holds they stand among all others.
    assert steps_of_ended(tracker, act_on(tracker.data, SUMMER, RULE), SUMMER) == []


def test_an_act_in_a_table_has_its_next_deadline(
    tracker_six: Tracker, six: stances.Dataset
) -> None:
    days = {date(2021, 8, 1): "2021-09", SUMMER: "2022", date(2023, 7, 1): "2023-06-30"}
    for day, deadline in days.items():
        assert due_of(tracker_six, act_on(six, day, RULE), day) == deadline
    assert due_of(tracker_six, act_on(six, LATE, ORDER), LATE) == ""
    assert [step.deadline for step in steps_of_act(tracker_six, RULE, LATE)] == [
        "2021-09", "2022", "2023-06-30",
    ]  # fmt: skip
