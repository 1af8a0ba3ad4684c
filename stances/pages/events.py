"""Events: find the one that is looked for."""

from __future__ import annotations

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
    """Return the bars of a period and a table of the events that are looked for."""
    rows = filtered.chosen_events(view)
    controls = [
        shared.control(view, "q", "Search events"),
        shared.control(view, "domain"),
        shared.control(view, "actor", "Government", "All governments"),
        *shared.controls(view, "instrument", "from", "to"),
    ]
    controls += shared.chips(view, controls, EVENT_FILTERS)

    blocks = []
    if len(rows):
        chart = _chart(view, _by_period(view, rows))
        blocks.append(shared.scale_bar(view, "unscored"))
        blocks.append(Block("figure", "years", svg=svg.on_page(chart)))
    table = shared.long_table(
        view, rows, size=_ROWS, id="events", cols=EVENTS, shape="evt", empty="No events match."
    )
    blocks.append(table)

    first = view["from"]
    if first is None:
        first = view.tracker.codebook.first_date
    period = f"{first.year} to {words.day(view['to'])}"
    return Page(
        headline=_headline(view, rows),
        controls=controls,
        picture=("Years as picture", "events"),
        file=("Events", "events"),
        scope=shared.scope(view),
        printed_title=f"Events, {view.field}, {period}",
        blocks=blocks,
    )


def picture(view: View) -> Picture:
    """Return the events of a view by year as a picture."""
    rows = filtered.chosen_events(view)
    chart = _chart(view, _by_period(view, rows))
    return pictures.picture(view, chart, _headline(view, rows), "events by level")


def _headline(view: View, rows: pd.DataFrame) -> str:
    """Say how many events there are, and by which filters."""
    filters = filtered.in_words(view, *EVENT_FILTERS)
    return events.headline(view.tracker, rows, filters)


def _by_period(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many of some events each year, month or day of a view has by level."""
    return events.counts_by_period(view.tracker, rows, view["from"], view["to"])


def _chart(view: View, by_period: pd.DataFrame) -> Chart:
    """Return the bars of years, months or days, each linked to its events."""
    links = shared.links_of_periods(view, by_period["period"])
    return years.events_chart(by_period, view.labels, links)
