"""Events by year in the colours of their levels; a press shows those of that year."""

from collections.abc import Mapping

import pandas as pd

from stances import words
from stances.charts import years
from stances.charts.plot import Axis, Chart, Key, Plot


def chart(
    by_year: pd.DataFrame, labels: Mapping[int, str], links: Mapping[int, str] | None = None
) -> Chart:
    """Return a bar a year. `by_year`: year, a count a level by its figure, and `none`."""
    totals = by_year.set_index("year").sum(axis=1)
    most = int(totals.max())
    alt = f"{words.plural(int(totals.sum()), 'event')} by year, most in {totals.idxmax()}: {most}"
    wide, narrow = (
        Plot(years.axis(by_year, step), Axis(max(most, 1), 0), [*marks], high, (4, up, 4, 24))
        for marks, step, high, up in (
            (years.bars(by_year, labels, links or {}, True), 1, 110, 22),
            (years.bars(by_year, labels, links or {}), 4, 84, 4),
        )
    )
    return Chart(alt, wide, narrow, [Key("no level", "square", "none")], labels)
