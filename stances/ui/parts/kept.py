"""Controls whose values are settings of the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from stances.ui import url


def kept(name: str) -> dict[str, Any]:
    """What ties a control to its setting in the address."""
    return {"key": name, "on_change": url.changed, "persist_state": "session"}


def choice_of_few(label: str, labels: Mapping[str, str], name: str, **options: Any) -> None:
    """Offer the values of a setting side by side, by their labels. `options`: further ones of
    `st.segmented_control`.
    """
    st.segmented_control(
        label,
        list(labels),
        format_func=labels.__getitem__,
        required=True,
        **kept(name),
        **options,
    )


def choice_of_many(label: str, labels: Mapping[str, str], name: str) -> None:
    """Offer the values of a setting in a box that opens, by their labels."""
    st.selectbox(label, list(labels), format_func=labels.__getitem__, **kept(name))
