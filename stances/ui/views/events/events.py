"""The page of events: search and filters, what they find as a table, and one event in full."""

from __future__ import annotations

import streamlit as st

from stances import words
from stances.answers.event_file import events_csv
from stances.answers.events import EVENT_FILTERS, SORTS, score_option
from stances.answers.tracker import Tracker
from stances.dataset.descriptions import file_stem
from stances.filters.events import FILTERS
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.model.lifetimes import Ints
from stances.pages.block import Block
from stances.pages.events import blocks_of, matches
from stances.render.html import block_html
from stances.ui import url
from stances.ui.parts.blocks import Live, close_button, draw, draw_blocks, reveal
from stances.ui.parts.choices import (
    bind_control,
    choice,
    choice_of_day,
    choice_of_many,
    choice_of_several,
    clear_all,
    clear_filters,
    search_box,
)
from stances.ui.parts.download import download
from stances.ui.session import current_view

# How wide the filters are that are folded away until they are asked for, where not as others.
_WIDE = {"scores": 1.7, "confidence": 1.2}
_PREVIOUS, _NEXT = ":material/arrow_back:", ":material/arrow_forward:"


def page() -> None:
    """Draw the page for the state in the address."""
    view = current_view("events")
    search, rows = matches(view)
    live: Live = {
        "controls": lambda _: _controls(view.tracker),
        "rows": lambda _: _rows(view, rows),
        "clear": lambda _: clear_all(view.tracker, "events", FILTERS),
        "event": lambda block: _event(view, rows, block),
    }
    draw_blocks(blocks_of(view, search, rows), live)
    if not view.embedded:
        reveal(view["event"])


def _controls(tracker: Tracker) -> None:
    with st.container(key="event-controls"):
        wording, who, start, order = st.columns(
            [2.2, 2.2, 1.1, 1.2], vertical_alignment="bottom", gap="medium"
        )
    with wording:
        search_box("Words, names, sources, a year")
    with who:
        choice_of_several(tracker, "who")
    with start:
        choice_of_day(tracker, "from")
    with order:
        choice_of_many(tracker, "sort", labels=SORTS)
    more = sum(not url.is_default(tracker, name) for name in EVENT_FILTERS)
    with st.expander(f"More filters ({more} set)" if more else "More filters", key="more-filters"):
        _more_controls(tracker)


def _more_controls(tracker: Tracker) -> None:
    columns = st.columns([_WIDE.get(name, 1.5) for name in EVENT_FILTERS], gap="medium")
    for column, name in zip(columns, EVENT_FILTERS, strict=True):
        with column:
            _DRAWN.get(name, choice)(tracker, name)


def _scores(tracker: Tracker, name: str) -> None:
    codebook = tracker.codebook
    st.select_slider(
        PARAMETERS[name].label,
        list(codebook.scale.levels),
        # Only says that it has two ends; where they stand is in the session.
        (codebook.scale.min, codebook.scale.max),
        format_func=lambda score: score_option(codebook, score),
        **bind_control(name),
    )


def _confidences(tracker: Tracker, name: str) -> None:
    st.pills(
        PARAMETERS[name].label,
        list(tracker.codebook.model.tolerance),
        selection_mode="multi",
        format_func=str.capitalize,
        **bind_control(name),
    )


# The filters that are drawn in a way of their own.
_DRAWN = {"scores": _scores, "confidence": _confidences}


def _rows(view: View, rows: Ints) -> None:
    """Draw the file of all events found, what takes the filters off, and the way into the first."""
    tracker = view.tracker
    with st.container(horizontal=True, gap="small"):
        _download(tracker, rows)
        clear_filters(tracker, "events", FILTERS)
        if view["event"] is None:
            first = tracker.event_columns["event_id"][rows[0]]
            _step("Read one by one", first, "event-first", _NEXT)


def _download(tracker: Tracker, rows: Ints) -> None:
    ids = tracker.event_columns["event_id"]
    download(
        f"{words.plural(len(rows), 'event', start=True)} as CSV",
        lambda: events_csv(tracker, ids[rows].tolist()),
        f"{file_stem(tracker.data)}_{len(rows)}-events.csv",
        "events-csv",
    )


def _event(view: View, rows: Ints, block: Block) -> None:
    """Draw the event that is open, under what leads to those beside it in the list."""
    opened, ids = view["event"], view.tracker.event_columns["event_id"][rows].tolist()
    with st.container(key="event", gap="small"):
        with st.container(horizontal=True, gap="small", key="event-head"):
            if opened in ids:
                place = ids.index(opened)
                _step("Previous", ids[place - 1] if place else None, "event-previous", _PREVIOUS)
                following = ids[place + 1] if place + 1 < len(ids) else None
                _step("Next", following, "event-next", _NEXT)
            close_button("event")
        draw(block_html(block), width="content")


def _step(label: str, event_id: str | None, key: str, icon: str) -> None:
    """Draw a button to another event; without one it is dead."""
    st.button(
        label,
        key=key,
        on_click=url.put,
        args=("event", event_id),
        disabled=event_id is None,
        type="tertiary",
        icon=icon,
    )


page()
