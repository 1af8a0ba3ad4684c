"""The deadlines of the acts found: what they come to, as a chart and as a table."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from stances import escapes, words
from stances.answers.acts import (
    Deadline,
    deadlines,
    deadlines_alt,
    since,
)
from stances.answers.tracker import Tracker
from stances.dataset.schema import REMOVAL
from stances.figures.deadlines import deadline_bars
from stances.finding.acts import Found
from stances.markup.deadlines import due_copied, due_found, due_legend_html
from stances.markup.grid import ACTS
from stances.markup.quote import copy_button
from stances.ui import url
from stances.ui.parts.blocks import finding
from stances.ui.parts.choice import choosing_table, clicked
from stances.ui.parts.embed import compact, framed
from stances.ui.parts.menus import STILL
from stances.ui.parts.picture import picture_links
from stances.ui.parts.tables import take_along

_CHART = "deadlines"
_COLUMNS = {
    "Actor": st.column_config.TextColumn(width=96),
    "Act": st.column_config.TextColumn(width=190),
    "Kind": st.column_config.TextColumn(width=150),
    "Binds from": st.column_config.TextColumn(width=92),
    "Deadline": st.column_config.TextColumn(width=92),
    "What falls due": st.column_config.TextColumn(width=364),
    "Passed": st.column_config.TextColumn(width=64),
}


def falling_due(tracker: Tracker, seen: Found, mode: str) -> None:
    """Draw the deadlines of the acts found; nothing where none sets one."""
    told = deadlines(tracker.codebook, seen.rows)
    if not told:
        return
    finding(*due_found(tracker, seen, told))
    picture = "" if compact() else f" {picture_links('deadlines', mode)}"
    copied = due_copied(tracker, seen, told)
    button = copy_button(copied, told="Copy the sentence with its citation")
    st.markdown(f"<p>{button}{picture}</p>{due_legend_html(told)}", unsafe_allow_html=True)
    kinds = tracker.codebook.acts.deadline_kind
    st.plotly_chart(
        framed(
            deadline_bars(_drawn(tracker, told), kinds, REMOVAL, mode, seen.day, url.get("act"))
        ),
        key=_CHART,
        theme=None,
        config=STILL,
        on_select=partial(clicked, _CHART, "act"),
        selection_mode="points",
        alt=deadlines_alt(told, tracker.names, seen.day, table=not compact()),
    )
    if not compact():
        _table(tracker, told)


def _table(tracker: Tracker, told: list[Deadline]) -> None:
    """The twin of the chart for the keyboard, folded away; a row opens its act."""
    kinds, acts = tracker.codebook.acts.deadline_kind, [each.act for each in told]
    shown = pa.table(
        {
            "Actor": [tracker.short_names[act.actor] for act in acts],
            "Act": [act.name for act in acts],
            "Kind": [kinds[act.deadline_kind] for act in acts],
            "Binds from": [since(act) for act in acts],
            "Deadline": [act.deadline for act in acts],
            "What falls due": [act.deadline_what or None for act in acts],
            "Passed": ["yes" if each.passed else "no" for each in told],
        }
    )
    with st.expander("These deadlines as a table"):
        choosing_table(
            "due",
            shown,
            [act.act_id for act in acts],
            "act",
            height=ACTS.height(len(told)),
            row_height=ACTS.row_px,
            column_config=_COLUMNS,
            alt="The deadlines of the chart; Shift and Space on a row opens its act",
        )
        take_along(tracker, shown, "deadlines", noun="deadline")


def _drawn(tracker: Tracker, told: list[Deadline]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "act_id": [each.act.act_id for each in told],
            "kind": [each.act.deadline_kind for each in told],
            "who": [tracker.short_names[each.act.actor] for each in told],
            "name": [each.act.name for each in told],
            "told": [each.told for each in told],
            "start": [each.start for each in told],
            "end": [each.end for each in told],
            "passed": [each.passed for each in told],
            "hover": [_hover(tracker, each) for each in told],
        }
    )


def _hover(tracker: Tracker, each: Deadline) -> str:
    """Short lines: whose act, its name, and its dates."""
    begin = words.day(words.dated(since(each.act)))
    lines = [
        tracker.names[each.act.actor],
        each.act.name,
        f"Binds from {begin}",
        f"{each.told}{' (passed)' if each.passed else ''}",
        *([each.act.deadline_what] if each.act.deadline_what else []),
    ]
    head, *rest = map(escapes.html, lines)
    return "<br>".join([f"<b>{head}</b>", *rest])
