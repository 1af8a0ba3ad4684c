"""Events: find the one that is looked for."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import events
from stances.charts import svg, years
from stances.charts.plot import Chart
from stances.charts.png import Picture
from stances.links import filtered
from stances.links.pages import EVENT_FILTERS
from stances.links.view import View
from stances.pages import pictures, shared
from stances.pages.block import Block, Page
from stances.tables import EVENTS

_ROWS = 25


def page(view: View) -> Page:
    """Return the bars of the years and a table of the events that are looked for."""
    tracker = view.tracker
    rows = filtered.chosen_events(view)
    controls = [
        shared.control(view, "q", "Search events"),
        shared.control(view, "domain"),
        shared.control(view, "actor", "Government", "All governments"),
        *shared.controls(view, "instrument", "from", "to", "added"),
    ]
    blocks = [shared.scale_bar(view, "unscored")]
    if len(rows):
        blocks.append(Block("figure", {"svg": svg.on_page(_chart(view, rows))}, "years"))
    blocks.append(Block("table", _table(view, rows), "events"))

    field = shared.field_of(view)
    first = view["from"] or tracker.codebook.first_date
    whose = filtered.in_words(view, "actor", "group")
    return Page(
        headline=events.headline(tracker, rows, filtered.in_words(view, *EVENT_FILTERS)),
        controls=[*controls, *shared.chips(view, controls, EVENT_FILTERS)],
        picture=("Years as picture", "events"),
        file=("Events", "events"),
        scope=f"{whose}, {field}" if whose else field,
        paper=f"Events, {field}, {first.year} to {words.day(view['to'])}",
        blocks=blocks,
    )


def picture(view: View) -> Picture:
    """Return the events of a view by year as a picture."""
    rows = filtered.chosen_events(view)
    title = events.headline(view.tracker, rows, filtered.in_words(view, *EVENT_FILTERS))
    return pictures.picture(view, _chart(view, rows), title, "events by year and level")


def _chart(view: View, rows: pd.DataFrame) -> Chart:
    by_year = events.counts_by_year(view.tracker, rows, view["from"], view["to"])
    links = {year: view.link(**shared.days_of_year(view, year)) for year in by_year["year"]}
    return years.events_chart(by_year, view.tracker.codebook.scale.labels, links)


def _table(view: View, rows: pd.DataFrame) -> dict[str, Any]:
    part, links = shared.part(view, rows, _ROWS)
    return {
        "frame": part,
        "cols": EVENTS,
        "shape": "evt",
        "sorts": True,
        "empty": "No events match.",
        "clear": shared.cleared(view),
        "links": links,
    }
