"""Dates by which the subject must be out: one line a date, its label at the mark."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from stances.charts import plot, theme
from stances.dataset.days import day_number

_ROW = 30  # px
_LINE = 16  # px
_SIZE = 13  # px
_OFF = 14  # px
_LEAST = 550  # px of the plot on the narrowest page that has it
_SPACE = "\N{NO-BREAK SPACE}"


def chart(
    removals: pd.DataFrame, names: Mapping[str, str], day: date, links: Mapping[str, str]
) -> plot.Chart:
    """Return a line for each date ahead of a day, nearest first; a list stands on telephones.

    `removals`: actor, act_id, first, end, text, what, in_doubt, expected, estimate; `links`: of the
    acts.
    """
    if removals.empty:
        return plot.Chart()
    last = removals["end"].max()
    span = (last - day).days
    # Some air after the last mark.
    axis_end = last + timedelta(days=max(span // 60, 5))
    x = plot.time_axis(day, axis_end, 1 + span // 5500, grid=True)
    left = 20 + max(theme.wide(name, _SIZE, True) for name in removals["actor"].map(names))

    marks = list[plot.Mark]()
    top = 4.0
    for row in removals.to_dict("records"):
        name = names[row["actor"]]
        notes = [n for n in ("expected", "estimate") if row[n] and n not in row["what"].lower()]
        text = ", ".join([row["what"], *notes])
        end = day_number(row["end"])
        start = max(day_number(row["first"]), x.first)
        is_open = end - start > 1
        lines, is_after = _label(row["text"], text, _LEAST * x.part(end), is_open)

        middle = top + _ROW / 2
        parts: list[plot.Mark] = [
            plot.Text(x.first, middle, name, strong=True, dx=-left),
            plot.Line([x.first, end], [middle, middle], "line", 1),
        ]
        if is_open:
            parts.append(plot.bar(start, end, middle - 2.5, middle + 2.5, "none"))
        parts += _label_marks(lines, row["text"], end, middle, is_after)
        fill = "bg" if row["in_doubt"] or row["expected"] else "ink"
        parts.append(plot.dot(end, middle, fill, "ink", 12, 2))

        hover = f"{name}, {row['text']}: {text}"
        if row["in_doubt"]:
            hover += " (in doubt)"
        marks.append(plot.Group(parts, hover, links.get(row["act_id"], "")))
        top += _ROW + _LINE * (len(lines) - 1)

    legend = []
    if (removals["in_doubt"] | removals["expected"]).any():
        legend.append(plot.Key("rule in doubt or expected", "hollow"))
    if (removals["first"] != removals["end"]).any():
        legend.append(plot.Key("day not known", "bar", "none"))
    next_row = removals.iloc[0]
    next_date = f"{next_row['text']} {names[next_row['actor']]}: {next_row['what']}"
    drawing = plot.Plot(x, plot.Axis(0, top), marks, top, (left, 4, 10, 24))
    return plot.Chart(f"{len(removals)} dates ahead, {next_date}", drawing, False, legend)


def _label(date_text: str, text: str, px: float, is_open: bool) -> tuple[list[str], bool]:
    """Return the lines of a label and its side: right of the mark where it fits, or a bar lies left
    of it, else where there is more room. `px`: where the mark is on the narrowest page.
    """
    lead = theme.wide(f"{date_text} ", _SIZE, True)
    after = _LEAST - px - _OFF
    before = px - _OFF
    fits = lead + theme.wide(text, _SIZE) <= after
    is_after = fits or after > before or (is_open and after > 120)

    # The bold date is set before the first line later: spaces that do not break hold its place.
    held = _SPACE * round(lead / theme.wide(_SPACE, _SIZE))
    first, *rest = theme.wrapped(held + text, _SIZE, after if is_after else before)
    return [first.lstrip(_SPACE), *rest], is_after


def _label_marks(
    lines: list[str], date_text: str, end: float, middle: float, is_after: bool
) -> list[plot.Mark]:
    """Return the lines of a label one below the other, the first behind its date."""
    side, off = ("start", _OFF) if is_after else ("end", -_OFF)
    marks = list[plot.Mark]()
    for n, line in enumerate(lines):
        label = plot.Text(end, middle + n * _LINE, line, "ink", _SIZE, side, dx=off, halo=True)
        marks.append(label if n else replace(label, lead=date_text))
    return marks
