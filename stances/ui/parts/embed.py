"""Whether a page is shown in a frame of another page, and so without its controls."""

from __future__ import annotations

import streamlit as st


def compact() -> bool:
    """Whether only the chart is wanted, by `embed=true` in the address: no navigation, no controls,
    no tables; every view asks this.
    """
    return bool(st.context.is_embedded)
