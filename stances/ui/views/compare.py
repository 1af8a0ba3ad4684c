"""The page of comparisons: two dates, two actors, or the distances within a group."""

from __future__ import annotations

import streamlit as st

from stances.ui import compare_actors, compare_dates, compare_distances, parameters, url
from stances.ui.controls import period_shown
from stances.ui.embed import compact
from stances.ui.session import current
from stances.ui.shared import Tracker


def page() -> None:
    """Draw the page for the state in the address."""
    shared, mode = current(), st.context.theme.type or "light"
    kind = url.get("compare")
    if not compact():
        _controls(shared, kind)
    if kind == "dates":
        compare_dates.draw(shared, mode)
    elif kind == "actors":
        compare_actors.draw(shared, mode, period_shown(shared))
    else:
        compare_distances.draw(shared, mode, period_shown(shared))


def _controls(shared: Tracker, kind: str) -> None:
    with st.container(key="compare-controls"):
        left, right = st.columns([1.25, 2.2], vertical_alignment="bottom", gap="medium")
    with left:
        _kind()
    with right:
        _CONTROLS[kind](shared)


_CONTROLS = {
    "dates": compare_dates.controls,
    "actors": compare_actors.controls,
    "distances": compare_distances.controls,
}


def _kind() -> None:
    st.segmented_control(
        "Compare",
        list(parameters.COMPARISONS),
        format_func=parameters.COMPARISONS.__getitem__,
        key="compare",
        required=True,
        on_change=url.changed,
        persist_state="session",
    )


page()
