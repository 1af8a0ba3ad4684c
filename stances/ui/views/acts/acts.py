"""The page of acts: the register on a day, what falls due, and one act in full."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from stances import words
from stances.answers.act_file import acts_name, acts_table
from stances.answers.acts import ORDERS
from stances.answers.practice import used_heading
from stances.answers.step_file import step_name, step_table
from stances.answers.tracker import Tracker
from stances.filters.acts import FILTERS, ActMatches, act_matches, step_matches
from stances.links.parameters import PARAMETERS
from stances.pages.acts import blocks_of
from stances.ui import url
from stances.ui.parts.blocks import Live, draw_blocks, draw_opened, reveal
from stances.ui.parts.choices import (
    bind_control,
    choice_of_few,
    choice_of_many,
    choice_of_several,
    clear_all,
    clear_filters,
    search_box,
)
from stances.ui.parts.download import table_downloads
from stances.ui.session import current_view

# The filters that are folded away until they are asked for.
_MORE, _PERIOD = ("applied", "scope", "aim"), ("due_from", "due_to")


def page() -> None:
    """Draw the page for the state in the address."""
    view = current_view("acts")
    tracker, matches = view.tracker, act_matches(view)
    live: Live = {
        "controls": lambda _: _controls(tracker),
        "act": partial(draw_opened, "act"),
        "rows": lambda _: _rows(tracker, matches),
        "clear": lambda _: clear_all(tracker, "acts", FILTERS),
    }
    draw_blocks(blocks_of(view, matches), live)
    if not view.embedded:
        reveal(view["act"])


def _controls(tracker: Tracker) -> None:
    with st.container(key="act-controls"):
        wording, who, status, deadline, order = st.columns(
            [1.35, 1.75, 2.35, 1.75, 1.3], vertical_alignment="bottom", gap="small"
        )
    with wording:
        search_box("Search rules")
    with who:
        choice_of_several(tracker, "who")
    with status:
        choice_of_few(tracker, "status")
    with deadline:
        choice_of_many(tracker, "deadline")
    with order:
        choice_of_many(tracker, "by", labels=ORDERS)
    more = sum(not url.is_default(tracker, name) for name in (*_MORE, *_PERIOD))
    with st.expander(f"More filters ({more} set)" if more else "More filters", key="more-filters"):
        _more_controls(tracker)


def _more_controls(tracker: Tracker) -> None:
    columns = st.columns([2, 2, 2, 1, 1], gap="medium")
    labels = {"applied": used_heading(tracker.codebook)}
    for column, name in zip(columns[:3], _MORE, strict=True):
        with column:
            choice_of_several(tracker, name, labels.get(name, ""))
    for column, name in zip(columns[3:], _PERIOD, strict=True):
        with column:
            st.date_input(
                PARAMETERS[name].label,
                min_value=date.min,
                max_value=date.max,
                format="YYYY-MM-DD",
                **bind_control(name),
            )


def _rows(tracker: Tracker, matches: ActMatches) -> None:
    """Draw the file of all acts found, and what takes the filters off."""
    with st.container(horizontal=True, gap="small"):
        _download(tracker, matches)
        clear_filters(tracker, "acts", FILTERS)


def _download(tracker: Tracker, matches: ActMatches) -> None:
    """Offer the rules found; where a kind of deadline is looked for, all that are shown first."""
    day = matches.day
    query: dict[str, str | None] = {entry.name: entry.wording for entry in matches.filters}
    steps = step_matches(tracker, matches) if matches.deadline_kind else []
    if steps:
        table_downloads(
            f"{words.plural(len(steps), 'deadline', start=True)}, a row each,",
            lambda: step_table(tracker, steps, day, query),
            step_name(tracker, day, matches.deadline_kind),
            "acts-deadlines",
        )
    table_downloads(
        words.plural(len(matches.rows), "rule", start=True),
        lambda: acts_table(tracker, matches.rows, day, query, matches.query.deadline),
        acts_name(tracker.data, day),
        "acts",
    )


page()
