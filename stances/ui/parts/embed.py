"""Frames of other pages: whether a page is shown in one, and so without its controls; and how high
the charts are that a frame of the view would show.
"""

from __future__ import annotations

from contextvars import ContextVar

import streamlit as st

# Of the run, in px.
_charts: ContextVar[list[int]] = ContextVar("charts")


def compact() -> bool:
    """Say whether only the chart is wanted, by `embed=true` in the address: no navigation, no
    controls, no tables; every view asks this.
    """
    return bool(st.context.is_embedded)


def nothing_framed() -> None:
    """Begin a run, in which no chart has been drawn yet."""
    _charts.set([])


def note_height(px: int) -> None:
    """Note how high a chart is that a frame of the view shows."""
    _charts.get().append(px)


def framed_px() -> int:
    """Return the height together of the charts that a frame of the view shows."""
    return sum(_charts.get())
