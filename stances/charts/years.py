"""How many stand at each level at the end of each year: stacked bars."""

from collections.abc import Iterator, Mapping

import pandas as pd

from stances.charts import theme
from stances.charts.plot import Axis, Bars, Chart, Group, Mark, Plot, Text, Tick, apart

_HIGH = 226  # px


def chart(
    by_year: pd.DataFrame,
    labels: Mapping[int, str],
    links: Mapping[int, str] | None = None,
) -> Chart:
    """Return a bar a year, the last labelled. `by_year`: year, a count a level by its figure."""
    counts = by_year[[str(level) for level in labels]]
    most = max(int(counts.sum(axis=1).max()), 1)
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if most / n <= 4.2), 1000)
    top = -(-most // step) * step
    y = Axis(top, 0, [Tick(n, str(n)) for n in range(0, top + 1, step)], grid=True)
    shown = by_year[["year", *counts]]
    marks = [*bars(shown, labels, links or {}), *_ends(by_year, labels, y)]
    right = 14 + max((text.wide for text in marks if isinstance(text, Text)), default=0)
    now = counts.iloc[-1]
    alt = ", ".join(f"{now[str(n)]:.0f} {label}" for n, label in labels.items() if now[str(n)])
    drawn = [Plot(axis(by_year, step), y, marks, _HIGH - 24, (26, 8, right, 24)) for step in (1, 4)]
    return Chart(f"How many stand at each level, by year; now {alt}", *drawn, scale=labels)


def axis(by_year: pd.DataFrame, step: int) -> Axis:
    """Return the axis of the years of a frame, every `step`-th from the last back named."""
    years = by_year["year"].tolist()
    ticks = [Tick(n, str(year)) for n, year in enumerate(years) if not (len(years) - 1 - n) % step]
    return Axis(-0.5, len(years) - 0.5, ticks)


def bars(
    by_year: pd.DataFrame, labels: Mapping[int, str], links: Mapping[int, str], totals: bool = False
) -> Iterator[Group]:
    """Yield the bar of each year: its levels, the strictest below, then those of none."""
    top = float(by_year.drop(columns="year").sum(axis=1).max())
    for n, row in enumerate(by_year.to_dict("records")):
        parts = [(str(level), theme.level_token(level), name) for level, name in labels.items()]
        parts.append(("none", "none", "no level"))
        counted = [(row.get(code, 0), token, name) for code, token, name in parts]
        there = [(int(count), token, name) for count, token, name in counted if count]
        ends = [sum(count for count, _, _ in there[:at]) for at in range(len(there) + 1)]
        marks: list[Mark] = [Bars([n - 0.5], [n + 0.5], [0], [top], ["transparent"])]
        if there:
            size = [n - 0.43] * len(there), [n + 0.43] * len(there)
            marks.append(Bars(*size, ends[:-1], ends[1:], [token for _, token, _ in there], gap=1))
        if totals:
            at = {"size": 12, "anchor": "middle", "dy": -9.0}
            marks.append(Text(n, ends[-1], f"{ends[-1]}", "muted", **at))  # type: ignore[arg-type]
        told = ", ".join(f"{count} {name}" for count, _, name in there)
        yield Group(marks, f"{row['year']}: {told or 'none'}", links.get(row["year"], ""))


def _ends(by_year: pd.DataFrame, labels: Mapping[int, str], y: Axis) -> Iterator[Text]:
    """Yield the count and name of each level beside the last bar, clear of one another."""
    now, high = by_year.iloc[-1], _HIGH - 24
    there = [(int(now[str(level)]), label) for level, label in labels.items() if now[str(level)]]
    middles = [sum(n for n, _ in there[:at]) + there[at][0] / 2 for at in range(len(there))]
    wanted = [high * y.part(middle) for middle in middles]
    for (count, label), want, place in zip(there, wanted, apart(wanted, 15, 0, high), strict=True):
        lead, at = str(count), {"dx": 8.0, "dy": place - want}
        yield Text(len(by_year) - 0.5, y.first * (1 - want / high), label, lead=lead, **at)  # type: ignore[arg-type]
