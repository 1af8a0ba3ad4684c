"""What comes of a change: it is judged, shown, and written at a press."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from stances.dataset.faults import BadInput, DataFaults
from stances.dataset.load import Dataset
from stances.dataset.write import Change
from stances.links import view as links
from stances.links.view import View

# In the session: what was saved or refused last; the turn of forms, which are anew after a save.
_SAID = "desk-said"
_TURN = "desk-turn"
_NAME = "desk-name"


def turn() -> int:
    """Return the turn of forms, a part of the keys of their fields: a save raises it."""
    count: int = st.session_state.setdefault(_TURN, 0)
    return count


def name_field() -> str:
    """Ask who is at the desk."""
    return st.text_input("Your name", key=_NAME, persist_state="session", live=True).strip()


def name_given() -> str:
    """Return who is at the desk, as far as it was said; empty: not yet."""
    name: str = st.session_state.get(_NAME, "")
    return name.strip()


def markup(html: str) -> None:
    """Draw markup of the house."""
    if html:
        st.html(f'<div class="page">{html}</div>')


def note(text: str) -> None:
    """Draw a line, if it says anything."""
    if text:
        markup(f'<p class="note" role="status">{escape(text)}</p>')


def tell() -> None:
    """Say once what came of the last press."""
    note(st.session_state.pop(_SAID, ""))


def refuse(why: str) -> None:
    """Have the next drawing say why nothing came of a press."""
    st.session_state[_SAID] = why


def refusal_of(error: Exception) -> str:
    """Return why a change cannot be made, in one line."""
    if isinstance(error, OSError):
        return f"Nothing was written: {error.strerror or error}"
    first, *others = str(error).splitlines()
    return f"{first} (and {len(others)} more)" if others else first


def save(change: Change, said: str) -> bool:
    """Judge a change, write it and have all pages show it; say why where that cannot be."""
    try:
        after = change.judged()
        change.write()
    except (BadInput, DataFaults, OSError) as error:
        st.session_state[_SAID] = refusal_of(error)
        return False
    links.store().take(after)
    st.session_state[_TURN] = turn() + 1
    st.session_state[_SAID] = f"{said}. Version {after.version}"
    return True


def columns() -> list[Any]:
    """Return the two columns of a task, as wide as those of pages."""
    return st.columns([25, 12], gap="large")


def looked_button(view: View, actor: str) -> None:
    """Draw the press that puts down that somebody looked and found nothing new."""
    label = "Looked, nothing new"
    # Screen readers hear whom it is about.
    if not st.button(label, key=f"looked-{actor}", help=view.tracker.names[actor]):
        return
    name = name_given()
    if not name:
        st.session_state[_SAID] = "Your name is missing"
    else:
        change = Change(view.tracker.data)
        change.look(actor, name)
        save(change, f"{view.tracker.names[actor]} is looked through to today")
    st.rerun()


Made = tuple[Change, Dataset]
Make = Callable[[Change], Any]
