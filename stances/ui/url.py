"""The state of the dashboard and its link: the only file that reads or writes the address.

Every setting has a code in the address, so any view is a link. A setting lives in the session
under the name of its parameter; widgets use the same names as their keys. The address wins where
it changed (a link, back, forward); the session wins right after the visitor changed a control,
because the address that the browser sends with a fast change is older than the change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import streamlit as st

from stances.answers.tracker import Tracker
from stances.answers.views import ACTOR
from stances.dataset.faults import BadInput
from stances.parameters import PAGE_PARAMETERS, PARAMETERS, PartlyBad

_DATE = "as_of"
_CHANGED, _SEEN, _REFUSED, _VERSION = "_changed", "_seen", "_refused", "_version"


def changed() -> None:
    """What every control calls: the session holds a newer state than the address."""
    st.session_state[_CHANGED] = True


def get(name: str) -> Any:
    """The value of a setting."""
    return st.session_state[name]


def default(tracker: Tracker, name: str) -> Any:
    """What a setting is without a link."""
    return PARAMETERS[name].default(tracker)


def shown_actor(tracker: Tracker) -> str:
    """The actor or group that a page of one shows: the chosen one, else the first of all."""
    chosen: str = get("actor") or default(tracker, "first")
    return chosen


def day_before(tracker: Tracker) -> date:
    """The day that the shared date is compared with: the chosen one, else a year before it."""
    chosen: date | None = get("then")
    return chosen or tracker.year_before(get(_DATE))


def put(name: str, value: Any) -> None:
    """Give a setting another value, from the callback of a control."""
    st.session_state[name] = value
    changed()


def keep(name: str, value: Any) -> None:
    """Make what a setting is without a link its own from now on, though nobody has changed it."""
    st.session_state[name] = value


def take(tracker: Tracker, page: str) -> None:
    """Take the settings from the address where it is newer, once at the start of each run.

    What could not be read is kept for `refused`, and its default taken.
    """
    state, here = st.session_state, (page, _query())
    lost = _lost(tracker)
    if state.get(_CHANGED):
        state[_REFUSED] = lost
    elif state.get(_SEEN) != here:
        state[_REFUSED] = [*_read(tracker, *here), *lost]
        state[_SEEN] = here
    elif lost:
        state[_REFUSED] = lost


def _lost(tracker: Tracker) -> list[str]:
    """Where newer data has come, give up the settings that are not in it, and tell of each."""
    state, lines = st.session_state, []
    if state.get(_VERSION, tracker.data.version) != tracker.data.version:
        for name, parameter in PARAMETERS.items():
            if state.get(name) is not None:
                wrong = _set(tracker, name, parameter.write(state[name]))
                lines += [f"{name} is not in the newer data: {line}" for line in wrong]
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
    state[_SEEN] = (page, written)
    others = {name: st.query_params.get_all(name) for name in st.query_params}
    kept = {name: values for name, values in others.items() if name not in PARAMETERS}
    st.query_params.from_dict({**written, **kept})


def refused() -> list[str]:
    """A line for each parameter of the address that could not be used."""
    return list(st.session_state.get(_REFUSED, []))


def _query() -> dict[str, str]:
    given = st.query_params.to_dict()
    return {name: given[name] for name in PARAMETERS if name in given}


def _read(tracker: Tracker, page: str, query: dict[str, str]) -> list[str]:
    """Take the settings of the page from the address, and keep those of other pages."""
    lines = []
    for name in PARAMETERS:
        if name in PAGE_PARAMETERS[page] or name not in st.session_state:
            st.session_state[name] = default(tracker, name)
        if name in query:
            wrong = _set(tracker, name, query[name])
            if wrong and name == "actor" and page == ACTOR:
                wrong = [f"{wrong[0]} {tracker.names[shown_actor(tracker)]} is shown."]
            lines += [f"{name} in the address: {line}" for line in wrong]
    other = _others_event(tracker, page)
    if other is not None:
        st.session_state["event"] = None
        lines.append(f"event in the address: {other}.")
    return lines


def _set(tracker: Tracker, name: str, text: str) -> list[str]:
    """Give a setting the value of a text: of a list what can be used of it, else the default where
    nothing can. What is wrong with the text, in a line.
    """
    state, without = st.session_state, default(tracker, name)
    try:
        state[name] = PARAMETERS[name].read(tracker, text)
    except PartlyBad as error:
        state[name] = error.rest
        return [f"{error}. The rest is shown."]
    except BadInput as error:
        state[name] = without
        # Without a day of its own a comparison shows the year before.
        shown = without is not None or name == "then"
        return [f"{error}. The default is shown." if shown else f"{error}."]
    return []


def _others_event(tracker: Tracker, page: str) -> str | None:
    """What is wrong with the open event on the page of one actor, where it is another one's."""
    event = st.session_state["event"]
    if page != ACTOR or event is None:
        return None
    columns, shown = tracker.event_columns, shown_actor(tracker)
    owner = columns["actor"][columns["event_id"] == event][0]
    if owner == shown:
        return None
    own = f"allowed are the events of {tracker.names[shown]}"
    allowed = "a group has none of its own" if shown in tracker.groups else own
    return f"{event} is of {tracker.names[owner]}; {allowed}"


def link(tracker: Tracker, page: str) -> dict[str, str]:
    """The parameters of a page in the present state: the date always, since its default moves on,
    and of the others those that are not as they are without a link. To the page of an actor no
    event of another one goes along: it cannot be opened there.
    """
    return _of_page(tracker, page, _texts(tracker))


def links(tracker: Tracker, pages: Iterable[str]) -> list[dict[str, str]]:
    """The same of several pages, for which the state is read once."""
    texts = _texts(tracker)
    return [_of_page(tracker, page, texts) for page in pages]


def _of_page(tracker: Tracker, page: str, texts: dict[str, str]) -> dict[str, str]:
    found = {name: texts[name] for name in PAGE_PARAMETERS[page] if name in texts}
    if "event" in found and _others_event(tracker, page):
        del found["event"]
    return found


def _texts(tracker: Tracker) -> dict[str, str]:
    """The text of each setting that is not as it is without a link, and of the date."""
    values = {name: st.session_state[name] for name in PARAMETERS}
    return {
        name: PARAMETERS[name].write(value)
        for name, value in values.items()
        if value is not None and (name == _DATE or value != default(tracker, name))
    }


def whole_link(tracker: Tracker, page: str) -> dict[str, str]:
    """All parameters of a page in the present state, defaults too, so that what a link shows does
    not change with them; only what is not set, and so has no text, is left out.
    """
    values = {name: st.session_state[name] for name in PAGE_PARAMETERS[page]}
    if "then" in values:
        values["then"] = day_before(tracker)
    return {
        name: PARAMETERS[name].write(value) for name, value in values.items() if value is not None
    }
