"""Small tables as markup, for pages that are read rather than sorted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import streamlit as st

from stances import escapes
from stances.markup.headline import headline_html
from stances.markup.table import table_html


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Collection[int] = (),
    marked: Collection[int] = (),
) -> None:
    """Draw a table, as `table_html` writes it."""
    st.markdown(table_html(caption, head, rows, numbers, marked), unsafe_allow_html=True)


def paragraph(text: str, css: str = "") -> None:
    """Draw a plain text, escaped."""
    st.markdown(f'<p class="{css}">{escapes.html(text)}</p>', unsafe_allow_html=True)


def headline(found: str, *shown: str) -> None:
    """Draw what a page finds, and in lines under it what it shows."""
    st.markdown(headline_html(found, *shown), unsafe_allow_html=True)


def finding(found: str, shown: str) -> None:
    """Draw what a section finds, and under it what it shows."""
    heading = f'<h2 class="finding">{escapes.html(found)}</h2>'
    line = f'<p class="subtitle">{escapes.html(shown)}</p>'
    st.markdown(f"{heading}{line}", unsafe_allow_html=True)


def heading(text: str) -> None:
    """Draw the heading of a part of a section."""
    st.markdown(f'<h3 class="part">{escapes.html(text)}</h3>', unsafe_allow_html=True)
