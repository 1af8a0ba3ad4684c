"""How actors and groups moved: lines, ribbons, counts by year, headlines."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from stances.answers import history, stance
from stances.answers.tracker import EVERYONE, Tracker

FIRST, LAST = date(2019, 6, 1), date(2022, 12, 31)


def at(line: pd.DataFrame, day: str) -> float:
    [value] = line.loc[line["date"] == pd.Timestamp(day), "stance"]
    return float(value)


def test_a_line_steps_at_an_event_and_ends_where_a_position_does(tracker_six: Tracker) -> None:
    line = history.lines(tracker_six, ["BOR"], "schools", FIRST, LAST)
    assert set(line["key"]) == {"BOR"}
    assert np.isnan(at(line, "2020-01-31"))
    assert at(line, "2020-02-01") == 1.0
    assert at(line, "2020-05-10") == 1.0
    assert at(line, "2020-05-11") == 0.5
    # The permit's last day, and the lapse.
    assert at(line, "2021-03-06") == pytest.approx(0.9195, abs=1e-4)
    assert np.isnan(at(line, "2021-03-07"))
    assert line["date"].iloc[[0, -1]].tolist() == [pd.Timestamp(FIRST), pd.Timestamp(LAST)]


def test_a_line_has_both_sides_of_the_day_on_which_too_little_is_left(tracker_six: Tracker) -> None:
    line = history.lines(tracker_six, ["BOR"], "roads", FIRST, LAST)
    assert at(line, "2021-09-27") == 2.0
    assert np.isnan(at(line, "2021-09-28"))


def test_every_point_of_a_line_is_the_stance_of_its_day(tracker: Tracker, newest: date) -> None:
    line = history.lines(tracker, ["POL", "EU"], "networks", date(2018, 1, 1), newest)
    assert line["date"].is_monotonic_increasing is False
    for code, points in line.groupby("key"):
        assert points["date"].is_monotonic_increasing
        for point in points.iloc[:: len(points) // 6].itertuples():
            row = stance.standing(tracker, str(code), "networks", point.date.date())
            assert point.stance == pytest.approx(row["stance"], abs=1e-4, nan_ok=True)


def test_the_line_of_a_group_begins_where_half_are_known(tracker_six: Tracker) -> None:
    line = history.lines(tracker_six, ["Pact"], "roads", FIRST, LAST)
    assert at(line, "2020-01-01") == -2.0
    # Boria joins without a position: one of three.
    assert at(line, "2020-02-29") == -2.0
    assert np.isnan(at(line, "2020-03-01"))


def test_the_ribbon_of_an_actor(tracker_six: Tracker) -> None:
    rows = history.runs(tracker_six, "ARC", "roads")
    told = [(f"{row.since:%Y-%m-%d}", row.level) for row in rows.itertuples()]
    assert told[1:3] == [("2020-01-01", -2.0), ("2020-10-27", 0.0)]
    # Each begins where the one before ends, the last goes on; no two neighbours are alike.
    assert (rows["until"].iloc[:-1].to_numpy() == rows["since"].iloc[1:].to_numpy()).all()
    assert pd.isna(rows["until"].iloc[-1])
    assert len(rows) == 4


def test_turning_points_name_what_came_in_on_their_day(tracker_six: Tracker) -> None:
    rows = history.turns(tracker_six, "BOR", "schools", date(2021, 12, 31))
    days = [f"{day:%Y-%m-%d}" for day in rows["since"]]
    assert days == ["2021-03-07", "2020-05-12", "2020-05-11", "2020-02-01"]
    assert [*rows["level"].fillna(99)] == [99, 1, 0, 1]
    events = ["BOR-20200511-teachers-doubt", "BOR-20200201-school-permit"]
    assert [*rows["event_id"].fillna("")] == ["", "", *events]
    # Nothing on a page of a day rests on what came later.
    early = history.turns(tracker_six, "BOR", "schools", date(2020, 5, 11))
    assert len(early) == 2


def test_shares_count_every_member_once(tracker_six: Tracker) -> None:
    rows = history.shares(tracker_six, "Pact", "roads", [date(2020, 2, 29), date(2020, 6, 30)])
    assert rows["members"].tolist() == [2, 3]
    assert rows["none"].tolist() == [1, 1]
    assert rows["-2"].tolist() == [1, 1]
    assert rows["2"].tolist() == [0, 1]


def test_by_year_on_the_real_data(tracker: Tracker, newest: date) -> None:
    rows = history.by_year(tracker, "networks", newest)
    first_year = tracker.codebook.first_date.year
    assert rows["period"].dt.year.tolist() == list(range(first_year, newest.year + 1))
    levels = [str(level) for level in tracker.codebook.scale.levels]
    assert (rows[["none", *levels]].sum(axis=1) == len(tracker.actors)).all()
    by_level = stance.by_level(tracker, newest, "networks")
    assert rows[[*levels, "none"]].iloc[-1].tolist() == by_level["count"].tolist()
    # Nothing after the day is drawn.
    then = history.by_year(tracker, "networks", date(2020, 3, 1))
    assert then["period"].iloc[-1] == pd.Period("2020")
    assert then["date"].iloc[-1] == pd.Timestamp("2020-03-01")


def test_by_field_sets_actors_and_groups_side_by_side(tracker_six: Tracker) -> None:
    rows = history.by_field(tracker_six, ["ARC", "Pact"], date(2020, 2, 29))
    assert rows[["domain", "code"]].to_numpy().tolist() == [
        ["roads", "ARC"], ["roads", "Pact"], ["schools", "ARC"], ["schools", "Pact"],
    ]  # fmt: skip
    assert rows["level"].tolist() == pytest.approx([-2, -2, np.nan, np.nan], nan_ok=True)
    assert rows["known"].tolist() == pytest.approx([np.nan, 1, np.nan, 0], nan_ok=True)


# -- headlines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "domain", "day", "text"),
    [
        (["CAL"], "roads", "2020-06-01", "Caldon has no current position in roads"),
        (
            ["ARC"], "roads", "2020-06-01",
            "Republic of Arcadia has stood at Block in roads since 2020",
        ),
        (
            ["ARC"], "roads", "2020-12-01",
            "Republic of Arcadia moved in roads from Block to Even in 2020",
        ),
        (
            ["ARC"], "roads", "2021-12-01",
            "Republic of Arcadia moved in roads from Block to Even in 2020, and stays there",
        ),
        (
            ["BOR"], "roads", "2022-01-01",
            "Kingdom of Boria has no current position in roads; until Sep 2021 it stood at Promote",
        ),
        (
            ["ARC", "BOR"], "roads", "2020-06-01",
            "Republic of Arcadia stands at Block in roads, Kingdom of Boria at Promote",
        ),
        (
            ["CAL", "ARC"], "roads", "2020-06-01",
            "Republic of Arcadia stands at Block in roads; Caldon has no current position",
        ),
        (
            ["CAL", "ARC"], "schools", "2020-06-01",
            "Neither Caldon nor Republic of Arcadia has a current position in schools",
        ),
        # Of several the group that leads.
        (
            ["ARC", "BOR", "Pact"], "roads", "2020-06-30",
            "The Pact average moved in roads from Block to Even in 2020",
        ),
        (["ARC", "BOR", "CAL"], "roads", "2020-06-01",
         "Republic of Arcadia has stood at Block in roads since 2020"),
    ],
)  # fmt: skip
def test_headlines(
    tracker_six: Tracker, codes: list[str], domain: str, day: str, text: str
) -> None:
    assert history.headline(tracker_six, codes, domain, date.fromisoformat(day)) == text


def test_two_at_one_level(tracker: Tracker, newest: date) -> None:
    levels = stance.standings(tracker, newest, "networks")["level"]
    one, other = levels.index[levels == -2][:2]
    said = history.headline(tracker, [one, other], "networks", newest)
    assert said.endswith("both stand at Restrict in telecom networks")


def test_the_level_of_a_group_changes_on_the_day_on_which_a_page_of_that_day_shows_it(
    tracker: Tracker,
) -> None:
    """Between the ends of months, too, where the mean ages over a border."""
    path = history._levels_of_group(tracker, "Quad", "trade")
    changes = path[~path["level"].fillna(99).diff().eq(0)].iloc[1:]
    assert not changes["since"].dt.is_month_end.all()
    for since, level in changes.itertuples(index=False):
        for day, is_new in ((since, True), (since - pd.Timedelta(days=1), False)):
            shown = stance.standing(tracker, "Quad", "trade", day.date())["level"]
            assert np.isclose(shown, level, equal_nan=True) == is_new, day


@pytest.mark.parametrize("domain", ["overall", "networks"])
def test_a_headline_says_the_level_of_its_day(tracker: Tracker, newest: date, domain: str) -> None:
    """Of some actors and all groups on three days: the last level named is the one that holds."""
    labels = tracker.codebook.scale.labels
    for day in (date(2016, 2, 3), date(2019, 8, 1), newest):
        for code in [*tracker.actors[::9], *tracker.groups]:
            said = history.headline(tracker, [code], domain, day)
            level = stance.standing(tracker, code, domain, day)["level"]
            if np.isnan(level):
                assert "has no current position" in said
            else:
                *_, last = sorted((said.rfind(label), label) for label in labels.values())
                assert last[1] == labels[int(level)], (said, level)
            assert all(int(year) <= day.year for year in re.findall(r"\b20\d\d\b", said)), said


def test_everyone_is_all(tracker_six: Tracker) -> None:
    rows = history.shares(tracker_six, EVERYONE, "roads", [date(2020, 6, 30)])
    assert rows["members"].tolist() == [3]
