"""The deadlines of the acts found: what they come to, as a chart and as a table."""

from __future__ import annotations

import streamlit as st

from stances.answers.steps import Step
from stances.answers.tracker import Tracker
from stances.charts.deadlines import deadlines_chart
from stances.finding.acts import Found, steps_found
from stances.markup.deadlines import (
    due_copied,
    due_files_html,
    due_found,
)
from stances.markup.legend import keys_html
from stances.markup.quote import copy_button
from stances.tables.acts import deadlines_table
from stances.tables.table import rows_html
from stances.ui import url
from stances.ui.parts.blocks import finding
from stances.ui.parts.chart import draw_chart
from stances.ui.parts.embed import compact
from stances.ui.parts.picture import picture_links
from stances.ui.parts.table import place, take_rows

_CHART = "deadlines"


def falling_due(tracker: Tracker, seen: Found, mode: str) -> None:
    """Draw the deadlines of the acts found; nothing where none sets one."""
    steps = steps_found(tracker, seen)
    if not steps:
        return
    finding(*due_found(tracker, seen, steps))
    picture = "" if compact() else f" {picture_links('deadlines', mode)}"
    copied = due_copied(tracker, seen, steps)
    button = copy_button(copied, told="Copy the sentence with its citation")
    files = "" if compact() else f" {due_files_html(seen)}"
    chart = deadlines_chart(tracker, seen, steps, mode, url.get("act"), table=not compact())
    legend = keys_html(chart.legend)
    st.markdown(f"<p>{button}{picture}{files}</p>{legend}", unsafe_allow_html=True)
    draw_chart(chart, _CHART, opens="act")
    if not compact():
        _table(tracker, steps)


def _table(tracker: Tracker, steps: list[Step]) -> None:
    """The twin of the chart for the keyboard, folded away; a row opens its act."""
    table = deadlines_table(tracker)
    with st.expander("These deadlines as a table"):
        st.html(rows_html(table, steps, place(tracker, "acts"), opened=url.get("act")))
        take_rows(tracker, table, steps, "deadlines", noun="deadline")
