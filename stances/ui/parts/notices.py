"""Notices of what a page could not use."""

from __future__ import annotations

import streamlit as st

from stances.markup.notices import notice_html


def notice(line: str) -> None:
    """Draw a line about the address, the controls or the data. As markup, since a warning of
    Streamlit's takes Markdown, and words from an address must not become a link.
    """
    st.markdown(notice_html(line), unsafe_allow_html=True)
