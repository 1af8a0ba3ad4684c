"""The deadlines of acts as a picture: what the Acts page draws under its register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from stances import words
from stances.answers.acts import BY_NAME, since
from stances.answers.steps import (
    Step,
    deadlines_headline,
    deadlines_subtitle,
    reserved_words,
    step_counts,
)
from stances.answers.tracker import Tracker
from stances.charts.deadlines import deadline_keys
from stances.figures.deadlines import AHEAD, GONE, SPAN, mark_of, period_around, stands_out
from stances.figures.history import time_axis
from stances.filters.acts import (
    ActMatches,
    act_filters,
    act_matches,
    acts_words,
    akin_words,
    step_matches,
    steps_to_come,
)
from stances.pictures.axes import Axis
from stances.pictures.canvas import Canvas
from stances.pictures.charts import KEY_ROW, draw_legend, key_rows
from stances.pictures.figure import draw_days
from stances.pictures.frame import Box, in_words
from stances.pictures.letters import STRONG, cut, cut_start, lines, width
from stances.pictures.request import PictureRequest

# Under the key, for the day; for the axis; and for each row.
_DAY, _AXIS, _LEAST_ROW, _MOST_ROW = 18, 28, 19, 38
# Whose act, until when, and what falls due, from the left edge on; then the bars, which leave what
# falls due as much room as it needs, up to so much.
_DATE, _NAME, _LEAST_WHAT, _MOST_WHAT, _GAP = 124, 228, 338, 560, 24
_LETTERS, _SMALL, _HALF_BAR, _MARK = 15, 14, 3.5, 5.5
# From one line of what falls due to the next; a row that is as high as both has room for two.
_FURTHER = 14.5
_PASSED = 0.4
# Of what stands below all.
_NOTE_LINES, _NOTE_LINE = 3, 19


def draw_deadlines(request: PictureRequest) -> Canvas:
    """Return the deadlines of the acts that the page finds, as many as have room."""
    tracker, view = request.tracker, request.view
    matches = act_matches(tracker, view.but(by=BY_NAME).values)
    codebook, rows, steps = tracker.codebook, matches.rows, step_matches(tracker, matches)
    named = [] if matches.group else [tracker.names[code] for code in view["who"]]
    acts = acts_words(tracker, matches, named, {})
    filters, note = act_filters(codebook, matches.query).values(), akin_words(tracker, matches)
    if not steps:
        subtitle = "; ".join([f"On {words.day(request.day)}", *filters])
        canvas, box = request.sheet(acts, f"{subtitle}.")
        box = _above_note(canvas, box, note)
        in_words(canvas, box, _none_due(len(rows), matches), _in_short(tracker, rows))
        return canvas
    unlisted = steps_to_come(tracker, matches)
    title = deadlines_headline(tracker, steps, matches.day, matches.group, unlisted)
    narrowed = "; ".join([acts, *filters])
    subtitle = deadlines_subtitle(steps, request.day, matches.period)
    canvas, box = request.sheet(title, f"{narrowed}.", subtitle)
    _draw(canvas, _above_note(canvas, box, note), request, steps)
    return canvas


def _above_note(canvas: Canvas, box: Box, note: str) -> Box:
    """Write what is not drawn below all; what is left above it."""
    if not note:
        return box
    rows = lines(note, _LETTERS, box.width, most=_NOTE_LINES)
    above = box._replace(height=box.height - _NOTE_LINE * len(rows) - _DAY / 2)
    for number, row in enumerate(rows):
        canvas.text(box.x, above.bottom + _DAY + number * _NOTE_LINE, row, _LETTERS)
    canvas.add_words(note)
    return above


def _none_due(acts: int, matches: ActMatches) -> str:
    """Return that none of so many acts sets a date; what has ended sets none any more."""
    if not acts and matches.query.narrowed:
        return "No act fits the filters, so no such date falls due"
    count = words.plural(acts, "act", start=True)
    return f"{count}, and no date falls due" if acts else "No act, so no date falls due"


def _in_short(tracker: Tracker, rows: pd.DataFrame) -> list[str]:
    """Say whose act each is, what it is called, and from when on it binds."""
    acts: Iterable[Any] = rows.itertuples(index=False)
    return [
        f"{tracker.short_names[act.actor]}: {act.name}, {words.short_day(words.dated(since(act)))}"
        for act in acts
    ]


def _draw(canvas: Canvas, box: Box, request: PictureRequest, steps: Sequence[Step]) -> None:
    """Draw a row for each step, what is ahead before what has passed, over one axis of time."""
    tracker, palette = request.tracker, canvas.palette
    whole = box.cut_top(KEY_ROW * len(key_rows(deadline_keys(tracker, steps), box.width)) + _DAY)
    body = whole._replace(height=whole.height - _AXIS)
    rows = _rows(steps, int(body.height / _LEAST_ROW))
    high = min(_MOST_ROW, body.height / len(rows))
    body = body._replace(height=high * len(rows))
    drawn = [row for row in rows if isinstance(row, Step)]
    period = period_around([request.day, *(d for step in drawn for d in (step.start, step.end))])
    texts = [reserved_words(tracker.codebook, step) for step in drawn]
    space = min(max([_LEAST_WHAT, *(width(text, _SMALL) for text in texts)]), _MOST_WHAT)
    plot = body.cut_left(_NAME + space + _GAP)
    days = draw_days(
        canvas, plot, time_axis(palette, period) | {"showgrid": True, "gridcolor": palette.grid}
    )
    _today(canvas, plot, days, request)
    whats = iter(_whats(drawn, texts, space, 2 if high >= 2.1 * _FURTHER else 1))
    for number, row in enumerate(rows):
        base = body.y + high * (number + 0.5) + _LETTERS * 0.34
        if isinstance(row, Step):
            _step(canvas, days, tracker, row, next(whats), body.x, base)
        else:
            canvas.text(body.x, base, row, _SMALL, palette.muted, STRONG)
    keys = deadline_keys(tracker, drawn)
    draw_legend(canvas, box, key_rows(keys, box.width))


def _rows(steps: Sequence[Step], space: int) -> list[Step | str]:
    """Return the rows from the top down: headings, steps, and in the end how many have no room, of
    those ahead and of those that have passed.
    """
    rows: list[Step | str] = []
    for place, step in enumerate(steps):
        new = not rows or step.passed != steps[place - 1].passed
        unseen = steps[place:]
        if space - len(rows) - (len(unseen) > 1) < 1 + new:
            return [*rows, _unseen_words(unseen)]
        rows += [GONE if step.passed else AHEAD, step] if new else [step]
    return rows


def _unseen_words(steps: Sequence[Step]) -> str:
    passed = step_counts(steps).passed
    counts = [(len(steps) - passed, "ahead"), (passed, "passed")]
    return f"and {', '.join(f'{words.number(n)} more {what}' for n, what in counts if n)}"


def _whats(steps: Sequence[Step], texts: Sequence[str], space: float, most: int) -> list[list[str]]:
    """Return what falls due at each step in at most so many lines; where that has no room, so that
    no two of an actor read alike.
    """
    rows = [lines(text, _SMALL, space, most=most) for text in texts]
    alike = Counter((step.act.actor, *row) for step, row in zip(steps, rows, strict=True))
    return [
        [cut_start(text, _SMALL, space)] if alike[step.act.actor, *row] > 1 else row
        for step, row, text in zip(steps, rows, texts, strict=True)
    ]


def _step(
    canvas: Canvas,
    days: Axis,
    tracker: Tracker,
    row: Step,
    what: Sequence[str],
    x: float,
    base: float,
) -> None:
    """Draw whose act it is, until when, what falls due; a bar up to its deadline, a mark there."""
    palette, y = canvas.palette, base - _LETTERS * 0.34
    who = cut(tracker.short_names[row.act.actor], _LETTERS, _DATE - 10, STRONG)
    canvas.text(x, base, who, _LETTERS, weight=STRONG)
    ends = words.short_day(words.dated(row.deadline))
    canvas.text(x + _DATE, base, ends, _LETTERS)
    first = base - _FURTHER * (len(what) - 1) / 2
    for number, line in enumerate(what):
        canvas.text(x + _NAME, first + number * _FURTHER, line, _SMALL, palette.muted)
    kinds = list(tracker.codebook.acts.deadline_kind)
    color = palette.accent if stands_out(kinds, row.kind) else palette.muted
    start, first, end = map(days.at, (row.start, max(row.first, row.start), row.end))
    _bar(canvas, start, first, y, color, _PASSED if row.passed else None)
    if row.first < row.end:
        _bar(canvas, first, end, y, color, SPAN)
    canvas.mark(mark_of(kinds, row.kind), end, y, _MARK, color, row.passed)


def _bar(
    canvas: Canvas, start: float, end: float, y: float, color: str, opacity: float | None
) -> None:
    wide = max(end - start, 1)
    canvas.rect(start, y - _HALF_BAR, wide, 2 * _HALF_BAR, fill=color, fill_opacity=opacity)


def _today(canvas: Canvas, plot: Box, days: Axis, request: PictureRequest) -> None:
    """Draw a line at the day, which is told over it."""
    x, palette, text = days.at(request.day), canvas.palette, words.day(request.day)
    canvas.line(x, plot.y - 4, x, plot.bottom, stroke=palette.ink, stroke_dasharray="2 3")
    half = width(text, _SMALL, STRONG) / 2
    middle = min(max(x, plot.x + half), plot.right - half)
    canvas.text(middle, plot.y - 9, text, _SMALL, weight=STRONG, anchor="middle")
