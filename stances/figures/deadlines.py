"""Deadlines of acts: a bar from the day on which each act binds to what falls due, the next first.

`table`: act_id, kind, who (whose act), name (what falls due, maybe on several lines), text (the
deadline in words), start, first, end (days: from when on the act binds, and the ends of what is
known of the deadline), passed (bool) and hover (escaped text), in the order of the rows from the
top down: what is ahead, then what has passed. `kinds`: all kinds of deadlines, in the order in
which they have their marks.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import escapes
from stances.figures.history import time_axis
from stances.figures.map import Json
from stances.figures.parts import band, cut_rows, empty_note, marks, row_text, rule, upright
from stances.figures.theme import Theme, base_layout, theme
from stances.figures.trend import faint, iso_days

NOTHING = "No deadline to draw"
# Over what is ahead, and over what has passed.
AHEAD, GONE = "Ahead", "Passed"
# The mark of each kind, by its place among all kinds; the first of these stands out.
MARKS = ("diamond", "square", "circle", "triangle")
_SYMBOLS = {"triangle": "triangle-up"}
# In px: a row, from its top to its bar, the heading of a kind, and what the axis needs.
ROW, TO_BAR, HEAD, TOP, BOTTOM = 46, 39, 28, 40, 14
BAR, MARK, SIDE = 7, 11, 12
LETTERS, LINE = 11.5, 15
SPAN = 0.25  # and the part of a bar in which its end lies, where only month or year are known
PASSED = 0.4  # as much of its colour has the bar of a deadline that has passed
# On a sheet, in px: a row at least, at most, and with two lines of what falls due; the day over all
# and the axis below; from the left until when and what, which has room for so many letters; and
# bars and marks.
_LEAST_ROW, _MOST_ROW, _ROW_OF_TWO, _OVER, _UNDER, _TO_DAY = 15.6, 31, 29.5, 18, 18, 2
_WHEN_PX, _WHAT_PX, _TO_BARS, _LETTER_PX = 100, 186, 18, 4.95
_WHO_LETTERS, _LEAST_LETTERS, _MOST_LETTERS = 15, 56, 93
_LARGE, _SMALL, _YEARS = 12.5, 11.7, 11
_SHEET_BAR, _SHEET_MARK = 5, 10
_DAY_MS = 86_400_000
_SPACE = 0.03  # of the period beyond its ends, so that a mark there is whole


def deadline_bars(
    table: pd.DataFrame, kinds: Sequence[str], mode: str, day: date, chosen: str | None = None
) -> Json:
    """Return a row for each step; tables as told at the top of this module. The first kind stands
    out. At the deadline is the mark of its kind, open where it has passed on `day`, which a dotted
    line marks. `chosen`: the act_id of the rows to mark. Names stand above the bars, where a
    telephone has room for them. Bars and marks bring their act_id as `customdata`.
    """
    palette = theme(mode)
    more = [LINE * name.count("\n") for name in table["name"]]
    parts = [GONE if passed else AHEAD for passed in table["passed"]]
    y, heads, height = _places(parts, more)
    table = table.assign(y=y, more=more, color=kind_colors(table["kind"], kinds, palette))
    table["chosen"] = table["act_id"] == chosen
    names = [_name(row, palette) for row in table.itertuples(index=False)]
    titles = [
        row_text(f"<b>{part}</b>", at, palette.muted, LETTERS) | {"xshift": -SIDE}
        for part, at in heads.items()
    ]
    text = _day_note(table, palette, day) if len(table) else empty_note(NOTHING, palette)
    layout = base_layout(palette, height + TOP + BOTTOM) | {
        "dragmode": False,
        "barmode": "overlay",
        "margin": {"l": SIDE, "r": SIDE, "t": TOP, "b": BOTTOM},
        "xaxis": _time(table, palette, day),
        "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        "shapes": [*_over_rows(table, palette), today(palette, day), *_bands(table, palette)],
        "annotations": [*names, *titles, text],
    }
    return {"data": [*_bars(table), due_marks(table, kinds, palette)], "layout": layout}


class Space(NamedTuple):
    """The space of a sheet: its height in px, and the words of its last row on those left out."""

    high: float
    left_out: str


def rows_within(passed: Sequence[bool], high: float) -> int:
    """Return how many steps have a row in so many px; the last row counts those left out."""
    space, count = int((high - _OVER - _UNDER) / _LEAST_ROW), len(passed)
    fits = (n for n in range(count, 1, -1) if n + _beside(passed[:n], n < count) <= space)
    return next(fits, 1)


def _beside(passed: Sequence[bool], left_out: bool) -> int:
    """Return how many rows have no step: over what has passed, and for those left out."""
    return (len(set(passed)) > 1) + left_out


def deadline_lines(
    table: pd.DataFrame, kinds: Sequence[str], mode: str, day: date, space: Space
) -> Json:
    """Return the rows as a sheet has them, which are as high as there is space: whose act, until
    when and what falls due beside one another, then the bar. `table`: as told at the top of this
    module, `text` being short, and what (falls due).
    """
    palette = theme(mode)
    y, heads, row = _lines(table["passed"].tolist(), space)
    letters = min(max(_LEAST_LETTERS, *map(len, table["what"])), _MOST_LETTERS)
    left = round(_WHAT_PX + letters * _LETTER_PX + _TO_BARS)
    most = 2 if row >= _ROW_OF_TWO else 1
    what = [cut_rows(text, letters, most) for text in table["what"]]
    table = table.assign(y=y, color=kind_colors(table["kind"], kinds, palette), what=what)
    titles = [_title(text, at, palette) | {"xshift": -left} for at, text in heads]
    high = max(y[-1], heads[-1][0]) + row / 2
    note = _day_note(table, palette, day) | {"yshift": _TO_DAY}
    years = {"color": palette.muted, "size": _YEARS}
    layout = base_layout(palette, high + _OVER + _UNDER) | {
        "barmode": "overlay",
        "margin": {"l": left, "r": SIDE, "t": _OVER, "b": _UNDER},
        "xaxis": _time(table, palette, day) | {"side": "bottom", "tickfont": years},
        "yaxis": {"range": [high, 0], "visible": False, "fixedrange": True},
        "shapes": [today(palette, day) | {"layer": "below"}],
        "annotations": [*titles, *_columns(table, palette, left), note],
    }
    due = due_marks(table, kinds, palette, _SHEET_MARK)
    return {"data": [*_bars(table, _SHEET_BAR), due], "layout": layout}


def _lines(
    passed: Sequence[bool], space: Space
) -> tuple[list[float], list[tuple[float, str]], float]:
    """Return at what height each bar lies, and each heading in a row of its own; a row's height."""
    count = len(passed) + _beside(passed, bool(space.left_out))
    row = min((space.high - _OVER - _UNDER) / count, _MOST_ROW)
    second = passed.index(True) if len(set(passed)) > 1 else len(passed)
    y = [row * (place + (place >= second) + 0.5) for place in range(len(passed))]
    heads = [(y[0] - row, GONE if passed[0] else AHEAD)]
    heads += [(y[second] - row, GONE)] if second < len(passed) else []
    return y, [*heads, *([(y[-1] + row, space.left_out)] if space.left_out else [])], row


def _title(text: str, y: float, palette: Theme) -> Json:
    """Return a heading; the first stands over the plot, beside the day."""
    place = {"yref": "paper", "y": 1, "yshift": _LEAST_ROW / 2} if y < 0 else {}
    return row_text(f"<b>{escapes.chart(text)}</b>", y, palette.muted, _SMALL) | place


def _columns(table: pd.DataFrame, palette: Theme, left: int) -> Iterator[Json]:
    """Yield the texts to the left of the bars, row by row."""
    rows: Iterable[Any] = table.itertuples(index=False)
    for row in rows:
        who = cut_rows(row.who, _WHO_LETTERS, 1)
        for text, start, color, size in (
            (f"<b>{who}</b>", 0, palette.ink, _LARGE),
            (escapes.chart(row.text), _WHEN_PX, palette.ink, _LARGE),
            (row.what, _WHAT_PX, palette.muted, _SMALL),
        ):
            yield row_text(text, row.y, color, size) | {"xshift": start - left}


def mark_of(kinds: Sequence[str], kind: str) -> str:
    """Return the mark of a kind of deadlines, one of MARKS, by its place among all kinds."""
    return MARKS[list(kinds).index(kind) % len(MARKS)]


def stands_out(kinds: Sequence[str], kind: str) -> bool:
    """Say whether a kind of deadlines is the one that leads."""
    return list(kinds).index(kind) == 0


def kind_colors(of_steps: Iterable[str], kinds: Sequence[str], palette: Theme) -> list[str]:
    """Return the colour of each of some deadlines, by its kind."""
    return [palette.accent if stands_out(kinds, kind) else palette.muted for kind in of_steps]


def _places(parts: Sequence[str], more: Sequence[int]) -> tuple[list[float], dict[str, float], int]:
    """Return how far from the top each bar and the heading of each part is, and how high all is, in
    px. `more`: by how much each row is higher than one whose name has a line.
    """
    bars: list[float] = []
    heads: dict[str, float] = {}
    down = 0
    for part, higher in zip(parts, more, strict=True):
        if part not in heads:
            heads[part] = down + HEAD / 2
            down += HEAD
        bars.append(float(down + TO_BAR + higher))
        down += ROW + higher
    return bars, heads, down or 2 * ROW


def _bars(table: pd.DataFrame, thick: int = BAR) -> list[Json]:
    """Up to where the deadline may lie, and the span in which it lies where that has a length."""
    first = table["first"].where(table["first"] > table["start"], table["start"])
    whole, part = table.assign(until=table["first"]), table.assign(start=first, until=table["end"])
    span = part[part["until"] > part["first"]]
    bars = [due_bar(whole, PASSED, 1), *([due_bar(span, SPAN, SPAN)] if len(span) else [])]
    return [bar | {"width": thick} for bar in bars]


def due_bar(table: pd.DataFrame, passed_part: float, part: float) -> Json:
    """Return bars from start to until (days) at the heights y, each with so much of its colour."""
    start = table["start"].to_numpy("datetime64[D]")
    lasts = (table["until"].to_numpy("datetime64[D]") - start).astype(np.int64)
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "base": iso_days(start),
        "x": (np.maximum(lasts, 1) * _DAY_MS).tolist(),
        "y": table["y"].tolist(),
        "width": BAR,
        "text": table["hover"].tolist(),
        "textposition": "none",
        "customdata": table["act_id"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": [
                color if opacity == 1 else faint(color, opacity)
                for color, opacity in zip(
                    table["color"], np.where(table["passed"], passed_part, part), strict=True
                )
            ],
            "line": {"width": 0},
        },
        "unselected": {"marker": {"opacity": 1}},
    }


def due_marks(table: pd.DataFrame, kinds: Sequence[str], palette: Theme, size: int = MARK) -> Json:
    """Return the mark of its kind at each deadline, at the heights y."""
    colors = table["color"].tolist()
    shapes = [mark_of(kinds, kind) for kind in table["kind"]]
    marker = {
        "symbol": [_SYMBOLS.get(shape, shape) for shape in shapes],
        "size": size,
        "color": [
            palette.background if passed else color
            for color, passed in zip(colors, table["passed"], strict=True)
        ],
        "line": {"color": colors, "width": 1.6},
    }
    x, y = iso_days(table["end"].to_numpy("datetime64[D]")), table["y"].tolist()
    return marks(table, "act_id", x, y, marker) | {"cliponaxis": False}


def _period(table: pd.DataFrame, day: date) -> tuple[date, date]:
    return period_around([day, *table["start"], *table["end"]])


def period_around(days: Sequence[date]) -> tuple[date, date]:
    """Return the first and the last day of the axis, with space beside those that are drawn."""
    edge = timedelta(days=max(round((max(days) - min(days)).days * _SPACE), 30))
    # Some write 9999 for never.
    first, last = (day.toordinal() for day in (min(days), max(days)))
    ends = (
        max(first - edge.days, date.min.toordinal()),
        min(last + edge.days, date.max.toordinal()),
    )
    return date.fromordinal(ends[0]), date.fromordinal(ends[1])


def _time(table: pd.DataFrame, palette: Theme, day: date) -> Json:
    return time_axis(palette, _period(table, day)) | {
        "side": "top",
        "showgrid": True,
        "gridcolor": palette.grid,
        "ticks": "",
    }


def _name(row: Any, palette: Theme) -> Json:
    """Label a bar, above it: whose act and until when, and under that what falls due."""
    name = "<br>".join(map(escapes.chart, row.name.split("\n")))
    text = f"<b>{escapes.chart(row.who)}</b>  {escapes.chart(row.text)}<br>{name}"
    # Else it would have the grid and the day's line in it.
    ground = palette.grid if row.chosen else palette.background
    place = {"xshift": -SIDE, "yanchor": "bottom", "yshift": 7, "bgcolor": ground}
    return row_text(text, row.y, palette.ink, LETTERS) | place


def today(palette: Theme, day: date) -> Json:
    """Return the dotted line at a day."""
    return upright(day.isoformat(), {"color": palette.ink, "width": 1.2, "dash": "dot"})


def _day_note(table: pd.DataFrame, palette: Theme, day: date) -> Json:
    """Return the day at its line, turned inwards near the ends of the axis."""
    first, last = _period(table, day)
    part = (day - first) / (last - first)
    anchor = "left" if part < 0.2 else "right" if part > 0.8 else "center"
    return {
        "text": f"<b>{day.day} {day:%B %Y}</b>",
        "x": day.isoformat(),
        "xanchor": anchor,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 18,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": LETTERS, "color": palette.ink},
    }


def _over_rows(table: pd.DataFrame, palette: Theme) -> Iterator[Json]:
    """Yield a line over each row: the name of the next is as near to a bar as its own."""
    for y, more in zip(table["y"], table["more"], strict=True):
        yield rule(y - more - TO_BAR, palette.grid) | {"layer": "below"}


def _bands(table: pd.DataFrame, palette: Theme) -> list[Json]:
    """Return a band behind each chosen row: its bar, and the name above that."""
    chosen: Iterable[Any] = table[table["chosen"]].itertuples(index=False)
    return [band(row.y - row.more - TO_BAR, row.y + ROW - TO_BAR, palette.grid) for row in chosen]
