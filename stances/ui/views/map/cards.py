"""The cards of the first page: an actor or a group in a name, a figure, a line and a sentence."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from stances import escapes
from stances.answers.tracker import Tracker
from stances.links.parameters import who_name
from stances.ui import url
from stances.ui.parts.blocks import draw

_OPENED = "featured"


def draw_cards(tracker: Tracker, cards: Iterable[str]) -> None:
    """Draw the cards as one text, and over it one control whose options are their names: two
    messages where a column, a button and a text for each card would be twenty.
    """
    featured = tracker.data.about.featured
    if not featured:
        return
    chosen = url.get("actor")
    st.session_state[_OPENED] = chosen if chosen in featured else None
    # The control shows their names, which who hears the cards is told first, as headings.
    markup = "".join(
        '<div class="card"><span class="unread" role="heading" aria-level="2">'
        f"{escapes.html(who_name(tracker, code))}</span>"
        f"{card}</div>"
        for code, card in zip(featured, cards, strict=True)
    )
    draw(f'<div class="cards">{markup}</div>')
    st.segmented_control(
        "Reasons for",
        featured,
        format_func=lambda code: escapes.label(who_name(tracker, code)),
        key=_OPENED,
        on_change=_open_actor,
        label_visibility="collapsed",
    )


def _open_actor() -> None:
    url.put("actor", st.session_state[_OPENED])
