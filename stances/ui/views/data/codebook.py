"""The codebook as tables, the formula in words, and an event of the reader's choice worked out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from stances.answers.example import default_example, event_option
from stances.answers.tracker import Tracker
from stances.markup.codebook import EXAMPLE, NO_EVENTS, example_parts, method_parts
from stances.markup.table import rows_of
from stances.model.stance import Model
from stances.ui import url
from stances.ui.parts.blocks import draw, heading, paragraph

_ACTOR, _EVENT = "example_actor", "example_event"


def codebook_section(tracker: Tracker, day: date, mode: str) -> None:
    """Draw the codebook, the formula and the worked example for a day."""
    left, right = st.columns(2, gap="large")
    with left:
        draw(*method_parts(tracker, day, mode))
    with right:
        heading(EXAMPLE)
        _example(tracker, day, mode)


def _example(tracker: Tracker, day: date, mode: str) -> None:
    events = tracker.data.events
    if events.empty:
        paragraph(NO_EVENTS)
        return
    chosen = url.get("example") or default_example(tracker.model, events, day)
    row = rows_of(events[events["event_id"] == chosen])[0]
    _choice(tracker, row)
    draw(*example_parts(tracker, row, day, mode))


def _choice(tracker: Tracker, row: Any) -> None:
    """Two boxes that follow the example: whose event it is, and which one of theirs."""
    events = tracker.data.events
    st.session_state[_ACTOR], st.session_state[_EVENT] = row.actor, row.event_id
    own = events[events["actor"] == row.actor].sort_values("date", ascending=False)
    labels = {event.event_id: event_option(event) for event in rows_of(own)}
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
        "Event",
        list(labels),
        format_func=labels.__getitem__,
        key=_EVENT,
        on_change=_take_event,
    )


def _take_actor(model: Model, events: pd.DataFrame) -> None:
    """Choose the latest scored event of the actor, on a day on which there is one."""
    own = events[events["actor"] == st.session_state[_ACTOR]]
    url.put("example", default_example(model, own, url.get("as_of")))


def _take_event() -> None:
    url.put("example", st.session_state[_EVENT])
