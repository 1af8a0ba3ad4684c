"""Law and practice in the tables: the counts of the program against those of another reading."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from typing import Any

import pytest

import stances
from stances.answers.binding import bindings
from stances.answers.practice import PracticeCounts, practice_counts, practice_series, practices
from stances.answers.tracker import Tracker
from tests.folders import REAL
from tests.practice import limits, practices_by_row

DAYS = (date(2019, 3, 4), date(2021, 6, 30), date(2024, 2, 29), date(2026, 7, 2))


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    return stances.load(REAL).tracker


def _rows(table: str) -> list[dict[str, str]]:
    with (REAL / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _first(partial: str) -> str:
    """The first day of a date known in part."""
    return (partial + "-01-01")[:10] if len(partial) < 10 else partial


def _last(partial: str) -> str:
    """A text that no day of a date known in part comes after."""
    return partial + "-99-99"[: 10 - len(partial)]


def _is_in_force(act: dict[str, str], day: str) -> bool:
    begins = [_first(act[name]) for name in ("adopted", "in_force_from") if act[name]]
    ended = bool(act["ended"]) and _last(act["ended"]) <= day
    return bool(begins) and max(begins) <= day and not ended


def _limiting_actors(day: date, domain: str, group: str) -> dict[str, set[str]]:
    """Who has a rule in force that can limit the subject, by what the columns say of it alone."""
    scale: dict[str, Any] = tomllib.loads((REAL / "codebook.toml").read_text("utf-8"))["scale"]
    scores = {row["event_id"]: row["score"] for row in _rows("events")}
    members = {
        row["actor"]
        for row in _rows("memberships")
        if row["group"] == group
        and row["joined"] <= str(day)
        and (not row["left"] or str(day) < row["left"])
    }
    against = [
        act
        for act in _rows("acts")
        if act["actor"] in members
        and act["domain"] == domain
        and _is_in_force(act, str(day))
        and int(scores.get(act["event_id"]) or 9) < 0
    ]
    acts = [act for act in against if int(scores[act["event_id"]]) <= scale["restricting"]]
    used = [
        act
        for act in against
        if act["applied"] in ("yes", "eased") and _first(act["applied_since"] or "0") <= str(day)
    ]
    return {
        "members": members,
        "limiting": {act["actor"] for act in acts},
        "used": {act["actor"] for act in used if act in acts},
        "milder used": {act["actor"] for act in used if act not in acts},
        "excluding": {a["actor"] for a in acts if int(scores[a["event_id"]]) == scale["min"]},
        "certain": {act["actor"] for act in acts if not act["doubt"]},
    }


def _unlisted_actors(tracker: Tracker, day: date, domain: str) -> set[str]:
    """Who can limit the subject by an act that the register lacks: an event says so."""
    lines = bindings(tracker, day, domain)
    listed = {
        actor
        for actor, own in lines.items()
        if any(line.act_id and limits(tracker, line) for line in own)
    }
    result = practices(tracker, day, domain)
    unlisted = {actor for actor, each in result.items() if each.limits} - listed
    scale = tracker.codebook.scale
    acts = {act["event_id"] for act in _rows("acts")}
    events = {
        row["actor"]
        for row in _rows("events")
        if row["domain"] == domain
        and row["event_id"] not in acts
        and _first(row["date"]) <= str(day)
        and int(row["score"] or 9) <= scale.restricting
    }
    assert unlisted <= events
    return unlisted


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("group", ["EU", "NATO", "Five Eyes"])
def test_the_counts_are_those_of_the_columns(tracker: Tracker, day: date, group: str) -> None:
    domain = tracker.lead.domain
    result = practice_counts(tracker, day, domain, group)
    text = _limiting_actors(day, domain, group)
    unlisted = _unlisted_actors(tracker, day, domain) & text["members"]
    assert not unlisted & text["limiting"]
    limiting = text["limiting"] | unlisted
    used = text["used"] | (unlisted & text["milder used"])
    assert result == PracticeCounts(
        members=len(text["members"]),
        limiting=len(limiting),
        used=len(used),
        unused=len(limiting - used),
        excluding=len(text["excluding"]),
        doubted=len(text["limiting"] - text["certain"]),
        single=len(unlisted - used),
    )


@pytest.mark.parametrize("day", [*DAYS, date(2012, 12, 31), date(2020, 7, 14)], ids=str)
def test_practice_is_what_the_rows_say(tracker: Tracker, day: date) -> None:
    for domain in tracker.codebook.columns:
        assert practices(tracker, day, domain) == practices_by_row(tracker, day, domain), domain


@pytest.mark.parametrize("group", ["EU", "NATO"])
def test_the_counts_of_a_group_over_time_are_those_of_its_days(
    tracker: Tracker, group: str
) -> None:
    for domain in tracker.codebook.columns:
        series = practice_series(tracker, group, domain)
        for at in (0, 60, 120, len(tracker.data.months) - 1):
            result = PracticeCounts(**{name: counts[at] for name, counts in series.items()})
            day = tracker.data.months[at]
            assert result == practice_counts(tracker, day, domain, group), (day, domain)
