"""Why an actor stands where it does: what makes its stance, in figures that add up as printed."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.answers.history import actor_line, policy_levels
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL
from stances.model.stance import ROLE_ACT
from stances.words import Dated

_ONE_DAY = timedelta(days=1)


class Reason(NamedTuple):
    """An event that counts. `weight` (two decimals), `share` (percent, one decimal) and
    `contribution` (two decimals) are rounded so that they add up to what is printed of the whole.
    """

    event_id: str
    date: date
    instrument: str
    role: str
    score: float
    counted_score: float
    confirms: bool
    weight: float
    share: float
    contribution: float


class DomainPart(NamedTuple):
    """The part of a domain in the overall stance: its share (percent, one decimal) and what it
    contributes (two decimals), rounded so that they add up as printed.
    """

    share: float
    contribution: float


def standing_of(tracker: Tracker, actor: str, day: date) -> dict[str, Any]:
    """The rows of an actor in the stance table by domain, `overall` first; each has the columns of
    Model.position as attributes.
    """
    columns = tracker.model_of(actor).position_columns(day)
    rows = zip(*(values.tolist() for values in columns.values()), strict=True)
    found = (SimpleNamespace(**dict(zip(columns, row, strict=True))) for row in rows)
    return {row.domain: row for row in found}


def reasons(
    tracker: Tracker, actor: str, domain: str, day: date, stance: float, evidence: float
) -> list[Reason]:
    """The events that make a stance in a domain: the act in force, then the words, the heaviest
    first. Empty without a current position.
    """
    if np.isnan(stance):
        return []
    table = tracker.model_of(actor).explain(actor, domain, day)
    columns: dict[str, list[Any]] = {name: table[name].tolist() for name in Reason._fields}
    columns["date"] = [moment.date() for moment in columns["date"]]
    columns["weight"] = words.parts(columns["weight"], evidence, 2)
    columns["share"] = _percentages(table["share"])
    columns["contribution"] = words.parts(columns["contribution"], stance, 2)
    rows = [Reason(*row) for row in zip(*columns.values(), strict=True)]
    return sorted(rows, key=lambda reason: reason.role != ROLE_ACT)


def domain_parts(tracker: Tracker, actor: str, day: date, stance: float) -> dict[str, DomainPart]:
    """The parts of the domains in the overall stance; those without a position, or whose weight a
    reader has set to 0, have none.
    """
    events = tracker.model_of(actor).explain(actor, OVERALL, day)
    if events.empty:
        return {}
    sums = events[["share", "contribution"]].groupby(events["domain"].tolist()).sum()
    shares = _percentages(sums["share"])
    contributions = words.parts(sums["contribution"].tolist(), stance, 2)
    return dict(zip(sums.index.tolist(), map(DomainPart, shares, contributions), strict=True))


def _percentages(shares: pd.Series) -> list[float]:
    """Shares of 1 as percent to one decimal; they add up to 100."""
    return words.parts((shares * 100).tolist(), 100.0, 1)


def why_none(tracker: Tracker, actor: str, domain: str, day: date) -> str:
    """Why an actor has no current position in a domain, or overall, on a day."""
    overall = domain == OVERALL
    if overall and any(
        row.stance == row.stance for row in standing_of(tracker, actor, day).values()
    ):
        return words.NO_WEIGHT
    own = tracker.model_of(actor).events
    own = own[own["domain"].isin(domains_of(tracker, domain))]
    known = own[own["date"] <= pd.Timestamp(day)]
    since = lost_on(tracker, actor, domain, day) if len(known) else None
    ended = _ended_on(tracker, actor, domain, since)
    return words.no_position(
        tracker.codebook,
        day,
        len(known),
        (_first_dated(tracker, own), _first_dated(tracker, known[::-1])),
        since,
        ended,
        faded=not ended and since not in set(known["date"].dt.date),
        overall=overall,
    )


def _first_dated(tracker: Tracker, events: pd.DataFrame) -> Dated | None:
    return tracker.dated[events["event_id"].iloc[0]] if len(events) else None


def lost_on(tracker: Tracker, actor: str, domain: str, day: date) -> date | None:
    """The first day of the time without a position in which a day lies; missing where there never
    was a position before. Raises IndexError where there is a position on the day.
    """
    line = actor_line(tracker, actor, domain)
    days = [*line["date"].dt.date]
    with_position = [d for d, s in zip(days, line["stance"], strict=True) if d <= day and s == s]
    start = with_position[-1] if with_position else tracker.codebook.first_date
    # Up to the next point of the line nothing comes in or ends: evidence only fades.
    end = min([d for d in days if d > start] + [day])
    return _first_without(tracker, actor, domain, start, end)


@remembered
def _first_without(
    tracker: Tracker, actor: str, domain: str, start: date, end: date
) -> date | None:
    """The first day without a position; missing where `start` has none already."""
    days = [start + k * _ONE_DAY for k in range((end - start).days + 1)]
    arrays = tracker.model_of(actor).arrays(days)
    missing = np.isnan(arrays.stance[:, 0, tracker.column(domain)])
    return None if missing[0] else days[int(np.flatnonzero(missing)[0])]


def _ended_on(tracker: Tracker, actor: str, domain: str, day: date | None) -> str:
    """The title of an act that ended or lapsed on a day; empty where none did, or another took its
    place.
    """
    if day is None:
        return ""
    acts = policy_levels(tracker, actor)
    ended = (acts["until"] == pd.Timestamp(day)) & (acts["score"] != 0)
    ended &= acts["key"].isin(domains_of(tracker, domain))
    ended &= ~acts["key"].isin(acts.loc[acts["date"] == pd.Timestamp(day), "key"])
    titles = [tracker.titles[event] for event in acts.loc[ended, "event_id"]]
    return titles[-1] if titles else ""


def domains_of(tracker: Tracker, domain: str) -> tuple[str, ...]:
    """The domains that a domain, or overall, is made of."""
    return tracker.model.domains if domain == OVERALL else (domain,)


def why_no_act(tracker: Tracker, actor: str, domain: str, day: date) -> str:
    """Why no act of an actor is in force in a domain on a day."""
    acts = policy_levels(tracker, actor)
    acts = acts[(acts["key"] == domain) & (acts["date"] <= pd.Timestamp(day))]
    if acts.empty:
        return words.no_act("", None, left_nothing=False)
    last: Any = acts.iloc[-1]
    spent = bool(last["score"] == 0)
    when = tracker.dated[last["event_id"]] if spent else last["until"]
    return words.no_act(tracker.titles[last["event_id"]], when, left_nothing=spent)
