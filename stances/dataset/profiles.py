"""Profiles: until when the written sentence on an actor holds, and what ended it.

A profile holds from its day on while nothing of its actor lies between the two: no event, no act
that was adopted, came into force or ended, no step that passed. It holds on no day where a row of
the actor was recorded after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stances.dataset.days import ONE_DAY, first_day, last_day
from stances.dataset.ids import profile_id
from stances.dataset.schema import LIST_SEPARATOR
from stances.dataset.tables import Dataset, once_of


@dataclass(frozen=True)
class Profile:
    """A row of `profiles.csv`. `until`: the first day on which it holds no longer, None where that
    has not come; `ended`: by what, in a clause.
    """

    actor: str
    as_of: date
    text: str
    act_ids: tuple[str, ...]
    event_ids: tuple[str, ...]
    recorded: date
    until: date | None = None
    ended: str = ""

    @property
    def name(self) -> str:
        """Return the name of the row where it is corrected."""
        return profile_id(self.actor, str(self.as_of))

    def holds_on(self, day: date) -> bool:
        """Say whether the profile may be told of a day."""
        return self.as_of <= day and (self.until is None or day < self.until)


def profile_on(data: Dataset, actor: str, day: date) -> Profile | None:
    """Return the newest profile of an actor that holds on a day; None: the program makes one."""
    return next(
        (profile for profile in _profiles(data).get(actor, ()) if profile.holds_on(day)), None
    )


def ended_lines(data: Dataset) -> Iterator[str]:
    """Yield the newest profile of each actor that holds no longer on the day that opens, with what
    ended it. Not on today: a step that passes after the sources were looked through is no work.
    """
    for newest, *_ in _profiles(data).values():
        if not newest.holds_on(max(data.opening_day, newest.as_of)):
            yield f"profile {newest.name} holds no longer: {newest.ended}"


@once_of
def _profiles(data: Dataset) -> Mapping[str, tuple[Profile, ...]]:
    """Return the profiles of each actor, newest first."""
    changes, recorded = _changes(data), _recordings(data)
    profiles: dict[str, list[Profile]] = {}
    rows: Iterator[Any] = data.profiles.sort_values("as_of", ascending=False).itertuples()
    for row in rows:
        made = _profile(row, changes.get(row.actor, []), recorded.get(row.actor, []))
        profiles.setdefault(made.actor, []).append(made)
    return {actor: tuple(texts) for actor, texts in profiles.items()}


def _profile(
    row: Any, changes: list[tuple[date, str]], recorded: list[tuple[date, str]]
) -> Profile:
    as_of, entered = row.as_of.date(), row.recorded.date()
    newer = next(((as_of, text) for day, text in recorded if day > entered), None)
    after = min((change for change in changes if change[0] > as_of), default=None)
    until, ended = newer or after or (None, "")
    return Profile(
        row.actor,
        as_of,
        row.text,
        _parts(row.act_ids),
        _parts(row.event_ids),
        entered,
        until,
        ended,
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(LIST_SEPARATOR)))


def _changes(data: Dataset) -> dict[str, list[tuple[date, str]]]:
    """Return the days on which something of each actor changed, with what."""
    changes: dict[str, list[tuple[date, str]]] = {}
    event: Any
    for event in data.events.itertuples():
        day = event.date.date()
        changes.setdefault(event.actor, []).append((day, f"{event.event_id} is of {day}"))
    actors = {}
    act: Any
    for act in data.acts.itertuples():
        actors[act.act_id] = act.actor
        changes.setdefault(act.actor, []).extend(_dates(act))
    step: Any
    for step in data.deadlines.itertuples():
        text = f"a step of {step.act_id} ended with {step.deadline}"
        changes.setdefault(actors[step.act_id], []).append((_after(step.deadline), text))
    return changes


def _dates(act: Any) -> Iterator[tuple[date, str]]:
    """Yield the days on which an act is adopted, comes into force and ends."""
    begun = [first_day(text) for text in (act.adopted, act.in_force_from) if text]
    if act.adopted:
        yield begun[0], f"{act.act_id} was adopted on {begun[0]}"
    yield max(begun), f"{act.act_id} is in force from {max(begun)}"
    if act.ended:
        yield first_day(act.ended), f"{act.act_id} ended on {first_day(act.ended)}"


def _after(deadline: str) -> date:
    """Return the day after a deadline; none comes after the last that there is."""
    last = last_day(deadline)
    return last if last == date.max else last + ONE_DAY


def _recordings(data: Dataset) -> dict[str, list[tuple[date, str]]]:
    """Return the days on which the events and acts of each actor were recorded, with which."""
    texts: dict[str, list[tuple[date, str]]] = {}
    for table, key in ((data.events, "event_id"), (data.acts, "act_id")):
        for row_id, actor, day in zip(table[key], table["actor"], table["recorded"], strict=True):
            text = f"{row_id} was recorded on {day.date()}, after it"
            texts.setdefault(actor, []).append((day.date(), text))
    return texts
