"""Dates by which the subject must be out: one line a date, its label at the mark."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from stances.charts import plot, theme
from stances.dataset.days import day_number

_ROW, _LINE, _SIZE, _OFF = 30, 16, 13, 14  # px
_LEAST = 550  # px of the plot on the narrowest page that has it


def chart(
    removals: pd.DataFrame,
    names: Mapping[str, str],
    day: date,
    links: Mapping[str, str] | None = None,
) -> plot.Chart:
    """Return a line for each date ahead of a day, nearest first; a list stands on telephones.

    `removals`: actor, act_id, first, end, text, what, in_doubt, expected, estimate.
    """
    if removals.empty:
        return plot.Chart()
    span = (removals["end"].max() - day).days
    until = date.fromordinal(removals["end"].max().toordinal() + max(span // 60, 5))
    x = plot.time_axis(day, until, 1 + span // 5500, grid=True)
    left = 20 + max(theme.wide(name, _SIZE, True) for name in removals["actor"].map(names))
    marks, down = list[plot.Mark](), 4.0
    for row in removals.to_dict("records"):
        end = day_number(row["end"])
        start, name = max(day_number(row["first"]), x.first), names[row["actor"]]
        open_day = end - start > 1
        notes = [n for n in ("expected", "estimate") if row[n] and n not in row["what"].lower()]
        said = ", ".join([row["what"], *notes])
        lines, is_after = _label(row["text"], said, _LEAST * x.part(end), open_day)
        middle = down + _ROW / 2
        side, off = ("start", _OFF) if is_after else ("end", -_OFF)
        parts: list[plot.Mark] = [
            plot.Text(x.first, middle, name, strong=True, dx=-left),
            plot.Line([x.first, end], [middle, middle], "line", 1),
        ]
        if open_day:
            parts.append(plot.Bars([start], [end], [middle - 2.5], [middle + 2.5], ["none"]))
        for n, line in enumerate(lines):
            label = plot.Text(end, middle + n * _LINE, line, "ink", _SIZE, side, dx=off, halo=True)
            parts.append(label if n else replace(label, lead=row["text"]))
        hollow = row["in_doubt"] or row["expected"]
        parts.append(plot.Dots([end], [middle], "bg" if hollow else "ink", "ink", 12, 2))
        doubt = " (in doubt)" if row["in_doubt"] else ""
        told = f"{name}, {row['text']}: {said}{doubt}"
        marks.append(plot.Group(parts, told, (links or {}).get(row["act_id"], "")))
        down += _ROW + _LINE * (len(lines) - 1)
    legend = []
    if (removals["in_doubt"] | removals["expected"]).any():
        legend.append(plot.Key("rule in doubt or expected", "hollow"))
    if (removals["first"] != removals["end"]).any():
        legend.append(plot.Key("day not known", "bar", "none"))
    of = removals.iloc[0]
    alt = f"{len(removals)} dates ahead, {of['text']} {names[of['actor']]}: {of['what']}"
    drawn = plot.Plot(x, plot.Axis(0, down), marks, down, (left, 4, 10, 24))
    return plot.Chart(alt, drawn, False, legend)


def _label(text: str, said: str, at: float, open_day: bool) -> tuple[list[str], bool]:
    """Return the lines of a label and its side: right of the mark where it fits, or a bar lies left
    of it, else where there is more room.
    """
    space = theme.wide("\N{NO-BREAK SPACE}", _SIZE)
    lead = theme.wide(f"{text} ", _SIZE, True)
    after, before = _LEAST - at - _OFF, at - _OFF
    fits = lead + theme.wide(said, _SIZE) <= after
    is_after = fits or after > before or (open_day and after > 120)
    held = "\N{NO-BREAK SPACE}" * round(lead / space)
    first, *rest = theme.wrapped(held + said, _SIZE, after if is_after else before)
    return [first.lstrip(held), *rest], is_after
