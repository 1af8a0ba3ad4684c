"""How many stand at each level, stacked through time: behind the map's slider."""

from collections.abc import Mapping

import pandas as pd

from stances.charts import theme
from stances.charts.plot import Area, Axis, Chart, Mark, Plot, numbers, time_axis


def areas(shares: pd.DataFrame) -> list[Mark]:
    """Return an area for each level, the strictest at the bottom, in steps at each row.

    `shares`: a row a day: date, members, none, and the count at each level under its figure.
    """
    days = numbers(shares["date"])
    x = [day for pair in zip(days, days, strict=True) for day in pair][1:]
    marks: list[Mark] = []
    low = pd.Series(0.0, index=shares.index)
    for level, token in zip(theme.LEVELS, map(theme.level_token, theme.LEVELS), strict=True):
        if str(level) in shares and shares[str(level)].any():
            high = low + shares[str(level)]
            marks.append(Area(x, _steps(low), _steps(high), token))
            low = high
    return marks


def _steps(counts: "pd.Series[float]") -> list[float]:
    values = counts.astype(float).tolist()
    return [value for pair in zip(values, values, strict=True) for value in pair][:-1]


def chart(shares: pd.DataFrame, labels: Mapping[int, str]) -> Chart:
    """Return the stack under the whole width of a slider, years named every second one."""
    first, last = shares["date"].iloc[0], shares["date"].iloc[-1]
    known = shares[[str(level) for level in labels]].sum(axis=1)
    now = shares.iloc[-1]
    counts = [f"{int(now[str(n)])} {label}" for n, label in labels.items() if now[str(n)]]
    alt = f"At each level on the last day: {', '.join(counts)}"
    y = Axis(max(1.12 * float(known.max()), 1), 0)
    wide = Plot(time_axis(first, last, 2), y, areas(shares), 42, (0, 2, 0, 22))
    narrow = Plot(time_axis(first, last, 4), y, areas(shares), 42, (0, 2, 0, 22))
    return Chart("", "", alt, wide, narrow)
