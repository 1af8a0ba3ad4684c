"""Files that a reader takes along, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

CSV = "text/csv"


def download(
    label: str,
    content: Callable[[], bytes] | bytes | str,
    name: str,
    key: str,
    mime: str = CSV,
    **options: Any,
) -> None:
    """Offer a file by its name; taking it runs no page. `options`: further ones of
    `st.download_button`.
    """
    st.download_button(
        label,
        data=content,
        file_name=name,
        mime=mime,
        on_click="ignore",
        key=key,
        icon=":material/download:",
        **options,
    )
