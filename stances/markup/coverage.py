"""The coverage of the dataset, as markup: what is found, how it was searched, and who is silent."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from stances import escapes, words
from stances.answers import coverage
from stances.answers.coverage import (
    coverage_headline,
    coverage_subtitle,
    search_lines,
)
from stances.answers.rows import named_rows
from stances.answers.tracker import Tracker
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.links import event_link

BY_YEAR = "By actor and year"
_TOP = 3


def covered_texts(
    tracker: Tracker, counts: pd.DataFrame, silent: pd.DataFrame, day: date
) -> tuple[str, str]:
    """Return how many are silent, and how uneven the counts are. `counts`: of `by_year`; `silent`:
    of the function of that name.
    """
    totals = counts.groupby("actor", sort=False)["events"].sum()
    events, actors = int(totals.sum()), len(tracker.data.actors)
    return (
        coverage_headline(actors, len(silent), coverage.SILENT_YEARS, day),
        coverage_subtitle(events, actors, int(totals.head(_TOP).sum()), day),
    )


def search_parts(tracker: Tracker, day: date) -> Iterator[str]:
    """Yield how sources were looked for, and which actors have no scored event."""
    yield heading_html("How sources were looked for")
    names = [tracker.names[code] for code in coverage.without_scored(tracker.data, day)]
    rows = (
        f"<dt>{escapes.html(name)}</dt><dd>{escapes.html(text)}</dd>"
        for name, text in search_lines(tracker.data, names)
    )
    yield f'<dl class="facts">{"".join(rows)}</dl>'


def silent_parts(tracker: Tracker, silent: pd.DataFrame) -> Iterator[str]:
    """Yield the actors without a recent event, each with its last one."""
    years = words.number(coverage.SILENT_YEARS)
    yield heading_html(f"No event in the last {years} years")
    if silent.empty:
        yield paragraph_html(f"Every actor has an event in the last {years} years.")
        return
    yield paragraph_html("With the date of the last one, the longest silent first.", "small")
    items = "".join(f"<li>{_last_event(tracker, row)}</li>" for row in named_rows(silent))
    yield f'<ul class="silent">{items}</ul>'


def _last_event(tracker: Tracker, row: Any) -> str:
    name = escapes.html(tracker.names[row.actor])
    if pd.isna(row.last_event_date):
        return f"{name}, no event yet"
    day, title = (
        words.short_day(tracker.dates[row.last_event_id]),
        tracker.titles[row.last_event_id],
    )
    return f"{name}, {event_link(tracker, row.last_event_id, day, title)}"
