"""The page of trends: chosen actors and groups over time, with the events that moved them."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from stances import escapes
from stances.answers.history import (
    lines,
    lines_csv,
    lines_label,
    lines_name,
    most_lines,
    period_starts,
    period_up_to,
)
from stances.answers.tracker import Tracker
from stances.links import parameters
from stances.links.view import View
from stances.pages.trends import blocks
from stances.ui import url
from stances.ui.parts.blocks import Live, draw_blocks, draw_opened, paragraph, reveal
from stances.ui.parts.choices import choice_of_day, choice_of_few, choice_of_several
from stances.ui.parts.download import download
from stances.ui.session import current_view

_PERIOD = "trend_period"


def page() -> None:
    """Draw the page for the state in the address."""
    view = current_view("trends")
    live: Live = {
        "controls": lambda _: _controls(view.tracker),
        "ends": lambda _: None,
        "lines": lambda _: _download(view),
        "event": partial(draw_opened, "event"),
    }
    draw_blocks(blocks(view), live)
    if not view.embedded:
        reveal(view["event"])


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
    periods, start, layout = st.columns([2.5, 1.1, 1.8], vertical_alignment="bottom")
    with periods:
        _period_buttons(tracker)
    with start:
        choice_of_day(tracker, "from")
    with layout:
        choice_of_few(tracker, "layout")


def _period_buttons(tracker: Tracker) -> None:
    """Draw the periods that are offered; the one that begins on the first day shown is pressed."""
    starts = period_starts(tracker, url.get("as_of"))
    first = url.get("from")
    st.session_state[_PERIOD] = next((name for name in starts if starts[name] == first), None)
    st.segmented_control(
        "Period",
        list(starts),
        format_func=escapes.label,
        key=_PERIOD,
        on_change=_take_period,
        args=(starts,),
    )


def _take_period(starts: dict[str, date]) -> None:
    """Take the first day of the period that was pressed; to press it again changes nothing."""
    if st.session_state[_PERIOD] is not None:
        url.put("from", starts[st.session_state[_PERIOD]])


def _download(view: View) -> None:
    """Offer the lines that are shown as a file."""
    tracker, domain = view.tracker, view.domain
    names = {code: tracker.names[code] for code in view["actors"]}
    period = period_up_to(tracker, view["from"], view.day)
    download(
        "These lines as CSV",
        lambda: lines_csv(tracker, lines(tracker, list(names), domain, period), names, domain),
        lines_name(tracker, names, domain, period),
        "trend-csv",
        disabled=not names,
    )


page()
