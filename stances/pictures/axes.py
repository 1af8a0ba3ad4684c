"""Axes of a figure of plotly: where a value lies on the sheet, and which values are named.

Numbers are as plotly has them: days since 1970 for dates, places for categories.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from stances.model.lifetimes import Floats

Spec = Mapping[str, Any]
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_MS = 86_400_000
_MONTH, _YEAR = 30.4375, 365.25
# What plotly rounds the distance of two ticks up to, in tens, months and days.
_TENS, _MONTHS, _DAYS = (2, 5, 10), (1, 2, 3, 6, 12), (1, 2, 3, 7, 14)
# For each tick that it sets by itself so many px, and so few and so many of them.
_TICK_PX, _LEAST, _MOST = 80, 4, 9
# A Sunday, from which it counts days.
_SUNDAY = date(2000, 1, 2).toordinal() - _EPOCH


class Tick(NamedTuple):
    """A value that is named, with its label, which may have tags of plotly."""

    value: float
    label: str


@dataclass(frozen=True)
class Axis:
    """An axis by its layout: `offset` and `length` in px from the left or the top, `first` and
    `last`: the ends of its range; `up`: values grow upwards.
    """

    spec: Spec
    offset: float
    length: float
    first: float
    last: float
    up: bool = False
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_date(self) -> bool:
        """Say whether the values of the axis are days."""
        return self.spec.get("type") == "date"

    @property
    def is_automatic(self) -> bool:
        """Say whether the axis names as many values as fit, and not those of its layout."""
        return self.is_date and not (self.spec.get("dtick") or self.spec.get("tickvals"))

    @property
    def end(self) -> float:
        """Return where the axis ends, in px."""
        return self.offset + self.length

    def px(self, value: float) -> float:
        """Return where a number lies, in px."""
        part = (value - self.first) / (self.last - self.first)
        return self.offset + self.length * (1 - part if self.up else part)

    def at(self, value: Any) -> float:
        """Return where a value of a figure lies, in px."""
        return float(self.px(float(self.numbers([value])[0])))

    def all_at(self, values: Any) -> Floats:
        """Return where the values of a trace lie, NaN where there is none."""
        part = (self.numbers(values) - self.first) / (self.last - self.first)
        return self.offset + self.length * (1 - part if self.up else part)

    def numbers(self, values: Any) -> Floats:
        """Return the numbers that values of a figure stand for."""
        return numbers(values, self.is_date, self.places)

    def ticks(self) -> list[Tick]:
        """Return the values that are named, within the range."""
        low, high = sorted((self.first, self.last))
        return [tick for tick in self._every_tick() if low <= tick.value <= high]

    def _every_tick(self) -> Iterator[Tick]:
        spec = self.spec
        if spec.get("tickvals") is not None:
            yield from map(Tick, self.numbers(spec["tickvals"]).tolist(), spec["ticktext"])
        elif self.is_date:
            yield from self._days()
        else:
            step = spec.get("dtick") or _round_up((self.last - self.first) / self._parts())
            first, last = sorted((self.first, self.last))
            for number in range(math.ceil(first / step), math.floor(last / step) + 1):
                yield Tick(number * step, f"{number * step:g}")

    def _parts(self) -> float:
        return min(max(self.length / _TICK_PX, _LEAST), _MOST) + 1

    def _days(self) -> Iterator[Tick]:
        """Yield the days that are named; in a second line what all that share it have in common."""
        said, step = None, self.spec.get("dtick") or _step((self.last - self.first) / self._parts())
        for day in _days_by(step, self.spec.get("tick0"), self.first, self.last):
            label, _, more = _label(day, step, self.spec.get("tickformat")).partition("\n")
            yield Tick(
                day.toordinal() - _EPOCH, f"{label}<br>{more}" if more and more != said else label
            )
            said = more


def numbers(values: Any, is_date: bool, places: Mapping[str, int]) -> Floats:
    """Return what values of a figure stand for as numbers."""
    if is_date:
        days = np.array(values, "datetime64[D]")
        return np.where(np.isnat(days), np.nan, days.astype("int64").astype(float))
    if places:
        return np.array([places.get(v, v) if isinstance(v, str) else v for v in values], float)
    return np.array(values, float)


def _step(days: float) -> str | float:
    """Return what plotly calls the distance of two ticks of which one may fall to so many days."""
    if 2 * days > _YEAR:
        return f"M{12 * _round_up(days / _YEAR):g}"
    if 2 * days > _MONTH:
        return f"M{_first_from(days / _MONTH, _MONTHS)}"
    return _DAY_MS * _first_from(days, _DAYS)


def _round_up(step: float) -> float:
    base = 10.0 ** math.floor(math.log10(step))
    return base * _first_from(step / base, _TENS)


def _first_from(least: float, allowed: Sequence[int]) -> int:
    return next((step for step in allowed if step >= least), allowed[-1])


def _days_by(step: str | float, start: str | None, first: float, last: float) -> Iterator[date]:
    """Yield the days within two numbers that a step leads to from a day."""
    ends = [date.fromordinal(int(edge) + _EPOCH) for edge in (math.ceil(first), math.floor(last))]
    if isinstance(step, str):
        months = int(float(step[1:]))
        since = date.fromisoformat(start) if start else date(2000, 1, 1)
        zero = since.year * 12 + since.month - 1
        number = zero + -(-(ends[0].year * 12 + ends[0].month - 1 - zero) // months) * months
        while number < 12 * (date.max.year + 1):
            if number >= 12:
                day = date(number // 12, number % 12 + 1, 1)
                if day > ends[1]:
                    return
                yield day
            number += months
        return
    days = int(step // _DAY_MS)
    zero = date.fromisoformat(start).toordinal() - _EPOCH if start else _SUNDAY
    for number in range(zero + math.ceil((first - zero) / days) * days, math.floor(last) + 1, days):
        yield date.fromordinal(number + _EPOCH)


def _label(day: date, step: str | float, form: str | None) -> str:
    """Return a day as an axis names it, in the form of its layout or that of plotly."""
    if form is None and isinstance(step, str):
        form = "%Y" if int(step[1:]) % 12 == 0 else "%b %Y"
    form = form or "%b %-d\n%Y"
    parts = {"%Y": f"{day.year}", "%b": f"{day:%b}", "%-d": f"{day.day}"}
    for code, wording in parts.items():
        form = form.replace(code, wording)
    return form


def axes_of(layout: Spec, traces: Sequence[Spec], plot: Sequence[float]) -> dict[str, Axis]:
    """Return a figure's axes by their names: x, y, x2. `plot`: left, top, width and height."""
    left, top, wide, high = plot
    axes = {}
    for key, spec in layout.items():
        if key[1:5] != "axis":
            continue
        name = f"{key[0]}{key[5:]}"
        is_x = name[0] == "x"
        start, end = spec.get("domain", (0, 1))
        offset = left + wide * start if is_x else top + high * (1 - end)
        places = {label: place for place, label in enumerate(spec.get("categoryarray") or ())}
        first, last = _range(spec, name, traces, places)
        length = (wide if is_x else high) * (end - start)
        axes[name] = Axis(spec, offset, length, first, last, not is_x, places)
    return axes


def _range(
    spec: Spec, name: str, traces: Sequence[Spec], places: Mapping[str, int]
) -> tuple[float, float]:
    """Return the ends of an axis: as given, else half a cell around those of a heat map."""
    if spec.get("range") is not None:
        first, last = numbers(spec["range"], spec.get("type") == "date", places).tolist()
        return first, last
    values = [v for trace in traces for v in np.asarray(trace[name[0]], float).tolist()]
    ends = (min(values) - 0.5, max(values) + 0.5) if values else (0.0, 1.0)
    return ends[::-1] if spec.get("autorange") == "reversed" else ends
