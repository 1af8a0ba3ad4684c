"""The line above every page, each clause of which leads to where more is said."""

from __future__ import annotations

from datetime import date

import streamlit as st

from stances.answers.introduction import introduction
from stances.answers.tracker import Tracker
from stances.ui.parts.links import page_link, view_of


def introduce(tracker: Tracker, day: date, domain: str) -> None:
    """Draw the line; its links keep the view."""
    view = view_of(tracker, day, domain)
    clauses = introduction(tracker.data)
    links = (
        page_link(tracker.settings, "data", {**view, "section": clause.section}, clause.words)
        for clause in clauses
    )
    st.markdown(f'<p class="introduction">{" · ".join(links)}</p>', unsafe_allow_html=True)
