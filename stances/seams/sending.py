"""Waits by which what a visitor waits for is sent, and drawn, before the rest.

Leans on: Streamlit sending every 5 milliseconds what has gathered (`MESSAGE_FLUSH_INTERVAL_SECS`),
  and drawing together what reaches the browser together.
Fails: nothing breaks; the map is drawn with what follows it, some tens of milliseconds later.
Then: set the seconds to the new interval, or drop what `tests.bench.dashboard` does not feel.
"""

from __future__ import annotations

from time import monotonic, sleep

import streamlit as st

# The interval, and what a browser takes to take a message in.
_LEAVING_SECONDS = 0.005 + 0.002
# On the first visit, from the map's message until a browser draws it, with plotly run already
# (`first_map.js`): what comes in between is drawn first.
_BEGINNING_SECONDS = 0.15
# From the first message of a visit until plotly has been run and the map has been drawn.
_DRAWING_SECONDS = 1.2
_DRAWN = "_map_seen"
_PAUSE_SECONDS = 0.1


def let_leave(since: float) -> None:
    """Hold back what follows until what was drawn at `since` (seconds, monotonic) is on its way:
    what reaches the browser together is drawn together, and a map would wait for texts and tables.
    """
    wait = _LEAVING_SECONDS if st.session_state.get(_DRAWN) else _BEGINNING_SECONDS
    sleep(max(0.0, since + wait - monotonic()))


def let_draw() -> None:
    """On the first visit, hold back a moment what follows: for a table the browser would run a
    megabyte of code before it draws the map above.
    """
    if not st.session_state.get(_DRAWN):
        sleep(_DRAWING_SECONDS)
        st.session_state[_DRAWN] = True


def let_others_go_first() -> None:
    """Put off work in the background: what is being sent at this moment needs the machine first."""
    sleep(_PAUSE_SECONDS)
