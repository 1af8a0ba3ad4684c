"""The maps of two days under the reader's hand."""

from __future__ import annotations

from datetime import date

import streamlit as st

from stances.figures.map import HEIGHT
from stances.links.view import View
from stances.pages.block import Block
from stances.pages.two_days import two_days_blocks
from stances.render.html import block_html
from stances.ui.parts.blocks import draw_blocks
from stances.ui.parts.choices import choice_of_day, choice_of_few
from stances.ui.session import note_height
from stances.ui.views.map.stance_map import draw_map

# The days over two maps that stand below one another.
_HEADS_PX = 60
# A day that is typed, and beside it those that are offered.
_WIDTHS = (1, 4.8)


def draw_two_days(view: View, then: date) -> None:
    """Draw the page of two maps, of which the later one follows the date above."""
    tracker = view.tracker
    # In a narrow frame one stands below the other.
    note_height(HEIGHT + _HEADS_PX)

    def earlier() -> None:
        draw_map(view, then, "map-before")
        if not view.embedded:
            choice_of_few(tracker, "view", label_visibility="collapsed")

    def first_days(block: Block) -> None:
        day, others = st.columns(_WIDTHS, gap="small")
        with day:
            choice_of_day(tracker, "before", label_visibility="collapsed")
        with others:
            st.html(block_html(block))

    live = {
        "first-days": first_days,
        "map-before": lambda _: earlier(),
        "map": lambda _: draw_map(view, view.day),
    }
    draw_blocks(two_days_blocks(view, then), live)
