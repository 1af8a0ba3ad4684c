"""Known events that a text may be about, each with the press that gives it a source more."""

from collections.abc import Mapping
from functools import partial
from html import escape
from threading import Thread

import pandas as pd
import streamlit as st

from stances import words
from stances.answers.tracker import Tracker
from stances.dataset.days import first_day
from stances.dataset.write import Change
from stances.desk import alike, outcome
from stances.desk.fields import Draft
from stances.links.view import View

# How like an event is that may be the same one, and how many are shown beside a form.
_LIKE = 1.2
_DOUBLES = 3
# The newest tracker whose words are counted, and those that are being counted.
_READY: list[Tracker] = []
_COUNTING: list[Tracker] = []


def draw(view: View, event: Mapping[str, str], source: Mapping[str, str], draft: Draft) -> None:
    """Draw the known events that a new one may double."""
    if "title" not in event:
        return
    text = "\n".join([event["title"], event.get("summary", "")])
    rows = likest(view, text, event.get("date", ""), _DOUBLES)
    rows = rows[rows["likeness"] > _LIKE]
    if len(rows):
        outcome.heading("May be known already")
        presses(view, rows, source, draft)


def likest(view: View, text: str, published: str, most: int) -> pd.DataFrame:
    """Return the events that a text is most alike, the likest first."""
    day = first_day(published) if published else None
    return alike.alike(_ready(view.tracker), text, day, most)


def presses(view: View, rows: pd.DataFrame, source: Mapping[str, str], draft: Draft) -> None:
    """Draw events, each with the press that attaches a source to it; `draft`: of the form."""
    for row in rows.to_dict("records"):
        event_id = row["event_id"]
        day = words.day(row["date"], row["date_precision"])
        small = escape(f"{day}, {view.tracker.short[row['actor']]}")
        href = escape(view.record_event(event_id))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            link = f'<a href="{href}">{escape(row["title"])}</a>'
            outcome.markup(f"{link}<br><small>{small}</small>")
            key = f"attach-{event_id}"
            if st.button("Attach", key=key, on_click=outcome.try_form, args=(draft.key,)):
                make = partial(Change.cite, row_id=event_id, source=source)
                attached = Draft(draft.key, "sources", make, saved=draft.saved)
                outcome.save(view, Change(view.tracker.data), attached)
                st.rerun()


def count_aside(tracker: Tracker) -> None:
    """Count the words of all events, which takes seconds, before somebody asks for it."""
    if tracker not in (*_READY, *_COUNTING):
        _COUNTING[:] = [tracker]
        Thread(target=_count, args=(tracker,), daemon=True).start()


def _ready(tracker: Tracker) -> Tracker:
    """Return a tracker whose words are counted: until the newest is, the one before it answers."""
    count_aside(tracker)
    return _READY[-1] if _READY else tracker


def _count(tracker: Tracker) -> None:
    alike.alike(tracker, "", None, 1)
    _READY[:] = [tracker]
