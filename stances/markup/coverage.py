"""The coverage of the dataset, as markup: what is found, shares of its sources, and who is
silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from stances import escapes, words
from stances.answers import coverage
from stances.answers.coverage import (
    coverage_headline,
    coverage_subtitle,
    languages_line,
    search_lines,
)
from stances.answers.events import checked_words, language_name
from stances.answers.tracker import Tracker
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.links import event_link
from stances.markup.table import cited_in, rows_of, table_html

BY_YEAR = "By actor and year"
_TOP = 3
_MOST = 8


def checked_name(code: str) -> str:
    """Name the way in which a source was checked, as a row begins with it."""
    return words.sentence_start(checked_words(code))


_SHARES: dict[str, tuple[str, str, Callable[[str], str]]] = {
    coverage.BY_CHECKED: ("Sources, by how they were checked", "Checked", checked_name),
    coverage.BY_CONFIDENCE: ("Events, by confidence of the coding", "Confidence", str.capitalize),
    coverage.BY_LANGUAGE: ("Sources, by language", "Language", language_name),
}


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


def share_parts(tracker: Tracker, day: date) -> Iterator[str]:
    """Yield how sources were checked, how sure codings are, and what languages sources are in."""
    data = tracker.data
    shares = coverage.shares(data.events, data.event_sources, data.codebook, day)
    for by, (caption, head, name) in _SHARES.items():
        part = shares[shares["by"] == by]
        rows = [_share_row(name(row.of), row.n, row.share) for row in rows_of(part.head(_MOST))]
        rest = part[_MOST:]
        if len(rest):
            others = words.plural(len(rest), "other", start=True)
            rows.append(_share_row(others, int(rest["n"].sum()), float(rest["share"].sum())))
        heads, cited = (head, "Number", "Share", ""), cited_in(tracker, "coverage", day)
        yield table_html(caption, heads, rows, numbers=(1, 2), cited=cited)
        if by == coverage.BY_CHECKED:
            yield _backing_table(tracker, day)
    language, alone, actors = coverage.in_one_language(data.events, data.event_sources, day)
    if language:
        line = languages_line(language_name(language), alone, actors)
        yield paragraph_html(line, "small")


def search_parts(tracker: Tracker, day: date) -> Iterator[str]:
    """Yield how sources were looked for, and which actors have no scored event."""
    yield heading_html("How sources were looked for")
    names = [tracker.names[code] for code in coverage.without_scored(tracker.data, day)]
    rows = (
        f"<dt>{escapes.html(name)}</dt><dd>{escapes.html(text)}</dd>"
        for name, text in search_lines(tracker.data, names)
    )
    yield f'<dl class="facts">{"".join(rows)}</dl>'


def _backing_table(tracker: Tracker, day: date) -> str:
    """Return how many events have an official text, and how many rest on one source."""
    data = tracker.data
    backings = coverage.backings(data.events, data.event_sources, data.codebook, day)
    first = next(iter(data.codebook.tiers.values()))
    names = {coverage.OFFICIAL: f"With: {first}", coverage.ALONE: "With one source only"}
    rows = [_share_row(names[row.of], row.n, row.share) for row in rows_of(backings)]
    heads = ("Events", "Number", "Share of all", "")
    cited = cited_in(tracker, "coverage", day)
    return table_html("Events, by what backs them", heads, rows, numbers=(1, 2), cited=cited)


def _share_row(name: str, count: int, share: float) -> tuple[str, ...]:
    known = share == share
    bar = f'<span class="bar" style="width:{share:.1%}"></span>' if known else ""
    return escapes.html(name), f"{count:,}", words.share(share) if known else words.DASH, bar


def silent_parts(tracker: Tracker, silent: pd.DataFrame) -> Iterator[str]:
    """Yield the actors without a recent event, each with its last one."""
    years = words.number(coverage.SILENT_YEARS)
    yield heading_html(f"No event in the last {years} years")
    if silent.empty:
        yield paragraph_html(f"Every actor has an event in the last {years} years.")
        return
    yield paragraph_html("With the date of the last one, the longest silent first.", "small")
    items = "".join(f"<li>{_last_event(tracker, row)}</li>" for row in rows_of(silent))
    yield f'<ul class="silent">{items}</ul>'


def _last_event(tracker: Tracker, row: Any) -> str:
    name = escapes.html(tracker.names[row.actor])
    if pd.isna(row.last_event_date):
        return f"{name}, no event yet"
    day, title = (
        words.short_day(tracker.dated[row.last_event_id]),
        tracker.titles[row.last_event_id],
    )
    return f"{name}, {event_link(tracker, row.last_event_id, day, title)}"
