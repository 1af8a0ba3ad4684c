"""The Events page: the events found, a hundred of them in a table, and one that is open."""

from __future__ import annotations

from stances import escapes
from stances.answers.events import nothing_found
from stances.finding import events as finding
from stances.links.view import View
from stances.markup.blocks import beside_html, not_among_html
from stances.markup.event import event_html, event_row, spread_html
from stances.markup.headline import headline_html
from stances.markup.notices import notice_html
from stances.model.lifetimes import Ints
from stances.render.room import room
from stances.render.style import MODE
from stances.tables.events import events_rows_html
from stances.tables.table import place_of


def events_html(view: View) -> str:
    """The whole page."""
    tracker, values = view.tracker, view.values
    days, wrong = finding.period(tracker, values)
    search = finding.search_of(tracker, values, days)
    rows = tracker.find(search.query, values["sort"])
    found, shown, members = finding.told(tracker, search, rows, values)
    lead = headline_html(found, shown, *members)
    above = f"{notice_html(wrong) if wrong else ''}{'' if view.embedded else room(140, 295)}"
    if not len(rows):
        why = escapes.html(nothing_found(finding.without_each(tracker, search)))
        nothing = f'<p class="nothing">{why}</p>'
        return f"{above}{lead}{beside_html(_opened(view, rows), nothing)}"
    table = events_rows_html(tracker, rows, values, place_of(view), MODE)
    body = beside_html(_opened(view, rows), table)
    return f"{above}{lead}{spread_html(tracker, rows, MODE)}{body}"


def _opened(view: View, rows: Ints) -> str:
    """The event that is open, whatever the filters say."""
    opened = view.values["event"]
    if opened is None or view.embedded:
        return ""
    ids = view.tracker.event_columns["event_id"][rows]
    apart = "" if opened in ids else not_among_html("event")
    return f"{apart}{event_html(view.tracker, event_row(view.tracker, opened), MODE)}"
