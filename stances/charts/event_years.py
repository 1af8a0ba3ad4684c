"""Events by year in the colours of their levels; a press shows those of that year."""

from collections.abc import Mapping

import pandas as pd

from stances.charts import years
from stances.charts.plot import Axis, Chart, Key, Plot


def chart(
    by_year: pd.DataFrame,
    labels: Mapping[int, str],
    links: Mapping[int, str] | None = None,
) -> Chart:
    """Return a bar a year. `by_year`: year, a count a level by its figure, and `none`."""
    totals = by_year.drop(columns="year").sum(axis=1)
    most = by_year.loc[totals.idxmax()] if len(by_year) else None
    alt = "Events by year"
    if most is not None:
        alt += f", {int(totals.sum())} in all, most in {most['year']:.0f}: {int(totals.max())}"
    y = Axis(max(float(totals.max()), 1), 0)
    links = links or {}
    wide, narrow = (list(years.bars(by_year, labels, links, told)) for told in (True, False))
    return Chart(
        alt,
        Plot(years.axis(by_year, 1), y, wide, 110, (0, 22, 0, 24)),
        Plot(years.axis(by_year, 4), y, narrow, 84, (0, 4, 0, 24)),
        legend=[Key("no level", "square", "none")],
        scale=labels,
    )
