"""The page of each address."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from stances.links.view import View
from stances.pages import changes, country, data, events, groups, map, records, rules, trends
from stances.pages.block import Page

MAKERS: dict[str, Callable[[View], Page]] = {
    "": map.page,
    "trends": trends.page,
    "members": groups.page,
    "actor": country.page,
    "acts": rules.page,
    "changes": changes.page,
    "events": events.page,
    "data": data.page,
    "e": records.event,
    "a": records.act,
}


# A view is asked for its head, its body and its controls one after another.
@lru_cache(maxsize=8)
def page_of(view: View) -> Page:
    """Return the page that a view shows."""
    return MAKERS[view.page](view)
