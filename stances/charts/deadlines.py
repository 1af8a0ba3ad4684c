"""Dates by which the subject must be out: one line a date, its label at the mark."""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from stances.charts import plot, theme
from stances.dataset.days import day_number

_ROW = 30  # px of a date whose label has one line
_LINE = 16  # px of each further line of a label
_SIZE = 13  # px of letters
_OFF = 14  # px from the mark to its label
_LEAST = 550  # px of the plot on the narrowest page that has it
_SPACE = "\N{NO-BREAK SPACE}"


def chart(
    removals: pd.DataFrame, names: Mapping[str, str], day: date, links: Mapping[str, str]
) -> plot.Chart:
    """Return a line for each date ahead of a day, nearest first, empty where there is none; a
    telephone shows no chart but a list (`figure.html`).

    `removals`: actor, act_id, first and end (the first and last day that the date may be), text
    (the date in words), what (must be out), in_doubt, expected, estimate; `links`: of the acts, by
    id.
    """
    if removals.empty:
        return plot.Chart()

    last = removals["end"].max()
    span = (last - day).days
    # Days of air after the last mark.
    axis_end = last + timedelta(days=max(span // 60, 5))
    # Over more than fifteen years, 5,500 days, every other one is named.
    x = plot.time_axis(day, axis_end, step=1 + span // 5500, grid=True)
    # px left of the plot: the longest name, and air.
    left = 20 + theme.widest(names[actor] for actor in removals["actor"])

    marks: list[plot.Mark] = []
    top = 4.0
    for row in removals.to_dict("records"):
        name = names[row["actor"]]
        date_text = row["text"]
        text = row["what"]
        # That a date is expected or an estimate, if its words do not say so themselves.
        for note in ("expected", "estimate"):
            if row[note] and note not in row["what"].lower():
                text += f", {note}"

        middle = top + _ROW / 2
        # It may be from a day on that is over.
        start = max(day_number(row["first"]), x.first)
        end = day_number(row["end"])
        parts: list[plot.Mark] = [
            plot.Text(
                x.first,
                middle,
                name,
                strong=True,
                dx=-left,
            ),
            plot.Line([x.first, end], [middle, middle], color="line", width=1),
        ]
        # A day that is not known is a bar over all that it may be: of two days it would lie under
        # the dot.
        is_open = end - start > 1
        if is_open:
            parts.append(plot.Bar(start, end, middle - 2.5, middle + 2.5, fill="none"))
        end_px = _LEAST * x.part(end)
        lines, is_after = _label(date_text, text, px=end_px, is_open=is_open)
        parts += _label_marks(lines, date_text, end=end, middle=middle, is_after=is_after)
        is_hollow = row["in_doubt"] or row["expected"]
        fill = "bg" if is_hollow else "ink"
        parts.append(plot.dot(end, middle, fill=fill, edge="ink", size=12, thick=2))

        hover = f"{name}, {date_text}: {text}"
        if row["in_doubt"]:
            hover += " (in doubt)"
        marks.append(plot.Group(parts, hover, link=links.get(row["act_id"], "")))
        top += _ROW + _LINE * (len(lines) - 1)

    legend = []
    if (removals["in_doubt"] | removals["expected"]).any():
        legend.append(plot.Key("rule in doubt or expected", "hollow"))
    if (removals["first"] != removals["end"]).any():
        legend.append(plot.Key("day not known", "bar", color="none"))
    drawing = plot.Plot(
        x=x,
        y=plot.Axis(0, top),
        marks=marks,
        high=top,
        margins=(left, 4, 10, 24),
    )
    nearest = removals.iloc[0]
    name = names[nearest["actor"]]
    alt = f"{len(removals)} dates ahead, {nearest['text']} {name}: {nearest['what']}"
    return plot.Chart(alt, drawing, legend=legend)


def _label(date_text: str, text: str, px: float, is_open: bool) -> tuple[list[str], bool]:
    """Return the lines of a label, without its date, and whether it is right of the mark: where it
    fits, or a bar lies left of it (`is_open`), else where there is more room. `px`: where the mark
    is on the narrowest page.
    """
    lead_width = theme.text_width(f"{date_text} ", _SIZE, strong=True)
    width = lead_width + theme.text_width(text, _SIZE)
    room_before = px - _OFF
    room_after = _LEAST - px - _OFF
    is_after = width <= room_after or room_after > room_before
    # Less than 120 px would make a column of single words.
    if is_open and room_after > 120:
        is_after = True

    # The bold date is set before the first line later: spaces that do not break hold its place.
    spaces = round(lead_width / theme.text_width(_SPACE, _SIZE))
    room = room_after if is_after else room_before
    lines = theme.wrapped(_SPACE * spaces + text, _SIZE, room)
    # They stood for the date, which `_label_marks` sets there.
    lines[0] = lines[0].lstrip(_SPACE)
    return lines, is_after


def _label_marks(
    lines: list[str], date_text: str, end: float, middle: float, is_after: bool
) -> list[plot.Text]:
    """Return the lines of a label one below the other, the first behind its date, beside the mark
    at `end`, a number of days.
    """
    anchor = "start" if is_after else "end"
    offset = _OFF if is_after else -_OFF
    lead = date_text
    marks = []
    for line in lines:
        mark = plot.Text(
            end,
            middle,
            line,
            color="ink",
            size=_SIZE,
            anchor=anchor,
            dx=offset,
            lead=lead,
            halo=True,
        )
        marks.append(mark)
        lead = ""
        middle += _LINE
    return marks
