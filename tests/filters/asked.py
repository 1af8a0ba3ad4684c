"""The settings of an address, as a page takes them."""

from __future__ import annotations

from typing import Any

from stances.answers.tracker import Tracker
from stances.links.parameters import PARAMETERS


def settings_of(tracker: Tracker, **settings: Any) -> dict[str, Any]:
    """Every setting as it is without a link, but for some (`from_` stands for `from`)."""
    values = {name: each.default(tracker) for name, each in PARAMETERS.items()}
    given = {name.rstrip("_"): value for name, value in settings.items()}
    assert given.keys() <= values.keys()
    return values | given


def part_name(part: Any) -> str:
    """The part of a test's name that a parameter makes; the order of a set is another each time."""
    return str(sorted(part)) if isinstance(part, set) else str(part)
