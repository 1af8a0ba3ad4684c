"""The ledger: acts and statements between two days, one by one, each to be quoted."""

from __future__ import annotations

import streamlit as st

from stances import escapes, words
from stances.answers.events import tier_words
from stances.answers.ledger import (
    Deed,
    Span,
    bare,
    effect_words,
    kind_words,
    ledger,
    ledger_finding,
    ledger_name,
    ledger_shown,
    ledger_table,
    quoted,
)
from stances.answers.tracker import Tracker
from stances.dataset.schema import COPY
from stances.model.stance import level_of
from stances.parameters import LEDGER_ORDERS
from stances.ui import url
from stances.ui.parts.blocks import paragraph
from stances.ui.parts.download import table_downloads
from stances.ui.parts.kept import choice_of_few
from stances.ui.parts.links import event_link
from stances.ui.parts.quote import copy_button
from stances.ui.parts.sources import link_html
from stances.ui.parts.swatch import swatch

# Rows before more are asked for, and so many more at each time.
_ROWS, _MORE = 8, 40
_SHOWN = "_deeds_shown"


def draw(tracker: Tracker, span: Span, mode: str) -> None:
    """Draw the first acts and statements of a span, a way to more, and the file of all."""
    order = url.get("ledger")
    found = ledger(tracker, span, order)
    with st.container(key="deeds"):
        _head(found, ledger_finding(found, span.only, tracker.model.basis))
        if not found:
            return
        asked, count = st.session_state.get(_SHOWN, (None, _ROWS))
        count = count if asked == (span, order) else _ROWS
        # In pieces, of which those that are shown already need not be sent again.
        for first in (0, *range(_ROWS, count, _MORE)):
            rows = found[first : min(first + _MORE, count) if first else _ROWS]
            _list(tracker, rows, mode)
        _below(tracker, span, found, count)


def _head(found: tuple[Deed, ...], finding: str) -> None:
    with st.container(key="deeds-head", horizontal=True, vertical_alignment="center"):
        st.markdown(f'<h2 class="finding">{escapes.html(finding)}</h2>', unsafe_allow_html=True)
        if found:
            choice_of_few("Order", LEDGER_ORDERS, "ledger", label_visibility="collapsed")


def _list(tracker: Tracker, rows: tuple[Deed, ...], mode: str) -> None:
    items = "".join(_row(tracker, deed, mode) for deed in rows)
    if items:
        st.markdown(f'<ul class="ledger">{items}</ul>', unsafe_allow_html=True)


def _row(tracker: Tracker, deed: Deed, mode: str) -> str:
    """A deed as a row: its sentence, what it changed, what it was, who says so, and its quote."""
    codebook = tracker.codebook
    told = filter(None, [escapes.html(kind_words(codebook, deed)), _source(tracker, deed)])
    button = copy_button(quoted(tracker, deed), told=f"Copy with citation: {deed.title}")
    effect = escapes.html(effect_words(codebook, deed))
    return (
        f"<li><div>{_sentence(tracker, deed)}</div>"
        f"<div>{swatch(float(level_of(deed.after)), mode)}{effect}</div>"
        f'<div class="about">{" · ".join(told)} {button}</div></li>'
    )


def _sentence(tracker: Tracker, deed: Deed) -> str:
    """The sentence, in which the title leads to the event."""
    before, title, after = deed.sentence.partition(bare(deed.title))
    link = event_link(tracker.settings, deed.event_id, title)
    return f"{escapes.html(before)}{link}{escapes.html(after)}"


def _source(tracker: Tracker, deed: Deed) -> str:
    """The best source by its tier, and a word where even that is a copy of another's text."""
    best = tracker.best_source(deed.event_id)
    if best is None:
        return ""
    copied = f" ({tier_words(tracker.codebook, best.tier)})" if best.tier == COPY else ""
    return f"{link_html(best.url, best.publisher, best.title)}{escapes.html(copied)}"


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
