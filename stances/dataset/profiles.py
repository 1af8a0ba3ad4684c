"""Where an actor stands, in written sentences: on which days each of them may be told."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

import pandas as pd

from stances.dataset.days import first_day, last_day
from stances.dataset.load import Dataset

# An actor, a day, and what came of the actor then: a clause in which "it" is the profile.
News = tuple[str, date, str]
_A_DAY = timedelta(days=1)


def profile_terms(data: Dataset) -> pd.DataFrame:
    """Return the profiles, newest first of each actor, with `until`, the first day on which each
    holds no longer (NaT: it goes on), and `ended`: the event, act or step of its actor that came
    after `as_of`, or the row that was recorded after it, so that it holds on no day.
    """
    order = ["actor", "as_of"]
    profiles = data.profiles.sort_values(order, ascending=[True, False], ignore_index=True)
    records = list(_records(data))
    # By day; of one day by what came.
    changes = sorted(_changes(data), key=itemgetter(1, 2))

    until = []
    ended = []
    profile: Any
    for profile in profiles.itertuples():
        # A row recorded later was not known to who wrote the profile.
        _, change = _first_after(records, profile.actor, profile.recorded)
        # Until the day that it is of: then it holds on none.
        day = profile.as_of
        if not change:
            day, change = _first_after(changes, profile.actor, profile.as_of)
        until.append(day)
        ended.append(change)

    days = pd.to_datetime(until).astype("datetime64[s]")
    return profiles.assign(until=days, ended=ended)


def ended_lines(data: Dataset) -> dict[str, str]:
    """Return what is said of the newest profile of each actor, where it holds no longer on the day
    that opens, by the name of the profile.
    """
    opening_day = pd.Timestamp(data.opening_day)
    newest = profile_terms(data).drop_duplicates("actor")
    lines = {}
    profile: Any
    for profile in newest.itertuples():
        # A profile of a later day than that is judged on its own.
        if profile.until <= max(opening_day, profile.as_of):
            name = f"{profile.actor}@{profile.as_of.date()}"
            lines[name] = f"profile {name} holds no longer: {profile.ended}"
    return lines


def _first_after(
    news: Iterable[News],
    actor: str,
    moment: pd.Timestamp,
) -> tuple[date | None, str]:
    """Return the first news of an actor after the day of a moment, in the order given: its day and
    what came; none: None and "".
    """
    last_known_day = moment.date()
    for actor_of_news, day, what in news:
        if actor_of_news == actor and day > last_known_day:
            return day, what
    return None, ""


def _records(data: Dataset) -> Iterator[News]:
    """Yield the days on which the events and acts of each actor were recorded."""
    for table, key in ((data.events, "event_id"), (data.acts, "act_id")):
        rows = table[[key, "actor", "recorded"]]
        for row_id, actor, recorded in rows.itertuples(index=False):
            day = recorded.date()
            what = f"{row_id} was recorded on {day}, after it"
            yield actor, day, what


def _changes(data: Dataset) -> Iterator[News]:
    """Yield the days on which something of each actor changed."""
    event: Any
    for event in data.events.itertuples():
        day = event.date.date()
        yield event.actor, day, f"{event.event_id} is of {day}"

    act: Any
    for act in data.acts.itertuples():
        if act.adopted:
            adopted = first_day(act.adopted)
            yield act.actor, adopted, f"{act.act_id} was adopted on {adopted}"
        # The later text is of the later day. An act has one of the two, by a rule of the table.
        in_force = first_day(max(act.adopted, act.in_force_from))
        yield act.actor, in_force, f"{act.act_id} is in force from {in_force}"
        if act.ended:
            # The first day on which it may have ended: from then on a sentence is not sure.
            ended = first_day(act.ended)
            yield act.actor, ended, f"{act.act_id} ended on {act.ended}"

    actors = data.acts[["act_id", "actor"]]
    steps = data.deadlines.merge(actors)
    step: Any
    for step in steps.itertuples():
        # The calendar has no day after its last one.
        last = min(last_day(step.deadline), date.max - _A_DAY)
        what = f"a step of {step.act_id} ended with {step.deadline}"
        yield step.actor, last + _A_DAY, what
