"""What a visitor looks at: the shared tracker, under own settings if there are any."""

from __future__ import annotations

import streamlit as st

from stances import text
from stances.ui import url
from stances.ui.embed import compact
from stances.ui.shared import Tracker, tracker


def current() -> Tracker:
    """The tracker under the settings of the address. Raises DataFaults."""
    return tracker(url.get("settings"))


def banner(shared: Tracker) -> None:
    """Say on every page that figures under other settings are not the published ones. In a frame
    the source line does.
    """
    if shared.settings is None or compact():
        return
    words = text.listed(shared.settings.changed(shared.data.codebook))
    with st.container(key="banner"):
        told, back = st.columns([5, 1], vertical_alignment="center")
    with told:
        st.markdown(
            f'<p class="notice">Your own settings, not the published figures: '
            f"{text.escape(words)}.</p>",
            unsafe_allow_html=True,
        )
    with back:
        st.button("Back to published", on_click=url.put, args=("settings", None))
