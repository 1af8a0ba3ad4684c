"""An event followed through the formula: which one, how it counts on a day, or why it does not."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers import formula
from stances.answers.reasons import standing_of
from stances.answers.rows import day_of
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.model.lifetimes import ENDED
from stances.model.stance import Model, round_stance


def default_example(model: Model, events: pd.DataFrame, day: date) -> str:
    """Return the latest landmark that counts on a day, else the latest event that does, else the
    latest scored one up to then, else the first of all.

    `events`: one at least.
    """
    in_order = events.sort_values(["date", "event_id"])
    known = in_order[(in_order["date"] <= pd.Timestamp(day)) & in_order["score"].notna()]
    counting = known[known["event_id"].isin(model.events["event_id"].iloc[model.counting(day).row])]
    for among in (counting[counting["landmark"]], counting, known):
        if not among.empty:
            return str(among["event_id"].iloc[-1])
    return str(in_order["event_id"].iloc[0])


def event_option(event: Any) -> str:
    """Return an event among others of one actor."""
    context = " (context)" if pd.isna(event.score) else ""
    day = words.short_day(day_of(event))
    return f"{day}: {event.title}{context}"


def counting_with(tracker: Tracker, row: Any, day: date) -> pd.DataFrame | None:
    """Return the events that count on a day in an event's domain; None: it is not among them."""
    if pd.isna(row.score) or pd.Timestamp(day) < row.date:
        return None
    explained = tracker.model.explain(row.actor, row.domain, day)
    return explained if row.event_id in set(explained["event_id"]) else None


def steps(tracker: Tracker, row: Any, explained: pd.DataFrame, day: date) -> list[str]:
    """Say step by step how an event (`row`) counts. `explained`: all that count, with it."""
    counted = explained[explained["event_id"] == row.event_id].iloc[0]
    days = (pd.Timestamp(day) - row.date).days
    weight = formula.weight_line(
        tracker.codebook, row.instrument, float(row.score), days, counted["weight"]
    )
    act = words.holds(tracker.codebook, row.domain)
    return [
        f"Weight on {words.day(day)}. {weight}",
        f"Score. {formula.score_line(float(row.score), counted['counted_score'], act)}",
        _shared_line(tracker, row, explained, counted["share"]),
        *_means(tracker, row, explained, day),
    ]


def _shared_line(tracker: Tracker, row: Any, explained: pd.DataFrame, share: float) -> str:
    domain = words.about_domain(tracker.codebook, row.domain)
    weights = float(explained["weight"].sum())
    name = tracker.sentence_names[row.actor]
    text = formula.share_line(name, domain, len(explained), weights, share)
    return f"Share. {text}"


def _means(tracker: Tracker, row: Any, explained: pd.DataFrame, day: date) -> list[str]:
    """Return the stance in the domain and overall, each as a division."""
    total = float((explained["weight"] * explained["counted_score"]).sum())
    evidence = float(explained["weight"].sum())
    mean = formula.mean_line(
        tracker.codebook, total, evidence, float(round_stance(total / evidence))
    )
    whole = tracker.model.explain(row.actor, OVERALL, day)
    overall = float(round_stance(whole["contribution"].sum())) if len(whole) else np.nan
    return [
        f"Stance. {mean}",
        formula.overall_line(tracker.codebook, _weigh(tracker, whole), overall),
    ]


def _weigh(tracker: Tracker, whole: pd.DataFrame) -> list[formula.WeighedDomain]:
    """Return the domains that have a part in an overall stance, from the events that make it."""
    weighed = []
    for code in tracker.model.domains:
        rows = whole[whole["domain"] == code]
        evidence = float(rows["weight"].sum())
        if evidence:
            product = float((rows["weight"] * rows["counted_score"]).sum())
            weighed.append(formula.WeighedDomain(code, evidence, product / evidence))
    return weighed


def why_not(tracker: Tracker, row: Any, day: date) -> str:
    """Say why a scored event of the past has no share in the stance of a day."""
    model = tracker.model
    place = np.flatnonzero(model.events["event_id"] == row.event_id)
    if not len(place):
        return formula.UNSCORED
    standing = standing_of(tracker, row.actor, day)[row.domain]
    acts = model.acts(row.actor, row.domain)
    reason = model.departures(place, day)[0]
    if reason == ENDED:
        until = acts.loc[acts["event_id"] == row.event_id, "until"].iloc[0]
        return formula.ended_line(until)
    if reason:
        latest = acts[acts["date"] <= pd.Timestamp(day)].iloc[-1]
        binding = tracker.codebook.instruments[row.instrument].binding
        by = latest["event_id"]
        if standing.in_force_event_id == row.event_id:
            return formula.carried_on_line(tracker.titles[by], tracker.dates[by])
        if standing.act_event_id == row.event_id:
            since = standing.in_force_since
            return formula.level_line(since, tracker.titles[by], tracker.dates[by])
        return formula.superseded_line(binding, tracker.titles[by], tracker.dates[by])
    return formula.too_little(standing.evidence, tracker.codebook.model.minimum_evidence)
