"""The days that an axis of time names, each with the widths of the axis in which it is named: as
plotly sets them, for an axis of which only the browser knows how wide it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

# Between two days that are named, in months.
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12_000, 24_000)
# Plotly's: for each label so many px, and at least and at most so many parts of an axis.
_LABEL_PX, _FEWEST, _MOST = 80, 5, 10
_MONTH, _YEAR = 30.4375, 12


def part_html(period: tuple[date, date], day: date) -> str:
    """How far along an axis a day is, as CSS has it."""
    first, last = period
    return f"{(day - first).days / max((last - first).days, 1):.2%}"


def ticks_html(period: tuple[date, date]) -> str:
    """All days that are named in any width, of which the style shows those that fit."""
    return "".join(
        f'<i style="left:{part_html(period, day)};--from:{least}px;--to:{most}px">{label}</i>'
        for step, least, most in _steps((period[1] - period[0]).days / _MONTH)
        for day, label in _days(period, step)
    )


def _steps(months: float) -> Iterator[tuple[int, int, int]]:
    """The steps of an axis of so many months, and from how many px to how many each is taken."""
    least = [(step, _least(months / step)) for step in _STEPS]
    for (_, finer), (step, px) in pairwise([(0, math.inf), *least]):
        if px < finer:
            yield step, round(px), round(min(finer, 99_999))


def _least(parts: float) -> float:
    """The least px of an axis that has so many parts."""
    if parts > _MOST:
        return math.inf
    return 0 if parts <= _FEWEST else _LABEL_PX * (parts - 1)


def _days(period: tuple[date, date], step: int) -> Iterator[tuple[date, str]]:
    """The first days of every `step`-th month of a period, and what they are called."""
    first, last = period
    for number in range(first.year * _YEAR // step * step, last.year * _YEAR + _YEAR, step):
        day = date(max(number // _YEAR, 1), number % _YEAR + 1, 1)
        if first <= day <= last:
            yield day, f"{day:%b} {day.year}" if step < _YEAR else str(day.year)
