"""The settings of an address, as a page takes them."""

from __future__ import annotations

from typing import Any

from stances.answers.tracker import Tracker
from stances.links.parameters import PARAMETERS


def settings_of(tracker: Tracker, **settings: Any) -> dict[str, Any]:
    """Every setting as it is without a link, but for some (`from_` stands for `from`)."""
    defaults = {name: parameter.default(tracker) for name, parameter in PARAMETERS.items()}
    values = {name.rstrip("_"): value for name, value in settings.items()}
    assert values.keys() <= defaults.keys()
    return defaults | values


def part_name(part: Any) -> str:
    """The part of a test's name that a parameter makes; the order of a set is another each time."""
    return str(sorted(part)) if isinstance(part, set) else str(part)
