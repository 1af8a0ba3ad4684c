"""Where an actor stands, in written sentences: on which days each of them may be told."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from stances.dataset.days import first_day, last_day
from stances.dataset.load import Dataset


def profile_terms(data: Dataset) -> pd.DataFrame:
    """Return the profiles with `until`, the first day on which each holds no longer (NaT: it goes
    on), and `ended`, what ended it; newest first of each actor. A profile holds from `as_of` on,
    while no event, act or step of its actor comes between; and on no day where a row of its actor
    was recorded after it.
    """
    frame = data.profiles.sort_values(["actor", "as_of"], ascending=[True, False])
    frame = frame.reset_index(drop=True)
    changes = pd.DataFrame(_changes(data), columns=["actor", "day", "what"])
    recorded = pd.concat([
        table[["actor", "recorded"]].assign(row=table[key])
        for table, key in ((data.events, "event_id"), (data.acts, "act_id"))
    ])  # fmt: skip
    until, ended = [], []
    for row in frame.itertuples():
        newer = recorded[(recorded["actor"] == row.actor) & (recorded["recorded"] > row.recorded)]
        after = changes[(changes["actor"] == row.actor) & (changes["day"] > row.as_of.date())]
        if not newer.empty:
            until.append(row.as_of)
            first = newer.iloc[0]
            ended.append(f"{first['row']} was recorded on {first['recorded'].date()}, after it")
        elif not after.empty:
            first = after.sort_values(["day", "what"]).iloc[0]
            until.append(pd.Timestamp(first["day"]))
            ended.append(first["what"])
        else:
            until.append(pd.NaT)
            ended.append("")
    return frame.assign(until=pd.Series(until, dtype="datetime64[s]"), ended=ended)


def holding(data: Dataset, day: date) -> pd.DataFrame:
    """Return the profile of each actor that may be told of a day, indexed by actor: the newest."""
    frame, on = profile_terms(data), pd.Timestamp(day)
    holds = (frame["as_of"] <= on) & (frame["until"].isna() | (on < frame["until"]))
    return frame[holds].drop_duplicates("actor").set_index("actor")


def ended_lines(data: Dataset) -> Iterator[str]:
    """Yield the newest profile of each actor that holds no longer on the day that opens, with what
    ended it. Not on today: a step that passes after the sources were looked through is no work.
    """
    for row in profile_terms(data).drop_duplicates("actor").itertuples():
        day = max(data.opening_day, row.as_of.date())
        if not pd.isna(row.until) and row.until.date() <= day:
            yield f"profile {row.actor}@{row.as_of.date()} holds no longer: {row.ended}"


def _changes(data: Dataset) -> Iterator[tuple[str, date, str]]:
    """Yield the days on which something of each actor changed: actor, day, what."""
    for event in data.events.itertuples():
        day = event.date.date()
        yield event.actor, day, f"{event.event_id} is of {day}"
    for act in data.acts.itertuples():
        begun = [first_day(text) for text in (act.adopted, act.in_force_from) if text]
        if act.adopted:
            yield act.actor, begun[0], f"{act.act_id} was adopted on {begun[0]}"
        yield act.actor, max(begun), f"{act.act_id} is in force from {max(begun)}"
        if act.ended:
            yield act.actor, first_day(act.ended), f"{act.act_id} ended on {act.ended}"
    actors = dict(zip(data.acts["act_id"], data.acts["actor"], strict=True))
    for step in data.deadlines.itertuples():
        last = last_day(step.deadline)
        after = last if last == date.max else last + timedelta(days=1)
        what = f"a step of {step.act_id} ended with {step.deadline}"
        yield actors[step.act_id], after, what
