"""How many stand at each level, stacked through time: behind the map's slider."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from stances.charts import theme
from stances.charts.plot import Area, Axis, Chart, Mark, Plot, numbers, time_axis


def areas(shares: pd.DataFrame, first: float, last: float) -> list[Mark]:
    """Return an area for each level between two days, the strictest below, in steps at each row.

    `shares`: a row a day: date, members, none, and the count at each level under its figure.
    """
    days = [min(max(day, first), last) for day in numbers(shares["date"])] + [last]
    x = np.repeat(days, 2)[1:-1].tolist()
    marks: list[Mark] = []
    low = pd.Series(0.0, index=shares.index)
    for level, token in zip(theme.LEVELS, map(theme.level_token, theme.LEVELS), strict=True):
        if str(level) in shares and shares[str(level)].any():
            high = low + shares[str(level)]
            marks.append(Area(x, np.repeat(low, 2).tolist(), np.repeat(high, 2).tolist(), token))
            low = high
    return marks


def counted(shares: pd.DataFrame, labels: Mapping[int, str]) -> str:
    """Return how many stand at each level on the last day, in words."""
    now = shares.iloc[-1]
    return ", ".join(f"{now[str(n)]:.0f} {label}" for n, label in labels.items() if now[str(n)])


def chart(shares: pd.DataFrame, labels: Mapping[int, str]) -> Chart:
    """Return the stack under the whole width of a slider, every fourth year named."""
    x = time_axis(shares["date"].iloc[0], shares["date"].iloc[-1], 4)
    most = float(shares[[str(level) for level in labels]].sum(axis=1).max())
    marks = areas(shares, x.first, x.last)
    plot = Plot(x, Axis(max(1.12 * most, 1), 0), marks, 42, (0, 2, 0, 22))
    return Chart(f"At each level on the last day: {counted(shares, labels)}", plot)
