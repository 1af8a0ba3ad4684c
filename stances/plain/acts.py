"""The Acts page: the register as the filters of the address narrow it, and an act that is open."""

from __future__ import annotations

from typing import Any

from stances import escapes
from stances.answers.acts import act_on, deadlines, deadlines_headline, since, status_words
from stances.answers.events import nothing_found
from stances.dataset.codebook import OVERALL
from stances.finding.acts import Found, found, told, without_each
from stances.markup.act import act_html
from stances.markup.headline import headline_html
from stances.markup.table import rows_of, table_html
from stances.plain.room import room
from stances.plain.view import View

_MOST = 150
_HEAD = ("Actor", "Act", "Status", "In force since", "Deadline", "Obligation")


def acts_html(view: View) -> str:
    """The whole page."""
    seen = found(view.tracker, view.values)
    lead = headline_html(*told(view.tracker, seen, view.values))
    due = _due(view, seen)
    if view.embedded:
        return f"{lead}{due}{_register(view, seen)}"
    body = _register(view, seen) if len(seen.rows) else _nothing(view, seen)
    return f"{room(140, 373)}{lead}{_opened(view)}{body}{due}"


def _register(view: View, seen: Found) -> str:
    rows = [_line(view, row) for row in rows_of(seen.rows.head(_MOST))]
    more = len(seen.rows) - len(rows)
    rest = f"; {more:,} more are in the file of acts" if more else ""
    return table_html(f"The acts found{rest}", _HEAD, rows)


def _line(view: View, row: Any) -> tuple[str, ...]:
    return (
        escapes.html(view.tracker.short_names[row.actor]),
        view.link("acts", row.name, act=row.act_id),
        escapes.html(status_words(row.status, row.deadline_passed)),
        escapes.html(since(row)),
        escapes.html(row.deadline or ""),
        escapes.html(row.obligation),
    )


def _due(view: View, seen: Found) -> str:
    """What the deadlines of the acts found come to."""
    due = deadlines(view.tracker.codebook, seen.rows)
    if not due:
        return ""
    among = seen.query.narrowed or seen.query.domain != OVERALL
    sentence = deadlines_headline(view.tracker.codebook, due, view.tracker.names, seen.group, among)
    return f'<h2 class="finding">{escapes.html(sentence)}</h2>'


def _nothing(view: View, seen: Found) -> str:
    why = nothing_found(without_each(view.tracker, seen), "act")
    return f'<p class="nothing">{escapes.html(why)}</p>'


def _opened(view: View) -> str:
    """The act that is open, whatever the filters say."""
    opened = view.values["act"]
    if opened is None:
        return ""
    row = act_on(view.tracker.data, view.day, opened)
    return act_html(view.tracker, row, view.day, view.domain)
