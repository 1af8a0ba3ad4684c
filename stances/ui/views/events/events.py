"""The page of events: search and filters, what they find as a table, and one event in full."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from stances import escapes, parameters, words
from stances.answers.backing import backed_by
from stances.answers.events import (
    LONGEST_SEARCH,
    events_shown,
    nothing_found,
    score_option,
    score_tag,
    weak_legend,
)
from stances.answers.files import events_csv
from stances.answers.tracker import Tracker
from stances.dataset.descriptions import file_stem
from stances.finding import events as finding
from stances.finding.events import Search
from stances.markup.event import event_html, event_row, spread_html, swatch_image
from stances.markup.grid import EVENTS, PLAIN_PX, SWATCH, not_among_html
from stances.markup.headline import found_html
from stances.model.lifetimes import Ints
from stances.ui import url
from stances.ui.pages import page_of
from stances.ui.parts.choice import opening_column
from stances.ui.parts.download import download
from stances.ui.parts.embed import compact
from stances.ui.parts.event import reveal
from stances.ui.parts.filters import clear, is_default, who_control
from stances.ui.parts.kept import choice_of_few, choice_of_many, kept
from stances.ui.parts.notices import notice
from stances.ui.session import current

# Rows of the table until more are asked for, and at most: further ones are found by narrowing the
# search, or in the file.
_ROWS, _MOST_ROWS = 200, 600
_MANY_OF = "_events_many_of"
_SHOWN = ("date_precision", "actor", "score", "title", "domain", "instrument", "confidence")
# The filters that are folded away until they are asked for.
_MORE = ("instruments", "scores", "confidence", "counted")
_TABLE = "events-table"
_PX = EVENTS.columns
_COLUMNS = {
    **{name: st.column_config.TextColumn(width=px) for name, px in _PX.items() if px},
    SWATCH: st.column_config.ImageColumn(width=_PX[SWATCH]),
    "Sources": st.column_config.TextColumn(width=_PX["Sources"], alignment="right"),
}
_PREVIOUS, _NEXT = ":material/arrow_back:", ":material/arrow_forward:"
_CLOSE = ":material/close:"


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    if not compact():
        _controls(tracker)
    search = finding.search_of(tracker, url.values(), _period(tracker))
    rows = tracker.find(search.query, url.get("sort"))
    _headline(tracker, search, rows, mode)
    if compact():
        _plain_table(tracker, rows, mode)
        return
    # Without an event that is open the table has the whole width.
    left, *right = st.columns([1] if url.get("event") is None else [EVENTS.share, 1], gap="medium")
    with left:
        if len(rows):
            _table(tracker, search, rows, mode)
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
        who_control(tracker)
    with start:
        st.date_input(
            "From",
            min_value=tracker.codebook.first_date,
            max_value=tracker.data.today,
            format="YYYY-MM-DD",
            **kept("from"),
        )
    with order:
        choice_of_many("Order", parameters.SORTS, "sort")
    more = sum(not is_default(tracker, name) for name in _MORE)
    with st.expander(f"More filters ({more} set)" if more else "More filters", key="more-filters"):
        _more_controls(tracker)


def _more_controls(tracker: Tracker) -> None:
    codebook = tracker.codebook
    instruments, scores, confidence, counted = st.columns([1.5, 1.7, 1.2, 1.5], gap="medium")
    with instruments:
        st.multiselect(
            "Instruments",
            list(codebook.instruments),
            format_func=lambda code: codebook.instruments[code].label,
            placeholder="All",
            **kept("instruments"),
        )
    with scores:
        st.select_slider(
            "Scores",
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
        choice_of_few("Counted or context", parameters.COUNTED, "counted")


def _headline(tracker: Tracker, search: Search, rows: Ints, mode: str) -> None:
    found, shown, members = finding.told(tracker, search, rows, url.values())
    spread = spread_html(tracker, rows, mode) if len(rows) else ""
    st.markdown(f"{found_html(found, shown, *members)}{spread}", unsafe_allow_html=True)


def _table(tracker: Tracker, search: Search, rows: Ints, mode: str) -> None:
    """The first of the events found, selectable, with more and the file of all below."""
    many = st.session_state.get(_MANY_OF) == search
    shown = rows[: _MOST_ROWS if many else _ROWS]
    ids = tuple(tracker.event_columns["event_id"][shown])
    _mark_open(ids)
    opened = url.get("event") is not None
    title = opening_column("events-title", ids, "event", EVENTS.beside["Title"] if opened else None)
    st.dataframe(
        _shown(tracker, shown, mode),
        key=_TABLE,
        height=EVENTS.height(len(shown)),
        hide_index=True,
        column_order=tuple(EVENTS.beside) if opened else None,
        column_config={**_COLUMNS, "Title": title},
        placeholder=words.DASH,
        on_select=partial(_row_chosen, ids),
        selection_mode="single-row",
        alt="The events found; Shift and Space on a row opens its event",
    )
    marked = not (opened or tracker.weakly_sourced.isdisjoint(ids))
    _below_table(tracker, search, rows, len(shown), marked)


def _shown(tracker: Tracker, rows: Ints, mode: str) -> pd.DataFrame:
    """Rows of the table: a date no more exact than it is known, words for codes."""
    columns, codebook = tracker.event_columns, tracker.codebook
    events = {name: columns[name][rows].tolist() for name in _SHOWN}
    days = np.datetime_as_string(columns["date"][rows], unit="D").tolist()
    known = [words.iso_precision(precision) for precision in events["date_precision"]]
    swatches = {
        score_tag(codebook, score): swatch_image(score, mode)
        for score in (*codebook.scale.levels, np.nan)
    }
    scores = [score_tag(codebook, score) for score in events["score"]]
    return pd.DataFrame(
        {
            "Date": [day[:length] for day, length in zip(days, known, strict=True)],
            "Title": events["title"],
            "Actor": [tracker.short_names[code] for code in events["actor"]],
            SWATCH: [swatches[score] for score in scores],
            "Score": scores,
            "Sources": [backed_by(tracker, event) for event in columns["event_id"][rows]],
            "Domain": [codebook.domain_label(code) for code in events["domain"]],
            "Instrument": [codebook.instruments[code].label for code in events["instrument"]],
            "Confidence": [code.capitalize() for code in events["confidence"]],
        }
    )


def _mark_open(ids: tuple[str, ...]) -> None:
    """Mark the row of the event that is open: rows move with every search."""
    opened = url.get("event")
    rows = [ids.index(opened)] if opened in ids else []
    marked = st.session_state[_TABLE]["selection"]["rows"] if _TABLE in st.session_state else []
    if rows != marked:
        st.session_state[_TABLE] = {"selection": {"rows": rows}}


def _row_chosen(ids: tuple[str, ...]) -> None:
    """Open the event of the row that was marked, and close it with the mark."""
    rows = st.session_state[_TABLE]["selection"]["rows"]
    url.put("event", ids[rows[0]] if rows else None)


def _plain_table(tracker: Tracker, rows: Ints, mode: str) -> None:
    """The first of the events found, only to be read."""
    st.dataframe(
        _shown(tracker, rows[:_ROWS], mode),
        key="events-plain",
        height=PLAIN_PX if len(rows) else "auto",
        hide_index=True,
        column_config=_COLUMNS,
        placeholder=words.DASH,
        alt="The events found",
    )


def _below_table(tracker: Tracker, search: Search, rows: Ints, shown: int, marked: bool) -> None:
    """`marked`: whether a row shows the mark of weak sources."""
    order = parameters.SORTS[url.get("sort")].lower()
    line = events_shown(shown, len(rows), order)
    if marked:
        line = f"{line} {weak_legend(tracker.codebook)}"
    st.markdown(f'<p class="small">{escapes.html(line)}</p>', unsafe_allow_html=True)
    with st.container(horizontal=True, gap="small"):
        more = min(len(rows), _MOST_ROWS)
        if shown < more:
            st.button(f"Show {more:,}", key="events-more", on_click=_show_many, args=(search,))
        _download(tracker, rows)
        _clear_button(tracker)
        if url.get("event") is None:
            first = tracker.event_columns["event_id"][rows[0]]
            _step("Read one by one", first, "event-first", _NEXT)


def _show_many(search: Search) -> None:
    """Show more rows, until something else is looked for."""
    st.session_state[_MANY_OF] = search


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
        _step("Close", None, "event-close", _CLOSE, closes=True)
    if place is None:
        st.markdown(not_among_html("event"), unsafe_allow_html=True)
    row = event_row(tracker, opened)
    st.markdown(event_html(tracker, row, mode), unsafe_allow_html=True)
    if row.actor in tracker.model.actors:
        day = max(row.date.date(), tracker.codebook.first_date)
        to = {"actor": row.actor, "domain": row.domain, "as_of": str(day), "event": row.event_id}
        st.page_link(
            page_of("actor"),
            label="The actor's stance on that day",
            query_params=url.link(tracker, "actor") | to,
            icon=_NEXT,
        )


def _step(label: str, event_id: str | None, key: str, icon: str, closes: bool = False) -> None:
    """A button to another event; without one it is dead, unless it closes."""
    st.button(
        label,
        key=key,
        on_click=url.put,
        args=("event", event_id),
        disabled=event_id is None and not closes,
        type="tertiary",
        icon=icon,
    )


page()
