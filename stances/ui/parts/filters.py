"""The filters of a page that lists: tied to the address, and taken off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from stances.answers.tracker import Tracker
from stances.finding import filters
from stances.finding.filters import who_name
from stances.ui import url
from stances.ui.parts.kept import kept


def who_control(tracker: Tracker) -> None:
    """The choice of actors and groups."""
    st.multiselect(
        "Actors and groups",
        [*tracker.by_name(tracker.data.actors["actor"]), *tracker.groups],
        format_func=partial(who_name, tracker),
        placeholder="All",
        **kept("who"),
    )


def is_default(tracker: Tracker, name: str) -> bool:
    """Whether a setting is as it is without a link."""
    return filters.is_default(tracker, {name: url.get(name)}, name)


def clear(tracker: Tracker, names: Sequence[str]) -> None:
    """Take filters off, from the callback of a button."""
    for name in names:
        url.put(name, url.default(tracker, name))
