"""The page of trends: chosen actors and groups over time, with the events that moved them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from stances import escapes, parameters, words
from stances.answers.history import (
    chosen_events,
    first_lines,
    landmarks,
    line_ends,
    lines,
    lines_csv,
    lines_label,
    lines_name,
    markers,
    most_lines,
    period_starts,
    trend_alt,
    trend_found,
    trend_subtitle,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.figures.trend import small_multiples, trend_chart
from stances.markup.event import event_html, event_row
from stances.markup.links import members_link
from stances.ui import url
from stances.ui.parts.blocks import headline, paragraph
from stances.ui.parts.choice import choosing_table, clicked
from stances.ui.parts.controls import period_shown
from stances.ui.parts.download import download
from stances.ui.parts.embed import compact, framed
from stances.ui.parts.event import SOURCE_COLUMN, reveal
from stances.ui.parts.kept import choice_of_few, kept
from stances.ui.parts.menus import OVER_TIME
from stances.ui.parts.picture import picture_links
from stances.ui.parts.tables import dates
from stances.ui.session import current

_TREND, _PERIOD = "trend", "trend_period"
_TABLE_HEIGHT, _FEW_ROWS = 560, 14
_ONE_DAY = timedelta(days=1)
_COLUMNS = {
    "Date": st.column_config.TextColumn(width=92),
    "Actor": st.column_config.TextColumn(width=150),
    "Score": st.column_config.TextColumn(alignment="right", width=60),
    "Domain": st.column_config.TextColumn(width=150),
    "Source": SOURCE_COLUMN,
}


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    if not compact():
        _controls(tracker)
    codes, domain, period = url.get("actors"), url.get("domain"), period_shown(tracker)
    names = {code: tracker.names[code] for code in codes}
    series = lines(tracker, codes, domain, period)
    events = chosen_events(tracker, codes, domain, period)
    found = trend_found(tracker, names, line_ends(series, names), domain, period)
    headline(found, trend_subtitle(tracker.codebook, domain, *period), *tracker.basis_note)
    _left_out(tracker, codes)
    _chart(tracker, series, names, events, period, mode)
    if not compact():
        st.markdown(f"<p>{picture_links('trends', mode)}</p>", unsafe_allow_html=True)
    _group_links(tracker, codes)
    _landmark_list(tracker, period)
    if not compact():
        _download(tracker, series, names, domain, period)
        _events(tracker, events, mode)


def _controls(tracker: Tracker) -> None:
    st.multiselect(
        lines_label(parameters.MOST_LINES),
        tracker.by_name(parameters.subjects(tracker)),
        format_func=tracker.names.__getitem__,
        max_selections=parameters.MOST_LINES,
        placeholder="Choose actors or groups",
        **kept("actors"),
    )
    if len(url.get("actors")) == parameters.MOST_LINES:
        paragraph(most_lines(parameters.MOST_LINES), "small")
    periods, start, layout = st.columns([2.6, 1.1, 1.6], vertical_alignment="bottom", gap="medium")
    with periods:
        _period_buttons(tracker)
    with start:
        st.date_input(
            "From",
            min_value=tracker.codebook.first_date,
            max_value=tracker.data.today,
            format="YYYY-MM-DD",
            **kept("from"),
        )
    with layout:
        choice_of_few("Layout", parameters.LAYOUTS, "layout")


def _period_buttons(tracker: Tracker) -> None:
    """The periods that are offered; the one that begins on the first day shown is pressed."""
    starts = period_starts(tracker, url.get("as_of"))
    shown = url.get("from")
    st.session_state[_PERIOD] = next((name for name in starts if starts[name] == shown), None)
    st.segmented_control(
        "Period",
        list(starts),
        format_func=escapes.label,
        key=_PERIOD,
        on_change=_period_chosen,
        args=(starts,),
    )


def _period_chosen(starts: dict[str, date]) -> None:
    """Take the first day of the period that was pressed; to press it again changes nothing."""
    if st.session_state[_PERIOD] is not None:
        url.put("from", starts[st.session_state[_PERIOD]])


def _left_out(tracker: Tracker, codes: list[str]) -> None:
    """Say where more are featured than the chart that nobody has chosen lines for can show."""
    featured = tracker.data.about.featured
    if codes == url.default(tracker, "actors") and len(codes) < len(featured):
        paragraph(first_lines(len(codes), len(featured)), "small")


def _chart(
    tracker: Tracker,
    series: pd.DataFrame,
    names: dict[str, str],
    events: pd.DataFrame,
    period: tuple[date, date],
    mode: str,
) -> None:
    points = markers(tracker, events, series)
    if url.get("layout") == "small":
        figure = small_multiples(
            series, names, points, tracker.codebook, mode, period, order=tracker.line_order
        )
    else:
        figure = trend_chart(
            series,
            names,
            points,
            landmarks(tracker, list(names), url.get("domain"), period),
            tracker.codebook,
            mode,
            period,
            order=tracker.line_order,
        )
    ends = line_ends(series, names)
    st.plotly_chart(
        framed(figure),
        key=_TREND,
        theme=None,
        config=OVER_TIME,
        on_select=partial(clicked, _TREND, "event"),
        selection_mode="points",
        alt=trend_alt(tracker.codebook, url.get("domain"), ends),
    )


def _group_links(tracker: Tracker, codes: list[str]) -> None:
    """From the groups among the lines to their members."""
    day, domain = url.get("as_of"), url.get("domain")
    links = [
        members_link(tracker, code, day, domain, code) for code in codes if code in tracker.groups
    ]
    if links and not compact():
        st.markdown(
            f'<p class="small">Member by member: {", ".join(links)}</p>', unsafe_allow_html=True
        )


def _landmark_list(tracker: Tracker, period: tuple[date, date]) -> None:
    marks = landmarks(tracker, url.get("actors"), url.get("domain"), period)
    if marks.empty or url.get("layout") == "small":
        return
    items = [
        f"<li>{words.short_day(tracker.dated[event])}: {escapes.html(tracker.titles[event])}</li>"
        for event in marks["event_id"]
    ]
    with st.expander("All landmarks by number"):
        st.markdown(f'<ol class="landmarks">{"".join(items)}</ol>', unsafe_allow_html=True)


def _download(
    tracker: Tracker,
    series: pd.DataFrame,
    names: dict[str, str],
    domain: str,
    period: tuple[date, date],
) -> None:
    """The lines that are shown, as a file."""
    download(
        "These lines as CSV",
        lambda: lines_csv(tracker, series, names, domain),
        lines_name(tracker, names, domain, period),
        "trend-csv",
        disabled=not names,
    )


def _events(tracker: Tracker, events: pd.DataFrame, mode: str) -> None:
    """Every event that has a marker as a table, and one of them in full beside it."""
    count = words.plural(len(events), "scored event", start=True)
    where = words.about_domain(tracker.codebook, url.get("domain"))
    if url.get("domain") == OVERALL:
        where = "in all domains"
    line = escapes.html(f"{count} of the chosen actors {where}, newest first.")
    st.markdown(f"<p>{line}</p>", unsafe_allow_html=True)
    if events.empty:
        return
    ids = events["event_id"].tolist()
    # A landmark may be of another actor.
    known = {*ids, *tracker.data.events.loc[tracker.data.events["landmark"], "event_id"]}
    opened = url.get("event") if url.get("event") in known else None
    left, right = st.columns([1.6, 1], gap="medium")
    with left:
        _table(tracker, events, ids)
    with right, st.container(key="event"):
        row = event_row(tracker, opened or ids[0])
        st.markdown(event_html(tracker, row, mode), unsafe_allow_html=True)
    reveal(opened)


def _table(tracker: Tracker, events: pd.DataFrame, ids: list[str]) -> None:
    """The events with their first source as a link; a row opens its event."""
    shown = pa.table(
        {
            "Date": dates(tracker.dated[event_id] for event_id in ids),
            "Title": events["title"].tolist(),
            "Actor": [tracker.names[code] for code in events["actor"]],
            "Score": [words.figure(score, 0) for score in events["score"]],
            "Domain": [tracker.codebook.domain_label(code) for code in events["domain"]],
            "Instrument": [
                tracker.codebook.instruments[code].label for code in events["instrument"]
            ],
            "Source": [tracker.first_source(event_id) for event_id in ids],
        }
    )
    choosing_table(
        "trend-events",
        shown,
        ids,
        "event",
        _COLUMNS,
        opens=("Title", 330),
        height=_TABLE_HEIGHT if len(ids) > _FEW_ROWS else "auto",
        alt="The events of the chosen actors, newest first; Shift and Space on a row opens it",
    )


page()
