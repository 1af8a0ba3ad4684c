"""What was done between two days, and who moved by it."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from stances import words
from stances.answers import changes
from stances.answers.tracker import Tracker
from stances.dataset.faults import BadInput

DAYS = date(2020, 3, 1), date(2020, 10, 27)


def test_who_moved_the_largest_first(tracker_six: Tracker) -> None:
    rows = changes.moved(tracker_six, *DAYS, "roads")
    assert rows.index.tolist() == ["ARC"]
    row = rows.loc["ARC"]
    assert row[["then", "now", "shift", "done", "time"]].tolist() == [-2, 0, 2, 2, 0]
    assert (row["level_then"], row["level_now"], row["by_age"], row["weak"]) == (
        -2,
        0,
        False,
        False,
    )


def test_a_move_by_age_alone_is_told_apart(tracker_six: Tracker) -> None:
    # The king's speech fades against the permit.
    rows = changes.moved(tracker_six, date(2020, 5, 11), date(2020, 8, 19), "schools")
    row = rows.loc["BOR"]
    assert row["by_age"]
    assert row["shift"] == pytest.approx(0.7143 - 0.5, abs=1e-4)
    assert (row["level_then"], row["level_now"]) == (0, 1)


def test_a_period_begins_after_its_first_day_and_has_its_last(tracker_six: Tracker) -> None:
    rows = changes.done(tracker_six, date(2020, 1, 1), date(2020, 4, 10), "roads")
    assert rows.index.tolist() == ["ARC-20200410-minister-worried"]


def test_who_gained_or_lost_a_position(tracker_six: Tracker) -> None:
    rows = changes.lapsed(tracker_six, date(2020, 5, 1), date(2020, 7, 1), "roads")
    assert rows.loc["BOR"].to_dict() == {
        "change": "gained", "level": 2.0, "by_age": False, "weak": True,
    }  # fmt: skip
    rows = changes.lapsed(tracker_six, date(2021, 9, 27), date(2021, 9, 28), "roads")
    assert rows.loc["BOR"].to_dict() == {
        "change": "lost", "level": 2.0, "by_age": True, "weak": False,
    }  # fmt: skip


def test_what_was_done_with_the_level_before_and_after(tracker_six: Tracker) -> None:
    rows = changes.done(tracker_six, date(2019, 12, 31), DAYS[1], "overall")
    told = rows[["event_id", "binding", "level_before", "level_after", "direction"]]
    assert told.fillna(9).to_numpy().tolist() == [
        ["ARC-20201027-order-repealed", True, -2, 0, "Softer"],
        # Words move a level and have no badge.
        ["BOR-20200601-ring-road-plan", False, 9, 2, ""],
        ["BOR-20200511-teachers-doubt", False, 1, 0, ""],
        ["ARC-20200410-minister-worried", False, -2, -2, ""],
        ["BOR-20200201-school-permit", True, 9, 1, "New"],
        ["ARC-20200101-roads-order", True, 9, -2, "New"],
    ]
    assert changes.acts_heading(tracker_six, rows) == "3 acts by 2 actors"
    assert changes.acts_heading(tracker_six, rows[:1]) == "1 act by Republic of Arcadia"
    assert changes.acts_heading(tracker_six, rows[1:4]) == "No act"


def test_only_members_of_the_last_day(tracker_six: Tracker) -> None:
    # Arcadia left the Pact on 1 July 2020.
    assert changes.moved(tracker_six, *DAYS, "roads", "Pact").empty
    rows = changes.done(tracker_six, *DAYS, "overall", "Pact")
    assert set(rows["actor"]) == {"BOR"}


def test_unscored_events_are_listed_and_the_subjects_own_are_not(
    tracker: Tracker, newest: date
) -> None:
    rows = changes.done(tracker, date(2018, 12, 31), newest, "overall")
    assert rows["score"].isna().any()
    assert not rows.loc[rows["score"].isna(), "direction"].any()
    assert set(rows["actor"]) <= set(tracker.actors)
    assert ((rows["date"] > "2018-12-31") & (rows["date"] <= pd.Timestamp(newest))).all()
    assert rows["date"].is_monotonic_decreasing


def test_a_weak_move_rests_on_one_report_of_the_lowest_confidence(
    tracker: Tracker, newest: date
) -> None:
    days = newest - timedelta(days=365), newest
    for domain in tracker.codebook.columns:
        rows = changes.moved(tracker, *days, domain)
        came = changes.done(tracker, *days, domain)
        came = came[came["score"].notna()]
        for actor in rows.index:
            own = came.loc[came["actor"] == actor, "confidence"].tolist()
            assert rows.loc[actor, "weak"] == (own == ["low"]), actor


# -- headlines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "domain", "text"),
    [
        (
            "2019-10-27", "2020-10-27", "roads",
            "Nobody moved by half a level or more in roads in the year to October 2020",
        ),
        (
            "2020-03-01", "2020-10-27", "roads",
            "Only Republic of Arcadia moved by half a level or more in roads between "
            "1 Mar and 27 Oct 2020",
        ),
        (
            "2020-03-02", "2020-03-31", "roads",
            "No level changed in roads between 2 and 31 Mar 2020",
        ),
        (
            "2020-05-10", "2020-05-11", "schools",
            "Only Kingdom of Boria moved by half a level or more in schools between 10 and 11 May "
            "2020",
        ),
    ],
)  # fmt: skip
def test_headlines(tracker_six: Tracker, first: str, last: str, domain: str, text: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert changes.headline(tracker_six, *days, domain) == text


def test_the_headline_of_several_on_the_real_data(tracker: Tracker) -> None:
    days = date(2018, 12, 31), date(2019, 12, 31)
    for domain in ("networks", "overall"):
        rows = changes.moved(tracker, *days, domain)
        far = rows[(rows["done"].abs() >= 0.5) & (rows["shift"].abs() >= 0.5)]
        said = changes.headline(tracker, *days, domain)
        count = words.number(len(far), start=True)
        where = tracker.in_field(domain)
        start = (
            f"{count} of {len(tracker.actors)} moved by half a level or more {where} in the year"
        )
        assert said.startswith(start)
        higher = f"{int((far['done'] > 0).sum())} towards Champion"
        assert (higher in said) == (domain == "networks"), "no direction is told of a mean"
    said = changes.headline(tracker, date(2020, 1, 28), date(2020, 4, 28), "networks", "EU+")
    assert f" of {len(tracker.members('EU+', date(2020, 4, 28)))} EU countries and bodies" in said


def test_days_in_the_wrong_order_are_refused(tracker_six: Tracker) -> None:
    with pytest.raises(BadInput, match="is before"):
        changes.moved(tracker_six, DAYS[1], DAYS[0], "roads")
