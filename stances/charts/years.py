"""Stacked bars: how many stand at each level at the end of each year, and the events of each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from stances import words
from stances.charts import levels, theme
from stances.charts.plot import Axis, Chart, Group, Key, Mark, Plot, Text, Tick, apart, bar

_HIGH = 202  # px
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def chart(by_year: pd.DataFrame, labels: Mapping[int, str], links: Mapping[int, str]) -> Chart:
    """Return a bar a year, the last labelled. `by_year`: year, a count a level by its figure."""
    counts = by_year[["year", *map(str, labels)]]
    highest = max(int(_totals(counts).max()), 1)
    # About four lines of a grid.
    step = next((step for step in _STEPS if highest / step <= 4.2), 1000)
    top = -(-highest // step) * step
    ticks = [Tick(count, str(count)) for count in range(0, top + 1, step)]
    y = Axis(top, 0, ticks, grid=True)

    ends = _ends(counts, labels, y)
    right = 16 + max((theme.wide(f"{end.lead} {end.text}", 13, True) for end in ends), default=0)
    marks: list[Mark] = [*_bars(counts, labels, links), *ends]
    free = (26, 8, right, 24)
    wide = Plot(_year_axis(counts), y, marks, _HIGH, free)
    narrow = Plot(_year_axis(counts, 4), y, marks, _HIGH, free)
    alt = f"How many stand at each level, by year; at the end {levels.counted(counts, labels)}"
    return Chart(alt, wide, narrow, scale=labels)


def events_chart(
    by_year: pd.DataFrame, labels: Mapping[int, str], links: Mapping[int, str]
) -> Chart:
    """Return the bars of events, a year each: as of `chart`, and `none`, those without a level."""
    totals = _totals(by_year)
    highest = int(totals.max())
    bars = list(_bars(by_year, labels, links))
    counted_bars = list(_bars(by_year, labels, links, figures=True))
    y = Axis(max(highest, 1), 0)
    wide = Plot(_year_axis(by_year), y, counted_bars, 110, (4, 22, 4, 24))
    narrow = Plot(_year_axis(by_year, 4), y, bars, 84, (4, 4, 4, 24))
    count = words.plural(int(totals.sum()), "event")
    alt = f"{count} by year, most in {totals.idxmax()}: {highest}"
    return Chart(alt, wide, narrow, [Key("no level", "square", "none")], labels)


def _totals(by_year: pd.DataFrame) -> pd.Series:
    return by_year.set_index("year").sum(axis=1)


def _year_axis(by_year: pd.DataFrame, step: int = 1) -> Axis:
    """Return the axis of the years of a frame, every `step`-th from the last back named."""
    last = len(by_year) - 1
    ticks = [Tick(n, str(by_year["year"].iloc[n])) for n in range(last % step, last + 1, step)]
    return Axis(-0.5, last + 0.5, ticks)


def _bars(
    by_year: pd.DataFrame,
    labels: Mapping[int, str],
    links: Mapping[int, str],
    figures: bool = False,
) -> Iterator[Group]:
    """Yield the bar of each year: its levels, the strictest below, then what has none; `figures`:
    with the total above it.
    """
    tokens = {str(level): theme.level_token(level) for level in labels}
    names = {str(level): label for level, label in labels.items()}
    tokens["none"] = "none"
    names["none"] = "no level"
    top = max(float(_totals(by_year).max()), 1)
    for n, row in enumerate(by_year.to_dict("records")):
        # What the pointer meets is the whole height.
        marks: list[Mark] = [bar(n - 0.5, n + 0.5, 0, top, "transparent")]
        counts = list[str]()
        end = 0
        for code, name in names.items():
            count = int(row.get(code, 0))
            if count:
                marks.append(bar(n - 0.43, n + 0.43, end, end + count, tokens[code], gap=1))
                counts.append(f"{count} {name}")
                end += count
        if figures and end:
            marks.append(Text(n, end, str(end), "muted", 12, "middle", dy=-9))
        hover = f"{row['year']}: {', '.join(counts) or 'none'}"
        yield Group(marks, hover, links.get(row["year"], ""))


def _ends(by_year: pd.DataFrame, labels: Mapping[int, str], y: Axis) -> list[Text]:
    """Return the count and name of each level beside the last bar, clear of one another."""
    last = by_year.iloc[-1]
    ends = list[Text]()
    below = 0
    for level, label in labels.items():
        count = int(last[str(level)])
        if count:
            middle = below + count / 2
            ends.append(Text(len(by_year) - 0.5, middle, label, lead=str(count), dx=8))
            below += count
    heights = [_HIGH * y.part(end.y) for end in ends]
    places = apart(heights, 15, 0, _HIGH)
    return [
        replace(end, dy=place - height)
        for end, place, height in zip(ends, places, heights, strict=True)
    ]
