"""The panel beside the map: why an actor stands where it does, down to the sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from stances import escapes
from stances.answers.standing import Standing
from stances.answers.tracker import Tracker
from stances.markup.panel import chosen_html, unchosen_html
from stances.ui import url
from stances.ui.pages import page_of
from stances.ui.parts.kept import choice_of_few


def actor_panel(
    tracker: Tracker, rows: Sequence[Standing], day: date, domain: str, mode: str
) -> None:
    """The chosen actor or group; without one, what happened last, or who stands where."""
    chosen = url.get("actor")
    if chosen is None:
        _beside(tracker)
        told = unchosen_html(tracker, url.get("beside"), rows, day, domain, mode)
        st.markdown(told, unsafe_allow_html=True)
        return
    with st.container(key="panel-head"):
        heading, more, close = st.columns([4, 1.6, 1], vertical_alignment="center")
    with heading:
        name = escapes.html(tracker.names[chosen])
        st.markdown(f'<h2 class="actor">{name}</h2>', unsafe_allow_html=True)
    with more:
        _full_record(tracker, chosen)
    with close:
        st.button(
            "Close", key="close-panel", on_click=url.put, args=("actor", None), type="tertiary"
        )
    told = chosen_html(tracker, chosen, rows, day, domain, mode)
    st.markdown(told, unsafe_allow_html=True)


def _beside(tracker: Tracker) -> None:
    """What stands beside the map while no actor is chosen."""
    choice_of_few(tracker, "beside", label_visibility="collapsed")


def _full_record(tracker: Tracker, chosen: str) -> None:
    """A link to all there is of an actor; of a group, to its members."""
    page, more = "actor", {}
    if chosen in tracker.groups:
        page, more = "members", {"group": chosen}
    query = url.link(tracker, page) | more
    st.page_link(page_of(page), label="Full record", query_params=query)
