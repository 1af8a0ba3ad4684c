"""The Acts page: the register as the filters of the address narrow it, and an act that is open."""

from __future__ import annotations

from stances import escapes
from stances.answers.acts import act_on
from stances.answers.events import nothing_found
from stances.charts.deadlines import deadline_keys
from stances.finding.acts import Found, found, steps_found, told, without_each
from stances.links.view import View
from stances.markup.act import act_html
from stances.markup.blocks import beside_html, finding_html, not_among_html
from stances.markup.deadlines import due_files_html, due_found
from stances.markup.headline import headline_html
from stances.markup.legend import keys_html
from stances.markup.quote import copy_button
from stances.render.due import due_html
from stances.render.room import room
from stances.tables.acts import acts_rows_html
from stances.tables.table import place_of


def acts_html(view: View) -> str:
    """The whole page."""
    seen = found(view.tracker, view.values)
    lead = headline_html(*told(view.tracker, seen, view.values))
    due = _due(view, seen)
    if view.embedded:
        return f"{lead}{due}"
    if not len(seen.rows):
        body = _nothing(view, seen)
    else:
        table = acts_rows_html(view.tracker, seen.rows, seen.day, view.values, place_of(view))
        # Where the file of the rows will be offered.
        body = f"{table}{room(56, 56)}{due}"
    return f"{room(140, 373)}{lead}{beside_html(_opened(view, seen), body)}"


def _due(view: View, seen: Found) -> str:
    """What the deadlines of the acts found come to, and each of them."""
    tracker, steps = view.tracker, steps_found(view.tracker, seen)
    if not steps:
        return ""
    files = "" if view.embedded else due_files_html(seen)
    copied = f'<p class="taken">{copy_button("")}{files}</p>'
    return (
        f"{finding_html(*due_found(tracker, seen, steps))}{copied}"
        f"{keys_html(deadline_keys(tracker, steps))}{due_html(tracker, steps, seen.day)}"
    )


def _nothing(view: View, seen: Found) -> str:
    why = nothing_found(without_each(view.tracker, seen), "rule")
    return f'<p class="nothing">{escapes.html(why)}</p>'


def _opened(view: View, seen: Found) -> str:
    """The act that is open, whatever the filters say."""
    opened = view.values["act"]
    if opened is None:
        return ""
    row = act_on(view.tracker.data, view.day, opened)
    apart = "" if opened in set(seen.rows["act_id"]) else not_among_html("rule")
    return f"{apart}{act_html(view.tracker, row, view.day, view.domain)}"
