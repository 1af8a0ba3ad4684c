"""Filters of the pages that list: from their address, in words, and what fits them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stances.answers.tracker import Tracker
from stances.links.parameters import PARAMETERS, who_name


@dataclass(frozen=True)
class Filter:
    """A filter that is set, by the name of its setting. `wording`: as it is told within a sentence;
    `off`: the parts of the query that it sets, as they are without it.
    """

    name: str
    wording: str
    off: dict[str, Any]


def who_names(tracker: Tracker, values: Mapping[str, Any]) -> list[str]:
    """Return the names of the actors and groups looked for."""
    return [who_name(tracker, code) for code in values["who"]]


def is_default(tracker: Tracker, values: Mapping[str, Any], name: str) -> bool:
    """Say whether a setting is as it is without a link."""
    return bool(values[name] == PARAMETERS[name].default(tracker))
