"""What the trend chart draws: the line of an actor or a group, and the events on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd

from stances.codebook import OVERALL
from stances.groups import group_figures
from stances.model import Model, StanceArrays
from stances.text import event_hover_html
from stances.ui.shared import Tracker, remembered

_ONE_DAY = timedelta(days=1)
_FIGURES = ("stance", "low", "high")


@remembered
def actor_line(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """The stance of an actor over time: date, stance, low, high (NaN: no current position).

    Month ends and today, and both sides of every day on which an event comes in, an act ends, or
    too little is left of what was said, so that a line through the points steps there and fades
    between.
    """
    own, domains = tracker.model_of(actor), _domains(tracker, domain)
    days = _days_of_line(tracker, actor, domains)
    arrays, columns = own.arrays(days), [tracker.column(code) for code in domains]
    found = _points(days, arrays, tracker.column(domain))
    if more := _days_of_loss(own, days, arrays, columns):
        points = _points(more, own.arrays(more), tracker.column(domain))
        found = pd.concat([found, points]).drop_duplicates("date")
    return found.sort_values("date", ignore_index=True)


def _points(days: list[date], arrays: StanceArrays, column: int) -> pd.DataFrame:
    figures = {name: getattr(arrays, name)[:, 0, column] for name in _FIGURES}
    return pd.DataFrame({"date": np.array(days, "datetime64[s]"), **figures})


def _domains(tracker: Tracker, domain: str) -> tuple[str, ...]:
    return tracker.model.domains if domain == OVERALL else (domain,)


def _days_of_line(tracker: Tracker, actor: str, domains: tuple[str, ...]) -> list[date]:
    own = tracker.model_of(actor)
    ends = pd.concat([own.acts(actor, code)["until"] for code in domains]).dropna()
    events = own.events[own.events["domain"].isin(domains)]
    steps = {day.date() for day in [*events["date"], *ends]}
    days = {*tracker.data.months, *steps, *(day - _ONE_DAY for day in steps)}
    first, last = tracker.codebook.first_date, tracker.data.today
    return sorted(day for day in days if first <= day <= last)


def _days_of_loss(
    own: Model, days: list[date], arrays: StanceArrays, columns: list[int]
) -> list[date]:
    """Both sides of every day, between two of `days`, on which the position in a domain is lost.

    `own`: the model of one actor; `arrays`: its stances on `days`; `columns`: the places of the
    domains. Every day is looked at only between two with and without a position.
    """
    pairs = list(pairwise(days))
    between = [
        start + _ONE_DAY * k
        for start, end in (pairs[place] for place in _losses(arrays, columns))
        for k in range((end - start).days + 1)
    ]
    if not between:
        return []
    places = _losses(own.arrays(between), columns)
    return [between[place + side] for place in places for side in (0, 1)]


def _losses(arrays: StanceArrays, columns: list[int]) -> list[int]:
    """The places of the days that are the last ones with a position in some domain."""
    known = ~np.isnan(arrays.stance[:, 0, columns])
    lost: list[int] = np.flatnonzero((known[:-1] & ~known[1:]).any(axis=1)).tolist()
    return lost


def group_line(tracker: Tracker, group: str, domain: str) -> pd.DataFrame:
    """The mean of a group at month ends: date, stance, low, high; low and high are one standard
    deviation of the members to either side, within the scale.
    """
    return _with_spread(tracker, tracker.group_series(group, domain))


def _with_spread(tracker: Tracker, series: pd.DataFrame) -> pd.DataFrame:
    scale = tracker.codebook.scale
    return pd.DataFrame(
        {
            "date": series["date"],
            "stance": series["mean"],
            "low": (series["mean"] - series["spread"]).clip(lower=scale.min),
            "high": (series["mean"] + series["spread"]).clip(upper=scale.max),
        }
    )


def lines(
    tracker: Tracker, codes: Sequence[str], domain: str, period: tuple[date, date]
) -> pd.DataFrame:
    """The lines of actors and groups over a period, one below the other: key (the code), date,
    stance, low, high. Each begins and ends with the figures of the first and the last day.
    """
    parts = [_line(tracker, code, domain, *period).assign(key=code) for code in codes]
    if parts:
        return pd.concat(parts, ignore_index=True)
    columns = {"key": "object", "date": "datetime64[s]", **dict.fromkeys(_FIGURES, "float64")}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


def _line(tracker: Tracker, code: str, domain: str, first: date, last: date) -> pd.DataFrame:
    whole = group_line if code in tracker.groups else actor_line
    line = whole(tracker, code, domain)
    within = line["date"].between(pd.Timestamp(first), pd.Timestamp(last), inclusive="neither")
    ends = [_point(tracker, code, domain, day) for day in sorted({first, last})]
    return pd.concat([*ends[:-1], line[within], ends[-1]])


@remembered
def _arrays_of(tracker: Tracker, day: date) -> StanceArrays:
    """The stances of all on a day, with which the lines of several actors or domains end."""
    return tracker.model.arrays([day])


def _point(tracker: Tracker, code: str, domain: str, day: date) -> pd.DataFrame:
    """The figures of a day itself, which may lie within a month."""
    arrays, place = _arrays_of(tracker, day), tracker.column(domain)
    if code in tracker.groups:
        members = np.isin(tracker.model.actors, tracker.members(code, day))
        figures = group_figures(arrays.stance[0, members, place])
        ends = pd.DataFrame({"mean": [figures.mean], "spread": [figures.spread]})
        return _with_spread(tracker, ends.assign(date=pd.Timestamp(day)))
    row = tracker.model.actors.index(code)
    values = {name: [getattr(arrays, name)[0, row, place]] for name in _FIGURES}
    return pd.DataFrame({"date": [pd.Timestamp(day)], **values})


def chosen_events(
    tracker: Tracker, codes: Sequence[str], domain: str, period: tuple[date, date]
) -> pd.DataFrame:
    """The scored events of the chosen actors in a period, newest first: the columns of
    `events.csv`. Groups have no events of their own.
    """
    events = tracker.data.events
    wanted = events["actor"].isin(codes) & events["score"].notna()
    wanted &= events["date"].between(pd.Timestamp(period[0]), pd.Timestamp(period[1]))
    if domain != OVERALL:
        wanted &= events["domain"] == domain
    return events[wanted].sort_values(["date", "event_id"], ascending=[False, True])


def markers(tracker: Tracker, events: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Where the events stand on their actors' lines: key, event_id, date, stance and hover."""
    points = pd.DataFrame(
        {
            "key": events["actor"].astype("object"),
            "event_id": events["event_id"],
            "date": events["date"],
            "hover": [event_hover_html(tracker.codebook, row) for row in events.itertuples()],
        }
    )
    on_line = series[["key", "date", "stance"]]
    return points.merge(on_line, on=["key", "date"], how="left", validate="many_to_one")


def landmarks(tracker: Tracker, period: tuple[date, date]) -> pd.DataFrame:
    """The landmark events of a period, oldest first: event_id, date, hover."""
    events = tracker.data.events
    within = events["date"].between(pd.Timestamp(period[0]), pd.Timestamp(period[1]))
    chosen = events[events["landmark"] & within]
    chosen = chosen.sort_values(["date", "event_id"])
    hover = [event_hover_html(tracker.codebook, row) for row in chosen.itertuples()]
    return chosen[["event_id", "date"]].assign(hover=hover).reset_index(drop=True)
