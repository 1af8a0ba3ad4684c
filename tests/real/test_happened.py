"""The ledger of the real data: with moves, route and file it agrees, and time is no action."""

from __future__ import annotations

import csv
import math
import tomllib
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from stances import Dataset, words
from stances.answers.acts import whose
from stances.answers.directions import courses
from stances.answers.happened import Move, happened_text, moves_among
from stances.answers.ledger import Action, Span, ledger
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.model import changes
from stances.model.directions import AS_BEFORE, DIRECTIONS, EASED, SOFTER, STRICTER
from stances.model.stance import round_stance
from tests.cases import GROUP, scored_rows
from tests.folders import REAL

YEAR = timedelta(days=365)
# Twenty days over the years, the last one today.
DAYS = [date(2011, 3, 1) + timedelta(days=290 * step) for step in range(19)]
SPANS = [Span(day - YEAR, day, domain) for day in DAYS[::4] for domain in (OVERALL, "networks")]


@pytest.mark.parametrize("span", SPANS, ids=str)
def test_a_ledger_holds_the_scored_events_of_its_days(tracker: Tracker, span: Span) -> None:
    events = scored_rows(tracker.data)
    inside = (events["date"] > pd.Timestamp(span.then)) & (events["date"] <= pd.Timestamp(span.now))
    if span.domain != OVERALL:
        inside &= events["domain"] == span.domain
    binding = [code for code, kind in tracker.codebook.instruments.items() if kind.binding]
    for only, wanted in (
        ("all", events[inside]),
        ("acts", events[inside & events["instrument"].isin(binding)]),
    ):
        narrowed = Span(span.then, span.now, span.domain, only=only)
        actions = ledger(tracker, narrowed)
        days = [action.when.day for action in actions]
        assert days == sorted(days, reverse=True)
        assert {action.event_id for action in actions} == set(wanted["event_id"])
        assert len(actions) == len(wanted)
        by_effect = ledger(tracker, narrowed, "effect")
        assert sorted(by_effect, key=str) == sorted(actions, key=str)
        sizes = [abs(action.effect) for action in by_effect if action.effect == action.effect]
        assert sizes == sorted(sizes, reverse=True)


def test_a_group_is_those_who_belonged_to_it(tracker: Tracker) -> None:
    span = Span(tracker.codebook.first_date, tracker.data.today, group=GROUP)
    everybody = ledger(tracker, Span(span.then, span.now))
    own = [
        action for action in everybody if action.actor in tracker.members(GROUP, action.when.day)
    ]
    assert list(ledger(tracker, span)) == own
    assert 0 < len(own) < len(everybody)
    members = set(tracker.members(GROUP, span.now))
    assert {move.actor for move in moves_among(tracker, span)} == members


def test_what_a_former_member_did_later_is_not_the_groups(tracker: Tracker) -> None:
    memberships = tracker.data.memberships
    left = memberships[memberships["left"].notna()].itertuples(index=False)
    text = 0
    for row in left:
        day = row.left.date()
        span = Span(day - timedelta(days=90), min(day + YEAR, tracker.data.today), group=row.group)
        later = {d.actor for d in ledger(tracker, span) if d.when.day >= day}
        assert row.actor not in later
        assert tracker.names[row.actor] not in happened_text(tracker, span)
        text += 1
    assert text


def _sample(tracker: Tracker) -> list[Action]:
    whole = Span(tracker.codebook.first_date, tracker.data.today)
    return list(ledger(tracker, whole))[::23]


def test_an_effect_is_between_the_published_stances_of_two_days(tracker: Tracker) -> None:
    for action in _sample(tracker):
        days = [action.when.day - timedelta(days=1), action.when.day]
        place = tracker.model.place(action.actor), tracker.model.column(action.domain)
        expected = round_stance(tracker.model.arrays(days).stance[:, *place])
        np.testing.assert_array_equal([action.before, action.after], expected)


def test_an_effect_is_what_the_model_says_was_done_on_the_day(tracker: Tracker) -> None:
    """But for what one day of fading takes."""
    text = 0
    for action in _sample(tracker):
        day = action.when.day
        result = changes.changes(tracker.model, day - timedelta(days=1), day, action.domain).moves
        row = result.set_index("actor").loc[action.actor]
        assert (row["position"] == changes.GAINED) == (action.before != action.before)
        if row["position"] == changes.LASTING:
            assert abs(row["done"] - (action.after - action.before)) <= 0.01
            text += 1
    assert text


@pytest.mark.parametrize("span", SPANS, ids=str)
def test_who_is_moved_by_deeds_is_in_the_ledger_or_an_act_of_theirs_ended(
    tracker: Tracker, span: Span
) -> None:
    acted = {action.actor for action in ledger(tracker, span)}
    for move in moves_among(tracker, span):
        if move.has_happened and move.actor not in acted:
            ended = {changes.ENDED, changes.OWN_SCORE}
            assert {part.cause for part in move.parts} & ended, move.actor
        if move.has_faded:
            assert not move.has_happened


# -- no headline names a move that time alone made ----------------------------------------------


def _of_what_happened(tracker: Tracker, day: date, domain: str) -> str:
    span = Span(max(day - YEAR, tracker.codebook.first_date), day, domain)
    return happened_text(tracker, span)


# The headline of each page that tells of moves in the year before a day: add those of other pages.
HEADLINES: dict[str, Callable[[Tracker, date, str], str]] = {"compare": _of_what_happened}


def _idle(tracker: Tracker, day: date, domain: str) -> list[Move]:
    """The actors whose figure moved, or who lost their position, though nothing was done."""
    then = max(day - YEAR, tracker.codebook.first_date)
    idle = [move for move in moves_among(tracker, Span(then, day, domain)) if not move.has_happened]
    done = {action.actor for action in ledger(tracker, Span(then, day, domain)) if action.binds}
    return [move for move in idle if move.actor not in done]


@pytest.mark.parametrize("page", HEADLINES)
@pytest.mark.parametrize("domain", [OVERALL, "networks", "diplomacy"])
def test_no_headline_names_a_move_that_time_alone_made(
    tracker: Tracker, page: str, domain: str
) -> None:
    text = 0
    for day in (*DAYS, tracker.data.today):
        headline = HEADLINES[page](tracker, day, domain)
        idle = [move.name for move in _idle(tracker, day, domain)]
        named = headline.partition(": ")[2]
        assert not [name for name in idle if name in named], (day, headline)
        assert "faded" not in headline
        text += bool(named)
    assert text


def test_a_headline_counts_who_acted(real: Dataset, tracker: Tracker) -> None:
    for day in DAYS[5::5]:
        span = Span(day - YEAR, day)
        acts = [action for action in ledger(tracker, span) if action.binds]
        headline = happened_text(tracker, span)
        count = len({action.actor for action in acts})
        text = headline.partition(" of ")[0]
        assert text == words.some(count, start=True)
        assert f"of {whose(real.about, len(real.position_actors))} took" in headline


# -- which way each event goes -------------------------------------------------------------------


def test_every_event_has_exactly_one_direction(tracker: Tracker) -> None:
    result = courses(tracker)
    assert set(result) == set(scored_rows(tracker.data)["event_id"])
    assert {course.direction for course in result.values()} <= set(DIRECTIONS)


def _levels_from_the_files() -> dict[str, tuple[int | None, int]]:
    """The level before each act, where an act was in force, and the one it leaves, by the rules in
    words and from nothing but the files.
    """
    instruments = tomllib.loads((REAL / "codebook.toml").read_text("utf-8"))["instruments"]
    with (REAL / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (row["date"], row["event_id"]))
    result: dict[str, tuple[int | None, int]] = {}
    in_force: dict[tuple[str, str], tuple[int, date | None]] = {}
    for row in rows:
        kind, cell = instruments[row["instrument"]], (row["actor"], row["domain"])
        if not row["score"] or not kind["binding"]:
            continue
        day, score = date.fromisoformat(row["date"]), int(row["score"])
        level, end = in_force.get(cell, (0, None))
        holds = level != 0 and (end is None or end >= day)
        result[row["event_id"]] = (level if holds else None, score)
        end = date.fromisoformat(row["end_date"]) if row["end_date"] else None
        if end is None and score > 0 and "lapses_after_days" in kind:
            end = day + timedelta(days=kind["lapses_after_days"])
        in_force[cell] = (score, end)
    return result


def test_the_direction_of_an_act_is_the_sign_of_the_change_of_level(tracker: Tracker) -> None:
    levels, result, text = _levels_from_the_files(), courses(tracker), 0
    for event, (before, after) in levels.items():
        if before is None:
            continue
        directions = {1: {SOFTER}, -1: {STRICTER}, 0: {AS_BEFORE, EASED}}
        assert result[event].direction in directions[int(np.sign(after - before))], event
        text += 1
    assert text
    first = [event for event, (before, _) in levels.items() if before is None]
    assert not {result[event].direction for event in first} & {EASED}


def test_words_go_as_the_stance_of_their_domain_did_by_them(tracker: Tracker) -> None:
    binding = {action.event_id for action in _sample(tracker) if action.binds}
    text = 0
    for action in _sample(tracker):
        course = courses(tracker)[action.event_id]
        if action.event_id in binding or action.beside:
            continue
        # A day of ageing lies between the stance of the day before and that without the words.
        assert math.isnan(course.before) or abs(course.before - action.before) < 0.05
        assert abs(course.after - action.after) < 1e-4
        text += 1
    assert text
