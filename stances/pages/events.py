"""Events: find the one that is looked for."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import events
from stances.charts import registry as charts
from stances.charts import svg
from stances.links import filtered
from stances.links.pages import EVENT_FILTERS
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page
from stances.tables import EVENTS

_ROWS = 25


def page(view: View) -> Page:
    """Return the bars of the years and a table of the events that are looked for."""
    tracker = view.tracker
    rows = filtered.chosen_events(view)
    field, since = shared.field_of(view), view["from"] or tracker.codebook.first_date
    controls = [
        shared.control(view, "q", "Search events"),
        shared.control(view, "domain"),
        shared.control(view, "actor", "Government", "All governments"),
        *shared.controls(view, "instrument", "from", "to"),
    ]
    blocks = [shared.scale_bar(view, "unscored")]
    if len(rows):
        blocks.append(Block("figure", {"svg": svg.on_page(charts.events_of(view, rows))}, "years"))
    blocks.append(Block("table", _table(view, rows), "events"))
    return Page(
        headline=events.headline(tracker, rows, filtered.in_words(view, *EVENT_FILTERS)),
        controls=[*controls, *shared.chips(view, controls, EVENT_FILTERS)],
        picture=("Years as picture", "events"),
        file=("Events", "events"),
        scope=", ".join(filter(None, [filtered.in_words(view, "actor", "group"), field])),
        paper=f"Events, {field}, {since.year} to {words.day(view['to'])}",
        blocks=blocks,
    )


def _table(view: View, rows: pd.DataFrame) -> dict[str, Any]:
    part, links = shared.part(view, rows, _ROWS)
    told = {"empty": "No events match.", "clear": shared.cleared(view), "links": links}
    return {"frame": part, "cols": EVENTS, "shape": "evt", "sorts": True, **told}
