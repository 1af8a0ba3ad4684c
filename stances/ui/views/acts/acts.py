"""The page of acts: the register on a day, what falls due, and one act in full."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from stances import escapes, words
from stances.answers.act_file import acts_name, acts_table
from stances.answers.acts import act_on
from stances.answers.events import LONGEST_SEARCH, nothing_found
from stances.answers.practice import used_heading
from stances.answers.tracker import Tracker
from stances.finding.acts import FILTERS, Found, found, told, without_each
from stances.links.parameters import PARAMETERS
from stances.markup.act import act_html
from stances.markup.blocks import not_among_html
from stances.markup.headline import found_html
from stances.tables.acts import acts_rows_html
from stances.ui import url
from stances.ui.parts.download import table_downloads
from stances.ui.parts.embed import compact
from stances.ui.parts.event import close_button, reveal
from stances.ui.parts.filters import clear, is_default
from stances.ui.parts.kept import choice_of_few, choice_of_many, choice_of_several, kept
from stances.ui.parts.table import place
from stances.ui.session import current
from stances.ui.views.acts.falling_due import falling_due

# The filters that are folded away until they are asked for.
_MORE, _PERIOD = ("applied", "scope", "aim"), ("due_from", "due_to")


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    if not compact():
        _controls(tracker)
    seen = found(tracker, url.values())
    _headline(tracker, seen)
    if compact():
        falling_due(tracker, seen, mode)
        return
    # Without an act that is open the table has the whole width.
    left, *right = st.columns([1] if url.get("act") is None else [2, 1], gap="medium")
    with left:
        if len(seen.rows):
            _table(tracker, seen)
            falling_due(tracker, seen, mode)
        else:
            _nothing(tracker, seen)
    for beside in right:
        with beside, st.container(key="event", gap="small"):
            _act(tracker, seen)
    reveal(url.get("act"))


def _controls(tracker: Tracker) -> None:
    with st.container(key="act-controls"):
        wording, who, status, deadline, order = st.columns(
            [1.35, 1.75, 2.35, 1.75, 1.3], vertical_alignment="bottom", gap="small"
        )
    with wording:
        st.text_input(
            "Search",
            max_chars=LONGEST_SEARCH,
            type="search",
            placeholder="Search rules",
            live=True,
            **kept("q"),
        )
    with who:
        choice_of_several(tracker, "who")
    with status:
        choice_of_few(tracker, "status")
    with deadline:
        choice_of_many(tracker, "deadline")
    with order:
        choice_of_many(tracker, "by")
    more = sum(not is_default(tracker, name) for name in (*_MORE, *_PERIOD))
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
                **kept(name),
            )


def _headline(tracker: Tracker, seen: Found) -> None:
    st.markdown(found_html(*told(tracker, seen, url.values())), unsafe_allow_html=True)


def _table(tracker: Tracker, seen: Found) -> None:
    """A hundred of the acts found, and the file of all below."""
    at = place(tracker, "acts")
    st.html(acts_rows_html(tracker, seen.rows, seen.day, url.values(), at))
    with st.container(horizontal=True, gap="small"):
        _download(tracker, seen)
        if not all(is_default(tracker, name) for name in FILTERS):
            _clear_button(tracker, "Clear filters", FILTERS, "tertiary")


def _download(tracker: Tracker, seen: Found) -> None:
    count = words.plural(len(seen.rows), "rule", start=True)
    table_downloads(
        count,
        lambda: acts_table(tracker.data, seen.rows, seen.day, _asked(seen)),
        acts_name(tracker.data, seen.day),
        "acts",
    )


def _asked(seen: Found) -> dict[str, str | None]:
    """What the acts are narrowed to, for their file."""
    return {each.name: each.wording for each in seen.filters}


def _clear_button(tracker: Tracker, label: str, names: tuple[str, ...], kind: Any) -> None:
    st.button(label, key="acts-clear", on_click=clear, args=(tracker, names), type=kind)


def _nothing(tracker: Tracker, seen: Found) -> None:
    """Why nothing was found, and one way out."""
    why = nothing_found(without_each(tracker, seen), "rule")
    st.markdown(f'<p class="nothing" role="status">{escapes.html(why)}</p>', unsafe_allow_html=True)
    _clear_button(tracker, "Clear all filters", (*FILTERS, "domain", "as_of"), "primary")


def _act(tracker: Tracker, seen: Found) -> None:
    """The act that is open, whatever the filters say."""
    opened = url.get("act")
    close_button("act")
    if opened not in set(seen.rows["act_id"]):
        st.markdown(not_among_html("rule"), unsafe_allow_html=True)
    row = act_on(tracker.data, seen.day, opened)
    whole = act_html(tracker, row, seen.day, seen.query.domain)
    st.markdown(whole, unsafe_allow_html=True)


page()
