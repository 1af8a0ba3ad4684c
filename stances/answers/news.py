"""What is new: events that came in soon after their day; and what came in late or was corrected."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances.answers.tracker import Tracker
from stances.dataset import changelog

KINDS = {"news": "News", "corrections": "Corrections"}
# What came in so many days after it happened is news.
NEWS_DAYS = 60


def news(events: pd.DataFrame) -> pd.DataFrame:
    """Return those of some events that came in soon after their day, the newest first: their
    columns, `day` (on which they came in) and `change` (empty, as it is of `corrections` alone).
    `events`: rows of `events.find`.
    """
    is_news = _days_late(events) <= NEWS_DAYS
    recent = events[is_news]
    recent = recent.assign(day=recent["added"], change="")
    return recent.sort_values(["date", "event_id"], ascending=False)


def corrections(tracker: Tracker, events: pd.DataFrame) -> pd.DataFrame:
    """Return those of some events that came in late or were corrected, the last change first: their
    columns, `day` (of the change) and `change`: what changed and why, as far as the changelog or a
    review says it. `events`: rows of `events.find`.
    """
    is_late = _days_late(events) > NEWS_DAYS
    # A row is recorded anew with each change.
    is_corrected = events["recorded"] > events["added"]
    changed = events[is_late | is_corrected]

    all_reasons = _reasons(tracker)
    changes = []
    rows: Any = changed.itertuples(index=False)
    for event in rows:
        change = "Added later"
        if event.recorded > event.added:
            change = "Corrected"
            reason = all_reasons.get(event.event_id)
            if reason:
                change = f"Corrected: {reason}"
        changes.append(change)

    changed = changed.assign(day=changed["recorded"], change=changes)
    order = ["day", "date", "event_id"]
    return changed.sort_values(order, ascending=False)


def _days_late(events: pd.DataFrame) -> pd.Series:
    """Return how many days after its own day each event came in."""
    age = events["added"] - events["date"]
    return age.dt.days


def _reasons(tracker: Tracker) -> dict[str, str]:
    """Return why events were corrected, by id: as the changelog has it, else the last review. What
    neither tells of has no reason here.
    """
    codings = tracker.data.codings
    # "review" alone, or with a name behind it.
    is_review = codings["coder"].str.match(r"review\b")
    reviews = codings[is_review]
    reviews = reviews.drop_duplicates("event_id", keep="last")
    ids = reviews["event_id"]
    reasons = dict(zip(ids, reviews["why"], strict=True))

    # Those on the right replace those on the left.
    corrections = changelog.corrections_in(tracker.data.changelog)
    return reasons | corrections
