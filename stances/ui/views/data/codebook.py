"""The choice of the event that is worked out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from stances.answers.example import default_example, event_option
from stances.answers.rows import named_rows
from stances.links.view import View
from stances.model.stance import Model
from stances.pages.data.codebook import example_of
from stances.ui import url
from stances.ui.parts.blocks import Live

_ACTOR, _EVENT = "example_actor", "example_event"


def live_codebook(view: View) -> Live:
    """Return what is live of the codebook."""
    return {"example": lambda _: _choice(view)}


def _choice(view: View) -> None:
    """Two boxes that follow the example: whose event it is, and which one of theirs."""
    tracker, row = view.tracker, example_of(view)
    events = tracker.data.events
    st.session_state[_ACTOR], st.session_state[_EVENT] = row.actor, row.event_id
    of_actor = events[events["actor"] == row.actor].sort_values("date", ascending=False)
    labels = {event.event_id: event_option(event) for event in named_rows(of_actor)}
    actors = sorted(set(events["actor"]), key=tracker.names.__getitem__)
    st.selectbox(
        "Actor",
        actors,
        format_func=tracker.names.__getitem__,
        key=_ACTOR,
        on_change=_take_actor,
        args=(tracker.model, events),
    )
    st.selectbox(
        "Event", list(labels), format_func=labels.__getitem__, key=_EVENT, on_change=_take_event
    )


def _take_actor(model: Model, events: pd.DataFrame) -> None:
    """Choose the latest scored event of the actor, on a day on which there is one."""
    of_actor = events[events["actor"] == st.session_state[_ACTOR]]
    url.put("example", default_example(model, of_actor, url.get("as_of")))


def _take_event() -> None:
    url.put("example", st.session_state[_EVENT])
