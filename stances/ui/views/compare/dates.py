"""What happened between two days: who acted, who said what, and whom that moved."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from stances import escapes, words
from stances.answers.happened import (
    moves_among,
)
from stances.answers.tracker import Tracker
from stances.finding.deeds import happened_found, span_of
from stances.parameters import ALL_ACTORS, DEEDS
from stances.ui import url
from stances.ui.parts.blocks import headline
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_few, kept
from stances.ui.parts.notices import notice
from stances.ui.views.compare import deeds, moves

Days = tuple[date, date]

_THEN, _PRESET = "_then", "_preset"
_ONE_DAY = timedelta(days=1)
_LAST_DAYS = (30, 90)


# -- controls ----------------------------------------------------------------------------------


def controls(tracker: Tracker) -> None:
    """The first of the two days, the second being the date above; whose deeds, and which."""
    day = url.day_before(tracker)
    if st.session_state.get(_THEN) != day:
        st.session_state[_THEN] = day
    then, among, only = st.columns([1, 1, 1.45], vertical_alignment="bottom", gap="small")
    with then:
        st.date_input(
            "From (to the date above)",
            min_value=tracker.codebook.first_date,
            max_value=tracker.data.today,
            format="YYYY-MM-DD",
            key=_THEN,
            on_change=_take_then,
        )

    with among:
        st.selectbox(
            "Actors",
            [ALL_ACTORS, *tracker.groups],
            format_func=lambda code: "All actors" if code == ALL_ACTORS else f"{code} members",
            **kept("among"),
        )
    with only:
        choice_of_few("Show", DEEDS, "only")


def _take_then() -> None:
    url.put("then", st.session_state[_THEN])


def presets(tracker: Tracker, day: date) -> dict[str, Days]:
    """The pairs of days that are offered, by what they are called: those of the data, from the day
    before each to so many days after it, and the last days and the last year before a day.
    """
    today, first = tracker.data.today, tracker.codebook.first_date
    last = {
        f"Last {days} days": (max(day - timedelta(days=days), first), day) for days in _LAST_DAYS
    }
    offered = {
        f"{each.label} ({words.short_day(each.date)}, {each.days} days after)": (
            max(each.date - _ONE_DAY, first),
            min(each.date + timedelta(days=each.days), today),
        )
        for each in tracker.data.about.comparisons
        if each.date <= today
    }
    return {**last, "Last 12 months": (tracker.year_before(day), day), **offered}


def _presets(tracker: Tracker) -> None:
    """A control that sets both days, and shows which of its pairs is set."""
    here = url.day_before(tracker), url.get("as_of")
    offered = presets(tracker, here[1])
    st.session_state[_PRESET] = next((name for name, days in offered.items() if days == here), None)
    st.pills(
        "Before and after",
        list(offered),
        format_func=escapes.label,
        key=_PRESET,
        on_change=partial(_take_preset, offered),
        label_visibility="collapsed",
    )


def _take_preset(offered: dict[str, Days]) -> None:
    chosen = st.session_state[_PRESET]
    if chosen is not None:
        then, now = offered[chosen]
        url.put("then", then)
        url.put("as_of", now)


# -- the page ----------------------------------------------------------------------------------


def draw(tracker: Tracker, mode: str) -> None:
    """Draw what happened between two days, for the state in the address."""
    if not compact():
        _presets(tracker)
    span, wrong = span_of(tracker, url.values())
    if wrong:
        notice(wrong)
    found = moves_among(tracker, span)
    headline(*happened_found(tracker, span), *tracker.basis_note)
    if not found:
        return
    if not compact():
        deeds.draw(tracker, span, mode)
    moves.draw(tracker, span, found, mode)
