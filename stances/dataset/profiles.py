"""Where an actor stands, in written sentences: on which days each of them may be told."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd

from stances.dataset.days import first_day, last_day
from stances.dataset.load import Dataset


def profile_terms(data: Dataset) -> pd.DataFrame:
    """Return the profiles, newest first of each actor, with `until`, the first day on which each
    holds no longer (NaT: it goes on), and `ended`: the event, act or step of its actor that came
    after `as_of`, or the row that was recorded after it, so that it holds on no day.
    """
    frame = data.profiles.sort_values(["actor", "as_of"], ascending=[True, False])
    changes = [*_changes(data)]
    rows = [*_recorded(data)]
    terms = list[tuple[Any, str]]()
    for row in frame.to_dict("records"):
        whose = row["actor"]
        as_of = row["as_of"].date()
        entered = row["recorded"].date()
        newer = ((as_of, what) for actor, day, what in rows if actor == whose and day > entered)
        after = ((day, what) for actor, day, what in changes if actor == whose and day > as_of)
        terms.append(next(newer, None) or min(after, default=(None, "")))
    until = pd.to_datetime([day for day, _ in terms]).astype("datetime64[s]")
    return frame.assign(until=until, ended=[what for _, what in terms]).reset_index(drop=True)


def ended_lines(data: Dataset) -> Iterator[str]:
    """Yield the newest profile of each actor that holds no longer on the day that opens."""
    for row in profile_terms(data).drop_duplicates("actor").to_dict("records"):
        if row["until"] <= max(pd.Timestamp(data.opening_day), row["as_of"]):
            named = f"{row['actor']}@{row['as_of'].date()}"
            yield f"profile {named} holds no longer: {row['ended']}"


def _recorded(data: Dataset) -> Iterator[tuple[str, date, str]]:
    """Yield the days on which the events and acts of each actor were recorded: actor, day, what."""
    for table, key in ((data.events, "event_id"), (data.acts, "act_id")):
        for row_id, actor, day in zip(table[key], table["actor"], table["recorded"], strict=True):
            yield actor, day.date(), f"{row_id} was recorded on {day.date()}, after it"


def _changes(data: Dataset) -> Iterator[tuple[str, date, str]]:
    """Yield the days on which something of each actor changed: actor, day, what."""
    row: Any
    for row in data.events.itertuples():
        yield row.actor, row.date.date(), f"{row.event_id} is of {row.date.date()}"
    for row in data.acts.itertuples():
        begun = [first_day(text) for text in (row.adopted, row.in_force_from) if text]
        if row.adopted:
            yield row.actor, begun[0], f"{row.act_id} was adopted on {begun[0]}"
        yield row.actor, max(begun), f"{row.act_id} is in force from {max(begun)}"
        if row.ended:
            yield row.actor, first_day(row.ended), f"{row.act_id} ended on {row.ended}"
    actors = dict(zip(data.acts["act_id"], data.acts["actor"], strict=True))
    for row in data.deadlines.itertuples():
        last = last_day(row.deadline)
        what = f"a step of {row.act_id} ended with {row.deadline}"
        yield actors[row.act_id], min(last, date.max - timedelta(1)) + timedelta(1), what
