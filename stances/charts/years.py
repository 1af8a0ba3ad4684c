"""Stacked bars: how many stand at each level at the end of each year, and the events of each year,
month or day.
"""

from collections.abc import Mapping
from math import ceil

import pandas as pd

from stances import words
from stances.charts import levels, theme
from stances.charts.plot import Axis, Bar, Chart, Group, Key, Mark, Plot, Text, Tick, spread

_HIGH = 202  # px
# Names below the bars at most, on the page and on a telephone.
_MOST_WIDE = 20
_MOST_NARROW = 5
_OFF = 8  # px of the names of levels from the last bar
# From one line of a grid to the next: the last is enough for 4,200.
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def chart(
    by_year: pd.DataFrame, labels: Mapping[int, str], links: Mapping[pd.Period, str]
) -> Chart:
    """Return a bar a year, the last labelled. `by_year`: period, and how many stand at each level
    at its end, under the figure of the level ("-3" to "3"); `labels`: of the levels; `links`: of
    the bars, by period.
    """
    level_columns = list(map(str, labels))
    totals = by_year[level_columns].sum(axis=1)
    highest = max(int(totals.max()), 1)
    # About four lines of a grid.
    step = next(step for step in _STEPS if highest / step <= 4.2)
    top = step * ceil(highest / step)
    ticks = [Tick(count, str(count)) for count in range(0, top + 1, step)]
    y = Axis(top, 0, ticks=ticks, grid=True)

    ends = _ends(by_year, labels, y)
    right = _OFF + 8 + theme.widest(f"{end.lead} {end.text}" for end in ends)
    # Bars of those at a level: without `none`.
    marks: list[Mark] = [*_bars(by_year[["period", *level_columns]], labels, links), *ends]
    plot = Plot(
        x=_axis(by_year),
        y=y,
        marks=marks,
        high=_HIGH,
        margins=(26, 8, right, 24),
    )
    counts = levels.counted(by_year.iloc[-1], labels)
    alt = f"How many stand at each level, by year; at the end {counts}"
    return Chart(alt, plot, scale=labels)


def events_chart(
    by_period: pd.DataFrame, labels: Mapping[int, str], links: Mapping[pd.Period, str]
) -> Chart:
    """Return the bars of events, a year, month or day each, with their total on top, but on
    telephones. `by_period`: as of `chart`, of events, and `none`, those without a level.
    """
    totals = by_period.set_index("period").sum(axis=1)
    highest = int(totals.max())
    y = Axis(max(highest, 1), 0)
    plot = Plot(
        x=_axis(by_period),
        y=y,
        marks=_bars(by_period, labels, links, with_totals=True),
        high=110,
        margins=(4, 22, 4, 24),
    )
    count = words.plural(int(totals.sum()), "event")
    alt = f"{count}, most in {_name(by_period['period'][totals.to_numpy().argmax()])}: {highest}"
    legend = [Key("no level", "square", color="none")]
    return Chart(alt, plot, legend=legend, scale=labels)


def _name(period: pd.Period) -> str:
    """Return a year, month or day in words."""
    precision = {"M": "month", "D": "day"}.get(period.freqstr, "year")
    return words.day(period.start_time, precision)


def _axis(by_period: pd.DataFrame) -> Axis:
    """Return the axis of the periods of a frame, of which some, from the last back, are named: days
    by their number, and what stands behind them as without one.
    """
    periods = list(by_period["period"])
    by_day = periods[0].freqstr == "D"
    last = len(periods) - 1
    step = ceil(len(periods) / _MOST_WIDE)
    # Some of the same on a telephone.
    step_narrow = step * ceil(len(periods) / step / _MOST_NARROW)
    ticks = []
    for n, period in enumerate(periods):
        name = _name(period)
        if by_day:
            name = str(period.day) if period.freqstr == "D" else "no day"
        if (last - n) % step == 0:
            ticks.append(Tick(n, name, minor=(last - n) % step_narrow > 0))
    return Axis(-0.5, last + 0.5, ticks=ticks)


def _bars(
    by_period: pd.DataFrame,
    labels: Mapping[int, str],
    links: Mapping[pd.Period, str],
    with_totals: bool = False,
) -> list[Group]:
    """Return the bar of each period: its levels, the strictest below, then what has none;
    `with_totals`: with how many it has above it, but on telephones; none where that is 0.
    """
    # Colour and name by column of `by_period`, in the order in which they are stacked.
    tokens = {str(level): theme.level_token(level) for level in labels}
    names = {str(level): label for level, label in labels.items()}
    if "none" in by_period:
        tokens["none"] = "none"
        names["none"] = "no level"
    totals = by_period[list(names)].sum(axis=1)
    highest = max(int(totals.max()), 1)

    bars = []
    for n, row in enumerate(by_period.to_dict("records")):
        # Bars leave a seventh of their step free between them.
        left = n - 0.43
        right = n + 0.43
        # What the pointer meets is the whole height.
        marks: list[Mark] = [
            Bar(
                x0=n - 0.5,
                x1=n + 0.5,
                y0=0,
                y1=highest,
                fill="transparent",
            )
        ]
        counts = []
        end = 0
        for code, name in names.items():
            count = row[code]
            if count:
                low = end
                end += count
                stack = Bar(
                    x0=left,
                    x1=right,
                    y0=low,
                    y1=end,
                    fill=tokens[code],
                    gap=1,
                )
                marks.append(stack)
                counts.append(f"{count} {name}")
        if with_totals and end:
            total = Text(
                n,
                end,
                str(end),
                color="muted",
                size=12,
                anchor="middle",
                dy=-9,
                minor=True,
            )
            marks.append(total)

        period = row["period"]
        parts = ", ".join(counts) if counts else "none"
        bars.append(Group(marks, f"{_name(period)}: {parts}", link=links.get(period, "")))
    return bars


def _ends(by_year: pd.DataFrame, labels: Mapping[int, str], y: Axis) -> list[Text]:
    """Return the count and name of each level beside its part of the last bar, clear of one
    another; those at which nobody stands are left out.
    """
    last = by_year.iloc[-1]
    right = len(by_year) - 0.5
    ends: list[Text] = []
    below = 0
    for level, label in labels.items():
        count = int(last[str(level)])
        if count:
            middle = below + count / 2
            ends.append(Text(right, middle, label, lead=str(count), dx=_OFF))
            below += count
    return spread(ends, y, high=_HIGH, gap=15)
