"""The stance table of a date as pages show it, against the model's own."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from stances import escapes
from stances.answers.practice import practices
from stances.answers.stance_map import map_table
from stances.answers.standing import Standing, by_stance, hover_html, standings
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.ui.views.map.stance_map import map_figure
from tests.folders import Folder

DAYS = pytest.mark.parametrize("day", [date(2010, 1, 1), date(2014, 6, 30), date(2024, 3, 4)])
DOMAINS = pytest.mark.parametrize("domain", [OVERALL, "networks", "procurement"])


def _binding_somewhere(tracker: Tracker, day: date, domain: str) -> set[str]:
    """The actors that an act binds in a domain, or in any."""
    domains = list(tracker.codebook.domains) if domain == OVERALL else [domain]
    return {
        row.actor for code in domains for row in standings(tracker, day, code) if row.act_in_force
    }


def _long_lived(folder: Folder) -> Tracker:
    """The six events with plans that hold for years: Boria's is of 1 June 2020."""
    folder.replace("codebook.toml", "half_life_days = 200", "half_life_days = 2000")
    return Tracker(folder.load())


@pytest.mark.parametrize(("day", "old"), [("2022-06-01", False), ("2022-06-02", True)])
def test_a_position_is_old_two_years_after_its_newest_event(
    folder: Folder, day: str, old: bool
) -> None:
    tracker = _long_lived(folder)
    for domain in ("roads", OVERALL):
        _, boria, _ = standings(tracker, date.fromisoformat(day), domain)
        assert (boria.actor, boria.label, boria.old) == ("BOR", "Promote", old)
        hover = hover_html(tracker.codebook, boria)
        assert ("old evidence" in hover) == old


def test_a_rule_in_force_is_never_old(folder: Folder) -> None:
    folder.replace("codebook.toml", "lapses_after_days = 400", "")
    tracker = _long_lived(folder)
    roads, schools, overall = (
        standings(tracker, date(2022, 6, 2), domain)[1] for domain in ("roads", "schools", OVERALL)
    )
    assert (roads.old, schools.old, overall.old) == (True, False, False)
    assert schools.act_in_force


@DAYS
@DOMAINS
def test_rows_are_those_of_the_stance_table(tracker: Tracker, day: date, domain: str) -> None:
    rows = standings(tracker, day, domain)
    table = tracker.data.position(day)
    table = table[table["domain"] == domain].reset_index(drop=True)
    assert [row.actor for row in rows] == list(tracker.model.actors) == table["actor"].tolist()
    for name in ("stance", "low", "high", "level", "evidence"):
        result = np.array([getattr(row, name) for row in rows], float)
        np.testing.assert_array_equal(result, table[name].to_numpy(float))
    assert [row.label for row in rows] == table["label"].tolist()
    assert [row.events for row in rows] == table["events"].tolist()
    assert [row.last_event_id for row in rows] == table["last_event_id"].tolist()
    since = (pd.Timestamp(day) - table["last_event_date"]).dt.days
    binds = _binding_somewhere(tracker, day, domain)
    old = table["stance"].notna() & ~table["actor"].isin(binds) & (since > 730)
    assert [row.old for row in rows] == old.tolist()
    last = [None if pd.isna(d) else d.date() for d in table["last_event_date"]]
    assert [row.last_event_date and row.last_event_date.day for row in rows] == last


@DAYS
def test_names_and_coverage_are_those_of_the_tables(tracker: Tracker, day: date) -> None:
    actors = tracker.data.actors.set_index("actor")
    scored = tracker.data.events[tracker.data.events["score"].notna()]
    for row in standings(tracker, day, OVERALL):
        assert row.name == actors.loc[row.actor, "name"]
        assert row.short_name == actors.loc[row.actor, "short_name"]
        # Whether an actor is covered does not depend on the date.
        assert row.covered == (row.actor in set(scored["actor"]))


@DAYS
@DOMAINS
def test_the_act_of_a_domain_is_the_one_shown_for_its_level(
    tracker: Tracker, day: date, domain: str
) -> None:
    table = tracker.data.position(day)
    table = table.assign(**tracker.shown_acts(day))
    table = table[table["act_event_id"] != ""]
    if domain != OVERALL:
        table = table[table["domain"] == domain]
    for row in standings(tracker, day, domain):
        _assert_act(tracker, row, table[table["actor"] == row.actor].set_index("domain"))


def _assert_act(tracker: Tracker, row: Standing, in_force: pd.DataFrame) -> None:
    """The act is that of the weightiest domain, of equal ones the latest, then the first."""
    if in_force.empty:
        text = (row.act_event_id, row.act_title, row.level_since)
        assert text == ("", "", None)
        return
    weights = np.array([tracker.codebook.domains[str(code)].weight for code in in_force.index])
    heaviest = in_force[weights == weights.max()]
    heaviest = heaviest.sort_values("in_force_since", ascending=False, kind="stable")
    assert row.act_event_id == heaviest.iloc[0]["act_event_id"]
    assert row.act_domain == heaviest.index[0]
    assert row.act_level == heaviest.iloc[0]["act_level"]
    assert row.level_since is not None
    assert row.level_since.day == heaviest.iloc[0]["in_force_since"].date()
    titles = tracker.data.events.set_index("event_id")["title"]
    assert row.act_title == titles[row.act_event_id]


def test_an_actor_without_a_position_comes_after_those_with_one(tracker_six: Tracker) -> None:
    rows = by_stance(standings(tracker_six, date(2020, 8, 19), OVERALL))
    assert [row.actor for row in rows] == ["ARC", "BOR", "CAL"]
    rows = by_stance(standings(tracker_six, date(2020, 4, 10), "roads"))
    assert [row.name for row in rows[1:]] == ["Caldon", "Kingdom of Boria"]


def test_the_six_events_on_paper(tracker_six: Tracker) -> None:
    rows = {row.actor: row for row in standings(tracker_six, date(2020, 4, 10), OVERALL)}
    assert set(rows) == {"ARC", "BOR", "CAL"}
    assert (rows["ARC"].stance, rows["ARC"].high, rows["ARC"].label) == (-2.0, -1.0, "Block")
    assert rows["ARC"].act_title == "Arcadia bars Acme from its roads"
    assert rows["ARC"].act_domain == "roads"
    assert (rows["CAL"].label, rows["CAL"].covered) == (NO_POSITION, False)
    assert math.isnan(rows["CAL"].stance)
    later = {row.actor: row for row in standings(tracker_six, date(2020, 10, 27), "roads")}
    assert (later["ARC"].stance, later["ARC"].act_event_id) == (0.0, "")


@DAYS
def test_the_most_restrictive_come_first_and_the_silent_last(tracker: Tracker, day: date) -> None:
    rows = by_stance(standings(tracker, day, OVERALL))
    known = [row for row in rows if row.stance == row.stance]
    assert rows[: len(known)] == known
    for before, after in pairwise(rows):
        if before.stance == after.stance or math.isnan(before.stance):
            assert before.name < after.name
        elif after.stance == after.stance:
            assert before.stance < after.stance


@DAYS
def test_the_table_of_the_map(tracker: Tracker, day: date) -> None:
    rows = standings(tracker, day, "networks")
    table = map_table(tracker, day, "networks")
    assert list(table["actor"]) == list(tracker.model.actors)
    result = practices(tracker, day, "networks")
    used = {actor for actor, each in result.items() if each.used}
    assert set(table["actor"][table["outline"] == 2]) == used
    limited = {actor for actor, each in result.items() if each.limits}
    assert set(table["actor"][table["outline"] > 0]) == limited
    assert table["old"].tolist() == [row.old for row in rows]
    for hover, row in zip(table["hover"], rows, strict=True):
        assert hover.startswith(f"<b>{escapes.html(row.short_name)}</b>")


def test_what_is_shared_is_made_once_and_left_as_it_was(tracker: Tracker) -> None:
    day = date(2019, 3, 4)
    figure = tracker.remember(map_figure, day, OVERALL, "europe", "light", None)
    shown = figure.to_dict()
    tracker.remember(map_figure, date(2024, 3, 4), OVERALL, "europe", "light", None)
    assert tracker.remember(map_figure, day, OVERALL, "europe", "light", None) is figure
    assert figure.to_dict() == shown
    assert standings(tracker, day, OVERALL) is standings(tracker, day, OVERALL)
    assert standings(tracker, day, "networks") is not standings(tracker, day, OVERALL)
    assert standings(Tracker(tracker.data), day, OVERALL) is not standings(tracker, day, OVERALL)


def test_the_map_knows_where_actors_are(tracker: Tracker) -> None:
    placed = tracker.map_actors
    assert placed["actor"].tolist() == list(tracker.model.actors)
    actors = tracker.data.actors.set_index("actor").loc[placed["actor"]]
    for column in ("name", "short_name", "kind", "lon", "lat"):
        assert placed[column].tolist() == actors[column].tolist()
    assert placed["covered"].tolist() == [
        actor in tracker.covered_actors for actor in placed["actor"]
    ]
