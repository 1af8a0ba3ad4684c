"""Lets charts take the shape that fits their width, which only the browser knows."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

# Static text: nothing from the data or the address is put into a script.
_SCRIPT = f"<script>{Path(__file__).with_suffix('.js').read_text(encoding='utf-8')}</script>"


def fit_charts() -> None:
    """Send the script that presses the hidden buttons of the charts: see `fit.js`."""
    st.html(_SCRIPT, unsafe_allow_javascript=True)
