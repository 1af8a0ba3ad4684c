"""The Acts page: the register as the filters of the address narrow it, and an act that is open."""

from __future__ import annotations

from typing import Any

from stances import escapes
from stances.answers.acts import (
    act_on,
    acts_listed,
    covers,
    deadlines,
    since,
    status_words,
)
from stances.answers.events import nothing_found
from stances.finding.acts import Found, found, told, without_each
from stances.markup.act import act_html
from stances.markup.blocks import finding_html
from stances.markup.deadlines import due_found, due_legend_html
from stances.markup.grid import ACTS, beside_html, grid_html, not_among_html
from stances.markup.headline import headline_html
from stances.markup.quote import copy_button
from stances.markup.table import rows_of
from stances.plain.due import due_html
from stances.plain.room import room
from stances.plain.view import View

_MOST = 150


def acts_html(view: View) -> str:
    """The whole page."""
    seen = found(view.tracker, view.values)
    lead = headline_html(*told(view.tracker, seen, view.values))
    due = _due(view, seen)
    if view.embedded:
        return f"{lead}{due}"
    body = f"{_register(view, seen)}{due}" if len(seen.rows) else _nothing(view, seen)
    return f"{room(140, 373)}{lead}{beside_html(ACTS, _opened(view, seen), body)}"


def _register(view: View, seen: Found) -> str:
    """The first of the acts found, and how many there are."""
    rows, count = [_line(view, row) for row in rows_of(seen.rows.head(_MOST))], len(seen.rows)
    opened = view.values["act"] is not None and not view.embedded
    table = grid_html(ACTS, "The acts found", rows, ACTS.height(count), count, opened)
    told = acts_listed(len(rows), count, view.values["by"])
    return f'{table}<p class="small">{escapes.html(told)}</p>'


def _line(view: View, row: Any) -> tuple[str, ...]:
    codebook = view.tracker.codebook
    return (
        escapes.html(view.tracker.short_names[row.actor]),
        view.link("acts", row.name, act=row.act_id),
        escapes.html(status_words(row.status, row.deadline_passed)),
        escapes.html(since(row)),
        escapes.html(row.deadline or ""),
        escapes.html(row.obligation),
        escapes.html(covers(codebook, row)),
        escapes.html(codebook.acts.aim[row.aim]),
    )


def _due(view: View, seen: Found) -> str:
    """What the deadlines of the acts found come to, and each of them."""
    tracker, told = view.tracker, deadlines(view.tracker.codebook, seen.rows)
    if not told:
        return ""
    copied = f'<p class="taken">{copy_button("")}</p>'
    return (
        f"{finding_html(*due_found(tracker, seen, told))}{copied}{due_legend_html(told)}"
        f"{due_html(tracker, told, seen.day)}"
    )


def _nothing(view: View, seen: Found) -> str:
    why = nothing_found(without_each(view.tracker, seen), "act")
    return f'<p class="nothing">{escapes.html(why)}</p>'


def _opened(view: View, seen: Found) -> str:
    """The act that is open, whatever the filters say."""
    opened = view.values["act"]
    if opened is None:
        return ""
    row = act_on(view.tracker.data, view.day, opened)
    apart = "" if opened in set(seen.rows["act_id"]) else not_among_html("act")
    return f"{apart}{act_html(view.tracker, row, view.day, view.domain)}"
