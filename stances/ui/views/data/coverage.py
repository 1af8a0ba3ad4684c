"""What the dataset covers: by actor and year, how it is sourced, and who has been silent."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from stances import words
from stances.answers import coverage
from stances.answers.tracker import Tracker
from stances.charts.data import coverage_chart
from stances.markup.coverage import BY_YEAR, covered_html, share_parts, silent_parts
from stances.tables.data import MOST_EVENTS, counts_by_year, coverage_table
from stances.ui import url
from stances.ui.parts.blocks import draw, heading
from stances.ui.parts.chart import draw_chart
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_few
from stances.ui.parts.picture import picture_under
from stances.ui.parts.table import draw_rows, place, take_rows


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
        _switch(tracker)
        column = url.get("measure")
        _heat_map(tracker, counts, column, mode)
    with right:
        draw(*share_parts(tracker, day), *silent_parts(tracker, silent))
    _counts_table(tracker, counts, column)


def _switch(tracker: Tracker) -> None:
    choice_of_few(tracker, "measure", label_visibility="collapsed")


def _heat_map(tracker: Tracker, counts: pd.DataFrame, column: str, mode: str) -> None:
    chart = coverage_chart(tracker, counts, column, url.get("as_of"), mode)
    alt = words.told_below(chart.alt, not compact())
    draw_chart(chart, "coverage", alt=alt, in_frame=False)
    picture_under("coverage", mode)


def _counts_table(tracker: Tracker, counts: pd.DataFrame, column: str) -> None:
    heading(f"The same as a table: {column} by country or body and year")
    years = counts["year"].unique().tolist()
    table = coverage_table(tracker, years, column, place(tracker, "actor"))
    rows = counts_by_year(counts, column)
    draw_rows(table, rows, place(tracker, "data"), MOST_EVENTS)
    take_rows(tracker, table, rows, "coverage", column)
