"""What the trend chart draws: the line of an actor or a group, and the events on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from stances.codebook import OVERALL
from stances.groups import group_figures
from stances.model import StanceArrays
from stances.text import event_hover_html
from stances.ui.shared import Tracker, remembered

_ONE_DAY = timedelta(days=1)
_FIGURES = ("stance", "low", "high")


@remembered
def actor_line(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """The stance of an actor over time: date, stance, low, high (NaN: no current position).

    Month ends and today, and both sides of every day on which an event comes in or an act ends,
    so that a line through the points steps there and fades between.
    """
    days = _days_of_line(tracker, actor, domain)
    arrays = tracker.model_of(actor).arrays(days)
    place = 0, tracker.column(domain)
    return pd.DataFrame(
        {
            "date": np.array(days, "datetime64[s]"),
            "stance": arrays.stance[:, *place],
            "low": arrays.low[:, *place],
            "high": arrays.high[:, *place],
        }
    )


def _days_of_line(tracker: Tracker, actor: str, domain: str) -> list[date]:
    own = tracker.model_of(actor)
    domains = own.domains if domain == OVERALL else (domain,)
    ends = pd.concat([own.acts(actor, code)["until"] for code in domains]).dropna()
    events = own.events[own.events["domain"].isin(domains)]
    steps = {day.date() for day in [*events["date"], *ends]}
    days = {*tracker.data.months, *steps, *(day - _ONE_DAY for day in steps)}
    first, last = tracker.codebook.first_date, tracker.data.today
    return sorted(day for day in days if first <= day <= last)


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


def lines(tracker: Tracker, codes: Sequence[str], domain: str, last: date) -> pd.DataFrame:
    """The lines of actors and groups up to a day, one below the other: key (the code), date,
    stance, low, high.
    """
    parts = [_line(tracker, code, domain, last).assign(key=code) for code in codes]
    if parts:
        return pd.concat(parts, ignore_index=True)
    columns = {"key": "object", "date": "datetime64[s]", **dict.fromkeys(_FIGURES, "float64")}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


def _line(tracker: Tracker, code: str, domain: str, last: date) -> pd.DataFrame:
    whole = group_line if code in tracker.groups else actor_line
    line = whole(tracker, code, domain)
    before = line.iloc[: int(line["date"].searchsorted(pd.Timestamp(last)))]
    return pd.concat([before, _end_of_line(tracker, code, domain, last)])


@remembered
def _arrays_of(tracker: Tracker, day: date) -> StanceArrays:
    """The stances of all on a day, which the lines of several actors or domains end with."""
    return tracker.model.arrays([day])


def _end_of_line(tracker: Tracker, code: str, domain: str, last: date) -> pd.DataFrame:
    """The point of the last day itself, which may lie within a month."""
    arrays, place = _arrays_of(tracker, last), tracker.column(domain)
    if code in tracker.groups:
        members = np.isin(tracker.model.actors, tracker.members(code, last))
        figures = group_figures(arrays.stance[0, members, place])
        ends = pd.DataFrame({"mean": [figures.mean], "spread": [figures.spread]})
        return _with_spread(tracker, ends.assign(date=pd.Timestamp(last)))
    row = tracker.model.actors.index(code)
    values = {name: [getattr(arrays, name)[0, row, place]] for name in _FIGURES}
    return pd.DataFrame({"date": [pd.Timestamp(last)], **values})


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
