"""What comes of a change: it is judged, shown beside the form, and written at a press."""

import re
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from stances import words
from stances.answers.snapshot import differences
from stances.dataset import profiles, schema
from stances.dataset.faults import BadInput, DataFaults, Fault
from stances.dataset.load import Dataset
from stances.dataset.write import Change
from stances.desk.fields import Draft, plain
from stances.links import view as links
from stances.links.view import View
from stances.render.environment import context, drawn

# In the session: what was saved or refused last; the turn of forms, which are anew after a save;
# the form whose Save was pressed; the last preview, with what it is of; who is at the desk.
_SAID = "desk-said"
_TURN = "desk-turn"
_TRIED = "desk-tried"
_PREVIEW = "desk-preview"
_NAME = "desk-name"
_MOST_FIGURES = 12
# Stands for what is not written yet, where a change is only looked at.
_ANYBODY = "somebody"
# The tables of the parts of an entry, by the place that faults of it name.
_PLACES = {
    "source": "sources",
    "sources": "sources",
    "act": "acts",
    "act.steps": "deadlines",
    "coding": "codings",
    "profile": "profiles",
}


def turn() -> int:
    """Return the turn of forms, a part of the keys of their fields: a save raises it."""
    count: int = st.session_state.setdefault(_TURN, 0)
    return count


def begin_anew() -> None:
    """Have all forms begin anew, with what the tables say."""
    st.session_state[_TURN] = turn() + 1


def is_tried(key: str) -> bool:
    """Say whether Save was pressed in a form, so that it says what is missing."""
    return bool(st.session_state.get(_TRIED) == key)


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
    """Ask who is at the desk."""
    return st.text_input("Your name", key=_NAME, persist_state="session", live=True).strip()


def name_given() -> str:
    """Return who is at the desk, as far as it was said; empty: not yet."""
    name: str = st.session_state.get(_NAME, "")
    return name.strip()


def markup(html: str) -> None:
    """Draw markup of the house."""
    if html.strip():
        st.html(f'<div class="page">{html}</div>')


def heading(text: str) -> None:
    """Draw the heading of a part, if it has one."""
    if text:
        markup(f"<h2>{escape(text)}</h2>")


def note(text: str) -> None:
    """Draw a line, if it says anything."""
    if text:
        markup(f'<p class="note" role="status">{escape(text)}</p>')


def announce(text: str) -> None:
    """Have the next drawing say a line."""
    st.session_state[_SAID] = text


def show_announced() -> None:
    """Say once what came of the last press."""
    note(st.session_state.pop(_SAID, ""))


# -- a change, looked at and saved -------------------------------------------------------------


def settle(view: View, draft: Draft) -> None:
    """Ask for the reason and a name, show what comes of a change, and write it at a press."""
    why = ""
    if not draft.is_new:
        why = st.text_input("Reason", key=f"{draft.key}|why", live=True)
        why = " ".join(why.split())
    name = name_field() if draft.needs_name else name_given()
    is_pressed = st.button("Save", type="primary", key="save", on_click=try_form, args=(draft.key,))
    if not draft.entry:
        note("There is nothing to save yet" if is_pressed else "")
        return

    preview = _preview(view, draft)
    for place, fault in preview["beside"].items():
        draft.tell(place, fault)
    faults = [*draft.faults, *preview["faults"]] if is_tried(draft.key) else preview["faults"]
    if is_tried(draft.key) and not (why or draft.is_new):
        faults = ["Reason: is empty", *faults]
    if is_tried(draft.key) and draft.needs_name and not name:
        faults = ["Your name: is empty", *faults]
    values = context(view) | preview | {"moves": draft.moves, "faults": faults}
    markup(drawn("preview", values))
    if is_pressed and not faults:
        change = Change(view.tracker.data, why, name)
        if save(view, change, draft):
            st.rerun()
        show_announced()


def try_form(key: str) -> None:
    """Have a form say from now on what is missing."""
    st.session_state[_TRIED] = key


def save(view: View, change: Change, draft: Draft) -> bool:
    """Make a change, judge it, write it and have all pages show it; say why where that cannot be,
    and return whether it could.
    """
    try:
        row_id = draft.make(change)
        after = change.judged()
        change.write()
    except (BadInput, DataFaults, OSError) as error:
        announce(f"Nothing was saved. {_refusal(view, error, draft.table)}")
        return False
    links.store().take(after)
    begin_anew()
    announce(f"Saved, version {after.version}")
    if draft.saved:
        draft.saved(row_id)
    return True


def _preview(view: View, draft: Draft) -> dict[str, Any]:
    """Return what comes of a change, for its template; computed once for what it is of."""
    preview: dict[str, Any] = {"faults": [], "beside": {}, "figures": None, "notes": []}
    if draft.faults:
        return preview
    subject = (view.tracker.data.version, draft.key, repr(draft.entry))
    held_subject, held = st.session_state.get(_PREVIEW, (None, {}))
    if held_subject != subject:
        held = _previewed(view, draft)
        st.session_state[_PREVIEW] = subject, held
    return {**preview, **held}


def _previewed(view: View, draft: Draft) -> dict[str, Any]:
    """Return the faults of a change, else the figures that differ and what else comes of it."""
    data = view.tracker.data
    change = Change(data, _ANYBODY, _ANYBODY)
    try:
        draft.make(change)
        after = change.judged()
    except DataFaults as refused:
        told = dict(_in_words(view, fault, draft.table) for fault in refused.faults)
        beside = {place: line for place, line in told.items() if place in draft.slots}
        return {"faults": [*told.values()], "beside": beside}
    except BadInput as error:
        return {"faults": [str(error)]}

    last_day = min(data.opening_day, after.opening_day)
    days = {last_day}
    if draft.day and data.codebook.first_date <= draft.day < last_day:
        days.add(draft.day)
    figures = pd.concat([differences(data, after, day) for day in sorted(days)])
    return {
        "faults": [],
        "figures": figures.head(_MOST_FIGURES),
        "more": len(figures) - _MOST_FIGURES if len(figures) > _MOST_FIGURES else 0,
        "days": f"on {words.joined([words.day(day) for day in sorted(days)])}",
        "notes": [*change.notes, *_ended(view, after), *_unseen(draft.day, last_day)],
    }


def _ended(view: View, after: Dataset) -> list[str]:
    """Return a line for each written sentence that holds no longer after a change."""
    ended = profiles.ended_lines(after).keys() - profiles.ended_lines(view.tracker.data).keys()
    actors = sorted(name.partition("@")[0] for name in ended)
    return [f"The sentence on {view.tracker.called[actor]} holds no longer." for actor in actors]


def _unseen(day: date | None, last_day: date) -> list[str]:
    if not day or day <= last_day:
        return []
    return [f"The data goes to {words.day(last_day)}: no page shows it until that day is raised."]


# -- faults in the words of the screen ---------------------------------------------------------


def _refusal(view: View, error: Exception, table: str) -> str:
    """Return why a change of a table cannot be made, in one line."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if not isinstance(error, DataFaults):
        return str(error)
    _, line = _in_words(view, error.faults[0], table)
    more = len(error.faults) - 1
    return f"{line}, and {more} more" if more else line


def _in_words(view: View, fault: Fault, table: str) -> tuple[tuple[str, str], str]:
    """Return the table and column of a fault, and what is told of it, with labels for names of
    columns. `table`: of what was changed, where the fault names no other.
    """
    tables = schema.tables(view.tracker.data.codebook)
    place, _, column = re.sub(r"\[\d+\]", "", fault.column).rpartition(".")
    file = Path(fault.file).stem
    name = file if file in tables else _PLACES.get(place or file, table)
    line = fault.message
    for known in tables[name].columns:
        line = re.sub(rf"\b{known.name}\b", known.label, line)
        if known.name == column:
            line = f"{known.label}: {line}"
    return (name, column), line


def looked_button(view: View, actor: str) -> None:
    """Draw the press that puts down that somebody looked and found nothing new."""
    name = view.tracker.names[actor]
    # Screen readers hear whom it is about.
    if not st.button("Looked, nothing new", key=f"looked-{actor}", help=plain(name)):
        return
    person = name_given()
    if not person:
        announce("Your name: is empty")
    else:
        draft = Draft("", "coverage", lambda change: change.look(actor, person))
        save(view, Change(view.tracker.data), draft)
    st.rerun()
