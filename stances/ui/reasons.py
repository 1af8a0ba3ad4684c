"""Why an actor stands where it does: what makes its stance, in figures that add up as printed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import text
from stances.codebook import OVERALL
from stances.model import ROLE_ACT
from stances.ui.series import actor_line
from stances.ui.shared import Tracker

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
    rows = tracker.model.position(day)
    return {str(row.domain): row for row in rows[rows["actor"] == actor].itertuples(index=False)}


def reasons(
    tracker: Tracker, actor: str, domain: str, day: date, stance: float, evidence: float
) -> list[Reason]:
    """The events that make a stance in a domain: the act in force, then the words, the heaviest
    first. Empty without a current position.
    """
    table = tracker.model.explain(actor, domain, day)
    if table.empty:
        return []
    act_first = (table["role"] != ROLE_ACT).argsort(kind="stable")
    table = table.iloc[act_first]
    table["date"] = table["date"].dt.date
    table["weight"] = text.parts(table["weight"].tolist(), evidence, 2)
    table["share"] = _percentages(table["share"])
    table["contribution"] = text.parts(table["contribution"].tolist(), stance, 2)
    columns = zip(*(table[name].tolist() for name in Reason._fields), strict=True)
    return [Reason(*row) for row in columns]


def domain_parts(tracker: Tracker, actor: str, day: date, stance: float) -> dict[str, DomainPart]:
    """The parts of the domains in the overall stance; those without a position, or whose weight a
    reader has set to 0, have none.
    """
    events = tracker.model.explain(actor, OVERALL, day)
    if events.empty:
        return {}
    sums = events.groupby("domain", observed=True)[["share", "contribution"]].sum()
    shares = _percentages(sums["share"])
    contributions = text.parts(sums["contribution"].tolist(), stance, 2)
    domains = [str(code) for code in sums.index]
    return dict(zip(domains, map(DomainPart, shares, contributions), strict=True))


def _percentages(shares: pd.Series) -> list[float]:
    """Shares of 1 as percent to one decimal; they add up to 100."""
    return text.parts((shares * 100).tolist(), 100.0, 1)


def why_none(tracker: Tracker, actor: str, domain: str, day: date) -> str:
    """Why an actor has no current position in a domain, or overall, on a day."""
    events = tracker.model.events
    own = events[(events["actor"] == actor) & events["domain"].isin(_domains(tracker, domain))]
    known = own[own["date"] <= pd.Timestamp(day)]
    since = lost_on(tracker, actor, domain, day) if len(known) else None
    ended = _ended_on(tracker, actor, domain, since)
    return text.no_position(
        tracker.codebook,
        day,
        len(known),
        (own["date"].min() if len(own) else None, known["date"].max() if len(known) else None),
        since,
        ended,
        faded=not ended and since not in set(known["date"].dt.date),
    )


def lost_on(tracker: Tracker, actor: str, domain: str, day: date) -> date | None:
    """The first day of the time without a position in which a day lies; missing where there never
    was a position before. Raises IndexError where there is a position on the day.
    """
    line = actor_line(tracker, actor, domain)
    days = [*line["date"].dt.date]
    with_position = [d for d, s in zip(days, line["stance"], strict=True) if d <= day and s == s]
    first = tracker.codebook.first_date
    start = with_position[-1] if with_position else first
    # Up to the next point of the line nothing comes in or ends: evidence only fades.
    end = min([d for d in days if d > start] + [day])
    between = [start + k * _ONE_DAY for k in range((end - start).days + 1)]
    place = tracker.model.place(actor), tracker.column(domain)
    missing = np.isnan(tracker.model.arrays(between).stance[:, *place])
    if missing[0]:
        return None
    return between[int(np.flatnonzero(missing)[0])]


def _ended_on(tracker: Tracker, actor: str, domain: str, day: date | None) -> str:
    """The title of an act that ended or lapsed on a day; empty where none did."""
    if day is None:
        return ""
    for code in _domains(tracker, domain):
        acts = tracker.model.acts(actor, code)
        ended = acts.loc[(acts["until"] == pd.Timestamp(day)) & (acts["score"] != 0), "event_id"]
        if len(ended):
            return tracker.titles[ended.iloc[-1]]
    return ""


def _domains(tracker: Tracker, domain: str) -> tuple[str, ...]:
    return tracker.model.domains if domain == OVERALL else (domain,)


def why_no_act(tracker: Tracker, actor: str, domain: str, day: date) -> str:
    """Why no act of an actor is in force in a domain on a day."""
    acts = tracker.model.acts(actor, domain)
    acts = acts[acts["date"] <= pd.Timestamp(day)]
    if acts.empty:
        return text.no_act("", None, left_nothing=False)
    last: Any = acts.iloc[-1]
    spent = bool(last["score"] == 0)
    when = last["date"] if spent else last["until"]
    return text.no_act(tracker.titles[last["event_id"]], when, left_nothing=spent)


def policy_levels(tracker: Tracker, actor: str, day: date) -> pd.DataFrame:
    """The binding acts of an actor up to a day, oldest first: domain, event_id, date, score and
    `until`, the day on which the act was replaced, ended or lapsed (missing: it held on `day`).
    """
    tables = [tracker.model.acts(actor, code).assign(domain=code) for code in tracker.model.domains]
    acts = pd.concat(tables, ignore_index=True)
    acts = acts[acts["date"] <= pd.Timestamp(day)].sort_values(["date", "event_id"], kind="stable")
    acts["until"] = acts["until"].where(acts["until"] <= pd.Timestamp(day))
    return acts.reset_index(drop=True)
