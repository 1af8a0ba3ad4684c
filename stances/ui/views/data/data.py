"""The page of data and method: downloads, codebook, other settings, coverage, agreement, citing."""

from __future__ import annotations

import streamlit as st

from stances.figures.coverage import high
from stances.links.parameters import SECTIONS, section_of
from stances.pages.data import blocks, headline_of, section_blocks
from stances.ui import url
from stances.ui.parts.blocks import Live, draw_blocks
from stances.ui.parts.choices import choice_of_few
from stances.ui.session import current_view, note_height
from stances.ui.views.data.codebook import live_codebook
from stances.ui.views.data.downloads import live_citing, live_downloads
from stances.ui.views.data.sensitivity import live_sensitivity

_TABS = "sections"


def page() -> None:
    """Draw the page for the state in the address."""
    view = current_view("data")
    if view.embedded:
        draw_blocks(blocks(view), {})
        return
    # A frame shows what the data covers, whichever section is open here.
    note_height(high(len(view.tracker.data.actors)))
    draw_blocks([headline_of(view)], {})
    if url.get("section") is None:
        url.default_to("section", section_of(url.values()))
    # The tabs know their labels only, and follow the address.
    st.session_state[_TABS] = SECTIONS[url.get("section")]
    tabs = st.tabs(list(SECTIONS.values()), key=_TABS, on_change=_take_section)
    live: Live = {
        **live_downloads(view),
        **live_codebook(view),
        **live_sensitivity(view),
        "measure": lambda _: choice_of_few(view.tracker, "measure", label_visibility="collapsed"),
        **live_citing(view),
    }
    # A hidden section is not drawn, so it costs nothing.
    for tab, section in zip(tabs, SECTIONS, strict=True):
        if tab.open:
            with tab:
                draw_blocks(section_blocks(view, section), live)


def _take_section() -> None:
    """Put the section of the tab that was chosen into the address."""
    codes = {label: code for code, label in SECTIONS.items()}
    url.put("section", codes[st.session_state[_TABS]])


page()
