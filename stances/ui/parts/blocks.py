"""The blocks of a page as the dashboard shows them, what is open among them, and pieces of markup
by themselves.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from functools import partial
from itertools import groupby
from typing import Literal, NamedTuple

import streamlit as st

from stances import escapes
from stances.markup.blocks import paragraph_html
from stances.markup.notices import notice_html
from stances.pages.block import OWN_CONTROLS, WIDTHS, Block, ChartBlock, FilesBlock, TableBlock
from stances.render.html import block_html
from stances.tables.table import RECORDS, rows_csv
from stances.ui import url
from stances.ui.parts.chart import OVER_TIME, STILL, draw_chart
from stances.ui.parts.download import download


class _Columns(NamedTuple):
    """Columns: how many, the gap between them, the key of the container around."""

    number: int = 2
    gap: Literal["medium", "large"] = "medium"
    key: str | None = None


_COLUMNS: Mapping[str, _Columns] = {
    "opened": _Columns(),
    "columns moves": _Columns(key="compare-body"),
    "columns fields": _Columns(),
    "columns maps": _Columns(key="maps"),
    "columns near": _Columns(key="compare-body"),
    "columns": _Columns(gap="large"),
    "columns described": _Columns(gap="large"),
    "columns uneven": _Columns(gap="large"),
    "columns overview": _Columns(1, key="overview"),
    "columns by-year": _Columns(1, key="by-year"),
    "columns halves": _Columns(key="compare-body"),
}
# What the dashboard draws under the reader's hand, by the name that a block has for it.
Live = Mapping[str, Callable[[Block], None]]


def draw_blocks(blocks: Iterable[Block], live: Live) -> None:
    """Draw blocks one below another, columns side by side, and in some places what is `live`."""
    for group, inside in groupby(blocks, key=lambda block: block.group):
        if not group:
            _draw_blocks(inside, live)
            continue
        columns = [list(column) for _, column in groupby(inside, key=lambda block: block.column)]
        number, gap, key = _COLUMNS.get(group, _Columns(len(columns)))
        with st.container(key=key) if key else nullcontext():
            places = st.columns(WIDTHS.get(group, number), gap=gap)
        for column in columns:
            with places[column[0].column - 1]:
                _draw_blocks(column, live)


def _draw_blocks(blocks: Iterable[Block], live: Live) -> None:
    for block in blocks:
        folds = bool(block.folded)
        with st.expander(block.folded, expanded=block.unfolds) if folds else nullcontext():
            _draw_one(block, live)


def _draw_one(block: Block, live: Live) -> None:
    if block.live in live:
        # On a telephone they are in the drawer of filters.
        with st.container(key="own-controls") if block.live in OWN_CONTROLS else nullcontext():
            live[block.live](block)
    elif isinstance(block, ChartBlock):
        menu = OVER_TIME if block.zooms else STILL
        draw_chart(block.chart, block.live, menu, opens=block.opens, in_frame=block.framed)
    elif isinstance(block, TableBlock):
        # A small table without rows to be opened is drawn up to what follows, as a text is.
        if block.table.kind in ("figures", RECORDS):
            draw(block_html(block))
        else:
            st.html(block_html(block))
        if block.file:
            rows = block.file.rows or block.rows
            content = partial(rows_csv, block.table, rows)
            label = block.file.label(len(rows))
            download(label, content, f"{block.file.name}.csv", f"{block.file.what}-csv")
    elif isinstance(block, FilesBlock):
        st.html(block.html)
    else:
        draw(block_html(block))


def draw(*parts: str, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw some markup, each part below the one before it. `width`: content, beside others."""
    for part in filter(None, parts):
        st.html(f'<div class="text">{part}</div>', width=width)


def paragraph(text: str, css: str = "") -> None:
    """Draw a plain text, escaped."""
    draw(paragraph_html(text, css))


def notice(line: str) -> None:
    """Draw a line about the address, the controls or the data. As markup, since a warning of
    Streamlit's takes Markdown, and words from an address must not become a link.
    """
    draw(notice_html(line))


def draw_opened(parameter: str, block: Block) -> None:
    """Draw what is open under a parameter, and what closes it."""
    with st.container(key="event", gap="small"):
        close_button(parameter)
        draw(block_html(block))


def close_button(parameter: str) -> None:
    """Offer to close what is open under a parameter."""
    st.button(
        "Close",
        key=f"{parameter}-close",
        on_click=url.put,
        args=(parameter, None),
        type="tertiary",
        icon=":material/close:",
    )


def reveal(opened: str | None) -> None:
    """Name the event or act that was just opened, for `seams/reveal.js` to bring it to the reader:
    into view where it stands below its table, and into focus where it was opened by keyboard. None:
    nobody has opened one.
    """
    st.html(f'<div data-event="{escapes.html(opened or "")}"></div>')
