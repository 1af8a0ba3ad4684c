"""Views by some of their settings."""

from __future__ import annotations

from typing import Any

from stances.answers.tracker import Tracker
from stances.links.parameters import PARAMETERS
from stances.links.view import View


def view_with(tracker: Tracker, **settings: Any) -> View:
    """A view with every setting as it is without a link, but for some (`from_`: `from`)."""
    defaults = {name: parameter.default(tracker) for name, parameter in PARAMETERS.items()}
    values = {name.rstrip("_"): value for name, value in settings.items()}
    assert values.keys() <= defaults.keys()
    return View("", tracker, defaults | values)


def part_name(part: Any) -> str:
    """The part of a test's name that a parameter makes; the order of a set is another each time."""
    return str(sorted(part)) if isinstance(part, set) else str(part)
