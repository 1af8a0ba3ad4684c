"""Dates by which the subject must be out: one line a date, its label at the mark."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from stances.charts import theme
from stances.charts.plot import (
    Axis,
    Bars,
    Chart,
    Dots,
    Group,
    Key,
    Line,
    Mark,
    Plot,
    Text,
    number,
    time_axis,
)  # fmt: skip

_ROW, _LINE, _SIZE, _OFF = 30, 16, 13, 14  # px
_LEAST = 550  # px of the plot on the narrowest page that has it


def chart(
    removals: pd.DataFrame,
    names: Mapping[str, str],
    day: date,
    links: Mapping[str, str] | None = None,
) -> Chart:
    """Return a line for each date ahead of a day, nearest first; a list stands on telephones.

    `removals`: actor, act_id, first, end, text, what, in_doubt, expected, estimate.
    """
    if removals.empty:
        return Chart()
    span = (removals["end"].max() - day).days
    until = date.fromordinal(removals["end"].max().toordinal() + max(span // 60, 5))
    x = time_axis(day, until, 1 + span // 5500, grid=True)
    left = 20 + max(theme.wide(name, _SIZE, True) for name in removals["actor"].map(names))
    marks, down = list[Mark](), 4.0
    for row in removals.to_dict("records"):
        end = number(row["end"])
        start, name = max(number(row["first"]), x.first), names[row["actor"]]
        open_day = end - start > 1
        notes = [n for n in ("expected", "estimate") if row[n] and n not in row["what"].lower()]
        said = ", ".join([row["what"], *notes])
        lines, anchor = _label(row["text"], said, _LEAST * x.part(end), open_day)
        middle = down + _ROW / 2
        hollow = row["in_doubt"] or row["expected"]
        side = {"anchor": anchor, "dx": _OFF if anchor == "start" else -_OFF, "halo": True}
        parts: list[Mark] = [
            Text(x.first, middle, name, strong=True, dx=-left),
            Line([x.first, end], [middle, middle], "line", 1),
        ]
        if open_day:
            parts.append(Bars([start], [end], [middle - 2.5], [middle + 2.5], ["none"]))
        for n, line in enumerate(lines):
            lead = "" if n else row["text"]
            parts.append(Text(end, middle + n * _LINE, line, lead=lead, **side))  # type: ignore[arg-type]
        parts.append(Dots([end], [middle], "bg" if hollow else "ink", "ink", 12, 2))
        doubt = " (in doubt)" if row["in_doubt"] else ""
        told = f"{name}, {row['text']}: {said}{doubt}"
        marks.append(Group(parts, told, (links or {}).get(row["act_id"], "")))
        down += _ROW + _LINE * (len(lines) - 1)
    legend = []
    if (removals["in_doubt"] | removals["expected"]).any():
        legend.append(Key("rule in doubt or expected", "hollow"))
    if (removals["first"] != removals["end"]).any():
        legend.append(Key("day not known", "bar", "none"))
    of = removals.iloc[0]
    alt = f"{len(removals)} dates ahead, {of['text']} {names[of['actor']]}: {of['what']}"
    plot = Plot(x, Axis(0, down), marks, down, (left, 4, 10, 24))
    return Chart(alt, plot, False, legend)


def _label(text: str, said: str, at: float, open_day: bool) -> tuple[list[str], str]:
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
    return [first.lstrip(held), *rest], "start" if is_after else "end"
