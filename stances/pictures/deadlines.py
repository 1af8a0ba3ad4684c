"""The deadlines of acts as a picture: what the Acts page draws under its register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from stances import words
from stances.answers.acts import (
    Deadline,
    acts_headline,
    deadlines,
    deadlines_headline,
    deadlines_subtitle,
    find_acts,
    since,
)
from stances.answers.tracker import Tracker
from stances.dataset.schema import REMOVAL
from stances.figures.deadlines import period_around
from stances.parameters import act_filters, act_query, group_of
from stances.pictures.asked import AskedPicture
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box, in_words
from stances.pictures.letters import STRONG, cut, width
from stances.pictures.plot import Plot, days_below

_KEY, _AXIS, _LEAST_ROW, _MOST_ROW = 30, 28, 19, 34
# Whose act, until when, and its name, from the left edge on; then the bars.
_DATE, _NAME, _BARS = 124, 228, 520
_LETTERS, _SMALL, _HALF_BAR, _MARK = 15, 14, 3.5, 5.5
_PASSED = 0.4


def draw_deadlines(asked: AskedPicture) -> Canvas:
    """The deadlines of the acts that the page finds, as many as have room."""
    tracker, view = asked.tracker, asked.view
    codebook, query = tracker.codebook, act_query(tracker.data, view)
    rows = find_acts(tracker.data, asked.day, query)
    group, told = group_of(tracker, view["who"]), deadlines(codebook, rows)
    named = [] if group else [tracker.names[code] for code in view["who"]]
    counts = len(rows), rows["actor"].nunique()
    found = acts_headline(codebook, query, counts, group, named)
    if not told:
        canvas, box = asked.sheet(found, f"On {words.day(asked.day)}.")
        in_words(canvas, box, _none_due(len(rows)), _in_short(tracker, rows))
        return canvas
    title = deadlines_headline(codebook, told, tracker.names, group)
    narrowed = "; ".join([found, *act_filters(codebook, query).values()])
    canvas, box = asked.sheet(title, f"{narrowed}.", deadlines_subtitle(told, asked.day))
    _draw(canvas, box, asked, told)
    return canvas


def _none_due(acts: int) -> str:
    """That none of so many acts sets a date; what has ended sets none any more."""
    count = words.plural(acts, "act", start=True)
    return f"{count}, and no date falls due" if acts else "No act, so no date falls due"


def _in_short(tracker: Tracker, rows: pd.DataFrame) -> list[str]:
    """Whose act each is, what it is called, and from when on it binds."""
    acts: Iterable[Any] = rows.itertuples(index=False)
    return [
        f"{tracker.short_names[act.actor]}: {act.name}, {words.short_day(words.dated(since(act)))}"
        for act in acts
    ]


def _draw(canvas: Canvas, box: Box, asked: AskedPicture, told: Sequence[Deadline]) -> None:
    """A row for each deadline under the heading of its kind, over one axis of time."""
    tracker, look = asked.tracker, canvas.look
    body = Box(box.x, box.y + _KEY, box.width, box.height - _KEY - _AXIS)
    rows = _rows(told, int(body.height / _LEAST_ROW))
    high = min(_MOST_ROW, body.height / len(rows))
    body = body._replace(height=high * len(rows))
    period = period_around([asked.day, *(d for each in told for d in (each.start, each.end))])
    plot = Plot(body.cut_left(_BARS), period, range(1))
    days_below(canvas, plot, grid=True)
    _today(canvas, plot, asked)
    for number, row in enumerate(rows):
        base = body.y + high * (number + 0.5) + _LETTERS * 0.34
        if isinstance(row, Deadline):
            _deadline(canvas, plot, tracker, row, base)
            continue
        kinds = tracker.codebook.acts.deadline_kind
        heading = cut(kinds.get(row, row), _SMALL, _BARS - 24, STRONG)
        canvas.text(body.x, base, heading, _SMALL, look.muted, STRONG)
    _key(canvas, box)


def _rows(told: Sequence[Deadline], room: int) -> list[Deadline | str]:
    """The rows from the top down: headings as codes of their kinds, deadlines, and in the end how
    many have no room.
    """
    rows: list[Deadline | str] = []
    for shown, each in enumerate(told):
        kind = each.act.deadline_kind
        new = not rows or kind != told[shown - 1].act.deadline_kind
        unseen = len(told) - shown
        if room - len(rows) - (unseen > 1) < 1 + new:
            return [*rows, f"and {words.number(unseen)} more"]
        rows += [kind, each] if new else [each]
    return rows


def _deadline(canvas: Canvas, plot: Plot, tracker: Tracker, row: Deadline, base: float) -> None:
    """Whose act, until when, which one; a bar from its force to its deadline, a diamond there."""
    look, x, y = canvas.look, plot.box.x - _BARS, base - _LETTERS * 0.34
    who = cut(tracker.short_names[row.act.actor], _LETTERS, _DATE - 10, STRONG)
    canvas.text(x, base, who, _LETTERS, weight=STRONG)
    ends = words.short_day(words.dated(row.act.deadline))
    canvas.text(x + _DATE, base, ends, _LETTERS)
    name = cut(row.act.name, _SMALL, _BARS - _NAME - 24)
    canvas.text(x + _NAME, base, name, _SMALL, look.muted)
    color = look.accent if row.act.deadline_kind == REMOVAL else look.muted
    start, end = plot.x(row.start), plot.x(row.end)
    opacity = _PASSED if row.passed else None
    canvas.rect(
        start, y - _HALF_BAR, max(end - start, 1), 2 * _HALF_BAR, fill=color, fill_opacity=opacity
    )
    canvas.diamond(end, y, _MARK, color, row.passed)


def _today(canvas: Canvas, plot: Plot, asked: AskedPicture) -> None:
    """A line at the day, which is told over it."""
    x, look, told = plot.x(asked.day), canvas.look, words.day(asked.day)
    canvas.line(x, plot.box.y - 4, x, plot.box.bottom, stroke=look.ink, stroke_dasharray="2 3")
    half = width(told, _SMALL, STRONG) / 2
    middle = min(max(x, plot.box.x + half), plot.box.right - half)
    canvas.text(middle, plot.box.y - 9, told, _SMALL, weight=STRONG, anchor="middle")


def _key(canvas: Canvas, box: Box) -> None:
    """What the marks mean."""
    x, base, look = box.x, box.y + _SMALL * 0.86, canvas.look
    for hollow, told in ((False, "deadline ahead"), (True, "deadline passed, act still in force")):
        canvas.diamond(x + _MARK, base - _SMALL * 0.34, _MARK, look.accent, hollow)
        canvas.text(x + 2 * _MARK + 8, base, told, _SMALL, look.muted)
        x += 2 * _MARK + 8 + width(told, _SMALL) + 24
