"""The line above every page, each clause of which leads to where more is said."""

from __future__ import annotations

import streamlit as st

from stances.answers.introduction import introduction
from stances.answers.tracker import Tracker
from stances.ui.parts.links import page_link


def introduce(tracker: Tracker) -> None:
    """Draw the line. It is the same on every day, so that no step sends it again."""
    clauses = introduction(tracker.data)
    links = (
        page_link(tracker.settings, "data", {"section": clause.section}, clause.words)
        for clause in clauses
    )
    st.markdown(f'<p class="introduction">{" · ".join(links)}</p>', unsafe_allow_html=True)
