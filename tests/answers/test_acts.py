from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from stances.answers import acts
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset, load
from tests.conftest import TODAY

ORDER, PERMIT, RULE = "ARC-roads-order", "BOR-school-permit", "CAL-bridge-rule"
Change = Callable[..., Tracker]


@pytest.fixture
def changed(six: Dataset) -> Change:
    """Return the tracker of the six events with some cells of acts or deadlines changed: by the
    id, or the date, of the row and the column.
    """

    def change(table: str, cells: dict[tuple[str, str], object], **more: object) -> Tracker:
        frame = getattr(six, table).copy()
        key = "act_id" if table == "acts" else "deadline"
        for (row, column), value in cells.items():
            assert (frame[key] == row).any()
            frame.loc[frame[key] == row, column] = value
        return tracker_of(replace(six, **{table: frame}, **more))

    return change


def dates(tracker: Tracker, day: date) -> pd.DataFrame:
    return acts.deadlines(tracker, day).set_index("deadline")


def _headline(tracker: Tracker, day: date) -> str:
    """Return the headline of the whole register of a day."""
    return acts.headline(tracker, day, acts.register(tracker, day))


# -- acts --------------------------------------------------------------------------------------

ON_PAPER = [
    (date(2019, 12, 31), {}),
    (date(2020, 1, 1), {ORDER: "in force"}),
    (date(2020, 2, 1), {ORDER: "in force", PERMIT: "in force"}),
    (date(2020, 10, 27), {ORDER: "ended", PERMIT: "in force"}),
    (date(2021, 6, 30), {ORDER: "ended", PERMIT: "in force", RULE: "not yet"}),
    (date(2021, 7, 1), {ORDER: "ended", PERMIT: "in force", RULE: "in force"}),
]


@pytest.mark.parametrize(("day", "status"), ON_PAPER)
def test_acts_have_the_status_worked_out_on_paper(
    tracker_six: Tracker, day: date, status: dict[str, str]
) -> None:
    assert acts.register(tracker_six, day)["status"].to_dict() == status


def test_an_act_has_the_level_of_its_event_and_none_without_one(tracker_six: Tracker) -> None:
    level = acts.register(tracker_six, TODAY)["level"]
    assert level[[ORDER, PERMIT]].tolist() == [-2, 1]
    assert pd.isna(level[RULE])


def test_a_use_is_told_from_its_day_on(tracker_six: Tracker) -> None:
    before = acts.register(tracker_six, date(2020, 1, 31)).loc[ORDER]
    then = acts.register(tracker_six, date(2020, 2, 1)).loc[ORDER]
    uses = ["applied", "applied_what", "applied_since", "practice"]
    assert before[uses].tolist() == ["unknown", "", "", ""]
    assert then[uses].tolist() == ["yes", "", "2020-02", ""]


def test_texts_without_a_date_are_told_on_the_newest_day_alone(tracker_six: Tracker) -> None:
    texts = ["obligation", "practice", "applied_what", "penalty", "note", "doubt"]
    assert (acts.register(tracker_six, TODAY)[texts] != "").any().all()
    assert (acts.register(tracker_six, date(2020, 6, 1))[texts] == "").all(axis=None)
    assert (acts.deadlines(tracker_six, TODAY)["note"] != "").any()
    assert (acts.deadlines(tracker_six, date(2021, 8, 1))["note"] == "").all()


def test_what_another_act_suspends_is_no_rule_in_force_nor_is_the_other(changed: Change) -> None:
    tracker = changed("acts", {(PERMIT, "suspends"): ORDER})
    assert acts.register(tracker, date(2020, 1, 31))["status"].to_dict() == {ORDER: "in force"}
    assert acts.register(tracker, date(2020, 6, 1))["status"].to_dict() == {
        ORDER: "suspended", PERMIT: "suspension",
    }  # fmt: skip
    assert _headline(tracker, date(2020, 6, 1)).startswith("No rule was in force")


def test_an_end_is_told_from_its_day_on(tracker_six: Tracker) -> None:
    ends = ["ended", "ended_how", "ended_by"]
    before = acts.register(tracker_six, date(2020, 10, 26)).loc[ORDER, ends]
    then = acts.register(tracker_six, date(2020, 10, 27)).loc[ORDER, ends]
    assert before.tolist() == ["", "", ""]
    assert then.tolist() == ["2020-10-27", "repealed", "ARC-20201027-order-repealed"]


def test_a_doubt_and_an_easing_are_told_on_the_newest_day_alone(changed: Change) -> None:
    tracker = changed("acts", {(ORDER, "applied"): "eased"})
    newest, earlier = (acts.register(tracker, day) for day in (TODAY, date(2020, 6, 1)))
    assert newest["in_doubt"].to_dict() == {ORDER: False, PERMIT: True, RULE: False}
    assert not earlier["in_doubt"].any()
    assert (newest.loc[ORDER, "applied"], earlier.loc[ORDER, "applied"]) == ("eased", "yes")


def test_an_event_that_came_after_its_act_is_told_from_its_own_day_on(changed: Change) -> None:
    tracker = changed(
        "acts", {(PERMIT, "adopted"): "2020-01", (PERMIT, "in_force_from"): "2020-01"}
    )
    rows = acts.register(tracker, date(2020, 1, 31))
    assert rows.loc[PERMIT, ["event_id", "instrument"]].tolist() == ["", ""]
    assert pd.isna(rows.loc[PERMIT, "level"])
    rows = acts.register(tracker, date(2020, 2, 1))
    assert rows.loc[PERMIT, "event_id"] == "BOR-20200201-school-permit"
    assert rows.loc[PERMIT, "level"] == 1


def test_an_act_binds_from_its_adoption_where_nothing_else_is_known(changed: Change) -> None:
    tracker = changed("acts", {(PERMIT, "in_force_from"): ""})
    assert acts.register(tracker, TODAY).loc[PERMIT, "since"] == "2020-02"


def test_an_act_that_says_it_has_no_force_does_not_bind(changed: Change) -> None:
    tracker = changed("acts", {(PERMIT, "has_force"): False})
    assert acts.register(tracker, TODAY)["binds"].to_dict() == {
        ORDER: True, PERMIT: False, RULE: True,
    }  # fmt: skip
    assert acts.register(tracker, TODAY).loc[PERMIT, "instrument"] == "Permit"


def test_an_act_names_the_next_date_that_it_sets(tracker_six: Tracker) -> None:
    next_of = ["next_deadline", "next_kind", "next_what", "next_text"]
    rows = acts.register(tracker_six, date(2021, 10, 1))
    assert rows.loc[RULE, next_of].tolist() == ["2022", "removal", "The last such bridge", "2022"]
    assert rows.loc[PERMIT, next_of].tolist() == ["", "", "", ""]


# -- dates -------------------------------------------------------------------------------------


def test_a_date_passes_with_the_last_day_of_what_is_known(tracker_six: Tracker) -> None:
    day, after = date(2021, 9, 30), date(2021, 10, 1)
    assert dates(tracker_six, day).loc["2021-09", ["ahead", "passed"]].tolist() == [True, False]
    assert dates(tracker_six, after).loc["2021-09", ["ahead", "passed"]].tolist() == [False, True]


def test_dates_come_by_their_last_day(tracker_six: Tracker) -> None:
    found = dates(tracker_six, date(2021, 8, 1))
    assert list(found.index) == ["2021-03-07", "2021-09", "2022", "2023-06-30"]
    assert found.loc["2022", ["first", "end"]].tolist() == [date(2022, 1, 1), date(2022, 12, 31)]
    assert found["text"].tolist() == ["7 Mar 2021", "Sep 2021", "2022", "30 Jun 2023"]


def test_no_date_of_an_act_that_is_yet_to_be_adopted(tracker_six: Tracker) -> None:
    assert list(dates(tracker_six, date(2020, 12, 31)).index) == ["2021-03-07"]


def test_dates_are_ahead_from_today_where_the_day_is_the_newest(
    six: Dataset, changed: Change
) -> None:
    about = replace(six.about, covered_to=date(2021, 8, 1))
    tracker = changed("acts", {}, about=about)
    newest, before = date(2021, 8, 1), date(2021, 7, 31)
    assert tracker.data.opening_day == newest
    assert dates(tracker, before)["ahead"].tolist() == [False, True, True, True]
    # By 31 January 2023 two more are over.
    assert dates(tracker, newest)["ahead"].tolist() == [False, False, False, True]


def test_a_date_of_an_act_that_ended_is_neither_ahead_nor_passed(changed: Change) -> None:
    tracker = changed("deadlines", {("2023-06-30", "act_id"): ORDER})
    old = dates(tracker, TODAY).loc["2023-06-30"]
    assert old["status"] == "ended"
    assert not old["ahead"]
    assert not old["passed"]


@pytest.mark.parametrize(
    "basis",
    ["estimate", "expected"],
)
def test_a_date_says_how_it_is_known(changed: Change, basis: str) -> None:
    tracker = changed("deadlines", {("2022", "basis"): basis})
    assert dates(tracker, TODAY)[basis].to_dict() == {
        "2021-03-07": False, "2021-09": False, "2022": True, "2023-06-30": False,
    }  # fmt: skip


def test_a_date_is_general_where_its_act_neither_names_the_subject_nor_was_used(
    changed: Change,
) -> None:
    tracker = changed("acts", {(RULE, "obligation"): "Large bridges must go"})
    general = dates(tracker, TODAY)["general"]
    assert general.to_dict() == {
        "2021-03-07": False, "2021-09": True, "2022": True, "2023-06-30": True,
    }  # fmt: skip


def test_removals_are_what_is_ahead_of_the_kind_that_leads(tracker_six: Tracker) -> None:
    assert acts.removals(tracker_six, date(2021, 8, 1))["deadline"].tolist() == [
        "2021-09",
        "2022",
    ]
    assert acts.removals(tracker_six, TODAY).empty


# -- found -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [ORDER, PERMIT, RULE]),
        ({"q": "road acme"}, [ORDER]),
        ({"q": "REPUBLIC of arcadia"}, [ORDER]),
        ({"q": "borian herald"}, [PERMIT]),
        ({"q": "lets acme teach"}, [PERMIT]),
        ({"q": '"acme teach"'}, [PERMIT]),
        ({"q": '"teach acme"'}, []),
        ({"actor": ("BOR", "CAL")}, [PERMIT, RULE]),
        ({"actor": ("Pact",)}, [PERMIT, RULE]),
        ({"group": "Pact"}, [PERMIT, RULE]),
        ({"group": "all"}, [ORDER, PERMIT, RULE]),
        ({"group": "Pact", "actor": ("ARC", "BOR")}, [PERMIT]),
        ({"domain": "schools"}, [PERMIT]),
        ({"domain": "overall"}, [ORDER, PERMIT, RULE]),
        ({"status": "in force"}, [PERMIT, RULE]),
        ({"status": "all"}, [ORDER, PERMIT, RULE]),
        ({"applied": ("yes", "no")}, [ORDER, PERMIT]),
        ({"scope": ("streets",)}, [ORDER]),
        ({"scope": ("bridges",)}, [ORDER, RULE]),
        ({"aim": ("size",)}, [RULE]),
        ({"deadline": "lapse"}, [PERMIT, RULE]),
        ({"deadline": "removal", "status": "ended"}, []),
    ],
)
def test_all_filters_must_hold(
    tracker_six: Tracker, filters: dict[str, object], found: list[str]
) -> None:
    assert list(acts.find(tracker_six, TODAY, **filters).index) == found  # type: ignore[arg-type]


def test_a_group_that_is_none_is_refused(tracker_six: Tracker) -> None:
    with pytest.raises(BadInput):
        acts.find(tracker_six, TODAY, group="Packt")


def test_the_headline_counts_rules_in_force_and_whose_dates_are_ahead(tracker_six: Tracker) -> None:
    on = date(2021, 8, 1)
    assert _headline(tracker_six, on) == (
        "2 rules were in force on 1 Aug 2021; Caldon had removal dates ahead"
    )
    assert _headline(tracker_six, date(2021, 10, 1)) == (
        "2 rules were in force on 1 Oct 2021; Caldon had a removal date ahead"
    )
    assert _headline(tracker_six, TODAY) == "2 rules are in force"
    assert _headline(tracker_six, date(2019, 6, 1)) == "No rule was in force on 1 Jun 2019"


def test_the_headline_of_a_search_counts_what_was_found(tracker_six: Tracker) -> None:
    found = acts.find(tracker_six, TODAY, actor=("BOR",))
    assert acts.headline(tracker_six, TODAY, found, "Boria") == "1 rule in force: Boria"
    assert acts.headline(tracker_six, TODAY, found[:0], "Utopia") == "No rules: Utopia"


def test_the_headline_tells_dates_in_doubt_apart(changed: Change) -> None:
    tracker = changed(
        "deadlines",
        {
            ("2022", "deadline"): "2032",
            ("2021-03-07", "kind"): "removal",
            ("2021-03-07", "deadline"): "2033",
        },
    )
    assert _headline(tracker, TODAY) == (
        "2 rules are in force; Caldon has removal dates ahead, one more in doubt"
    )


# -- what binds one actor, one act ---------------------------------------------------------------


def test_a_law_that_sets_no_level_binds_all_the_same(tracker_six: Tracker) -> None:
    found = acts.binds(tracker_six, "CAL", TODAY)
    assert found["act_id"].tolist() == [RULE]
    assert found["level"].isna().all()


def test_what_has_ended_binds_nobody(tracker_six: Tracker) -> None:
    assert acts.binds(tracker_six, "ARC", date(2020, 10, 26))["act_id"].tolist() == [ORDER]
    assert acts.binds(tracker_six, "ARC", date(2020, 10, 27)).empty
    assert acts.binds(tracker_six, "ACME", TODAY).empty


def test_a_decision_or_case_without_a_line_binds_by_its_event(folder: Path) -> None:
    lines = (folder / "acts.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "acts.csv").write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    book = folder / "codebook.toml"
    text = book.read_text(encoding="utf-8")
    book.write_text(
        text.replace('meaning = "May Acme build roads"', 'meaning = "Roads"\nopen_case = true'),
        encoding="utf-8",
    )
    tracker = tracker_of(load(folder, TODAY))
    [row] = acts.binds(tracker, "ARC", date(2020, 6, 1)).to_dict("records")
    assert (row["act_id"], row["event_id"]) == ("", "ARC-20200101-roads-order")
    assert (row["name"], row["level"]) == ("Arcadia bars Acme from its roads", -2)
    assert row["open_case"]
    assert row["since"] == "2020-01-01"


def test_the_record_of_an_act_has_its_dates_and_sources(tracker_six: Tracker) -> None:
    found = acts.record(tracker_six, RULE)
    assert found["act"]["name"] == "Bridge rule"
    assert found["dates"]["deadline"].tolist() == ["2021-09", "2022", "2023-06-30"]
    assert found["sources"]["publisher"].tolist() == ["Arcadian Daily", "Notes of Caldon"]


def test_no_record_of_an_act_before_its_adoption_or_of_none(changed: Change) -> None:
    tracker = changed("acts", {(RULE, "adopted"): "2024", (RULE, "in_force_from"): ""})
    for act in (RULE, "nothing"):
        with pytest.raises(BadInput):
            acts.record(tracker, act)
