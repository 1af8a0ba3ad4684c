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
    days = np.clip(numbers(shares["date"]), first, last)
    # A step at each day: each count holds from its day up to the next one, the last to the end.
    x = np.repeat([*days, last], 2)[1:-1].tolist()
    marks: list[Mark] = []
    low = pd.Series(0.0, index=shares.index)
    for level in theme.LEVELS:
        if str(level) not in shares or not shares[str(level)].any():
            continue
        high = low + shares[str(level)]
        lower, upper = (np.repeat(edge, 2).tolist() for edge in (low, high))
        marks.append(Area(x, lower, upper, theme.level_token(level)))
        low = high
    return marks


def counted(shares: pd.DataFrame, labels: Mapping[int, str]) -> str:
    """Return how many stand at each level on the last day, in words."""
    last = shares.iloc[-1]
    counts = {label: last[str(level)] for level, label in labels.items()}
    return ", ".join(f"{count:.0f} {label}" for label, count in counts.items() if count)


def chart(shares: pd.DataFrame, labels: Mapping[int, str]) -> Chart:
    """Return the stack under the whole width of a slider, every fourth year named."""
    x = time_axis(shares["date"].iloc[0], shares["date"].iloc[-1], 4)
    totals = shares[[str(level) for level in labels]].sum(axis=1)
    # An eighth of the height stays free above the highest stack.
    y = Axis(max(1.12 * float(totals.max()), 1), 0)
    plot = Plot(x, y, areas(shares, x.first, x.last), 42, (0, 2, 0, 22))
    return Chart(f"At each level on the last day: {counted(shares, labels)}", plot)
