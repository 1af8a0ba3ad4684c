"""Nothing told of a day rests on a later event, act, use or doubt: eight days, all actors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from stances.answers import (
    acts,
    changes,
    events,
    history,
    leads,
    members,
    powers,
    snapshot,
    stance,
)
from stances.answers.tracker import EVERYONE, Tracker, tracker_of
from stances.dataset.load import Dataset
from stances.model.practice import FLAGS

# Before all, events and the eve of one, a use, an end and its eve, a lapse, a profile, later.
_TEXT = "2019-12-31 2020-01-31 2020-02-01 2020-10-26 2020-10-27 2021-03-07 2021-08-15 2022-12-31"
DAYS = [date.fromisoformat(day) for day in _TEXT.split()]


# Of empty frames pandas knows no types.
LOOSELY: dict[str, Any] = {"check_dtype": False, "check_index_type": False, "atol": 1e-9}


def cut(data: Dataset, day: date) -> Dataset:
    """The tables as they could have been on a day: later events, acts and uses left out, and what
    nobody could have known of those that are there.
    """
    on = str(day)
    acts = data.acts[data.acts["adopted"].where(data.acts["adopted"] != "", on) <= on].copy()
    later = acts["applied_since"] > on
    acts.loc[later, ["applied", "applied_what", "applied_since"]] = ["unknown", "", ""]
    ended = acts["ended"] > on
    acts.loc[ended, ["ended", "ended_how", "ended_by"]] = ""
    return replace(
        data,
        events=data.events[data.events["date"] <= pd.Timestamp(day)],
        acts=acts.assign(doubt=""),
        deadlines=data.deadlines[data.deadlines["act_id"].isin(acts["act_id"])],
        profiles=data.profiles[data.profiles["as_of"] <= pd.Timestamp(day)],
        today=max(day, data.opening_day),
    )


def answers(tracker: Tracker, day: date) -> Iterator[tuple[str, object]]:
    """Everything that is told of a day, with what it is."""
    groups = [EVERYONE, *tracker.groups]
    for domain in ("overall", "roads"):
        yield f"standings {domain}", stance.standings(tracker, day, domain)
        yield f"flags {domain}", tracker.in_domain(day, domain)[list(FLAGS)]
        yield f"levels {domain}", stance.by_level(tracker, day, domain)
        yield f"latest {domain}", stance.latest(tracker, day, domain, 6)
        yield f"map {domain}", stance.map_headline(tracker, day, domain)
        yield f"years {domain}", history.by_year(tracker, domain, day)
        for group in groups:
            span = (day - timedelta(days=200), day, domain, group)
            yield f"moved {span}", changes.moved(tracker, *span)
            yield f"lapsed {span}", changes.lapsed(tracker, *span)
            yield f"done {span}", changes.done(tracker, *span)
            yield f"changes {span}", changes.headline(tracker, *span)
        codes = [*tracker.actors, *tracker.groups]
        yield f"line {domain}", history.lines(tracker, codes, domain, day - timedelta(300), day)
        for code in codes:
            yield f"trend {code} {domain}", history.headline(tracker, [code], domain, day)
        for actor in tracker.actors:
            yield f"why {actor} {domain}", stance.why(tracker, actor, domain, day)
    for actor in tracker.actors:
        lead = leads.lead(tracker, actor, day)
        yield f"lead {actor}", (lead.headline, lead.rest, lead.profile)
        yield f"sources {actor}", lead.sources
    yield "acts", acts.register(tracker, day)
    yield "deadlines", acts.deadlines(tracker, day)
    yield "rules found", acts.find(tracker, day, "acme", status="in force")
    yield "register", acts.headline(tracker, day, acts.register(tracker, day))
    yield "events found", events.find(tracker, to=day).drop(columns="text")
    for actor in tracker.actors:
        yield f"binds {actor}", acts.binds(tracker, actor, day)
    for group in groups:
        frame = members.members(tracker, group, day, "roads")
        yield f"members {group}", frame
        yield f"kinds {group}", powers.counts(frame)
        yield f"headings {group}", [said for said, _ in members.sections(tracker, frame)]
        yield f"years {group}", members.levels_by_year(tracker, group, "roads", day)
        yield f"group {group}", members.headline(tracker, group, day, "roads")
    named = ["dataset_version"]
    yield "snapshot", snapshot.snapshot(tracker, day).drop(columns=named)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_came_later_changes_nothing_and_is_not_named(six: Dataset, day: date) -> None:
    whole, then = tracker_of(six), tracker_of(cut(six, day))
    for (what, told), (_, known) in zip(answers(whole, day), answers(then, day), strict=True):
        if not isinstance(told, pd.DataFrame):
            assert told == known or str(told).startswith("Records begin"), what
            continue
        assert isinstance(known, pd.DataFrame)
        pd.testing.assert_frame_equal(told, known, obj=what, **LOOSELY)
        hold_to_day(six, told, day, what)


def hold_to_day(data: Dataset, told: pd.DataFrame, day: date, what: str) -> None:
    """Look at each event and act that a frame names, at its use and its doubt."""
    then, frame = pd.Timestamp(day), told.reset_index(drop=True)
    of_event = data.events.set_index("event_id")["date"]
    of_act = data.acts.set_index("act_id")
    for name in ("event_id", "act_event_id", "last_event_id", "ended_by"):
        ids = frame.loc[frame[name] != "", name] if name in frame else frame.index[:0].to_series()
        assert (ids.map(of_event) <= then).all(), (what, name)
    if "act_id" in frame:
        ids = frame.loc[frame["act_id"] != "", "act_id"]
        assert (ids.map(of_act["adopted"]).map(pd.Timestamp) <= then).all(), what
    if "applied" in frame:
        used = frame.loc[frame["applied"].isin(["yes", "eased"]), "act_id"]
        assert (used.map(of_act["applied_since"]).map(pd.Timestamp) <= then).all(), what
    if "doubt" in frame:
        assert day >= data.opening_day or (frame["doubt"] == "").all(), what
