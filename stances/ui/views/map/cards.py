"""The cards of the first page: an actor or a group in a name, a figure, a line and a sentence."""

from __future__ import annotations

from datetime import date

import streamlit as st

from stances import escapes
from stances.answers.tracker import Tracker
from stances.markup.cards import card_html, card_name
from stances.ui import url

_OPENED = "featured"


def cards_html(tracker: Tracker, day: date, domain: str, mode: str) -> str:
    """One card for each featured actor or group, as markup; empty where none is featured."""
    return "".join(
        f'<div class="card">{card_html(tracker, code, day, domain, mode)}</div>'
        for code in tracker.data.about.featured
    )


def cards(tracker: Tracker, markup: str) -> None:
    """Draw the cards as one text, and over them one control whose options are their names: two
    messages where a column, a button and a text for each card would be twenty.
    """
    featured = tracker.data.about.featured
    if not featured:
        return
    chosen = url.get("actor")
    st.session_state[_OPENED] = chosen if chosen in featured else None
    st.markdown(f'<div class="cards">{markup}</div>', unsafe_allow_html=True)
    st.segmented_control(
        "Reasons for",
        featured,
        format_func=lambda code: escapes.label(card_name(tracker, code)),
        key=_OPENED,
        on_change=_opened,
        label_visibility="collapsed",
    )


def _opened() -> None:
    url.put("actor", st.session_state[_OPENED])
