"""Days: read from texts, counted, the month ends of a period, and dates known in part."""

import re
from calendar import monthrange
from datetime import date, timedelta

import numpy as np
import pandas as pd

from stances.dataset.faults import BadInput, inline

ONE_DAY = timedelta(days=1)
_DAY_LETTERS = len("2019-03-04")
# A date may be known in part: a day, a month or a year. These complete it where they go on longer.
PARTIAL_DATE = r"[0-9]{4}(?:-[0-9]{2}){0,2}"
EARLIEST_REST, _LATEST_REST = "0001-01-01", "9999-12-31"


# A day as it is given: also a datetime or a Timestamp, which are dates, of which the day is taken.
AnyDay = date | np.datetime64 | str


def as_day(value: AnyDay, first: date, last: date) -> date:
    """Return a day given as a date or an ISO text, from `first` to `last`. Raises BadInput."""
    allowed = f"allowed is a day from {first} to {last}, such as {last}"
    try:
        day = read_day(value)
    except (TypeError, ValueError):
        raise BadInput(f"{inline(value)} is not a day; {allowed}") from None
    if not first <= day <= last:
        raise BadInput(f"{day} is outside the period; {allowed}")
    return day


def read_day(value: AnyDay) -> date:
    """Return a day given in any form. Raises ValueError or TypeError for what is none."""
    if isinstance(value, np.datetime64):
        value = str(value.astype("datetime64[D]"))
    # A missing time is a datetime to Python, without a year.
    day = value if isinstance(value, date) else date.fromisoformat(_iso_shaped(value))
    return date(day.year, day.month, day.day)


def day_at_start(text: str) -> date:
    """Return the day that a text begins with, such as a cell or the name of a release."""
    return date.fromisoformat(text[:_DAY_LETTERS])


def _iso_shaped(value: str) -> str:
    # fromisoformat also takes week dates and days without hyphens; links shall have one form.
    if len(value) != _DAY_LETTERS or value[4] != "-" or value[7] != "-":
        raise ValueError
    return value


def month_ends(first: date, last: date) -> list[date]:
    """Return the last day of each month from `first` up to `last`, and `last` itself."""
    ends = pd.date_range(first, last, freq="ME").date
    days = [day for day in ends if day < last]
    return [*days, last]


def months_before(day: date, months: int) -> date:
    """Return the day of an earlier month with the same number, or the last day of a shorter one."""
    return (pd.Timestamp(day) - pd.DateOffset(months=months)).date()


def months_between(first: date, last: date) -> int:
    """Return how many months the month of one day lies after that of another."""
    return 12 * (last.year - first.year) + last.month - first.month


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def read_first_day(text: str) -> date:
    """Return the first day of an ISO day, month or year given as a text. Raises BadInput."""
    return first_day(_read_partial(text))


def read_last_day(text: str) -> date:
    """Return the last day of an ISO day, month or year given as a text. Raises BadInput."""
    return last_day(_read_partial(text))


def _read_partial(text: str) -> str:
    try:
        if not re.fullmatch(PARTIAL_DATE, text):
            raise ValueError
        first_day(text)
    except ValueError:
        allowed = "a day, month or year, such as 2026-12-31, 2026-12 or 2026"
        raise BadInput(f"{inline(text)} is not {allowed}") from None
    return text


def first_day(partial: str) -> date:
    """Return the first day of an ISO day, month or year."""
    return date.fromisoformat(partial + EARLIEST_REST[len(partial) :])


def last_day(partial: str) -> date:
    """Return the last day of an ISO day, month or year."""
    if len(partial) == len("2019-03"):
        first = first_day(partial)
        return first.replace(day=monthrange(first.year, first.month)[1])
    return date.fromisoformat(partial + _LATEST_REST[len(partial) :])
