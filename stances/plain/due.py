"""The deadlines of acts as a list, with their bars at the places of the chart that comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from stances import escapes, words
from stances.answers.acts import Deadline
from stances.answers.tracker import Tracker
from stances.dataset.schema import REMOVAL
from stances.figures import deadlines as chart
from stances.figures.theme import BOTH
from stances.plain.ticks import part_html, ticks_html

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
_STYLE = f"--passed:{chart.PASSED:.0%};" + "".join(f"--{k}:{px}px;" for k, px in _MEASURES.items())


def due_html(tracker: Tracker, told: Sequence[Deadline], day: date) -> str:
    """The deadlines by their kinds, in the order of the chart; `day`: the one that is marked."""
    period = chart.period_around([day, *(d for each in told for d in (each.start, each.end))])
    kinds = tracker.codebook.acts.deadline_kind
    parts = "".join(
        f'<section style="color:{BOTH.accent if kind == REMOVAL else BOTH.muted}">'
        f"<h3>{escapes.html(kinds[kind])}</h3>"
        f"<ol>{''.join(_row(tracker, each, period) for each in group)}</ol></section>"
        for kind, group in groupby(told, key=lambda each: each.act.deadline_kind)
    )
    today = f'<b style="left:{part_html(period, day)}">{words.day(day)}</b>'
    axis = f'<div class="axis" aria-hidden="true">{ticks_html(period)}{today}</div>'
    return f'<div class="due" style="{_STYLE}"><div>{axis}{parts}</div></div>'


def _row(tracker: Tracker, each: Deadline, period: tuple[date, date]) -> str:
    """Whose act, until when, and which; its bar from its force to its deadline."""
    start, end = (part_html(period, day) for day in (each.start, each.end))
    until = part_html(period, max(each.end, each.start + _ONE_DAY))
    who = escapes.html(tracker.short_names[each.act.actor])
    kind = ' class="passed"' if each.passed else ""
    return (
        f'<li{kind} style="--start:{start};--until:{until};--end:{end}">'
        f"<p><b>{who}</b> {each.told}<br>{escapes.html(each.act.name)}</p></li>"
    )
