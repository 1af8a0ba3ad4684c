"""The event that is open beside a table, and what brings it to the reader."""

from __future__ import annotations

import streamlit as st

from stances import escapes
from stances.answers.tracker import Tracker
from stances.markup.event import event_html, event_row
from stances.pages.block import Block
from stances.render.html import block_html
from stances.ui import url
from stances.ui.parts.blocks import draw

_CLOSE = ":material/close:"


def events_beside(tracker: Tracker, table: str, opened: str | None, mode: str) -> None:
    """Draw a table of events, as markup, and beside it the one that is open."""
    left, *right = st.columns([1] if opened is None else [2, 1], gap="medium")
    with left:
        st.html(table)
    for beside in right:
        with beside, st.container(key="event", gap="small"):
            close_button("event")
            row = event_row(tracker, str(opened))
            st.markdown(event_html(tracker, row, mode), unsafe_allow_html=True)
    reveal(opened)


def draw_opened(parameter: str, block: Block) -> None:
    """Draw what is open under a parameter, and what closes it."""
    with st.container(key="event", gap="small"):
        close_button(parameter)
        draw(block_html(block))


def close_button(parameter: str) -> None:
    """Offer to close what is open under a parameter."""
    st.button(
        "Close",
        key=f"{parameter}-close",
        on_click=url.put,
        args=(parameter, None),
        type="tertiary",
        icon=_CLOSE,
    )


def reveal(opened: str | None) -> None:
    """Name the event or act that was just opened, for `seams/reveal.js` to bring it to the reader:
    into view where it stands below its table, and into focus where it was opened by keyboard. None:
    nobody has opened one.
    """
    st.html(f'<div data-event="{escapes.html(opened or "")}"></div>')
