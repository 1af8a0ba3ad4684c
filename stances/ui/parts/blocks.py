"""Small tables as markup, for pages that are read rather than sorted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import streamlit as st

from stances.markup.blocks import finding_html, heading_html, paragraph_html
from stances.markup.headline import headline_html
from stances.markup.table import table_html


def draw(*parts: str) -> None:
    """Draw some markup, each part below the one before it."""
    for part in parts:
        st.markdown(part, unsafe_allow_html=True)


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Collection[int] = (),
    marked: Collection[int] = (),
) -> None:
    """Draw a table, as `table_html` writes it."""
    draw(table_html(caption, head, rows, numbers, marked))


def paragraph(text: str, css: str = "") -> None:
    """Draw a plain text, escaped."""
    draw(paragraph_html(text, css))


def headline(found: str, *shown: str, sentence: bool = False) -> None:
    """Draw what a page finds, and in lines under it what it shows: see `headline_html`."""
    draw(headline_html(found, *shown, sentence=sentence))


def finding(found: str, shown: str) -> None:
    """Draw what a section finds, and under it what it shows."""
    draw(finding_html(found, shown))


def heading(text: str) -> None:
    """Draw the heading of a part of a section."""
    draw(heading_html(text))
