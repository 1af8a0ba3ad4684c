"""Code: a person scores events blind. Settle: where two coders differ, a third person decides.

No score is filled in or suggested, and nothing that is drawn hangs on how an event was coded, but
for the reasons of both in Settle.
"""

from functools import partial
from threading import Lock
from time import monotonic

import pandas as pd
import streamlit as st

from stances import words
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.faults import BadInput
from stances.dataset.write import Change
from stances.desk import outcome, packets
from stances.links import view as links
from stances.links.view import View
from stances.render.environment import context, drawn

# In the session, and kept while another task is open.
_KIND = "desk-packet"
_SIZE = "desk-size"
_SEED = "desk-seed"
# What is typed: the fields stay, so that the cursor stays in them, and are emptied by a save.
_SCORE = "desk-score"
_WHY = "desk-why"
# The event that is shown, and since when, in seconds of the clock.
_SHOWN = "desk-shown"
# A second press of Enter would else give the next event the score of this one, unseen.
LEAST_SECONDS = 1.0
_ONE_AT_A_TIME = Lock()
# What stands before the name of who settles, in the table of codings.
_REVIEW = "review "
_SIZES = (5, 20, 50, 100, 200, 500)
_USUAL_SIZE = 1


def code_headline(_: View) -> str:
    """Say what is done."""
    return "Score each event by the codebook; no other score is shown"


def settle_headline(view: View) -> str:
    """Say how much there is to be done."""
    count = len(packets.differing(view.tracker))
    return f"Coders differ on {words.plural(count, 'event')}; a third person decides"


def draw_code(view: View) -> None:
    """Ask who codes which packet, and draw the next event of it."""
    with st.container(horizontal=True):
        name = outcome.name_field()
        kind = st.selectbox(
            "Packet",
            packets.PACKETS,
            format_func=packets.PACKETS.__getitem__,
            key=_KIND,
            persist_state="session",
        )
        size = st.selectbox(
            "Events",
            _SIZES,
            index=_USUAL_SIZE,
            key=_SIZE,
            persist_state="session",
        )
        # Two people with the same have the same events.
        seed = st.text_input("Draw", "1", key=_SEED, persist_state="session")
    if _is_person(view, name):
        events = packets.packet(view.tracker, kind, size, seed)
        _draw_next(view, events, name)


def draw_settle(view: View) -> None:
    """Ask who settles, and draw the next event on which two others differ."""
    # As wide as in Code, where four fields stand side by side.
    with st.columns(4)[0]:
        name = outcome.name_field()
    if _is_person(view, name):
        events = packets.left(view.tracker, packets.differing(view.tracker), name)
        # Who comes from the list in Work begins with the event that was pressed there.
        events = events.sort_values("event_id", key=lambda ids: ids != view["row"], kind="stable")
        _draw_next(view, events, _REVIEW + name)


def _is_person(view: View, name: str) -> bool:
    """Say whether somebody is named who may code; draw why not."""
    if not name:
        outcome.note("Your name comes first: it stands beside your scores in the tables.")
        return False
    try:
        packets.is_known(view.tracker, name)
    except BadInput as refused:
        outcome.note(str(refused))
        return False
    return True


def _draw_next(view: View, events: pd.DataFrame, coder: str) -> None:
    """Draw the first event that a coder has not coded, and what takes its score."""
    rest = packets.left(view.tracker, events, coder)
    if rest.empty:
        outcome.show_announced()
        outcome.note("Nothing is left.")
        return

    event_id, seen = rest.iloc[0]
    settles = coder.startswith(_REVIEW)
    shown_id, _ = st.session_state.get(_SHOWN, ("", 0))
    if shown_id != event_id:
        st.session_state[_SHOWN] = (event_id, monotonic())
    case_column, form_column = outcome.columns()
    with case_column:
        outcome.markup(case_html(view, event_id, seen, settles))
    with form_column:
        # Its name hangs on the task: what is typed in one is not sent by the other.
        with st.form(f"score-{coder}", enter_to_submit=True, border=False):
            hint = packets.allowed(view.tracker.codebook.scale)
            st.text_input(f"Score, {len(rest):,} left", key=_SCORE, placeholder=hint)
            st.text_input("Reason" if settles else "Reason (optional)", key=_WHY)
            st.form_submit_button(
                "Save and next",
                type="primary",
                on_click=_save,
                args=(view, event_id, seen, coder),
            )
        outcome.template(view, "rulings", **packets.rulings(view.tracker, event_id))


def case_html(view: View, event_id: str, seen: str, settles: bool = False) -> str:
    """Return an event as a coder sees it; who `settles` sees the reasons of others, too."""
    values = context(view) | packets.case(view.tracker, event_id, seen)
    if settles:
        values["reasons"] = packets.reasons(view.tracker, event_id)
    return drawn("case", values)


def _save(view: View, event_id: str, seen: str, coder: str) -> None:
    """Write what was typed of an event; what cannot be written stays in its fields."""
    # Of two presses of Enter the second is taken while the first is still written.
    with _ONE_AT_A_TIME:
        tracker = tracker_of(links.store().data())
        event = pd.DataFrame({"event_id": [event_id]})
        is_new = not packets.left(tracker, event, coder).empty
        _, since = st.session_state[_SHOWN]
        if is_new and monotonic() - since < LEAST_SECONDS:
            outcome.announce("Nothing was saved: the event had only just come up")
            return

        typed = st.session_state[_SCORE]
        change = Change(tracker.data, st.session_state[_WHY], coder)
        make = partial(_make, tracker, event_id, seen, typed)
        if not is_new or outcome.save(view, change, make, "codings"):
            st.session_state[_SCORE] = ""
            st.session_state[_WHY] = ""


def _make(tracker: Tracker, event_id: str, seen: str, typed: str, change: Change) -> str:
    """Put a score that was typed into a change, and who gave it where the name is new; of who
    settles it is a review, and a correction where the score was another. Raises BadInput.
    """
    cell = packets.cell_of(typed, tracker.codebook.scale)
    name = change.coder.removeprefix(_REVIEW)
    if not packets.is_known(tracker, name):
        change.add("coders", {"coder": name, "kind": "human"})
    settles = change.coder != name
    if settles and not change.why:
        raise BadInput("A reason is needed: two others had theirs")

    _, event = change.find(event_id)
    if settles and event["score"] != cell:
        # A correction of a score writes the coding of the review, too.
        change.edit(event_id, {"score": cell})
    else:
        change.code(event_id, cell, change.why, seen)
    return event_id
