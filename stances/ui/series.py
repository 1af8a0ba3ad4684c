"""What the trend chart draws: the line of an actor or a group, and the events on it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from stances.codebook import OVERALL
from stances.ui.shared import Tracker

_ONE_DAY = timedelta(days=1)


def actor_line(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """The stance of an actor over time: date, stance, low, high (NaN: no current position).

    Month ends and today, and both sides of every day on which an act takes force or ends, so that
    a line through the points steps there and fades between.
    """
    days = _days_of_line(tracker, actor, domain)
    arrays = tracker.model.arrays(days)
    place = tracker.model.actors.index(actor), tracker.column(domain)
    return pd.DataFrame(
        {
            "date": np.array(days, "datetime64[s]"),
            "stance": arrays.stance[:, *place],
            "low": arrays.low[:, *place],
            "high": arrays.high[:, *place],
        }
    )


def _days_of_line(tracker: Tracker, actor: str, domain: str) -> list[date]:
    domains = tracker.model.domains if domain == OVERALL else (domain,)
    acts = pd.concat([tracker.model.acts(actor, code) for code in domains])
    steps = {day.date() for day in [*acts["date"], *acts["until"].dropna()]}
    days = {*tracker.data.months, *steps, *(day - _ONE_DAY for day in steps)}
    first, last = tracker.codebook.first_date, tracker.data.today
    return sorted(day for day in days if first <= day <= last)


def group_line(tracker: Tracker, group: str, domain: str) -> pd.DataFrame:
    """The mean of a group at month ends: date, stance, low, high; low and high are one standard
    deviation of the members to either side, within the scale.
    """
    series = tracker.group_series(group, domain)
    scale = tracker.codebook.scale
    return pd.DataFrame(
        {
            "date": series["date"],
            "stance": series["mean"],
            "low": (series["mean"] - series["spread"]).clip(lower=scale.min),
            "high": (series["mean"] + series["spread"]).clip(upper=scale.max),
        }
    )


def chosen_events(tracker: Tracker, codes: list[str], domain: str, first: date) -> pd.DataFrame:
    """The scored events of the chosen actors from a day on, newest first: the columns of
    `events.csv`. Groups have no events of their own.
    """
    events = tracker.data.events
    wanted = events["actor"].isin(codes) & events["score"].notna()
    wanted &= events["date"] >= pd.Timestamp(first)
    if domain != OVERALL:
        wanted &= events["domain"] == domain
    return events[wanted].sort_values(["date", "event_id"], ascending=[False, True])
