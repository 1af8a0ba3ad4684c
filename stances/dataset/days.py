"""Days: read from texts, counted, the month ends of a period, and dates known in part."""

import re
from datetime import date, datetime

import numpy as np
import pandas as pd

from stances.dataset.faults import BadInput, inline

# A day as it is given: a datetime and a Timestamp are dates too, of which the day is taken.
AnyDay = date | np.datetime64 | str

EARLIEST = date(2000, 1, 1)
_EPOCH = date(1970, 1, 1).toordinal()
# A date may be known in part: a day, a month or a year.
PARTIAL = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
# How people write days and months, without commas. 3/4/2019 is another day to each reader.
_WRITTEN = (
    "%d %b %Y",
    "%d %B %Y",
    "%b %d %Y",
    "%B %d %Y",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%b %Y",
    "%B %Y",
)
_AMBIGUOUS = re.compile(r"0?[1-9]/.*|1[0-2]/.*")


def as_day(
    value: AnyDay,
    first: date,
    last: date,
    parameter: str = "",
) -> date:
    """Return a day given as a date or an ISO text, from `first` to `last`. Raises BadInput, of
    which `usable` is the last day where that was asked for is later.
    """
    allowed = f"allowed is a day from {first} to {last}"
    try:
        day = read_day(value)
    except (TypeError, ValueError):
        raise BadInput(f"{inline(value)} is not a day; {allowed}", parameter) from None
    if day > last:
        raise BadInput(
            f"{day} is after the end of the data; {allowed}", parameter=parameter, usable=last
        )
    if day < first:
        raise BadInput(f"{day} is before the beginning of the data; {allowed}", parameter)
    return day


def read_day(value: AnyDay) -> date:
    """Return a day given in any form. Raises ValueError or TypeError for what is none."""
    if isinstance(value, np.datetime64):
        value = str(value.astype("datetime64[D]"))
    if isinstance(value, str):
        # Python takes 20190304 and 2019-W10 too.
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        return date.fromisoformat(value)
    # A missing time is a datetime to Python, without a year.
    return date(value.year, value.month, value.day)


def month_ends(first: date, last: date) -> list[date]:
    """Return the last day of each month from `first` up to `last`, and `last` itself."""
    # Without `last`, which may be one of them.
    ends = pd.date_range(first, last, freq="ME", inclusive="left").date
    return [*ends, last]


def day_number(day: date) -> int:
    """Return a day as its number: days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def is_partial(text: str) -> bool:
    """Say whether a text is a day, a month or a year, as 2019-03-04, 2019-03 or 2019."""
    try:
        first_day(text)
    except ValueError:
        return False
    # `first_day` takes 20190304 and 2019-W10 too.
    return PARTIAL.fullmatch(text) is not None


def written_partial(text: str) -> str:
    """Return a day or month as people write it in ISO form, 15 March 2019, 15/03/2019 and March
    2019; all else as it is, also 3/4/2019, which is two days.
    """
    plain = " ".join(text.replace(",", " ").split())
    if _AMBIGUOUS.fullmatch(plain):
        return text
    for form in _WRITTEN:
        try:
            day = datetime.strptime(plain, form)
        except ValueError:
            continue
        return f"{day:%Y-%m-%d}" if "%d" in form else f"{day:%Y-%m}"
    return text


def first_day(partial: str) -> date:
    """Return the first day of an ISO day, month or year. Raises ValueError for other texts."""
    # What is missing is taken from a whole date: "2019-03" and "-01".
    return date.fromisoformat(partial + "0001-01-01"[len(partial) :])


def last_day(partial: str) -> date:
    """Return the last day of an ISO day, month or year. Raises ValueError for other texts."""
    # The last day of a month is another in each; that of a year is not.
    if len(partial) == len("2019-03"):
        first = first_day(partial)
        return first.replace(day=pd.Timestamp(first).days_in_month)
    return date.fromisoformat(partial + "9999-12-31"[len(partial) :])
