"""The controls that pages share: the date, by slider and typed, the domain, and on the map the
place of play and pause, with what the scripts that follow its drag have to know.
"""

import json
from calendar import monthrange
from contextlib import AbstractContextManager
from datetime import date, timedelta

import streamlit as st

from stances import escapes
from stances.answers.tracker import Tracker
from stances.dataset.days import months_between
from stances.figures.map import VIEWS, line_kinds
from stances.links.register import OF_STANCES
from stances.links.view import path_with
from stances.markup.links import own_query
from stances.model.stance import ALL
from stances.ui import url
from stances.ui.parts.choices import choice_of_day, choice_of_few, choice_of_many
from stances.ui.session import current_mode

# One step of the slider is a mean month, counted from the middle of the first one: so every stop
# lies near the middle of its month, and its text names the right one.
_MONTH = timedelta(days=30.4375)
_MIDDLE = 14
_SLIDER = "as_of_slider"
_DATE_PX, _DOMAIN_PX = 190, 240
# While it is shut, a telephone has no other controls: see the style sheet.
_DRAWER = '<details class="filters"><summary>Filters</summary></details>'


def controls_row() -> AbstractContextManager[object]:
    """Return the place of the shared controls."""
    return st.container(key="controls", horizontal=True, vertical_alignment="center", gap="medium")


def shared_controls(tracker: Tracker, page: str) -> None:
    """Draw the date, typed and by months, the domain and, for stances, what they rest on."""
    choice_of_day(tracker, "as_of", label_visibility="collapsed", width=_DATE_PX)
    _month_slider(tracker)
    if not page:
        _day_control(tracker, current_mode())
    st.html(_DRAWER, width="content")
    choice_of_many(tracker, "domain", label_visibility="collapsed", width=_DOMAIN_PX)
    if page in OF_STANCES:
        choice_of_few(tracker, "basis", label_visibility="collapsed", width="content")


def _month_slider(tracker: Tracker) -> None:
    first, last = _month_of(tracker.codebook.first_date), _month_of(tracker.data.today)
    start = tracker.codebook.first_date.replace(day=1) + timedelta(days=_MIDDLE)
    # The date is the truth: the slider follows it, and only where the two disagree.
    here = _month_of(url.get("as_of"))
    if _SLIDER not in st.session_state or _month_of(st.session_state[_SLIDER]) != here:
        st.session_state[_SLIDER] = start + (here - first) * _MONTH
    st.slider(
        "Month",
        min_value=start,
        max_value=start + (last - first) * _MONTH,
        step=_MONTH,
        format="MMM YYYY",
        key=_SLIDER,
        on_change=_take_month,
        args=(tracker,),
        label_visibility="collapsed",
    )


def _take_month(tracker: Tracker) -> None:
    """Take the end of the month that the slider stands on, or the day to which the data reaches in
    its month, or today in the present one: a map that played has come to rest there.
    """
    month = _month_of(st.session_state[_SLIDER])
    data = tracker.data
    year, number = month // 12, month % 12 + 1
    last = date(year, number, monthrange(year, number)[1])
    reach = data.opening_day if month == _month_of(data.opening_day) else data.today
    url.put("as_of", min(last, reach))
    url.put("play", False)


def _month_of(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _day_control(tracker: Tracker, mode: str) -> None:
    """Draw the place of play and pause, which a script fills."""
    countries, markers = line_kinds(VIEWS[url.get("view")], mode)
    note = {
        "levels": _levels_address(tracker, url.get("domain")),
        "lines": json.dumps(countries),
        "markers": json.dumps(markers),
        "play": "1" if url.get("play") else "",
        "end": str(months_between(tracker.codebook.first_date, tracker.data.opening_day)),
    }
    named = " ".join(f'data-{name}="{escapes.html(text)}"' for name, text in note.items())
    st.html(f'<div class="playback" {named}></div>', width="content")


def _levels_address(tracker: Tracker, domain: str) -> str:
    """Return the address of the levels of every day, relative to the page."""
    basis = {} if tracker.model.basis == ALL else {"basis": tracker.model.basis}
    query = basis | own_query(tracker)
    return path_with(f"levels/{domain}.json", query)
