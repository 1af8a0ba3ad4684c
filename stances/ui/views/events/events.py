"""The page of events: search and filters, what they find as a table, and one event in full."""

from __future__ import annotations

from datetime import date

import streamlit as st

from stances import escapes, words
from stances.answers.events import (
    LONGEST_SEARCH,
    nothing_found,
    score_option,
)
from stances.answers.files import events_csv
from stances.answers.tracker import Tracker
from stances.dataset.descriptions import file_stem
from stances.finding import events as finding
from stances.finding.events import Search
from stances.links import parameters
from stances.markup.blocks import not_among_html
from stances.markup.event import event_html, event_row, spread_html
from stances.markup.headline import found_html
from stances.model.lifetimes import Ints
from stances.tables.events import events_rows_html
from stances.ui import url
from stances.ui.pages import page_of
from stances.ui.parts.download import download
from stances.ui.parts.embed import compact
from stances.ui.parts.event import close_button, reveal
from stances.ui.parts.filters import clear, is_default
from stances.ui.parts.kept import (
    choice_of_day,
    choice_of_few,
    choice_of_many,
    choice_of_several,
    kept,
)
from stances.ui.parts.notices import notice
from stances.ui.parts.table import place
from stances.ui.session import current

# The filters that are folded away until they are asked for.
_MORE = ("instruments", "scores", "confidence", "counted")
_PREVIOUS, _NEXT = ":material/arrow_back:", ":material/arrow_forward:"


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    if not compact():
        _controls(tracker)
    search = finding.search_of(tracker, url.values(), _period(tracker))
    rows = tracker.find(search.query, url.get("sort"))
    _headline(tracker, search, rows, mode)
    if compact():
        _table(tracker, rows, mode)
        return
    # Without an event that is open the table has the whole width.
    left, *right = st.columns([1] if url.get("event") is None else [2, 1], gap="medium")
    with left:
        if len(rows):
            _table(tracker, rows, mode)
        else:
            _nothing(tracker, search)
    for beside in right:
        with beside, st.container(key="event", gap="small"):
            _event(tracker, rows, mode)
    reveal(url.get("event"))


def _period(tracker: Tracker) -> tuple[date, date]:
    days, wrong = finding.period(tracker, url.values())
    if wrong:
        notice(wrong)
    return days


def _controls(tracker: Tracker) -> None:
    with st.container(key="event-controls"):
        wording, who, start, order = st.columns(
            [2.2, 2.2, 1.1, 1.2], vertical_alignment="bottom", gap="medium"
        )
    with wording:
        st.text_input(
            "Search",
            max_chars=LONGEST_SEARCH,
            type="search",
            placeholder="Words in title, summary, speaker",
            live=True,
            **kept("q"),
        )
    with who:
        choice_of_several(tracker, "who")
    with start:
        choice_of_day(tracker, "from")
    with order:
        choice_of_many(tracker, "sort", labels=parameters.SORTS)
    more = sum(not is_default(tracker, name) for name in _MORE)
    with st.expander(f"More filters ({more} set)" if more else "More filters", key="more-filters"):
        _more_controls(tracker)


def _more_controls(tracker: Tracker) -> None:
    codebook = tracker.codebook
    instruments, scores, confidence, counted = st.columns([1.5, 1.7, 1.2, 1.5], gap="medium")
    with instruments:
        choice_of_several(tracker, "instruments")
    with scores:
        st.select_slider(
            "Level or position",
            list(codebook.scale.levels),
            # Only says that it has two ends; where they stand is in the session.
            (codebook.scale.min, codebook.scale.max),
            format_func=lambda score: score_option(codebook, score),
            **kept("scores"),
        )
    with confidence:
        st.pills(
            "Confidence",
            list(codebook.model.tolerance),
            selection_mode="multi",
            format_func=str.capitalize,
            **kept("confidence"),
        )
    with counted:
        choice_of_few(tracker, "counted")


def _headline(tracker: Tracker, search: Search, rows: Ints, mode: str) -> None:
    found, shown, members = finding.told(tracker, search, rows, url.values())
    spread = spread_html(tracker, rows, mode) if len(rows) else ""
    st.markdown(f"{found_html(found, shown, *members)}{spread}", unsafe_allow_html=True)


def _table(tracker: Tracker, rows: Ints, mode: str) -> None:
    """A hundred of the events found, and the file of all below."""
    st.html(events_rows_html(tracker, rows, url.values(), place(tracker, "events"), mode))
    if compact():
        return
    with st.container(horizontal=True, gap="small"):
        _download(tracker, rows)
        _clear_button(tracker)
        if url.get("event") is None:
            first = tracker.event_columns["event_id"][rows[0]]
            _step("Read one by one", first, "event-first", _NEXT)


def _download(tracker: Tracker, rows: Ints) -> None:
    ids = tracker.event_columns["event_id"]
    download(
        f"{words.plural(len(rows), 'event', start=True)} as CSV",
        lambda: events_csv(tracker.data, ids[rows].tolist()),
        f"{file_stem(tracker.data)}_{len(rows)}-events.csv",
        "events-csv",
    )


def _clear_button(tracker: Tracker) -> None:
    if not all(is_default(tracker, name) for name in finding.FILTERS):
        st.button(
            "Clear filters",
            key="events-clear",
            on_click=clear,
            args=(tracker, finding.FILTERS),
            type="tertiary",
        )


def _nothing(tracker: Tracker, search: Search) -> None:
    """Why nothing was found, and one way out."""
    why = nothing_found(finding.without_each(tracker, search))
    st.markdown(f'<p class="nothing" role="status">{escapes.html(why)}</p>', unsafe_allow_html=True)
    if search.filters:
        st.button(
            "Clear all filters",
            key="events-clear-all",
            on_click=clear,
            args=(tracker, (*finding.FILTERS, "domain", "as_of")),
            type="primary",
        )


def _event(tracker: Tracker, rows: Ints, mode: str) -> None:
    """The event that is open, whatever the filters say."""
    opened, ids = url.get("event"), tracker.event_columns["event_id"][rows].tolist()
    with st.container(horizontal=True, gap="small", key="event-head"):
        place = ids.index(opened) if opened in ids else None
        if place is not None:
            _step("Previous", ids[place - 1] if place else None, "event-previous", _PREVIOUS)
            _step("Next", ids[place + 1] if place + 1 < len(ids) else None, "event-next", _NEXT)
        close_button("event")
    if place is None:
        st.markdown(not_among_html("event"), unsafe_allow_html=True)
    row = event_row(tracker, opened)
    st.markdown(event_html(tracker, row, mode), unsafe_allow_html=True)
    if row.actor in tracker.model.actors:
        day = max(row.date.date(), tracker.codebook.first_date)
        to = {"actor": row.actor, "domain": row.domain, "as_of": str(day), "event": row.event_id}
        st.page_link(
            page_of("actor"),
            label="The position on that day",
            query_params=url.link(tracker, "actor") | to,
            icon=_NEXT,
        )


def _step(label: str, event_id: str | None, key: str, icon: str) -> None:
    """A button to another event; without one it is dead."""
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
