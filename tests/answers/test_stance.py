"""Where everybody stands on a day, what that rests on, why, and how it changed day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from stances.answers import stance
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset


@pytest.mark.parametrize(
    ("day", "actor", "domain", "rests_on"),
    [
        ("2020-01-31", "ARC", "roads", stance.HELD),
        ("2020-02-01", "ARC", "roads", stance.USED),
        ("2020-02-01", "ARC", "overall", stance.USED),
        # A repeal is all there is.
        ("2020-10-27", "ARC", "roads", "repeal"),
        ("2020-02-01", "BOR", "schools", "permit"),
        ("2020-06-01", "BOR", "roads", stance.WORDS),
        ("2020-06-01", "CAL", "roads", ""),
    ],
)
def test_what_a_stance_rests_on(
    tracker_six: Tracker, day: str, actor: str, domain: str, rests_on: str
) -> None:
    row = stance.standing(tracker_six, actor, domain, date.fromisoformat(day))
    assert row["rests_on"] == rests_on
    assert row["used"] == (rests_on == stance.USED)


def test_an_act_that_is_not_yet_in_force_carries_a_level_by_its_kind(six: Dataset) -> None:
    acts = six.acts.copy()
    acts.loc[acts["act_id"] == "ARC-roads-order", "in_force_from"] = "2020-03"
    row = stance.standing(tracker_of(replace(six, acts=acts)), "ARC", "roads", date(2020, 2, 15))
    assert (row["label"], row["rests_on"]) == ("Block", "order")


def test_a_decision_without_a_line_in_the_register_is_told_by_its_kind(six: Dataset) -> None:
    data = replace(six, acts=six.acts[six.acts["act_id"] != "ARC-roads-order"])
    for domain in ("roads", "overall"):
        row = stance.standing(tracker_of(data), "ARC", domain, date(2020, 2, 15))
        assert row["rests_on"] == "order", domain


def test_a_position_is_old_two_years_after_its_newest_event(six: Dataset) -> None:
    slow = {code: replace(kind) for code, kind in six.codebook.instruments.items()}
    slow["plan"] = replace(slow["plan"], half_life_days=2000.0)
    tracker = tracker_of(replace(six, codebook=replace(six.codebook, instruments=slow)))
    last = date(2020, 6, 1) + timedelta(730)
    rows = [stance.standing(tracker, "BOR", "roads", last + timedelta(n)) for n in (0, 1)]
    assert [row["is_old"] for row in rows] == [False, True]
    assert [row["rests_on"] for row in rows] == [stance.WORDS, stance.OLD]


def test_the_act_and_the_last_event(tracker_six: Tracker) -> None:
    row = stance.standing(tracker_six, "ARC", "roads", date(2020, 5, 1))
    assert (row["act_id"], row["act_event_id"]) == ("ARC-roads-order", "ARC-20200101-roads-order")
    assert row["last_event_id"] == "ARC-20200410-minister-worried"
    overall = stance.standing(tracker_six, "ARC", "overall", date(2020, 5, 1))
    assert overall["act_id"] == "ARC-roads-order"


@pytest.mark.parametrize(
    ("day", "known", "figures"),
    [
        # One of two members is half of them; of three two are known.
        ("2020-02-29", (1, 2), [-2.0, -2.0, -1.0]),
        ("2020-06-30", (2, 3), [0.0, -0.5, 0.5]),
        ("2020-05-01", (1, 3), [np.nan] * 3),
        ("2022-06-20", (0, 2), [np.nan] * 3),
    ],
)
def test_a_group_has_a_level_where_half_of_its_members_have_one(
    tracker_six: Tracker, day: str, known: tuple[int, int], figures: list[float]
) -> None:
    row = stance.standing(tracker_six, "Pact", "roads", date.fromisoformat(day))
    assert (row["known"], row["members"]) == known
    assert row[["stance", "low", "high"]].tolist() == pytest.approx(figures, nan_ok=True)
    assert np.isnan(row["level"]) == np.isnan(figures[0])
    assert row["rests_on"] == ("" if np.isnan(figures[0]) else stance.AVERAGE)


def test_who_stands_at_each_level(tracker_six: Tracker) -> None:
    rows = stance.by_level(tracker_six, date(2020, 6, 1), "roads")
    assert rows["actors"].tolist() == [["ARC"], [], [], [], ["BOR"], ["CAL"]]
    assert rows["count"].tolist() == [1, 0, 0, 0, 1, 1]


def test_why_is_event_date_score_weight_and_share(tracker_six: Tracker) -> None:
    rows = stance.why(tracker_six, "ARC", "roads", date(2020, 4, 10))
    assert rows["title"].tolist() == [
        "Arcadia bars Acme from its roads",
        "Arcadia's minister is worried by Acme",
    ]
    assert rows["score"].tolist() == [-2, -1]
    assert rows["counted_score"].tolist() == [-2.0, -2.0]
    assert rows["weight"].tolist() == [3.0, 1.0]
    assert rows["share"].tolist() == [0.75, 0.25]
    assert rows["contribution"].sum() == -2.0
    assert stance.why(tracker_six, "CAL", "roads", date(2020, 4, 10)).empty


def test_the_newest_events_come_first(tracker_six: Tracker) -> None:
    rows = stance.latest(tracker_six, date(2020, 6, 1), "overall", 2)
    assert rows["event_id"].tolist() == [
        "BOR-20200601-ring-road-plan",
        "BOR-20200511-teachers-doubt",
    ]
    rows = stance.latest(tracker_six, date(2020, 5, 31), "roads", 9)
    assert rows["event_id"].tolist() == [
        "ARC-20200410-minister-worried",
        "ARC-20200101-roads-order",
    ]


# -- day by day ---------------------------------------------------------------------------------


def test_level_changes_worked_out_on_paper(tracker_six: Tracker) -> None:
    rows = stance.level_changes(tracker_six, "roads")
    rests = stance.rests_or_overall(tracker_six)
    told = [
        (row.actor, f"{row.date:%Y-%m-%d}", None if np.isnan(row.level) else row.level,
         rests[row.rests], row.used)
        for row in rows.itertuples()
    ]  # fmt: skip
    assert told == [
        ("ARC", "2019-01-01", None, "", False),
        ("ARC", "2020-01-01", -2, stance.HELD, False),
        ("ARC", "2020-02-01", -2, stance.USED, True),
        ("ARC", "2020-10-27", 0, "repeal", False),
        ("ARC", "2022-06-19", None, "", False),
        ("BOR", "2019-01-01", None, "", False),
        ("BOR", "2020-02-01", None, "Even overall", False),
        ("BOR", "2020-06-01", 2, stance.WORDS, False),
        ("BOR", "2021-09-28", None, "", False),
        ("CAL", "2019-01-01", None, "", False),
    ]


@pytest.mark.parametrize("day", [date(2019, 6, 30), date(2022, 3, 4), None])
def test_the_days_of_a_map_are_those_of_the_standings(
    tracker: Tracker, newest: date, day: date | None
) -> None:
    day = day or newest
    for domain in tracker.codebook.columns:
        rows = stance.level_changes(tracker, domain)
        rows = rows[rows["date"] <= pd.Timestamp(day)].groupby("actor").tail(1)
        standings = stance.standings(tracker, day, domain).sort_index()
        np.testing.assert_array_equal(rows["level"], standings["level"])
        np.testing.assert_array_equal(rows["is_old"], standings["is_old"])
        of_day = tracker.in_domain(day, domain).sort_index()
        np.testing.assert_array_equal(rows["used"], of_day["used"] | of_day["case"])
        rests = rows["rests"].map(stance.rests_or_overall(tracker).__getitem__)
        known = standings["rests_on"] != ""
        np.testing.assert_array_equal(rests.to_numpy()[known], standings["rests_on"][known])


# -- in words -----------------------------------------------------------------------------------


def test_the_headline_of_the_field_that_leads(tracker_six: Tracker, six: Dataset) -> None:
    said = {
        day: stance.map_headline(tracker_six, date.fromisoformat(day), "roads")
        for day in ("2019-12-31", "2020-01-31", "2020-03-31")
    }
    assert said == {
        "2019-12-31": "Records begin in 2020",
        "2020-01-31": "1 of 2 Pact members can limit Acme in roads",
        "2020-03-31": "1 of 3 Pact members can limit Acme in roads; 1 has used a rule",
    }
    gone = stance.map_headline(tracker_six, date(2021, 1, 1), "roads")
    assert gone == "None of 2 Pact members can limit Acme in roads"


def test_the_headline_of_another_field(
    tracker_six: Tracker, tracker: Tracker, newest: date
) -> None:
    day = date(2020, 6, 1)
    assert stance.map_headline(tracker_six, day, "schools") == (
        "None of 3 actors stand at Block in schools"
    )
    assert (
        stance.map_headline(tracker_six, day, "overall") == "1 of 3 actors stands at Block overall"
    )
    counts = {}
    for domain in tracker.codebook.columns:
        levels = stance.standings(tracker, newest, domain)["level"]
        counts[domain] = int((levels <= -2).sum())
    said = stance.map_headline(tracker, newest, "procurement")
    assert said == (
        f"{counts['procurement']} of {len(tracker.actors)} governments and EU bodies stand at "
        "Exclude or Restrict in public procurement"
    )
    members = tracker.in_domain(newest, "networks").loc[tracker.members("EU", newest)]
    assert stance.map_headline(tracker, newest, "networks") == (
        f"{members['limits'].sum()} of {len(members)} EU countries can limit Huawei in telecom "
        f"networks; {members['used'].sum()} have used a rule"
    )


def test_an_unknown_code_is_refused(tracker_six: Tracker) -> None:
    for code, domain in (("XYZ", "roads"), ("ACME", "roads"), ("ARC", "sea"), ("Pact", "sea")):
        with pytest.raises(BadInput):
            stance.standing(tracker_six, code, domain, date(2020, 6, 1))
