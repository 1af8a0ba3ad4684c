"""How many stand at each level, stacked through time: behind the map's slider."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from stances.charts import theme
from stances.charts.plot import Area, Axis, Chart, Mark, Plot, day_numbers, time_axis


def areas(shares: pd.DataFrame, first: float, last: float) -> list[Mark]:
    """Return an area for each level between two days, the strictest below, in steps at each row.

    `shares`: a row a day: date, members, none, and the count at each level under its figure.
    """
    # Rows on which nobody has moved draw nothing.
    counted = shares.drop(columns="date")
    has_moved = counted.ne(counted.shift()).any(axis=1)
    shares = shares[has_moved]
    days = np.clip(day_numbers(shares["date"]), first, last)
    # A step at each day: each count holds from its day up to the next one, the last to the end.
    begins_and_ends = np.repeat([*days, last], 2)
    x = begins_and_ends[1:-1].tolist()

    marks: list[Mark] = []
    lower = np.zeros(len(x))
    for level in theme.LEVELS:
        counts = shares.get(str(level))
        if counts is None or not counts.any():
            continue
        upper = lower + np.repeat(counts, 2)
        area = Area(
            x=x,
            low=lower.tolist(),
            high=upper.tolist(),
            color=theme.level_token(level),
        )
        marks.append(area)
        lower = upper
    return marks


def counted(shares: pd.DataFrame, labels: Mapping[int, str]) -> str:
    """Return how many stand at each level on the last day, in words."""
    last = shares.iloc[-1]
    parts = []
    for level, label in labels.items():
        count = last[str(level)]
        if count:
            parts.append(f"{count:.0f} {label}")
    return ", ".join(parts)


def chart(shares: pd.DataFrame, labels: Mapping[int, str]) -> Chart:
    """Return the stack under the whole width of a slider, every fourth year named."""
    days = shares["date"]
    x = time_axis(days.iloc[0], days.iloc[-1], step=4)
    totals = shares[list(map(str, labels))].sum(axis=1)
    # Above the highest stack an eighth of its height stays free.
    y = Axis(max(1.12 * float(totals.max()), 1), 0)
    plot = Plot(
        x=x,
        y=y,
        marks=areas(shares, x.first, x.last),
        high=42,
        margins=(0, 2, 0, 22),
    )
    return Chart(f"At each level on the last day: {counted(shares, labels)}", plot)
