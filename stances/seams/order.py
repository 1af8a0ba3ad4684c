"""The order of a run: what is new to the visitor is sent first, whatever its place on the page.

Leans on: Streamlit sending elements in the order in which they are drawn, into places kept before
  too; a run that a newer change breaks off ending by what is no `Exception`.
Fails: the page comes whole, in the order of its places, or a change waits for an older run to end.
Then: look at `streamlit.runtime.scriptrunner_utils.exceptions` for what breaks a run off.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

_GREETED = "_greeted"


def new_first(body: Callable[[], None], surround: Callable[[], None]) -> None:
    """Draw the page and what surrounds it. Who comes sees the links and controls first; who has
    been here sees them already and waits for the body. Where the body fails, the rest still comes;
    not so where a newer change has broken the run off.
    """
    if not st.session_state.get(_GREETED):
        st.session_state[_GREETED] = True
        surround()
        body()
        return
    try:
        body()
    except Exception:
        surround()
        raise
    surround()
