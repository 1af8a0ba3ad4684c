"""What the dataset covers: by actor and year, how it is sourced, and who has been silent."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from stances import parameters, words
from stances.answers import coverage
from stances.answers.coverage import coverage_alt
from stances.answers.tracker import Tracker
from stances.figures.coverage import coverage_map
from stances.markup.coverage import BY_YEAR, covered_html, share_parts, silent_parts
from stances.ui import url
from stances.ui.parts.blocks import draw, heading
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_few
from stances.ui.parts.menus import STILL
from stances.ui.parts.picture import picture_buttons
from stances.ui.parts.tables import take_along

_TABLE_HEIGHT = 420


def coverage_section(tracker: Tracker, day: date, mode: str) -> None:
    """Draw the counts up to a day, those of context included."""
    data = tracker.data
    counts = coverage.by_year(data.actors, data.events, data.event_sources, day)
    silent = coverage.silent(data.actors, data.events, day)
    draw(covered_html(tracker, counts, silent, day))
    if compact():
        _heat_map(tracker, counts, url.get("measure"), mode)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        heading(BY_YEAR)
        _switch()
        column = url.get("measure")
        _heat_map(tracker, counts, column, mode)
    with right:
        draw(*share_parts(tracker, day), *silent_parts(tracker, silent))
    _counts_table(tracker, counts, column)


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
