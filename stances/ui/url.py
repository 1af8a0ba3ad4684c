"""The state of the dashboard and its link: the only file that reads or writes the address.

Every setting has a code in the address, so any view is a link. A setting lives in the session
under the name of its parameter; widgets use the same names as their keys. The address wins where
it changed (a link, back, forward); the session wins right after the visitor changed a control,
because the address that the browser sends with a fast change is older than the change.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

import streamlit as st

from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.tables import Dataset
from stances.links import parameters
from stances.links.parameters import PARAMETERS, release_at
from stances.links.register import OF_RELEASE, PAGE_PARAMETERS, in_names_of
from stances.links.view import settings_at, text_of

_DATE = "as_of"
# What is open beside a table, which goes on to show the same rows.
_OPENED = ("event", "act", "actor")
_CHANGED, _LAST_PLACE, _REFUSED, _VERSION = "_changed", "_seen", "_refused", "_version"
_HERE, _OPENED_ON = "_here", "_opened_on"
# Of the run, once it has taken them: to ask the session for each anew was a twentieth of a step.
_run_values: ContextVar[dict[str, Any] | None] = ContextVar("run_values", default=None)


def note_change() -> None:
    """Note, as every control does, that the session holds a newer state than the address. What is
    listed may be another, and is shown from its beginning.
    """
    st.session_state[_CHANGED] = True
    st.session_state["page"] = 1


def note_search() -> None:
    """Note that words to look for were typed. The first of them are looked for in all domains, but
    where one was chosen for it since the page was opened.
    """
    note_change()
    state = st.session_state
    began = state["q"] and not state[_LAST_PLACE][1].get("q")
    if began and state["domain"] == state[_OPENED_ON]:
        state["domain"] = OVERALL


def get(name: str) -> Any:
    """Return the value of a setting."""
    taken = _run_values.get()
    return st.session_state[name] if taken is None else taken[name]


def default(tracker: Tracker, name: str) -> Any:
    """Return what a setting is without a link on pages that have no default of their own for it."""
    return PARAMETERS[name].default(tracker)


def values() -> dict[str, Any]:
    """Return the value of every setting by its name."""
    taken = _run_values.get()
    if taken is not None:
        return dict(taken)
    # All at once: one by one they were a twentieth of a step.
    state = st.session_state.to_dict()
    return {name: state[name] for name in PARAMETERS}


def day_before(tracker: Tracker) -> date:
    """Return the day that the shared one is compared with: the chosen, else a year before it."""
    return parameters.day_before(tracker, {"then": get("then"), _DATE: get(_DATE)})


def put(name: str, value: Any) -> None:
    """Give a setting another value, from the callback of a control."""
    page = st.session_state["page"]
    st.session_state[name] = value
    note_change()
    if name in _OPENED:
        st.session_state["page"] = page


def is_default(tracker: Tracker, name: str) -> bool:
    """Say whether a setting is as it is without a link."""
    return bool(get(name) == default(tracker, name))


def clear(tracker: Tracker, names: Iterable[str]) -> None:
    """Give settings the values that they have without a link, from the callback of a button."""
    for name in names:
        put(name, default(tracker, name))


def default_to(name: str, value: Any) -> None:
    """Keep a value for a setting that nobody has changed, as if it had been chosen."""
    st.session_state[name] = value
    if (taken := _run_values.get()) is not None:
        taken[name] = value


def release_here(data: Dataset, page: str) -> Dataset:
    """Return the release that a page shows, the address's if newer; without one the dataset."""
    state, query = st.session_state, _query()
    if not state.get(_CHANGED) and state.get(_LAST_PLACE) != (page, query):
        return release_at(data, query)
    chosen = {name: state.get(name) for name in OF_RELEASE}
    return release_at(data, {name: str(value) for name, value in chosen.items() if value})


@contextmanager
def take_settings(tracker: Tracker, page: str) -> Iterator[None]:
    """Take the settings, for a `with` block in which no control changes them: the rest of a run."""
    _take(tracker, page)
    _run_values.set(values())
    try:
        yield
    finally:
        _run_values.set(None)


def _take(tracker: Tracker, page: str) -> None:
    """Take the settings from the address where it is newer, once at the start of each run.

    What could not be read is kept for `refusals`, and its default taken.
    """
    state, here = st.session_state, (page, _query())
    empty = {name for name, value in state.to_dict().items() if value is None}
    for name in empty & PARAMETERS.keys():
        # A day that was taken out of its field is as if none had been chosen.
        if (usual := default(tracker, name)) is not None:
            state[name] = usual
    state[_HERE] = page
    lost = _give_up_lost(tracker, page)
    if state.get(_CHANGED):
        state[_REFUSED] = lost
    elif state.get(_LAST_PLACE) != here:
        state[_REFUSED] = [*_read(tracker, *here), *lost]
        state[_LAST_PLACE] = here
    elif lost:
        state[_REFUSED] = lost


def _give_up_lost(tracker: Tracker, page: str) -> list[str]:
    """Give up settings that newer data or another release has not, and tell of each."""
    state, lines = st.session_state, []
    release = tracker.data.release
    newer = f"release {release}" if release else "the newer data"
    if state.get(_VERSION, tracker.data.version) != tracker.data.version:
        for name, parameter in PARAMETERS.items():
            if state.get(name) is not None:
                text = parameter.write(state[name])
                state[name], wrong = parameters.take_value(tracker, page, name, text)
                lines += [f"{name} is not in {newer}: {wrong}"] if wrong else []
    state[_VERSION] = tracker.data.version
    return lines


def tell(tracker: Tracker, page: str) -> None:
    """Put the settings of a page into the address where they are newer, and leave what is not ours
    there alone. A run that was broken off before leaves it to the next one.
    """
    state = st.session_state
    if not state.pop(_CHANGED, False):
        return
    written = link(tracker, page)
    state[_LAST_PLACE] = (page, written)
    others = {name: st.query_params.get_all(name) for name in st.query_params}
    foreign = {name: values for name, values in others.items() if name not in PARAMETERS}
    st.query_params.from_dict({**written, **foreign})


def refusals() -> list[str]:
    """Return a line for each parameter of the address that could not be used."""
    return list(st.session_state.get(_REFUSED, []))


def _query() -> dict[str, str]:
    query = {name: text_of(st.query_params.get_all(name)) for name in st.query_params}
    return {name: query[name] for name in PARAMETERS if parameters.is_chosen(name, query)}


def _read(tracker: Tracker, page: str, query: dict[str, str]) -> list[str]:
    """Take the settings of the page from the address, and keep those of other pages."""
    state = st.session_state
    of_page = {*PAGE_PARAMETERS[page], *in_names_of(page, query)}
    names = [name for name in PARAMETERS if name in of_page or name not in state]
    settings, lines = settings_at(tracker, page, query, names)
    state.update(settings)
    state[_OPENED_ON] = state["domain"]
    return lines


def link(tracker: Tracker, page: str) -> dict[str, str]:
    """Return the parameters of a page in the present state: the date always, since its default
    moves on, and of the others those that are not as they are without a link.
    """
    [texts] = links(tracker, [page])
    return texts


def links(tracker: Tracker, pages: Iterable[str]) -> list[dict[str, str]]:
    """Return the parameters of links to several pages, for which the state is read once."""
    settings, here = values(), st.session_state[_HERE]
    return [parameters.link_to(tracker, page, settings, here) for page in pages]


def whole_link(tracker: Tracker, page: str) -> dict[str, str]:
    """All parameters of a page in the present state, defaults too, so that what a link shows does
    not change with them; only what is not set, and so has no text, is left out.
    """
    settings = {name: get(name) for name in PAGE_PARAMETERS[page]}
    if "then" in settings:
        settings["then"] = day_before(tracker)
    return {
        name: PARAMETERS[name].write(value) for name, value in settings.items() if value is not None
    }
