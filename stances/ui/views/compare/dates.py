"""What happened between two days: who acted, who said what, and whom that moved."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from stances import escapes, words
from stances.answers.happened import happened, happened_subtitle, moves_among
from stances.answers.tracker import Tracker
from stances.finding.deeds import span_of
from stances.markup.ledger import further_html
from stances.ui import url
from stances.ui.parts.blocks import draw as draw_markup
from stances.ui.parts.blocks import headline
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_few, choice_of_many
from stances.ui.parts.notices import notice
from stances.ui.views.compare import deeds, moves

Days = tuple[date, date]

_FIRST, _PRESET = "_first", "_preset"
_ONE_DAY = timedelta(days=1)
_LAST_DAYS = (30, 90)


# -- controls ----------------------------------------------------------------------------------


def controls(tracker: Tracker) -> None:
    """The first day of what is told, the last being the date above; whose deeds, and which."""
    first = url.day_before(tracker) + _ONE_DAY
    if st.session_state.get(_FIRST) != first:
        st.session_state[_FIRST] = first
    then, among, only = st.columns([1, 1, 1.45], vertical_alignment="bottom", gap="small")
    with then:
        st.date_input(
            "From",
            min_value=tracker.codebook.first_date + _ONE_DAY,
            max_value=tracker.data.today + _ONE_DAY,
            format="YYYY-MM-DD",
            key=_FIRST,
            on_change=_take_first,
        )
    with among:
        choice_of_many(tracker, "among")
    with only:
        choice_of_few(tracker, "only", "Show")


def _take_first() -> None:
    """Keep the day before the first one that is chosen: that itself is told of."""
    url.put("then", st.session_state[_FIRST] - _ONE_DAY)


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
    found, said = moves_among(tracker, span), happened(tracker, span)
    headline(said.headline, happened_subtitle(tracker, span), *tracker.basis_note)
    if not compact():
        draw_markup(*filter(None, [further_html(tracker, said)]))
    if not found:
        return
    if not compact():
        deeds.draw(tracker, span, mode)
    moves.draw(tracker, span, found, mode)
