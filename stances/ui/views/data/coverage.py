"""What the dataset covers: by actor and year, how it is sourced, and who has been silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from stances import escapes, parameters, words
from stances.answers import coverage
from stances.answers.coverage import coverage_alt, coverage_headline, coverage_subtitle
from stances.answers.events import language_name
from stances.answers.tracker import Tracker
from stances.figures.coverage import coverage_map
from stances.markup.links import event_link
from stances.markup.table import rows_of
from stances.ui import url
from stances.ui.parts.blocks import finding, heading, paragraph, table
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_few
from stances.ui.parts.menus import STILL
from stances.ui.parts.picture import picture_buttons
from stances.ui.parts.tables import take_along

_TOP = 3
_MOST = 8
_TABLE_HEIGHT = 420
_SHARES: dict[str, tuple[str, str, Callable[[str], str]]] = {
    coverage.BY_CHECKED: ("Sources, by how they were checked", "Checked", str.capitalize),
    coverage.BY_CONFIDENCE: ("Events, by confidence of the coding", "Confidence", str.capitalize),
    coverage.BY_LANGUAGE: ("Sources, by language", "Language", language_name),
}


def coverage_section(tracker: Tracker, day: date, mode: str) -> None:
    """Draw the counts up to a day, those of context included."""
    data = tracker.data
    counts = coverage.by_year(data.actors, data.events, data.event_sources, day)
    silent = coverage.silent(data.actors, data.events, day)
    _finding(tracker, counts, silent, day)
    if compact():
        _heat_map(tracker, counts, url.get("measure"), mode)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        heading("By actor and year")
        _switch()
        column = url.get("measure")
        _heat_map(tracker, counts, column, mode)
    with right:
        _shares(tracker, day)
        _silent(tracker, silent)
    _counts_table(tracker, counts, column)


def _finding(tracker: Tracker, counts: pd.DataFrame, silent: pd.DataFrame, day: date) -> None:
    totals = counts.groupby("actor", sort=False)["events"].sum()
    events, actors = int(totals.sum()), len(tracker.data.actors)
    finding(
        coverage_headline(actors, len(silent), coverage.SILENT_YEARS, day),
        coverage_subtitle(events, actors, int(totals.head(_TOP).sum()), day),
    )


def _switch() -> None:
    choice_of_few("What is counted", parameters.MEASURES, "measure", label_visibility="collapsed")


def _heat_map(tracker: Tracker, counts: pd.DataFrame, column: str, mode: str) -> None:
    names = {str(code): str(name) for code, name in tracker.actors["short_name"].items()}
    totals = counts.groupby("actor", sort=False)[column].sum().sort_values(ascending=False)
    rows = [(tracker.names[str(actor)], int(total)) for actor, total in totals.items()]
    first = int(counts["year"].min()) if len(counts) else 0
    last = int(counts["year"].max()) if len(counts) else 0
    st.plotly_chart(
        coverage_map(counts, names, column, column, mode),
        key="coverage",
        theme=None,
        config=STILL,
        alt=words.told_below(coverage_alt(column, rows, first, last), not compact()),
    )
    picture_buttons("coverage")


def _shares(tracker: Tracker, day: date) -> None:
    data = tracker.data
    found = coverage.shares(data.events, data.event_sources, data.codebook, day)
    for by, (caption, head, name) in _SHARES.items():
        part = found[found["by"] == by]
        rows = [_share_row(name(row.of), row.n, row.share) for row in rows_of(part.head(_MOST))]
        rest = part[_MOST:]
        if len(rest):
            others = words.plural(len(rest), "other", start=True)
            rows.append(_share_row(others, int(rest["n"].sum()), float(rest["share"].sum())))
        table(caption, (head, "Number", "Share", ""), rows, numbers=(1, 2))


def _share_row(name: str, count: int, share: float) -> tuple[str, ...]:
    known = share == share
    bar = f'<span class="bar" style="width:{share:.1%}"></span>' if known else ""
    return escapes.html(name), f"{count:,}", words.share(share) if known else words.DASH, bar


def _silent(tracker: Tracker, silent: pd.DataFrame) -> None:
    years = words.number(coverage.SILENT_YEARS)
    heading(f"No event in the last {years} years")
    if silent.empty:
        paragraph(f"Every actor has an event in the last {years} years.")
        return
    paragraph("With the date of the last one, the longest silent first.", "small")
    items = "".join(f"<li>{_last_event(tracker, row)}</li>" for row in rows_of(silent))
    st.markdown(f'<ul class="silent">{items}</ul>', unsafe_allow_html=True)


def _last_event(tracker: Tracker, row: Any) -> str:
    name = escapes.html(tracker.names[row.actor])
    if pd.isna(row.last_event_date):
        return f"{name}, no event yet"
    day, title = (
        words.short_day(tracker.dated[row.last_event_id]),
        tracker.titles[row.last_event_id],
    )
    return f"{name}, {event_link(tracker.settings, row.last_event_id, day, title)}"


def _counts_table(tracker: Tracker, counts: pd.DataFrame, column: str) -> None:
    heading(f"The same as a table: {column} by actor and year")
    wide = counts.pivot_table(index="actor", columns="year", values=column, sort=False)
    wide = wide.astype("int64")
    wide.columns = [str(year) for year in wide.columns]
    wide.insert(0, "All years", wide.sum(axis=1))
    wide.insert(0, "Actor", wide.index.map(tracker.names))
    st.dataframe(
        wide,
        key="coverage-table",
        height=_TABLE_HEIGHT if len(wide) else "auto",
        hide_index=True,
        column_config={"Actor": st.column_config.TextColumn(width=210, pinned=True)},
        alt=f"Number of {column} by actor and year",
    )
    take_along(tracker, wide, "coverage", column)
