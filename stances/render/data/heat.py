"""The counts by actor and year as a table, with the colours and at the places of the heat map."""

from __future__ import annotations

import math

import pandas as pd

from stances import escapes
from stances.answers.tracker import Tracker
from stances.figures.coverage import MOST, NOTHING
from stances.figures.theme import BOTH
from stances.markup.blocks import paragraph_html

# So many years apart are those that the heat map names.
_NAMED = 5


def heat_html(tracker: Tracker, counts: pd.DataFrame, measure: str) -> str:
    """The counts of `by_year` in a column of it, the actors with the most events first."""
    if counts.empty:
        return paragraph_html(NOTHING)
    # A row for every actor and year, as they are sorted.
    years, actors = counts["year"].unique().tolist(), counts["actor"].unique().tolist()
    lines = counts[measure].to_numpy(int).reshape(len(actors), len(years)).tolist()
    shown = [count for line in lines for count in line if count]
    least, most = min(shown, default=0), max(shown, default=0)
    heads = "".join(map(_year, years))
    rows = "".join(
        f"<tr><th>{escapes.html(tracker.short_names[code])}</th>{_cells(line, least, most)}</tr>"
        for code, line in zip(actors, lines, strict=True)
    )
    colors = f"--most:light-dark({MOST['light']},{MOST['dark']});--least:{BOTH.grid}"
    return (
        f'<table class="heat" style="{colors}"><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _year(year: int) -> str:
    between = ' class="between"' if year % _NAMED else ""
    return f"<th{between}>{year}</th>"


def _cells(counts: list[int], least: int, most: int) -> str:
    """The darker, the more, as in the heat map: by the square root, from the fewest that are."""
    low, reach = math.sqrt(least), math.sqrt(most) - math.sqrt(least)
    return "".join(
        f'<td style="--n:{(math.sqrt(count) - low) / (reach or 1):.0%}">{count}</td>'
        if count
        else "<td></td>"
        for count in counts
    )
