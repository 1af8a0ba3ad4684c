"""The filters of a page that lists: how they are told, tied to the address, and taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from stances.answers.tracker import Tracker
from stances.ui import url
from stances.ui.parts.kept import kept


@dataclass(frozen=True)
class Filter:
    """A filter that is set, by the name of its setting. `wording`: as it is told within a sentence;
    `off`: the parts of the query that it sets, as they are without it.
    """

    name: str
    wording: str
    off: dict[str, Any]


def who_control(tracker: Tracker) -> None:
    """The choice of actors and groups."""
    st.multiselect(
        "Actors and groups",
        [*tracker.by_name(tracker.data.actors["actor"]), *tracker.groups],
        format_func=partial(_name_of, tracker),
        placeholder="All",
        **kept("who"),
    )


def who_names(tracker: Tracker) -> list[str]:
    """The names of the actors and groups looked for."""
    return [_name_of(tracker, code) for code in url.get("who")]


def _name_of(tracker: Tracker, code: str) -> str:
    """The name of an actor, or of a group as those who belong to it."""
    return f"{code} members" if code in tracker.groups else tracker.names[code]


def is_default(tracker: Tracker, name: str) -> bool:
    """Whether a setting is as it is without a link."""
    return bool(url.get(name) == url.default(tracker, name))


def clear(tracker: Tracker, names: Sequence[str]) -> None:
    """Take filters off, from the callback of a button."""
    for name in names:
        url.put(name, url.default(tracker, name))
