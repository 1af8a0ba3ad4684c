"""The obligation of an act in the time of the day on which it is told: the register has it in that
of today, in which what has ended since, and a date that has passed, are told as past.
"""

import re
from calendar import month_name
from datetime import date
from typing import Any

from stances.dataset.days import first_day, last_day

# A duty told as past, up to the next one; and the days, months and years that it names.
_PAST_DUTY = re.compile(r"\bhad to\b((?:(?!\bhad to\b|\bmust\b|;).)*)")
_IN_YEAR = "|".join(month_name[1:])
_DATE_IN_TEXT = re.compile(rf"(?:(?:(\d{{1,2}}) )?({_IN_YEAR}) )?((?:19|20)\d\d)\b")
# A date since which something holds, and a last clause on what ended on one.
_SINCE = re.compile(rf"\bsince (?:\w+ ){{0,2}}?{_DATE_IN_TEXT.pattern}")
_ENDED_ON = re.compile(
    rf";[^;]*\b(?:eased|ended|expired|lapsed|repealed) (?:in|on) {_DATE_IN_TEXT.pattern}[^;]*$"
)
# What an act that has ended since asked and allowed, by how that is told while it holds.
_WHILE_IT_HOLDS = {
    "cannot": re.compile(r"\bcould not\b"),
    "can": re.compile(r"\bcould\b"),
    "is allowed": re.compile(r"\bwas allowed\b"),
    "are allowed": re.compile(r"\bwere allowed\b"),
    "are not allowed": re.compile(r"\bwere not allowed\b"),
    "are to": re.compile(r"\bwere to\b"),
}
_STILL_PAST = re.compile(r"\b(?:was|were|needed)\b")
# What somebody had, which is no duty.
_HAD = re.compile(r"\bhad\b(?! to\b)")


def obligation_on(act: Any, day: date) -> str:
    """Return what an act asks, as it is told on a day: while it holds what had to be done must be
    done, unless the day for it has passed, and what could be done by one that has ended since can
    be. What ended after the day is left out where it stands last. Empty where the register tells
    of something else as past that came after the day.
    """
    text: str = act.obligation
    if act.ended and last_day(act.ended) <= day:
        return text
    if any(_first_day(*parts) > day for parts in _SINCE.findall(text)):
        return ""
    text = _ENDED_ON.sub(lambda match: match[0] if _first_day(*match.groups()) <= day else "", text)
    text = _PAST_DUTY.sub(lambda match: _duty(match, day), text)
    if not act.ended:
        return text
    if _HAD.search(text):
        return str(act.obligation)
    present = text
    for holds, past in _WHILE_IT_HOLDS.items():
        present = past.sub(holds, present)
    # Half of it in the past would read as two days.
    return text if _STILL_PAST.search(present) else present


def title_on(act: Any, day: date) -> str:
    """Return what an act is called on a day: its obligation as told then, else its name."""
    return obligation_on(act, day) or str(act.name)


def _duty(match: re.Match[str], day: date) -> str:
    """Return a duty that is told as past, as one that is still to be met unless its day is over."""
    ends = [_last_day(*parts) for parts in _DATE_IN_TEXT.findall(match[1])]
    return match[0] if ends and max(ends) < day else f"must{match[1]}"


def _first_day(*parts: str) -> date:
    return first_day(_partial(*parts))


def _last_day(*parts: str) -> date:
    return last_day(_partial(*parts))


def _partial(day: str, month: str, year: str) -> str:
    """Return a date in words, of which the day and the month may be missing, as in a table."""
    number = f"{list(month_name).index(month):02}" if month else ""
    return "-".join(filter(None, [year, number, day and day.zfill(2)]))
