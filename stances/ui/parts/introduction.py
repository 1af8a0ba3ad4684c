"""The line above every page, each clause of which leads to where more is said."""

from __future__ import annotations

import streamlit as st

from stances.answers.tracker import Tracker
from stances.markup.introduction import introduction_html


def introduce(tracker: Tracker) -> None:
    """Draw the line. It is the same on every day, so that no step sends it again."""
    st.markdown(introduction_html(tracker), unsafe_allow_html=True)
