"""Known events that a text may be about, each with the press that gives it a source more."""

from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pandas as pd
import streamlit as st

from stances.answers.tracker import Tracker, cached
from stances.dataset.days import first_day
from stances.dataset.schema import Row
from stances.dataset.write import Change
from stances.desk import alike, outcome
from stances.desk.fields import Draft
from stances.links.view import View

# How like an event is that may be the same one, and how many are shown beside a form.
_LIKE = 1.2
_DOUBLES = 3
# What counts the words of trackers, and the newest whose words are counted.
_COUNTER = ThreadPoolExecutor(max_workers=1)
_COUNTED: list[Tracker] = []


def draw(draft: Draft, event: Row, source: Row) -> None:
    """Draw the known events that a new one may double, with presses that attach its source."""
    text = f"{event['title']}\n{event['summary']}"
    rows = likest(draft.view, text, event["date"], _DOUBLES)
    rows = rows[rows["likeness"] > _LIKE]
    if len(rows):
        outcome.heading("May be known already")
        presses(draft, rows, source)


def likest(view: View, text: str, published: str, most: int) -> pd.DataFrame:
    """Return the events that a text is most alike, the likest first."""
    day = first_day(published) if published else None
    counting = count_aside(view.tracker)
    # Until the newest words are counted, those before them answer.
    if not _COUNTED:
        counting.result()
    return alike.alike(_COUNTED[-1], text, day, most)


def presses(draft: Draft, rows: pd.DataFrame, source: Row) -> None:
    """Draw events, each with the press that attaches the source of a form to it, or that it has it
    already.
    """
    view = draft.view
    data = view.tracker.data
    known = Change(data).source_of(source["url"])
    pairs = data.event_sources
    citing = {*pairs.loc[pairs["source_id"] == known.get("source_id"), "event_id"]}
    for event in rows.to_dict("records"):
        event_id = event["event_id"]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            outcome.template(view, "known", event=event)
            has_it = event_id in citing
            is_pressed = st.button(
                "Has it" if has_it else "Attach",
                key=f"attach-{event_id}",
                disabled=has_it,
                on_click=draft.try_save,
            )
        if is_pressed:
            make = partial(Change.cite, row_id=event_id, source=source, name="sources")
            if outcome.save(view, Change(data), make, "sources"):
                outcome.open_event(view, event_id)
            # Beside the press: on a telephone the fields are far below.
            outcome.show_announced()


@cached
def count_aside(tracker: Tracker) -> Future[None]:
    """Have the words of all events counted, which takes seconds, before somebody asks for it."""
    return _COUNTER.submit(_count, tracker)


def _count(tracker: Tracker) -> None:
    alike.alike(tracker, "", None, 1)
    _COUNTED[:] = [tracker]
