"""The filters of a page that lists: tied to the address, and taken off."""

from __future__ import annotations

from collections.abc import Sequence

from stances.answers.tracker import Tracker
from stances.filters import filters
from stances.ui import url


def is_default(tracker: Tracker, name: str) -> bool:
    """Say whether a setting is as it is without a link."""
    return filters.is_default(tracker, {name: url.get(name)}, name)


def clear(tracker: Tracker, names: Sequence[str]) -> None:
    """Take filters off, from the callback of a button."""
    for name in names:
        url.put(name, url.default(tracker, name))
