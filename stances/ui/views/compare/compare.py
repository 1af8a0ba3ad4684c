"""The page of comparisons: two dates, two actors, or the distances within a group."""

from __future__ import annotations

import streamlit as st

from stances.dataset.names import slug
from stances.links import parameters
from stances.links.view import View
from stances.pages.block import Block
from stances.pages.compare.actors import fields, months, pair_of
from stances.pages.compare.compare import blocks
from stances.pages.compare.distances import neighbours, pairs
from stances.ui.parts.blocks import Live, draw_blocks
from stances.ui.parts.bound import choice_of_day, choice_of_few, choice_of_many
from stances.ui.parts.table import take_rows
from stances.ui.session import view
from stances.ui.views.compare.dates import date_controls, live_dates, presets_control


def page() -> None:
    """Draw the page for the state in the address."""
    shown, mode = view("compare"), st.context.theme.type or "light"
    draw_blocks(blocks(shown, mode), _LIVE[shown["compare"]](shown, mode))


# -- two dates ---------------------------------------------------------------------------------


def _dates(shown: View, mode: str) -> Live:
    def controls(_: Block) -> None:
        _controls(shown)
        presets_control(shown)

    return {"controls": controls, **live_dates(shown, mode)}


# -- two actors --------------------------------------------------------------------------------


def _actors(shown: View, mode: str) -> Live:
    pair, since = pair_of(shown), str(shown["from"])
    return {
        "controls": lambda _: _controls(shown),
        "domains-csv": lambda _: take_rows(
            shown.tracker, *fields(shown, mode), "domains", *pair, noun="field"
        ),
        "gap-csv": lambda _: take_rows(
            shown.tracker, *months(shown), "gap", *pair, shown.domain, since, noun="day"
        ),
    }


def _actors_controls(shown: View) -> None:
    """Draw the two actors, and from when on they are compared."""
    one, other, start = st.columns([1.2, 1.2, 1], vertical_alignment="bottom", gap="small")
    for column, key, label in ((one, "first", "First actor"), (other, "second", "Second actor")):
        with column:
            choice_of_many(shown.tracker, key, label)
    with start:
        choice_of_day(shown.tracker, "from")


# -- distances ---------------------------------------------------------------------------------


def _distances(shown: View, _: str) -> Live:
    group, since = slug(shown["group"]), str(shown["from"])
    return {
        "controls": lambda _: _controls(shown),
        "nearest-csv": lambda _: take_rows(
            shown.tracker, *neighbours(shown)[:2], "nearest", shown["first"]
        ),
        "distances-csv": lambda _: take_rows(
            shown.tracker, *pairs(shown), "distances", group, since
        ),
    }


def _distances_controls(shown: View) -> None:
    """Draw the group, from when on, and who is looked at."""
    group, start, actor = st.columns([1, 1, 1.2], vertical_alignment="bottom", gap="small")
    with group:
        groups = {name: name for name in shown.tracker.groups}
        every = {parameters.ALL_ACTORS: "All with a position"}
        choice_of_many(shown.tracker, "group", labels=groups | every)
    with start:
        choice_of_day(shown.tracker, "from")
    with actor:
        choice_of_many(shown.tracker, "first", "Nearest to")


# -- all ---------------------------------------------------------------------------------------


def _controls(shown: View) -> None:
    with st.container(key="compare-controls"):
        left, right = st.columns([1.25, 2.2], vertical_alignment="bottom", gap="medium")
    with left:
        choice_of_few(shown.tracker, "compare")
    with right:
        _CONTROLS[shown["compare"]](shown)


_LIVE = {"dates": _dates, "actors": _actors, "distances": _distances}
_CONTROLS = {
    "dates": date_controls,
    "actors": _actors_controls,
    "distances": _distances_controls,
}

page()
