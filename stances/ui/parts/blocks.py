"""Small tables as markup, for pages that are read rather than sorted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from stances import escapes


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Collection[int] = (),
    marked: Collection[int] = (),
) -> None:
    """Draw a table. `rows`: cells as markup, with every text from the data escaped; `numbers`: the
    columns of figures, counted from 0; `marked`: the rows to stand out; `caption`: what it shows.
    """
    heads = _cells("th", [escapes.html(text) for text in head], numbers)
    body = "".join(
        f"<tr{_class('shown', place in marked)}>{_cells('td', row, numbers)}</tr>"
        for place, row in enumerate(rows)
    )
    st.markdown(
        f'<table class="figures"><caption>{escapes.html(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>",
        unsafe_allow_html=True,
    )


def _cells(tag: str, contents: Sequence[str], numbers: Collection[int]) -> str:
    return "".join(
        f"<{tag}{_class('number', place in numbers)}>{content}</{tag}>"
        for place, content in enumerate(contents)
    )


def _class(name: str, applies: bool) -> str:
    return f' class="{name}"' if applies else ""


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """The rows of a table, with its columns as attributes."""
    return list(frame.itertuples(index=False))


def paragraph(text: str, css: str = "") -> None:
    """Draw a plain text, escaped."""
    st.markdown(f'<p class="{css}">{escapes.html(text)}</p>', unsafe_allow_html=True)


def headline_html(found: str, *shown: str) -> str:
    """What a page finds, and in lines under it what it shows, as markup."""
    lines = "".join(f'<p class="subtitle">{escapes.html(line)}</p>' for line in shown)
    return f'<h1 class="headline">{escapes.html(found)}</h1>{lines}'


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
