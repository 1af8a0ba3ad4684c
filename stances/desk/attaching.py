"""A new source: it is read, and attached to the event that it is about."""

import streamlit as st

from stances.answers.tracker import Tracker
from stances.dataset.faults import BadInput
from stances.dataset.write import Change
from stances.desk import attach, doubles, form, outcome
from stances.desk.fields import Draft
from stances.links.view import View

_MOST = 10


def headline(_: View) -> str:
    """Return what the task is."""
    return "Which event is this text about?"


def draw(view: View) -> None:
    """Ask for an address or a text, then show the events that it may be about."""
    left, right = outcome.columns()
    key = f"{outcome.turn()}|attach"
    with left:
        given = st.text_area("Address or text", key=f"{key}|text", height="content").strip()
        if st.button("Read", type="primary", key=f"{key}|read") and given:
            _read(view.tracker, given)
    page = st.session_state.get(outcome.SOURCE)
    if not page:
        return
    draft = Draft(view, key, "sources")
    with right:
        outcome.markup('<h2 class="t0">Source</h2>')
        # Another text has other fields.
        source = form.source_fields(draft, page, f"{key}|{hash(page['text'])}")
    with left:
        outcome.heading("Most alike")
        rows = doubles.likest(view, page["text"], page["published"], _MOST)
        doubles.presses(draft, rows, source)
        if st.button("New event", key=f"{key}|new"):
            st.session_state[outcome.SOURCE] = page | source
            st.query_params.from_dict({"do": "new"})
            st.rerun()


def _read(tracker: Tracker, given: str) -> None:
    """Read an address, or a text, and keep what it says, with what is known of its host."""
    st.session_state.pop(outcome.SOURCE, None)
    known = Change(tracker.data).source_of(given)
    if known:
        # It is not asked for again: its title says what it is about.
        st.session_state[outcome.SOURCE] = known | {"text": known["title"]}
        return

    is_address = "\n" not in given and given.startswith(("http:", "https:"))
    try:
        page = attach.read_address(given) if is_address else attach.read_text(given)
    except BadInput as error:
        outcome.note(str(error))
        return
    usual = attach.usual_cells(tracker.data.sources, page["url"])
    st.session_state[outcome.SOURCE] = page | usual | {"checked": "read"}
