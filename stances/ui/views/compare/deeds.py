"""The ledger: acts and statements between two days, one by one, each to be quoted."""

from __future__ import annotations

import streamlit as st

from stances import escapes, words
from stances.answers.ledger import (
    Deed,
    Span,
    ledger,
    ledger_finding,
    ledger_name,
    ledger_shown,
    ledger_table,
)
from stances.answers.tracker import Tracker
from stances.markup.ledger import ledger_html
from stances.ui import url
from stances.ui.parts.blocks import paragraph
from stances.ui.parts.download import table_downloads
from stances.ui.parts.kept import choice_of_few

# Rows before more are asked for, and so many more at each time.
_ROWS, _MORE = 8, 40
_SHOWN = "_deeds_shown"


def draw(tracker: Tracker, span: Span, mode: str) -> None:
    """Draw the first acts and statements of a span, a way to more, and the file of all."""
    order = url.get("ledger")
    found = ledger(tracker, span, order)
    with st.container(key="deeds"):
        _head(tracker, found, ledger_finding(found, span.only, tracker.model.basis))
        if not found:
            return
        asked, count = st.session_state.get(_SHOWN, (None, _ROWS))
        count = count if asked == (span, order) else _ROWS
        # In pieces, of which those that are shown already need not be sent again.
        for first in (0, *range(_ROWS, count, _MORE)):
            rows = found[first : min(first + _MORE, count) if first else _ROWS]
            _list(tracker, rows, mode)
        _below(tracker, span, found, count)


def _head(tracker: Tracker, found: tuple[Deed, ...], finding: str) -> None:
    with st.container(key="deeds-head", horizontal=True, vertical_alignment="center"):
        st.markdown(f'<h2 class="finding">{escapes.html(finding)}</h2>', unsafe_allow_html=True)
        if found:
            choice_of_few(tracker, "ledger", label_visibility="collapsed")


def _list(tracker: Tracker, rows: tuple[Deed, ...], mode: str) -> None:
    if rows:
        st.markdown(ledger_html(tracker, rows, mode), unsafe_allow_html=True)


def _below(tracker: Tracker, span: Span, found: tuple[Deed, ...], count: int) -> None:
    paragraph(ledger_shown(min(count, len(found)), len(found)), "small")
    with st.container(horizontal=True, gap="small"):
        if count < len(found):
            more = min(_MORE, len(found) - count)
            asked = (span, url.get("ledger")), count + _MORE
            st.button(f"Show {more} more", key="deeds-more", on_click=_show, args=asked)
        table_downloads(
            words.plural(len(found), "row", start=True),
            lambda: ledger_table(tracker, found, span),
            ledger_name(tracker, span),
            "deeds",
        )


def _show(asked: tuple[Span, str], count: int) -> None:
    """Show more rows, until something else is asked."""
    st.session_state[_SHOWN] = asked, count
