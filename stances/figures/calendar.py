"""Deadlines in the months of two years: a line for each, those of one actor below one another.

`table`: act_id, kind, who (whose act), text (the deadline in words), what (falls due), reserve
(what must be known of the deadline, in brackets; maybe empty), first, end (days: the ends of what
is known of the deadline), passed and hover (escaped text), in the order of the lines from the top
down, those of one actor together.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby
from typing import Any, NamedTuple

import pandas as pd

from stances import escapes
from stances.figures.deadlines import SPAN, due_bar, due_marks, kind_colors, today
from stances.figures.map import Json
from stances.figures.parts import (
    COMPACT,
    PLAIN_AXIS,
    band,
    cut,
    cut_rows,
    form_buttons,
    row_text,
    rule,
    upright,
)
from stances.figures.theme import Theme, base_layout, theme

# In px: a line, from its top to its mark, the head with the months, and the edges.
LINE, _DOWN = 36, 25
TOP, BOTTOM, SIDE = 42, 6, 12
# From the left: whose it is, at least and by letter, over the day or before it, and what falls due;
# and so many letters of that have room.
_LEAST_WHO_PX, _LETTER_PX, _WHEN_PX, _WHAT_PX = 78, 7, 84, 348
_WIDE_LETTERS, _NARROW_LETTERS = 60, 58
_MONTHS, _TO_YEARS = 10.5, 20
_QUARTERS = (1, 4, 7, 10)  # the months that begin them


def deadline_calendar(
    table: pd.DataFrame,
    kinds: Sequence[str],
    mode: str,
    days: tuple[date, Sequence[date]],
    chosen: str | None = None,
    whole: bool = True,
) -> Json:
    """Return a line for each deadline; the table as told at the top of this module. `days`: the day
    of the view, which a dotted line marks, and the first days of the months, with that after the
    last. The first kind stands out. `chosen`: the act_id of the lines to mark; `whole`: what falls
    due has a second line where it needs one, and the day stands below whose it is; else that is
    cut, and the day stands beside it.

    Two hidden buttons bring the shapes for wide and narrow screens: texts beside the months, or
    over each line. Marks bring their act_id as `customdata`.
    """
    palette, (_, months) = theme(mode), days
    colors = kind_colors(table["kind"], kinds, palette)
    y = [LINE * place + _DOWN for place in range(len(table))]
    reserved = zip(table["reserve"], table["what"], strict=True)
    beside = [
        cut_rows(" ".join(filter(None, both)), _WIDE_LETTERS, 2 if whole else 1)
        for both in reserved
    ]
    table = table.assign(y=y, color=colors, chosen=table["act_id"] == chosen, beside=beside)
    span = table.assign(start=[max(day, months[0]) for day in table["first"]], until=table["end"])
    span = span[span["first"] < span["end"]]
    high = LINE * len(table)
    columns = _columns(table, whole)
    wide, narrow = (_shape(table, palette, days, place) for place in (columns, None))
    layout = base_layout(palette, high + TOP + BOTTOM) | {
        "dragmode": False,
        "barmode": "overlay",
        "margin": {"l": wide["margin.l"], "r": SIDE, "t": TOP, "b": BOTTOM},
        "xaxis": _axis(months, palette),
        "yaxis": {"range": [high, 0], "visible": False, "fixedrange": True},
        "shapes": wide["shapes"],
        "annotations": wide["annotations"],
        "updatemenus": [form_buttons(wide, narrow)],
        "meta": COMPACT,
    }
    bars = [due_bar(span, SPAN, SPAN)] if len(span) else []
    return {"data": [*bars, due_marks(table, kinds, palette)], "layout": layout}


def _axis(months: Sequence[date], palette: Theme) -> Json:
    """Lay out an axis with the first month of each quarter named in its middle."""
    named = [month for month in months[:-1] if month.month in _QUARTERS]
    return {
        "type": "date",
        "range": [months[0].isoformat(), months[-1].isoformat()],
        "tickvals": [month.replace(day=15).isoformat() for month in named],
        "ticktext": [f"{month:%b}" for month in named],
        "tickangle": 0,
        "side": "top",
        "ticks": "",
        "tickfont": {"color": palette.muted, "size": _MONTHS},
        **PLAIN_AXIS,
    }


class Columns(NamedTuple):
    """Where, in px from the left, the day of a line begins, what falls due, and the months; 0: the
    day stands below whose it is.
    """

    when: int
    what: int
    months: int


def _columns(table: pd.DataFrame, stacked: bool) -> Columns:
    """Return the columns beside the months, of which the first has room for the longest name."""
    who = max(_LEAST_WHO_PX, _LETTER_PX * int(table["who"].str.len().max())) + SIDE
    when = 0 if stacked else who
    what = who if stacked else who + _WHEN_PX
    return Columns(when, what, what + _WHAT_PX)


def _shape(
    table: pd.DataFrame,
    palette: Theme,
    days: tuple[date, Sequence[date]],
    columns: Columns | None,
) -> Json:
    """Return what of the layout depends on the width of the screen, by plotly's paths. `columns`:
    of the texts beside the months; None: they stand over each line.
    """
    day, months = days
    left, lines = columns.months if columns else SIDE, _lines(table)
    up = LINE // 2 if columns else _DOWN
    return {
        "margin.l": left,
        "shapes": [
            *_bands(lines, palette, up),
            *(_month(month, palette) for month in months[:-1]),
            *_between(lines, palette, up),
            today(palette, day) | {"layer": "below"},
        ],
        "annotations": [
            *_years(months, palette),
            *chain.from_iterable(
                _beside(line, palette, columns) if columns else _over(line, palette, left)
                for line in lines
            ),
        ],
    }


def _lines(table: pd.DataFrame) -> list[Any]:
    """Return the lines, each with whether it is the first one of its actor."""
    new = table["who"] != table["who"].shift()
    rows: Iterable[Any] = table.assign(new=new).itertuples(index=False)
    return list(rows)


def _beside(line: Any, palette: Theme, columns: Columns) -> Iterator[Json]:
    """Yield the texts to the left of a line; whose it is once for all of an actor."""
    who = f"<b>{escapes.chart(line.who)}</b>" if line.new else ""
    when = escapes.chart(line.text)
    heads = [(who, 0), (when, columns.when)]
    if not columns.when:
        heads = [("<br>".join(filter(None, (who, when))), 0)]
    for text, start in (*heads, (line.beside, columns.what)):
        if text:
            yield row_text(text, line.y, palette.ink) | {"xshift": start - columns.months}


def _over(line: Any, palette: Theme, left: int) -> Iterator[Json]:
    """Yield the text over a line, on a ground of its own: the months lie under it. Where it is cut,
    what falls due stays: the mark shows some of the reserve, and the page tells the rest.
    """
    due = " ".join(filter(None, (line.what, line.reserve)))
    rest = cut(f"{line.text}: {due}", _NARROW_LETTERS - len(line.who))
    text = f"<b>{escapes.chart(line.who)}</b>  {escapes.chart(rest)}"
    ground = palette.grid if line.chosen else palette.background
    yield row_text(text, line.y - _DOWN + 8, palette.ink) | {"xshift": -left, "bgcolor": ground}


def _month(month: date, palette: Theme) -> Json:
    """Return the line at the beginning of a month, stronger where a year begins."""
    color = palette.muted if month.month == 1 else palette.grid
    return upright(month.isoformat(), {"color": color, "width": 1}) | {"layer": "below"}


def _between(lines: Sequence[Any], palette: Theme, up: int) -> Iterator[Json]:
    """Yield a line over the first one of each actor, so far over its mark."""
    for line in lines:
        if line.new:
            yield rule(line.y - up, palette.grid) | {"layer": "below"}


def _bands(lines: Sequence[Any], palette: Theme, up: int) -> Iterator[Json]:
    """Yield a band behind each line of the chosen act."""
    for line in lines:
        if line.chosen:
            yield band(line.y - up, line.y - up + LINE, palette.grid)


def _years(months: Sequence[date], palette: Theme) -> Iterator[Json]:
    """Yield the year over the first of its months."""
    for year, of_year in groupby(months[:-1], key=lambda month: month.year):
        note = row_text(f"<b>{year}</b>", 1, palette.ink)
        place = {"x": next(of_year).isoformat(), "xref": "x", "yref": "paper", "yanchor": "bottom"}
        yield note | place | {"yshift": _TO_YEARS}
