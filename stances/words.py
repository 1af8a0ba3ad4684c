"""The kit of wording: a figure, a day, a count, a list. Nothing of a page."""

import math
import re
from collections.abc import Sequence
from datetime import date

from stances.dataset.days import first_day

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
# Each at the place of its count.
_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def figure(value: float, decimals: int = 2) -> str:
    """Return a stance as it is printed: sign, decimals, a true minus; a zero has no sign, and what
    is missing is a dash.
    """
    if math.isnan(value):
        return DASH
    text = f"{abs(value):.{decimals}f}"
    # What is nearly zero is printed as a zero too.
    if not text.strip("0."):
        return text
    sign = "+" if value > 0 else MINUS
    return sign + text


def day(value: date, precision: str = "day") -> str:
    """Return a day in words, no more exactly than it is known (day, month, year): 4 Mar 2019,
    Mar 2019, 2019.
    """
    if precision == "year":
        return f"{value:%Y}"
    if precision == "month":
        return f"{value:%b %Y}"
    return f"{value.day} {value:%b %Y}"


def span(first: date, last: date) -> str:
    """Return two days in words, month and year once where they are the same: 2 Jan and 2 Jul 2026,
    2 and 5 Jul 2026.
    """
    if first.year != last.year:
        start = day(first)
    elif first.month != last.month:
        start = f"{first.day} {first:%b}"
    else:
        start = str(first.day)
    return f"{start} and {day(last)}"


def between(first: date, last: date) -> str:
    """Return when something was that lies between two days: on 2 Jul 2026, where both are one."""
    if first == last:
        return f"on {day(last)}"
    return f"between {span(first, last)}"


def partial(text: str) -> str:
    """Return an ISO day, month or year in words: Apr 2026 of 2026-04; of an empty text none."""
    if not text:
        return ""
    # By the length of the text.
    precisions = {4: "year", 7: "month", 10: "day"}
    return day(first_day(text), precisions[len(text)])


def number(count: int, start: bool = False) -> str:
    """Return a count in words up to twelve (0: no), else in figures; `start`: with a capital."""
    text = f"{count:,}"
    if count < len(_NUMBERS):
        text = _NUMBERS[count]
    return capital(text) if start else text


def plural(count: int, noun: str) -> str:
    """Return a count in figures with its noun: 1 rule, 3 rules, 2 countries."""
    if count == 1:
        return f"1 {noun}"
    nouns = f"{noun}s"
    # Countries, but days.
    if re.search("[^aeiou]y$", noun):
        nouns = noun.removesuffix("y") + "ies"
    return f"{count:,} {nouns}"


def joined(items: Sequence[str], conjunction: str = "and") -> str:
    """Return items as a list in a sentence: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    *others, last = items
    start = ", ".join(others)
    return f"{start} {conjunction} {last}"


def capital(text: str) -> str:
    """Return a text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """Return a label within a sentence: without its capital, unless it is an abbreviation."""
    # 5G networks, EU bodies.
    if text[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def out_of(what: str) -> str:
    """Return the place alone of what is said of a removal: of "all kit out of the core", Core. A
    text that names none stays as it is.
    """
    _, _, place = what.partition(" out of ")
    if not place:
        return what
    return capital(place.removeprefix("the "))
