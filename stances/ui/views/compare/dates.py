"""The live parts of two dates: their controls, more of the ledger, and whose move is opened."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from stances import escapes, words
from stances.answers.happened import moves_among
from stances.answers.ledger import ledger, ledger_name, ledger_subtitle, ledger_table
from stances.answers.tracker import Tracker
from stances.answers.two_days import field_of_day
from stances.dataset.about import Comparison
from stances.dataset.days import ONE_DAY
from stances.filters.compare import span_of
from stances.links.view import View
from stances.markup.ledger import ledger_html
from stances.pages.block import Block
from stances.pages.compare.dates import MORE, ROWS
from stances.pages.compare.moves import opened_move
from stances.render.html import block_html
from stances.ui import url
from stances.ui.parts.blocks import Live, draw, paragraph
from stances.ui.parts.choices import choice_of_few, choice_of_many
from stances.ui.parts.download import table_downloads

# A first and a last day, and the field of what happened then.
Preset = tuple[date, date, str]

_FIRST, _PRESET, _ACTOR = "_first", "_preset", "_mover"
_LAST_DAYS = (30, 90)
_OPEN_ROWS = "_open_rows"


def live_dates(view: View) -> Live:
    """Return what the dashboard draws in the places that the page names."""
    return {
        "actions-head": lambda block: _ledger_head(view, block),
        "actions-more": lambda _: _ledger_rows(view),
        "causes": lambda block: _causes(view, block),
    }


# -- controls ----------------------------------------------------------------------------------


def date_controls(view: View) -> None:
    """Draw the first day of what is told, the last being the date above; whose, and which."""
    tracker = view.tracker
    first = url.day_before(tracker) + ONE_DAY
    if st.session_state.get(_FIRST) != first:
        st.session_state[_FIRST] = first
    then, among, only = st.columns([1, 1, 1.45], vertical_alignment="bottom", gap="small")
    with then:
        st.date_input(
            "From",
            min_value=tracker.codebook.first_date + ONE_DAY,
            max_value=tracker.data.today + ONE_DAY,
            format="YYYY-MM-DD",
            key=_FIRST,
            on_change=_take_first,
        )
    with among:
        choice_of_many(tracker, "among")
    with only:
        choice_of_few(tracker, "only")


def _take_first() -> None:
    """Keep the day before the first one that is chosen: that itself is told of."""
    url.put("then", st.session_state[_FIRST] - ONE_DAY)


def presets(tracker: Tracker, day: date, domain: str) -> dict[str, Preset]:
    """Return the pairs of days that are offered, by what they are called: the last days and the
    last year before a day; and those of the data, from the day before each to so many days after
    it, in the field of its landmark, which is named where it is not the one shown.
    """
    first = tracker.codebook.first_date
    last: dict[str, Preset] = {
        f"Last {days} days": (max(day - timedelta(days=days), first), day, domain)
        for days in _LAST_DAYS
    }
    year: Preset = (tracker.year_before(day), day, domain)
    pairs = [pair for pair in tracker.data.about.comparisons if pair.date <= tracker.data.today]
    return {
        **last,
        "Last 12 months": year,
        **dict(_around(tracker, pair, domain) for pair in pairs),
    }


def _around(tracker: Tracker, pair: Comparison, domain: str) -> tuple[str, Preset]:
    """Return what a pair of days around one of the data is called, and the pair."""
    field = field_of_day(tracker, pair.date, domain)
    about = "" if field == domain else f", {words.about_domain(tracker.codebook, field)}"
    return f"{pair.label} ({words.short_day(pair.date)}, {pair.days} days after{about})", (
        max(pair.date - ONE_DAY, tracker.codebook.first_date),
        min(pair.date + timedelta(days=pair.days), tracker.data.today),
        field,
    )


def presets_control(view: View) -> None:
    """Draw a control that sets both days, and the field, and shows which of its pairs is set."""
    here = url.day_before(view.tracker), view.day, view.domain
    offered = presets(view.tracker, view.day, view.domain)
    st.session_state[_PRESET] = next(
        (name for name, preset in offered.items() if preset == here), None
    )
    st.pills(
        "Before and after",
        list(offered),
        format_func=escapes.label,
        key=_PRESET,
        on_change=partial(_take_preset, offered),
        label_visibility="collapsed",
    )


def _take_preset(offered: dict[str, Preset]) -> None:
    chosen = st.session_state[_PRESET]
    if chosen is not None:
        for name, value in zip(("then", "as_of", "domain"), offered[chosen], strict=True):
            url.put(name, value)


# -- the ledger --------------------------------------------------------------------------------


def _ledger_head(view: View, block: Block) -> None:
    """Draw what the acts and statements are, and their order."""
    with st.container(key="actions-head", horizontal=True, vertical_alignment="center"):
        draw(block_html(block), width="content")
        if ledger(view.tracker, span_of(view)[0], view["ledger"]):
            choice_of_few(view.tracker, "ledger", label_visibility="collapsed")


def _ledger_rows(view: View) -> None:
    """Draw as many more rows as were asked for, a button for more, and the file of all."""
    tracker, span = view.tracker, span_of(view)[0]
    actions, here = ledger(tracker, span, view["ledger"]), (span, view["ledger"])
    opened, count = st.session_state.get(_OPEN_ROWS, (None, ROWS))
    count = min(count if opened == here else ROWS, len(actions))
    # In pieces, of which those that are shown already need not be sent again.
    for first in range(ROWS, count, MORE):
        draw(ledger_html(tracker, actions[first : min(first + MORE, count)]))
    paragraph(ledger_subtitle(count, len(actions)), "small")
    with st.container(horizontal=True, gap="small"):
        if count < len(actions):
            more = min(MORE, len(actions) - count)
            further = here, count + MORE
            st.button(f"Show {more} more", key="actions-more", on_click=_show, args=further)
        table_downloads(
            words.plural(len(actions), "row", start=True),
            lambda: ledger_table(tracker, actions, span),
            ledger_name(tracker, span),
            "deeds",
        )


def _show(opened: tuple[object, str], count: int) -> None:
    """Show more rows, until something else is asked."""
    st.session_state[_OPEN_ROWS] = opened, count


# -- who moved ---------------------------------------------------------------------------------


def _causes(view: View, block: Block) -> None:
    """Draw the choice of a move, for the keyboard what a click on the chart is, and that move."""
    tracker = view.tracker
    moves = moves_among(tracker, span_of(view)[0])
    with st.container(key="causes"):
        st.session_state[_ACTOR] = opened_move(view, moves).actor
        if len(moves) > 1:
            st.selectbox(
                "Why it moved",
                sorted((move.actor for move in moves), key=tracker.names.__getitem__),
                format_func=tracker.names.__getitem__,
                key=_ACTOR,
                on_change=_take_actor,
            )
        draw(block_html(block))


def _take_actor() -> None:
    url.put("actor", st.session_state[_ACTOR])
