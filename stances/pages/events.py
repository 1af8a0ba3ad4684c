"""Events: find the one that is looked for."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import events
from stances.charts import register as charts
from stances.charts import svg
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page
from stances.tables import EVENTS

_ROWS = 25
_FILTERS = ("q", "actor", "group", "domain", "instrument", "level", "confidence", "counted")


def page(view: View) -> Page:
    """Return the bars of the years and a table of the events that are looked for."""
    tracker = view.tracker
    found = shared.events_found(view)
    field, since = shared.field_of(view), view["from"] or tracker.codebook.first_date
    filters = shared.filters(view, *_FILTERS)
    blocks = [shared.scale_bar("unscored")]
    if len(found):
        blocks.append(Block("figure", {"svg": svg.on_page(charts.events_of(view, found))}, "years"))
    blocks.append(Block("table", _table(view, found), "events"))
    return Page(
        headline=events.headline(tracker, found, filters),
        controls=[
            shared.control(view, "q", "Search events"),
            shared.control(view, "domain"),
            shared.control(view, "actor", "Government", "All governments"),
            *shared.controls(view, "instrument", "from", "to"),
            *shared.chips(view, "group", "level", "confidence", "counted"),
        ],
        picture=("Years as picture", "events"),
        file=("Events", "events"),
        scope=", ".join(filter(None, [shared.filters(view, "actor", "group"), field])),
        paper=f"Events, {field}, {since.year} to {words.day(view['to'])}",
        blocks=blocks,
    )


def _table(view: View, found: pd.DataFrame) -> dict[str, Any]:
    rows, links = shared.part(view, found, _ROWS)
    told = {"empty": "No events match.", "clear": shared.cleared(view), "links": links}
    return {"frame": rows, "cols": EVENTS, "shape": "evt", "sorts": True, **told}
