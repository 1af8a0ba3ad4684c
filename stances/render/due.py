"""The deadlines of acts as a list, with their bars at the places of the chart that comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from stances import escapes, words
from stances.answers.steps import Step, row_lines
from stances.answers.tracker import Tracker
from stances.figures import deadlines as chart
from stances.figures.theme import BOTH
from stances.render.ticks import part_html, ticks_html

_ONE_DAY = timedelta(days=1)
# The measures of the chart, for the style of the page.
_MEASURES = {
    "row": chart.ROW,
    "bar-at": chart.TO_BAR,
    "head": chart.HEAD,
    "top": chart.TOP,
    "bottom": chart.BOTTOM,
    "bar": chart.BAR,
    "mark": chart.MARK,
    "names": chart.NAMES_PX,
    "side": chart.SIDE,
    "letters": chart.LETTERS,
}
_STYLE = f"--passed:{chart.PASSED:.0%};--part:{chart.SPAN:.0%};" + "".join(
    f"--{k}:{px}px;" for k, px in _MEASURES.items()
)


def due_html(tracker: Tracker, steps: Sequence[Step], day: date) -> str:
    """The steps ahead, then those that have passed, in the order of the chart; `day`: the one that
    is marked.
    """
    period = chart.period_around([day, *(d for step in steps for d in (step.start, step.end))])
    parts = "".join(
        f"<section><h3>{chart.GONE if passed else chart.AHEAD}</h3>"
        f"<ol>{''.join(_row(tracker, step, period) for step in group)}</ol></section>"
        for passed, group in groupby(steps, key=lambda step: step.passed)
    )
    today = f'<b style="left:{part_html(period, day)}">{words.day(day)}</b>'
    axis = f'<div class="axis" aria-hidden="true">{ticks_html(period)}{today}</div>'
    return f'<div class="due" style="{_STYLE}"><div>{axis}{parts}</div></div>'


def _row(tracker: Tracker, step: Step, period: tuple[date, date]) -> str:
    """Whose act, until when, and what falls due; its bar from its force to its deadline."""
    start, end = (part_html(period, day) for day in (step.start, step.end))
    until = part_html(period, max(step.first, step.start + _ONE_DAY))
    kinds = list(tracker.codebook.acts.deadline_kind)
    who = escapes.html(tracker.short_names[step.act.actor])
    lines = row_lines(tracker.codebook, step)
    color = BOTH.accent if chart.stands_out(kinds, step.kind) else BOTH.muted
    span = "<i></i>" if step.first < step.end else ""
    marks = f"{chart.mark_of(kinds, step.kind)}{' passed' if step.passed else ''}"
    style = f"--start:{start};--until:{until};--end:{end};color:{color}{_higher(len(lines) - 1)}"
    return (
        f'<li class="{marks}" style="{style}">'
        f"<p>{'<br>'.join([f'<b>{who}</b> {step.told}', *map(escapes.html, lines)])}</p>{span}</li>"
    )


def _higher(lines: int) -> str:
    """The measures of a row that holds so many lines more, for its style."""
    if not lines:
        return ""
    more = lines * chart.LINE
    return f";--more:{more}px;--row:{chart.ROW + more}px;--bar-at:{chart.TO_BAR + more}px"
