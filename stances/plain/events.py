"""The Events page: the events found, the first of them in a table, and one that is open."""

from __future__ import annotations

from stances import escapes, parameters, words
from stances.answers.events import events_found, nothing_found, score_tag
from stances.finding import events as finding
from stances.markup.event import event_html, event_row, mark, score_of, spread_html
from stances.markup.headline import headline_html
from stances.markup.notices import notice_html
from stances.markup.table import table_html
from stances.model.lifetimes import Ints
from stances.plain.room import room
from stances.plain.view import MODE, View

_MOST = 50
_HEAD = ("Date", "Title", "Actor", "Score", "Domain", "Instrument")


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
        return f'{above}{lead}{_opened(view)}<p class="nothing">{why}</p>'
    return f"{above}{lead}{spread_html(tracker, rows, MODE)}{_opened(view)}{_table(view, rows)}"


def _table(view: View, rows: Ints) -> str:
    """The first of the events found, and how many there are."""
    order = parameters.SORTS[view.values["sort"]].lower()
    lines = [_line(view, place) for place in rows[:_MOST]]
    return table_html(events_found(len(lines), len(rows), order), _HEAD, lines)


def _line(view: View, place: int) -> tuple[str, ...]:
    tracker, codebook = view.tracker, view.tracker.codebook
    row = tracker.event_rows[place]
    score = score_of(row)
    return (
        words.iso_day(tracker.dated[row.event_id]),
        view.link("events", row.title, event=row.event_id),
        escapes.html(tracker.short_names[row.actor]),
        f"{mark(score, MODE)}{escapes.html(score_tag(codebook, score))}",
        escapes.html(codebook.domain_label(row.domain)),
        escapes.html(codebook.instruments[row.instrument].label),
    )


def _opened(view: View) -> str:
    """The event that is open, whatever the filters say."""
    opened = view.values["event"]
    if opened is None or view.embedded:
        return ""
    return event_html(view.tracker, event_row(view.tracker, opened), MODE)
