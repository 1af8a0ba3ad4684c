"""The levels of one actor in a domain through all days, each unbroken time with its act."""

import math
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import Any, NamedTuple

import pandas as pd

from stances.answers.levels import level_changes
from stances.answers.tracker import Tracker
from stances.answers.typed_table import TypedTable, frame, from_records
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.dataset.schema import Column, optional
from stances.model.acts_shown import ActsShown
from stances.model.stance import level_of

# Frozen: columns are only ever added, at the end.
COLUMNS = (
    Column("date", "day", "First day of the level with the act"),
    optional("until", "day", "First day on which it is over; empty: it goes on"),
    optional("level", "whole", "Point of the scale; empty: no current position"),
    Column("label", "text", f"The level in a word of the scale, or {NO_POSITION}"),
    optional("act_level", "whole", "Level in force; empty: none, and overall"),
    optional("act_event_id", "text", "The event that brought the act shown"),
    optional("act_id", "text", "Its line in the register of acts (acts.csv)"),
    optional("act_name", "text", "Its name there, else the title of its event"),
)


class _DayLevel(NamedTuple):
    """The level of a day and its act; None and empty: there is none."""

    level: int | None
    act_level: int | None = None
    act_event_id: str = ""
    act_id: str = ""


def level_history(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """Return the levels of an actor in a domain, or overall, from its first position or act to the
    last day: a row for each time in which neither the level nor the act shown changes.
    """
    spans = [*_spans(tracker, actor, domain)]
    ends = [begin for begin, _ in spans[1:]]
    rows = [
        _record(tracker, begin, standing, end)
        for (begin, standing), end in zip_longest(spans, ends)
    ]
    return frame(TypedTable("History", "", COLUMNS, from_records(COLUMNS, rows), {}))


def _record(tracker: Tracker, begin: date, standing: _DayLevel, end: date | None) -> dict[str, Any]:
    line, level = tracker.acts.get(standing.act_id), standing.level
    return {
        "date": str(begin),
        "until": end and str(end),
        "level": level,
        "label": NO_POSITION if level is None else tracker.codebook.scale.labels[level],
        "act_level": standing.act_level,
        "act_event_id": standing.act_event_id or None,
        "act_id": standing.act_id or None,
        "act_name": line.name if line else tracker.titles.get(standing.act_event_id),
    }


def _spans(tracker: Tracker, actor: str, domain: str) -> Iterator[tuple[date, _DayLevel]]:
    """Yield each level with its act and the first day of it."""
    before = _DayLevel(None)
    for day, standing in _on_days(tracker, actor, domain):
        if standing != before:
            yield day, standing
        before = standing


def _on_days(tracker: Tracker, actor: str, domain: str) -> Iterator[tuple[date, _DayLevel]]:
    """Yield what is held on each day on which that can change."""
    model, data, column = tracker.model_of(actor), tracker.data, tracker.column(domain)
    acts_shown = ActsShown(model, data.acts[data.acts["actor"] == actor], data.events)
    days = _days(tracker, actor, domain, model.acts(actor, OVERALL), acts_shown)
    arrays = model.arrays(days)
    for day, level, latest in zip(
        days, level_of(arrays.stance[:, 0, column]), arrays.act, strict=True
    ):
        cells = {name: of[column] for name, of in acts_shown.by_latest(latest, day).items()}
        score, event, act = (cells["act_level"], str(cells["act_event_id"]), str(cells["act_id"]))
        yield day, _DayLevel(_whole(level), _whole(score), event, act)


def _days(
    tracker: Tracker, actor: str, domain: str, acts: pd.DataFrame, acts_shown: ActsShown
) -> list[date]:
    """Return the days on which another level, or another act, can be shown than the day before."""
    first = tracker.codebook.first_date
    of_levels = (change.day for change in level_changes(tracker, domain)[actor])
    of_acts = pd.concat([acts["date"], acts["until"].dropna(), pd.Series(acts_shown.days)])
    days = {*of_levels, *(moment.date() for moment in of_acts)}
    return sorted(day for day in days if first <= day <= tracker.data.today)


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else int(value)
