"""The page of comparisons: two dates, two actors, or the distances within a group."""

from __future__ import annotations

import streamlit as st

from stances.links.parameters import NEAREST_TO, groups_or_all
from stances.links.view import View
from stances.pages.compare import blocks
from stances.ui.parts.blocks import draw_blocks
from stances.ui.parts.choices import choice_of_day, choice_of_few, choice_of_many
from stances.ui.session import current_view
from stances.ui.views.compare.dates import date_controls, live_dates, presets_control


def page() -> None:
    """Draw the page for the state in the address."""
    view = current_view("compare")
    dates = live_dates(view) if view["compare"] == "dates" else {}
    draw_blocks(blocks(view), {"controls": lambda _: _controls(view), **dates})


# -- two actors --------------------------------------------------------------------------------


def _actors_controls(view: View) -> None:
    """Draw the two actors, and from when on they are compared."""
    one, other, start = st.columns([1.2, 1.2, 1], vertical_alignment="bottom", gap="small")
    for column, key in ((one, "first"), (other, "second")):
        with column:
            choice_of_many(view.tracker, key)
    with start:
        choice_of_day(view.tracker, "from")


# -- distances ---------------------------------------------------------------------------------


def _distances_controls(view: View) -> None:
    """Draw the group, from when on, and who is looked at."""
    group, start, actor = st.columns([1, 1, 1.2], vertical_alignment="bottom", gap="small")
    with group:
        choice_of_many(view.tracker, "group", labels=groups_or_all(view.tracker))
    with start:
        choice_of_day(view.tracker, "from")
    with actor:
        choice_of_many(view.tracker, "first", NEAREST_TO)


# -- all ---------------------------------------------------------------------------------------


def _controls(view: View) -> None:
    with st.container(key="compare-controls"):
        left, right = st.columns([1.25, 2.2], vertical_alignment="bottom", gap="medium")
    with left:
        choice_of_few(view.tracker, "compare")
    with right:
        _CONTROLS[view["compare"]](view)
    if view["compare"] == "dates":
        presets_control(view)


_CONTROLS = {"dates": date_controls, "actors": _actors_controls, "distances": _distances_controls}

page()
