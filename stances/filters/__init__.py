"""Filters of the pages that list: from their address, in words, and what fits them."""

from dataclasses import dataclass
from typing import Any

from stances.links.parameters import PARAMETERS, who_name
from stances.links.view import View


@dataclass(frozen=True)
class Filter:
    """A filter that is set, by the name of its setting. `wording`: as it is told within a sentence;
    `off`: the parts of the query that it sets, as they are without it.
    """

    name: str
    wording: str
    off: dict[str, Any]


def who_names(view: View) -> list[str]:
    """Return the names of the actors and groups looked for."""
    return [who_name(view.tracker, code) for code in view["who"]]


def is_default(view: View, name: str) -> bool:
    """Say whether a setting is as it is without a link."""
    return bool(view[name] == PARAMETERS[name].default(view.tracker))
