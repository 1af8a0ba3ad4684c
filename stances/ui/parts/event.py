"""The event that is open beside a table, and what brings it to the reader."""

import streamlit as st

from stances import escapes
from stances.pages.block import Block
from stances.render.html import block_html
from stances.ui import url
from stances.ui.parts.blocks import draw

_CLOSE = ":material/close:"


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
        icon=_CLOSE,
    )


def reveal(opened: str | None) -> None:
    """Name the event or act that was just opened, for `seams/reveal.js` to bring it to the reader:
    into view where it stands below its table, and into focus where it was opened by keyboard. None:
    nobody has opened one.
    """
    st.html(f'<div data-event="{escapes.html(opened or "")}"></div>')
