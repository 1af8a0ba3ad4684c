"""Events that may be one event recorded twice: same actor, near date, like title."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from difflib import SequenceMatcher

from stances.dataset.days import month_ends

NEAR_DAYS = 10
# Of the pairs of the same actor within ten days that were told apart with care, one in twenty is
# as like as this.
LIKE = 0.5

Cells = Mapping[str, str]


def probable_doubles(event: Cells, events: Iterable[Cells]) -> list[Cells]:
    """Return the events that a valid new event may be a double of, the likest first."""
    near = [
        other
        for other in events
        if other["actor"] == event["actor"]
        if other["event_id"] != event["event_id"]
        if _days_apart(_period(event), _period(other)) <= NEAR_DAYS
    ]
    title = event["title"].casefold()
    likeness = {
        other["event_id"]: SequenceMatcher(None, title, other["title"].casefold()).ratio()
        for other in near
    }
    like = [other for other in near if likeness[other["event_id"]] >= LIKE]
    return sorted(like, key=lambda other: (-likeness[other["event_id"]], other["event_id"]))


def _period(event: Cells) -> tuple[date, date]:
    """Return the first and the last day on which an event may have been."""
    first = date.fromisoformat(event["date"])
    if event["date_precision"] == "year":
        return first, first.replace(month=12, day=31)
    if event["date_precision"] == "month":
        return first, month_ends(first, first + timedelta(days=31))[0]
    return first, first


def _days_apart(one: tuple[date, date], other: tuple[date, date]) -> int:
    return max((other[0] - one[1]).days, (one[0] - other[1]).days, 0)
