"""The Events page: the events found, the first of them in a table, and one that is open."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances import escapes, parameters, words
from stances.answers.backing import backed_by
from stances.answers.events import events_found, nothing_found, score_tag, weak_legend
from stances.finding import events as finding
from stances.markup.event import event_html, event_row, mark, score_of, spread_html
from stances.markup.grid import (
    EVENTS,
    PLAIN_PX,
    beside_html,
    grid_html,
    not_among_html,
)
from stances.markup.headline import headline_html
from stances.markup.notices import notice_html
from stances.model.lifetimes import Ints
from stances.plain.room import room
from stances.plain.view import MODE, View

_MOST = 50
_SOURCES = 5


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
        return f"{above}{lead}{beside_html(EVENTS, _opened(view, rows), nothing)}"
    body = beside_html(EVENTS, _opened(view, rows), _table(view, rows))
    return f"{above}{lead}{spread_html(tracker, rows, MODE)}{body}"


def _table(view: View, rows: Ints) -> str:
    """The first of the events found, and how many there are."""
    shown, count, opened = rows[:_MOST], len(rows), _is_open(view)
    table = grid_html(
        EVENTS,
        "The events found",
        [_line(view, place) for place in shown],
        PLAIN_PX if view.embedded else EVENTS.height(count),
        0 if view.embedded else count,
        opened,
        numbers=(_SOURCES,),
        marked=np.flatnonzero(_ids(view, shown) == view.values["event"]) if opened else (),
    )
    return f"{table}{_below(view, rows)}"


def _ids(view: View, rows: Ints) -> NDArray[Any]:
    return view.tracker.event_columns["event_id"][rows]


def _below(view: View, rows: Ints) -> str:
    """How many there are, and what a mark in the table means."""
    order = parameters.SORTS[view.values["sort"]].lower()
    told = events_found(len(rows[:_MOST]), len(rows), order)
    if not view.tracker.weakly_sourced.isdisjoint(_ids(view, rows[:_MOST])):
        told = f"{told} {weak_legend(view.tracker.codebook)}"
    return f'<p class="small">{escapes.html(told)}</p>'


def _line(view: View, place: int) -> tuple[str, ...]:
    tracker, codebook = view.tracker, view.tracker.codebook
    row = tracker.event_rows[place]
    score = score_of(row)
    return (
        words.iso_day(tracker.dated[row.event_id]),
        view.link("events", row.title, event=row.event_id),
        escapes.html(tracker.short_names[row.actor]),
        mark(score, MODE),
        escapes.html(score_tag(codebook, score)),
        escapes.html(backed_by(tracker, row.event_id)),
        escapes.html(codebook.domain_label(row.domain)),
        escapes.html(codebook.instruments[row.instrument].label),
        escapes.html(row.confidence.capitalize()),
    )


def _opened(view: View, rows: Ints) -> str:
    """The event that is open, whatever the filters say."""
    if not _is_open(view):
        return ""
    opened = view.values["event"]
    apart = "" if opened in _ids(view, rows) else not_among_html("event")
    return f"{apart}{event_html(view.tracker, event_row(view.tracker, opened), MODE)}"


def _is_open(view: View) -> bool:
    return view.values["event"] is not None and not view.embedded
