"""What comes of a change: it is judged, shown beside the form, and written at a press."""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from stances.answers.snapshot import differences
from stances.dataset import schema
from stances.dataset.faults import BadInput, DataFaults, Fault
from stances.dataset.write import Change
from stances.desk import candidates
from stances.desk.fields import Draft, Place, day_in, sentence
from stances.links import view as links
from stances.links.view import View
from stances.render.environment import context, drawn

# What puts a change together, and returns the id of its row where that is to be opened.
Make = Callable[[Change], str | None]
# In the session: the source that Attach has read, also for a new event; what came of the last
# press; the turn of forms, which are anew after a save; who is at the desk.
SOURCE = "desk-source"
_SAID = "desk-said"
_TURN = "desk-turn"
_NAME = "desk-name"
# Of all sessions, as a reload begins another: who was at the desk last, under the same key.
_LAST: dict[str, str] = {}
# Stands for what is not written yet, where a change is only looked at.
_ANYBODY = "somebody"
# The tables of the parts of an entry that are not called as these.
_PLACES = {"act": "acts", "act.steps": "deadlines", "coding": "codings"}
# What a change is refused with, by the house or by the disk.
_REFUSALS = (BadInput, DataFaults, OSError)


def turn() -> int:
    """Return the turn of forms, a part of the keys of their fields: a save raises it."""
    count: int = st.session_state.setdefault(_TURN, 0)
    return count


# -- what is drawn -----------------------------------------------------------------------------


def columns() -> list[DeltaGenerator]:
    """Return the two columns of a task, as wide as those of pages; the second stays in sight, and
    says what came of the last press.
    """
    left, right = st.columns([25, 12], gap="medium")
    side = right.container(key="side")
    # Said or not, what follows stays in its place, and the cursor in its field.
    with side, st.empty():
        show_announced()
    return [left, side]


def name_field() -> str:
    """Ask who is at the desk; who was there last is, until somebody says otherwise."""
    name = st.text_input(
        "Your name",
        value=_LAST.get(_NAME, ""),
        key=_NAME,
        persist_state="session",
        live=True,
    ).strip()
    _LAST[_NAME] = name
    return name


def markup(html: str) -> None:
    """Draw markup of the house."""
    if html.strip():
        st.html(f'<div class="page">{html}</div>')


def template(view: View, name: str, **values: Any) -> None:
    """Draw a template of the house."""
    markup(drawn(name, context(view) | values))


def heading(text: str) -> None:
    """Draw the heading of a part."""
    markup(f"<h2>{escape(text)}</h2>")


def note(text: str) -> None:
    """Draw a line of what came of something."""
    markup(f'<p class="note" role="status">{escape(text)}</p>')


def announce(text: str) -> None:
    """Have the next drawing say a line."""
    st.session_state[_SAID] = text


def show_announced() -> None:
    """Say once what came of the last press."""
    if _SAID in st.session_state:
        note(st.session_state.pop(_SAID))


# -- a change, looked at and saved -------------------------------------------------------------


def settle(
    draft: Draft,
    entry: object,
    make: Make,
    *,
    needs_reason: bool = False,
    needs_name: bool = False,
    day: str = "",
) -> str:
    """Ask for a reason and a name, show what comes of a change, and write it at a press; return the
    id of its row then, else nothing. `entry`: all that is changed, empty: nothing is; `day`: that
    of the event, if it is of one, as its cell has it.
    """
    why = name = ""
    if needs_reason:
        why = st.text_input("Reason", key=f"{draft.key}|why", live=True).strip()
    if needs_name:
        name = name_field()
    is_missing = {"Reason": needs_reason and not why, "Your name": needs_name and not name}
    is_pressed = st.button("Save", type="primary", key="save", on_click=draft.try_save)
    if not entry:
        if is_pressed:
            note("There is nothing to save yet")
        return ""

    preview: dict[str, Any] = {"faults": []}
    if not draft.faults:
        version = draft.view.tracker.data.version
        preview = _preview(draft, make, day, version, draft.key, repr(entry))
    faults = preview.pop("faults")
    for place, line in preview.get("beside", []):
        draft.tell(place, line)
    if draft.is_tried:
        faults = [*draft.faults, *faults]
        for label, is_empty in is_missing.items():
            if is_empty:
                faults.append(sentence(label, "is empty"))
    template(draft.view, "preview", **preview, moves=draft.moves, faults=faults)
    if not is_pressed or faults:
        return ""
    row_id = save(draft.view, Change(draft.view.tracker.data, why, name), make, draft.table)
    if not row_id:
        show_announced()
    return row_id


def save(view: View, change: Change, make: Make, table: str) -> str:
    """Make a change of a table, judge it, write it and have all pages show it; return the id of its
    row. Where that cannot be, return nothing, and have the next drawing say why.
    """
    try:
        row_id = make(change)
        after = change.judged()
        change.write()
    except _REFUSALS as error:
        (_, line), *_ = _lines(error, table)
        announce(f"Nothing was saved. {line}")
        return ""
    links.store().take(after)
    # All forms begin anew, with what the tables say.
    st.session_state[_TURN] = turn() + 1
    announce("Saved")
    return row_id or ""


def open_event(view: View, event_id: str) -> None:
    """Open an event that was saved: what was read is used, the candidate that it was is taken."""
    st.session_state.pop(SOURCE, None)
    if view["row"]:
        candidates.decide(view["row"], "taken", event_id)
    st.query_params.from_dict({"row": event_id})
    st.rerun()


# Computed once for what it is of: these are the arguments without an underscore.
@st.cache_data(max_entries=8, show_spinner=False)
def _preview(
    _draft: Draft, _make: Make, day: str, version: str, key: str, entry: str
) -> dict[str, Any]:
    """Return what comes of a change, for its template: `faults`, and `beside`, these with their
    places; else the `figures` that differ on `days`, and `notes`.
    """
    data = _draft.view.tracker.data
    change = Change(data, _ANYBODY, _ANYBODY)
    try:
        _make(change)
        after = change.judged()
    except _REFUSALS as error:
        lines = _lines(error, _draft.table)
        faults = [line for _, line in lines]
        return {"faults": faults, "beside": lines}

    last_day = min(data.opening_day, after.opening_day)
    event_day = day_in(day)
    days = [last_day]
    if event_day and data.codebook.first_date <= event_day < last_day:
        days = [event_day, last_day]
    figures = pd.concat([differences(data, after, date) for date in days])
    return {
        "faults": [],
        "figures": figures,
        "days": days,
        "notes": change.notes,
    }


# -- faults in the words of the screen ---------------------------------------------------------


def _lines(error: Exception, table: str) -> list[tuple[Place, str]]:
    """Return what is wrong with a change of a table, a line each, with the place of its field."""
    if isinstance(error, DataFaults):
        return [_in_words(fault, table) for fault in error.faults]
    line = getattr(error, "strerror", None) or str(error)
    return [((table, ""), line)]


def _in_words(fault: Fault, table: str) -> tuple[Place, str]:
    """Return the place of a fault, and what is told of it, with labels for names of columns.
    `table`: of what was changed, where the fault names no other.
    """
    tables = schema.tables()
    # Of a file it names the column, of an entry the part too: `act.steps[1].part`.
    path = re.sub(r"\[\d+\]", "", fault.column)
    part, _, column = path.rpartition(".")
    name = _PLACES.get(part, table)
    for known in (part, Path(fault.file).stem):
        if known in tables:
            name = known

    line = fault.message
    for known_column in tables[name].columns:
        label = known_column.label
        line = re.sub(rf"\b{known_column.name}\b", label, line)
        if known_column.name == column:
            line = sentence(label, line)
    return (name, column), line
