"""What the trend chart draws: the line of an actor or a group, and the events on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import compress, pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.codebook import OVERALL
from stances.groups import group_figures
from stances.model import Bools, Floats, Model, StanceArrays
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
    days, figures = _whole_line(tracker, actor)
    domains = _domains(tracker, domain)
    wanted = np.isin(days, np.array(_days_of_line(tracker, actor, domains), days.dtype))
    lost = _losses(figures[0], [tracker.column(code) for code in domains])
    wanted[:-1] |= lost
    wanted[1:] |= lost
    columns = zip(_FIGURES, figures[:, wanted, tracker.column(domain)], strict=True)
    return pd.DataFrame({"date": days[wanted], **dict(columns)})


@remembered
def _whole_line(tracker: Tracker, actor: str) -> tuple[NDArray[np.datetime64], Floats]:
    """The days of the lines of an actor in all domains, T, and stance, low and high on them: 3 x T
    x domains, overall first. One pass over the model serves the lines of all domains.
    """
    own = tracker.model_of(actor)
    days = _days_of_line(tracker, actor, own.domains)
    figures = _figures_on(own, days)
    if more := _days_of_loss(own, days, figures[0]):
        days, figures = [*days, *more], np.concatenate([figures, _figures_on(own, more)], axis=1)
    stamps, places = np.unique(np.array(days, "datetime64[s]"), return_index=True)
    return stamps, figures[:, places]


def _figures_on(own: Model, days: list[date]) -> Floats:
    arrays = own.arrays(days)
    return np.stack([getattr(arrays, name)[:, 0] for name in _FIGURES])


@remembered
def policy_levels(tracker: Tracker, actor: str) -> pd.DataFrame:
    """All binding acts of an actor, oldest first: key (the domain), event_id, date, score and
    `until`, the day on which the act is replaced, ends or lapses (missing: it holds).
    """
    own = tracker.model_of(actor)
    tables = [own.acts(actor, code).assign(key=code) for code in own.domains]
    acts = pd.concat(tables, ignore_index=True)
    return acts.sort_values(["date", "event_id"], kind="stable", ignore_index=True)


def _domains(tracker: Tracker, domain: str) -> tuple[str, ...]:
    return tracker.model.domains if domain == OVERALL else (domain,)


def _days_of_line(tracker: Tracker, actor: str, domains: tuple[str, ...]) -> list[date]:
    acts, events = policy_levels(tracker, actor), tracker.model_of(actor).events
    ends = acts.loc[acts["key"].isin(domains), "until"].dropna()
    steps = {day.date() for day in [*events.loc[events["domain"].isin(domains), "date"], *ends]}
    days = {*tracker.data.months, *steps, *(day - _ONE_DAY for day in steps)}
    first, last = tracker.codebook.first_date, tracker.data.today
    return sorted(day for day in days if first <= day <= last)


def _days_of_loss(own: Model, days: list[date], stance: Floats) -> list[date]:
    """Both sides of every day, between two of `days`, on which the position in a domain is lost.

    `own`: the model of one actor; `stance`: of it, days x domains, overall first. Every day is
    looked at only between two with and without a position.
    """
    columns = list(range(1, stance.shape[1]))
    between = [
        start + _ONE_DAY * k
        for start, end in compress(pairwise(days), _losses(stance, columns).tolist())
        for k in range((end - start).days + 1)
    ]
    if not between:
        return []
    lost = np.flatnonzero(_losses(own.arrays(between).stance[:, 0], columns))
    return [between[place + side] for place in lost.tolist() for side in (0, 1)]


def _losses(stance: Floats, columns: list[int]) -> Bools:
    """Which days, the last one left out, are the last ones with a position in some domain."""
    known = ~np.isnan(stance[:, columns])
    lost: Bools = np.logical_or.reduce(known[:-1] & ~known[1:], axis=1)
    return lost


def group_line(tracker: Tracker, group: str, domain: str) -> pd.DataFrame:
    """The mean of a group at month ends: date, stance, low, high; low and high are one standard
    deviation of the members to either side, within the scale.
    """
    scale, series = tracker.codebook.scale, tracker.group_series(group, domain)
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
    days = line["date"].to_numpy()
    start, end = (np.datetime64(day, "s") for day in (first, last))
    inside = (days > start) & (days < end)
    ends = [_figures(tracker, code, domain, day) for day in sorted({first, last})]
    # Arrays, since to put tables together costs ten times as much.
    columns = {
        name: np.concatenate([values[:-1], line[name].to_numpy()[inside], values[-1:]])
        for name, values in zip(_FIGURES, zip(*ends, strict=True), strict=True)
    }
    dates = np.unique([start, *days[inside], end])
    return pd.DataFrame({"date": dates.astype(days.dtype), **columns})


@remembered
def _arrays_of(tracker: Tracker, day: date) -> StanceArrays:
    """The stances of all on a day, with which the lines of several actors or domains end."""
    return tracker.model.arrays([day])


def _figures(tracker: Tracker, code: str, domain: str, day: date) -> tuple[float, float, float]:
    """Stance, low and high of a day itself, which may lie within a month."""
    arrays, place = _arrays_of(tracker, day), tracker.column(domain)
    if code not in tracker.groups:
        row = tracker.model.actors.index(code)
        return arrays.stance[0, row, place], arrays.low[0, row, place], arrays.high[0, row, place]
    members = np.isin(tracker.model.actors, tracker.members(code, day))
    figures = group_figures(arrays.stance[0, members, place])
    scale, mean, spread = tracker.codebook.scale, figures.mean, figures.spread
    return mean, max(mean - spread, scale.min), min(mean + spread, scale.max)


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
