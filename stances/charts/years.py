"""Stacked bars: how many stand at each level at the end of each year, and the events of each."""

from collections.abc import Iterator, Mapping

import pandas as pd

from stances import words
from stances.charts import levels, theme
from stances.charts.plot import Axis, Bars, Chart, Group, Key, Mark, Plot, Text, Tick, apart

_HIGH = 202  # px


def chart(
    by_year: pd.DataFrame, labels: Mapping[int, str], links: Mapping[int, str] | None = None
) -> Chart:
    """Return a bar a year, the last labelled. `by_year`: year, a count a level by its figure."""
    counts = by_year[["year", *map(str, labels)]]
    most = max(int(counts.set_index("year").sum(axis=1).max()), 1)
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if most / n <= 4.2), 1000)
    top = -(-most // step) * step
    y = Axis(top, 0, [Tick(n, str(n)) for n in range(0, top + 1, step)], grid=True)
    ends = list(_ends(counts, labels, y))
    right = 16 + max((theme.wide(f"{end.lead} {end.text}", 13, True) for end in ends), default=0)
    marks: list[Mark] = [*_bars(counts, labels, links or {}), *ends]
    wide, narrow = (
        Plot(_axis(counts, step), y, marks, _HIGH, (26, 8, right, 24)) for step in (1, 4)
    )
    alt = f"How many stand at each level, by year; at the end {levels.counted(counts, labels)}"
    return Chart(alt, wide, narrow, scale=labels)


def events_chart(
    by_year: pd.DataFrame, labels: Mapping[int, str], links: Mapping[int, str] | None = None
) -> Chart:
    """Return the bars of events, a year each: as of `chart`, and `none`, those without a level."""
    totals = by_year.set_index("year").sum(axis=1)
    most = int(totals.max())
    alt = f"{words.plural(int(totals.sum()), 'event')} by year, most in {totals.idxmax()}: {most}"
    wide, narrow = (
        Plot(_axis(by_year, step), Axis(max(most, 1), 0), [*marks], high, (4, up, 4, 24))
        for marks, step, high, up in (
            (_bars(by_year, labels, links or {}, True), 1, 110, 22),
            (_bars(by_year, labels, links or {}), 4, 84, 4),
        )
    )
    return Chart(alt, wide, narrow, [Key("no level", "square", "none")], labels)


def _axis(by_year: pd.DataFrame, step: int) -> Axis:
    """Return the axis of the years of a frame, every `step`-th from the last back named."""
    years = by_year["year"].tolist()
    ticks = [Tick(n, str(year)) for n, year in enumerate(years) if not (len(years) - 1 - n) % step]
    return Axis(-0.5, len(years) - 0.5, ticks)


def _bars(
    by_year: pd.DataFrame, labels: Mapping[int, str], links: Mapping[int, str], totals: bool = False
) -> Iterator[Group]:
    """Yield the bar of each year: its levels, the strictest below, then what has none."""
    top = float(by_year.set_index("year").sum(axis=1).max())
    kinds = {str(level): (theme.level_token(level), label) for level, label in labels.items()}
    kinds["none"] = "none", "no level"
    for n, row in enumerate(by_year.to_dict("records")):
        marks: list[Mark] = [Bars([n - 0.5], [n + 0.5], [0], [max(top, 1)], ["transparent"])]
        told, end = list[str](), 0
        for code, (token, label) in kinds.items():
            if count := int(row.get(code, 0)):
                box = Bars([n - 0.43], [n + 0.43], [end], [end + count], [token], gap=1)
                marks.append(box)
                told.append(f"{count} {label}")
                end += count
        if totals and end:
            marks.append(Text(n, end, f"{end}", "muted", 12, "middle", dy=-9))
        said = f"{row['year']}: {', '.join(told) or 'none'}"
        yield Group(marks, said, links.get(row["year"], ""))


def _ends(by_year: pd.DataFrame, labels: Mapping[int, str], y: Axis) -> Iterator[Text]:
    """Yield the count and name of each level beside the last bar, clear of one another."""
    now, below, found = by_year.iloc[-1], 0, list[tuple[int, str, float]]()
    for level, label in labels.items():
        if count := int(now[str(level)]):
            found.append((count, label, below + count / 2))
            below += count
    wanted = [_HIGH * y.part(middle) for _, _, middle in found]
    placed = apart(wanted, 15, 0, _HIGH)
    for (count, label, middle), want, at in zip(found, wanted, placed, strict=True):
        yield Text(len(by_year) - 0.5, middle, label, lead=f"{count}", dx=8, dy=at - want)
