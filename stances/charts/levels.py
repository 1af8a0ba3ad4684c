"""How many stand at each level, stacked through time: behind the map's slider."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from stances.charts import theme
from stances.charts.plot import Area, Axis, Chart, Mark, Plot, day_numbers, time_axis


def areas(shares: pd.DataFrame, first: float, last: float) -> list[Mark]:
    """Return an area for each level between two days, the strictest below, in steps at each row.

    `shares`: a row a day: date, members, none (without a position), and the count at each level
    under its figure ("-3" to "3"); `first`, `last`: the days by their numbers.
    """
    # Rows on which nobody has moved draw nothing.
    counted = shares.drop(columns="date")
    has_moved = counted.ne(counted.shift()).any(axis=1)
    shares = shares[has_moved]
    days = np.clip(day_numbers(shares["date"]), first, last)
    # A step at each day: each count holds from its day up to the next one, the last to the end.
    # The first day ends none, and the last begins none, so they stand once.
    begins_and_ends = np.repeat([*days, last], 2)
    x = begins_and_ends[1:-1].tolist()

    marks: list[Mark] = []
    lower = np.zeros(len(x))
    for level, token in theme.LEVELS.items():
        counts = shares.get(str(level))
        # The scale of an edition may have fewer levels.
        if counts is None or not counts.any():
            continue
        upper = lower + np.repeat(counts, 2)
        area = Area(
            x=x,
            low=lower.tolist(),
            high=upper.tolist(),
            color=token,
        )
        marks.append(area)
        lower = upper
    return marks


def counted(counts: Mapping[str, float] | pd.Series, labels: Mapping[int, str]) -> str:
    """Return how many stand at each level in words, 3 Limit, 2 Wary; empty: nobody. `counts`: by
    the figure of the level, also a row of `shares`.
    """
    parts = []
    for level, label in labels.items():
        count = counts[str(level)]
        if count:
            parts.append(f"{count:.0f} {label}")
    return ", ".join(parts)


def chart(shares: pd.DataFrame, labels: Mapping[int, str]) -> Chart:
    """Return the stack under the whole width of a slider, every fourth year named. `shares`: as of
    `areas`.
    """
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
    counts = counted(shares.iloc[-1], labels)
    return Chart(f"At each level on the last day: {counts}", plot)
