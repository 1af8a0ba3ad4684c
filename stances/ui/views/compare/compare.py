"""The page of comparisons: two dates, two actors, or the distances within a group."""

from __future__ import annotations

import streamlit as st

from stances.answers.tracker import Tracker
from stances.ui import url
from stances.ui.parts.controls import period_shown
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_few
from stances.ui.session import current
from stances.ui.views.compare import actors, dates, distances


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    kind = url.get("compare")
    if not compact():
        _controls(tracker, kind)
    if kind == "dates":
        dates.draw(tracker, mode)
    elif kind == "actors":
        actors.draw(tracker, mode, period_shown(tracker))
    else:
        distances.draw(tracker, mode, period_shown(tracker))


def _controls(tracker: Tracker, kind: str) -> None:
    with st.container(key="compare-controls"):
        left, right = st.columns([1.25, 2.2], vertical_alignment="bottom", gap="medium")
    with left:
        _kind(tracker)
    with right:
        _CONTROLS[kind](tracker)


_CONTROLS = {
    "dates": dates.controls,
    "actors": actors.controls,
    "distances": distances.controls,
}


def _kind(tracker: Tracker) -> None:
    choice_of_few(tracker, "compare")


page()
