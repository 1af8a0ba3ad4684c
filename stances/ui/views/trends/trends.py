"""The page of trends: chosen actors and groups over time, with the events that moved them."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from stances import escapes, words
from stances.answers.history import (
    chosen_events,
    first_lines,
    landmarks,
    lines,
    lines_csv,
    lines_label,
    lines_name,
    most_lines,
    period_starts,
)
from stances.answers.tracker import Tracker
from stances.charts.trends import trends_chart
from stances.links import parameters
from stances.markup.links import members_link
from stances.tables.events import chosen_rows_html, events_table
from stances.ui import url
from stances.ui.parts.blocks import headline, paragraph
from stances.ui.parts.chart import OVER_TIME, draw_chart
from stances.ui.parts.controls import period_shown
from stances.ui.parts.download import download
from stances.ui.parts.embed import compact
from stances.ui.parts.event import events_beside
from stances.ui.parts.kept import choice_of_day, choice_of_few, choice_of_several
from stances.ui.parts.picture import picture_under
from stances.ui.parts.table import place
from stances.ui.session import current

_TREND, _PERIOD = "trend", "trend_period"
_ONE_DAY = timedelta(days=1)


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    if not compact():
        _controls(tracker)
    codes, domain, period = url.get("actors"), url.get("domain"), period_shown(tracker)
    names = {code: tracker.names[code] for code in codes}
    chart = trends_chart(tracker, codes, domain, period, url.get("layout"), mode)
    headline(chart.title, chart.subtitle, *tracker.basis_note)
    _left_out(tracker, codes)
    draw_chart(chart, _TREND, OVER_TIME, opens="event")
    picture_under("trends", mode)
    _group_links(tracker, codes)
    _landmark_list(tracker, period)
    if not compact():
        _download(tracker, names, domain, period)
        _events(tracker, chosen_events(tracker, codes, domain, period), mode)


def _controls(tracker: Tracker) -> None:
    choice_of_several(
        tracker,
        "actors",
        lines_label(parameters.MOST_LINES),
        max_selections=parameters.MOST_LINES,
        placeholder="Choose countries or groups",
    )
    if len(url.get("actors")) == parameters.MOST_LINES:
        paragraph(most_lines(parameters.MOST_LINES), "small")
    periods, start, layout = st.columns([2.6, 1.1, 1.6], vertical_alignment="bottom", gap="medium")
    with periods:
        _period_buttons(tracker)
    with start:
        choice_of_day(tracker, "from")
    with layout:
        choice_of_few(tracker, "layout")


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
    with st.expander("All marked events by number"):
        st.markdown(f'<ol class="landmarks">{"".join(items)}</ol>', unsafe_allow_html=True)


def _download(
    tracker: Tracker, names: dict[str, str], domain: str, period: tuple[date, date]
) -> None:
    """The lines that are shown, as a file."""
    download(
        "These lines as CSV",
        lambda: lines_csv(tracker, lines(tracker, list(names), domain, period), names, domain),
        lines_name(tracker, names, domain, period),
        "trend-csv",
        disabled=not names,
    )


def _events(tracker: Tracker, events: pd.DataFrame, mode: str) -> None:
    """Every event that has a marker as a table, and the one that is open beside it."""
    count = words.plural(len(events), "scored event", start=True)
    where = words.about_domain(tracker.codebook, url.get("domain"))
    line = escapes.html(f"{count} of those chosen {where}.")
    st.markdown(f"<p>{line}</p>", unsafe_allow_html=True)
    if events.empty:
        return
    ids = events["event_id"].tolist()
    # A landmark may be of another actor.
    known = {*ids, *tracker.data.events.loc[tracker.data.events["landmark"], "event_id"]}
    opened = url.get("event") if url.get("event") in known else None
    table = events_table(tracker, mode, "The events of those chosen")
    at = place(tracker, "trends")
    rows = chosen_rows_html(tracker, table, ids, url.values(), at, opened)
    events_beside(tracker, rows, opened, mode)


page()
