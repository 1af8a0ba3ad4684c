"""The page of acts: the register on a day, what falls due, and one act in full."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import streamlit as st

from stances import escapes, parameters, words
from stances.answers.act_file import acts_name, acts_table
from stances.answers.acts import (
    act_on,
    acts_shown,
    covers,
    since,
    status_words,
)
from stances.answers.events import LONGEST_SEARCH, nothing_found
from stances.answers.tracker import Tracker
from stances.finding.acts import FILTERS, Found, found, told, without_each
from stances.markup.act import act_html
from stances.markup.grid import ACTS, not_among_html
from stances.markup.headline import found_html
from stances.markup.table import rows_of
from stances.ui import url
from stances.ui.parts.choice import choosing_table
from stances.ui.parts.download import table_downloads
from stances.ui.parts.embed import compact
from stances.ui.parts.event import SOURCE_COLUMN, reveal
from stances.ui.parts.filters import clear, is_default, who_control
from stances.ui.parts.kept import choice_of_few, choice_of_many, kept
from stances.ui.session import current
from stances.ui.views.acts.falling_due import falling_due

# The filters that are folded away until they are asked for.
_MORE = ("scope", "aim")
_COLUMNS = {
    **{name: st.column_config.TextColumn(width=px) for name, px in ACTS.columns.items()},
    "Text": SOURCE_COLUMN,
}


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
    with st.container(key="acts-body"):
        left, *right = st.columns([1] if url.get("act") is None else [ACTS.share, 1], gap="medium")
    with left:
        if len(seen.rows):
            _table(tracker, seen)
            falling_due(tracker, seen, mode)
        else:
            _nothing(tracker, seen)
    for beside in right:
        with beside, st.container(key="act-open"), st.container(key="event", gap="small"):
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
            placeholder="Words in the register",
            live=True,
            **kept("q"),
        )
    with who:
        who_control(tracker)
    with status:
        choice_of_few("Status", parameters.STATUSES, "status")
    with deadline:
        choice_of_many("Deadline", parameters.deadline_kinds(tracker), "deadline")
    with order:
        choice_of_many("Order", parameters.ACT_ORDERS, "by")
    more = sum(not is_default(tracker, name) for name in _MORE)
    with st.expander(f"More filters ({more} set)" if more else "More filters", key="more-filters"):
        _more_controls(tracker)


def _more_controls(tracker: Tracker) -> None:
    terms = tracker.codebook.acts
    for column, label, name, labels in zip(
        st.columns(2, gap="medium"), ("Covers", "Aim"), _MORE, (terms.scope, terms.aim), strict=True
    ):
        with column:
            st.multiselect(
                label,
                list(labels),
                format_func=labels.__getitem__,
                placeholder="All",
                **kept(name),
            )


def _headline(tracker: Tracker, seen: Found) -> None:
    st.markdown(found_html(*told(tracker, seen, url.values())), unsafe_allow_html=True)


def _table(tracker: Tracker, seen: Found) -> None:
    """The acts found; a row opens its act."""
    choosing_table(
        "acts",
        _shown(tracker, seen),
        seen.rows["act_id"].tolist(),
        "act",
        height=ACTS.height(len(seen.rows)),
        row_height=ACTS.row_px,
        column_config=_COLUMNS,
        column_order=None if url.get("act") is None else tuple(ACTS.beside),
        alt="The acts found; Shift and Space on a row opens its act",
    )
    line = acts_shown(len(seen.rows), url.get("by"))
    st.markdown(f'<p class="small">{escapes.html(line)}</p>', unsafe_allow_html=True)
    with st.container(horizontal=True, gap="small"):
        _download(tracker, seen)
        if not all(is_default(tracker, name) for name in FILTERS):
            _clear_button(tracker, "Clear filters", FILTERS, "tertiary")


def _shown(tracker: Tracker, seen: Found) -> pa.Table:
    """Rows of the table: a date no more exact than it is known, words for codes."""
    codebook, rows = tracker.codebook, rows_of(seen.rows)
    return pa.table(
        {
            "Actor": [tracker.short_names[row.actor] for row in rows],
            "Act": [row.name for row in rows],
            "Status": [status_words(row.status, row.deadline_passed) for row in rows],
            "In force since": [since(row) for row in rows],
            "Deadline": [row.deadline or None for row in rows],
            "Obligation": [row.obligation for row in rows],
            "Covers": [covers(codebook, row) for row in rows],
            "Aim": [codebook.acts.aim[row.aim] for row in rows],
            "Legal reference": [row.legal_reference or None for row in rows],
            "Text": [row.legal_url or None for row in rows],
        }
    )


def _download(tracker: Tracker, seen: Found) -> None:
    count = words.plural(len(seen.rows), "act", start=True)
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
    why = nothing_found(without_each(tracker, seen), "act")
    st.markdown(f'<p class="nothing" role="status">{escapes.html(why)}</p>', unsafe_allow_html=True)
    _clear_button(tracker, "Clear all filters", (*FILTERS, "domain", "as_of"), "primary")


def _act(tracker: Tracker, seen: Found) -> None:
    """The act that is open, whatever the filters say."""
    opened = url.get("act")
    st.button(
        "Close",
        key="act-close",
        on_click=url.put,
        args=("act", None),
        type="tertiary",
        icon=":material/close:",
    )
    if opened not in set(seen.rows["act_id"]):
        st.markdown(not_among_html("act"), unsafe_allow_html=True)
    row = act_on(tracker.data, seen.day, opened)
    whole = act_html(tracker, row, seen.day, seen.query.domain)
    st.markdown(whole, unsafe_allow_html=True)


page()
