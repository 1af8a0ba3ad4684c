"""The state of the dashboard and its link: the only file that reads or writes the address.

Every setting has a code in the address, so any view is a link. A setting lives in the session
under the name of its parameter; widgets use the same names as their keys. The address wins where
it changed (a link, back, forward); the session wins right after the visitor changed a control,
because the address that the browser sends with a fast change is older than the change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from stances.codebook import OVERALL
from stances.faults import BadInput, shown
from stances.ui.shared import Tracker

VIEWS = {"europe": "Europe", "world": "World"}
LAYOUTS = {"lines": "One chart", "small": "Small multiples"}
SEPARATOR = ","
# How many codes a line about a bad one names before it refers to the table of all.
_LISTED = 8

_CHANGED, _SEEN, _REFUSED = "_changed", "_seen", "_refused"


@dataclass(frozen=True)
class Parameter:
    """A setting: how its text in the address is read and written, and what it is without one.

    `read` raises BadInput with what is allowed.
    """

    read: Callable[[Tracker, str], Any]
    default: Callable[[Tracker], Any]
    write: Callable[[Any], str] = str


def _read_day(tracker: Tracker, text: str) -> date:
    return tracker.data.day(text)


def _one_of(allowed: Callable[[Tracker], list[str]]) -> Callable[[Tracker, str], str]:
    def read(tracker: Tracker, text: str) -> str:
        codes = allowed(tracker)
        if text not in codes:
            raise BadInput(f"{shown(text)} is not one of: {_some(codes)}")
        return text

    return read


def _some(codes: list[str]) -> str:
    if len(codes) <= _LISTED:
        return ", ".join(codes)
    return f"{', '.join(codes[:_LISTED])} and {len(codes) - _LISTED} more; see the tables"


def _read_switch(_: Tracker, text: str) -> bool:
    if text not in ("0", "1"):
        raise BadInput(f"{shown(text)} is not one of: 0, 1")
    return text == "1"


def _domains(tracker: Tracker) -> list[str]:
    return [OVERALL, *tracker.codebook.domains]


def subjects(tracker: Tracker) -> list[str]:
    """All that a stance can be shown of: actors, then groups."""
    return [*tracker.model.actors, *tracker.groups]


def _read_subjects(tracker: Tracker, text: str) -> list[str]:
    read = _one_of(subjects)
    return list(dict.fromkeys(read(tracker, part) for part in text.split(SEPARATOR) if part))


def _featured(tracker: Tracker) -> list[str]:
    return list(tracker.data.about.featured)


# Frozen: links that people keep must go on to work, so names are only ever added.
PARAMETERS: dict[str, Parameter] = {
    "as_of": Parameter(_read_day, lambda tracker: tracker.data.today),
    "domain": Parameter(_one_of(_domains), lambda _: OVERALL),
    "view": Parameter(_one_of(lambda _: list(VIEWS)), lambda _: "europe"),
    "actor": Parameter(_one_of(subjects), lambda _: None),
    "actors": Parameter(_read_subjects, _featured, SEPARATOR.join),
    "from": Parameter(_read_day, lambda tracker: tracker.codebook.first_date),
    "play": Parameter(_read_switch, lambda _: False, lambda on: "1" if on else "0"),
    "layout": Parameter(_one_of(lambda _: list(LAYOUTS)), lambda _: "lines"),
}

# The settings that each page shows, and so has in its links.
PAGE_PARAMETERS = {
    "": ("as_of", "domain", "view", "actor", "play"),
    "trends": ("as_of", "domain", "actors", "from", "layout"),
    "data": ("as_of", "domain"),
}


def changed() -> None:
    """What every control calls: the session holds a newer state than the address."""
    st.session_state[_CHANGED] = True


def get(name: str) -> Any:
    """The value of a setting."""
    return st.session_state[name]


def put(name: str, value: Any) -> None:
    """Give a setting another value, from the callback of a control."""
    st.session_state[name] = value
    changed()


def sync(tracker: Tracker, page: str) -> None:
    """Bring session and address together, once at the start of each run.

    What could not be read is kept for `refused`, and its default taken.
    """
    state, here = st.session_state, (page, _query())
    if state.pop(_CHANGED, False):
        state[_REFUSED] = []
        _write(page)
    elif state.get(_SEEN) != here:
        state[_REFUSED] = _read(tracker, *here)
        state[_SEEN] = here


def refused() -> list[str]:
    """A line for each parameter of the address that could not be used."""
    return list(st.session_state.get(_REFUSED, []))


def _query() -> dict[str, str]:
    return {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}


def _read(tracker: Tracker, page: str, query: dict[str, str]) -> list[str]:
    """Take the settings of the page from the address, and keep those of other pages."""
    lines = []
    for name, parameter in PARAMETERS.items():
        if name in PAGE_PARAMETERS[page] or name not in st.session_state:
            st.session_state[name] = parameter.default(tracker)
        if name not in query:
            continue
        try:
            st.session_state[name] = parameter.read(tracker, query[name])
        except BadInput as error:
            lines.append(f"{name} in the address: {error}. The default is shown.")
    return lines


def link(page: str) -> dict[str, str]:
    """The parameters of a page in the present state, defaults too, so that a link never drifts."""
    wanted = {name: st.session_state[name] for name in PAGE_PARAMETERS[page]}
    return {
        name: PARAMETERS[name].write(value) for name, value in wanted.items() if value is not None
    }


def _write(page: str) -> None:
    """Put the settings of a page into the address, and leave what is not ours there alone."""
    written = link(page)
    st.session_state[_SEEN] = (page, written)
    others = {name: st.query_params.get_all(name) for name in st.query_params}
    kept = {name: values for name, values in others.items() if name not in PARAMETERS}
    st.query_params.from_dict({**written, **kept})
