"""The page of each address, and the picture of each chart."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from stances.charts.png import Picture
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


class Entry(NamedTuple):
    """A picture: what it is called, the path of the page that has its chart, and how it is made of
    a view of that page.
    """

    title: str
    page: str
    make: Callable[[View], Picture]


CHARTS = {
    "map": Entry("Map", page="", make=map.picture),
    "trends": Entry("Lines", page="trends", make=trends.lines_picture),
    "years": Entry("Years", page="trends", make=trends.years_picture),
    "groups": Entry("Groups", page="members", make=groups.picture),
    "country": Entry("Ribbons", page="actor", make=country.picture),
    "deadlines": Entry("Dates", page="acts", make=rules.picture),
    "changes": Entry("Moves", page="changes", make=changes.picture),
    "events": Entry("Years", page="events", make=events.picture),
}


# A view is asked for its head, its body and its controls one after another.
@lru_cache(maxsize=8)
def page_of(view: View) -> Page:
    """Return the page that a view shows."""
    return MAKERS[view.page](view)
