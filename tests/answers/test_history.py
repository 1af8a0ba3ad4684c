"""The lines of the trend chart and what stands on them."""

from __future__ import annotations

import csv
import math
import random
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest

import stances
from stances import escapes
from stances.answers import history
from stances.answers.levels import LevelChange, level_changes
from stances.answers.practice import outlines
from stances.answers.standing import Standing, standings
from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.codebook import OVERALL
from stances.model.settings import Settings
from stances.model.stance import ACTS, BASES
from tests.cases import FEATURED, GROUP, ONE, OTHER, by_events
from tests.folders import REAL, SIX, Folder
from tests.tables import row_at, rows_of

DOMAINS = pytest.mark.parametrize("domain", [OVERALL, "networks"])
COLUMNS = ["key", "date", "stance", "low", "high"]
LAST = date(2021, 6, 15)


def _position(tracker: Tracker, actor: str, domain: str, day: date) -> Any:
    return row_at(tracker.data.position(day), actor, domain)


def _own_events(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    events = tracker.data.events
    own = events[(events["actor"] == actor) & events["score"].notna()]
    return own if domain == OVERALL else own[own["domain"] == domain]


@DOMAINS
@pytest.mark.parametrize("actor", FEATURED)
def test_a_line_is_the_stance_of_each_of_its_days(
    tracker: Tracker, actor: str, domain: str
) -> None:
    line = history.actor_line(tracker, actor, domain)
    assert line["date"].is_monotonic_increasing
    assert line["date"].is_unique
    sample = line.iloc[:: max(len(line) // 25, 1)]
    for point in rows_of(sample):
        row = _position(tracker, actor, domain, point.date.date())
        for name in ("stance", "low", "high"):
            assert getattr(point, name) == pytest.approx(getattr(row, name), abs=1e-4, nan_ok=True)


@DOMAINS
@pytest.mark.parametrize("actor", [ONE, OTHER])
def test_a_line_steps_on_the_day_of_an_event(tracker: Tracker, actor: str, domain: str) -> None:
    days = set(history.actor_line(tracker, actor, domain)["date"].dt.date)
    first, today = tracker.codebook.first_date, tracker.data.today
    assert set(tracker.data.months) <= days
    for event in _own_events(tracker, actor, domain)["date"].dt.date:
        for day in (event, event - timedelta(days=1)):
            assert day in days or not first <= day <= today


def test_a_line_steps_where_an_act_lapses(tracker_six: Tracker) -> None:
    line = history.actor_line(tracker_six, "BOR", "schools").set_index("date")["stance"]
    # The permit's last day and the day of its lapse, as worked out on paper.
    assert line[pd.Timestamp("2021-03-06")] == pytest.approx(0.9195, abs=5e-5)
    assert np.isnan(line[pd.Timestamp("2021-03-07")])


def test_a_line_steps_where_an_act_ends(folder: Folder) -> None:
    folder.edit("events", 2, end_date="2020-04-20")
    line = history.actor_line(Tracker(folder.load()), "ARC", "roads").set_index("date")["stance"]
    # Both on the last day of the order and on the next, which has the minister's words alone.
    assert line[pd.Timestamp("2020-04-19")] == pytest.approx(-2.0)
    assert line[pd.Timestamp("2020-04-20")] == pytest.approx(-1.0)


@DOMAINS
def test_a_group_is_its_mean_and_one_deviation_to_either_side(
    tracker: Tracker, domain: str
) -> None:
    line = history.group_line(tracker, GROUP, domain)
    assert list(line["date"].dt.date) == list(tracker.data.months)
    for point in rows_of(line.iloc[::40]):
        members = tracker.members(GROUP, point.date.date())
        rows = tracker.data.position(point.date.date())
        own = rows[(rows["domain"] == domain) & rows["actor"].isin(members)].dropna(subset="stance")
        if own.empty:
            assert np.isnan(point.stance)
            continue
        mean = np.average(own["stance"], weights=own["certainty"])
        spread = np.average((own["stance"] - mean) ** 2, weights=own["certainty"]) ** 0.5
        assert point.stance == pytest.approx(mean, abs=2e-4)
        assert point.low == pytest.approx(max(mean - spread, -3), abs=3e-4)
        assert point.high == pytest.approx(min(mean + spread, 3), abs=3e-4)


@DOMAINS
@pytest.mark.parametrize("first", [date(2015, 2, 1), date(2018, 12, 2), date(2020, 1, 31)])
def test_lines_begin_and_end_with_the_figures_of_those_days(
    tracker: Tracker, domain: str, first: date
) -> None:
    codes = [*FEATURED, by_events(tracker.data)[-1]]
    table = history.lines(tracker, [*codes, GROUP], domain, (first, LAST))
    assert set(table.columns) == set(COLUMNS)
    for key, line in table.groupby("key"):
        assert line["date"].is_monotonic_increasing
        assert line["date"].is_unique
        for at, day in ((0, first), (-1, LAST)):
            assert line["date"].iloc[at] == pd.Timestamp(day)
            if key in codes:
                row = _position(tracker, str(key), domain, day)
                assert line["stance"].iloc[at] == pytest.approx(row.stance, abs=1e-4, nan_ok=True)


def test_a_group_begins_with_its_mean_of_the_day(tracker: Tracker) -> None:
    first = date(2018, 12, 2)
    line = history.lines(tracker, [GROUP], OVERALL, (first, LAST))
    rows = tracker.data.position(first).query("domain == 'overall'").set_index("actor")
    own = rows.loc[tracker.members(GROUP, first)].dropna(subset="stance")
    mean = np.average(own["stance"], weights=own["certainty"])
    assert line["stance"].iloc[0] == pytest.approx(mean, abs=2e-4)


def _lost_days(tracker: Tracker, actor: str, domain: str) -> set[date]:
    """The last day of each position that an actor had in a domain, in any where it is overall,
    and the day after it.
    """
    own, first = tracker.model_of(actor), tracker.codebook.first_date
    days = [first + timedelta(days=k) for k in range((tracker.data.today - first).days + 1)]
    domains = own.domains if domain == OVERALL else [domain]
    columns = [tracker.column(code) for code in domains]
    known = ~np.isnan(own.arrays(days).stance[:, 0, columns])
    lost = np.flatnonzero((known[:-1] & ~known[1:]).any(axis=1))
    return {days[place + side] for place in lost for side in (0, 1)}


@pytest.mark.slow
@DOMAINS
def test_a_line_has_both_sides_of_each_day_on_which_a_position_is_lost(
    tracker: Tracker, domain: str
) -> None:
    for actor in (*FEATURED, *by_events(tracker.data)[::15]):
        sides = _lost_days(tracker, actor, domain)
        assert sides <= set(history.actor_line(tracker, actor, domain)["date"].dt.date), actor


@pytest.mark.parametrize(
    ("actor", "domain", "days"),
    [
        ("ARC", "roads", {date(2022, 6, 18), date(2022, 6, 19)}),
        ("BOR", "schools", {date(2021, 3, 6), date(2021, 3, 7)}),
        ("BOR", OVERALL, {date(2021, 3, 7), date(2021, 9, 27), date(2021, 9, 28)}),
    ],
)
def test_the_lost_positions_of_the_six_events_have_both_sides(
    tracker_six: Tracker, actor: str, domain: str, days: set[date]
) -> None:
    assert days <= _lost_days(tracker_six, actor, domain)
    assert days <= set(history.actor_line(tracker_six, actor, domain)["date"].dt.date)


def test_the_last_day_may_be_the_first_one(tracker: Tracker) -> None:
    first = tracker.codebook.first_date
    table = history.lines(tracker, [ONE, GROUP], OVERALL, (first, first))
    assert table.groupby("key").size().to_dict() == {ONE: 1, GROUP: 1}


def test_no_lines_are_a_table_all_the_same(tracker: Tracker) -> None:
    table = history.lines(tracker, [], OVERALL, (date(2019, 1, 1), LAST))
    assert list(table.columns) == COLUMNS
    assert table.empty
    assert table["date"].dtype == "datetime64[s]"
    events = history.chosen_events(tracker, [], OVERALL, (tracker.codebook.first_date, LAST))
    assert history.markers(tracker, events, table).empty


@DOMAINS
def test_chosen_events_are_the_scored_ones_of_the_period(tracker: Tracker, domain: str) -> None:
    period = (date(2019, 1, 1), LAST)
    events = history.chosen_events(tracker, [ONE, OTHER, GROUP], domain, period)
    own = pd.concat([_own_events(tracker, actor, domain) for actor in (ONE, OTHER)])
    within = own[own["date"].between(pd.Timestamp(period[0]), pd.Timestamp(period[1]))]
    assert set(events["event_id"]) == set(within["event_id"])
    assert len(events) == len(within)
    assert events["date"].is_monotonic_decreasing


@DOMAINS
def test_every_marker_stands_on_its_line(tracker: Tracker, domain: str) -> None:
    codes = [*FEATURED, GROUP]
    period = (tracker.codebook.first_date, LAST)
    series = history.lines(tracker, codes, domain, period)
    events = history.chosen_events(tracker, codes, domain, period)
    points = history.markers(tracker, events, series)
    assert sorted(points["event_id"]) == sorted(events["event_id"])
    on_line = {(row.key, row.date): row.stance for row in rows_of(series)}
    titles = events.set_index("event_id")["title"]
    for point in rows_of(points):
        assert point.stance == on_line[(point.key, point.date)]
        # On the day of an event its actor has a position.
        assert point.stance == point.stance
        assert point.hover.startswith(f"<b>{escapes.html(titles[point.event_id])}</b>")


def test_periods_begin_so_many_months_back_or_on_a_day(folder: Folder) -> None:
    about = folder.path / "about.toml"
    text = about.read_text(encoding="utf-8")
    more = """
[[dashboard.periods]]
label = "Half a year"
months = 6
[[dashboard.periods]]
label = "Since the order"
from = 2020-01-01
"""
    about.write_text(text + more, encoding="utf-8")
    tracker = Tracker(folder.load())
    assert history.period_starts(tracker, date(2020, 8, 31)) == {
        "Half a year": date(2020, 2, 29),
        "Since the order": date(2020, 1, 1),
        "All": date(2019, 1, 1),
    }
    # What has not begun, or would begin before all days, is not offered.
    assert list(history.period_starts(tracker, date(2019, 5, 1))) == ["All"]


def test_the_file_of_the_lines_has_what_is_drawn(tracker_six: Tracker) -> None:
    period = (date(2020, 1, 1), date(2020, 7, 19))
    series = history.lines(tracker_six, ["ARC", "Pact"], "roads", period)
    text = history.lines_csv(
        tracker_six, series, {"ARC": "=Arcadia", "Pact": "Pact (mean)"}, "roads"
    )
    header, *rows = csv.reader(text.decode().splitlines())
    assert header == [
        "date", "code", "name", "domain", "stance", "low", "high", "dataset_version"
    ]  # fmt: skip
    assert len(rows) == len(series)
    assert rows[0] == [
        "2020-01-01", "ARC", "'=Arcadia", "roads", "-2.0000", "-2.0000", "-1.0000",
        tracker_six.data.version,
    ]  # fmt: skip
    ended = [row for row in rows if row[:2] == ["2020-07-19", "ARC"]]
    assert [row[6] for row in ended] == ["-1.0000"]


def test_the_file_of_the_levels_has_the_act_in_force_on_each_day(tracker_six: Tracker) -> None:
    period = (date(2020, 1, 1), date(2020, 12, 31))
    series = history.domain_lines(tracker_six, "ARC", ["roads"], period)
    acts = history.policy_levels(tracker_six, "ARC")
    text = history.levels_csv(tracker_six, "ARC", series, acts).decode()
    rows = {row["date"]: row for row in csv.DictReader(text.splitlines())}
    assert list(rows["2020-01-01"]) == [
        "date", "code", "name", "domain", "stance", "low", "high", "level", "act_event_id",
        "dataset_version",
    ]  # fmt: skip
    note = {day: (row["level"], row["act_event_id"], row["stance"]) for day, row in rows.items()}
    assert note["2020-01-01"] == ("-2", "ARC-20200101-roads-order", "-2.0000")
    assert note["2020-10-26"][:2] == ("-2", "ARC-20200101-roads-order")
    assert note["2020-10-27"] == ("0", "ARC-20201027-order-repealed", "0.0000")


def test_an_act_that_has_lapsed_sets_no_level(tracker_six: Tracker) -> None:
    period = (date(2020, 1, 1), date(2021, 12, 31))
    series = history.domain_lines(tracker_six, "BOR", ["schools"], period)
    acts = history.policy_levels(tracker_six, "BOR")
    text = history.levels_csv(tracker_six, "BOR", series, acts).decode()
    level = {row["date"]: row["level"] for row in csv.DictReader(text.splitlines())}
    days = ("2020-01-31", "2020-02-01", "2021-03-06", "2021-03-07", "2021-12-31")
    assert [level[day] for day in days] == ["", "1", "1", "", ""]


def test_the_name_of_that_file_has_its_period_and_what_its_figures_rest_on(
    tracker_six: Tracker,
) -> None:
    period, names = (date(2020, 1, 1), date(2020, 7, 19)), {"ARC": "Arcadia", "Pact": "Pact"}
    name = "acme-stances_2-lines_roads_2020-01-01_2020-07-19"
    assert history.lines_name(tracker_six, names, "roads", period) == f"{name}.csv"
    alone = history.lines_name(tracker_six, {"ARC": "Arcadia"}, "roads", period)
    assert alone == f"{name.replace('2-lines', 'ARC')}.csv"
    settings = Settings.from_choices(tracker_six.codebook, {"roads": 1})
    own = Tracker(tracker_six.data, settings, ACTS)
    assert history.lines_name(own, names, "roads", period) == f"{name}_acts_own-settings.csv"


def test_the_featured_ones_come_first_in_the_order_of_colours(tracker: Tracker) -> None:
    featured = list(tracker.data.about.featured)
    assert tracker.line_order[: len(featured)] == featured
    assert sorted(tracker.line_order) == sorted([*tracker.groups, *tracker.model.actors])


# -- the days on which an actor comes to stand elsewhere, against the stance of each day by itself -


_SEED = 20_190_304


def map_code(row: Standing, outline: int) -> tuple[int | None, bool, bool, int]:
    """Return the level that a map shows of an actor on a day, by the stance of that day."""
    level = None if math.isnan(row.level) else int(row.level)
    return level, row.old, row.act_in_force, outline


def on(changes: tuple[LevelChange, ...], day: date) -> tuple[int | None, bool, bool, int]:
    """Return the level that a map shows of an actor on a day, by the last change up to the day."""
    last = [change for change in changes if change.day <= day][-1]
    return last.level, last.old, last.act_in_force, last.outline


def differing(tracker: Tracker, days: list[date]) -> list[tuple[date, str, str]]:
    """Where the changes tell of a day something else than its stance does."""
    return [
        (day, domain, row.actor)
        for domain in tracker.codebook.columns
        for day in days
        for row, outline in zip(
            standings(tracker, day, domain),
            outlines(tracker, day)[:, tracker.column(domain)].tolist(),
            strict=True,
        )
        if on(level_changes(tracker, domain)[row.actor], day) != map_code(row, outline)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("basis", BASES)
def test_they_tell_of_every_day_what_its_stance_does(basis: str) -> None:
    tracker = tracker_under(stances.load(SIX, today=date(2022, 6, 30)).dataset, None, basis)
    first = tracker.codebook.first_date
    days = [first + timedelta(day) for day in range((tracker.data.today - first).days + 1)]
    assert differing(tracker, days) == []


@pytest.mark.slow
@pytest.mark.parametrize("basis", BASES)
def test_they_do_on_any_day_of_the_real_data(basis: str) -> None:
    tracker = tracker_under(stances.load(REAL).dataset, None, basis)
    first, drawn = tracker.codebook.first_date, random.Random(_SEED)
    span = (tracker.data.today - first).days
    assert differing(tracker, [first + timedelta(drawn.randint(0, span)) for _ in range(40)]) == []


def test_each_changes_something_and_the_first_is_of_the_first_day() -> None:
    tracker = stances.load(REAL).tracker
    for domain in tracker.codebook.columns:
        for changes in level_changes(tracker, domain).values():
            assert changes[0].day == tracker.codebook.first_date
            assert all(a[1:] != b[1:] and a.day < b.day for a, b in pairwise(changes))
