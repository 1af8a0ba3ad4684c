"""The kit of wording: a figure, a day, a count, a list. Nothing of a page."""

import math
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def figure(value: float, decimals: int = 2) -> str:
    """Return a stance as it is printed: sign, decimals, a true minus; a zero has no sign, and what
    is missing is a dash.
    """
    if math.isnan(value):
        return DASH
    text = f"{abs(value):.{decimals}f}"
    if not text.strip("0."):
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


def day(value: date, precision: str = "day") -> str:
    """Return a day in words, no more exactly than it is known: 4 Mar 2019, Mar 2019, 2019."""
    if precision == "year":
        return f"{value:%Y}"
    month = f"{value:%b %Y}"
    return month if precision == "month" else f"{value.day} {month}"


def span(first: date, last: date) -> str:
    """Return two days in words, month and year once where they are the same: 2 Jan and 2 Jul 2026,
    2 and 5 Jul 2026.
    """
    start = day(first).removesuffix(f"{last: %Y}").removesuffix(f"{last: %b}")
    return f"{start} and {day(last)}"


def between(first: date, last: date) -> str:
    """Return when something was that lies between two days: on 2 Jul 2026, where both are one."""
    return f"on {day(last)}" if first == last else f"between {span(first, last)}"


def partial(text: str) -> str:
    """Return an ISO day, month or year in words: Apr 2026; empty where it is."""
    return day(partial_day(text), {4: "year", 7: "month"}.get(len(text), "day")) if text else ""


def partial_day(text: str, last: bool = False) -> date:
    """Return the first, or the last, day of an ISO day, month or year."""
    year, month, *rest = [*map(int, text.split("-")), *([] if "-" in text else [12 if last else 1])]
    if rest:
        return date(year, month, rest[0])
    return date(year, month, monthrange(year, month)[1] if last else 1)


def number(count: int, start: bool = False) -> str:
    """Return a count in words up to twelve, else in figures; `start`: with a capital."""
    text = _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
    return capital(text) if start else text


def plural(count: int, noun: str) -> str:
    """Return a count in figures with its noun: 1 rule, 3 rules, 2 countries."""
    if count == 1:
        return f"1 {noun}"
    many = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"
    return f"{count:,} {many}"


def joined(items: Sequence[str], conjunction: str = "and") -> str:
    """Return items as a list in a sentence: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def capital(text: str) -> str:
    """Return a text as the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def within(text: str) -> str:
    """Return a label within a sentence: without its capital, unless it is an abbreviation."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def out_of(what: str) -> str:
    """Return the place alone of what is said of a removal: of "all kit out of the core", Core."""
    _, found, place = what.partition(" out of ")
    return capital(place.removeprefix("the ")) if found else what
