"""Where an event stands in a table, and what brings one that was opened to the reader."""

from __future__ import annotations

import streamlit as st

from stances import escapes

# In a table of events: the first source, as a link that reads as its host.
SOURCE_COLUMN = st.column_config.LinkColumn(display_text=r"https?://(?:www\.)?([^/]+)")


def reveal(opened: str | None) -> None:
    """Name the event or act that was just opened, for `seams/reveal.js` to bring it to the reader:
    into view where it stands below its table, and into focus where it was opened by keyboard. None:
    nobody has opened one.
    """
    st.html(f'<div data-event="{escapes.html(opened or "")}"></div>')
